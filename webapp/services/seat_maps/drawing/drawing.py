"""From a plan to its chart."""

from webapp.services.seat_maps.chart import Area, Chart
from webapp.services.seat_maps.drawing.dividing.division import divided
from webapp.services.seat_maps.drawing.dividing.outlines import outlines_of
from webapp.services.seat_maps.drawing.grouping import sections_of
from webapp.services.seat_maps.drawing.pages import Page, box_around, box_of, moved, moved_area
from webapp.services.seat_maps.drawing.placing import place
from webapp.services.seat_maps.drawing.scenery import scenery
from webapp.services.seat_maps.planned import Planned


def draw(plan: Planned) -> Chart:
    """The chart of the plan: every seat once, none on another, in one part or in several."""
    sections = sections_of(plan.seats)
    placed = place(plan, sections)
    around = scenery(sections, placed)
    shares = divided(plan.seats, sections, placed.at) if plan.seats else []
    areas = [Area(area.kind, area.label, area.points) for area in around.areas]
    outlines = outlines_of(
        [[placed.at[seat] for section in share.sections for seat in section.seats] for share in shares]
    )
    boxed = [(area, box_of(area.points)) for area in areas]
    pages = [Page(share, placed.at, boxed, whole=len(shares) == 1) for share in shares]
    left, top, right, bottom = box_around(
        [*(page.box for page in pages), *map(box_of, outlines), *(box for _, box in boxed)]
    )
    categories = {category.id: category for category in plan.categories}
    parts = {
        page.share.slug: page.part(plan.seats, categories, outline, (left, top))
        for page, outline in zip(pages, outlines, strict=True)
    }
    seated = [
        (seat, slug)
        for slug, part in parts.items()
        for section in part.sections
        for row in section.rows
        for seat in row.seats
    ]
    return Chart(
        show_id=plan.show_id,
        version=plan.version,
        categories=plan.categories,
        parts=parts,
        areas=[moved_area(area, (left, top)) for area in areas],
        width=round(right - left, 2),
        height=round(bottom - top, 2),
        seats={seat.id: seat for seat, _ in seated},
        part_of_seat={seat.id: slug for seat, slug in seated},
        focus=moved(around.focus, (left, top)),
    )
