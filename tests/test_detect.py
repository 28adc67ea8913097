"""What detectors do in an assessment: proof, detection without an answer, contradictions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from readiness import assess
from readiness.model import Assessment, Finding, Level, Outcome, PracticeState, Proof

HEAD = "readiness: 1\nproject: {name: x}\nfacts: {system: predictive, serving: [online], trains_model: true}\n"
LOCK = {
    "uv.lock": 'version = 1\n[[package]]\nname = "numpy"\nversion = "2.0.0"\n',
    "pyproject.toml": "[project]\nname = 'x'\n",
}


def made(tmp_path: Path, body: str, files: dict[str, str], roots: dict[str, Path] | None = None) -> Assessment:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "project.yaml").write_text(HEAD + body, encoding="utf-8")
    return assess(tmp_path / "project.yaml", as_of=date(2026, 11, 22), roots=roots)


def state(found: Assessment, name: str) -> PracticeState:
    return next(s for s in found.practices if s.practice.id == name)


def finding(found: Assessment, name: str) -> Finding:
    return next(f for f in found.findings if f.control.id == name)


def test_a_detection_verifies_an_answer(tmp_path: Path) -> None:
    found = made(tmp_path, "infrastructure: {dependency_pinning: yes}\n", LOCK)
    assert finding(found, "dependency_pinning").outcome == Outcome.MET
    assert state(found, "dependency_pinning").proof == Proof.VERIFIED
    assert "uv.lock" in finding(found, "dependency_pinning").observed


def test_a_detection_speaks_where_nobody_answered(tmp_path: Path) -> None:
    found = made(tmp_path, "", LOCK)
    assert state(found, "dependency_pinning").detected and state(found, "dependency_pinning").level == Level.YES
    assert finding(found, "dependency_pinning").outcome == Outcome.MET


def test_an_answer_gives_the_level_and_the_detection_the_proof(tmp_path: Path) -> None:
    found = made(tmp_path, "infrastructure: {dependency_pinning: partial}\n", LOCK)
    assert finding(found, "dependency_pinning").outcome == Outcome.PARTIAL


def test_a_claim_that_no_file_shows_stays_unproven(tmp_path: Path) -> None:
    found = made(tmp_path, "infrastructure: {dependency_pinning: yes}\n", {"a.py": "print(1)\n"})
    assert finding(found, "dependency_pinning").outcome == Outcome.UNPROVEN
    assert "nothing in the repository shows it" in finding(found, "dependency_pinning").observed


def test_a_named_file_that_does_not_show_it_is_said_to_exist(tmp_path: Path) -> None:
    body = "infrastructure: {dependency_pinning: {answer: yes, evidence: [docs/pins.md]}}\n"
    found = made(tmp_path, body, {"docs/pins.md": "We pin all packages in a file that lies somewhere else.\n"})
    assert finding(found, "dependency_pinning").outcome == Outcome.UNPROVEN
    assert "docs/pins.md exists, but does not show it" in finding(found, "dependency_pinning").observed


def test_a_named_file_is_shown_to_the_detector_even_where_the_scan_does_not_look(tmp_path: Path) -> None:
    body = "infrastructure: {dependency_pinning: {answer: yes, evidence: [build/uv.lock]}}\n"
    files = {
        "build/uv.lock": LOCK["uv.lock"],
        "build/lib/a.py": "x = 1\n",
        ".gitignore": "build/\n",
        ".git/HEAD": "ref: x\n",
    }
    found = made(tmp_path, body, files)
    assert state(found, "dependency_pinning").proof >= Proof.DOCUMENTED


@pytest.mark.parametrize(("answer", "level"), [("no", Level.NO), ("{not_applicable: we do not pin}", Level.YES)])
def test_a_denial_that_the_repository_contradicts(tmp_path: Path, answer: str, level: Level) -> None:
    found = made(tmp_path, f"infrastructure: {{dependency_pinning: {answer}}}\n", LOCK)
    assert [c.practice for c in found.contradictions] == ["dependency_pinning"]
    assert state(found, "dependency_pinning").level == level
    assert not found.removals


def test_a_further_repository_is_scanned_under_its_name(tmp_path: Path) -> None:
    other = tmp_path / "infra"
    other.mkdir()
    (other / "main.tf").write_text('resource "aws_instance" "a" {\n  ami = "x"\n}\n')
    main = tmp_path / "main"
    main.mkdir()
    found = made(main, "", {"a.py": "print(1)\n"}, {"": main, "infra": other})
    pieces = state(found, "infrastructure_as_code").evidence
    assert [piece.path for piece in pieces] == ["infra:main.tf"]


def test_without_a_repository_nothing_is_scanned(tmp_path: Path) -> None:
    found = made(tmp_path, "infrastructure: {dependency_pinning: yes}\n", LOCK, {})
    assert finding(found, "dependency_pinning").outcome == Outcome.UNPROVEN


def test_the_description_and_reports_are_never_scanned(tmp_path: Path) -> None:
    files = {
        "report.md": "<!-- readiness-report: readiness/report/v1 -->\n# Model card\n",
        "notes.yaml": "readiness: 1\nproject: {name: y}\n",
    }
    found = made(tmp_path, "", files)
    assert not any(s.detected for s in found.practices)


TRAINS = """from sklearn.linear_model import LogisticRegression

def train(X, y):
    model = LogisticRegression()
    model.fit(X, y)
    return model
"""
ACTS = """import requests
from agents import function_tool

@function_tool
def refund(order: str):
    return requests.post("https://shop.example/refund", json={"order": order}).text
"""
SEARCHES = "import chromadb\n\nclient = chromadb.Client()\n"
CALLS = "import openai\n\nprint(openai.OpenAI().responses.create(model='m', input='x'))\n"
FACTS = [
    ("trains_model: false", TRAINS, "trains_model", "`false`"),
    ("system: predictive", CALLS, "system", "`predictive`"),
    ("retrieves: none", SEARCHES, "retrieves", "`none`"),
    ("acts: none", ACTS, "acts", "`none`"),
]


def stated(tmp_path: Path, facts: str, files: dict[str, str], roots: dict[str, Path] | None = None) -> Assessment:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = f"readiness: 1\nproject: {{name: x}}\nfacts:\n  exposure: internal\n  {facts}\n"
    (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
    return assess(tmp_path / "project.yaml", as_of=date(2026, 11, 22), roots=roots)


@pytest.mark.parametrize(("facts", "code", "fact", "value"), FACTS)
def test_a_fact_that_the_repository_denies_is_reported_and_stands(
    tmp_path: Path, facts: str, code: str, fact: str, value: str
) -> None:
    found = stated(tmp_path, facts, {"src/a.py": code})
    (only,) = found.contradictions
    assert only.practice is None and only.said == f"the fact `{fact}` is stated as {value}"
    assert "src/a.py:" in only.seen and only.seen.endswith("the stated fact stands")
    assert (only.location.line, only.location.column) == (5, 3)
    without = stated(tmp_path, facts, {"src/a.py": "x = 1\n"})
    assert not without.contradictions
    assert [(f.control.id, f.outcome) for f in found.findings if f.outcome == Outcome.NOT_APPLICABLE] == [
        (f.control.id, f.outcome) for f in without.findings if f.outcome == Outcome.NOT_APPLICABLE
    ]


@pytest.mark.parametrize(("facts", "code", "fact", "value"), FACTS)
def test_prose_tests_and_a_run_without_a_repository_deny_no_fact(
    tmp_path: Path, facts: str, code: str, fact: str, value: str
) -> None:
    commented = "".join(f"# {line}\n" for line in code.splitlines())
    assert not stated(tmp_path, facts, {"tests/test_a.py": code, "src/a.py": commented}).contradictions
    assert not stated(tmp_path, facts, {"src/a.py": code}, {}).contradictions


def test_a_fact_that_agrees_or_is_not_stated_is_no_contradiction(tmp_path: Path) -> None:
    files = {"src/a.py": TRAINS, "src/b.py": CALLS, "src/c.py": SEARCHES, "src/d.py": ACTS}
    agreeing = "system: generative\n  trains_model: true\n  retrieves: restricted\n  acts: reads"
    assert not stated(tmp_path, agreeing, files).contradictions
    assert not stated(tmp_path, "risk: limited", files).contradictions


def test_a_fact_is_denied_by_a_further_repository_too(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.py").write_text(TRAINS)
    (tmp_path / "main").mkdir()
    roots = {"": tmp_path / "main", "lib": tmp_path / "lib"}
    (only,) = stated(tmp_path / "main", "trains_model: false", {}, roots).contradictions
    assert "lib:a.py:5" in only.seen


def test_a_named_pattern_that_is_no_glob_finds_nothing(tmp_path: Path) -> None:
    body = "infrastructure: {dependency_pinning: {answer: yes, evidence: ['%s']}}\n" % ("{a,b}" * 20)
    assert finding(made(tmp_path, body, {}), "dependency_pinning").outcome == Outcome.UNPROVEN


def test_a_file_that_bears_the_name_of_a_description_elsewhere_is_a_file_like_any_other(tmp_path: Path) -> None:
    other = tmp_path / "repository"
    other.mkdir()
    (other / "project.yaml").write_text("kind: rota\nmembers:\n  - ann\n  - bob\n")
    found = made(tmp_path, "monitoring: {on_call: {answer: yes, evidence: [project.yaml]}}\n", {}, {"": other})
    assert state(found, "on_call").proof == Proof.DOCUMENTED
    found = made(tmp_path, "monitoring: {on_call: {answer: yes, evidence: [project.yaml]}}\n", {})
    assert state(found, "on_call").proof == Proof.CLAIMED
