"""The contract in words: docs/API.md as a page, so that whoever has the site has all there is to know."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

HOUSE = Path(__file__).parents[2]
EXAMPLES = {path.name: path for path in (HOUSE / "examples").iterdir() if path.is_file()}


@dataclass(frozen=True)
class Guide:
    """The text as HTML without its title, and its sections: what each is called, by the id of its heading."""

    html: Markup
    sections: dict[str, str]


@lru_cache(maxsize=4)
def guide(root_path: str) -> Guide:
    """The contract for the site that is mounted at `root_path`, read once."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    written = re.sub(r"\A# .*\n", "", (HOUSE / "docs" / "API.md").read_text())
    # In the repository the examples lie beside it.
    tokens = reader.parse(written.replace("](../examples/", f"]({root_path}/docs/examples/"))
    sections = dict(_named(tokens))
    made: Any = reader.renderer.render(tokens, reader.options, {})
    # Ours, and what HTML there might be in it the reader has taken the teeth of.
    return Guide(Markup(_scrolling(made)), sections)  # noqa: S704


def _named(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give each heading of a section an id; the ids, and what is written there."""
    found = []
    for heading, text in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag == "h2":
            name = re.sub(r"[^a-z]+", "-", text.content.lower()).strip("-")
            heading.attrSet("id", name)
            found.append((name, text.content))
    return found


def _scrolling(html: str) -> str:
    """A table that is wider than a phone can be moved, also by keys."""
    opened = html.replace("<table>", '<div class="wide" tabindex="0" role="group" aria-label="A table"><table>')
    return opened.replace("</table>", "</table></div>")
