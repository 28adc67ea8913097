"""Data as the text of a JSON file."""

from __future__ import annotations

import json

from readiness.reports import safe

_quoted = json.encoder.encode_basestring


def dumps(value: object) -> str:
    """JSON that can be encoded and shown anywhere: lone surrogates and characters that cannot be seen are escaped."""
    pieces: list[str] = []
    _write(value, "\n", pieces)
    text = "".join(pieces)
    return (text if text.isascii() and "\x7f" not in text else _hide(text)) + "\n"


def _write(value: object, line: str, pieces: list[str]) -> None:
    """The same text as `json.dumps(value, indent=2, ensure_ascii=False)` in half the time: with an indent, that
    function leaves its C encoder. `line` is a line break and the indent of what stands around."""
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        lead = "{" + inner
        for key, held in value.items():
            start = f"{lead}{_quoted(key)}: "
            lead = f",{inner}"
            if held.__class__ is str:
                pieces.append(start + _quoted(held))
            elif held is None:
                pieces.append(start + "null")
            else:
                pieces.append(start)
                _write(held, inner, pieces)
        pieces.append(line + "}")
    elif isinstance(value, list | tuple) and value:
        lead = "[" + inner
        for held in value:
            pieces.append(lead)
            lead = f",{inner}"
            _write(held, inner, pieces)
        pieces.append(line + "]")
    elif isinstance(value, str):
        pieces.append(_quoted(value))
    elif value.__class__ is int:
        pieces.append(repr(value))
    else:
        pieces.append(json.dumps(value, allow_nan=False))


def _hide(text: str) -> str:
    """The same JSON, with those characters in the form that a JSON string escapes them."""
    return "\n".join(safe.INVISIBLE.sub(safe.escaped, line) for line in text.split("\n"))
