"""Passwords as Argon2id hashes, computed where they do not stall everybody else."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.services.aside import aside_together

# OWASP's minimum for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# What an unknown e-mail is checked against, so that it costs as much time as a wrong password.
_NOBODYS_HASH = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to store for `password`."""
    return aside_together(lambda: _hasher.hash(password))


def password_matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind the `stored` hash; None, for nobody, takes as long and is False."""

    def verify() -> bool:
        try:
            return _hasher.verify(stored or _NOBODYS_HASH, password)
        except (VerificationError, InvalidHashError):
            return False

    return aside_together(verify) and stored is not None
