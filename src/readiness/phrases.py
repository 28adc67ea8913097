"""Small wordings and word lists that several layers share."""

from __future__ import annotations

from collections.abc import Iterable

EMPTY_WORDS = frozenset({"", "-", "--", "?", "none", "n/a", "na", "nil", "tbd", "tba", "tbc", "todo", "unknown", "xxx"})
"""Words that stand where content should be; compared in lower case, without a full stop."""


def is_empty_word(text: str) -> bool:
    """Whether a text only holds the place of content: "tbd", "none", "-" and the like."""
    return text.strip().rstrip(".").strip().lower() in EMPTY_WORDS


def number(value: float) -> str:
    """A figure as people write it: no trailing zeros, at most six digits behind the point. A figure
    too small or too large for that is written with an exponent."""
    if value and not 1e-4 <= abs(value) < 1e15:
        return f"{value:.6g}"
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def miss(value: float, low: float | None, high: float | None) -> str | None:
    """By how much a figure misses its limit, in words; None where it meets it."""
    if low is not None and value < low:
        return _missed(value, low, "at least")
    if high is not None and value > high:
        return _missed(value, high, "at most")
    return None


def _missed(value: float, limit: float, kind: str) -> str:
    """The words, with digits enough to tell the figure from its limit."""
    here, there, by = number(value), number(limit), number(abs(value - limit))
    if here == there:
        here, there, by = repr(value), repr(limit), f"{abs(value - limit):.2g}"
    return f"{here} misses the limit of {kind} {there} by {by}"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Ids in backticks: the first ones, and how many more there are."""
    quoted = [f"`{name}`" for name in names]
    return ", ".join(quoted[:most]) + (f" and {len(quoted) - most} more" if len(quoted) > most else "")
