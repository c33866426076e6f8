"""docs/API.md, read by the tests as clients read it."""

from pathlib import Path

CONTRACT = Path(__file__).parents[2] / "docs" / "API.md"


def contract_table(first_column: str) -> list[list[str]]:
    """The cells of the table whose first column is headed so, row by row."""
    lines = iter(CONTRACT.read_text().splitlines())
    for line in lines:
        if line.startswith(f"| {first_column} |"):
            next(lines)
            break
    else:
        raise LookupError(f"{CONTRACT.name} has no table with a first column {first_column}")
    rows: list[list[str]] = []
    for line in lines:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
