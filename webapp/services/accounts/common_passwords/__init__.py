"""Passwords that everybody would try first.

`list.txt` has the 5,000 most used of eight characters or more, and the commonest names and words of that length, from
the frequency lists of zxcvbn 4.5.0 (LICENSE.txt), which has them from what has leaked elsewhere.
"""

from functools import cache
from pathlib import Path

# Words that are near at hand here: with digits or marks around them they are no secret either.
OF_THIS_PLACE = ("holdfast", "password", "organizer", "reservation")


def is_common(password: str) -> bool:
    """Whether guessers would come upon this password at once, in whatever capitals."""
    spelled = password.casefold()
    return spelled in _listed() or "".join(filter(str.isalpha, spelled)) in OF_THIS_PLACE


@cache
def _listed() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "list.txt").read_text("utf-8").split())
