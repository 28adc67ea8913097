"""What is loaded for a report: nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from readiness.reports import EXTENSIONS, FORMATS, render
from tests.reports import sample


def loaded_by(code: str) -> set[str]:
    """The modules that one statement loads in a new interpreter."""
    shown = f"{code}; import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["readiness.reports", "readiness.reports.json", "readiness.reports.markdown"])
def test_rich_is_left_alone(module: str) -> None:
    assert not {name for name in loaded_by(f"import {module}") if name == "rich" or name.startswith("rich.")}


def test_the_terminal_needs_neither_syntax_nor_markdown_nor_progress() -> None:
    assert not loaded_by("import readiness.reports.terminal") & {"rich.syntax", "rich.markdown", "rich.progress"}


def test_every_format_is_rendered_and_ends_in_a_newline() -> None:
    assert set(EXTENSIONS.values()) <= set(FORMATS)
    for name in FORMATS:
        report = render(sample.ready(), name)
        assert report.endswith("\n")
        assert not report.endswith("\n\n")
