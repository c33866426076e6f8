"""Accounts: sign up, sign in, change the password, and leave."""

from webapp.services.accounts.account import asker, by_email, change_password, delete_account, sign_in, sign_up

__all__ = ["asker", "by_email", "change_password", "delete_account", "sign_in", "sign_up"]
