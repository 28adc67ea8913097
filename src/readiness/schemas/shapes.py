"""Small shapes that the schemas share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def fields(properties: Mapping[str, Any], required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A mapping with these fields and no others."""
    found: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False, **more}
    return {**found, "required": list(required)} if required else found
