"""Where benchmarks play: the real application on a throw-away database, with halls and pasts of any size."""

from bench.stage.staging import sell_half, show_in, staged, staged_beside, stages

__all__ = ["sell_half", "show_in", "staged", "staged_beside", "stages"]
