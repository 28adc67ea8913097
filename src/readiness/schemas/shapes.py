"""Small shapes that the schemas share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DAY = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "maxLength": 10,
    "description": "A day, as YYYY-MM-DD.",
}


def fields(
    properties: Mapping[str, Any], required: tuple[str, ...] = (), filled: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """A mapping with these fields and no others. A field that is not `required` may stand there
    without a value, unless it is named in `filled`."""
    held = {n: shape if n in required or n in filled else optional(shape) for n, shape in properties.items()}
    found: dict[str, Any] = {"type": "object", "properties": held, "additionalProperties": False, **more}
    return {**found, "required": list(required)} if required else found


def optional(shape: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape, or no value."""
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], *([] if None in shape["enum"] else [None])]}
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    if isinstance(shape.get("type"), list):
        return {**shape, "type": [*shape["type"], *([] if "null" in shape["type"] else ["null"])]}
    if "anyOf" in shape:
        return {
            **shape,
            "anyOf": [*shape["anyOf"], *([] if {"type": "null"} in shape["anyOf"] else [{"type": "null"}])],
        }
    return {"anyOf": [dict(shape), {"type": "null"}]}
