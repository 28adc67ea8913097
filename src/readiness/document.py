"""YAML becomes data with positions.

`parse` is strict and for this tool's own formats: every fault that it finds is reported, at once
and with its place. `parse_lenient` is for other people's files and takes what it can get.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from readiness.digest import sha256
from readiness.errors import Diagnostic, InputError
from readiness.events import NOTHING, build, spans
from readiness.lenient import build_leniently
from readiness.model import Mark
from readiness.source import MAX_BYTES, START_HELP, Source, decode, decode_leniently, read, too_large
from readiness.syntax import FLOW_HELP, Fault
from readiness.tree import Map, Seq

__all__ = ["FLOW_HELP", "MAX_BYTES", "Document", "Map", "Seq", "load", "parse", "parse_lenient"]


class Document(Source):
    """A file that has been read: its `data` (Map, Seq or a scalar) and its `text`.

    `path` is as shown in diagnostics; `digest` is `sha256:` and the digest of the file's bytes.
    """

    __slots__ = ("_spans", "data", "digest")

    def __init__(self, path: str, data: Any, text: str, digest: str) -> None:
        super().__init__(path, text)
        self.data = data
        self.digest = digest
        self._spans: dict[Mark, int] | None = None

    def span(self, mark: Mark) -> int:
        """The length of the key or value at `mark`, for underlining; 1 where no scalar begins."""
        if self._spans is None:
            self._spans = spans(self)
        return self._spans.get(mark, 1)


def load(path: Path, shown: str, limit: int = MAX_BYTES, hint: str = START_HELP) -> Document:
    """Read and parse the file `path`, called `shown` in diagnostics.

    Raises InputError where the file is missing, unreadable, not a regular file or larger than
    `limit` bytes, and as `parse` does. `hint` is the help for a missing or empty file.
    """
    return parse(read(path, shown, limit, hint), shown, limit, hint)


def parse(raw: bytes, shown: str, limit: int = MAX_BYTES, hint: str = START_HELP) -> Document:
    """The document that `raw` holds, as strict YAML 1.2.

    Raises InputError with every fault found, in the order of the lines: a syntax error or an
    exceeded limit ends the search, other faults do not.
    """
    if len(raw) > limit:
        raise InputError([too_large(shown, len(raw), limit)])
    source = Source(shown, decode(raw, shown))
    faults: list[Fault] = []
    data = build(source, faults)
    if faults:
        raise InputError([source.fault(*fault) for fault in faults])
    if data is NOTHING:
        message = "the file holds no data, at most comments" if source.text.strip() else "the file is empty"
        raise InputError([Diagnostic(shown, 0, 0, message, hint)])
    return Document(shown, data, source.text, f"sha256:{sha256(raw).hexdigest()}")


def parse_lenient(raw: bytes) -> list[Any]:
    """The documents of somebody else's YAML stream, empty ones left out: a Map, a Seq or a scalar.

    Never raises: returns the documents before the first one that does not parse or exceeds a
    limit. Tags are ignored, of duplicate keys the last one wins, merge keys (`<<`) are applied,
    and a key that is no text becomes the text that was written.
    """
    if len(raw) > MAX_BYTES:
        return []
    return build_leniently(decode_leniently(raw))
