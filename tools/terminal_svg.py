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
FIRST = 3
"""How many things to do the picture shows; then come the dimensions."""


def main(project: str, target: str) -> None:
    """Assess a project and export its report."""
    report = render(assess(project, as_of=AS_OF), "terminal", width=WIDTH, colour=True)
    shown = excerpt(report.rstrip("\n").split("\n"))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"$ readiness assess {project}\n{shown}"))
    Path(target).write_text(console.export_svg(title="readiness assess"), encoding="utf-8")


def excerpt(lines: list[str]) -> str:
    """The verdict, the first things to do, and the dimensions."""
    bare = [Text.from_ansi(line).plain for line in lines]
    cut = next(i for i, line in enumerate(bare) if line.startswith(f"{FIRST + 1:>3}  "))
    start = next(i for i, line in enumerate(bare) if line.startswith("Dimensions"))
    end = next(i for i in range(start, len(bare)) if bare[i].startswith("Controls"))
    return "\n".join([*lines[:cut], "  …", "", *lines[start:end]]).rstrip()


if __name__ == "__main__":
    main(*sys.argv[1:])
