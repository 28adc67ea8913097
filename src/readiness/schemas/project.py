"""The JSON Schema of a project description, built from the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.model import DIMENSIONS, FACTS, Practice
from readiness.schemas.shapes import fields

DATE = r"^\d{4}-\d{2}-\d{2}$"
TEXT = {"type": ["string", "number"]}
NUMBER = {"type": "number"}
DAY = {"type": "string", "pattern": DATE, "description": "A day, as YYYY-MM-DD."}
LEVEL = {"enum": ["yes", "partial", "no", True, False], "description": "How far this holds: yes, partial or no."}
STAGE = {"type": "string", "description": "A stage of the checklist, such as pilot, production or scale."}


def build(practices: Mapping[str, Practice]) -> Mapping[str, Any]:
    """The schema for a vocabulary."""
    dimensions = {
        dimension: {
            "type": ["object", "null"],
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
    model = fields({"name": TEXT, "version": TEXT, "trained": DAY})
    project = {"name": TEXT, "summary": TEXT, "owner": TEXT, "model": {"anyOf": [model, {"type": "null"}]}}
    return {
        "project": fields(project, ("name",)),
        "facts": {**fields({name: _fact(name) for name in FACTS}), "type": ["object", "null"]},
        "assess": {**fields({"checklist": {"type": "string"}, "target": STAGE}), "type": ["object", "null"]},
    }


def _fact(name: str) -> dict[str, Any]:
    values = list(FACTS[name])
    if name == "serving":
        return {"anyOf": [{"type": "array", "items": {"enum": values}}, {"enum": [*values, None]}]}
    return {"enum": [*values, "yes", "no", None] if True in values else [*values, None]}


def _practice(practice: Practice) -> dict[str, Any]:
    """The forms of an answer to one practice, with its question for the editor."""
    about = {"title": practice.title, "description": practice.ask}
    forms: list[dict[str, Any]] = [LEVEL, {"type": "null"}]
    if practice.kind == "level":
        return {**about, "anyOf": [*forms, {"$ref": "#/$defs/answer"}]}
    if practice.kind == "measure":
        entries = {"type": "array", "items": {"$ref": "#/$defs/entry"}}
        return {**about, "anyOf": [*forms, entries, {"$ref": "#/$defs/measure"}]}
    record = fields(
        {
            **{
                key: {**TEXT, "type": [*TEXT["type"], "null"], "description": holds}
                for key, holds in practice.fields.items()
            },
            "evidence": {"$ref": "#/$defs/evidence"},
            "as_of": DAY,
        }
    )
    records = {"type": "array", "items": record}
    return {**about, "anyOf": [*forms, records, fields({**_beside(), "entries": records})]}


def _beside() -> dict[str, Any]:
    """What may stand in the long form of any answer."""
    return {
        "answer": LEVEL,
        "not_applicable": {"type": "string", "minLength": 1, "description": "Why this does not apply here."},
        "evidence": {"$ref": "#/$defs/evidence"},
        "attested": {"$ref": "#/$defs/attested"},
        "note": TEXT,
        "owner": TEXT,
        "due": DAY,
        "up_to": STAGE,
    }


def _definitions() -> dict[str, Any]:
    piece = fields({"path": TEXT, "at": TEXT, "as_of": DAY, "min": NUMBER, "max": NUMBER, "url": TEXT})
    one = {"anyOf": [{"type": "string"}, {**piece, "oneOf": [{"required": ["path"]}, {"required": ["url"]}]}]}
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
        "piece": one,
        "evidence": {
            "anyOf": [{"$ref": "#/$defs/piece"}, {"type": "array", "items": {"$ref": "#/$defs/piece"}}],
            "description": "Paths below the root, globs, or {path, at, as_of, min, max}.",
        },
        "figure": fields(
            {"path": TEXT, "at": {"type": "string", "pattern": "^/"}, "as_of": DAY, "min": NUMBER, "max": NUMBER},
            ("path", "at"),
        ),
        "attested": fields({"by": TEXT, "date": DAY, "link": TEXT}, ("by", "date")),
        "answer": fields(_beside()),
        "entry": fields({**figures, "evidence": {"$ref": "#/$defs/evidence"}}),
        "measure": fields({**_beside(), **figures, "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}}}),
    }


def _waivers() -> dict[str, Any]:
    needed = ("control", "reason", "owner", "approved_by", "expires")
    waiver = fields({"control": TEXT, "reason": TEXT, "owner": TEXT, "approved_by": TEXT, "expires": DAY}, needed)
    return {
        "type": ["array", "null"],
        "items": waiver,
        "description": "Accepted exceptions; they never change a score.",
    }
