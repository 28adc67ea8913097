"""The command line. The only package that prints or exits.

`main` answers `--version` before anything is imported, and an ordinary `assess` without Typer. It
loads the commands of one module only where the first word names one of them: building all of
Typer's parameters would cost more than the rest of the start.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence

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
    except SystemExit:
        gc.freeze()  # spares the interpreter a last search for circles, a tenth of a run, as it leaves
        raise
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
    completing = "_READINESS_COMPLETE" in os.environ
    first = arguments[0] if arguments and not completing else ""
    if first == "assess" and os.name == "posix":  # elsewhere Typer replaces wildcards in the arguments
        _assess(arguments[1:])
    from readiness.cli.app import build

    build(HOMES.get(first))(prog_name="readiness")


def _assess(words: Sequence[str]) -> None:
    """Assess without Typer, and exit; return where the command line is not a plain one."""
    from readiness.cli import output
    from readiness.cli.assess import assess
    from readiness.cli.declare import plain

    given = plain(assess, words)
    if given is not None:
        output.guarded(assess)(**given)
        sys.exit()


def _tell(line: str) -> None:
    """One line to stderr, which may be closed too."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"readiness: {line}\n")


def _forget_stdout() -> None:
    """What stdout still holds goes nowhere, so that the exit does not try to write it once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
