"""The badge as the JSON that an endpoint of shields.io gives; shields.io draws it.

Its reader refuses a field that it does not know, so nothing stands here but what it documents
(https://shields.io/badges/endpoint-badge).
"""

from __future__ import annotations

from collections.abc import Sequence

from readiness.model import Assessment
from readiness.reports import safe
from readiness.reports.json_text import dumps
from readiness.reports.standing import KINDS, pin, standing

COLOURS = {
    "poor": "red",
    "held": "orange",
    "fair": "yellow",
    "good": "brightgreen",
    "figure": "blue",
    "nothing": "lightgrey",
}
LONGEST = 200


def render(assessment: Assessment, **_terminal: object) -> str:
    """The badge for one checklist: its version stands in the label, the day in the message."""
    found = standing(assessment)
    return _badge(f"readiness {pin(assessment)}", found.said, assessment, found.kind)


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """One badge for several checklists: what each says, in the colour of the worst, as a gate holds only if it holds
    for each."""
    found = [standing(each) for each in assessments]
    said = "; ".join(f"{pin(each)}: {its.said}" for each, its in zip(assessments, found, strict=True))
    return _badge("readiness", said, assessments[0], min((its.kind for its in found), key=KINDS.index))


def _badge(label: str, said: str, assessment: Assessment, kind: str) -> str:
    return dumps(
        {
            "schemaVersion": 1,
            "label": safe.cut(safe.plain(label), LONGEST),
            "message": f"{safe.cut(safe.plain(said), LONGEST)} ({assessment.as_of.isoformat()})",
            "color": COLOURS[kind],
        }
    )
