"""Data that knows where in its file each part stands."""

from __future__ import annotations

from typing import Any

from readiness.model import Mark

MERGE = "\ud800<<"
"""What an unquoted key `<<` is called until it is applied."""

_START = Mark(1, 1)
_NONE: frozenset[str] = frozenset()


class Map(dict[str, Any]):
    """A mapping with positions.

    `mark` is where it begins, `flow` whether it is written as {...}. `bare` holds the keys written
    with no value at all; their value is None and has the key's mark.
    """

    __slots__ = ("bare", "flow", "key_marks", "mark", "value_marks")

    def __init__(self, mark: Mark = _START, flow: bool = False) -> None:
        self.mark = mark
        self.flow = flow
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}
        self.bare: frozenset[str] = _NONE

    def merge(self) -> None:
        """Apply the merge key `<<`: own keys stand, and of several sources the first wins."""
        merged = self.pop(MERGE)
        del self.key_marks[MERGE], self.value_marks[MERGE]
        for source in merged if isinstance(merged, Seq) else [merged]:
            for key in source if isinstance(source, Map) else ():
                if key not in self:
                    self[key] = source[key]
                    self.key_marks[key] = source.key_marks[key]
                    self.value_marks[key] = source.value_marks[key]


class Seq(list[Any]):
    """A list with positions: `mark` is where it begins, `marks` has one mark for each element,
    `flow` tells whether it is written as [...]."""

    __slots__ = ("flow", "mark", "marks")

    def __init__(self, mark: Mark = _START, flow: bool = False) -> None:
        self.mark = mark
        self.flow = flow
        self.marks: list[Mark] = []
