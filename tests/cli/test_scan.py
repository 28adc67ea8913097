"""`readiness scan` and `readiness init`, as real processes on real trees."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness import assess
from readiness.cli.scan import progress
from readiness.model import Outcome, Scan
from readiness.pipeline import practices, read_inputs
from readiness.reports.scan import skipped

FILES = {
    "LICENSE": "Apache License\nVersion 2.0\n",
    "Dockerfile": "FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost/health\nCMD python -m app\n",
    "requirements.txt": "fastapi==0.110.0\nscikit-learn==1.4.0\n",
    "app.py": "from fastapi import FastAPI\nfrom pydantic import BaseModel, Field\nimport joblib\n\napp = FastAPI()\n"
    'model = joblib.load("model.joblib")\n\n\nclass Query(BaseModel):\n    age: int = Field(ge=0, le=120)\n\n\n'
    '@app.post("/predict")\ndef predict(query: Query) -> dict[str, float]:\n'
    '    return {"score": model.predict([[query.age]])[0]}\n',
    "train.py": "from sklearn.linear_model import LogisticRegression\n\n\ndef train(x, y):\n"
    "    return LogisticRegression(random_state=7).fit(x, y)\n\n\ntrain([[0], [1]], [0, 1])\n",
}


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "readiness", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def scanned(root: Path) -> dict[str, Any]:
    done = run("scan", str(root), "-f", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_scan_lists_every_detectable_practice(tree: Path) -> None:
    data = scanned(tree)
    assert data["schema"] == "readiness/scan/v1"
    assert set(data["practices"]) == {p.id for p in practices().values() if p.detectable}
    assert len(data["practices"]) == 51
    assert data["practices"]["license"]["present"] and data["practices"]["containerization"]["present"]
    assert not data["practices"]["feature_store"]["present"]
    for practice in data["practices"].values():
        assert practice["present"] == bool(practice["evidence"])
        for hit in practice["evidence"]:
            assert set(hit) == {"path", "line", "detail"} and (tree / hit["path"]).is_file()


def test_the_other_formats_say_the_same(tree: Path) -> None:
    data = scanned(tree)
    there = {name for name, practice in data["practices"].items() if practice["present"]}
    text, markdown = run("scan", str(tree)).stdout, run("scan", str(tree), "-f", "markdown").stdout
    assert f"{len(there)} of 51 practices" in text and f"{len(there)} of 51 practices" in markdown
    assert {line.split("`")[1] for line in markdown.splitlines() if "| yes |" in line} == there
    assert {line.split()[1] for line in text.splitlines() if line.startswith("  ✓ ")} == there


def test_a_scan_says_what_it_left_out(tree: Path) -> None:
    (tree / "node_modules/x").mkdir(parents=True)
    (tree / "node_modules/x/LICENSE").write_text("MIT")
    (tree / "model.bin").write_bytes(b"\0" * 100)
    assert {"vendored", "binary"} <= set(scanned(tree)["skipped"])
    assert "1 vendored or built folder\n" in run("scan", str(tree)).stdout


def test_a_scan_writes_nothing(tree: Path) -> None:
    before = sorted(p.relative_to(tree) for p in tree.rglob("*"))
    run("scan", str(tree))
    assert sorted(p.relative_to(tree) for p in tree.rglob("*")) == before


@pytest.mark.parametrize("arguments", [("scan", "nowhere"), ("scan", ".", "-f", "pdf"), ("init", "nowhere")])
def test_bad_usage_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1


def test_init_then_assess_on_an_empty_folder_proves_nothing(tmp_path: Path) -> None:
    assert run("init", str(tmp_path)).returncode == 0
    made = assess(tmp_path / "project.yaml", as_of=date(2026, 11, 22))
    assert made.score.proven == made.score.claimed == 0
    assert all(f.outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE) for f in made.findings)


def test_init_asks_and_answers_nothing(tree: Path) -> None:
    done = run("init", str(tree))
    assert done.returncode == 0 and done.stdout == ""
    text = (tree / "project.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=.readiness/project.schema.json\n")
    assert json.loads((tree / ".readiness/project.schema.json").read_text(encoding="utf-8"))["title"]
    found = read_inputs(tree / "project.yaml").project
    assert found.facts["system"] == "predictive" and found.facts["trains_model"] is True
    assert found.facts["serving"] == ("online",)
    assert all(a.level is None and not a.evidence and a.attested is None for a in found.answers.values())
    assert "# a guess: " in text and "seen: requirements.txt" in text
    for line in text.splitlines():
        assert len(line) <= 200 and line.isprintable()


def test_what_init_wrote_proves_what_the_scan_found_and_no_more(tree: Path) -> None:
    run("init", str(tree))
    made = assess(tree / "project.yaml", as_of=date(2026, 11, 22))
    there = {name for name, p in scanned(tree)["practices"].items() if p["present"]}
    detected = {s.practice.id for s in made.practices if s.detected}
    assert detected and detected <= there
    assert made.score.proven is not None and made.score.proven <= (made.score.claimed or 0)


def test_init_never_overwrites_without_force(tree: Path) -> None:
    (tree / "project.yaml").write_text("mine")
    done = run("init", str(tree))
    assert done.returncode == 2 and "--force" in done.stderr
    assert (tree / "project.yaml").read_text() == "mine"
    assert run("init", str(tree), "--force").returncode == 0
    assert read_inputs(tree / "project.yaml").project.name == "tree"


@pytest.mark.parametrize("name", ["project.yaml", ".readiness", ".readiness/project.schema.json"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_init_writes_through_no_link(name: str, force: tuple[str, ...], tree: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    if name == ".readiness":
        target.mkdir()
    elif force:
        target.write_text("mine")
    (tree / name).parent.mkdir(exist_ok=True)
    (tree / name).symlink_to(target)
    done = run("init", str(tree), *force)
    assert done.returncode == 2 and "is a link" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not list(target.iterdir()) if target.is_dir() else not target.exists() or target.read_text() == "mine"


def test_init_names_both_files_that_it_wrote(tmp_path: Path) -> None:
    told = run("init", ".", cwd=tmp_path).stderr
    assert "wrote project.yaml: " in told and "and .readiness/project.schema.json" in told


def test_the_progress_of_a_scan_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("readiness.cli.scan.PATIENCE", -1.0)
    with progress() as tell:
        assert tell is not None
        tell(0, 600)
        assert stream.getvalue() == ""
        tell(256, 600)
    line = "readiness: 256 of 600 files looked at"
    assert stream.getvalue() == f"\r{line}\r{' ' * len(line)}\r"


def test_a_scan_counts_one_and_many() -> None:
    found = Scan("0", (), {}, 3, {"unreadable": 1, "binary": 2})
    assert skipped(found) == ["2 binary files", "1 file or folder that could not be read"]


def test_a_folder_with_an_odd_name_is_quoted(tmp_path: Path) -> None:
    odd = tmp_path / "no: #1 [x]"
    odd.mkdir()
    assert run("init", str(odd)).returncode == 0
    assert read_inputs(odd / "project.yaml").project.name == "no: #1 [x]"
