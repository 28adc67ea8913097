"""How untrusted text is made safe to show.

Everything that comes from a project, a checklist or a repository is untrusted. A terminal shows
it through `plain`, Markdown through `md` or `code`.
"""

from __future__ import annotations

import re

from readiness.lazy import Lazy

_BLANK = Lazy(r"[\t\n\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
"""Control characters, bidirectional marks and overrides, characters without width, what Unicode says will never be a
character, and lone surrogates. The two variation selectors that only choose between text and emoji style (U+FE0E,
U+FE0F) are left as they are."""

INVISIBLE = Lazy(f"[{_INVISIBLE}]")


def escaped(match: re.Match[str]) -> str:
    r"""The escape of a JSON or Python string for the character that was matched: `\u202e`."""
    number = ord(match.group())
    if number <= 0xFFFF:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _visible(match: re.Match[str]) -> str:
    number = ord(match.group())
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def plain(text: str) -> str:
    """Text on one line that holds no control character: what cannot be seen is shown as an escape, and every run of
    white space is one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    shown: str = INVISIBLE.sub(_visible, _BLANK.sub(" ", text))
    return shown.strip()


def cut(text: str, length: int, ellipsis: str = "…") -> str:
    """Text of at most `length` characters, with an ellipsis where it was longer."""
    return text if len(text) <= length else text[: max(0, length - len(ellipsis))].rstrip() + ellipsis


_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "`": "&#96;",
    "\\": "&#92;",
    "[": "&#91;",
    "]": "&#93;",
    "~": "&#126;",
    "$": "&#36;",
    "*": "\\*",
    "_": "\\_",
    "#": "\\#",
    "@": "@&#8203;",
}
_SPECIAL = Lazy(r"[&<>|`\\\[\]~$*_#@]")
_LEADING = Lazy(r"^(\d{1,9})(?=[.)](?: |$))|^(?=[-+=])")
_AUTOLINK = Lazy(r":(?=//|[A-Za-z0-9_+\\-]+:)|(?<=\\#)(?=\d)|(?<=[Ww]{3})(?=\.)|(?<=[Gg][Hh]-)(?=\d)")
_QUOTED = Lazy(r"(`[A-Za-z0-9_.:/=-]+`)")
_CODE = Lazy(r"[A-Za-z0-9_.:/@+,= -]+")


def md(text: str) -> str:
    """Text that Markdown shows as that very text, in a paragraph, a list or a table's cell.

    GitHub finds mentions, links to issues, addresses and emoji in the finished page, where an
    escape no longer counts; there a character without width stands between (`&#8203;`).
    """
    return _unled(_escape(plain(text)))


def prose(text: str) -> str:
    """A sentence in Markdown: what stands between backticks is code where its characters allow that, and the rest is
    escaped as `md` does it."""
    pieces = _QUOTED.split(plain(text))
    return _unled("".join(piece if number % 2 else _escape(piece) for number, piece in enumerate(pieces)))


def _escape(text: str) -> str:
    signs: str = _SPECIAL.sub(lambda match: _ENTITIES[match.group()], text)
    return str(_AUTOLINK.sub(lambda match: match.group() + "&#8203;", signs))


def _unled(safe: str) -> str:
    """The same text with no sign at its beginning that would make it a list or a heading."""
    unled: str = _LEADING.sub(lambda match: f"{match.group(1) or ''}&#8203;", safe)
    return unled


def code(text: str) -> str:
    """An id or a path as code where its characters allow that, else like any other text."""
    text = plain(text)
    return f"`{text}`" if _CODE.fullmatch(text) else md(text)
