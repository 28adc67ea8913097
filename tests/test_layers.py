"""The import table: modules import downwards only, and every third-party package has its home.

To add a module, give it its place in `LAYERS`: it may import what stands below, and nothing beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import readiness

ROOT = Path(readiness.__file__).parent
MAX_LINES, MAX_FUNCTION = 300, 45

LAYERS: tuple[tuple[str, ...], ...] = (
    ("tuples",),
    ("model",),
    ("errors", "phrases", "lazy", "digest"),
    ("linear", "scalars", "tree", "prose"),
    ("patterns", "source", "literals"),
    ("globs", "syntax", "coarse"),
    ("globset", "ignore", "events"),
    ("walk", "lenient", "files"),
    ("document", "repository"),
    ("schema_check", "condition"),
    ("fields", "content", "probes"),
    ("terms", "answers", "triggers", "sieve", "statement"),
    ("plan", "loaders"),
    ("kept",),
    ("scan", "keep"),
    ("cases", "judging", "missing"),
    ("steps",),
    ("library", "collect", "example_answers"),
    ("detect", "init", "schemas", "shelves"),
    ("rulers",),
    ("inputs",),
    ("pipeline", "validation"),
    ("forecast",),
    ("reports",),
    ("cli",),
    ("__main__",),
)
"""From the lowest layer to the highest."""

SHARED = {
    "model": {
        "vocabulary",
        "content",
        "description",
        "found",
        "assessment",
        "scan",
        "comparison",
        "baseline",
        "forecast",
    },
    "probes": {
        "__init__",
        "base",
        "documents",
        "syntax",
        "options",
        "forms",
        "within",
        "comments",
        "prose",
        "found",
        "names",
        "decisions",
        "notebook",
    },
    "loaders": {"controls", "scoring", "relations", "checklist", "overlay", "waivers", "vocabulary"},
    "reports": {
        "__init__",
        "words",
        "safe",
        "select",
        "conditions",
        "markdown_tables",
        "markdown_end",
        "json_text",
        "json",
        "matrix",
        "standing",
        "oscal_parts",
        "terminal",
        "counted",
        "fingerprint",
    },
    "reports.terminal": {"page", "bars", "lists", "findings"},
    "reports.html": {"markup"},
    "schemas": {"shapes"},
    "cli": {"__init__", "output", "options", "given", "gating", "complete", "app", "declare", "assess"},
}
"""The modules that siblings in a package may import; in the packages that are not named there is none."""

HOMES = {
    "typer": ("cli",),
    "click": ("cli",),
    "rich": (
        "cli",
        "reports.terminal",
        "reports.manual",
        "reports.scan",
        "reports.difference",
        "reports.comparison",
        "reports.expiring",
    ),
    "yaml": ("events", "lenient", "scalars"),
    "jsonschema": ("schema_check",),
    "re2": ("patterns",),
}
"""Each third-party package with the modules and packages that may import it."""

PUBLIC = {"reports": ("model", "phrases"), "": ("errors", "model", "pipeline")}
"""Packages that import no more of the tool than this."""

BARE = ("tuples", "lazy")
"""What every module may use: it knows nothing of the tool."""

FILES = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in sorted(ROOT.rglob("*.py"))}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("readiness.") in NAMES else node.module


NAMES = {name.removesuffix(".__init__") for name in FILES}


def own(path: Path) -> set[str]:
    """The modules of the tool that a file imports, without the package's name."""
    return {
        name.removeprefix("readiness").lstrip(".") for name in imported(path) if name.split(".")[0] == "readiness"
    } - {""}


def layer(module: str) -> int:
    top = module.split(".")[0]
    places = [number for number, names in enumerate(LAYERS) if top in names]
    assert len(places) == 1, f"give `{top}` its place in LAYERS"
    return places[0]


@pytest.mark.parametrize("name", FILES)
def test_imports_point_downwards(name: str) -> None:
    top = name.split(".")[0]
    if top == "__init__":
        return
    wrong = [m for m in own(FILES[name]) if m.split(".")[0] != top and layer(m) >= layer(name)]
    assert wrong == []


@pytest.mark.parametrize("name", [n for n in FILES if "." in n])
def test_siblings_leave_each_other_alone(name: str) -> None:
    package, _, module = name.rpartition(".")
    if module == "__init__":
        return
    siblings = {m.removeprefix(f"{package}.").split(".")[0] for m in own(FILES[name]) if m.startswith(f"{package}.")}
    assert siblings - SHARED.get(package, set()) == set()


@pytest.mark.parametrize("name", FILES)
def test_third_party_packages_stay_at_home(name: str) -> None:
    packages = {module.split(".")[0] for module in imported(FILES[name])}
    for package in packages & set(HOMES):
        assert any(name == home or name.startswith(f"{home}.") for home in HOMES[package]), f"{name} imports {package}"


@pytest.mark.parametrize("name", [n for n in FILES if n.split(".")[0] == "reports"])
def test_reports_know_the_model_alone(name: str) -> None:
    known = {m.split(".")[0] for m in own(FILES[name])} - {"reports", *BARE}
    assert known <= set(PUBLIC["reports"])


def test_the_package_itself_offers_three_names() -> None:
    assert {m.split(".")[0] for m in own(FILES["__init__"])} <= set(PUBLIC[""])


@pytest.mark.parametrize("name", FILES)
def test_files_and_functions_stay_short(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _lines(node) > MAX_FUNCTION
    ]
    assert long == []


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring."""
    first = node.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return (node.end_lineno or 0) - node.lineno + 1 - ((first.end_lineno or 0) - first.lineno + 1 if told else 0)


def test_nobody_prints_or_exits_but_the_command_line() -> None:
    for name, path in FILES.items():
        if name.split(".")[0] in ("cli", "__main__"):
            continue
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        assert not [c for c in calls if isinstance(c, ast.Name) and c.id in ("print", "exit", "quit")], name
