"""What does not fit in a sketch: a refusal that names block and field, or a note about what is drawn all the same."""

from dataclasses import dataclass

from webapp.services.plans.building.sketch import RowBlock
from webapp.services.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd in the plan, as a sentence; the block and its field to look at, where it is one's."""

    sentence: str
    block: int | None = None
    field: str | None = None


def unfit(block: RowBlock, field: str, sentence: str) -> Invalid:
    """The refusal of a block because of what is in one of its fields."""
    return Invalid(
        f"{block.section}: {sentence}", errors=[{"pointer": f"#/{field}", "detail": sentence}], block=block.id
    )
