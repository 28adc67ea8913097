"""What an unquoted YAML scalar means: the core schema of YAML 1.2.

`yes`, `no`, `on` and `off` are words and a date is text, unlike in YAML 1.1.
"""

from __future__ import annotations

import re
from math import isinf

from readiness.lazy import Lazy

MAX_DIGITS = 40
"""An integer may have this many digits."""

CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
"""The words that stand for null and for the booleans."""

_NUMBER_START = frozenset("+-.0123456789")
SPECIAL_START = _NUMBER_START | frozenset(text[:1] for text in CONSTANTS)
"""How text must begin to be something else than itself: a character, or none where it is empty."""

_NUMBER = Lazy(
    r"""
    (?P<decimal> [-+]?[0-9]+ )
  | (?P<real> [-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)? )
  | 0o(?P<octal> [0-7]+ )
  | 0x(?P<hexadecimal> [0-9a-fA-F]+ )
  | (?P<special> [-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN) )
    """,
    re.VERBOSE,
)
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}


class ScalarError(ValueError):
    """A scalar that is written like a number but cannot be used as one, with help."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def resolve(text: str) -> int | float | bool | str | None:
    """The value of an unquoted scalar.

    Raises ScalarError for infinity, not-a-number, a float out of range and an integer of more
    than MAX_DIGITS digits.
    """
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text.isdigit() and text.isascii():
        return _integer(text, 10)
    if text[0] not in _NUMBER_START or (text[4:5] == "-" and text[:4].isdigit()):  # a date, nearly always
        return text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    kind = str(match.lastgroup)
    if kind in _BASES:
        return _integer(match[kind], _BASES[kind])
    if kind == "special":
        raise ScalarError("infinity and not-a-number are not usable figures", "write a plain number, or quote the text")
    value = float(text)
    if isinf(value):
        raise ScalarError("this number is too large", "write a number below 1e308, or quote the text")
    return value


def tagged(text: str, tag: str) -> int | float | bool | str | None:
    """The value of a scalar that bears one of the tags of `SCALAR_TAGS`.

    Raises ScalarError where the text is not what the tag says, or as `resolve` does.
    """
    if tag in ("!", "!!str"):
        return text
    value = resolve(text)
    if tag == "!!float" and type(value) is int:
        return float(value)
    if type(value) is not SCALAR_TAGS[tag]:
        raise ScalarError(f"this value is not what its tag `{tag}` says", "remove the tag, or correct the value")
    return value


SCALAR_TAGS: dict[str, type] = {
    "!": str,
    "!!str": str,
    "!!int": int,
    "!!float": float,
    "!!bool": bool,
    "!!null": type(None),
}
"""The tags that a scalar may bear, and the type that each of them asks for."""


def _integer(digits: str, base: int) -> int:
    if len(digits.lstrip("+-")) > MAX_DIGITS:
        raise ScalarError(
            f"this integer has more than {MAX_DIGITS} digits", "write a smaller number, or quote it if it is text"
        )
    return int(digits, base)
