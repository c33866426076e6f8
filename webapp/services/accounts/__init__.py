"""Accounts and guests: sign up, sign in, change the password, leave; and buy before any of it."""

from webapp.services.accounts.account import (
    asker,
    by_email,
    change_password,
    has_password,
    is_account,
    set_first_password,
    sign_in,
    sign_up,
)
from webapp.services.accounts.guests import (
    become_account,
    begin_guest,
    forget_guests,
    leave_browser,
    take_over,
)
from webapp.services.accounts.leaving import delete_account
from webapp.services.accounts.sessions import end_all_sessions, end_session, forget_ended_sessions

__all__ = [
    "asker",
    "become_account",
    "begin_guest",
    "by_email",
    "change_password",
    "delete_account",
    "end_all_sessions",
    "end_session",
    "forget_ended_sessions",
    "forget_guests",
    "has_password",
    "is_account",
    "leave_browser",
    "set_first_password",
    "sign_in",
    "sign_up",
    "take_over",
]
