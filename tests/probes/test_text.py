"""The `text` and `file` probes."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.loaders.detector import read_detector
from readiness.probes import Hit
from readiness.repository import MemoryRepository
from readiness.scan import scan


def look(kind: str, tree: dict[str, str], **probe: Any) -> tuple[Hit, ...]:
    condition, faults = read_detector({kind: probe})
    assert not faults, faults
    return scan(MemoryRepository(tree), {"p": condition}).get("p", ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.tf", '# resource "x"'),
        ("a.tf", '/*\nresource "x"\n*/'),
        ("a.js", 'x() // resource "x"'),
        ("a.sql", '-- resource "x"'),
        ("a.html", '<!--\nresource "x" -->'),
        ("a.yaml", 'a: b  # resource "x"'),
        ("Dockerfile", '  # resource "x"'),
        ("a.go", "resource 'x'"),
        ("a.tf", 'resource\n"x"'),
        ("README.md", 'resource "x"'),
        ("AGENTS.md", 'resource "x"'),
        ("tests/a.tf", 'resource "x"'),
        ("node_modules/a.tf", 'resource "x"'),
    ],
)
def test_what_does_not_match(path: str, text: str) -> None:
    assert not look("text", {path: text}, files="**/*", matches=r'resource\s+"x"')


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.tf", '\r\nresource  "x" {', 2),
        ("a.js", 'y = "http://x"; resource "x"', 1),
        ("a.tf", '\nresource\nresource "x"', 3),
        ("a.tf", "\ufeff" + 'resource "x"', 1),
    ],
)
def test_what_matches(path: str, text: str, line: int) -> None:
    (hit,) = look("text", {path: text}, files="**/*", matches=r'^resource\s+"x"|; resource\s+"x"')
    assert hit.line == line


def test_unless_span_times_and_prose_by_name() -> None:
    block = {"a.tf": 'service {\n  breaker {\n    rollback = true\n  }\n}\nservice {\n  rollback = true # "old"\n}\n'}
    assert look("text", block, files="*.tf", matches=r"breaker[\s\S]{0,40}?rollback = true", span=3)
    assert not look("text", block, files="*.tf", matches=r"breaker[\s\S]{0,40}?rollback = true", span=1, unless="x")[1:]
    assert not look("text", block, files="*.tf", matches="rollback", unless="true")
    assert look("text", block, files="*.tf", matches="rollback", times=2)
    assert not look("text", block, files="*.tf", matches="rollback", times=3)
    assert look("text", {"CHANGES.md": "## 1.2.0"}, files="**/*.md", matches=r"^##\s+\d")
    assert look("text", {"a.yaml": "# x: y"}, files="*.yaml", matches="x: y", comments=True)


def test_long_lines_are_cut_alike() -> None:
    assert not look("text", {"a.js": "x" * 5000 + "needle"}, files="*.js", matches="needle")
    assert look("text", {"a.js": "needle" + "x" * 5000}, files="*.js", matches="needle")


def test_files() -> None:
    prose = "Call the owner of the pipeline, then restore the last model. " * 5
    assert look("file", {"CODEOWNERS": "* @a"}, files="{,.github/}CODEOWNERS")
    assert not look("file", {"CODEOWNERS": " \n"}, files="CODEOWNERS")
    assert look("file", {"docs/x.md": f"# Title\n\n{prose}"}, files="docs/**", words=40)
    assert not look("file", {"docs/x.md": "# " + prose}, files="docs/**", words=1)
    assert not look(
        "file", {"docs/x.md": "<!-- " + prose + " -->\nTODO write this\n- [a](b)\n"}, files="docs/**", words=1
    )
    readme = {"README.md": f"# A\n\n## Install\n\npip\n\n## Operating it\n\n### By night\n\n{prose}\n\n## End\n"}
    (hit,) = look("file", readme, files="README.md", section="(?i)^operat", words=30)
    assert hit.line == 7
    assert not look("file", readme, files="README.md", section="(?i)^end", words=1)
    assert not look("file", {"CLAUDE.md": prose}, files="**/*.md", words=5)
    assert look("file", {"uv.lock": "x" * (2 << 20)}, files="**/uv.lock")
