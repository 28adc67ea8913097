"""The HTML report, read by a strict parser: valid, whole, safe, and of the same counts as the JSON report."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from readiness.model import Assessment, Published, Requirement
from readiness.pipeline import assess_all
from readiness.reports import render, render_all
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE

EXAMPLES = Path(__file__).parents[2] / "examples"
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def parsed(report: str) -> Element:
    """The document, which the strict parser accepts without one error."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(report)
    return tree


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def all_of(tree: Element, tag: str) -> list[Element]:
    return list(tree.iter(HTML + tag))


def rows(tree: Element, caption: str) -> list[list[str]]:
    """The body of the table whose caption begins so."""
    (table,) = [t for t in all_of(tree, "table") if said(all_of(t, "caption")[0]).startswith(caption)]
    return [[said(cell) for cell in row] for row in all_of(all_of(table, "tbody")[0], "tr")]


@cache
def large() -> Assessment:
    """200 controls of the shipped checklists, of which nobody has answered one."""
    names = ("core", "nist-ai-rmf", "eu-ai-act", "owasp-llm", "iso-42001")
    description = EXAMPLES / "minimal" / "project.yaml"
    made = assess_all(description, checklists=names, target="scale", as_of=date(2026, 11, 22))
    known: dict[str, Any] = {f.control.id: f for each in made for f in each.plan}
    findings = tuple(
        f._replace(control=f.control._replace(id=f"{f.control.id}_{number}"))
        for number, f in enumerate([*known.values(), *(f for each in made for f in each.plan)][:200])
    )
    practices = {s.practice.id: s for each in made for s in each.practices}
    dimensions = {d.id: d for each in made for d in each.checklist.dimensions}
    core = made[0]
    checklist = core.checklist._replace(
        controls=tuple(f.control for f in findings), dimensions=tuple(dimensions.values())
    )
    return core._replace(checklist=checklist, findings=findings, plan=findings, practices=tuple(practices.values()))


def several() -> str:
    return render_all([sample.not_ready(), variants.unstaged(), sample.ready()], "html")


REPORTS: dict[str, Callable[[], str]] = {
    **{make.__name__: (lambda make=make: render(make(), "html")) for make in variants.ALL},  # type: ignore[misc]
    "large": lambda: render(large(), "html"),
    "several": several,
}


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS.keys())
def test_it_is_valid_and_of_good_build(make: Callable[[], str]) -> None:
    tree = parsed(make())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [a.get("href", "") for a in all_of(tree, "a")]
    assert {t[1:] for t in targets if t.startswith("#")} <= set(ids)
    levels = [int(e.tag[-1]) for e in tree.iter() if isinstance(e.tag, str) and re.fullmatch(f"{HTML}h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in all_of(tree, "table"):
        assert said(all_of(table, "caption")[0])
        assert {cell.get("scope") for cell in all_of(table, "th")} == {"col", "row"}
    assert [len(all_of(tree, name)) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert all(svg.get("aria-label") or svg.get("class") is None for svg in tree.iter(SVG + "svg"))


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS.keys())
def test_nothing_is_loaded_and_only_two_things_may_run(make: Callable[[], str]) -> None:
    report = make()
    tree = parsed(report)
    assert not [e for e in tree.iter() if {"src", "srcset", "style", "action", "data", "poster"} & set(e.keys())]
    assert not [e for e in tree.iter() for name in e.attrib if name.startswith("on")]
    assert not [e for tag in ("link", "img", "iframe", "object", "embed", "base") for e in all_of(tree, tag)]
    (style,), (script,) = all_of(tree, "style"), all_of(tree, "script")
    assert "url(" not in (style.text or "")
    assert "@import" not in (style.text or "")
    (policy,) = [m.get("content") for m in all_of(tree, "meta") if m.get("http-equiv") == "Content-Security-Policy"]
    style_digest, script_digest = (
        b64encode(sha256((element.text or "").encode()).digest()).decode() for element in (style, script)
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style_digest}'; script-src 'sha256-{script_digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("make", variants.ALL)
def test_its_counts_are_those_of_the_json_report(make: Callable[[], Assessment]) -> None:
    tree, report = parsed(render(make(), "html")), variants.as_json(make())
    standing = variants.standing(report)
    assert [row[0] for row in _register(tree)] == [str(n) for n in range(1, len(_register(tree)) + 1)]
    ids = [next(c.text for c in th.iter(HTML + "code")) for th in _register_heads(tree)]
    assert ids == report["plan"] + [c for c in ids if c in standing["waived"]]
    assert sorted(ids) == sorted(standing["open"] + standing["waived"])
    outcomes = rows(tree, "Controls by outcome")
    for row, dimension in zip(outcomes, report["dimensions"], strict=False):
        assert row == [dimension["title"], *map(str, dimension["counts"].values())]
    for row, dimension in zip(rows(tree, "Scores"), report["dimensions"], strict=True):
        figures = [dimension["proven"], dimension["claimed"], dimension["threshold"]]
        assert row[2:5] == ["–" if figure is None else str(figure) for figure in figures]
    met = [f for f in report["findings"] if f["outcome"] in ("met", "partial")]
    assert len(rows(tree, f"{len(met)} control")) == len(met)


def _table(tree: Element) -> list[Element]:
    return [t for t in all_of(tree, "table") if "register" in (t.get("class") or "")]


def _register(tree: Element) -> list[list[str]]:
    return [[said(c) for c in row] for t in _table(tree) for row in all_of(all_of(t, "tbody")[0], "tr")]


def _register_heads(tree: Element) -> list[Element]:
    return [th for t in _table(tree) for th in all_of(t, "th") if th.get("scope") == "row"]


def test_the_bars_are_the_figures() -> None:
    made = sample.not_ready()
    drawn = [svg for svg in parsed(render(made, "html")).iter(SVG + "svg") if svg.get("role") == "img"]
    for svg, score in zip(drawn, made.dimensions, strict=True):
        widths = {rect.get("class"): rect.get("width") for rect in svg.iter(SVG + "rect")}
        if score.proven is None:
            assert (set(widths), svg.get("aria-label")) == ({"track"}, "nothing proven, nothing claimed, 70 needed")
        else:
            assert widths["proven"] == f"{1000 * score.earned // score.possible / 10:g}%"
            assert svg.get("aria-label") == f"{score.proven} proven, {score.claimed} claimed, 70 needed"


def test_two_hundred_gaps_stay_small() -> None:
    report = render(large(), "html")
    assert len(_register(parsed(report))) == 200
    assert len(report.encode()) < 300_000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_changes_no_structure(text: str) -> None:
    report = render(sample.hostile(text), "html")
    report.encode("utf-8")
    assert not set("\x00\x1b\x07\x7f\x9b\u202e\u200b\u2066\ufeff") & set(report)
    assert _shape(report) == _shape(render(sample.hostile("word"), "html"))


def _shape(report: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """How many elements there are of each name and attributes; code in a sentence is a matter of its text."""
    found = Counter((str(e.tag), tuple(sorted(e.keys()))) for e in parsed(report).iter())
    del found[(f"{HTML}code", ())]
    return found


def test_what_is_said_reaches_the_reader_as_it_is() -> None:
    text = """<b>&amp; "x" 'y'</b>"""
    tree = parsed(render(sample.hostile(text), "html"))
    assert said(all_of(tree, "h1")[0]) == f"{text} churn-predictor"
    assert said(all_of(tree, "title")[0]) == f"{text} churn-predictor: production readiness"


def test_a_published_source_is_named_with_its_requirements() -> None:
    made = sample.not_ready()
    source = Published("An act", "2024/1689", "https://law.example/act?a=1&b=2", "Not legal advice.")
    asked = (Requirement("9(1)", "Risk management", None), Requirement("99", "Fines", "a matter of the state"))
    findings = tuple(
        f._replace(control=f.control._replace(requirements=("9(1)",))) if f.control.id == "drift" else f
        for f in made.findings
    )
    made = variants.planned(made, findings)
    made = made._replace(checklist=made.checklist._replace(source=source, requirements=asked))
    tree = parsed(render(made, "html"))
    assert rows(tree, "An act: 1 requirement of 2 judged") == [
        ["9(1)", "Risk management", "drift claimed, not proven"],
        ["99", "Fines", "outside: a matter of the state"],
    ]
    (note,) = [p for p in all_of(tree, "p") if p.get("class") == "note"]
    assert said(note) == "An act, 2024/1689. Not legal advice. https://law.example/act?a=1&b=2"
    assert [a.get("href") for a in all_of(note, "a")] == [source.url]
    assert said(_register_heads(tree)[0]) == "Drift is measured against a reference and someone is told drift 9(1)"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "//evil.example", "data:text/html,x"])
def test_what_is_no_address_of_the_web_is_no_link(address: str) -> None:
    made = variants.unstaged()
    source = Published("A rubric", "2017", address, "A note.")
    tree = parsed(render(made._replace(checklist=made.checklist._replace(source=source)), "html"))
    assert not [a for a in all_of(tree, "a") if not (a.get("href") or "").startswith("#")]


def test_changes_stand_in_the_register_and_apart() -> None:
    tree = parsed(render(variants.changed(), "html"))
    assert [row[1] for row in rows(tree, "4 changes against core@1.0.0")] == ["new", "worse", "better", "fixed"]
    by_change = {row[1].split()[-1]: row[6] for row in _register(tree)}
    assert by_change["data_validation"] == "not met, worse"
    assert by_change["value_metrics"] == "partly met"


def test_several_checklists_stand_under_a_matrix() -> None:
    tree = parsed(several())
    found = rows(tree, "How each checklist judges the project")
    assert [row[0] for row in found] == ["core@1.0.0", "ml-test-score@1.0.0", "core@1.0.0"]
    assert [said(h) for h in all_of(tree, "h2")] == [
        "By checklist",
        "Core: from proof of concept to scale",
        "ML Test Score",
        "Core: from proof of concept to scale",
    ]
    assert len(all_of(tree, "article")) == 3
    assert len(all_of(tree, "style")) == len(all_of(tree, "script")) == 1


def test_the_order_in_which_things_come_makes_no_difference() -> None:
    made = sample.not_ready()
    turned = made._replace(
        findings=made.findings[::-1],
        practices=made.practices[::-1],
        contradictions=made.contradictions[::-1],
        removals=made.removals[::-1],
        waivers=made.waivers[::-1],
    )
    assert render(turned, "html") == render(made, "html")
