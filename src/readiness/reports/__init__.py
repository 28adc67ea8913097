"""An assessment becomes text. One module per format, loaded when it is asked for.

To add a format: one module with the functions `render` and `render_all`, one line in `FORMATS`, one golden file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import cast

from readiness.model import Assessment

FORMATS: Mapping[str, str] = {
    "terminal": "readiness.reports.terminal",
    "markdown": "readiness.reports.markdown",
    "json": "readiness.reports.json",
    "html": "readiness.reports.html",
    "sarif": "readiness.reports.sarif",
    "junit": "readiness.reports.junit",
    "gitlab": "readiness.reports.gitlab",
    "github": "readiness.reports.github",
    "github-summary": "readiness.reports.github_summary",
    "csv": "readiness.reports.csv",
    "badge": "readiness.reports.badge",
    "shields": "readiness.reports.shields",
    "oscal": "readiness.reports.oscal",
    "in-toto": "readiness.reports.intoto",
}
"""Each format with the module that writes it."""

EXTENSIONS: Mapping[str, str] = {
    ".md": "markdown",
    ".json": "json",
    ".txt": "terminal",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
    ".csv": "csv",
    ".svg": "badge",
}
"""The format that an output file's extension stands for, where that is unambiguous."""


class CannotWrite(ValueError):
    """An assessment that a format cannot hold, as the description lacks what it needs. `help` says what to add."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def render(
    assessment: Assessment,
    format: str,
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report in one format, ending in a newline. The other options shape the terminal report alone."""
    return render_all((assessment,), format, width=width, colour=colour, verbose=verbose, ascii_only=ascii_only)


def render_all(
    assessments: Sequence[Assessment],
    format: str,
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report on one project by several checklists; by one, it is the report that `render` makes."""
    module = import_module(FORMATS[format])
    how = {"width": width, "colour": colour, "verbose": verbose, "ascii_only": ascii_only}
    if len(assessments) == 1:
        return cast(str, module.render(assessments[0], **how))
    return cast(str, module.render_all(assessments, **how))
