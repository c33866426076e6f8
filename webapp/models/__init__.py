"""What is true: the nouns, and the constraints beside their columns."""

from webapp.models.api_key import ApiKey
from webapp.models.base import Base
from webapp.models.category import Category
from webapp.models.ended_session import EndedSession
from webapp.models.house_block import HouseBlock
from webapp.models.kept_answer import KeptAnswer
from webapp.models.limit import Allowance, PasswordTries
from webapp.models.management import Act, Invitation, ShowManager
from webapp.models.picture import Picture
from webapp.models.plan import Plan, PlanDraft, PlanDraftState, PlanVersion
from webapp.models.reservation import Reservation, ReservationChange
from webapp.models.seat import Seat
from webapp.models.show import Show
from webapp.models.user import User
from webapp.models.venue import Venue

__all__ = [
    "Act",
    "Allowance",
    "ApiKey",
    "Base",
    "Category",
    "EndedSession",
    "HouseBlock",
    "Invitation",
    "KeptAnswer",
    "PasswordTries",
    "Picture",
    "Plan",
    "PlanDraft",
    "PlanDraftState",
    "PlanVersion",
    "Reservation",
    "ReservationChange",
    "Seat",
    "Show",
    "ShowManager",
    "User",
    "Venue",
]
