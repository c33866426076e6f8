"""What the rows of a block are called, and which numbers its seats have."""

from collections.abc import Sequence
from string import ascii_uppercase

from webapp.services.plans.building.fields import Numbering
from webapp.services.plans.building.laying.blaming import unfit
from webapp.services.plans.building.sketch import RowBlock


def row_names(block: RowBlock) -> list[str]:
    """The names of the rows, from the front. Raises `Invalid` where the first one cannot begin them."""
    first = _first(block)
    names = [_name(block, first + place) for place in range(block.rows)]
    return names if block.rows_from == "front" else names[::-1]


def letters_of(block: RowBlock) -> str:
    """The letters that rows of the block may have."""
    return "".join(letter for letter in ascii_uppercase if not (block.skips_i_and_o and letter in "IO"))


def _first(block: RowBlock) -> int:
    """How many names lie before the first row's."""
    first = block.first_row.upper()
    if not first:
        return 1 if block.row_names == "numbers" else 0
    if block.row_names == "numbers":
        if not (first.isascii() and first.isdecimal()):
            raise unfit(block, "first_row", "Rows with numbers begin with one, such as 1.")
        return int(first)
    letters = letters_of(block)
    if block.skips_i_and_o and set(first) & set("IO"):
        raise unfit(block, "first_row", "The letters I and O are left out here; begin with another.")
    if set(first) - set(letters) or (block.row_names == "doubled" and len(set(first)) > 1):
        alike = " or AA" if block.row_names == "doubled" else ""
        raise unfit(block, "first_row", f"Rows with letters begin with one from A to Z, such as A{alike}.")
    if block.row_names == "doubled":
        return letters.index(first[0]) + len(letters) * (len(first) - 1)
    place = 0
    for letter in first:
        place = place * len(letters) + letters.index(letter) + 1
    return place - 1


def _name(block: RowBlock, place: int) -> str:
    if block.row_names == "numbers":
        return str(place)
    letters = letters_of(block)
    if block.row_names == "doubled":
        return letters[place % len(letters)] * (place // len(letters) + 1)
    name, place = "", place + 1
    while place:
        place, letter = divmod(place - 1, len(letters))
        name = letters[letter] + name
    return name


def seat_numbers(numbering: Numbering, first: int, count: int, aisles: Sequence[int] = ()) -> list[int]:
    """The numbers of so many seats of a row, from left to right; each side of the middle has its own where they are
    split in odd and even, the middle being an aisle where one is there."""
    match numbering:
        case "left":
            return list(range(first, first + count))
        case "right":
            return list(range(first + count - 1, first - 1, -1))
        case "twos_left":
            return list(range(first, first + 2 * count, 2))
        case "twos_right":
            return list(range(first + 2 * (count - 1), first - 1, -2))
        case "odd_left":
            return _split(first, count, [count - aisle for aisle in aisles])[::-1]
        case "odd_right":
            return _split(first, count, aisles)


def _split(first: int, count: int, aisles: Sequence[int]) -> list[int]:
    """The numbers where the first of them is right of the middle: 642135."""
    middle = count // 2
    left = next((aisle for aisle in aisles if abs(2 * aisle - count) <= 2), middle)
    return [first + 1 + 2 * place for place in reversed(range(left))] + [
        first + 2 * place for place in range(count - left)
    ]
