"""Regular expressions that cannot hang: google-re2 where it is installed, else `re`, bounded.

All matching is on bytes, so that no file has to be decoded and both engines agree on `\\w`,
`\\s` and `\\b` (ASCII). Patterns are those that both engines understand alike; `fault` says what
is wrong with any other. `^` and `$` are the ends of a line.

Without google-re2, three bounds keep a pattern from hanging: no line is longer than `MAX_LINE`
(`cut_lines`), texts are searched in blocks (`Bounded`), and a pattern with a repeat inside a
repeat, which could need exponential time in `re`, is matched by the linear engine of
`readiness.linear`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol

from readiness.lazy import Lazy

try:
    import re2
except ImportError:  # no wheel for this platform: slower, same findings
    re2 = None

MAX_PATTERN = 2000
"""The longest pattern, in characters."""
MAX_LINE = 2000
"""Lines are cut to this many bytes before any pattern sees them."""
SET_MEMORY = 48 << 20
"""What one set may use for its automaton; it is only used where the text needs it."""

BLOCK = 4096
OVERLAP = 16384
"""How far a match of several lines may run on, without google-re2."""

TOKEN = Lazy(
    r"\\.|\[(?:\^?\])?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
    r"|\(\?(?:P?<[=!]|P<\w+>|P.|:|[a-zA-Z-]+[:)]|.)?|[*+?}]\+|.",
    re.DOTALL,
)
ESCAPES = frozenset("dDwWsSbBntrfvx")
FLAGS = Lazy(r"\A\(\?([ims]+)\)")
LOOKS = {"(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind"}


class Match(Protocol):
    """What both engines return of a match."""

    def start(self) -> int:
        """The first place of the match."""

    def end(self) -> int:
        """The place after the match."""


class Pattern(Protocol):
    """A compiled pattern over bytes."""

    def search(self, text: bytes, pos: int = 0, endpos: int = ...) -> Match | None:
        """The leftmost match."""


def fault(pattern: str) -> str | None:
    """What is wrong with a pattern, or None where both engines take it."""
    if len(pattern) > MAX_PATTERN:
        return f"the pattern has {len(pattern)} characters; {MAX_PATTERN} are allowed"
    body = FLAGS.sub("", pattern)
    for token in TOKEN.findall(body):
        if problem := _token_fault(token):
            return problem
    try:
        compile_pattern(pattern)
    except Exception as error:  # each engine has its own exception
        text = error.args[0] if error.args else error
        return f"not a regular expression: {text.decode() if isinstance(text, bytes) else text}"
    return None


def _token_fault(token: str) -> str | None:
    if token[0] == "\\" and len(token) > 1 and token[1].isalnum() and token[1] not in ESCAPES:
        return f"RE2 syntax has no `{token}`" + (" (no backreferences)" if token[1].isdigit() else "")
    if token.startswith("(?"):
        for start, name in LOOKS.items():
            if token.startswith(start):
                return f"RE2 syntax has no {name} `{token[:3]}`; `unless` takes its place"
        if not re.fullmatch(r"\(\?(?::|P<\w+>|[ims]*(?:-[ims]+)?:)", token):
            return f"RE2 syntax has no `{token}`; flags such as `(?i)` stand at the very start, or as `(?i:...)`"
    if token[0] == "[":
        if re.search(r"\[:\^?\w+:\]", token):
            return "POSIX classes such as `[:alpha:]` are not available; write the letters"
        for escape in re.findall(r"\\(.)", token, re.DOTALL):
            if escape.isalnum() and escape not in ESCAPES - {"b", "B"}:
                return f"RE2 syntax has no `\\{escape}` in brackets"
    if len(token) == 2 and token[1] == "+" and token[0] in "*+?}":
        return f"RE2 syntax has no possessive `{token}`"
    return None


def multiline(pattern: str) -> str:
    """The pattern with `^` and `$` at the ends of lines, its own leading flags kept."""
    flags, bare = split_flags(pattern)
    return f"(?{''.join(sorted({'m', *flags[2:-1]}))})" + bare


def unanchored(pattern: str) -> str:
    """A pattern that matches wherever the given one could, in the midst of a line too."""
    flags, bare = split_flags(pattern)
    return flags + "".join(token for token in TOKEN.findall(bare) if token not in ("^", "$"))


def split_flags(pattern: str) -> tuple[str, str]:
    """The flags at the very start of a pattern, and the rest."""
    found = FLAGS.match(pattern) if pattern.startswith("(?") else None
    return (found[0], pattern[found.end() :]) if found else ("", pattern)


_needs: dict[str, tuple[bytes, ...]] = {}


def expect(needs: Mapping[str, tuple[bytes, ...]]) -> None:
    """Tells for some patterns texts in lower case of which one must stand where the pattern matches. In a small
    tree most patterns are asked of texts that hold none of them, and to compile one takes 0.1 ms."""
    _needs.update(needs)


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> Pattern:
    """The pattern for bytes, to be searched by the engine that is there."""
    needed = _needs.get(pattern)
    return Guarded(pattern, needed) if needed else _compiled(pattern)


class Guarded:
    """A pattern that is compiled when a text holds what it needs."""

    def __init__(self, pattern: str, needed: tuple[bytes, ...]) -> None:
        self._pattern = pattern
        self._needed = needed
        self._made: Pattern | None = None

    def search(self, text: bytes, pos: int = 0, endpos: int | None = None) -> Match | None:
        """The leftmost match."""
        if self._made is None:
            low = text.lower()
            if not any(each in low for each in self._needed):
                return None
            self._made = _compiled(self._pattern)
        return self._made.search(text, pos, len(text) if endpos is None else endpos)


def _compiled(pattern: str) -> Pattern:
    source = multiline(pattern).encode("utf-8", "surrogateescape")
    if re2 is not None:
        return re2.compile(source, _options())  # type: ignore[no-any-return]
    from readiness import linear

    return linear.Linear(source) if linear.risky(source) else Bounded(re.compile(source))


class Bounded:
    """An expression of `re` that searches block by block, so that a repeat which runs over line
    ends costs little. Blocks end with a line and overlap, for matches over several lines."""

    def __init__(self, expression: re.Pattern[bytes]) -> None:
        self._search = expression.search

    def search(self, text: bytes, pos: int = 0, endpos: int | None = None) -> Match | None:
        """The leftmost match."""
        size = len(text) if endpos is None else endpos
        while size - pos > 2 * BLOCK:
            end = _line_end(text, pos + BLOCK, size)
            found = self._search(text, pos, _line_end(text, min(end + OVERLAP, size), size))
            if found and found.start() <= end:
                return found
            pos = end + 1
        return self._search(text, pos, size) if pos <= size else None


def _line_end(text: bytes, position: int, size: int) -> int:
    end = text.find(b"\n", position, size)
    return size if end < 0 else end


def _compile_trusted(pattern: str) -> Pattern:
    """A pattern of our own making, which is known not to blow up."""
    return re.compile(multiline(pattern).encode("utf-8", "surrogateescape"))


@cache
def _options(memory: int = 8 << 20) -> Any:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.never_capture = True  # nobody asks for groups, and without them the automaton alone decides
    options.max_mem = memory
    return options


class PatternSet:
    """Many patterns asked of one text at once. `=text` is plain text, `~word` a whole word.

    With google-re2 it is one automaton, whatever the number of patterns. An empty pattern stands
    last: where even that does not match, the automaton ran out of memory and every pattern counts
    as possible. `trusted` says that no pattern comes from a user.
    """

    def __init__(self, patterns: Sequence[str], *, trusted: bool = False) -> None:
        self._count = len(patterns)
        self._set = _compile_set(patterns) if re2 is not None else None
        self._patterns: list[Any] = []
        if re2 is None:
            make = _compile_trusted if trusted else compile_pattern
            self._patterns = [p[1:].encode() if p[0] in "=~" else make(p) for p in patterns]

    def match(self, text: bytes, cut: bytes | None = None) -> list[int]:
        """The indexes of the patterns that match somewhere in the text; perhaps a few more.
        `cut` is the same text with its lines cut, where that is not the same."""
        if cut is None:
            cut = text
        if self._set is None:
            return [
                i
                for i, p in enumerate(self._patterns)
                if (p in text if isinstance(p, bytes) else p.search(cut) is not None)
            ]
        found = self._set.Match(text if cut is text else text + b"\n" + cut)
        return [i for i in found if i < self._count] if found else list(range(self._count))


def _compile_set(patterns: Sequence[str]) -> Any:
    made = re2.Set.SearchSet(_options(SET_MEMORY))
    for pattern in patterns:
        if pattern[0] == "=":
            source = re.escape(pattern[1:])
        elif pattern[0] == "~":
            source = rf"\b{re.escape(pattern[1:])}\b"
        else:
            source = multiline(pattern)
        made.Add(source.encode("utf-8", "surrogateescape"))
    made.Add(b"")
    made.Compile()
    return made


def cut_lines(text: bytes) -> bytes:
    """The text with every line cut to `MAX_LINE` bytes; nearly always the text itself."""
    step = MAX_LINE // 2
    for start in range(0, len(text) - step, step):
        if text.find(b"\n", start, start + step) < 0:
            return b"\n".join(line[:MAX_LINE] for line in text.split(b"\n"))
    return text
