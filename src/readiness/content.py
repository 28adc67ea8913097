"""Does a file say something? Real content, sections, lines and figures of a text.

A file proves nothing when it is empty, holds only headings and places to fill in, or points at
work to do. Every function takes text, and its time grows with the length of the text alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from readiness.errors import nearest
from readiness.lazy import Lazy
from readiness.phrases import is_empty_word
from readiness.prose import LEAST_IN_PART, LEAST_WORDS, emptiness_of_prose, lines_of, opens_fence, without_comments
from readiness.tuples import NamedTuple

PROSE = frozenset({".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".asciidoc", ".org"})
MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
DATA = frozenset({".json", ".yaml", ".yml", ".toml", ".csv", ".tsv", ".ipynb"})
FIGURES = frozenset({".json", ".yaml", ".yml"})
"""Files that hold figures."""
MAX_HEADING = 1000
"""A longer line is no heading."""

_NO_PROSE = Lazy(
    r"\.|(?:docker|container|make|proc|jenkins|vagrant|gem|pip|snake|just|rake|tilt|earth|brew)file\Z"
    r"|(?:code)?owners\Z|build\Z|workspace\Z|(?:[\w-]*requirements|constraints|cmakelists)[\w-]*\.txt\Z",
    re.IGNORECASE,
)
_LINES = Lazy(r"L([0-9]{1,7})(?:-L?([0-9]{1,7}))?\Z")
_BARE_KEY = Lazy(
    r"\s*(?:- )*(?:[\w./ -]+|\"[^\"]*\"|'[^']*')(?::|\s=)\s*(?:null|~|\"\"|''|\{\s*\}|\[\s*\]|[|>][-+]?)?\s*(?:#.*)?\Z"
)
"""A key without a value, in YAML or TOML."""
_SUFFIX = Lazy(r"(?<=.)\.[^./]+\Z")


class Part(NamedTuple):
    """A part of a text: its first line (from 1) and its text."""

    line: int
    text: str


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case, with the dot; empty where it has none."""
    found = _SUFFIX.search(name.rpartition("/")[2])
    return found.group().lower() if found else ""


def emptiness(text: str, name: str, part: bool = False) -> str | None:
    """Why a text is no content, in a few words; None where it has real content.

    `name` is the file's name, by which its kind is known; `part` says that the text is only some
    lines of the file.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return "it is empty"
    base, suffix = name.rpartition("/")[2], suffix_of(name)
    if suffix in PROSE and not _NO_PROSE.match(base):
        return emptiness_of_prose(text, suffix, LEAST_IN_PART if part else LEAST_WORDS)
    if suffix in DATA and not part:
        return _empty_data(text, suffix)
    return _empty_code(text, suffix) if suffix or _NO_PROSE.match(base) else emptiness_of_prose(text, "")


# --------------------------------------------------------------------------- data and code


def _empty_data(text: str, suffix: str) -> str | None:
    import json

    if suffix in (".csv", ".tsv"):
        rows = [line for line in text.splitlines() if line.strip(" \t,;|\"'") and not line.startswith("#")]
        return None if len(rows) > 1 else "it holds a header and no row" if rows else "it holds no data"
    if suffix in (".json", ".ipynb"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if suffix == ".ipynb":
            cells = data.get("cells") if isinstance(data, dict) else None
            data = [cell.get("source") for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else None
        return None if _says_something(data) else "it holds no data"
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "---", "..."))]
    if suffix == ".toml":
        lines = [line for line in lines if not line.lstrip().startswith("[")]
    if all(
        line.strip() in ("{}", "[]", "null", "~", '""', "''", "-") or (len(line) < 300 and _BARE_KEY.match(line))
        for line in lines
    ):
        return "it holds no data"
    return None


def _says_something(data: Any) -> bool:
    """Whether data holds one value that is neither null nor an empty word."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif value is not None and not (isinstance(value, str) and is_empty_word(value)):
            return True
    return False


def _empty_code(text: str, suffix: str) -> str | None:
    """Code counts when one line is neither blank nor a comment nor a bare `pass`."""
    closing = ""
    for raw in text.splitlines():
        line = raw.strip()
        if closing:
            _, found, line = line.partition(closing)
            if not found:
                continue
            closing, line = "", line.strip()
        opening = next((pair for pair in _BLOCKS if line.startswith(pair[0])), None)
        if opening and (suffix in (".py", ".pyi") or opening[0] not in ('"""', "'''")):
            _, found, line = line[len(opening[0]) :].partition(opening[1])
            closing, line = "" if found else opening[1], line.strip()
        if line and not line.startswith(("#", "//", "--", ";", "%")) and line not in ("pass", "...", "{", "}", "end"):
            return None
    return "it holds no more than comments"


_BLOCKS = (('"""', '"""'), ("'''", "'''"), ("/*", "*/"), ("<!--", "-->"), ("--[[", "]]"))
"""How a comment of several lines begins and ends."""

# --------------------------------------------------------------------------- parts of a text


def sections(text: str, heading: str) -> Iterator[Part]:
    """The Markdown sections under a heading, each down to the next heading of the same or a
    higher rank. Case, `#` signs, links, punctuation and emphasis do not matter, so that the anchor
    of a heading names it as well."""
    wanted = _key(heading)
    lines = lines_of(without_comments(text))
    found = [(number, rank, title) for number, rank, title in _headings(lines)]
    for index, (number, rank, title) in enumerate(found):
        if wanted and _key(title) == wanted:
            ends = (later for later, other, _ in found[index + 1 :] if other <= rank)
            yield Part(number, "\n".join(lines[number : next(ends, len(lines) + 1) - 1]))


def nearest_heading(text: str, heading: str) -> str | None:
    """The heading of a Markdown text that reads most like one that is not there."""
    titles = {_plain(title).casefold(): _plain(title) for _, _, title in _headings(lines_of(without_comments(text)))}
    near = nearest(_plain(heading).casefold(), list(titles)[:500])
    return titles[near] if near else None


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each heading outside code: its line (from 1), its rank and its text."""
    fence = ""
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        mark = opens_fence(line)
        if fence:
            if mark.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark
        elif len(line) <= MAX_HEADING and (rank := _rank(lines, number)):
            yield number, rank, line


def _rank(lines: list[str], number: int) -> int:
    """The rank of the heading on a line (from 1), or 0 where the line is none."""
    line = lines[number - 1]
    found = re.match(r" {0,3}(#{1,6})(?:\s|$)", line)
    if found:
        return len(found.group(1))
    below = lines[number] if number < len(lines) else ""
    following = below.strip()
    if (
        line.strip()
        and len(following) >= 2
        and set(following) in ({"="}, {"-"})
        and len(below) - len(below.lstrip()) <= 3
        and not line.startswith(("    ", "\t"))
        and not re.match(r"\s*(?:\||>|[-*+]\s|[-=*_]+\s*\Z)", line)
    ):
        return 1 if following[0] == "=" else 2
    return 0


def _plain(title: str) -> str:
    """A heading as it reads: without marks, anchor, emphasis and the addresses of links."""
    bare = title.strip()[:MAX_HEADING].strip("#").strip()
    if bare.endswith("}") and "{#" in bare:
        bare = bare[: bare.rindex("{#")].strip()
    bare = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", bare)
    return re.sub(r"[*_`]", "", bare).strip().rstrip(":")


def _key(title: str) -> str:
    """What two headings that read alike have in common."""
    plain = _plain(title.replace("_", " ").replace("-", " ")).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-") or plain


def line_range(text: str, at: str) -> Part | None:
    """The lines that `L20-L60` or `L20` names; None where the text ends before them."""
    found = _LINES.match(at)
    if not found:
        return None
    first = int(found.group(1))
    last = int(found.group(2) or first)
    lines = lines_of(text)
    if not 1 <= first <= last <= len(lines):
        return None
    return Part(first, "\n".join(lines[first - 1 : last]))


def is_line_range(at: str) -> bool:
    """Whether `at` names lines."""
    return bool(_LINES.match(at))


# --------------------------------------------------------------------------- figures


class NoFigure(Exception):
    """A figure could not be read; the message says why in a few words."""


def figure(data: Any, pointer: str) -> float:
    """The number at a JSON pointer (RFC 6901). Raises NoFigure where there is none."""
    value = data
    for raw in pointer.split("/")[1:]:
        key = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9][0-9]{0,6}", key) and int(key) < len(value):
            value = value[int(key)]
        else:
            raise NoFigure(f"nothing stands at `{pointer}`" + _instead(value, key))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NoFigure(f"what stands at `{pointer}` is {_what(value)}, not a number")
    if isinstance(value, float) and not math.isfinite(value):
        raise NoFigure(f"what stands at `{pointer}` is not a finite number")
    if isinstance(value, int) and abs(value) > 10**40:
        raise NoFigure(f"the number at `{pointer}` is too large to be a figure")
    return value


def _instead(value: Any, key: str) -> str:
    """What a pointer that leads nowhere may have meant."""
    if isinstance(value, dict):
        near = nearest(key, [str(name) for name in list(value)[:500]])
        return f"; did you mean `{near}` in place of `{key}`?" if near else ""
    return f"; the list there has {len(value)} elements, counted from 0" if isinstance(value, list) else ""


def _what(value: Any) -> str:
    if isinstance(value, bool):
        return "`true` or `false`"
    if isinstance(value, str):
        return "text"
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "null"


def read_json(raw: bytes) -> Any:
    """JSON data. Raises NoFigure where the bytes are none."""
    import json

    try:
        return json.loads(raw.decode("utf-8-sig"), parse_int=_integer)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise NoFigure(f"it is not valid JSON{where}") from None


def _integer(digits: str) -> int | float:
    """An integer; one of more digits than any figure has becomes infinite."""
    return int(digits) if len(digits) <= 100 else math.inf
