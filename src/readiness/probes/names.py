"""What the forms of a `python` probe are compared with: patterns and names; and what is found."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import NamedTuple

from readiness.patterns import MAX_LINE, compile_pattern


class Found(NamedTuple):
    """A node that is what is asked, the unit it stands in, and what was seen in words."""

    node: ast.AST
    unit: int
    said: str
    needs: str = ""


def matches(pattern: str, value: str) -> bool:
    """Whether a pattern matches somewhere in a text."""
    return compile_pattern(pattern).search(value.encode("utf-8", "replace")[: 5 * MAX_LINE]) is not None


@lru_cache(maxsize=4096)
def _names(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(".*".join(map(re.escape, p.split("*"))) for p in patterns))


def fits(patterns: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """The first name that fits one of the globs; `*` matches dots too."""
    expression = _names(patterns)
    return next((name for name in names if expression.fullmatch(name)), None)
