"""An assessment becomes text. One module per format, loaded when it is asked for.

To add a format: one module with a function `render`, one line in `FORMATS`, one golden file.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from readiness.model import Assessment

FORMATS: Mapping[str, str] = {
    "terminal": "readiness.reports.terminal",
    "markdown": "readiness.reports.markdown",
    "json": "readiness.reports.json",
}
"""Each format with the module that writes it."""

EXTENSIONS: Mapping[str, str] = {".md": "markdown", ".json": "json", ".txt": "terminal"}
"""The format that an output file's extension stands for, where that is unambiguous."""


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
    module = import_module(FORMATS[format])
    text = module.render(assessment, width=width, colour=colour, verbose=verbose, ascii_only=ascii_only)
    return cast(str, text)
