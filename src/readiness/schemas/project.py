"""The JSON Schema of a project description, built from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.model import DIMENSIONS, FACTS, LISTED_FACTS, Practice
from readiness.schemas.shapes import DAY, fields

TEXT = {"type": ["string", "number"]}
SAID = {"type": ["string", "number"], "pattern": r"\S"}
POINTER = {"type": "string", "pattern": r"^\s*/", "description": "A JSON pointer to a figure, such as /metrics/auc."}
NUMBER = {"type": "number"}
LEVEL = {"enum": ["yes", "partial", "no", True, False], "description": "How far this holds: yes, partial or no."}
STAGE = {"type": "string", "description": "A stage of the checklist, such as pilot, production or scale."}


def build(practices: Mapping[str, Practice]) -> Mapping[str, Any]:
    """The schema for a vocabulary."""
    dimensions = {
        dimension: {
            "type": "object",
            "properties": {p.id: _practice(p) for p in practices.values() if p.dimension == dimension},
            "additionalProperties": False,
        }
        for dimension in DIMENSIONS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "readiness project description",
        "description": "What an AI project is, and what it does on its way to production.",
        **fields(
            {
                "readiness": {"const": 1, "description": "The version of this format."},
                **_head(),
                **dimensions,
                "waivers": _waivers(),
            },
            ("readiness", "project"),
        ),
        "$defs": _definitions(),
    }


def _head() -> dict[str, Any]:
    digest = {"type": "string", "pattern": "^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$"}
    model = fields({"name": TEXT, "version": TEXT, "trained": DAY, "digest": digest})
    commit = {"type": "string", "pattern": "^[0-9a-f]{40}(?:[0-9a-f]{24})?$"}
    mode = {"enum": ["report", "ratchet", "gate"]}
    return {
        "project": fields({"name": SAID, "summary": TEXT, "owner": TEXT, "model": model, "commit": commit}, ("name",)),
        "facts": fields({name: _fact(name) for name in FACTS}),
        "assess": fields({"checklist": {"type": "string"}, "target": STAGE, "mode": mode, "baseline": TEXT}),
    }


def _fact(name: str) -> dict[str, Any]:
    values = list(FACTS[name])
    if name in LISTED_FACTS:
        return {"anyOf": [{"type": "array", "items": {"enum": values}}, {"enum": values}]}
    return {"enum": [*values, "yes", "no"] if True in values else values}


def _practice(practice: Practice) -> dict[str, Any]:
    """The forms of an answer to one practice, with its question for the editor."""
    about = {"title": practice.title, "description": practice.ask}
    forms: list[dict[str, Any]] = [LEVEL, {"type": "null"}]
    if practice.kind == "level":
        return {**about, "anyOf": [*forms, {"$ref": "#/$defs/answer"}]}
    if practice.kind == "measure":
        entries = {"type": "array", "items": {"$ref": "#/$defs/entry"}}
        return {**about, "anyOf": [*forms, entries, {"$ref": "#/$defs/measure"}]}
    holds = {key: {**TEXT, "description": text} for key, text in practice.fields.items()}
    record = fields({**holds, "evidence": {"$ref": "#/$defs/evidence"}, "as_of": DAY})
    records = {"type": "array", "items": record}
    return {**about, "anyOf": [*forms, records, _long({"entries": records})]}


def _long(more: Mapping[str, Any]) -> dict[str, Any]:
    """The long form of an answer, with what its kind adds."""
    return fields({**_beside(), **more}, filled=("not_applicable",))


def _beside() -> dict[str, Any]:
    """What may stand in the long form of any answer."""
    return {
        "answer": LEVEL,
        "not_applicable": {"type": "string", "pattern": r"\S", "description": "Why this does not apply here."},
        "evidence": {"$ref": "#/$defs/evidence"},
        "attested": {"$ref": "#/$defs/attested"},
        "note": TEXT,
        "owner": TEXT,
        "due": DAY,
        "up_to": STAGE,
    }


def _definitions() -> dict[str, Any]:
    limited: dict[str, Any] = {
        "anyOf": [{"required": [key], "properties": {key: NUMBER}} for key in ("min", "max")],
    }
    piece = fields(
        {"path": TEXT, "at": TEXT, "as_of": DAY, "min": NUMBER, "max": NUMBER, "url": TEXT},
        (),
        (),
        oneOf=[{"required": [key], "properties": {key: SAID}} for key in ("path", "url")],
        **{"if": limited, "then": {"required": ["at"], "properties": {"at": POINTER}}},
    )
    figures = {
        "name": TEXT,
        "unit": TEXT,
        "min": NUMBER,
        "max": NUMBER,
        "baseline": NUMBER,
        "actual": {"anyOf": [NUMBER, {"$ref": "#/$defs/figure"}]},
        "as_of": DAY,
    }
    return {
        "piece": {"anyOf": [{"type": "string", "pattern": r"\S"}, piece]},
        "evidence": {
            "anyOf": [{"$ref": "#/$defs/piece"}, {"type": "array", "items": {"$ref": "#/$defs/piece"}}],
            "description": "Paths below the root, globs, or {path, at, as_of, min, max}.",
        },
        "figure": fields({"path": SAID, "at": POINTER, "as_of": DAY, "min": NUMBER, "max": NUMBER}, ("path", "at")),
        "attested": fields({"by": SAID, "date": DAY, "link": TEXT}, ("by", "date")),
        "answer": _long({}),
        "entry": fields({**figures, "evidence": {"$ref": "#/$defs/evidence"}}),
        "measure": _long({**figures, "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}}}),
    }


def _waivers() -> dict[str, Any]:
    needed = ("control", "reason", "owner", "approved_by", "expires")
    waiver = fields(
        {"control": SAID, "reason": SAID, "owner": SAID, "approved_by": SAID, "expires": DAY, "granted": DAY}, needed
    )
    return {"type": "array", "items": waiver, "description": "Accepted exceptions; they never change a score."}
