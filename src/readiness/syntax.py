"""YAML's syntax errors in plain English: what is wrong, where, and what to do."""

from __future__ import annotations

import re

from readiness.model import Mark
from readiness.source import Source, short, visible
from readiness.tuples import NamedTuple

FLOW_HELP = 'inside {…} and […], quote text that holds a comma or a colon: {reason: "text, with commas"}'
"""The help for text that braces or brackets cut into pieces."""

_TAB_HELP = "indent with spaces; YAML does not allow tabs there"
_CLOSE_HELP = "close each `{` with `}` and each `[` with `]`; " + FLOW_HELP
_QUOTE_HELP = """close it with the same kind of quote; inside '…' write '' for ', inside "…" write \\" for \""""
_INDENT_HELP = "indent the keys of one mapping alike, with two spaces more than the line that they belong to"


class Fault(NamedTuple):
    """A fault in a text, not yet tied to its file."""

    mark: Mark
    message: str
    help: str | None = None
    length: int = 1


class Problem(NamedTuple):
    """A syntax error as the YAML parser reports it: its words, its place, and the place where the
    construct began that it was reading."""

    words: str
    context: str
    mark: Mark
    began: Mark | None


def explain(problem: Problem, source: Source) -> Fault:
    """The plain fault behind a syntax error."""
    for explanation in (_quote, _tab, _colon, _flow, _indentation):
        fault = explanation(problem, source)
        if fault is not None:
            return fault
    return _other(problem, source)


def _quote(problem: Problem, source: Source) -> Fault | None:
    """A quote that is never closed is shown where it opens: where the text ends says nothing."""
    if "quoted scalar" not in problem.context or "unexpected" not in problem.words or problem.began is None:
        return None
    character = source.line(problem.began.line)[problem.began.column - 1 :][:1]
    return Fault(problem.began, f"the quote {character} that opens here is never closed", _QUOTE_HELP)


def _tab(problem: Problem, source: Source) -> Fault | None:
    line = source.line(problem.mark.line)
    blank = line[: len(line) - len(line.lstrip())]
    if "\t" in blank:
        return Fault(Mark(problem.mark.line, blank.index("\t") + 1), "a tab is used for indentation", _TAB_HELP)
    if line[problem.mark.column - 1 :].startswith("\t"):
        return Fault(problem.mark, "a tab stands where YAML allows only spaces", _TAB_HELP)
    return None


def _colon(problem: Problem, source: Source) -> Fault | None:
    if "mapping values are not allowed" not in problem.words:
        return None
    before = source.line(problem.mark.line)[: problem.mark.column - 1]
    above = source.line(problem.mark.line - 1).strip()
    message = "a colon here would make a key, where no key can stand"
    if re.search(r"[^\s-].*:\s", before):
        return Fault(problem.mark, message, 'quote text that holds a colon: `note: "first: second"`')
    glued = re.match(r"(\w+):(\S+)$", above)
    if glued:
        help = f"the line above lacks a space after its colon: `{short(glued[1])}: {short(glued[2])}`"
        return Fault(problem.mark, message, help)
    return Fault(
        problem.mark,
        message,
        "this line is indented too far, or the line above lacks its colon; " + _INDENT_HELP,
    )


def _flow(problem: Problem, source: Source) -> Fault | None:
    """Faults inside {...} and [...]."""
    if not re.search(r"',' or '[\]}]'", problem.words) or problem.began is None:
        return None
    bracket = "{" if "mapping" in problem.context else "["
    closing = "}" if bracket == "{" else "]"
    here = source.line(problem.mark.line)[problem.mark.column - 1 :]
    if not here.strip() and not any(source.line(problem.mark.line + 1)):
        comment = re.search(r"\s#.*[\]}]", source.line(problem.began.line)[problem.began.column :])
        help = "` #` begins a comment: quote text that holds it" if comment else _CLOSE_HELP
        return Fault(problem.began, f"the `{bracket}` that opens here is never closed", help)
    if problem.began.line != problem.mark.line:
        message = f"the `{bracket}` of line {problem.began.line} is not closed before this"
        return Fault(problem.mark, message, _CLOSE_HELP)
    if here[:1] in ("}", "]"):
        message = f"`{here[0]}` cannot close the `{bracket}` of column {problem.began.column}"
        return Fault(problem.mark, message, _CLOSE_HELP)
    return Fault(problem.mark, f"here a `,` or the closing `{closing}` is expected", FLOW_HELP)


def _indentation(problem: Problem, source: Source) -> Fault | None:
    """A key, an element or a text at a place where the lines above leave no room for it."""
    words = problem.words
    if "could not find expected ':'" in words and problem.began is not None:
        text = source.line(problem.began.line)[problem.began.column - 1 :].rstrip()
        help = "write `key: value`; indent a text's further lines more than its key"
        return Fault(problem.began, "this is neither `key: value` nor `- element`", help, max(len(text), 1))
    if not re.search(r"expected key|expected '-' indicator|<block end>", words):
        return None
    line = source.line(problem.mark.line)
    before, here = line[: problem.mark.column - 1], line[problem.mark.column - 1 :]
    if before.strip():
        return _after_value(problem.mark, here)
    if re.match(r":(\s|$)", here):
        return Fault(problem.mark, "a key is missing before the colon", "write `key: value`")
    if "sequence" in problem.context or "collection" in problem.context or "expected '-'" in words:
        return Fault(problem.mark, "a list element is expected here, which begins with `- `", _INDENT_HELP)
    if re.match(r"-(\s|$)", here):
        help = "put a list under a key of its own, with every `- ` in the same column"
        return Fault(problem.mark, "a key is expected here, not a list element", help)
    return Fault(problem.mark, "the indentation of this line fits no line above it", _INDENT_HELP)


def _after_value(mark: Mark, here: str) -> Fault:
    if here[:1] in ("}", "]"):
        return Fault(mark, f"this `{here[0]}` closes nothing", _CLOSE_HELP)
    help = "quote the whole text; use the other kind of quotes where the text itself holds quotes"
    return Fault(mark, "nothing may follow the value that ends before this", help)


_TABLE: tuple[tuple[str, str, str], ...] = (
    (
        r"alias: .*alphabetic",
        "`*` begins a reference to an anchor, and no name follows",
        'quote text that starts with `*`: "*.py"',
    ),
    (r"anchor: .*alphabetic", "`&` begins an anchor, and no name follows", "quote text that starts with `&`"),
    (r"undefined tag handle|tag: ", "`!` begins a tag, and this is none", "quote text that starts with `!`"),
    (
        r"block scalar: .*(comment|indicator)",
        "the text of `|` or `>` begins on the next line, not here",
        "move the text to the next line, or quote it if it starts with `|` or `>`",
    ),
    (
        r"escape|hexdecimal|hexadecimal",
        "this backslash begins an escape that does not exist",
        "write \\\\ for a backslash, or use single quotes",
    ),
    (r"entries are not allowed", "a list element cannot begin here", "put each `- element` on a line of its own"),
    (r"keys are not allowed", "a key cannot begin here", 'quote text that starts with `? `: "? text"'),
    (
        r"incompatible YAML",
        "this version of YAML is unknown",
        "remove the line `%YAML`, or write `%YAML 1.2`",
    ),
    (r"directive", "`%` at the start of a line begins a directive, and this is none known", "remove or quote it"),
    (
        r"<document start>",
        "the document has ended before this",
        "begin every top-level key in the first column, and nothing else there",
    ),
    (
        r"nesting|max depth|depth limit",
        "lists and mappings are nested too deep",
        "flatten the file",
    ),
)


def _other(problem: Problem, source: Source) -> Fault:
    if re.search(r"cannot start any token|node content", problem.words):
        return _start(problem.mark, source.line(problem.mark.line)[problem.mark.column - 1 :])
    said = f"{problem.context}: {problem.words}"
    for pattern, message, help in _TABLE:
        if re.search(pattern, said):
            return Fault(problem.mark, message, help)
    return Fault(
        problem.mark,
        f"this is not valid YAML: {short(problem.words, 200)}",
        "check quotes, brackets and indentation at this line and above it",
    )


def _start(mark: Mark, here: str) -> Fault:
    character = here[:1].strip()
    if not character:
        return Fault(mark, "a value is missing here", _CLOSE_HELP)
    found = "a backtick" if character == "`" else f"`{visible(character)}`"
    help = _CLOSE_HELP if character in "]}," else "quote text that starts with a special character"
    return Fault(mark, f"a value cannot start with {found}", help)
