"""Does a file say something? Real content, sections, lines and figures of a text.

A file proves nothing when it is empty, holds only headings and places to fill in, or points at
work to do. Every function takes text and is bounded by its length.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

PROSE = frozenset({".md", ".markdown", ".rst", ".txt", ".adoc", ""})
MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
DATA = frozenset({".json", ".yaml", ".yml", ".toml", ".csv", ".tsv"})
LEAST_WORDS = 5
"""The fewest words of a document's own that make it more than a title."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_UNDERLINE = re.compile(r"\s*(=+|-+|~+|\*+|_+)\s*$")
_TO_DO = re.compile(
    r"\b(todo|tbd|tba|tbc|fixme|xxx+|to be (written|done|defined|decided|completed|added|determined)|coming soon|lorem ipsum|work in progress|wip|placeholder)\b",
    re.IGNORECASE,
)
_BLANKS = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|<[A-Za-z][^<>\n]{0,200}>|\[[^\]\n\[]{2,200}\](?![(\[:])|\$\{[^}\n]{0,200}\}|_{3,}|\.{3,}|…+"
)
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_PROMPT = re.compile(
    r"^\W*(describe|explain|list|insert|enter|provide|fill in|specify|add|write|state|summari[sz]e|replace|your)\b.*",
    re.IGNORECASE,
)
_LINES = re.compile(r"L(\d{1,7})(?:-L?(\d{1,7}))?\Z")


class Part(NamedTuple):
    """A part of a text: its first line (from 1) and its text."""

    line: int
    text: str


def emptiness(text: str, suffix: str) -> str | None:
    """Why a text is no content, in a few words; None where it has real content.

    `suffix` is the file's ending in lower case, with the dot.
    """
    if not text.strip():
        return "it is empty"
    if suffix in PROSE or suffix in MARKDOWN:
        return _empty_prose(text)
    if suffix in DATA:
        return _empty_data(text, suffix)
    return _empty_code(text)


def _empty_prose(text: str) -> str | None:
    """Count each line as the document's own, as a blank to fill in, or as neither."""
    own = blanks = to_do = 0
    for line in _COMMENT.sub(" ", text).splitlines():
        bare = line.strip().strip("|").strip()
        if not bare or _HEADING.match(line) or _UNDERLINE.match(line) or set(bare) <= set("|-: +="):
            continue
        rest = _BLANKS.sub(" ", bare)
        left = len(_WORD.findall(rest))
        if _TO_DO.search(bare) and left <= 12:
            to_do += 1
        elif rest != bare and (left <= 4 or _PROMPT.match(rest)):
            blanks += 1
        else:
            own += left
    if own >= LEAST_WORDS and own >= 3 * blanks:
        return None
    if to_do:
        return "it only says what is still to be done"
    if blanks:
        return "it is a template with its blanks not filled in"
    return "it holds no more than a heading" if own < LEAST_WORDS else None


def _empty_data(text: str, suffix: str) -> str | None:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "//", "---"))]
    joined = "".join(lines).strip()
    if not joined or joined in ("{}", "[]", "null", '""'):
        return "it holds no data"
    if suffix in (".csv", ".tsv") and len(lines) < 2:
        return "it holds a header and no row"
    return None


def _empty_code(text: str) -> str | None:
    """Code counts when one line is neither blank nor a comment nor a bare `pass`."""
    stripped = (line.strip() for line in text.splitlines())
    for line in stripped:
        if (
            line
            and not line.startswith(("#", "//", "/*", "*", "--", ";", "%", '"""', "'''"))
            and line not in ("pass", "...", "{", "}", "end")
        ):
            return None
    return "it holds no more than comments"


def section(text: str, heading: str) -> Part | None:
    """The Markdown section under a heading, down to the next heading of the same or a higher
    rank; None where no heading reads so. Case, `#` signs and emphasis do not matter."""
    wanted = _plain_heading(heading)
    lines = text.splitlines()
    fenced = False
    start = rank = 0
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        here = 0 if fenced else _rank(lines, number)
        if start and here and here <= rank:
            return Part(start, "\n".join(lines[start : number - 1]))
        if not start and here and _plain_heading(line) == wanted:
            start, rank = number, here
    if not start:
        return None
    body = lines[start:]
    return Part(start, "\n".join(body))


def _rank(lines: list[str], number: int) -> int:
    """The rank of the heading on a line (from 1), or 0 where the line is none."""
    line = lines[number - 1]
    found = re.match(r" {0,3}(#{1,6})(?:\s|$)", line)
    if found:
        return len(found.group(1))
    following = lines[number].strip() if number < len(lines) else ""
    if (
        line.strip()
        and len(following) >= 2
        and set(following) in ({"="}, {"-"})
        and not line.lstrip().startswith(("|", "-", "*", ">"))
    ):
        return 1 if following[0] == "=" else 2
    return 0


def _plain_heading(line: str) -> str:
    bare = re.sub(r"\s*\{#[^}]*\}\s*$", "", line.strip().strip("#").strip())
    return re.sub(r"[*_`]", "", bare).strip().rstrip(":").casefold()


def line_range(text: str, at: str) -> Part | None:
    """The lines that `L20-L60` or `L20` names; None where the text ends before them."""
    found = _LINES.match(at)
    if not found:
        return None
    first = int(found.group(1))
    last = int(found.group(2) or first)
    lines = text.splitlines()
    if not 1 <= first <= last <= len(lines):
        return None
    return Part(first, "\n".join(lines[first - 1 : last]))


def is_line_range(at: str) -> bool:
    """Whether `at` names lines."""
    return bool(_LINES.match(at))


class NoFigure(Exception):
    """A figure could not be read; the message says why in a few words."""


def figure(data: Any, pointer: str) -> float:
    """The number at a JSON pointer (RFC 6901). Raises NoFigure where there is none."""
    value = data
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isascii() and key.isdigit() and len(key) < 7 and int(key) < len(value):
            value = value[int(key)]
        else:
            raise NoFigure(f"nothing stands at {pointer}")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NoFigure(f"what stands at {pointer} is not a number")
    if isinstance(value, float) and not math.isfinite(value):
        raise NoFigure(f"what stands at {pointer} is not a finite number")
    if isinstance(value, int) and abs(value) > 10**40:
        raise NoFigure(f"the number at {pointer} is too large to be a figure")
    return value


def read_json(raw: bytes) -> Any:
    """JSON data. Raises NoFigure where the bytes are none."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise NoFigure(f"it is not valid JSON{where}") from None
