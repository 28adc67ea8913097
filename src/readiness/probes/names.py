"""What the forms of a `python` probe are compared with: patterns and names; and what is found."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from readiness.patterns import MAX_LINE, compile_pattern
from readiness.tuples import NamedTuple

OFTEN = 2000
"""So many comparisons of one name and one glob cost as much as compiling an expression for all globs."""


class Found(NamedTuple):
    """A node that is what is asked, the unit it stands in, and what was seen in words."""

    node: ast.AST
    unit: int
    said: str
    needs: str = ""


def matches(pattern: str, value: str) -> bool:
    """Whether a pattern matches somewhere in a text."""
    return compile_pattern(pattern).search(value.encode("utf-8", "replace")[: 5 * MAX_LINE]) is not None


class _Names:
    """Globs for names. An expression for those with a `*` is compiled once they are asked often: a small
    repository asks too little to be worth it."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._plain = frozenset(pattern for pattern in patterns if "*" not in pattern)
        self._starred = [pattern.split("*") for pattern in patterns if "*" in pattern]
        self._asked = 0
        self._expression: re.Pattern[str] | None = None

    def fit(self, name: str) -> bool:
        if name in self._plain:
            return True
        self._asked += len(self._starred)
        if self._asked < OFTEN and "\n" not in name:
            return any(_fits(parts, name) for parts in self._starred)
        if not self._starred:
            return False
        if self._expression is None:
            self._expression = re.compile("|".join(".*".join(map(re.escape, parts)) for parts in self._starred))
        return self._expression.fullmatch(name) is not None


def _fits(parts: list[str], name: str) -> bool:
    """Whether a name consists of these parts, in their order, with anything between them."""
    first, *inner, last = parts
    if len(name) < len(first) + len(last) or not (name.startswith(first) and name.endswith(last)):
        return False
    at, end = len(first), len(name) - len(last)
    for part in inner:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


_names = lru_cache(maxsize=4096)(_Names)


def fits(patterns: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """The first name that fits one of the globs; `*` matches dots too."""
    fit = _names(patterns).fit
    return next((name for name in names if fit(name)), None)
