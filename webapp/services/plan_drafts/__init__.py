"""Plans in the making: drawn in the browser, act by act, until they are saved as a version of a venue's plan."""

from webapp.services.plan_drafts.beginning import begin, begin_from_version, discard
from webapp.services.plan_drafts.changing import Changed, add_part, change_part, redo, undo
from webapp.services.plan_drafts.deeds import part_of, parts_of, title_of
from webapp.services.plan_drafts.draft import ListedDraft, SketchDraft, drafts_of, show_of, sketched
from webapp.services.plan_drafts.saving import save
from webapp.services.plan_drafts.show_meant import ShowMeant

__all__ = [
    "Changed",
    "ListedDraft",
    "ShowMeant",
    "SketchDraft",
    "add_part",
    "begin",
    "begin_from_version",
    "change_part",
    "discard",
    "drafts_of",
    "part_of",
    "parts_of",
    "redo",
    "save",
    "show_of",
    "sketched",
    "title_of",
    "undo",
]
