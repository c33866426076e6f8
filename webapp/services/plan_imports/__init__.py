"""Plans are brought in from files: taken in, read, looked at, and saved as a version of a venue's plan or discarded."""

from webapp.services.plan_drafts.making import Meant
from webapp.services.plan_imports.beginning import begin, begin_typed
from webapp.services.plan_imports.draft import ImportDraft, draft, drafts_of, plan_read
from webapp.services.plan_imports.reading import STEPS, read
from webapp.services.plan_imports.saving import save

__all__ = ["STEPS", "ImportDraft", "Meant", "begin", "begin_typed", "draft", "drafts_of", "plan_read", "read", "save"]
