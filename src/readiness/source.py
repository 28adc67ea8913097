"""A text file that a user gave: reading it within limits, and diagnostics that point into it."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from readiness.errors import Diagnostic, InputError
from readiness.lazy import Lazy
from readiness.model import Mark

MAX_BYTES = 1 << 20
"""A file may have this many bytes."""

START_HELP = (
    "`readiness init` writes a first one from what the repository shows; or start with three lines: `readiness: 1` / "
    "`project:` / `  name: my-project` (`readiness schema project` helps your editor to complete them)"
)
"""What to do where there is no description yet."""

LINE_BREAK = Lazy("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML counts as the end of a line."""

_EXCERPT = 160
_FORBIDDEN = Lazy("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
"""The bytes of ASCII that are allowed: nearly every file holds no others."""
_UNSAFE = Lazy(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS_OF_ORDER = (  # the longer ones first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)
_AS_UTF8 = "save the file as UTF-8; every editor offers this when saving"


def visible(text: str) -> str:
    """`text` with every character that could act on a terminal written as an escape."""
    return str(_UNSAFE.sub(_escape, text))


def short(text: str, width: int = 60) -> str:
    """`text` for a message: made visible and cut to `width` characters."""
    return visible(text if len(text) <= width else text[: width - 1] + "…")


class Source:
    """The text of one file, and diagnostics that point into it. `path` is as shown to the user."""

    __slots__ = ("_lines", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """The line with this number, the first being 1, without its end; empty past the last."""
        if self._lines is None:
            self._lines = LINE_BREAK.split(self.text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def fault(self, mark: Mark, message: str, help: str | None = None, length: int = 1) -> Diagnostic:
        """A diagnostic at `mark`, with the faulty line as its excerpt and `length` characters underlined."""
        excerpt, caret, width = _excerpt(self.line(mark.line), mark.column, length)
        return Diagnostic(self.path, mark.line, mark.column, message, help, width, excerpt, caret=caret)


def read(path: Path, shown: str, limit: int, hint: str) -> bytes:
    """The bytes of the regular file `path`.

    Raises InputError where there is none, it cannot be read or has more than `limit` bytes; no
    device, pipe or socket is ever opened. `hint` is the help for a missing file.
    """
    try:
        _refuse(os.stat(path), path, shown, limit)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            _refuse(os.fstat(handle), path, shown, limit)
            raw = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise InputError([_unreadable(error, shown, hint)]) from None
    if len(raw) > limit:
        raise InputError([too_large(shown, None, limit)])
    return raw


def decode(raw: bytes, shown: str) -> str:
    """The text of a UTF-8 file, without its byte order mark.

    Raises InputError, with the position, for another encoding, for bytes that are not UTF-8 and
    for control characters.
    """
    for mark, name, codec in _MARKS_OF_ORDER:
        if raw.startswith(mark):
            source = Source(shown, raw[:1024].decode(codec, "replace"))
            raise InputError([source.fault(Mark(1, 1), f"the file is in {name}, not in UTF-8", _AS_UTF8)])
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        source = Source(shown, raw.decode(errors="replace"))
        message = f"the byte 0x{raw[error.start]:02x} is not valid UTF-8"
        raise InputError([source.fault(_place(raw[: error.start].decode()), message, _AS_UTF8)]) from None
    found = _FORBIDDEN.search(text) if not text.isascii() or raw.translate(None, _PLAIN) else None
    if found:
        raise InputError([_control_character(Source(shown, text), found.start())])
    return text


def decode_leniently(raw: bytes) -> str:
    """The text of a file in UTF-8 or, with a byte order mark, in UTF-16 or UTF-32. What cannot
    be read becomes the replacement character."""
    codec = next((codec for mark, _, codec in _MARKS_OF_ORDER if raw.startswith(mark)), "utf-8-sig")
    return str(_FORBIDDEN.sub("\ufffd", raw.decode(codec, "replace")))


def too_large(shown: str, size: int | None, limit: int) -> Diagnostic:
    """The diagnostic for a file of more than `limit` bytes; `size` is None where it is endless."""
    has = f"has {size:,} bytes" if size is not None else "is larger than it says"
    message = f"the file {has}; the limit is {limit:,} bytes"
    return Diagnostic(shown, 0, 0, message, "name a smaller file; is this the file that you meant?")


def _refuse(status: os.stat_result, path: Path, shown: str, limit: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        inside = next((name for name in ("project.yaml", "project.yml") if (path / name).is_file()), None)
        help = f"name the file in it: `{shown.rstrip('/')}/{inside or 'project.yaml'}`"
        raise InputError([Diagnostic(shown, 0, 0, "this is a folder, not a file", help)])
    if not stat.S_ISREG(status.st_mode):
        message = "this is a device, pipe or socket, which is never read"
        raise InputError([Diagnostic(shown, 0, 0, message, "name a regular file")])
    if status.st_size > limit:
        raise InputError([too_large(shown, status.st_size, limit)])


def _unreadable(error: OSError | ValueError, shown: str, hint: str) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return Diagnostic(shown, 0, 0, "no such file", hint)
    if isinstance(error, PermissionError):
        return Diagnostic(shown, 0, 0, "no permission to read this file", "give yourself read permission: `chmod u+r`")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Diagnostic(shown, 0, 0, f"the file cannot be read: {reason.lower()}", "check the path")


def _control_character(source: Source, offset: int) -> Diagnostic:
    code = ord(source.text[offset])
    what = "a NUL byte" if code == 0 else f"the control character U+{code:04X}"
    help = "this looks like a binary file or UTF-16: save it as UTF-8 text" if code == 0 else "delete the character"
    return source.fault(_place(source.text[:offset]), f"the file holds {what}, which YAML does not allow", help)


def _place(before: str) -> Mark:
    """The position after the text `before`."""
    lines = LINE_BREAK.split(before)
    return Mark(len(lines), len(lines[-1]) + 1)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == 9:
        return "\\t"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _excerpt(line: str, column: int, length: int) -> tuple[str, int, int]:
    """The part of a line around a column, where in it the column is, and how long the underline is."""
    at = min(column - 1, len(line))
    start, stop = 0, len(line)
    if len(line) > _EXCERPT:
        start = max(0, min(at - _EXCERPT // 2, len(line) - _EXCERPT + 1))
        stop = start + _EXCERPT - (2 if start and start + _EXCERPT - 1 < len(line) else 1)
    end = min(at + length, stop)
    before = ("…" if start else "") + visible(line[start:at])
    under = visible(line[at:end])
    after = visible(line[end:stop]) + ("…" if stop < len(line) else "")
    return before + under + after, len(before) + 1, max(len(under), 1)
