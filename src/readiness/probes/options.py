"""Reading the keys of one probe, all faults collected, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from readiness import patterns
from readiness.condition import Fault, Place
from readiness.errors import nearest
from readiness.globs import expand
from readiness.probes.base import Scope

MAX_LIST = 200


class Options:
    """The keys of one probe, each asked for once; `finish` names those that nobody asked for."""

    def __init__(self, data: Any, place: Place, faults: list[Fault], inner: bool = False) -> None:
        self._place = place
        self._faults = faults
        self.inner = inner
        self._known: list[str] = []
        if not isinstance(data, Mapping):
            self.fault("", f"needs a mapping of keys, not {_kind(data)}")
            data = {}
        self._data: Mapping[Any, Any] = data

    def fault(self, key: str, message: str) -> None:
        """Notes a fault at a key, or at the probe itself where `key` is empty."""
        self._faults.append(((*self._place, key) if key else self._place, message))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._known.append(key)
        return key in self._data

    def raw(self, key: str) -> tuple[Any, Place, list[Fault]]:
        """A key's value as it stands, with what a reader of it needs."""
        return self._data.get(key), (*self._place, key), self._faults

    def words(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if not self.has(key):
            return ()
        value = self._data[key]
        listed = value if isinstance(value, list) else [value]
        if not listed or len(listed) > MAX_LIST or not all(isinstance(v, str) and v for v in listed):
            self.fault(key, f"`{key}` needs a text or a list of 1 to {MAX_LIST} texts")
            return ()
        return tuple(str(v) for v in listed)

    def patterns(self, key: str) -> tuple[str, ...]:
        """One pattern or a list of them, of which any may match."""
        found = self.words(key)
        for pattern in found:
            if problem := patterns.fault(pattern):
                self.fault(key, problem)
        return found

    def pattern(self, key: str) -> str | None:
        """One pattern."""
        found = self.patterns(key)
        if len(found) > 1:
            self.fault(key, f"`{key}` takes one pattern; join them with `|`")
        return found[0] if found else None

    def table(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of names to patterns."""
        if not self.has(key):
            return ()
        value = self._data[key]
        if not isinstance(value, Mapping) or not value:
            self.fault(key, f"`{key}` needs a mapping of names to patterns")
            return ()
        for name, pattern in value.items():
            text = _scalar(pattern)
            problem = "needs a pattern" if text is None else patterns.fault(text)
            if problem:
                self._faults.append(((*self._place, key, str(name)), problem))
        return tuple((str(name), _scalar(pattern) or "") for name, pattern in value.items())

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where the key is absent."""
        value = self._data.get(key, False) if self.has(key) else False
        if value in ("true", "false", "yes", "no"):
            value = value in ("true", "yes")
        if not isinstance(value, bool):
            self.fault(key, f"`{key}` is `true` or `false`")
        return value is True

    def number(self, key: str, least: int, most: int, default: int) -> int:
        """A whole number between two limits."""
        if not self.has(key):
            return default
        value = self._data[key]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fault(key, f"`{key}` is a whole number from {least} to {most}")
            return default
        return value

    def figure(self, key: str) -> float | None:
        """Any number."""
        if not self.has(key):
            return None
        value = self._data[key]
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.fault(key, f"`{key}` needs a number")
            return None
        return value

    def scalar(self, key: str) -> str | None:
        """A text, number or boolean, as text."""
        if not self.has(key):
            return None
        text = _scalar(self._data[key])
        if text is None:
            self.fault(key, f"`{key}` needs a text, a number or a boolean")
        return text

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """One of some words."""
        if not self.has(key):
            return default
        value = str(self._data[key])
        if value not in allowed:
            guess = nearest(value, allowed)
            self.fault(key, f"`{key}` is one of {_listed(allowed)}" + (f"; did you mean `{guess}`?" if guess else ""))
            return default
        return value

    def scope(self, default: tuple[str, ...] = ()) -> Scope:
        """`files`, `except` and `tests`; inside a `within` they belong to it alone."""
        if self.inner:
            for key in ("files", "except", "tests"):
                if self.has(key):
                    self.fault(key, f"`{key}` belongs to the `within` around this probe")
            return Scope()
        files = self._globs("files") or default
        if not files:
            self.fault("", "`files` is missing: the globs of the files to ask")
        return Scope(files, self._globs("except"), self.flag("tests"))

    def _globs(self, key: str) -> tuple[str, ...]:
        found = self.words(key)
        for glob in found:
            if glob.startswith(("/", "./", "../", "!")) or "\\" in glob:
                self.fault(key, f"`{glob}`: globs are relative to the root, with `/`, and have no `!` (use `except`)")
            try:
                expand(glob)
            except ValueError as error:
                self.fault(key, str(error))
        return found

    def finish(self, extra: Iterable[str] = ()) -> None:
        """Notes every key that is not one of the probe's, with the nearest that is."""
        known = sorted({*self._known, *extra})
        for key in self._data:
            if key not in known:
                guess = nearest(str(key), known)
                help_ = f"did you mean `{guess}`?" if guess else f"known keys: {_listed(known)}"
                self.fault(str(key), f"unknown key `{key}`; {help_}")


def _scalar(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "nothing" if value is None else f"`{str(value)[:40]}`"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
