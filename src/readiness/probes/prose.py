"""How many words of prose a document holds, whole or section by section.

Headings, comments, front matter, fenced code, link lists and placeholders are no prose.
"""

from __future__ import annotations

import re

from readiness.lazy import Lazy
from readiness.tuples import NamedTuple

HEADING = Lazy(r"(#{1,6})\s+(.*?)\s*#*\s*")
UNDERLINE = Lazy(r"([=\-~^*+#\"'])\1{2,}\s*")
COMMENT = Lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
FRONT = Lazy(r"\A---\n.*?\n---\n", re.DOTALL)
FENCE = Lazy(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.DOTALL | re.MULTILINE)
LINK_LINE = Lazy(r"[\s>*+\-\d.|]*(?:!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\]|:\s*\S+)?|<?https?://\S+>?)[\s|.,;]*")
PLACEHOLDER = Lazy(
    r"(?i)\b(?:todo|tbd|tba|fixme|lorem ipsum|to be (?:done|written|defined|completed|added)|coming soon"
    r"|\[?more information needed\]?|fill (?:this |me )?in|insert (?:your|the|here)|your .{1,40} here|xxx+)\b"
)
BLANK_SLOT = Lazy(
    r"<[a-z][^<>@]{2,60}>|\[(?:insert|your|describe|name|add|enter|e\.g\.)[^\]]*\](?!\()|\{\{.*?\}\}|_{4,}"
)
WORD = Lazy(r"[^\W_][\w'’.\-]*")


class Section(NamedTuple):
    """A heading with its line, its depth, and the words of prose below it, subsections too."""

    title: str
    line: int
    depth: int
    words: int


def words(text: str) -> int:
    """The words of prose in a whole document."""
    return sum(_count(line) for line in _lines(text))


def sections(text: str) -> tuple[Section, ...]:
    """Every section of a Markdown or reStructuredText document."""
    lines = _lines(text)
    heads: list[tuple[int, int, str]] = []
    counts: list[int] = []
    marks = ""
    for index, line in enumerate(lines):
        counts.append(_count(line))
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if found := HEADING.fullmatch(line):
            heads.append((index, len(found[1]), found[2]))
        elif line.strip() and not line.startswith((" ", "|", "-", "*")) and UNDERLINE.fullmatch(following):
            marks += following[0] if following[0] not in marks else ""
            heads.append((index, marks.index(following[0]) + 1, line.strip()))
            counts[-1] = 0
    return tuple(_section(heads, i, counts) for i in range(len(heads)))


def _section(heads: list[tuple[int, int, str]], i: int, counts: list[int]) -> Section:
    index, depth, title = heads[i]
    end = next((at for at, level, _ in heads[i + 1 :] if level <= depth), len(counts))
    return Section(title, index + 1, depth, sum(counts[index + 1 : end]))


def _lines(text: str) -> list[str]:
    """The lines, with everything that is no prose blanked in its place."""
    for expression in (FRONT, COMMENT, FENCE):
        text = expression.sub(lambda found: "\n" * found[0].count("\n"), text)
    return text.split("\n")


def _count(line: str) -> int:
    if not line.strip() or HEADING.fullmatch(line) or UNDERLINE.fullmatch(line.strip()):
        return 0
    if LINK_LINE.fullmatch(line) or PLACEHOLDER.search(line):
        return 0
    return len(WORD.findall(BLANK_SLOT.sub(" ", line)))
