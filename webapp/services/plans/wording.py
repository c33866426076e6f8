"""What words in a plan mean: which area is the stage, and which categories are for wheelchairs and companions."""

import re
import unicodedata
from functools import lru_cache

from webapp.services.plans.plan import Accessibility

# All without accents and in small letters, as `_plain` leaves them; also at the end of words, as in Hauptbühne.
_STAGE = re.compile(
    "stage|bandstand|podium|screen|pitch|szene|leinwand|scene|podio|ecran|escenario|escena|pantalla|palco|palcoscenico"
    r"|schermo|toneel|scen|valkokangas|scena|сцена|σκηνη|舞台|\w*(?:buhne|buehne|lava|nayttamo|scenen)"
)
_WHEELCHAIR = re.compile(
    "wheel ?chair|rollstuhl|pyoratuoli|rullstol|rullestol|kørestol|rolstoel|fauteuils? roulant|silla de ruedas"
    "|sillas de ruedas|cadeira de rodas|sedia a rotelle|carrozzin|wozek|wozk"
)
_COMPANION = re.compile(
    "companion|carer|begleit|saattaj|avustaj|ledsag|begeleid|accompagnat|accompagnant|acompanant|acompanhant|opiekun"
)
_BOTH = re.compile(r"[&+/]|\b(?:and|und|ja|och|og|en|et|y|e|i|mit|with)\b")


def names_stage(label: str | None) -> bool:
    """Whether the words on an area say that it is what everybody looks at."""
    return any(_STAGE.fullmatch(word) for word in re.findall(r"\w+", _plain(label or "")))


def means_stage(text: str) -> bool:
    """Whether a text is a word for what everybody looks at, and nothing else."""
    return bool(_STAGE.fullmatch(_plain(text)))


@lru_cache(maxsize=256)
def accessibility_of(category: str | None) -> Accessibility | None:
    """For whom a category of this name is; one that names wheelchairs and companions both is for wheelchairs."""
    words = _plain(category or "")
    has_wheelchair = bool(_WHEELCHAIR.search(words))
    if _COMPANION.search(words) and not (has_wheelchair and _BOTH.search(words)):
        return "companion"
    return "wheelchair" if has_wheelchair else None


def _plain(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(letter) != "Mn"
    )
