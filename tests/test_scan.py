"""The scan as a whole: hits, both engines, hostile trees, cost."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from readiness import linear, patterns
from readiness.cases import run_cases
from readiness.loaders.detector import read_detector
from readiness.repository import MemoryRepository, Repository
from readiness.scan import find_in, scan

DETECTORS: dict[str, Any] = {
    "text": {"text": {"files": "**/*.tf", "matches": r"^\s*resource\s"}},
    "data": {"data": {"files": "**/*.{yaml,yml,json}", "at": "**.readinessProbe"}},
    "python": {"python": {"calls": "mlflow.*log_metric*"}},
    "tests": {"python": {"tests": True, "function": {"name": "^test", "any": [{"asserts": "."}]}}},
    "both": {"all": [{"file": {"files": "LICENSE"}}, {"text": {"files": "**/*.tf", "matches": "resource"}}]},
    "without": {"all": [{"file": {"files": "LICENSE"}}, {"not": {"file": {"files": "NOTICE"}}}]},
    "within": {"within": {"files": "**/*.tf", "all": [{"text": {"matches": "alpha"}}, {"text": {"matches": "beta"}}]}},
}
FILES = {
    "LICENSE": "Apache",
    "a.tf": 'resource "x" {\n alpha\n}\n',
    "b.tf": "beta\n",
    "k.yaml": "spec:\n  readinessProbe: {a: 1}\n",
    "m.py": "import mlflow\nmlflow.log_metrics({})\n",
    "tests/test_m.py": "def test_a():\n    assert x == 1\n",
    "project.yaml": "readiness: 1\nreadinessProbe: {a: 1}\n",
}


def conditions() -> dict[str, Any]:
    made = {name: read_detector(data) for name, data in DETECTORS.items()}
    assert not any(faults for _, faults in made.values())
    return {name: condition for name, (condition, _) in made.items()}


def test_hits() -> None:
    found = scan(MemoryRepository(FILES), conditions())
    assert {name: [(hit.path, hit.line) for hit in hits] for name, hits in found.items()} == {
        "text": [("a.tf", 1)],
        "data": [("k.yaml", 2)],
        "python": [("m.py", 2)],
        "tests": [("tests/test_m.py", 2)],
        "both": [("LICENSE", 0), ("a.tf", 1)],
        "without": [("LICENSE", 0)],
    }
    assert "without" not in scan(MemoryRepository({**FILES, "NOTICE": "x"}), conditions())
    assert "within" in scan(MemoryRepository({**FILES, "b.tf": "alpha\nbeta"}), conditions())


def test_at_most_five_hits_in_order() -> None:
    files = {f"{n:03}.tf": "resource a\n" * 9 for n in range(50)}
    hits = scan(MemoryRepository(files), conditions())["text"]
    assert [(hit.path, hit.line) for hit in hits] == [
        ("000.tf", 1),
        ("000.tf", 2),
        ("001.tf", 1),
        ("001.tf", 2),
        ("002.tf", 1),
    ]


def test_find_in_asks_named_files_alone() -> None:
    repository = MemoryRepository(FILES)
    assert find_in(repository, conditions()["python"], ["m.py"])
    assert not find_in(repository, conditions()["python"], ["a.tf", "no/such"])


def test_both_engines_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    if patterns.re2 is None:
        pytest.skip("google-re2 is not installed")
    files = {**FILES, "long.tf": "x\n" * 9000 + "  resource a\n", "c.tf": "alpha" + "x" * 3000 + "\nbeta\n"}
    expected = scan(MemoryRepository(files), conditions())
    monkeypatch.setattr(patterns, "re2", None)
    patterns.compile_pattern.cache_clear()
    assert scan(MemoryRepository(files), conditions()) == expected
    patterns.compile_pattern.cache_clear()


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*b", r"(\w+\s?)+!", "(?:[^/]+/)*x$", r"(?i)(?:ab*)+c\b", r"^(\d+,)*\d+$", r"(|[\s\S]*)_?ab"],
)
def test_linear_engine(pattern: str) -> None:
    source = patterns.multiline(pattern).encode()
    assert linear.risky(source)
    engine = linear.Linear(source)
    for text in (b"", b"aaa", b"aab", b"x ab c!\n1,2,3\nABABC d", b"p/q/x", b"1,2,", b"..aaab"):
        mine, theirs = engine.search(text), re.search(source, text)
        assert (mine is None) == (theirs is None), text
        assert mine is None or theirs is None or mine.start() == theirs.start()
    started = time.perf_counter()
    engine.search(b"a" * 2000 + b"\x00")
    assert time.perf_counter() - started < 5


def test_hostile_tree(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text('{"readinessProbe":' * 3000)
    (tmp_path / "deep.yaml").write_text("readinessProbe: " + "[" * 5000)
    (tmp_path / "two.py").write_text("import mlflow\nprint 'x'\nmlflow.log_metric()")
    (tmp_path / "nested.py").write_text("import mlflow\nmlflow.log_metric(" + "(" * 500 + ")" * 500 + ")")
    (tmp_path / "latin.py").write_bytes("# é\nimport mlflow\nmlflow.log_metric('é')".encode("latin-1"))
    (tmp_path / "bad.ipynb").write_text('{"cells": [1, {"cell_type": "code", "source": {}}], mlflow import log_metric(')
    (tmp_path / "odd.ipynb").write_text(
        '{"cells": [1, {"cell_type": "code", "source": {"import mlflow": "log_metric("}}]}'
    )
    (tmp_path / "one.tf").write_text("x" * 900_000 + " resource ")
    os.mkfifo(tmp_path / "pipe.py")
    os.symlink("loop.py", tmp_path / "loop.py")
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\n.tf"), "w") as file:
        file.write("resource a")
    repository = Repository(tmp_path)
    found = scan(repository, conditions())
    assert [hit.path for hit in found["python"]] == ["latin.py"]
    assert [os.fsencode(hit.path) for hit in found["text"]] == [b"\xff\n.tf"]
    assert repository.skipped["unparsed"] >= 1


def test_many_files_cost_little(tmp_path: Path) -> None:
    for number in range(5000):
        (tmp_path / f"{number}.txt").write_text("x")
    started = time.perf_counter()
    scan(Repository(tmp_path), conditions())
    assert time.perf_counter() - started < 5


def test_run_cases() -> None:
    practice = {
        "detect": DETECTORS["text"],
        "cases": [
            {"present": "a resource", "files": {"a.tf": "resource x"}},
            {"absent": "a comment", "files": {"a.tf": "# resource x"}},
            {"absent": "wrong", "files": {"a.tf": "resource x"}},
        ],
    }
    results = run_cases(practice)
    assert [result.passed for result in results] == [True, True, False]
    assert "a.tf:1" in results[2].message
    with pytest.raises(ValueError, match=r"cases\[0\]"):
        run_cases({"detect": DETECTORS["text"], "cases": [{"files": {}}]})
