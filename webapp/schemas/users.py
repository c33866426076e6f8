"""What is asked and answered about accounts."""

import re
from typing import Annotated, Literal

import email_validator
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints

from webapp.schemas.base import Answer, Line, Question
from webapp.services.accounts.common_passwords import is_common

# Nothing is sent by the way of a name: addresses of a house's own network, and of demonstrations, are good too.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

FEWEST_DIGITS, MOST_DIGITS = 5, 15  # E.164 allows 15


def _normalized_email(text: str) -> str:
    """The one spelling of an e-mail address: trimmed, composed, in lower case throughout.

    Mail servers may tell capitals apart before the @, but people do not, and two accounts would be a trap.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise ValueError(f"must be an e-mail address: {str(error).rstrip('.')}") from None
    return checked.normalized.lower()


def _normalized_phone_number(text: str) -> str:
    """The one spelling of a phone number: its digits, after a + where the country is named (+ or 00)."""
    spelled = re.sub(r"[\s().\-/\u2010-\u2015]", "", text.strip())
    if spelled.startswith("00"):
        spelled = f"+{spelled[2:]}"
    if not re.fullmatch(rf"\+?[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}", spelled):
        raise ValueError(f"must be a phone number of {FEWEST_DIGITS} to {MOST_DIGITS} digits, such as +358 40 123 4567")
    return spelled


def _storable(text: str) -> str:
    """A password is taken as it is; only what cannot be typed or encoded is refused."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("must not contain control characters")
    return text


def _uncommon(text: str) -> str:
    """A new password is none of those that are tried first: the one rule there is besides its length."""
    if is_common(text):
        raise ValueError("is one of those that guessers try first: choose another, such as several words")
    return text


EmailAddress = Annotated[str, StringConstraints(max_length=320), AfterValidator(_normalized_email)]
PhoneNumber = Annotated[str, StringConstraints(max_length=40), AfterValidator(_normalized_phone_number)]
# Length is what counts (NIST SP 800-63B: at least 8, and no rules of composition); the upper limit bounds the work.
NewPassword = Annotated[str, Field(min_length=8, max_length=200), AfterValidator(_storable), AfterValidator(_uncommon)]
Password = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_storable)]


class NewUser(Question):
    """A person who signs up."""

    name: Line
    phone_number: PhoneNumber
    email: EmailAddress
    password: NewPassword


class Credentials(Question):
    """What a person signs in with."""

    email: EmailAddress
    password: Password


class PasswordChange(Question):
    """An old password and the new one."""

    current_password: Password
    new_password: NewPassword


class FirstPassword(Question):
    """A password for an account that had none."""

    new_password: NewPassword


class AccountDeletion(Question):
    """The password once more, to leave for good."""

    password: Password


class User(Answer):
    """An account as its owner sees it."""

    id: int
    name: str
    phone_number: str
    email: str


class AccessToken(Answer):
    """A bearer token; `expires_in` in seconds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 -- a name, no secret
    expires_in: int
