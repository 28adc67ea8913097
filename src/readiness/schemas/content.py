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

_SCORING = fields(
    {
        "scheme": fields({"within": {"enum": ["share"]}, "across": {"enum": ["mean"]}, "rounding": {"enum": ["down"]}}),
        "weights": fields(
            {s.value: {"type": "integer", "minimum": 1, "maximum": 1000} for s in Severity},
            tuple(s.value for s in Severity),
        ),
        "default_proof": PROOFS,
        "attestation_age": AGE,
    },
    ("scheme", "weights", "default_proof"),
)
_CONTROL = fields(
    {
        "id": IDENTIFIER,
        "dimension": IDENTIFIER,
        "title": LINE,
        "met_when": CONDITION,
        "stage": IDENTIFIER,
        "severity": {"enum": [s.value for s in Severity]},
        "proof": PROOFS,
        "max_age": AGE,
        "applies_when": FACTS,
        "effort": {"enum": ["hours", "days", "weeks"]},
        "needs": LINES,
        "why": LINE,
        "fix": LINE,
        "references": {"type": "array", "items": fields({"source": LINE, "id": LINE}, ("source", "id"))},
    },
    ("id", "dimension", "title", "met_when", "stage", "severity", "effort", "why", "fix"),
)
_NAMED = {"id": IDENTIFIER, "title": LINE}

CHECKLIST: dict[str, Any] = {
    "$schema": DRAFT,
    "title": "readiness checklist",
    **fields(
        {
            "id": IDENTIFIER,
            "version": {"type": "string", "pattern": r"^(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}$"},
            "title": LINE,
            "released": DAY,
            "changes": LINES,
            "scoring": _SCORING,
            "dimensions": {"type": "array", "minItems": 1, "items": fields(_NAMED, ("id", "title"))},
            "stages": {
                "type": "array",
                "minItems": 1,
                "items": fields(
                    {**_NAMED, "threshold": {"type": "integer", "minimum": 0, "maximum": 100}}, ("id", "title")
                ),
            },
            "controls": {"type": "array", "minItems": 1, "items": _CONTROL},
        },
        ("id", "version", "title", "released", "scoring", "dimensions", "stages", "controls"),
    ),
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
