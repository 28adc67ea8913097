"""An ordinary command line is read without Typer, and to the same values."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from readiness.cli import assess as module
from readiness.cli.declare import _parameters, plain, with_typer

PLAIN = [
    "",
    "project.yaml",
    "a/b.yaml -f json",
    "-f json a.yaml --root none",
    "--root a --root x=b p.yaml --output r.md -o json=r.txt",
    "--checklist core --checklist other@1 --target pilot --as-of 2026-11-22 --accept claimed",
    "--fail-on blocker --fail-on not-ready --fail-under 0 -v",
    "--fail-under 100 --verbose",
    "--format terminal",
    "a.yaml --target production --fail-under 7 --checklist ./own.yaml -o a.json",
]
OTHERS = [
    "--help",
    "-h",
    "a.yaml b.yaml",
    "-fjson",
    "--format=json",
    "--form json",
    "-vf json",
    "--fail-under 1e3",
    "--fail-under 5.",
    "--fail-under -1",
    "--fail-under x",
    "--fail-under ٣",
    "--target",
    "--target -x",
    "--unknown x",
    "-- a.yaml",
    "-",
    "--target a --target b",
    "-v -v",
    "--install-completion",
]


def through_typer(words: list[str]) -> dict[str, Any]:
    """What the command is called with where Typer reads the line."""
    seen: dict[str, Any] = {}

    def command(**given: Any) -> None:
        seen.update(given)

    parameters = list(inspect.signature(with_typer(fresh())).parameters.values())
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = dict(fresh_typed())
    app = typer.Typer()
    app.command("assess")(command)
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return seen


def fresh() -> Any:
    """The command with its own annotations, which `with_typer` replaces."""
    made = type(module.assess)(
        module.assess.__code__, module.assess.__globals__, "assess", module.assess.__defaults__, None
    )
    made.__annotations__ = dict(ORIGINAL)
    return made


def fresh_typed() -> dict[str, Any]:
    return dict(with_typer(fresh()).__annotations__)


ORIGINAL = dict(module.assess.__annotations__)


def defaults() -> dict[str, Any]:
    return {name: each.default for name, each in inspect.signature(module.assess).parameters.items()}


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_means_what_it_means_to_typer(line: str) -> None:
    found = plain(fresh(), line.split())
    assert found is not None
    assert {**defaults(), **found} == through_typer(line.split())


@pytest.mark.parametrize("line", OTHERS)
def test_any_other_line_is_left_to_typer(line: str) -> None:
    assert plain(fresh(), line.split()) is None


def test_an_empty_word_is_left_to_typer() -> None:
    assert plain(fresh(), [""]) is None
    assert plain(fresh(), ["--target", ""]) is None


def test_every_parameter_is_of_a_kind_that_can_be_read() -> None:
    for name, (kind, held) in _parameters(fresh()).items():
        words = [*held.names[:1], *([] if held.names else [f"--{name.replace('_', '-')}"])]
        words = [] if held.kind == "Argument" else words
        assert plain(fresh(), [*words, *([] if kind is bool else ["7"])]) is not None, name


def test_assess_does_not_load_typer(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "project.yaml").write_text("readiness: 1\nproject: {name: small}\n")
    code = (
        "import sys, atexit; atexit.register(lambda: print('typer' in sys.modules, 'rich' in sys.modules)); "
        "sys.argv[1:] = ['assess', 'project.yaml', '-f', 'json', '--root', 'none']; "
        "from readiness.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False False\n")
