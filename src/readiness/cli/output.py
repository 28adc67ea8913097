"""What the commands print and write, and how they stop."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypedDict

from readiness.errors import EXIT_FAULT, EXIT_INPUT, Diagnostic, InputError, nearest
from readiness.files import write_whole

if TYPE_CHECKING:
    from datetime import date

P = ParamSpec("P")
INTERRUPTED = 130
"""The customary exit code after Ctrl-C."""


class Stop(Exception):
    """A command ends here, with an exit code and a last line for the user."""

    def __init__(self, code: int, line: str = "") -> None:
        super().__init__(line)
        self.code = code


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """A command that never ends in a traceback: bad input exits 2, and a fault of the tool itself
    exits 3 with its trace in a file."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except InputError as error:
            diagnostics(error.diagnostics)
            _leave(EXIT_INPUT)
        except Stop as stop:
            if stop.args[0]:
                say(stop.args[0])
            _leave(stop.code)
        except KeyboardInterrupt:
            say("readiness: interrupted")
            _leave(INTERRUPTED)
        except OSError as error:
            say(f"readiness: {printable(str(error.filename or ''))}: {error.strerror or error}")
            _leave(EXIT_INPUT)
        except Exception:
            _fault()

    return run


def _leave(code: int) -> NoReturn:
    """Exit; a reader that has gone away must not turn into a second error on the way out."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.exit(code)


def _fault() -> NoReturn:
    """Report a fault of readiness itself: one line, and the trace in a file."""
    import tempfile
    import traceback

    try:
        handle, path = tempfile.mkstemp(prefix="readiness-trace-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(traceback.format_exc())
        where = f"its trace is in {path}"
    except OSError:
        where = f"{sys.exc_info()[1]!r}"
    say(f"readiness: a fault in readiness itself, not in your files; {where}")
    _leave(EXIT_FAULT)


# --------------------------------------------------------------------------- stderr


def say(line: str) -> None:
    """One line to stderr. It is lost where nobody can read it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(encodable(f"{line}\n", sys.stderr.encoding))
        sys.stderr.flush()


def encodable(text: str, encoding: str | None) -> str:
    """The text as a stream with this encoding can show it."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")


def printable(text: str) -> str:
    """Text from outside without anything that acts on a terminal."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode("ascii") for c in text
    )


def diagnostics(found: Iterable[Diagnostic]) -> None:
    """Faults in the compiler style, each with the line that it is in."""
    for fault in found:
        say(_rendered(fault))


def _rendered(fault: Diagnostic) -> str:
    lines = [printable(fault.head())]
    if fault.excerpt is not None and fault.line:
        gutter = f"{fault.line:>4} | "
        excerpt = printable(fault.excerpt)
        lines.append(f"{gutter}{excerpt}")
        at = (fault.caret or fault.column) - 1
        before, marked = _cells(excerpt[:at]), _cells(excerpt[at : at + fault.length])
        under = " " * before + "^" * max(1, marked)
        lines.append(f"{' ' * (len(gutter) - 2)}| {under}")
    if fault.help:
        lines.append(f"  help: {printable(fault.help)}")
    return "\n".join(lines)


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value of an option that must be one of these. Raises Stop (exit 2), with the nearest, where it is not."""
    if value in allowed:
        return value
    near = nearest(value, allowed)
    advice = f"did you mean `{near}`?" if near else f"it is one of {', '.join(allowed)}"
    raise Stop(EXIT_INPUT, f"readiness: {option} cannot be `{printable(value)}`: {advice}")


def day(text: str | None) -> date | None:
    """The day of the assessment, with a notice when it is not today."""
    if text is None:
        return None
    from datetime import UTC, date, datetime

    try:
        found: date | None = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise Stop(
            EXIT_INPUT,
            f"readiness: --as-of cannot be `{printable(text)}`: write a day that exists, as YYYY-MM-DD",
        )
    if found != datetime.now(UTC).date():
        say(f"readiness: judged as of {found.isoformat()}, which is not today")
    return found


# --------------------------------------------------------------------------- stdout and files


def emit(text: str, code: int = 0) -> None:
    """Write a report to stdout, as UTF-8 where the bytes must not depend on the locale.

    Raises Stop where nobody reads any more (with `code`, for the work itself is done) or where
    stdout cannot be written (exit 2).
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Stop(code, "readiness: the reader of the report went away before its end") from None
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Stop(EXIT_INPUT, f"readiness: the report cannot be written to stdout: {error.strerror}") from None


def write_file(path: Path, text: str) -> None:
    """Write a file, whole or not at all. Raises Stop (exit 2) where that fails."""
    try:
        write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Stop(
            EXIT_INPUT, f"readiness: {printable(str(path))}: the file cannot be written: {error.strerror}"
        ) from None


def make_folder(path: Path) -> None:
    """Make a folder for files of this tool. Raises Stop (exit 2) where that fails."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise Stop(
            EXIT_INPUT, f"readiness: {printable(str(path))}: the folder cannot be made: {error.strerror}"
        ) from None


class Look(TypedDict):
    """How stdout looks: its width in columns, whether it wants colour, and whether it shows ASCII alone."""

    width: int
    colour: bool
    ascii_only: bool


def look() -> Look:
    """How stdout looks."""
    return {"width": terminal_width(), "colour": colourful(), "ascii_only": only_ascii()}


def terminal_width(columns: int = 80) -> int:
    """The width for a report on stdout: the terminal's, or `COLUMNS`, or 80 in a pipe."""
    if sys.stdout.isatty():
        with contextlib.suppress(OSError, ValueError):
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
    elif os.environ.get("COLUMNS", "").isdigit():
        columns = int(os.environ["COLUMNS"])
    return max(40, min(columns, 200))


def colourful() -> bool:
    """Whether stdout is a terminal that wants colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def only_ascii() -> bool:
    """Whether stdout's encoding cannot show box drawing."""
    return (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf8sig")
