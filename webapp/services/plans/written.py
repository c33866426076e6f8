"""A plan written as a file, and what of it the file does not say."""

from dataclasses import dataclass, field
from typing import ClassVar

from webapp.services.refusals import Refusal


class PlanUnwritable(Refusal):
    """A plan that a form of file cannot hold; the sentence says why, and `seat` names one because of which."""

    title: ClassVar[str] = "This plan cannot be written so"


@dataclass(frozen=True)
class WrittenPlan:
    """The text of a file, and a sentence for each kind of thing that is read otherwise from it, or not at all."""

    text: str
    left_out: list[str] = field(default_factory=list)
