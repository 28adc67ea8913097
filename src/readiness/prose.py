"""Does a document say something of its own, or is it empty, a template or a list of things to do?

Every line is put down as the document's own words, as a blank to fill in, as work to do, or as
neither: headings, labels, code comments, table heads and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readiness.lazy import Lazy
from readiness.phrases import is_empty_word

LEAST_WORDS = 5
"""The fewest words of a document's own that make it more than a title."""
LEAST_IN_PART = 3
"""The same of a section, which has its heading outside."""
BLANK_WEIGHT = 4
"""So many words of its own must stand against each blank that is not filled in."""
TO_DO_WEIGHT = 4
"""The same for each line of work to do."""
MAX_LINE = 4000
"""Of a longer line only the beginning is looked at."""

_TO_DO = Lazy(
    r"\b(todo|tbd|tba|tbc|fixme|xxx+|to be (written|done|defined|decided|completed|added|determined)"
    r"|coming soon|work in progress|wip|placeholder)\b",
    re.IGNORECASE,
)
_STARTS_TO_DO = Lazy(r"\W*(todo|tbd|tba|tbc|fixme|xxx+|coming soon|work in progress)\b", re.IGNORECASE)
_BOX = Lazy(r"(?:[-*+]|[0-9]{1,3}[.)])\s+\[ ?\](?:\s|$)")
_LATIN = frozenset(
    "lorem ipsum dolor sit amet consectetur adipiscing adipisicing elit sed eiusmod tempor incididunt ut labore et "
    "dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo "
    "consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint "
    "occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum".split()
)
"""The words of the usual filler text."""
_TAGS = Lazy(
    r"</?(?:a|abbr|article|b|big|blockquote|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption"
    r"|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|link|main|mark|nav|ol|p|path|picture|pre|q|s"
    r"|samp|section|small|source|span|strike|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
    r"|video)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_IMAGE = Lazy(r"!\[[^\[\]]{0,200}\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\])")
_LINK = Lazy(r"\[([^\[\]]{0,300})\]\([^()]{0,500}\)")
_DEFINITION = Lazy(r"\[[^\[\]]{1,200}\]:\s")
_ADDRESS = Lazy(r"<?\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+>?", re.IGNORECASE)
_CODE = Lazy(r"(?<!`)`{1,3}[^`]{1,300}`{1,3}")
_BLANKS = Lazy(
    r"\{\{[^{}]{0,200}\}\}|<[^\W\d][^<>]{0,200}>|(?<!\[)\[(?![!^\d])[^\]\[]{2,200}\](?![(\[:\]])"
    r"|\$?\{(?=[^{}]{0,60}\s)[^\W\d][^{}]{0,300}\}|\$\{[^{}]{0,200}\}|_{3,}|\.{3,}|…+"
)
BLANK_SIGNS = ("{", "<", "[", "___", "...", "…")
"""One of these stands in everything that `_BLANKS` matches."""
_UNSPACED = Lazy(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""A letter of a script that puts no spaces between words; two of them count as one word."""
_WORD = Lazy(r"[^\W\d_]{2,}|\d+")
_PROMPT = Lazy(
    r"\W*(describe|explain|list|insert|enter|provide|fill in|specify|add|write|state|summari[sz]e|replace|your"
    r"|who|what|when|where|how|why|which)\b",
    re.IGNORECASE,
)
_PLAIN_PROMPT = Lazy(
    r"\W*(?:describe|explain|summari[sz]e|provide|insert|fill in|specify)\b"
    r"|\W*(?:who|what|when|where|how|why|which)\b.*\?\W*$",
    re.IGNORECASE,
)
"""A line that asks its reader to write, where no bracket says so."""
_HEADING = Lazy(r" {0,3}#{1,6}(?:\s|$)")
_FENCE = Lazy(r"\s*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")
_RULE = Lazy(r"\s*([=\-~*_^\"'#+.:`])\1*\s*$")
_LEAD = Lazy(r"(?:[-*+•>]|[0-9]{1,3}[.)])\s+")
_ADOC_HEADING = Lazy(r"=+\s|\[[^\[\]]*\]$|:[\w-]+:")


def lines_of(text: str) -> list[str]:
    """The lines of a text as an editor counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def without_comments(text: str) -> str:
    """A text without its `<!-- comments -->`, and without the block of metadata on top; the lines
    keep their numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    text = "".join([*parts, text[at:]])
    if text.startswith("---\n"):
        end = text.find("\n---\n", 3)
        if end >= 0 or text.endswith("\n---"):
            end = end if end >= 0 else len(text) - 4
            text = "\n" * text.count("\n", 0, end + 4) + text[end + 4 :]
    return text


def opens_fence(line: str) -> str:
    """The marks with which a line opens or closes a block of code; empty where it does neither."""
    found = _FENCE.match(line) if "```" in line or "~~~" in line else None
    return found.group(1) if found else ""


def emptiness_of_prose(text: str, suffix: str, least: int = LEAST_WORDS) -> str | None:
    """Why a document says nothing, in a few words; None where it has `least` words of its own."""
    own = blanks = to_do = 0
    for line, code, head in _lines(text, suffix):
        bare = line.strip().strip("|").strip()
        if not bare or head or (not code and _RULE.match(line)):
            continue
        if code:
            own += 0 if bare.startswith(("#", "//")) else _count(bare)
            continue
        read = _read(line.strip())
        own += read[0]
        blanks += read[1]
        to_do += read[2]
    if own >= least and own >= BLANK_WEIGHT * blanks and own >= TO_DO_WEIGHT * to_do:
        return None
    if to_do > blanks:
        return "it only says what is still to be done"
    if blanks:
        return "it is a template with its blanks not filled in"
    return "it holds no more than a heading"


def _lines(text: str, suffix: str) -> Iterator[tuple[str, bool, bool]]:
    """Each line, whether it is code, and whether it is a heading or the head of a table."""
    lines = lines_of(without_comments(text))
    fence = ""
    for number, full in enumerate(lines):
        line = full[:MAX_LINE]
        mark = opens_fence(line)
        if fence:
            if mark.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            else:
                yield line, True, False
            continue
        if mark:
            fence = mark
            continue
        below = lines[number + 1][:MAX_LINE].strip() if number + 1 < len(lines) else ""
        indented = line.startswith(("    ", "\t")) and not _LEAD.match(line.strip())
        yield line, indented, _is_head(line, below, suffix)


def _is_head(line: str, below: str, suffix: str) -> bool:
    if _HEADING.match(line):
        return True
    if suffix in (".adoc", ".asciidoc") and _ADOC_HEADING.match(line):
        return True
    if "|" in line and "|" in below and "-" in below and set(below) <= set("|-: "):
        return True
    underlined = len(below) >= 3 and _RULE.match(below) is not None and below[0] not in ".:`"
    return underlined and not _LEAD.match(line.strip()) and not line.strip().startswith("|")


def _read(bare: str) -> tuple[int, int, int]:
    """One line of prose: its own words, its blanks, and whether it is work to do."""
    # the signs are looked for first: most documents have few of them, and an expression is compiled when it is used
    if "[" in bare and _BOX.match(bare):
        return 0, 0, 1
    if bare.startswith("|") and bare.count("|") > 2:
        return _row([cell.strip() for cell in bare.strip("|").split("|")])
    if bare.startswith("[") and _DEFINITION.match(bare):
        return 0, 0, 0
    if "[" in bare:
        bare = _LINK.sub(r"\1", _IMAGE.sub(" ", bare))
    bare = _TAGS.sub(" ", bare) if "<" in bare else bare
    bare = _ADDRESS.sub(" ", bare) if "://" in bare else bare
    text = _LEAD.sub("", bare, count=1).strip()
    plain = _CODE.sub(lambda code: re.sub(r"[^\w\s]", " ", code.group()), text) if "`" in text else text
    rest = _BLANKS.sub(" ", plain) if any(sign in plain for sign in BLANK_SIGNS) else plain
    left = _count(rest)
    if _STARTS_TO_DO.match(text) or (_TO_DO.search(text) and left <= 12) or _is_latin(rest):
        return 0, 0, 1
    if rest != plain and (left <= 4 or _PROMPT.match(rest)):
        return 0, 1, 0
    if _PLAIN_PROMPT.match(text):
        return 0, 1, 0
    if text[:1] in "_*" and text[-1:] in "_*" and (_PROMPT.match(text) or left <= 6):
        return 0, 1 if _PROMPT.match(text) else 0, 0
    label, colon, said = text.replace("*", "").replace("_", " ").partition(":")
    if colon and len(label) <= 60 and is_empty_word(said.strip()):
        return 0, 1 if text != bare or "*" in text else 0, 0
    return left, 0, 0


def _row(cells: list[str]) -> tuple[int, int, int]:
    """A row of a table: its first cell is a label, so it says something where another cell does."""
    reads = [_read(cell) if cell and not is_empty_word(cell) else (0, 0, 0) for cell in cells]
    own = sum(read[0] for read in reads)
    if any(read[0] for read in reads[1:]):
        return own, 0, 0
    return (0, 1, 0) if own or any(read[1] or read[2] for read in reads) else (0, 0, 0)


def _is_latin(text: str) -> bool:
    """Whether a line is filler text."""
    words = [word.lower() for word in _WORD.findall(text)]
    return len(words) >= 2 and 3 * sum(word in _LATIN for word in words) >= 2 * len(words)


def _count(text: str) -> int:
    """How many words a text has, in any script."""
    unspaced = 0
    if not text.isascii() and any(char >= "\u0e00" and not "\u2000" <= char <= "\u3040" for char in text):
        unspaced = len(_UNSPACED.findall(text))
    if unspaced:
        text = _UNSPACED.sub(" ", text)
    return len(_WORD.findall(text)) + unspaced // 2
