"""A document held against a JSON Schema, with every fault at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from readiness.document import Document, Map, Seq
from readiness.errors import Diagnostic, nearest
from readiness.model import Mark
from readiness.source import short

_NAMES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "nothing",
}
_LIMITS = {
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "exclusiveMinimum": "must be greater than {}",
    "exclusiveMaximum": "must be less than {}",
    "minLength": "must have at least {} characters",
    "maxLength": "must have at most {} characters",
    "minItems": "needs at least {} elements",
    "maxItems": "may have at most {} elements",
    "minProperties": "needs at least {} keys",
    "maxProperties": "may have at most {} keys",
    "pattern": "must match the pattern `{}`",
    "format": "must be a valid {}",
    "multipleOf": "must be a multiple of {}",
}


def schema_faults(document: Document, schema: Mapping[str, Any]) -> list[Diagnostic]:
    """Every place where `document` breaks `schema`, in the order of the lines.

    A fault stands at the faulty value; of an unknown or ill-named key, at the key.
    """
    from jsonschema import Draft202012Validator

    faults: set[Diagnostic] = set()
    for error in Draft202012Validator(schema).iter_errors(document.data):
        for leaf in _leaves(error):
            faults.update(_faults(document, leaf))
    return sorted(faults, key=lambda fault: (fault.line, fault.column, fault.message))


def _leaves(error: Any) -> Iterator[Any]:
    """The faults that explain one: of an alternative, those of the branch that was meant."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        yield error
        return
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [branch for branch in branches.values() if not any(_is_refusal(error, inner) for inner in branch)]
    if len(meant) != 1:
        yield error
        return
    for inner in meant[0]:
        yield from _leaves(inner)


def _is_refusal(error: Any, inner: Any) -> bool:
    """Whether a branch refuses the value as a whole, and not something within it."""
    return len(inner.absolute_path) == len(error.absolute_path) and inner.validator in ("type", "const", "enum")


def _faults(document: Document, error: Any) -> Iterator[Diagnostic]:
    path = list(error.absolute_path)
    if error.validator in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, Map):
        for key in _unknown_keys(error):
            yield _at_key(document, error.instance, key, f"unknown key `{short(key)}`", _suggestion(error, key))
        return
    parent = _walk(document.data, path)
    if error.parent is None and isinstance(parent, Map) and "propertyNames" in error.absolute_schema_path:
        if error.instance in parent.key_marks:
            yield _at_key(document, parent, error.instance, _message(error, f"the key `{short(error.instance)}`"), None)
        return
    mark = _mark(document, path)
    help = None
    if error.validator == "enum" and isinstance(error.instance, str):
        like = nearest(error.instance, [value for value in error.validator_value if isinstance(value, str)])
        help = f"did you mean `{like}`?" if like else None
    yield document.fault(mark, _message(error, _subject(path)), help, document.span(mark))


def _unknown_keys(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    extra = [key for key in error.instance if key not in known and not any(re.search(p, key) for p in patterns)]
    if error.validator == "unevaluatedProperties":  # keys that a subschema knows are not in the message
        extra = [key for key in extra if repr(key) in error.message] or extra
    return extra


def _suggestion(error: Any, key: str) -> str:
    known = list(error.schema.get("properties", {}))
    like = nearest(key, known)
    if like:
        return f"did you mean `{like}`?"
    return "known keys: " + _words(known) if known else "remove it"


def _at_key(document: Document, within: Map, key: str, message: str, help: str | None) -> Diagnostic:
    mark = within.key_marks[key]
    return document.fault(mark, message, help, document.span(mark))


def _message(error: Any, subject: str) -> str:
    kind, value = error.validator, error.validator_value
    if kind == "required":
        missing = [name for name in value if name not in error.instance and repr(name) in error.message]
        return f"{subject} lacks {_words(missing)}"
    if kind == "dependentRequired":
        return f"{subject} is incomplete: " + short(error.message, 200)
    if kind == "type":
        names = [value] if isinstance(value, str) else value
        return f"{subject} must be " + " or ".join(_NAMES.get(name, name) for name in names)
    if kind in ("enum", "const"):
        options = value if kind == "enum" else [value]
        return f"{subject} must be " + ("one of " if len(options) > 1 else "") + _words(options)
    if kind == "uniqueItems":
        return f"{subject} names an element twice"
    if kind in _LIMITS:
        return f"{subject} " + _LIMITS[kind].format(value)
    return f"{subject} has none of the forms that are allowed here"


def _subject(path: list[Any]) -> str:
    names = [part for part in path if isinstance(part, str)]
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"element {path[-1] + 1}" + (f" of `{short(names[-1])}`" if names else "")
    return f"`{short(names[-1])}`"


def _words(values: Iterable[Any]) -> str:
    spelled = {True: "true", False: "false", None: "null"}
    return ", ".join(f"`{spelled[v] if v is None or isinstance(v, bool) else v}`" for v in values)


def _walk(data: Any, path: Iterable[Any]) -> Any:
    for part in path:
        data = data[part]
    return data


def _mark(document: Document, path: list[Any]) -> Mark:
    """Where the value at `path` stands; of the whole file, where its data begins."""
    if not path:
        return document.data.mark if isinstance(document.data, (Map, Seq)) else Mark(1, 1)
    parent = _walk(document.data, path[:-1])
    mark: Mark = parent.marks[path[-1]] if isinstance(parent, Seq) else parent.value_marks[path[-1]]
    return mark
