"""The JSON Schemas of checklist files and practice files."""

from __future__ import annotations

from typing import Any

from readiness.model import DIMENSIONS, Proof, Severity
from readiness.schemas.shapes import DAY, fields

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LINE = {"type": "string", "pattern": r"\S"}
LINES = {"anyOf": [LINE, {"type": "array", "items": LINE}]}
AGE = {"type": "string", "pattern": "^[0-9]{1,5}d$", "description": "A number of days, such as 180d."}
IDENTIFIER = {"type": "string", "pattern": "^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$"}
PROOFS = {"enum": [proof.name.lower() for proof in Proof]}
CONDITION = {"anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1}]}
FACTS = {"type": "object", "minProperties": 1, "description": "All or any over facts."}

HALF = {"type": "number", "minimum": 0, "maximum": 1000, "multipleOf": 0.5}
THRESHOLD = {"type": "integer", "minimum": 0, "maximum": 100}
VERSION = {"type": "string", "pattern": r"^(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}$"}

_SCORING = fields(
    {
        "scheme": fields(
            {
                "within": {"enum": ["share", "sum"]},
                "across": {"enum": ["mean", "minimum"]},
                "rounding": {"enum": ["down", "halves"]},
            }
        ),
        "unit": LINE,
        "bands": {"type": "array", "items": fields({"title": LINE, "up_to": HALF, "below": HALF}, ("title",))},
        "weights": fields(
            {s.value: {"type": "integer", "minimum": 1, "maximum": 1000} for s in Severity},
            tuple(s.value for s in Severity),
        ),
        "default_proof": PROOFS,
        "attestation_age": AGE,
    },
    ("scheme", "weights", "default_proof"),
)
_LEVEL = {"enum": ["no", "partial", "yes", "not_applicable", True, False]}
_ANSWERS = {"type": ["object", "null"], "additionalProperties": _LEVEL}
_PARTS: dict[str, Any] = {
    "id": IDENTIFIER,
    "requirement": LINES,
    "dimension": IDENTIFIER,
    "title": LINE,
    "met_when": CONDITION,
    "stage": IDENTIFIER,
    "severity": {"enum": [s.value for s in Severity]},
    "proof": PROOFS,
    "max_age": AGE,
    "applies_when": FACTS,
    "since": VERSION,
    "enforce_from": {
        "anyOf": [DAY, {"type": "array", "minItems": 1, "items": fields({"date": DAY, "when": FACTS}, ("date",))}],
        "description": "Advisory before this day. In a list, the first entry whose facts fit decides.",
    },
    "waivable": {"type": "boolean"},
    "effort": {"enum": ["hours", "days", "weeks"]},
    "needs": LINES,
    "why": LINE,
    "fix": LINE,
    "references": {"type": "array", "items": fields({"source": LINE, "id": LINE}, ("source", "id"))},
    "cases": {
        "type": "array",
        "items": fields(
            {**dict.fromkeys(("met", "partial", "unmet", "not_applicable"), _ANSWERS), "facts": {"type": "object"}}
        ),
    },
}
_NEEDED = ("id", "dimension", "title", "met_when", "severity", "effort", "why", "fix")
_NAMED = {"id": IDENTIFIER, "title": LINE}
_DIMENSIONS = {"type": "array", "minItems": 1, "items": fields(_NAMED, ("id", "title"))}
_IDENTITY = {"id": IDENTIFIER, "version": VERSION, "title": LINE, "released": DAY, "changes": LINES}

_WAIVERS = fields({"max": AGE, "approvers": LINES})

_WHOLE = fields(
    {
        **_IDENTITY,
        "source": fields({"title": LINE, "edition": LINE, "url": LINE, "note": LINE}, ("title", "edition", "note")),
        "scoring": _SCORING,
        "dimensions": _DIMENSIONS,
        "base": fields(_NAMED, ("id", "title")),
        "stages": {
            "type": "array",
            "minItems": 1,
            "items": fields({**_NAMED, "threshold": THRESHOLD}, ("id", "title")),
        },
        "requirements": {
            "type": "array",
            "items": fields({"id": LINE, "title": LINE, "outside": LINE}, ("id", "title")),
        },
        "aliases": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "waivers": _WAIVERS,
        "controls": {"type": "array", "minItems": 1, "items": fields(_PARTS, _NEEDED)},
    },
    ("id", "version", "title", "released", "scoring", "dimensions", "controls"),
)
_BECAUSE = {"because": LINE}
_OVERLAY = fields(
    {
        **_IDENTITY,
        "extends": LINE,
        "scoring": fields({"default_proof": PROOFS, "attestation_age": AGE}),
        "dimensions": _DIMENSIONS,
        "aliases": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "waivers": _WAIVERS,
        "add": {"type": "array", "items": fields({**_PARTS, **_BECAUSE}, (*_NEEDED, "because"))},
        "remove": {"type": "array", "items": fields({"control": IDENTIFIER, **_BECAUSE}, ("control", "because"))},
        "override": {
            "type": "array",
            "items": {
                "anyOf": [
                    fields(
                        {
                            "control": IDENTIFIER,
                            **{k: v for k, v in _PARTS.items() if k not in ("id", "cases")},
                            **_BECAUSE,
                        },
                        ("control", "because"),
                    ),
                    fields(
                        {"stage": IDENTIFIER, "threshold": THRESHOLD, **_BECAUSE}, ("stage", "threshold", "because")
                    ),
                ]
            },
        },
    },
    ("id", "version", "title", "released", "extends"),
)

CHECKLIST: dict[str, Any] = {
    "$schema": DRAFT,
    "title": "readiness checklist",
    "description": "A checklist, or one that extends another.",
    "type": "object",
    "if": {"required": ["extends"]},
    "then": _OVERLAY,
    "else": _WHOLE,
}

PRACTICE: dict[str, Any] = {
    "$schema": DRAFT,
    "title": "readiness practice",
    "description": f"One practice; its folder is one of {', '.join(DIMENSIONS)}.",
    **fields(
        {
            "id": IDENTIFIER,
            "title": LINE,
            "ask": LINE,
            "kind": {"enum": ["level", "measure", "records"]},
            "applies_when": FACTS,
            "fields": {
                "type": "object",
                "additionalProperties": {
                    "anyOf": [LINE, fields({"holds": LINE, "file": {"type": "boolean"}}, ("holds",), ("file",))]
                },
            },
            "levels": fields({"partial": LINE, "yes": LINE}, ("partial", "yes")),
            "counts": LINES,
            "does_not_count": LINES,
            "detect": {"type": "object", "minProperties": 1},
            "detected": {"enum": ["partial", "yes"]},
            "cases": {"type": "array", "items": {"type": "object"}},
            "tools": LINES,
        },
        ("id", "title", "ask", "kind", "levels", "counts", "does_not_count"),
    ),
}
