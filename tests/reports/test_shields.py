"""The endpoint of shields.io takes the JSON: it refuses what it does not know."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from readiness.model import Assessment
from readiness.reports import render, render_all
from readiness.reports.shields import COLOURS
from readiness.reports.standing import KINDS
from tests.reports import sample
from tests.reports.hostile import HOSTILE
from tests.reports.test_badge import STANDINGS

ENDPOINT = {
    "type": "object",
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {"enum": ["brightgreen", "green", "yellowgreen", "yellow", "orange", "red", "blue", "lightgrey"]},
        "labelColor": {"type": "string"},
        "isError": {"type": "boolean"},
        "namedLogo": {"type": "string"},
        "logoSvg": {"type": "string"},
        "logoColor": {"type": "string"},
        "logoSize": {"type": "string"},
        "style": {"type": "string"},
        "cacheSeconds": {"type": "integer"},
    },
    "required": ["schemaVersion", "label", "message"],
    "additionalProperties": False,
}
"""The fields as shields.io documents them."""


def badge(*made: Assessment) -> dict[str, Any]:
    text = render_all(made, "shields") if len(made) > 1 else render(made[0], "shields")
    found: dict[str, Any] = json.loads(text)
    jsonschema.validate(found, ENDPOINT)
    return found


@pytest.mark.parametrize(("made", "said", "kind"), STANDINGS, ids=range(len(STANDINGS)))
def test_the_badge_says_the_same_as_the_drawn_one(made: Assessment, said: str, kind: str) -> None:
    assert badge(made) == {
        "schemaVersion": 1,
        "label": "readiness core@1.0.0",
        "message": f"{said} (2026-11-22)",
        "color": COLOURS[kind],
    }


def test_several_checklists_have_the_colour_of_the_worst() -> None:
    found = badge(sample.ready(), sample.not_ready())
    assert found["label"] == "readiness"
    assert found["message"] == (
        "core@1.0.0: ready for production; core@1.0.0: not ready for production, reached pilot (2026-11-22)"
    )
    assert found["color"] == "orange"


def test_every_kind_of_standing_has_a_colour() -> None:
    assert set(COLOURS) == set(KINDS)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    made = sample.hostile(text)
    made = made._replace(checklist=made.checklist._replace(id=f"{text}core"))
    for found in (badge(made), badge(made, sample.ready())):
        assert found["label"].isprintable() and found["message"].isprintable()
        assert len(found["label"]) <= 200 and len(found["message"]) <= 220
        assert found["message"].endswith(" (2026-11-22)")
