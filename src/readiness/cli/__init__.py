"""The command line. The only package that prints or exits.

`main` answers `--version` before anything is imported, and loads the commands of one module only
where the first word names one of them: building all of Typer's parameters would cost more than
the rest of the start.
"""

from __future__ import annotations

import contextlib
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
    "compare": "over_time",
    "expiring": "over_time",
    "baseline": "over_time",
    "verify": "verifying",
}
"""Each command with the module of this package that defines it, in the order of the help."""


def main() -> None:
    """The entry point of `readiness`."""
    if sys.stdout is None:
        _tell("stdout is closed, so no report can be written")
        sys.exit(2)
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        _tell("interrupted")
        sys.exit(130)
    except BrokenPipeError:
        _forget_stdout()
        sys.exit(0)
    except OSError as error:
        _forget_stdout()
        what = "stdout cannot be written" if error.filename is None else str(error.filename)
        _tell(f"{what}: {error.strerror}")
        sys.exit(2)


def _run(arguments: list[str]) -> None:
    if arguments == ["--version"]:
        from readiness import __version__

        sys.stdout.write(f"readiness {__version__}\n")
        sys.stdout.flush()
        return
    gc.set_threshold(100_000)  # a run is short and makes few circles: most collections would find nothing
    from readiness.cli.app import build

    completing = "_READINESS_COMPLETE" in os.environ
    first = arguments[0] if arguments and not completing else ""
    build(HOMES.get(first))(prog_name="readiness")


def _tell(line: str) -> None:
    """One line to stderr, which may be closed too."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"readiness: {line}\n")


def _forget_stdout() -> None:
    """What stdout still holds goes nowhere, so that the exit does not try to write it once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
