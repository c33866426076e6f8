"""Plans made from scratch: sketches of a hall in blocks of rows, acts that change them, and the plan they make."""

from webapp.services.plans.building.build import Built, build, built
from webapp.services.plans.building.keeping import from_json, to_json
from webapp.services.plans.building.laying.blaming import Note
from webapp.services.plans.building.sketch import RowBlock, Sketch, SketchArea
from webapp.services.plans.building.starts import STARTS, Start

__all__ = [
    "STARTS",
    "Built",
    "Note",
    "RowBlock",
    "Sketch",
    "SketchArea",
    "Start",
    "build",
    "built",
    "from_json",
    "to_json",
]
