"""What a drill is: a promise, a way to measure whether it is kept, and controls that must not keep it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from bench.proof.judging.rules import Violation


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, and the least and the most that are promised of it, where something is."""

    words: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_broken(self) -> bool:
        """Whether it is not as promised."""
        too_much = self.at_most is not None and self.value > self.at_most
        return too_much or (self.at_least is not None and self.value < self.at_least)

    def __str__(self) -> str:
        bound = [f"at most {self.at_most:g}"] if self.at_most is not None else []
        bound += [f"at least {self.at_least:g}"] if self.at_least is not None else []
        value = f"{self.value:.2f}" if isinstance(self.value, float) else f"{self.value}"
        return f"{'BROKEN ' if self.is_broken else ''}{self.words}: {value}" + (
            f" ({', '.join(bound)})" if bound else ""
        )


@dataclass(slots=True)
class Finding:
    """What one run came to: its measures, of which some may be broken promises, and violations the checker found."""

    measures: list[Measure] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)

    def measure(self, words: str, value: float, *, at_most: float | None = None, at_least: float | None = None) -> None:
        """Add a figure; `words` name it with its unit."""
        self.measures.append(Measure(words, value, at_most, at_least))

    def breaks(self, words: str) -> bool:
        """Whether the measure of these words is broken."""
        return any(one.is_broken for one in self.measures if one.words == words)

    @property
    def broken(self) -> list[str]:
        """Each promise that was broken, in words."""
        return [str(one) for one in self.measures if one.is_broken] + [
            f"{one.rule}: {one.how}" for one in self.violations
        ]


@dataclass(frozen=True)
class Control:
    """The same run without something that the promise rests on (what it `lacks`): must break the measure of the words
    `breaks`."""

    lacks: str
    run: Callable[[], Finding]
    breaks: str


@dataclass(frozen=True)
class Drill:
    """A fault, what is promised of it, and runs that must not keep the promise."""

    name: str
    promise: str
    run: Callable[[], Finding]
    controls: Sequence[Control]


@dataclass(frozen=True)
class Report:
    """How a drill went: what was found, and by each control."""

    drill: Drill
    finding: Finding
    controls: Sequence[tuple[Control, Finding]]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether the promise was kept, and by no control."""
        return not self.finding.broken and all(finding.breaks(control.breaks) for control, finding in self.controls)


def carry_out(drill: Drill) -> Report:
    """Run a drill and its controls."""
    begun = monotonic()
    finding = drill.run()
    controls = [(control, control.run()) for control in drill.controls]
    return Report(drill, finding, controls, monotonic() - begun)
