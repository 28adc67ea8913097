"""Other people's YAML: what can be read of it, with positions, and no complaint about the rest."""

from __future__ import annotations

from typing import Any

from yaml.events import DocumentStartEvent, StreamEndEvent

from readiness.events import BROKEN, MAX_ALIASES, MAX_DEPTH, NOTHING, Builder, Stop
from readiness.model import Mark
from readiness.tree import MERGE, Map


def build_leniently(text: str) -> list[Any]:
    """The data of each document up to the first that does not parse or exceeds a limit."""
    documents: list[Any] = []
    try:
        builder = _LenientBuilder(text, [])
        event = builder.next()
        while event.__class__ is not StreamEndEvent:
            if event.__class__ is DocumentStartEvent:
                builder.anchors.clear()
                documents.append(builder.root())
            event = builder.next()
    except (Stop, *BROKEN):
        pass
    return [data for data in documents if data is not NOTHING and data is not None]


class _LenientBuilder(Builder):
    """Builds what it can: reports nothing, ignores tags, applies merge keys."""

    max_depth = 2 * MAX_DEPTH
    max_aliases = 10 * MAX_ALIASES

    def fault(self, event: Any, message: str, help: str, length: int | None = None) -> None:
        """Other people's faults are not ours to report."""

    def mapping(self, start: Any, mark: Mark) -> Map:
        result = super().mapping(start, mark)
        if result.bare:  # a repeated key may have got a value
            result.bare = frozenset(key for key in result.bare if result[key] is None)
        if MERGE in result:
            result.merge()
        return result

    def special_key(self, event: Any, key: str, first: Mark | None) -> str:
        return MERGE if key == "<<" and event.implicit[0] else key
