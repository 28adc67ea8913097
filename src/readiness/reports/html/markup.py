"""Text and tables as HTML. What comes from outside passes through `text`, `prose` or `code`, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from readiness.model import Figure, Finding
from readiness.reports.safe import cut, plain
from readiness.tuples import NamedTuple

_QUOTED = re.compile(r"`([^`\s](?:[^`]{0,78}[^`\s])?)`")
_STRANGE = re.compile("[" + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17)) + "]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""Every attribute stands in double quotes, so that a single one may stay."""

LONG = 2000
"""Longer text is cut: a browser takes minutes to lay out many words of 10,000 letters."""

_WEB = re.compile(r"https?://[!-~]+")


class Section(NamedTuple):
    """A part of a report: its name in addresses, its title, what stands under it, and how much that is."""

    slug: str
    title: str
    lines: tuple[str, ...]
    size: int | None = None


def text(said: str) -> str:
    """Text that a browser shows as that very text, between tags and in an attribute in double quotes."""
    return _escaped(cut(plain(said), LONG))


def prose(said: str) -> str:
    """A sentence; an id or a path between backticks is code."""
    pieces = map(_escaped, _QUOTED.split(cut(plain(said), LONG)))
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))


def _escaped(shown: str) -> str:
    return _STRANGE.sub("\ufffd", shown).translate(_ENTITIES)


def code(said: str) -> str:
    """An id or a path."""
    return f"<code>{text(said)}</code>"


def day(when: date) -> str:
    """A day, which is never broken over two lines."""
    return f"<time>{when.isoformat()}</time>"


def link(address: str) -> str:
    """An address of the web, shown as it is; anything else stays text."""
    shown = text(address)
    web = _WEB.fullmatch(address) and len(address) <= LONG
    return f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>' if web else shown


def figure(value: Figure | None) -> str:
    """A figure, or a dash with its meaning where there is none."""
    return '<abbr title="none">–</abbr>' if value is None else str(value)


def control(finding: Finding) -> str:
    """A control's title and id, and the ids of what it judges in a published source."""
    judged = finding.control
    cited = [name for name in judged.requirements if name != judged.id]
    return " ".join([text(judged.title), code(judged.id), *(f"<small>{text(name)}</small>" for name in cited)])


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """A table whose first cells are the headings of their rows. The columns whose numbers are in `right` hold
    figures. Where there is no room for columns, each cell shows its column's name."""
    names = [text(name) for name in head]
    sides = [' class="n"' if number in right else "" for number in range(len(head))]
    heads = "".join(f'<th scope="col"{side}>{name}</th>' for name, side in zip(names, sides, strict=True))
    starts = [f'<td{side} data-l="{name}">' for name, side in zip(names, sides, strict=True)]
    return [
        f'<table class="stack"><caption>{caption}</caption>',
        f"<thead><tr>{heads}</tr></thead><tbody>",
        *(_row(starts, cells) for cells in rows),
        "</tbody></table>",
    ]


def _row(starts: Sequence[str], cells: Sequence[str]) -> str:
    inner = "".join(f"{start}{cell or '–'}</td>" for start, cell in zip(starts[1:], cells[1:], strict=True))
    return f'<tr><th scope="row">{cells[0]}</th>{inner}</tr>'


def bullets(entries: Iterable[str]) -> Iterator[str]:
    """A list of what is HTML already."""
    yield "<ul>"
    yield from (f"<li>{entry}</li>" for entry in entries)
    yield "</ul>"


def folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """What is shown on demand, and always on paper."""
    yield f"<details><summary>{summary}</summary>"
    yield from lines
    yield "</details>"


def pairs(entries: Iterable[tuple[str, str]], kind: str) -> Iterator[str]:
    """Names with their values."""
    yield f'<dl class="{kind}">'
    yield from (f"<div><dt>{name}<dd>{value}</div>" for name, value in entries)
    yield "</dl>"
