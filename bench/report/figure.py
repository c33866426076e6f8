"""One figure of a benchmark, and where its ratio is what counts, beside what it was measured in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; `ratio` is to `beside`, which the same run measured.

    `least` or `most` is what is asked of the ratio, or of the value where there is none, and `aim` what we would like.
    """

    what: str
    value: float
    unit: str
    ratio: float | None = None
    beside: str = ""
    least: float | None = None
    most: float | None = None
    aim: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the ratio, or without one the value, is as asked."""
        found = self.value if self.ratio is None else self.ratio
        if self.least is None and self.most is None:
            return ""
        met = found >= self.least if self.least is not None else found <= (self.most or 0)
        if not met:
            return "missed"
        if self.aim is None:
            return "met"
        return "aim met" if (found >= self.aim if self.least is not None else found <= self.aim) else "met"
