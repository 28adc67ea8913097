"""The command line. The only package that prints or exits.

`main` answers `--version` before anything is imported, and loads the commands of one module only
where the first word names one of them: building all of Typer's parameters would cost more than
the rest of the start.
"""

from __future__ import annotations

import gc
import os
import sys

HOMES = {
    "assess": "assess",
    "init": "scan",
    "scan": "scan",
    "validate": "project",
    "explain": "manual",
    "schema": "manual",
    "checklist": "checklists",
}
"""Each command with the module of this package that defines it, in the order of the help."""


def main() -> None:
    """The entry point of `readiness`."""
    if sys.stdout is None:
        if sys.stderr is not None:
            sys.stderr.write("readiness: stdout is closed, so no report can be written\n")
        sys.exit(2)
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)


def _run(arguments: list[str]) -> None:
    if arguments == ["--version"]:
        from readiness import __version__

        sys.stdout.write(f"readiness {__version__}\n")
        return
    gc.set_threshold(100_000)  # a run is short and makes few circles: most collections would find nothing
    from readiness.cli.app import build

    completing = "_READINESS_COMPLETE" in os.environ
    first = arguments[0] if arguments and not completing else ""
    build(HOMES.get(first))(prog_name="readiness")
