"""Practice files become `Practice` values.

`check` finds the faults of a practice file that someone wrote; `build` makes the value from data
that holds none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.document import Document, Map
from readiness.fields import Reader, is_blank, kind, several
from readiness.loaders.controls import check_filled, is_id
from readiness.model import DIMENSIONS, Level, Mark, Practice
from readiness.terms import check_facts, read_facts

FIELDS = (
    "id", "title", "ask", "kind", "applies_when", "fields", "levels", "counts", "does_not_count",
    "detect", "detected", "cases", "tools",
)  # fmt: skip
KINDS = ("level", "measure", "records")
LEVELS = {"partial": Level.PARTIAL, "yes": Level.YES}


def build(data: Mapping[str, Any], dimension: str) -> Practice:
    """The practice that faultless data describes."""
    fields = data.get("fields") or {}
    return Practice(
        id=data["id"],
        dimension=dimension,
        title=data["title"],
        ask=data["ask"],
        partial=data["levels"]["partial"],
        yes=data["levels"]["yes"],
        kind=data["kind"],
        applies_when=read_facts(data["applies_when"]) if data.get("applies_when") else None,
        counts=several(data, "counts"),
        does_not_count=several(data, "does_not_count"),
        tools=several(data, "tools"),
        fields={key: value["holds"] if isinstance(value, dict) else value for key, value in fields.items()},
        file_fields=tuple(key for key, value in fields.items() if isinstance(value, dict) and value.get("file")),
        detectable=bool(data.get("detect")),
        detected=LEVELS[data.get("detected") or "partial"],
    )


def check(document: Document, dimension: str, name: str) -> None:
    """Raise InputError with every fault of a practice file.

    `dimension` and `name` are the folder and the file name without its ending, which the
    contents must agree with.
    """
    reader = Reader(document, strict=True)
    data = document.data
    if not isinstance(data, Map):
        reader.fault(Mark(1, 1), f"a practice file holds fields, not {kind(data)}")
        reader.finish()
    reader.known(data, FIELDS, "a practice")
    reader.required(data, ("id", "title", "ask", "kind", "levels", "counts", "does_not_count"), "the practice")
    if dimension not in DIMENSIONS:
        reader.fault(
            Mark(1, 1), f"`{dimension}` is not a dimension", "the folder of a practice bears its dimension's id"
        )
    if is_id(reader, data, "id") != name and data.get("id") is not None:
        reader.at_value(data, "id", f"the id must be the file's name, `{name}`")
    for key in ("title", "ask"):
        reader.content(data, key, "the practice")
    reader.choice(data, "kind", KINDS)
    reader.choice(data, "detected", tuple(LEVELS))
    levels = reader.mapping(data, "levels", "`partial:` and `yes:`") or Map()
    if "levels" in data and isinstance(data["levels"], Map):
        reader.known(levels, tuple(LEVELS), "`levels`")
        reader.required(levels, tuple(LEVELS), "`levels`")
        for key in LEVELS:
            reader.content(levels, key, "`levels`")
    for key in ("counts", "does_not_count", "tools"):
        reader.texts(data, key)
    check_filled(reader, data, ("tools",), "the practice")
    _fields(reader, data)
    if reader.mapping(data, "detect", "a probe, such as `file:`") == {}:
        reader.at_value(data, "detect", "`detect` is empty", "name a probe, or leave it out where files cannot show it")
    cases = reader.sequence(data, "cases")
    for entry, mark in zip(cases or (), cases.marks if cases else (), strict=True):
        if not isinstance(entry, Map):
            help = "write {present: why, files: {path: content}}"
            reader.fault(mark, f"each case holds fields, not {kind(entry)}", help)
    if data.get("applies_when") is not None:
        check_facts(reader, data, "applies_when")
    reader.finish()


def _fields(reader: Reader, data: Map) -> None:
    """Records have fields, and nothing else has."""
    fields = reader.mapping(data, "fields", "the fields of a record") or Map()
    if data.get("kind") == "records" and not fields:
        reader.fault(
            data.mark, "a practice of kind `records` needs `fields`", "name each required field and say what it holds"
        )
    if data.get("kind") != "records" and fields:
        reader.at_key(data, "fields", "`fields` belongs to a practice of kind `records`")
    for key, value in fields.items():
        if isinstance(value, Map):
            reader.known(value, ("holds", "file"), f"`{key}`")
            reader.required(value, ("holds",), f"`{key}`")
            reader.text(value, "holds")
            if not isinstance(value.get("file", False), bool):
                reader.at_value(value, "file", f"`file` must be `true` or `false`, not {kind(value['file'])}")
        elif reader.text(fields, key) is None and is_blank(value):
            reader.at_key(fields, key, f"`{key}` does not say what it holds", f"write it behind `{key}:`")
