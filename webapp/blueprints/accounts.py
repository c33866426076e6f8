"""Accounts in the browser: sign up, sign in and out, change the password, leave."""

from functools import partial

from flask import Blueprint, Response, request, url_for

from webapp.blueprints.clients import people_only
from webapp.forms.accounts import DeletionForm, FirstPasswordForm, PasswordForm, SignInForm, SignUpForm
from webapp.forms.base import Form
from webapp.identity import asker, begin_session, end_session, guest_of_this_browser, signed_in, trying_password_of
from webapp.questions import read
from webapp.refusals import told_in
from webapp.replies import Notice, View, go_to, next_path, page
from webapp.schemas.users import AccountDeletion, Credentials, FirstPassword, NewUser, PasswordChange
from webapp.services import accounts, api_keys

bp = Blueprint("accounts", __name__)
bp.before_request(people_only)


def _sign_up_page() -> View:
    return View("accounts/sign_up.html", lambda: {"form": SignUpForm(next=next_path(""))})


def _sign_in_page() -> View:
    return View("accounts/sign_in.html", lambda: {"form": SignInForm(next=next_path(""))})


def _account_page(submitted: type[Form] | None = None) -> View:
    def forms() -> dict[str, Form | int]:
        sent = {
            FirstPasswordForm: "first_password_form",
            PasswordForm: "password_form",
            DeletionForm: "deletion_form",
        }
        made = {name: form() if form is submitted else form(formdata=None) for form, name in sent.items()}
        user = signed_in()
        return {
            **made,
            "has_password": accounts.has_password(user),
            "keys": len(api_keys.listed(user)),
            "is_leaving": submitted is DeletionForm,
        }

    return View("accounts/account.html", forms)


@bp.get("/sign-up")
def sign_up() -> Response:
    """The form to make an account."""
    return page(_sign_up_page())


@bp.post("/sign-up")
@told_in(page=_sign_up_page)
def make_account() -> Response:
    """Make the account and sign in to it; a guest's seats stay theirs."""
    if first := _password_first():
        return first
    asked, guest = read(NewUser).model_dump(), guest_of_this_browser()
    user, token_version = (
        accounts.become_account(guest, **asked) if guest else accounts.sign_up(**asked, through="page")
    )
    begin_session(user.id, token_version)
    return go_to(next_path(url_for("shows.index")), Notice("success", f"Welcome, {user.name}."))


@bp.get("/sign-in")
def sign_in() -> Response:
    """The form to sign in."""
    return page(_sign_in_page())


@bp.post("/sign-in")
@told_in(page=_sign_in_page)
def begin() -> Response:
    """Sign in, and go on where one was; what a guest holds comes along."""
    if first := _password_first():
        return first
    guest, asked = guest_of_this_browser(), read(Credentials)
    with trying_password_of(asked.email):
        user, token_version = accounts.sign_in(**asked.model_dump(), through="page")
    if guest:
        accounts.take_over(guest, user)
    begin_session(user.id, token_version)
    return go_to(next_path(url_for("shows.index")), Notice("success", f"Welcome back, {user.name}."))


@bp.post("/sign-out")
def sign_out() -> Response:
    """Sign this browser out, unless nobody could sign in again."""
    user = asker()
    if "anyway" not in request.form and (first := _password_first()):
        return first
    end_session()
    held = " What you hold stays held until its time is over." if user and user.is_guest else ""
    return go_to(url_for("shows.index"), Notice("success", f"You are signed out.{held}"))


def _password_first() -> Response | None:
    """Where a browser is sent that would leave an account which nobody could sign in to again; else None."""
    user = asker()
    if user is None or user.is_guest or accounts.has_password(user):
        return None
    sentence = "Your account has no password yet: once signed out, nobody can sign in to it. Set one first."
    return go_to(url_for(".account"), Notice("refusal", sentence))


@bp.get("/account")
def account() -> Response:
    """One's own account."""
    signed_in()
    return page(_account_page())


@bp.post("/account/password")
@told_in(page=partial(_account_page, PasswordForm))
def change_password() -> Response:
    """Change the password; other browsers and tokens are signed out."""
    user = signed_in(back_to=url_for(".account"))
    asked = read(PasswordChange).model_dump()
    with trying_password_of(user.email or ""):
        token_version = accounts.change_password(user, **asked)
    begin_session(user.id, token_version)
    return go_to(url_for(".account"), Notice("success", "Your password is changed; other devices are signed out."))


@bp.post("/account/first-password")
@told_in(page=partial(_account_page, FirstPasswordForm))
def set_first_password() -> Response:
    """Give an account that was made while buying a password to sign in with."""
    accounts.set_first_password(signed_in(back_to=url_for(".account")), **read(FirstPassword).model_dump())
    return go_to(url_for(".account"), Notice("success", "Your password is set: sign in with it wherever you are."))


@bp.post("/account/sign-out-elsewhere")
def sign_out_elsewhere() -> Response:
    """End all sessions and access tokens of the account, and go on in a new session here."""
    user = signed_in(back_to=url_for(".account"))
    begin_session(user.id, accounts.end_all_sessions(user))
    return go_to(url_for(".account"), Notice("success", "Every other browser is signed out, and access tokens ended."))


@bp.post("/account/delete")
@told_in(page=partial(_account_page, DeletionForm))
def delete_account() -> Response:
    """Leave for good."""
    user = signed_in(back_to=url_for(".account"))
    asked = read(AccountDeletion).model_dump()
    with trying_password_of(user.email or ""):
        accounts.delete_account(user, **asked)
    end_session()
    return go_to(url_for("shows.index"), Notice("success", "Your account is deleted. What you bought stays valid."))
