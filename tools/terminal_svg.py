"""Writes the picture of the terminal report that the README shows.

    python tools/terminal_svg.py examples/churn-batch/project.yaml docs/terminal.svg

The picture is the real report of that project, in colour, 100 columns wide.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from readiness import assess
from readiness.reports import render

WIDTH = 100
AS_OF = date(2026, 11, 22)
LINES = 46
"""The picture ends after this many lines; the report goes on."""


def main(project: str, target: str) -> None:
    """Assess a project and export its report."""
    report = render(assess(project, as_of=AS_OF), "terminal", width=WIDTH, colour=True)
    lines = report.rstrip("\n").split("\n")
    shown = "\n".join(lines[:LINES])
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"$ readiness assess {project}\n{shown}\n…"))
    Path(target).write_text(console.export_svg(title="readiness assess"), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
