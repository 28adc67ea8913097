"""What goes wrong for a user: diagnostics, the error that carries them, and the exit codes."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.tuples import NamedTuple

EXIT_OK = 0
"""Done, or the gate passed."""
EXIT_GATE = 1
"""The gate did not pass."""
EXIT_INPUT = 2
"""Bad input or usage."""
EXIT_FAULT = 3
"""A fault in readiness itself."""


class Diagnostic(NamedTuple):
    """A fault in an input file, with its place and help.

    `line` and `column` start at 1; a `line` of 0 means the file as a whole. `length` is the
    number of characters to underline; `excerpt` is the faulty line as it stands in the file.
    A long line is cut and control characters are escaped in the excerpt, so `caret` says where in
    the excerpt the fault begins, from 1; where it is 0, that is `column`.
    """

    path: str
    line: int
    column: int
    message: str
    help: str | None = None
    length: int = 1
    excerpt: str | None = None
    severity: str = "error"
    caret: int = 0

    def head(self) -> str:
        """The first line, in the compiler style: `path:line:column: error: message`."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.severity}: {self.message}"


class InputError(Exception):
    """One or more faults in what the user gave. The command line exits 2."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        ordered = sorted(diagnostics, key=lambda d: (d.path, d.line, d.column, d.message))
        self.diagnostics: tuple[Diagnostic, ...] = tuple(ordered)
        super().__init__("\n".join(d.head() for d in self.diagnostics))


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, or None where none is like it."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(names), n=1, cutoff=0.6)
    return found[0] if found else None
