"""Named evidence, looked at in real trees."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from helpers import HEAD, project

from readiness.collect import collect
from readiness.model import Evidence, Looked, Proof
from readiness.pipeline import practices
from readiness.repository import Repository

PROSE = "# Runbook\n\nRestart the job. If it fails twice, page the platform team.\n"


def plant(root: Path, files: Mapping[str, str | bytes]) -> Repository:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Repository(root, exclude=("project.yaml",))


def look(roots: Mapping[str, Repository] | Repository, evidence: str) -> Looked:
    """The one piece of evidence of an answer, looked at."""
    described = project(f"{HEAD}monitoring:\n  on_call: {{answer: yes, evidence: {evidence}}}\n")
    places = {"": roots} if isinstance(roots, Repository) else roots
    return collect(described, practices(), places, {}).named["on_call"][0]


def problem(roots: Mapping[str, Repository] | Repository, evidence: str) -> str | None:
    seen = look(roots, evidence).evidence
    assert (seen.proof == Proof.CLAIMED) == (seen.problem is not None)
    return seen.problem


TREE: dict[str, str | bytes] = {
    "docs/runbook.md": PROSE,
    "docs/empty.md": "",
    "docs/operations.md": "# Operations\n\n## Drift\n\nChecked every week.\n\n## Alerts\n\nTODO\n\n## Costs\n",
    "docs/twice.md": "# A\n\n## Drift\n\n# B\n\n## Drift\n\nReviewed by two people every single week.\n",
    "docs/signed.pdf": b"%PDF-1.7\n\0\0binary",
    "hollow/a.md": "# A\n",
    "hollow/b.md": "TODO\n",
    "one/a.md": "# A\n",
    "reports/load.json": json.dumps({"p99_ms": 180, "late": "180", "deep": {"x": [1, 2]}}),
    "reports/broken.json": "{",
    "reports/load.yaml": "p99_ms: 190\n",
    "reports/broken.yaml": "a: [\n",
    "reports/big.json": '{"a": 1, "pad": "' + "x" * (2 << 20) + '"}',
    "ops/drift.py": "import os\n\n# nothing\n# here\n",
    "other.yaml": "readiness: 1\nproject:\n  name: x\n",
    "report.json": '{"schema": "readiness/report/v1"}',
    "project.yaml": HEAD,
}


@pytest.mark.parametrize(
    ("evidence", "proof", "kind"),
    [
        ("docs/runbook.md", Proof.DOCUMENTED, "file"),
        ("./docs//runbook.md", Proof.DOCUMENTED, "file"),
        ("docs", Proof.DOCUMENTED, "file"),
        ("docs/", Proof.DOCUMENTED, "file"),
        ("docs/*.md", Proof.DOCUMENTED, "file"),
        ("'**/*.{md,txt}'", Proof.DOCUMENTED, "file"),
        (".", Proof.DOCUMENTED, "file"),
        ("docs/signed.pdf", Proof.DOCUMENTED, "file"),
        ("reports/big.json", Proof.DOCUMENTED, "file"),
        ("{path: docs/operations.md, at: Drift}", Proof.DOCUMENTED, "section"),
        ("{path: docs/operations.md, at: '#drift'}", Proof.DOCUMENTED, "section"),
        ("{path: docs/twice.md, at: Drift}", Proof.DOCUMENTED, "section"),
        ("{path: ops/drift.py, at: L1-L3}", Proof.DOCUMENTED, "lines"),
        ("{path: reports/load.json, at: /p99_ms}", Proof.DOCUMENTED, "figure"),
        ("{path: reports/load.json, at: /p99_ms, max: 200}", Proof.VERIFIED, "figure"),
        ("{path: reports/load.json, at: /deep/x/1, min: 2}", Proof.VERIFIED, "figure"),
        ("{path: reports/load.yaml, at: /p99_ms, max: 200}", Proof.VERIFIED, "figure"),
        ("{path: '*/load.json', at: /p99_ms}", Proof.DOCUMENTED, "figure"),
    ],
)
def test_what_shows_something(tmp_path: Path, evidence: str, proof: Proof, kind: str) -> None:
    seen = look(plant(tmp_path, TREE), evidence).evidence
    assert (seen.proof, seen.kind, seen.problem) == (proof, kind, None)


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        ("docs/runbok.md", "there is no `docs/runbok.md`; did you mean `docs/runbook.md`?"),
        ("docs/RUNBOOK.md", "there is no `docs/RUNBOOK.md`; did you mean `docs/runbook.md`?"),
        ("doc/runbook.md", "there is no `doc`; did you mean `docs`?"),
        ("zzz.txt", "there is no `zzz.txt`"),
        ("docs/runbook.md/x", "`docs/runbook.md` is a file, so that nothing can lie below it"),
        ("docs/*.rst", "no file matches `docs/*.rst`"),
        ("doc/*.md", "nothing matches `doc/*.md`: there is no `doc`; did you mean `docs`?"),
        ("'[z-a]*.md'", "no file matches `[z-a]*.md`"),
        (".git/config", "nothing in `.git` is evidence"),
        ("docs/empty.md", "it is empty"),
        ("hollow", "none of its 2 files has content; of `hollow/a.md`: it holds no more than a heading"),
        ("one", "its only file is `one/a.md`: it holds no more than a heading"),
        ("project.yaml", "it is a description, checklist or report of readiness, which proves nothing"),
        ("other.yaml", "it is a description, checklist or report of readiness, which proves nothing"),
        ("report.json", "it is a description, checklist or report of readiness, which proves nothing"),
        (
            "{path: report.json, at: /schema}",
            "it is a description, checklist or report of readiness, which proves nothing",
        ),
        ("{path: docs/operations.md, at: Alerts}", "“Alerts”: it only says what is still to be done"),
        ("{path: docs/operations.md, at: Costs}", "“Costs”: it is empty"),
        ("{path: docs/operations.md, at: Drifts}", "no heading reads “Drifts”; did you mean “Drift”?"),
        ("{path: docs/operations.md, at: Quarterly}", "no heading reads “Quarterly”"),
        ("{path: docs, at: Drift}", "`at` needs one file, and `docs` names 5"),
        ("{path: docs/signed.pdf, at: Drift}", "it is no text, so that `at` has nothing to point to"),
        ("{path: docs/empty.md, at: Drift}", "it is empty"),
        ("{path: ops/drift.py, at: L3-L4}", "“L3-L4”: it holds no more than comments"),
        ("{path: ops/drift.py, at: L3-L9}", "there are no lines L3-L9: the file has 4 lines"),
        (
            "{path: ops/drift.py, at: main}",
            "`at: main` names a heading, which only Markdown files have: name lines, as L20-L60",
        ),
        (
            "{path: reports/load.json, at: p99_ms}",
            "`at: p99_ms` is no JSON pointer: begin it with a slash, as in `/metrics/auc`",
        ),
        (
            "{path: reports/load.json, at: /p99}",
            "nothing stands at `/p99`; did you mean `p99_ms` in place of `p99`?",
        ),
        ("{path: reports/load.json, at: /late, max: 200}", "what stands at `/late` is text, not a number"),
        ("{path: reports/load.json, at: /p99_ms, max: 150}", "180 misses the limit of at most 150 by 30"),
        ("{path: reports/broken.json, at: /a}", "it is not valid JSON (line 1)"),
        ("{path: reports/broken.yaml, at: /a}", "it is not valid YAML"),
        ("{path: reports/big.json, at: /a}", "it has more than 1 MB, too much to look for a part of it"),
        ("lib:docs/runbook.md", "the repository `lib` was not given (`--root lib=DIR`)"),
        ("{url: https://wiki.example.com/x}", "a link alone is a claim"),
        ("https://wiki.example.com/x", "a link alone is a claim"),
    ],
)
def test_what_shows_nothing_and_why(tmp_path: Path, evidence: str, why: str) -> None:
    assert problem(plant(tmp_path, TREE), evidence) == why


def test_the_first_hollow_part_does_not_hide_a_full_one(tmp_path: Path) -> None:
    assert look(plant(tmp_path, TREE), "{path: docs/twice.md, at: Drift}").evidence.line == 7


def test_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(PROSE)
    root = tmp_path / "repo"
    repository = plant(root, TREE)
    os.symlink("runbook.md", root / "docs/inner.md")
    os.symlink(outside / "secret.md", root / "secret.md")
    os.symlink(outside, root / "folder")
    os.symlink("nowhere.md", root / "dead.md")
    os.symlink("loop", root / "loop")
    assert problem(repository, "docs/inner.md") is None
    left = "is a link that leaves the repository, which is not followed"
    assert problem(repository, "secret.md") == f"`secret.md` {left}"
    assert problem(repository, "folder/secret.md") == f"`folder` {left}"
    assert problem(repository, "folder/*.md") == f"nothing matches `folder/*.md`: `folder` {left}"
    assert problem(repository, "dead.md") == "`dead.md` is a link to a file that does not exist"
    assert problem(repository, "loop") == "`loop` is a link that leads in a circle"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_pipes_and_empty_folders(tmp_path: Path) -> None:
    repository = plant(tmp_path, TREE)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "void").mkdir()
    assert problem(repository, "pipe") == "`pipe` is a device, pipe or socket, which is never read"
    assert problem(repository, "{path: pipe, at: /x}") == "`pipe` is a device, pipe or socket, which is never read"
    assert problem(repository, "void") == "the folder `void` holds no file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    repository = plant(tmp_path, TREE)
    (tmp_path / "docs/runbook.md").chmod(0)
    assert problem(repository, "docs/runbook.md") == "it cannot be read: check its permissions"


def test_no_repository() -> None:
    assert problem({}, "docs/runbook.md") == "no repository was looked at"
    assert problem({}, "lib:docs/a.md") == "the repository `lib` was not given (`--root lib=DIR`)"


def test_a_further_repository(tmp_path: Path) -> None:
    main, other = plant(tmp_path / "a", {"x:y.md": PROSE}), plant(tmp_path / "b", {"docs/a.md": PROSE})
    roots = {"": main, "lib": other}
    assert problem(roots, "lib:docs/a.md") is None
    assert problem(roots, "lib:docs/b.md") == "there is no `docs/b.md`; did you mean `docs/a.md`?"
    assert look(roots, "lib:docs").files == ("lib:docs/a.md",)


# --------------------------------------------------------------------------- one file for everything

SHARED = """monitoring:
  on_call: {{answer: yes, evidence: README.md}}
  runbook: {{answer: yes, evidence: ./README.md}}
  dashboards: {{answer: yes, evidence: [README.md]}}
{more}
"""


def test_a_file_may_be_named_for_three_practices(tmp_path: Path) -> None:
    repository = plant(tmp_path, {"README.md": PROSE})
    found = collect(project(HEAD + SHARED.format(more="")), practices(), {"": repository}, {})
    assert {item.evidence.proof for looked in found.named.values() for item in looked} == {Proof.DOCUMENTED}


def test_a_file_named_for_more_shows_none_but_what_a_detector_finds_in_it(tmp_path: Path) -> None:
    repository = plant(tmp_path, {"README.md": PROSE})
    hit = Evidence("detection", Proof.VERIFIED, "README.md", 1, "", None, None)
    more = "  alerting: {answer: yes, evidence: README.md}\n  postmortems: {answer: yes, evidence: README.md}"
    found = collect(project(HEAD + SHARED.format(more=more)), practices(), {"": repository}, {"runbook": (hit,)})
    proofs = {name: looked[0].evidence.proof for name, looked in found.named.items()}
    assert proofs.pop("runbook") == Proof.DOCUMENTED
    assert set(proofs.values()) == {Proof.CLAIMED}
    said = found.named["on_call"][0].evidence.problem
    assert said == "it is named whole for 4 practices and shows none: point to the part for this one with `at`"


def test_a_practice_that_the_file_shows_does_not_count_among_the_four(tmp_path: Path) -> None:
    repository = plant(tmp_path, {"README.md": PROSE})
    hit = Evidence("detection", Proof.VERIFIED, "README.md", 1, "", None, None)
    more = "  alerting: {answer: yes, evidence: README.md}"
    found = collect(project(HEAD + SHARED.format(more=more)), practices(), {"": repository}, {"runbook": (hit,)})
    assert {item.evidence.proof for looked in found.named.values() for item in looked} == {Proof.DOCUMENTED}


def test_entries_and_records_are_no_way_around_that(tmp_path: Path) -> None:
    repository = plant(tmp_path, {"README.md": PROSE})
    more = """infrastructure:
  latency_objective:
    - {max: 200, actual: 180, evidence: README.md}
    - {max: 300, actual: 180, evidence: README.md}
data_pipelines:
  data_sources: [{name: crm, owner: a, contract: README.md, refresh: daily}]
"""
    found = collect(project(HEAD + SHARED.format(more=more)), practices(), {"": repository}, {})
    assert {item.evidence.proof for looked in found.parts.values() for item in looked} == {Proof.CLAIMED}


# --------------------------------------------------------------------------- records and measures


def test_files_in_the_fields_of_a_record(tmp_path: Path) -> None:
    repository = plant(tmp_path, {"contracts/crm.yaml": "fields: [a]\n", "contracts/empty.yaml": ""})
    rows = "\n".join(
        f"    - {{name: n, owner: o, contract: {value}, refresh: daily}}"
        for value in ["contracts/crm.yaml", "contracts/empty.yaml", "contracts/none.yaml", "by word", "../crm.yaml"]
    )
    text = f"{HEAD}data_pipelines:\n  data_sources:\n{rows}\n"
    found = collect(project(text), practices(), {"": repository}, {})
    assert [len(found.parts["data_sources", i]) for i in range(5)] == [1, 0, 0, 0, 0]


def test_figures_of_a_measure(tmp_path: Path) -> None:
    text = f"""{HEAD}infrastructure:
  latency_objective:
    - {{max: 200, actual: {{path: reports/load.json, at: /p99_ms}}}}
    - {{max: 200, actual: {{path: reports/none.json, at: /p99_ms}}}}
    - {{max: 200, actual: 150}}
"""
    found = collect(project(text), practices(), {"": plant(tmp_path, TREE)}, {})
    assert {key: looked.figure for key, looked in found.actuals.items()} == {
        ("latency_objective", 0): 180,
        ("latency_objective", 1): None,
    }
