"""An assessment as a later one reads it back."""

from __future__ import annotations

import json

from readiness.loaders.baseline import read_kept
from readiness.model import Assessment
from readiness.model.baseline import Baseline
from readiness.reports import render
from tests.factories import Result, assessment


def kept(found: Result | Assessment) -> Baseline:
    whole = assessment(found) if isinstance(found, Result) else found
    return read_kept(json.loads(render(whole, "json"))).reports[whole.checklist.id]
