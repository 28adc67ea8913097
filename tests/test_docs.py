"""The documentation says what is so: generated pages are current, examples are valid, commands run, links lead."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from readiness import assess, library
from readiness.answers import ATTESTED, BESIDE, ENTRY, EVIDENCE
from readiness.loaders.project import ASSESS_FIELDS, MODEL_FIELDS, PROJECT_FIELDS, TOP
from readiness.loaders.waivers import WAIVER_FIELDS
from readiness.model import FACTS
from readiness.pipeline import read_inputs
from readiness.reports import render
from readiness.schemas.content import CHECKLIST, PRACTICE
from tests import doc_runner

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GENERATED = (DOCS / "practices.md", *sorted((DOCS / "checklists").glob("*.md")))
PAGES = (
    ROOT / "README.md",
    ROOT / "checklists/README.md",
    ROOT / "examples/bank-overlay/README.md",
    *sorted(DOCS.glob("*.md")),
    *sorted((DOCS / "checklists").glob("*.md")),
)
AS_OF = date(2026, 11, 22)
RENDERED_AT_MOST = 500_000
"""GitHub shows larger Markdown files as plain text."""


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --------------------------------------------------------------------------- generated pages


def tool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "tools/pages.py"), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_generated_pages_are_current() -> None:
    done = tool(ROOT, "--check")
    assert (done.returncode, done.stdout) == (0, ""), f"run `python tools/pages.py`\n{done.stdout}{done.stderr}"


def test_a_page_that_is_not_current_is_named_and_written_anew(tmp_path: Path) -> None:
    for each in ("docs", "tools", "checklists", "examples", "README.md"):
        copy = shutil.copytree if (ROOT / each).is_dir() else shutil.copy
        copy(ROOT / each, tmp_path / each)
    changed, stray = tmp_path / "docs/checklists/core.md", tmp_path / "docs/checklists/gone.md"
    block = tmp_path / "docs/scoring.md"
    kept = text(changed), text(block)
    changed.write_text(kept[0] + "more\n", encoding="utf-8")
    block.write_text(kept[1].replace("<!-- pages: core-example -->\n", "<!-- pages: core-example -->\nold\n"))
    stray.write_text("a checklist that is no longer there\n")
    listed = "docs/checklists/core.md\ndocs/scoring.md\ndocs/checklists/gone.md\n"
    checked = tool(tmp_path, "--check")
    assert (checked.returncode, checked.stdout) == (1, listed)
    written = tool(tmp_path)
    assert (written.returncode, written.stdout) == (0, listed)
    assert (text(changed), text(block), stray.exists()) == (*kept, False)
    assert tool(tmp_path, "--check").returncode == 0


def test_an_unknown_argument_is_refused() -> None:
    assert tool(ROOT, "--wrong").returncode == 2


def test_every_practice_and_every_control_has_its_place() -> None:
    headings = set(re.findall(r"^### `(.+)`$", text(DOCS / "practices.md"), re.MULTILINE))
    assert headings == set(library.practices())
    for entry in library.shipped():
        page = text(DOCS / f"checklists/{entry.id}.md")
        if f"`{entry.id}@{entry.version}`, released" in page:
            found = re.findall(r"^### `(.+)`$", page, re.MULTILINE)
            assert found == [control.id for control in library.checklist(entry.id, entry.version).controls]
        assert f"**{entry.version}**" in page


@pytest.mark.parametrize("page", GENERATED, ids=name)
def test_github_renders_the_page(page: Path) -> None:
    assert len(text(page).encode()) < RENDERED_AT_MOST
    tokens = MarkdownIt("commonmark").enable("table").parse(text(page))
    rows = Counter(token.type for token in tokens)
    lines = [line for line in text(page).splitlines() if line.startswith("|")]
    heads = [line for line in lines if set(line) <= set("| -")]
    assert rows["tr_open"] == len(lines) - len(heads)
    assert [t.map for t in tokens if t.type == "html_block"] == [[0, 1]]


# --------------------------------------------------------------------------- links


def anchors(page: Path) -> Counter[str]:
    """The anchors that GitHub gives the headings of a page."""
    body = doc_runner.FENCE.sub("", text(page))
    headings = re.findall(r"^#{1,6} (.+)$", body, re.MULTILINE)
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return Counter([*slugs, *re.findall(r'<a id="([^"]+)"', body)])


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    body = doc_runner.FENCE.sub("", text(page))
    for link in dict.fromkeys(re.findall(r"\]\(([^)\s]+)\)", body)):
        path, _, anchor = link.partition("#")
        if path.startswith("https://"):
            continue
        target = (page.parent / path).resolve() if path else page
        assert target.exists() and ROOT in (target, *target.parents), link
        assert not anchor or anchors(target)[anchor] == 1, link


def test_the_index_names_every_page_and_the_readme_every_checklist() -> None:
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in text(DOCS / "README.md")
    for entry in library.shipped():
        assert f"(docs/checklists/{entry.id}.md)" in text(ROOT / "README.md")
        assert f"(checklists/{entry.id}.md)" in text(DOCS / "README.md")


# --------------------------------------------------------------------------- commands and examples


@pytest.mark.parametrize(
    ("page", "commands"), [("description.md", 4), ("scoring.md", 1), ("writing-a-checklist.md", 17)]
)
def test_the_commands_of_a_page(page: str, commands: int, tmp_path: Path) -> None:
    assert doc_runner.run(DOCS / page, tmp_path) == commands


@pytest.mark.parametrize(
    "block", ["$ echo one\ntwo\n", "$ echo one  # exits 2\n", "$ false\n", "$ echo one\none\ntwo\n", "$ echo 1\n"]
)
def test_a_page_that_says_something_else_is_noticed(block: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```console\n{block}```\n", encoding="utf-8")
    if block == "$ echo 1\n":
        assert doc_runner.run(page, tmp_path) == 1
        return
    with pytest.raises(AssertionError):
        doc_runner.run(page, tmp_path)


FRAGMENTS = [
    block.body
    for block in doc_runner.blocks(text(DOCS / "description.md"))
    if block.language == "yaml" and block.file is None
]


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=range(len(FRAGMENTS)))
def test_the_parts_of_a_description_are_valid(fragment: str, tmp_path: Path) -> None:
    head = "" if fragment.startswith("project:") else "project: {name: example}\n"
    path = tmp_path / "project.yaml"
    path.write_text(f"readiness: 1\n{head}{fragment}", encoding="utf-8")
    project = read_inputs(path).project
    assert project.answers or project.facts or project.waivers or project.owner or project.target


def evidence_rows() -> list[tuple[str, str]]:
    """Each form of evidence that the page lists, with what it says that it is worth."""
    section = text(DOCS / "description.md").partition("## Evidence")[2].partition("## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:3] == "| `"]
    found = [(form, row[2].split(",")[0].split(";")[0]) for row in rows for form in re.findall(r"`([^`]+)`", row[0])]
    return [(form, worth) for form, worth in found if form not in ("attested: {by, date}", "evidence")]


@pytest.mark.parametrize(("form", "worth"), evidence_rows())
def test_a_form_of_evidence_is_worth_what_the_page_says(form: str, worth: str, tmp_path: Path) -> None:
    section = "Whoever is on call looks at the drift report each morning and writes down what was done."
    for path, content in {
        "docs/runbook.md": f"# Runbook\n\n{section}\n",
        "docs/operations.md": f"# Operations\n\n## Drift\n\n{section}\n",
        "ops/drift.py": "\n".join(f"step_{number}()" for number in range(70)),
        "reports/eval.json": '{"metrics": {"auc": 0.84}}',
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    project = tmp_path / "project.yaml"
    head = "readiness: 1\nproject: {name: example}\nmonitoring:\n"
    project.write_text(f"{head}  on_call:\n    answer: yes\n    evidence:\n      - {form}\n", encoding="utf-8")
    state = next(s for s in assess(project, as_of=AS_OF).practices if s.practice.id == "on_call")
    assert state.proof.name.lower() == worth


def test_every_form_of_evidence_is_tried() -> None:
    assert len(evidence_rows()) == 8 and {worth for _, worth in evidence_rows()} == {
        "claimed",
        "documented",
        "verified",
    }


def test_the_commands_that_the_readme_names_for_checklists(tmp_path: Path) -> None:
    section = text(ROOT / "README.md").partition("\n## Checklists\n")[2].partition("\n## ")[0]
    named = re.findall(r"`(readiness [^`]*(?:core|ml-test-score)[^`]*)`", section)
    assert len(named) == 2
    shutil.copytree(ROOT / "examples/churn-batch", tmp_path, dirs_exist_ok=True)
    page = tmp_path / "page.md"
    page.write_text("```console\n" + "".join(f"$ {line}\n" for line in named) + "```\n", encoding="utf-8")
    assert doc_runner.run(page, tmp_path) == 2


def test_every_field_of_a_description_is_explained() -> None:
    page = text(DOCS / "description.md")
    fields = {*TOP, *PROJECT_FIELDS, *MODEL_FIELDS, *ASSESS_FIELDS, *BESIDE, *ENTRY, *EVIDENCE, *ATTESTED, *FACTS}
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`\n]+`", page))))
    assert fields - explained == set()
    shown = set(re.findall(r"^[ {-]*([a-z_]+):", page, re.MULTILINE))
    assert set(WAIVER_FIELDS) - shown == set()


def keys(schema: Any) -> set[str]:
    """Every key that a schema knows, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(keys, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(keys, schema.values()))


@pytest.mark.parametrize(
    ("page", "schema"), [("docs/writing-a-checklist.md", CHECKLIST), ("checklists/README.md", PRACTICE)]
)
def test_every_key_of_a_checklist_and_of_a_practice_is_explained(page: str, schema: dict[str, Any]) -> None:
    explained = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`\n]+`", text(ROOT / page)))))
    assert keys(schema) - explained == set()


BY_HAND = [page for page in PAGES if page not in GENERATED and page.name != "detectors.md"]
"""The pages with whole examples; the blocks of detectors.md show several forms of one key."""


@pytest.mark.parametrize("page", BY_HAND, ids=name)
def test_every_yaml_block_is_yaml(page: Path) -> None:
    for block in doc_runner.blocks(text(page)):
        if block.language == "yaml":
            assert isinstance(yaml.safe_load(block.body), dict)


# --------------------------------------------------------------------------- the worked examples of scoring.md


def tables(block: str) -> list[list[list[str]]]:
    """The tables of a generated block of scoring.md, without their heads."""
    body = text(DOCS / "scoring.md").partition(f"<!-- pages: {block} -->")[2].partition("<!-- /pages -->")[0]
    found = re.findall(r"(?:^\|.*\n)+", body, re.MULTILINE)
    return [[[cell.strip(" *`") for cell in row.strip("|").split("|")] for row in t.splitlines()[2:]] for t in found]


def report(project: Path, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(assess(project, as_of=AS_OF, **options), "json"))
    return found


def test_the_share_is_worked_as_the_report_has_it() -> None:
    data = report(ROOT / "examples/churn-batch/project.yaml")
    by_control, by_dimension = tables("core-example")
    titles = {d["title"]: d for d in data["dimensions"]}
    assert [[int(r[1]), int(r[2])] for r in by_dimension] == [[d["earned"], d["possible"]] for d in titles.values()]
    assert [r[3:] for r in by_dimension] == [[f"{d['proven']} %", f"{d['claimed']} %"] for d in titles.values()]
    assert [int(cell) for cell in by_control[-1][3:]] == [
        titles["Monitoring"][key] for key in ("possible", "earned", "claimed_earned")
    ]
    assert [sum(int(row[i]) for row in by_control[:-1]) for i in (3, 4, 5)] == [int(c) for c in by_control[-1][3:]]
    outcomes = {finding["control"]: finding["outcome"] for finding in data["findings"]}
    assert all(outcomes[row[0]] == row[2] for row in by_control[:-1])
    mean = sum(100 * int(r[1]) / int(r[2]) for r in by_dimension) / len(by_dimension)
    assert int(mean + 1e-9) == data["score"]["proven"]
    assert f"which is {data['score']['proven']} % when rounded" in text(DOCS / "scoring.md")


def test_the_sum_is_worked_as_the_report_has_it(tmp_path: Path) -> None:
    block = next(b for b in doc_runner.blocks(text(DOCS / "scoring.md")) if b.file == "rubric/project.yaml")
    path = tmp_path / "project.yaml"
    path.write_text(block.body, encoding="utf-8")
    data = report(path)
    by_control, by_section = tables("sum-example")
    assert [int(r[1]) for r in by_section] == [d["earned"] for d in data["dimensions"]]
    assert [float(r[2]) for r in by_section] == [d["earned"] / 2 for d in data["dimensions"]]
    assert sum(int(row[4]) for row in by_control[:-1]) == int(by_control[-1][4]) == data["dimensions"][-1]["earned"]
    assert min(float(r[2]) for r in by_section) == data["score"]["proven"]
    assert f"**{data['score']['proven']} points**, “{data['score']['band']}”" in text(DOCS / "scoring.md")
