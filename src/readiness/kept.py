"""Detectors as a compiled shelf keeps them: each probe apart from all others, so that a run loads those alone that
the assessed tree may fulfil."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate
from pathlib import Path
from typing import Any

from readiness.files import loads
from readiness.model import Condition
from readiness.plan import Worked
from readiness.repository import Repository
from readiness.sieve import Sieve
from readiness.tuples import NamedTuple

WIDTH = 4
"""The bytes of a number."""


class Pieces(NamedTuple):
    """Many pieces of bytes, one behind the other in `held`: in memory, or in a file from `start` on, of which only
    those are read that are asked for. `ends` says in four bytes where each ends."""

    ends: bytes
    held: bytes | Path
    start: int = 0

    @classmethod
    def of(cls, pieces: Sequence[bytes]) -> Pieces:
        """Pieces in memory."""
        return cls(b"".join(map(_number, accumulate(map(len, pieces)))), b"".join(pieces))

    @classmethod
    def inside(cls, path: Path, head: bytes) -> Pieces:
        """The pieces that `whole` has written to a file, behind `head`. Raises OSError where the file cannot be
        read, and ValueError where it begins with something else or is not whole."""
        with open(path, "rb", buffering=0) as file:
            if file.read(len(head)) != head:
                raise ValueError(f"{path} is of another state")
            size = int.from_bytes(file.read(WIDTH), "little")
            found = cls(file.read(size), path, len(head) + WIDTH + size)
            if found.start + (found.end(size // WIDTH - 1) if size else 0) != os.fstat(file.fileno()).st_size:
                raise ValueError(f"{path} is not whole")
        return found

    @classmethod
    def read(cls, whole: bytes) -> Pieces:
        """The pieces in memory, from the form that they have in a file."""
        size = int.from_bytes(whole[:WIDTH], "little")
        return cls(whole[WIDTH : WIDTH + size], whole[WIDTH + size :])

    def whole(self) -> bytes:
        """Pieces in memory in the form of a file."""
        return _number(len(self.ends)) + self.ends + self.held if isinstance(self.held, bytes) else b""

    def end(self, number: int) -> int:
        """Where a piece ends; 0 for the place before the first."""
        return int.from_bytes(self.ends[number * WIDTH : (number + 1) * WIDTH], "little") if number >= 0 else 0

    def some(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """The pieces of some numbers."""
        places = {number: (self.end(number - 1), self.end(number)) for number in numbers}
        if isinstance(self.held, bytes):
            return {number: self.held[first:end] for number, (first, end) in places.items()}
        found = {}
        with open(self.held, "rb", buffering=0) as file:
            for number, (first, end) in places.items():
                file.seek(self.start + first)
                found[number] = file.read(end - first)
        return found


def _number(value: int) -> bytes:
    return value.to_bytes(WIDTH, "little")


class Kept(NamedTuple):
    """The detectors by name. `conditions` are pickles of conditions whose leaves are numbers of `probes`, `leaves`
    the numbers of each, in order; `probes` are pickles of a probe and of the triggers that were worked out for it."""

    sieve: Sieve
    leaves: Mapping[str, tuple[int, ...]]
    conditions: Mapping[str, bytes]
    probes: Pieces

    def load(self, names: Iterable[str], repository: Repository, paths: Sequence[str], *, every: bool) -> Loaded:
        """Some detectors with the probes that some files may fulfil, or with `every` probe. A detector without
        such a probe cannot be present there, and is left out."""
        numbers = {name: self.leaves[name] for name in names}
        by_path = None if every else self.sieve.possible(repository, paths)
        some = None if by_path is None else set[int]().union(*by_path.values())
        wanted = [n for n in dict.fromkeys(n for each in numbers.values() for n in each) if some is None or n in some]
        loaded = {number: loads(piece) for number, piece in self.probes.some(wanted).items()}
        return Loaded(
            {
                name: loads(self.conditions[name])
                for name, each in numbers.items()
                if not loaded.keys().isdisjoint(each)
            },
            {number: probe for number, (probe, _) in loaded.items()},
            {number: worked for number, (_, worked) in loaded.items()},
            by_path,
        )


class Loaded(NamedTuple):
    """Conditions by name, the probes that stand behind their leaves, and what is known of those. A leaf without a
    probe never holds. `by_path` has for each file the leaves that it may fulfil, where that is known."""

    conditions: Mapping[str, Condition]
    probes: Mapping[Any, Any]
    worked: Mapping[Any, Worked]
    by_path: Mapping[str, AbstractSet[Any]] | None
