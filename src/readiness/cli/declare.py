"""Options and arguments as a command declares them, before anything is known of Typer.

Loading Typer takes longer than assessing a project. A command that declares its parameters with what
stands here can be called in two ways: `plain` reads an ordinary command line by itself, and
`with_typer` hands the same declarations to Typer, which has the last word on every other: help,
completion, anything that may be a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ParamSpec, get_type_hints

from readiness.tuples import NamedTuple

P = ParamSpec("P")
ONE = (str, str | None)
PATH = (Path, Path | None)
MANY = (list[str] | None, list[Path] | None)
NUMBER = float | None
PLAIN_NUMBER = 9
"""The greatest length of a number that is read without Typer."""


class Declared(NamedTuple):
    """What `typer.Option` or `typer.Argument`, as `kind` says, is to be called with."""

    kind: str
    names: tuple[str, ...]
    settings: dict[str, Any]


def Option(*names: str, **settings: Any) -> Any:
    """Stands for `typer.Option`."""
    return Declared("Option", names, settings)


def Argument(**settings: Any) -> Any:
    """Stands for `typer.Argument`."""
    return Declared("Argument", (), settings)


def with_typer(command: Callable[P, None]) -> Callable[P, None]:
    """The same command, its parameters declared as Typer wants them."""
    import typer

    for name, (kind, declared) in _parameters(command).items():
        if not isinstance(declared, Declared):
            continue
        made = getattr(typer, declared.kind)(*declared.names, **declared.settings)
        command.__annotations__[name] = Annotated[kind, made]
    return command


def _parameters(command: Callable[..., None]) -> dict[str, tuple[Any, Declared]]:
    """The type and the declaration of each parameter."""
    hints = get_type_hints(command, include_extras=True)
    return {name: (hint.__origin__, hint.__metadata__[0]) for name, hint in hints.items() if name != "return"}


def plain(command: Callable[..., None], words: Sequence[str]) -> Mapping[str, Any] | None:
    """The values of a command's parameters as a command line gives them; None where anything about it
    is not quite plain: an option that is not written out in full, or stands there twice without being meant to, a
    word that is empty or begins with a dash where a value belongs, one argument too many."""
    parameters = _parameters(command)
    options = {spelling: name for name, (_, held) in parameters.items() for spelling in _spellings(name, held)}
    arguments = [name for name, (_, held) in parameters.items() if held.kind == "Argument"]
    found: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if word in options:
            name = options[word]
            kind = parameters[name][0]
            text = None if kind is bool else next(rest, "")
        elif arguments:
            name, text = arguments.pop(0), word
            kind = parameters[name][0]
        else:
            return None
        if (text is not None and text[:1] in ("", "-")) or (name in found and kind not in MANY):
            return None
        value = _value(kind, text, parameters[name][1].settings)
        if value is None:
            return None
        found[name] = [*found.get(name, ()), value] if kind in MANY else value
    return found


def _spellings(name: str, held: Declared) -> tuple[str, ...]:
    return (held.names or (f"--{name.replace('_', '-')}",)) if held.kind == "Option" else ()


def _value(kind: Any, text: str | None, settings: Mapping[str, Any]) -> Any:
    """A value of a parameter; None where Typer had better look at it."""
    if text is None:
        return True
    if kind in PATH or kind == MANY[1]:
        return Path(text)
    if kind == NUMBER:
        fits = text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= PLAIN_NUMBER
        return float(text) if fits and text[-1] != "." and float(text) >= settings["min"] else None
    return text if kind in ONE or kind == MANY[0] else None
