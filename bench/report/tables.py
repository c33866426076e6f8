"""Figures as people read them."""

from collections.abc import Iterator, Sequence

from bench.report.figure import Figure


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print the figures of one part."""
    print("\n".join(lines(title, figures)), flush=True)


def lines(title: str, figures: Sequence[Figure]) -> Iterator[str]:
    """The same as a table in Markdown."""
    yield from (f"### {title}", "", "| what | figure | ratio | beside | asked for | |", "|---|--:|--:|---|---|---|")
    for one in figures:
        ratio = "" if one.ratio is None else f"{one.ratio:.3g}"
        found = f"{number(one.value)} {one.unit}"
        yield f"| {one.what} | {found} | {ratio} | {one.beside} | {_asked(one)} | {one.verdict} |"
    yield ""


def number(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _asked(one: Figure) -> str:
    parts = []
    if one.least is not None:
        parts.append(f"at least {one.least:g}")
    if one.most is not None:
        parts.append(f"at most {one.most:g}")
    if one.aim is not None:
        parts.append(f"aim {one.aim:g}")
    return ", ".join(parts)
