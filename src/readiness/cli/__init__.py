"""The command line. The only package that prints or exits.

`main` answers `--version` before anything is imported, and loads the commands of one module only
where the first word names one of them: building all of Typer's parameters would cost more than
the rest of the start.
"""

from __future__ import annotations

import os
import sys

HOMES = {
    "assess": "assess",
    "validate": "project",
    "explain": "manual",
    "schema": "manual",
    "checklist": "checklists",
}
"""Each command with the module of this package that defines it, in the order of the help."""


def main() -> None:
    """The entry point of `readiness`."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from readiness import __version__

        sys.stdout.write(f"readiness {__version__}\n")
        return
    from readiness.cli.app import build

    completing = "_READINESS_COMPLETE" in os.environ
    first = arguments[0] if arguments and not completing else ""
    build(HOMES[first] if first in HOMES else None)(prog_name="readiness")
