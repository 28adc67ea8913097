"""Lines of styled text for a terminal of a given width: symbols, wrapping, hanging labels, columns.

Text reaches a line only as it is: rich's markup, emoji codes and highlighting are never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.text import Text

from readiness.reports.safe import cut, plain
from readiness.tuples import NamedTuple

if TYPE_CHECKING:
    from rich.console import Console

Span = str | tuple[str, str]
"""Text, or text with a style."""

MEASURE = 112
"""The greatest width of running text: longer lines are hard to read."""
NARROW = 60
WIDE = 120
"""From this width on, a report uses two columns."""
LONG = 320
"""Untrusted text is cut at this many characters; titles and names at `SHORT`."""
SHORT = 120
_WORD = re.compile(r"\s*\S+\s*")


class Glyphs(NamedTuple):
    """The symbols of a report."""

    yes: str
    no: str
    bullet: str
    dot: str
    ellipsis: str
    solid: str
    light: str
    empty: str
    mark: str
    rule: str
    none: str


UNICODE = Glyphs("✓", "✗", "•", "·", "…", "█", "▒", "·", "┃", "─", "–")
ASCII = Glyphs("+", "x", "*", "|", "...", "#", "=", ".", "|", "-", "-")


class Look(NamedTuple):
    """How a report is to look: its width, and its symbols."""

    width: int
    glyphs: Glyphs

    @property
    def wide(self) -> bool:
        """Whether there is room for two columns."""
        return self.width >= WIDE

    def show(self, text: str, length: int = LONG) -> str:
        """Untrusted text made safe for this terminal, cut at `length` characters."""
        return self.printable(cut(plain(text), length, self.glyphs.ellipsis))

    def printable(self, text: str) -> str:
        """Text in characters that this terminal has."""
        if self.glyphs is ASCII and not text.isascii():
            return text.encode("ascii", "backslashreplace").decode("ascii")
        return text


def look(width: int, ascii_only: bool) -> Look:
    """The look for a terminal of this width; less than `NARROW` cannot be laid out."""
    return Look(max(width, NARROW), ASCII if ascii_only else UNICODE)


def console(width: int, colour: bool) -> Console:
    """A console that depends on nothing in its environment."""
    from rich.console import Console

    return Console(
        width=width,
        height=100,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        force_jupyter=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def rendered(lines: Iterable[Text], width: int, colour: bool) -> str:
    """The lines as text, each without trailing blanks."""
    if not colour:
        return "".join(f"{line.plain.rstrip()}\n" for line in lines)
    target = console(width, colour)
    with target.capture() as capture:
        for line in lines:
            line.rstrip()
            target.print(line, no_wrap=True, overflow="ignore", crop=False)
    return capture.get()


def text(*spans: Span) -> Text:
    """Spans one after the other."""
    result = Text()
    for span in spans:
        if isinstance(span, str):
            result.append(span)
        else:
            result.append(*span)
    return result


def wrapped(body: Text, width: int) -> list[Text]:
    """A text in lines of at most `width` cells; a word that is longer is broken."""
    lines = list(body.divide(_breaks(body.plain, max(width, 8))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> list[int]:
    """Where lines begin, but for the first. (`Text.wrap` does the same, but needs a console, and loading that costs as
    much time as a whole report.)"""
    breaks: list[int] = []
    used = 0
    for match in _WORD.finditer(text):
        start, word = match.start(), match.group()
        length = cell_len(word.rstrip())
        pieces = [word] if length <= width else chop_cells(word, width)
        if length > width - used:
            breaks += [start] if start else []
            used = 0
        for piece in pieces[:-1]:
            start += len(piece)
            breaks.append(start)
        used += cell_len(pieces[-1])
    return breaks


def hanging(first: Text, body: Text, width: int) -> Iterator[Text]:
    """Running text behind a label: `first` before the first line, blanks before the others."""
    indent = first.cell_len
    for number, line in enumerate(wrapped(body, min(width, MEASURE) - indent)):
        start = first.copy() if number == 0 else Text(" " * indent)
        yield start.append_text(line)


def labelled(label: str, body: str, width: int, *, indent: int, label_width: int, style: str = "") -> Iterator[Text]:
    """A label in a column of its own, and text behind it."""
    first = text(" " * indent, (f"{label:<{label_width}}", "dim"))
    return hanging(first, text((body, style)), width)


def beside(left: list[Text], right: list[Text], left_width: int) -> Iterator[Text]:
    """Two blocks side by side."""
    for one, other in zip_longest(left, right):
        line = Text() if one is None else one.copy()
        if other is not None:
            line.pad_right(max(0, left_width - line.cell_len))
            line.append_text(other)
        yield line


def heading(title: str, note: str, at: Look) -> Iterator[Text]:
    """A blank line, the title of a section, and what to know about it."""
    yield Text()
    line = text((title, "bold"))
    if note:
        line.append(f"  {note}", "dim")
    yield from wrapped(line, at.width)
