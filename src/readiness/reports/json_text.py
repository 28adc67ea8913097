"""Data as the text of a JSON file."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

from readiness.reports import safe

try:
    from _json import encode_basestring as _encoded  # the module `json` around it takes 2 ms to load
except ImportError:
    from json.encoder import encode_basestring as _encoded

SIMPLE = (int, bool, float, type(None))
PLAIN = {None: "null", True: "true", False: "false"}


def dumps(value: object) -> str:
    """JSON that can be encoded and shown anywhere: lone surrogates and characters that cannot be seen are escaped,
    and so is what GitHub would take for a command in the log of a job (`##[`)."""
    pieces: list[str] = []
    _write(value, "\n", pieces)
    pieces.append("\n")
    return "".join(pieces).replace("\x7f", "\\u007f").replace("##[", "##\\u005b")


def _write(value: object, line: str, pieces: list[str]) -> None:
    """The same text as `json.dumps(value, indent=2, ensure_ascii=False)` in a third of the time: with an indent, that
    function leaves its C encoder. `line` is a line break and the indent of what stands around."""
    inner = f"{line}  "
    append = pieces.append
    if isinstance(value, dict) and value:
        lead = "{" + inner
        for key, held in value.items():
            start = f"{lead}{_quoted(key)}: "
            lead = f",{inner}"
            kind = held.__class__
            if kind is str:
                quoted = _encoded(held)
                append(start + (quoted if quoted.isascii() else _hidden(quoted)))
            elif kind in SIMPLE:
                append(start + _leaf(held))
            else:
                append(start)
                _write(held, inner, pieces)
        append(line + "}")
    elif isinstance(value, list | tuple) and value:
        lead = "[" + inner
        for held in value:
            append(lead)
            lead = f",{inner}"
            _write(held, inner, pieces)
        append(line + "]")
    else:
        append(_leaf(value))


def _leaf(value: object) -> str:
    """A value that holds no other. Raises TypeError for what JSON has no form for."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict | list | tuple):
        return "{}" if isinstance(value, dict) else "[]"
    if value is None or isinstance(value, bool):
        return PLAIN[value]
    if isinstance(value, int):
        return int.__repr__(value)  # not that of an enumeration
    if isinstance(value, float) and isfinite(value):
        return float.__repr__(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    """A string of JSON in which every character can be seen. Keys come again and again."""
    quoted: str = _encoded(text)
    return quoted if quoted.isascii() else _hidden(quoted)


def _hidden(quoted: str) -> str:
    """A string of JSON with the characters that cannot be seen escaped."""
    found: str = safe.INVISIBLE.sub(safe.escaped, quoted)
    return found
