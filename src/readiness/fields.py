"""Reading typed fields out of a document, and collecting every fault on the way.

Each method returns the value, or None and a fault on the list, so that all faults of a file are
reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from readiness.document import Document, Map, Seq
from readiness.errors import Diagnostic, InputError, nearest
from readiness.lazy import Lazy
from readiness.model import Mark
from readiness.phrases import is_empty_word
from readiness.scalars import ScalarError, resolve
from readiness.source import short

DATE = Lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MAX_FAULTS = 100
"""After so many faults the rest of a file is not looked at: its author has enough to do."""
MEANT = {"on": "yes", "y": "yes", "true": "yes", "ok": "yes", "done": "yes", "off": "no", "n": "no", "false": "no"}
"""Words that people write for a level or a truth value, and the one they mean."""
_NUMBER = Lazy(r"[-+.\w]+")


class Reader:
    """Reads one document; `faults` grows while it does.

    Where `strict`, a number does not stand for its text.
    """

    def __init__(self, document: Document, strict: bool = False) -> None:
        self.document = document
        self.strict = strict
        self.faults: list[Diagnostic] = []

    def finish(self) -> None:
        """Raise InputError with every fault found, if any was."""
        if self.faults:
            raise InputError(self.faults)

    def fault(self, mark: Mark, message: str, help: str | None = None) -> None:
        """Add a fault at a place, underlining the word that stands there.

        Raises InputError, with all of them, where there are more than anyone will read.
        """
        length = self.document.span(mark)
        self.faults.append(self.document.fault(mark, message, help, length))
        if len(self.faults) >= MAX_FAULTS:
            self.finish()

    def at_value(self, parent: Map, key: str, message: str, help: str | None = None) -> None:
        """Add a fault at the value of a key."""
        self.fault(parent.value_marks[key], message, help)

    def at_key(self, parent: Map, key: str, message: str, help: str | None = None) -> None:
        """Add a fault at a key."""
        self.fault(parent.key_marks[key], message, help)

    # ------------------------------------------------------------------ structure

    def known(self, parent: Map, allowed: Iterable[str], owner: str) -> None:
        """Fault every key that is not allowed, with the nearest one that is."""
        names = allowed if isinstance(allowed, tuple) else tuple(allowed)
        for key in parent:
            if key not in names:
                self.unknown_key(parent, key, names, owner)

    def unknown_key(self, parent: Map, key: str, allowed: Sequence[str], owner: str) -> None:
        """Fault one key that is not allowed. A key without a value inside `{...}` is most often
        text that a comma has cut in two, and the help says so."""
        near = nearest(key, allowed)
        if near:
            advice = f"did you mean `{near}`?"
        elif parent.flow and key in parent.bare:
            advice = "text with a comma inside {...} must be quoted, or each part becomes a key"
        elif parent.flow:
            advice = "text with a comma or a colon inside {...} must be quoted"
        else:
            advice = "known here: " + ", ".join(f"`{name}`" for name in allowed)
        self.at_key(parent, key, f"unknown field {quoted(key)} in {owner}", advice)

    def required(self, parent: Map, keys: Iterable[str], owner: str) -> bool:
        """Fault each key that is missing or has no value; True where all are there."""
        absent = [key for key in keys if is_blank(parent.get(key))]
        for key in absent:
            if key in parent:
                self.at_key(parent, key, f"`{key}` of {owner} has no value", f"write it behind `{key}:`")
            else:
                self.fault(parent.mark, f"{owner} lacks `{key}`", f"add `{key}: ...`")
        return not absent

    def mapping(self, parent: Map, key: str, owner: str) -> Map | None:
        """The mapping at a key; None where the key is absent, empty or of another type."""
        value = parent.get(key)
        if value is None or isinstance(value, Map):
            return value
        self.at_value(
            parent, key, f"`{key}` must hold fields, not {kind(value)}", f"write `{key}:` and indent {owner} below"
        )
        return None

    def sequence(self, parent: Map, key: str) -> Seq | None:
        """The list at a key; None where the key is absent, empty or of another type."""
        value = parent.get(key)
        if value is None or isinstance(value, Seq):
            return value
        self.at_value(
            parent, key, f"`{key}` must be a list, not {kind(value)}", "begin each entry on its own line with `- `"
        )
        return None

    # ------------------------------------------------------------------ values

    def text(self, parent: Map, key: str) -> str | None:
        """The text at a key. A plain number is taken as its text; anything else is a fault."""
        value = parent.get(key)
        if value is None or isinstance(value, str):
            return value.strip() or None if isinstance(value, str) else None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not self.strict:
            return self.written(parent.value_marks[key], value)
        self.at_value(parent, key, f"`{key}` must be text, not {kind(value)}", quote_help(value))
        return None

    def written(self, mark: Mark, value: float) -> str:
        """A number as its author wrote it: 1.10 is another version than 1.1."""
        found = _NUMBER.match(self.document.line(mark.line), mark.column - 1)
        if found:
            try:
                return found.group() if resolve(found.group()) == value else str(value)
            except ScalarError:
                pass
        return str(value)

    def content(self, parent: Map, key: str, owner: str) -> str | None:
        """The text at a key that must say something: "tbd" and the like are faults."""
        value = self.text(parent, key)
        if value is not None and is_empty_word(value):
            self.at_value(
                parent,
                key,
                f"`{key}` of {owner} says nothing: {quoted(value)}",
                "write what is really so, or leave it out",
            )
            return None
        return value

    def choice(self, parent: Map, key: str, allowed: Sequence[str]) -> str | None:
        """The text at a key, which must be one of `allowed`."""
        value = parent.get(key)
        if value is None:
            return None
        if isinstance(value, str) and value in allowed:
            return value
        self.at_value(parent, key, f"`{key}` must be one of {options(allowed)}", suggestion(value, allowed))
        return None

    def number(self, parent: Map, key: str) -> float | None:
        """The plain number at a key."""
        value = parent.get(key)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return value
        self.at_value(parent, key, f"`{key}` must be a plain number, not {kind(value)}", number_help(value))
        return None

    def date(self, parent: Map, key: str) -> date | None:
        """The date at a key, written YYYY-MM-DD."""
        value = parent.get(key)
        if value is None:
            return None
        if isinstance(value, str) and DATE.match(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.at_value(
                    parent, key, f"`{key}`: there is no day {value}", "write a date that exists, as YYYY-MM-DD"
                )
                return None
        help = "write it as YYYY-MM-DD, for example 2026-11-30"
        self.at_value(parent, key, f"`{key}` must be a date, not {kind(value)}", help)
        return None

    def texts(self, parent: Map, key: str) -> tuple[str, ...]:
        """The list of texts at a key; one text alone stands for a list of one."""
        value = parent.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,) if value.strip() else ()
        return tuple(self.elements(parent, key, lambda v: v if isinstance(v, str) and v.strip() else None, "text"))

    def elements(self, parent: Map, key: str, read: Callable[[Any], Any], what: str) -> Iterable[Any]:
        """Each element of the list at a key as `read` gives it; None from `read` is a fault."""
        found = self.sequence(parent, key)
        for number, value in enumerate(found or ()):
            result = read(value)
            if result is None and found is not None:
                self.fault(
                    found.marks[number], f"each entry of `{key}` must be {what}, not {kind(value)}", quote_help(value)
                )
            else:
                yield result


def several(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The texts at a key of faultless data; one text alone stands for a list of one."""
    value = data.get(key) or ()
    return (value,) if isinstance(value, str) else tuple(value)


def is_blank(value: Any) -> bool:
    """Whether nothing is written: no value, or text without a character."""
    return value is None or (isinstance(value, str) and not value.strip())


def quoted(text: str) -> str:
    """A word of the user's in backticks, cut and safe to print."""
    return f"`{short(text, 40)}`"


def kind(value: Any) -> str:
    """The kind of a value in words, for a message."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value.strip() else "empty text"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing"


def options(allowed: Iterable[Any]) -> str:
    """Allowed values in words: `a`, `b`, `c`."""
    return ", ".join(f"`{str(v).lower() if isinstance(v, bool) else v}`" for v in allowed)


def suggestion(value: Any, allowed: Sequence[str]) -> str | None:
    """The help for a wrong choice: the allowed value that is nearest, or that is meant by a word
    such as `on`."""
    if isinstance(value, bool) or (isinstance(value, str) and value.lower() in MEANT):
        word = str(value).lower()
        meant = [word, MEANT[word], *(["true"] if MEANT[word] == "yes" else ["false", "none"])]
        near = next((name for name in meant if name in allowed), None)
    else:
        near = nearest(value.lower(), allowed) if isinstance(value, str) else None
    return f"did you mean `{near}`?" if near else None


def quote_help(value: Any) -> str | None:
    """The help for a value that YAML read as something else than text."""
    if isinstance(value, dict):
        return "text that holds a colon followed by a space must be quoted"
    if isinstance(value, list):
        return "write one text; quote it where it begins with `[`"
    return "put the text in quotes" if value is not None else "write the text behind it"


def number_help(value: Any) -> str | None:
    """The help for a figure that is not a plain number."""
    if isinstance(value, str):
        found = re.search(r"-?\d+(?:\.\d+)?", value)
        if found:
            return f"write the bare number, without quotes or unit: {found.group()}"
    return "write a bare number, without quotes or unit, for example 0.85"
