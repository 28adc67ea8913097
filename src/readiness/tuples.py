"""`NamedTuple` as in `typing`, for the types that every start creates.

A start creates some ninety of them, and `typing.NamedTuple` takes 0.2 ms for each: it compiles a constructor and
checks every annotation. That was a seventh of the time of `import typer, yaml`. Here one constructor is compiled
for each number of fields and renamed for each type, which takes 0.03 ms. Type checkers see `typing.NamedTuple`;
so does Python from 3.14 on, which keeps the annotations of a class elsewhere.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple
else:
    from _collections import _tuplegetter
    from types import CodeType, FunctionType

    _NAMES = {"_new": tuple.__new__}
    _codes: dict[int, CodeType] = {}

    class _Named(tuple):
        """What all the types share."""

        __slots__ = ()

        def __repr__(self) -> str:
            held = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({held})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        @classmethod
        def _make(cls, values: Any) -> Any:
            return cls(*values)

        def _replace(self, /, **changed: Any) -> Any:
            made = tuple.__new__(type(self), map(changed.pop, self._fields, self))
            if changed:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(changed)}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

    def _constructor(name: str, fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        """`__new__` for some fields, the last of which have defaults."""
        count = len(fields)
        if count not in _codes:
            names = ", ".join(f"a{number}" for number in range(count))
            _codes[count] = eval(f"lambda cls, {names}: _new(cls, ({names},))", _NAMES).__code__
        told = {"co_name": "__new__", "co_qualname": f"{name}.__new__"}
        code = _codes[count].replace(co_varnames=("cls", *fields), **told)
        return FunctionType(code, _NAMES, "__new__", defaults)

    class _Maker(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = tuple(space.get("__annotations__", ()))
            defaults = tuple(space.pop(field) for field in fields if field in space)
            space["__slots__"] = ()
            space["_fields"] = space["__match_args__"] = fields
            space["__new__"] = _constructor(name, fields, defaults)
            for number, field in enumerate(fields):
                space[field] = _tuplegetter(number, None)
            return type(name, (_Named,), space)

    class NamedTuple(metaclass=_Maker):
        """The base of a type; its annotations are the fields."""


__all__ = ["NamedTuple"]
