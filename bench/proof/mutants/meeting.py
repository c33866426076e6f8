"""Crowds that meet the planted bugs."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.proof.buying.crowds import MOODS
from bench.proof.mutants.bugs import MUTANTS
from bench.proof.mutants.mutant import Mutant
from bench.proof.trial import Size, Verdict, attempt
from bench.stage import stages
from tests.scenes import Scene

# How large the crowds are that find the bugs.
SIZES = {
    "hot": Size(clients=12, tries=60, houses=2),
    "cold": Size(clients=12, tries=8),
    "groups": Size(clients=12, tries=50),
    "brinks": Size(clients=12, tries=10),
    "tabs": Size(clients=12, tries=20),
}
# A bug that shows itself now and then is not missed for bad luck.
ROUNDS = 8


def meet(scene: Scene, mutant: Mutant, mood: str, folder: Path, *, seed: str) -> Verdict:
    """Let crowds of this mood meet the bug, in a database of its own, until one finds it; at most `ROUNDS` of them."""
    with mutant.planted(scene):
        for round_of in range(ROUNDS):
            verdict = attempt(scene, MOODS[mood], SIZES[mood], folder, seed=f"{seed} {round_of}")
            if verdict.broken & mutant.rules:
                break
    return verdict


def find_all(*, seed: str) -> Sequence[str]:
    """Let each bug be met by crowds of its mood, and print which rules it was found to break; those that were not."""
    missed = []
    with stages() as new_stage, TemporaryDirectory() as folder:
        for mutant in MUTANTS:
            with new_stage() as scene:
                named = meet(scene, mutant, mutant.mood, Path(folder), seed=seed).broken & mutant.rules
            print(f"{mutant.name:50} {mutant.mood:7} {', '.join(sorted(named)) or 'NOT FOUND'}", flush=True)
            missed += [] if named else [mutant.name]
    return missed
