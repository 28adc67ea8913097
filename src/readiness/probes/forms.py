"""The forms of a `python` probe: reading them, and when a file is worth parsing for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from readiness.coarse import pieces, uncounted
from readiness.patterns import TOKEN, split_flags, unanchored
from readiness.probes.base import ALWAYS, Scope, Triggers
from readiness.probes.options import Options
from readiness.tuples import NamedTuple

DEFAULT_FILES = ("**/*.py", "**/*.ipynb")
MAX_GROUPS = 300
ANYTHING = r"[\s\S]*"
BLANKS = r"\W*"
IMPORTED = r"^[ \t]*(?:from|import)[ \t][^\n]*\b%s"
WRITTEN = {
    "calls": r"%s\s*[(]|%s[ \t]+as\b",
    "decorators": r"@[^\n]*%s|%s[ \t]+as\b",
    "bases": r"\bclass\b[^:]*%s|%s[ \t]+as\b",
    "raises": r"\braise\b[^\n]*%s|%s[ \t]+as\b",
}
"""How the last part of a name is written for each subject."""


class Header(NamedTuple):
    """What a function or class must be like: patterns for its name, for one of its parameters
    (`name: annotation = default`) and for what it returns, names for a decorator; `called` asks
    that other code uses it."""

    name: str | None
    params: str | None
    returns: str | None
    decorated: tuple[str, ...]
    called: bool

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return self == EMPTY


EMPTY = Header(None, None, None, (), False)


class PythonProbe(NamedTuple):
    """One `subject` with its names (globs) or pattern, and what refines it."""

    scope: Scope
    subject: str
    names: tuple[str, ...]
    pattern: str | None
    unless: str | None
    args: tuple[tuple[str, str], ...]
    args_not: tuple[tuple[str, str], ...]
    string_args: str | None
    header: Header
    kind: str
    fields: str | None
    value: str | None
    then: str
    then_calls: tuple[str, ...]
    ops: str
    in_: str | None
    not_in: str | None
    times: int


NAMED = ("calls", "uses", "imports", "decorators", "bases", "raises")
"""Subjects that take dotted names."""
MATCHED = ("defines", "compares", "asserts", "assigns")
"""Subjects that take one pattern."""
SUBJECTS = (*NAMED, *MATCHED, "function")
REFINEMENTS: dict[str, tuple[str, ...]] = {
    "calls": ("args", "args_not", "string_args", "unless"),
    "uses": (),
    "imports": (),
    "decorators": ("args", "args_not", "string_args", "params", "returns", "name"),
    "bases": ("called", "fields", "name"),
    "raises": ("args", "args_not", "string_args"),
    "defines": ("called", "kind", "params", "returns", "decorated"),
    "compares": ("unless", "then", "then_calls", "ops"),
    "asserts": ("unless",),
    "assigns": ("value", "unless"),
}
THEN = ("any", "raise", "exit", "stop", "return")
OPS = ("order", "equality", "any")


def read(options: Options) -> PythonProbe:
    """One form: exactly one subject, and the refinements that go with it."""
    subjects = [key for key in SUBJECTS[:-1] if options.has(key)]
    if len(subjects) != 1:
        said = ", ".join(f"`{key}`" for key in subjects) or "none"
        listed = ", ".join(f"`{key}`" for key in SUBJECTS)
        options.fault("", f"a `python` probe asks for exactly one of {listed}; here: {said}")
    subject = subjects[0] if subjects else "calls"
    allowed = REFINEMENTS[subject]
    for key in sorted({key for keys in REFINEMENTS.values() for key in keys} - set(allowed)):
        if options.has(key):
            options.fault(key, f"`{key}` does not go with `{subject}`")
    probe = PythonProbe(
        scope=options.scope(DEFAULT_FILES),
        subject=subject,
        names=options.words(subject) if subject in NAMED else (),
        pattern=options.pattern(subject) if subject in MATCHED else None,
        unless=options.pattern("unless"),
        args=options.table("args"),
        args_not=options.table("args_not"),
        string_args=options.pattern("string_args"),
        header=read_header(options),
        kind=options.choice("kind", ("any", "function", "class"), "any"),
        fields=options.pattern("fields"),
        value=options.pattern("value"),
        then=options.choice("then", THEN, "any"),
        then_calls=options.words("then_calls"),
        ops=options.choice("ops", OPS, "order"),
        in_=options.pattern("in"),
        not_in=options.pattern("not_in"),
        times=options.number("times", 1, 200, 1),
    )
    options.finish(SUBJECTS)
    return probe


def read_header(options: Options) -> Header:
    """The keys that speak of a function's or class's head."""
    return Header(
        options.pattern("name"),
        options.pattern("params"),
        options.pattern("returns"),
        options.words("decorated"),
        options.flag("called"),
    )


def triggers(probe: PythonProbe) -> Triggers:
    """When a file is worth parsing for a form."""
    groups: Triggers = ALWAYS
    if probe.subject in NAMED:
        groups = tuple(group for name in probe.names for group in _name_groups(name, probe.subject))
        if probe.subject == "imports":
            groups = tuple(_import_group(name.lstrip(".").partition(".")[0]) for name in probe.names)
        groups = both(groups, _args_groups(probe))
    elif probe.pattern is not None:
        groups = _matched_groups(probe)
    if probe.then_calls:
        groups = both(groups, tuple(group for name in probe.then_calls for group in _name_groups(name)))
    return both(groups, header_triggers(probe.header))


def _matched_groups(probe: PythonProbe) -> Triggers:
    words = loosen(probe.pattern or "")
    if probe.subject == "defines":
        return definition_groups(probe.pattern or "")
    if probe.subject == "asserts":
        return (("~assert",),)
    if words is None:
        return ALWAYS
    groups = pieces(words)
    if probe.subject == "compares" and probe.ops == "order":
        flags, bare = split_flags(words)
        groups = both(groups, ((rf"?{flags}(?:{bare})[^\n]*[<>]|[<>][^\n]*(?:{bare})",),))
    if probe.then in ("raise", "exit", "stop"):
        groups = both(groups, (("~raise",), ("~assert",), ("=exit",)))
    return groups


def header_triggers(header: Header) -> Triggers:
    """What a head needs: its decorators' names, and its own."""
    named = definition_groups(header.name) if header.name else ALWAYS
    for pattern in (header.params, header.returns):
        words = loosen(pattern) if pattern else None
        named = both(named, pieces(words)) if words else named
    if not header.decorated:
        return named
    return both(named, tuple(group for name in header.decorated for group in _name_groups(name, "decorators")))


def definition_groups(pattern: str) -> Triggers:
    """A pattern for a name, as a pattern for the line that defines it."""
    words = loosen(pattern)
    if words is None:
        return ALWAYS
    flags, bare = split_flags(words)
    return ((rf"#{flags}\b(?:def|class)[ \t]+\w*(?:{bare})",),)


def _name_groups(name: str, subject: str = "calls") -> Triggers:
    """A dotted name's literal parts: the first where it is imported, the last as the subject is
    written in code (or `as` something else), those between anywhere."""
    parts = name.strip(".").split(".")
    words = {f"~{part}" if "*" not in part else f"={_longest(part)}" for part in parts[1:-1] if _longest(part)}
    first, last = parts[0], parts[-1]
    if len(parts) > 1 and _longest(first):
        words.add(f"~{first}" if "*" not in first else f"={_longest(first)}")
        if first not in ("self", "cls"):
            words.add(f"!{first}" if "*" not in first else "?" + IMPORTED % re.escape(_longest(first)))
    word = re.escape(_longest(last))
    if word:
        before = r"\b" if last.startswith(_longest(last)) else r"\w*"
        after = r"\b" if last.endswith(_longest(last)) else r"\w*"
        ends = before + word + after
        words.add(f"~{last}" if "*" not in last else f"={_longest(last)}")
        if subject in WRITTEN:
            words.add("?" + WRITTEN[subject].replace("%s", ends))
    return (tuple(sorted(words)),)


def _import_group(first: str) -> tuple[str, ...]:
    known = _longest(first)
    if "*" not in first:
        return (f"!{first}", f"~{first}")
    return (f"={known}", "?" + IMPORTED % re.escape(known)) if known else ()


def _longest(part: str) -> str:
    return max(re.split(r"[*?\[\]]", part), key=len)


def _args_groups(probe: PythonProbe) -> Triggers:
    """What arguments need: their keywords, and the words that their values must have."""
    groups: Triggers = ALWAYS
    for key, pattern in probe.args:
        names = key.split("|")
        if all(re.fullmatch(r"[A-Za-z_]\w*", name) for name in names):
            groups = both(groups, tuple((f"~{name}", rf"?\b{name}\s*=") for name in names))
        words = loosen(pattern)
        groups = both(groups, tuple(tuple(f"?{p}" for p in each) for each in pieces(words))) if words else groups
    if probe.string_args:
        groups = both(groups, pieces(unanchored(probe.string_args)))
    return groups


def loosen(pattern: str) -> str | None:
    """A pattern over code as Python prints it, as one over code as people write it. None for one
    that matches everywhere.

    Words are the same in both; blanks, quotes, brackets and line ends may differ.
    """
    flags, bare = split_flags(pattern)
    kept: list[str] = []
    for token in uncounted(TOKEN.findall(bare)):
        if token[0] in "*+?" and kept and kept[-1] in (ANYTHING, BLANKS, ""):
            continue
        kept.append(_loose_token(token))
    loose = "".join(kept)
    try:
        everywhere = any(re.search(loose, text) for text in ("", "_", " ", "x1"))
    except re.error:  # an anchor that bore a repeat
        return None
    return None if everywhere or not re.search(r"\w{2}", loose) else flags + loose


def _loose_token(token: str) -> str:
    if token in ("^", "$"):
        return ""
    if re.fullmatch(r"\w|[|()?*+]|\(\?.*|\\[bwd]|\[[\w\-]*\]", token):
        return token
    return ANYTHING if token == "." or token[0] == "[" or token in ("\\S", "\\D", "\\W") else BLANKS


def both(left: Triggers, right: Triggers) -> Triggers:
    """What fulfils both; where that grows too long, the left alone."""
    if len(left) * len(right) > MAX_GROUPS:
        return left
    return tuple(dict.fromkeys(tuple(sorted({*a, *b})) for a, b in product(left, right)))


def all_of(parts: Iterator[Triggers]) -> Triggers:
    """What fulfils every part."""
    made = ALWAYS
    for part in parts:
        made = both(made, part)
    return made


def any_of(parts: Iterator[Triggers]) -> Triggers:
    """What fulfils some part."""
    return tuple(dict.fromkeys(group for part in parts for group in part))
