"""Figures and misses in words."""

from __future__ import annotations

import pytest

from readiness.phrases import miss, number


@pytest.mark.parametrize(
    ("value", "text"),
    [(200, "200"), (3.80, "3.8"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (2e-7, "2e-07"), (10**40, "1e+40"), (0, "0")],
)
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [
        (3.8, None, 3.6, "3.8 misses the limit of at most 3.6 by 0.2"),
        (0.7, 0.75, None, "0.7 misses the limit of at least 0.75 by 0.05"),
        (2e-7, None, 1e-7, "2e-07 misses the limit of at most 1e-07 by 1e-07"),
        (99.99999999, 100, None, "99.99999999 misses the limit of at least 100 by 1e-08"),
        (3.6, None, 3.6, None),
    ],
)
def test_miss(value: float, low: float | None, high: float | None, text: str | None) -> None:
    assert miss(value, low, high) == text
