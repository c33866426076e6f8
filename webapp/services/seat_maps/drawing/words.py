"""What names of sections tell of where they are, in some languages; a name that tells nothing is as good as any."""

import re
from typing import Literal
from unicodedata import combining, normalize

Side = Literal[-1, 0, 1]

_LEFT = "left links gauche vasen vasemmalla vanster venstre izquierda izquierdo sinistra esquerda lewa lewy leva"
_RIGHT = "right rechts droite oikea oikealla hoger hojre hoyre derecha derecho destra direita prawa prawy prava jobb"
_CENTRE = "centre center central middle mitte milieu keski keskella mitten midten mitt centro centrale srodek stred"
_SIDES: dict[str, Side] = {
    **dict.fromkeys(_LEFT.split(), -1),
    **dict.fromkeys(_RIGHT.split(), 1),
    **dict.fromkeys(_CENTRE.split(), 0),
}
# How high above the stalls; the first word that is found in the name counts.
_LEVELS = {
    "upper circle": 1.5,
    "stalls": 0.0,
    "permanto": 0.0,
    "parterre": 0.0,
    "parkett": 0.0,
    "parquet": 0.0,
    "parket": 0.0,
    "platea": 0.0,
    "patio": 0.0,
    "orchestr": 0.0,
    "ground": 0.0,
    "circle": 1.0,
    "mezzanin": 1.0,
    "rang": 1.0,
    "first floor": 1.0,
    "balcon": 2.0,
    "balkon": 2.0,
    "parve": 2.0,
    "parvi": 2.0,
    "balkong": 2.0,
    "galler": 3.0,
    "galeri": 3.0,
    "lehter": 3.0,
    "galleri": 3.0,
}
_BOXES = "box boxes aitio loge logen loggia loggen palco palchi palcos lodge"
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "\u0131": "i", "œ": "oe", "þ": "th"})


def folded(text: str) -> str:
    """The text in small ASCII letters, as far as its letters have any."""
    small = normalize("NFKD", text.lower().translate(_SPECIAL))
    return "".join(letter for letter in small if not combining(letter) and letter.isascii())


def side_of(name: str | None) -> Side | None:
    """Whether the name tells left, centre or right, as the audience sees it."""
    return next((_SIDES[word] for word in _words(name) if word in _SIDES), None)


def without_side(name: str | None) -> str:
    """What left, centre and right of one part of the house have in common."""
    return " ".join(word for word in _words(name) if word not in _SIDES)


def level_of(name: str | None) -> float | None:
    """How high up the name tells that it is."""
    plain = " ".join(_words(name))
    return next((level for word, level in _LEVELS.items() if word in plain), None)


def is_box(name: str | None) -> bool:
    """Whether the name tells of a box, at the side of the house."""
    return any(word in _BOXES.split() for word in _words(name))


def stem_of(name: str | None) -> str | None:
    """What "Block A" and "Block B" share, or 101 and 115 (their floor); None when the name ends in no such sign."""
    words = _words(name)
    if not words or not re.fullmatch(r"[a-z]|[0-9]+|[a-z]{0,2}[0-9]+[a-z]?", words[-1]):
        return None
    floor = words[-1][0] if re.fullmatch(r"[0-9]{3}", words[-1]) else ""
    return " ".join([*words[:-1], floor])


def _words(name: str | None) -> list[str]:
    return re.findall(r"[a-z0-9]+", folded(name or ""))
