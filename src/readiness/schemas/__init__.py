"""The JSON Schemas of the file formats, for editors and pipelines.

The report's is a file. Those of what people write are put together here, from the vocabulary and
from the same tables that the loaders read by, so that the two cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from readiness.model import Practice
from readiness.schemas import content, project


def schema(name: str, practices: Mapping[str, Practice]) -> Mapping[str, Any]:
    """The schema `project`, `checklist`, `practice` or `report`. Only the first depends on the
    vocabulary."""
    if name == "report":
        text = resources.files("readiness.schemas").joinpath("report.schema.json").read_text(encoding="utf-8")
        report: Mapping[str, Any] = json.loads(text)
        return report
    if name == "project":
        return project.build(practices)
    return content.CHECKLIST if name == "checklist" else content.PRACTICE


def schema_text(name: str, practices: Mapping[str, Practice]) -> str:
    """The schema as JSON text, ending in a newline."""
    return json.dumps(schema(name, practices), indent=2, ensure_ascii=False) + "\n"
