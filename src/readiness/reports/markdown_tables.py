"""Tables, sections and folded lists in GitHub Flavored Markdown. What they are given is escaped already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

Rows = list[tuple[str, ...]]

FOLD = 8
"""A table of more rows than this is folded away."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """A table; the columns whose numbers are in `right` are aligned to the right."""
    yield _row(head)
    yield "|" + "|".join(" ---: " if number in right else " --- " for number in range(len(head))) + "|"
    for row in rows:
        yield _row([cell or "–" for cell in row])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that are shown on a click. The blank lines make GitHub read what is inside as Markdown."""
    yield f"\n<details>\n<summary>{summary}</summary>\n"
    yield from lines
    yield "\n</details>"


def section(title: str, head: Sequence[str], rows: Rows, noun: str, empty: str | None = None) -> Iterator[str]:
    """A titled table, folded where it is long; without rows the sentence `empty`, or nothing at all."""
    if not rows and empty is None:
        return
    yield f"\n### {title}\n"
    if not rows:
        yield empty or ""
    elif len(rows) > FOLD:
        yield from folded(f"{len(rows)} {noun}s", table(head, rows))
    else:
        yield from table(head, rows)
