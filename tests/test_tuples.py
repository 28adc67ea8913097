"""Our quick `NamedTuple` behaves as the one of `typing` does."""

from __future__ import annotations

import inspect
import pickle
import typing
from typing import Any

import pytest

from readiness import model, tuples


class Ours(tuples.NamedTuple):
    """A type."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Two fields."""
        return f"{self.first}{self.second}"


class Theirs(typing.NamedTuple):
    """A type."""

    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        """Two fields."""
        return f"{self.first}{self.second}"


class _Bare(tuples.NamedTuple):
    first: int


class Derived(_Bare):
    """A type with one of ours above it."""

    __slots__ = ()

    @property
    def first(self) -> int:
        """Another reading of a field."""
        return int(self[0]) + 1


BOTH = pytest.mark.parametrize("kind", [Ours, Theirs])


@BOTH
def test_fields_and_defaults(kind: Any) -> None:
    assert kind(1) == (1, "two", ())
    assert kind(1, third=(3,)) == kind(first=1, second="two", third=(3,)) == (1, "two", (3,))
    made = kind(1, "b")
    assert (made.first, made[1], made.both, len(made)) == (1, "b", "1b", 3)
    assert kind._fields == kind.__match_args__ == ("first", "second", "third")
    assert kind.__doc__ == "A type."
    assert not hasattr(made, "__dict__")


@BOTH
@pytest.mark.parametrize("arguments", [((), {}), ((1, 2, 3, 4), {}), ((1,), {"first": 1}), ((1,), {"fourth": 1})])
def test_wrong_arguments(kind: Any, arguments: Any) -> None:
    positions, names = arguments
    with pytest.raises(TypeError, match=r"__new__\(\)"):
        kind(*positions, **names)


@BOTH
def test_derived_values(kind: Any) -> None:
    made = kind(1)
    assert made._replace(second="b") == (1, "b", ())
    assert type(made._replace(first=2)) is kind
    with pytest.raises((TypeError, ValueError), match="fourth"):
        made._replace(fourth=4)
    assert made._asdict() == {"first": 1, "second": "two", "third": ()}
    assert kind._make([5, "b", ()]) == kind(5, "b")
    assert repr(made) == f"{kind.__name__}(first=1, second='two', third=())"


@BOTH
def test_values_are_kept_and_compared_as_tuples(kind: Any) -> None:
    made = kind(1, "b")
    again = pickle.loads(pickle.dumps(made, protocol=5))
    assert again == made
    assert type(again) is kind
    assert hash(made) == hash((1, "b", ()))
    with pytest.raises(AttributeError):
        made.first = 2
    match made:
        case kind(first, second):
            assert (first, second) == (1, "b")


def test_a_type_may_have_one_of_ours_above_it() -> None:
    made = Derived(1)
    assert (made.first, made[0], made._replace(first=4).first) == (2, 1, 5)
    assert type(made._replace(first=4)) is Derived
    assert type(pickle.loads(pickle.dumps(made))) is Derived


@pytest.mark.parametrize("name", sorted(model.__all__))
def test_the_types_of_the_model_take_their_fields_by_name(name: str) -> None:
    kind = getattr(model, name)
    if not (isinstance(kind, type) and hasattr(kind, "_fields")):
        return
    assert kind._fields
    values = dict(zip(kind._fields, range(len(kind._fields)), strict=True))
    made = kind(**values)
    assert tuple(made) == tuple(values.values())
    assert list(inspect.signature(kind).parameters) == list(kind._fields)
