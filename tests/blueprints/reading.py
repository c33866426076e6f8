"""Reading pages and fragments as people do: what is told, what a form asks, what stands beside its fields."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from werkzeug.test import TestResponse


def notices(response: TestResponse) -> list[tuple[str, str]]:
    """What the answer tells: the kind and the sentence of each notice, not of those kept for scripts to show."""
    shown = re.sub(r"<template\b.*?</template>", "", response.text, flags=re.DOTALL)
    found = re.findall(r'<p class="notice" data-kind="(\w+)">(.*?)</p>', shown, re.DOTALL)
    return [(kind, unescape(sentence).strip()) for kind, sentence in found]


def words(response: TestResponse) -> str:
    """The text of the answer without its tags, with single spaces."""
    without = re.sub(r"<(script|style|svg|template)\b.*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(without).split())


def partials(response: TestResponse) -> list[str]:
    """What htmx will swap: the targets of the fragment's parts, in their order."""
    return re.findall(r'<hx-partial hx-target="([^"]+)"', response.text)


@dataclass
class Form:
    """A form of a page: where it goes, what its fields hold, and what is wrong with each."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._textarea = ""
        self._in_errors = False
        self._errors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if self._open and self._errors and "name" in got:
            self._open.errors[got["name"]], self._errors = self._errors, []  # they stand before their field
        if tag == "form":
            self._open = Form(got.get("action", ""))
            self.forms.append(self._open)
        elif self._open and tag == "input" and "name" in got:
            self._open.values[got["name"]] = got.get("value", "")
        elif self._open and tag == "textarea":
            self._textarea = got["name"]
            self._open.values[self._textarea] = ""
        elif tag == "div" and got.get("class") == "field-errors":
            self._in_errors = True

    def handle_data(self, data: str) -> None:
        if self._open and self._textarea:
            self._open.values[self._textarea] += data
        elif self._in_errors and data.strip():
            self._errors.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "div":
            self._in_errors = False


def form_to(response: TestResponse, action: str) -> Form:
    """The form of the page that goes to this path; a form without one goes to the page itself."""
    parser = _Forms()
    parser.feed(response.text)
    found = [one for one in parser.forms if (one.action or response.request.path) == action]
    assert len(found) == 1, [one.action for one in parser.forms]
    return found[0]


def seat(page: str, seat_id: int) -> str:
    """The button of a seat in a page or fragment."""
    found = re.findall(rf'<button class="seat" id="seat-{seat_id}"[^>]*>', page)
    assert len(found) == 1
    return str(found[0])
