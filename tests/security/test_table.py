"""SECURITY.md says what is so: each row that is met names tests that exist, and the others say why there is none."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHAPTER = re.compile(r"^### V(\d+) ", re.MULTILINE)
# The chapters of ASVS 5.0.0.
CHAPTERS = range(1, 18)
NOT_PROVEN = ("not met", "does not apply", "in part: ")


@cache
def rows() -> dict[int, list[list[str]]]:
    """The cells of each row, by chapter."""
    parts = CHAPTER.split((ROOT / "SECURITY.md").read_text("utf-8"))[1:]
    return {int(number): list(map(cells, lines_of(text))) for number, text in zip(parts[::2], parts[1::2], strict=True)}


def lines_of(text: str) -> list[str]:
    """The rows of the table in this text, without its head."""
    return [line for line in text.splitlines() if line.startswith("|")][2:]


def cells(line: str) -> list[str]:
    """What stands in the row."""
    return [cell.strip() for cell in line.strip("|").split(" | ")]


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file."""
    file = ROOT / path
    return frozenset(
        node.name
        for node in (ast.parse(file.read_text("utf-8")).body if file.is_file() else ())
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_every_chapter_has_rows_each_of_its_own_and_once() -> None:
    assert list(rows()) == list(CHAPTERS)
    for chapter, found in rows().items():
        assert found, f"chapter {chapter} has no row"
        numbers = [row[0] for row in found]
        assert len(set(numbers)) == len(numbers)
        for row in found:
            assert len(row) == 4, row
            assert row[0] == str(chapter) or re.fullmatch(rf"{chapter}\.\d+\.\d+", row[0]), row


def test_what_is_met_names_tests_that_exist_and_all_else_says_why_not() -> None:
    for row in (row for found in rows().values() for row in found):
        number, _, how, proof = row
        named = [] if proof == "-" else proof.split(", ")
        assert how.startswith("met") or how.startswith(NOT_PROVEN), number
        assert named or how.startswith(NOT_PROVEN), f"{number} is met, and nothing proves it"
        for name in named:
            path, _, test = name.partition("::")
            assert test in names_in(path), f"{number} names {name}, which does not exist"
