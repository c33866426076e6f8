"""What is asked of a basket, and of a guest who confirms one."""

from typing import Annotated, Literal

from pydantic import Field

from webapp.schemas.base import Id, Line, Question
from webapp.schemas.users import EmailAddress, NewPassword, Password, PhoneNumber

# A field of the form's other half, which may be filled in too and is not looked at.
Unread = Annotated[str | None, Field(exclude=True)]


class BasketConfirmation(Question):
    """The holds a buyer confirms together."""

    reservation_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class NewBuyer(BasketConfirmation):
    """A guest who confirms and makes an account by it; with its password the seats are found again from anywhere."""

    account: Literal["new"] = "new"
    name: Line
    email: EmailAddress
    phone_number: PhoneNumber
    new_password: NewPassword
    password: Unread = None


class KnownBuyer(BasketConfirmation):
    """A guest who confirms and has an account."""

    account: Literal["mine"]
    email: EmailAddress
    password: Password
    name: Unread = None
    phone_number: Unread = None
    new_password: Unread = None
