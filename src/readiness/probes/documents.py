"""The documents in a YAML, JSON, TOML or INI file, also where it is a template of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from readiness.lazy import Lazy
from readiness.probes import comments
from readiness.probes.base import Source, line_of
from readiness.tuples import NamedTuple

TEMPLATED = "templated"
"""Stands for a value that a template gives when it is rendered."""
ACTION = Lazy(r"(?<!\$)\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
ACTION_LINE = Lazy(
    r"^[ \t]*(?:-[ \t]*)?(?:(?:(?<!\$)\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})[ \t]*)+$", re.DOTALL | re.MULTILINE
)
BARE_ACTION = Lazy(r"(?m)^[ \t]*(?:-[ \t]+)?\{[{%#]|:[ \t]+\{[{%]")
KINDS = {
    "yaml": "yaml yml cff mlproject mlmodel dvc sublime-syntax template cfn",
    "json": "json jsonc ipynb webmanifest code-workspace avsc json5 tfstate",
    "toml": "toml",
    "ini": "ini cfg",
}
NAMES = {
    "Pipfile": "toml", "poetry.lock": "toml", "uv.lock": "toml", "pdm.lock": "toml", "Cargo.lock": "toml",
    "Pipfile.lock": "json", ".eslintrc": "yaml", ".prettierrc": "yaml", "MLproject": "yaml", "MLmodel": "yaml",
    "dvc.lock": "yaml", "CITATION.cff": "yaml", ".clang-format": "yaml", ".clang-tidy": "yaml", ".yamllint": "yaml",
    ".flake8": "ini", ".pylintrc": "ini", "pylintrc": "ini", ".coveragerc": "ini", ".bandit": "ini", ".sqlfluff": "ini",
    ".jscpd.json": "json", ".babelrc": "json", ".ansible-lint": "yaml", ".tflint.hcl": "none",
}  # fmt: skip
BY_ENDING = {ending: kind for kind, endings in KINDS.items() for ending in endings.split()}


class Document(NamedTuple):
    """One document: its data, the line on which the value at a way through it stands, and what
    has been looked for in it."""

    data: Any
    line: Callable[[tuple[Any, ...]], int]
    found: dict[Any, Any]


def kind_of(path: str) -> str | None:
    """Which parser a file wants, by its name."""
    name = path.rpartition("/")[2]
    return NAMES.get(name) or BY_ENDING.get(name.rpartition(".")[2].lower())


def parse(source: Source) -> tuple[Document, ...]:
    """The file's documents; none where it does not parse, which is noted."""
    kind = kind_of(source.path)
    parser = {"yaml": _yaml, "json": _json, "toml": _toml, "ini": _ini}.get(kind or "")
    if parser is None or not source.whole:
        return ()
    try:
        return parser(source.text)
    except (ValueError, RecursionError, MemoryError) as error:
        source.faults.append(f"does not parse as {kind}: {type(error).__name__}")
        return ()


def _yaml(data: bytes) -> tuple[Document, ...]:
    from readiness import document

    text = data.decode("utf-8", "replace")
    if BARE_ACTION.search(text):
        text = neutral(text)
    found = document.parse_lenient(text.encode())
    if len(found) <= text.count("\n---") and ACTION.search(text):
        found = max(found, document.parse_lenient(neutral(text).encode()), key=len)
    return tuple(Document(each, _marks(each), {}) for each in found)


def neutral(text: str) -> str:
    """Template actions taken out: those that fill a line vanish, the others become one word."""
    text = ACTION_LINE.sub(lambda found: "\n" * found[0].count("\n"), text)
    return str(ACTION.sub(lambda found: TEMPLATED + "\n" * found[0].count("\n"), text))


def _marks(top: Any) -> Callable[[tuple[Any, ...]], int]:
    def line(way: tuple[Any, ...]) -> int:
        here, found = top, 1
        for step in way:
            marks = getattr(here, "key_marks", None) if isinstance(here, dict) else getattr(here, "marks", None)
            try:
                if marks is not None:
                    found = marks[step].line
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
        return found

    return line


def _json(data: bytes) -> tuple[Document, ...]:
    import json

    try:
        top = json.loads(data.decode("utf-8", "replace"))
    except ValueError:
        plain = comments.blank(data, comments.SLASH)
        top = json.loads(re.sub(rb",(\s*[}\]])", rb"\1", plain).decode("utf-8", "replace"))
    return (Document(top, _search(data, rb'"%s"\s*:'), {}),)


def _toml(data: bytes) -> tuple[Document, ...]:
    import tomllib

    top = tomllib.loads(data.decode("utf-8", "replace"))
    return (Document(top, _search(data, rb'(?m)^\s*["\']?%s["\']?\s*=|^\s*\[.*%s.*\]|[{,]\s*%s\s*='), {}),)


def _ini(data: bytes) -> tuple[Document, ...]:
    import configparser

    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(data.decode("utf-8", "replace"))
        top = {name: dict(parser.items(name)) for name in parser.sections()}
    except configparser.Error as error:
        raise ValueError(str(error)) from error
    return (Document(top, _search(data, rb"(?m)^\s*\[%s\]|^%s\s*[=:]"), {}),)


def _search(data: bytes, form: bytes) -> Callable[[tuple[Any, ...]], int]:
    """A line finder for parsers without positions: each key of the way is looked for in turn,
    from where the one before it was found."""

    def line(way: tuple[Any, ...]) -> int:
        position = 0
        for step in way:
            if isinstance(step, str):
                name = re.escape(step.encode("utf-8", "replace"))
                found = re.compile(form.replace(b"%s", name)).search(data, position)
                position = found.start() if found else position
        rest = data[position : position + 200]
        return line_of(data, position + len(rest) - len(rest.lstrip()))

    return line
