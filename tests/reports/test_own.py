"""No report of ours is ever evidence, in whatever format it was stored."""

from __future__ import annotations

import pytest

from readiness.reports import FORMATS, render, render_all
from readiness.repository import own_file
from tests.reports import sample

STORED = [name for name in FORMATS if name != "terminal"]


@pytest.mark.parametrize("format", STORED)
def test_a_stored_report_is_told_from_evidence(format: str) -> None:
    for text in (render(sample.not_ready(), format), render_all((sample.ready(), sample.not_ready()), format)):
        assert own_file(text.encode())
