"""Small wordings and word lists that several layers share."""

from __future__ import annotations

EMPTY_WORDS = frozenset({"", "-", "--", "?", "none", "n/a", "na", "nil", "tbd", "tba", "tbc", "todo", "unknown", "xxx"})
"""Words that stand where content should be; compared in lower case, without a full stop."""


def is_empty_word(text: str) -> bool:
    """Whether a text only holds the place of content: "tbd", "none", "-" and the like."""
    return text.strip().rstrip(".").strip().lower() in EMPTY_WORDS


def number(value: float) -> str:
    """A figure as people write it: no trailing zeros, at most six digits behind the point."""
    text = f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    return text if text not in ("-0", "") else "0"


def miss(value: float, low: float | None, high: float | None) -> str | None:
    """By how much a figure misses its limit, in words; None where it meets it."""
    if low is not None and value < low:
        return f"{number(value)} misses the limit of at least {number(low)} by {number(low - value)}"
    if high is not None and value > high:
        return f"{number(value)} misses the limit of at most {number(high)} by {number(value - high)}"
    return None
