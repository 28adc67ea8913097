"""The badge is an SVG that any reader takes, whose words fit and can be read."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from readiness.model import Assessment, Band, Proof, Score, Verdict
from readiness.reports import render, render_all
from readiness.reports.badge import COLOURS, GREY
from readiness.reports.standing import KINDS, standing
from tests.reports import sample
from tests.reports.hostile import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text.encode("utf-8"))


def texts(root: ET.Element) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]


def scored(**changes: object) -> Assessment:
    """By a checklist without stages."""
    made = sample.not_ready()
    score = Score(12, 15, 88, made.score.weakest, None, 28)._replace(**changes)  # type: ignore[arg-type]
    bare = Verdict(None, None, None, ())
    return made._replace(target=None, verdict=bare, unwaived=bare, score=score)


def leaning(**changes: object) -> Assessment:
    return sample.ready()._replace(**changes)  # type: ignore[arg-type]


def waived() -> Assessment:
    """Ready, but only with its one waiver."""
    made = sample.ready()
    return made._replace(waivers=sample.not_ready().waivers, unwaived=made.verdict._replace(ready=False, stage="pilot"))


def waived_beyond() -> Assessment:
    """Ready without its waiver too, which counts for a later stage alone."""
    made = waived()
    scale = made.verdict._replace(stage="scale")
    return made._replace(verdict=scale, unwaived=made.verdict)


def held_by_waiver() -> Assessment:
    made = sample.not_ready()
    return made._replace(unwaived=made.verdict._replace(stage="proof_of_concept"))


def at_base() -> Assessment:
    made = sample.not_ready()
    return made._replace(verdict=made.verdict._replace(stage="proof_of_concept"))


STANDINGS = [
    (sample.ready(), "ready for production", "good"),
    (sample.not_ready(), "not ready for production, reached pilot", "held"),
    (at_base(), "not ready for production", "poor"),
    (waived(), "ready for production, with 1 waiver", "fair"),
    (waived_beyond(), "ready for production", "good"),
    (held_by_waiver(), "not ready for production, reached pilot, with 1 waiver", "held"),
    (leaning(accepted_proof=Proof.CLAIMED), "ready for production, by claimed proof", "fair"),
    (leaning(repository=False), "ready for production, no repository", "fair"),
    (scored(), "12 of 28 proven", "figure"),
    (scored(band=Band("Reasonably tested", 3, True)), "12 of 28 proven, Reasonably tested", "figure"),
    (scored(proven=None, weakest=None), "nothing applies", "nothing"),
]


@pytest.mark.parametrize(("made", "said", "kind"), STANDINGS, ids=range(len(STANDINGS)))
def test_the_badge_says_how_the_project_stands_and_on_what_that_leans(made: Assessment, said: str, kind: str) -> None:
    assert standing(made) == (said, kind)
    root = drawn(render(made, "badge"))
    assert texts(root) == ["readiness", said, "core@1.0.0 · 2026-11-22"]
    assert [r.get("fill") for r in root.iter(f"{SVG}rect")] == [GREY, COLOURS[kind]]


def test_a_screen_reader_hears_all_of_it() -> None:
    root = drawn(render(sample.not_ready(), "badge"))
    said = (
        "Readiness of churn-predictor: NOT READY for production: reached pilot, proven 55 of 100 "
        "(core@1.0.0, 2026-11-22)"
    )
    assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SVG}title")) == ("img", said, said)


def test_the_title_says_first_that_the_verdict_rests_on_less() -> None:
    title = drawn(render(leaning(accepted_proof=Proof.CLAIMED), "badge")).findtext(f"{SVG}title") or ""
    assert "Judged by lesser proof: claimed counts where the checklist asks for more. READY" in title


def test_several_checklists_have_a_row_each() -> None:
    root = drawn(render_all([sample.ready(), sample.not_ready(), scored()], "badge"))
    assert texts(root)[1::3] == ["ready for production", "not ready for production, reached pilot", "12 of 28 proven"]
    assert root.get("height") == "68"
    assert (root.findtext(f"{SVG}title") or "").count("core@1.0.0") == 3


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [GREY, *COLOURS.values()])
def test_white_letters_can_be_read(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_every_kind_of_standing_has_a_colour() -> None:
    assert set(COLOURS) == set(KINDS)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    made = sample.hostile(text)
    checklist = made.checklist._replace(id=f"{text}core", version=f"1{text}")
    made = made._replace(checklist=checklist, score=made.score._replace(band=Band(text, 1, True)))
    bare = Verdict(None, None, None, ())
    for each in (made, made._replace(target=None, verdict=bare)):
        root = drawn(render(each, "badge"))
        assert {e.tag.removeprefix(SVG) for e in root.iter()} == {"svg", "title", "g", "rect", "text"}
        assert not {name for e in root.iter() for name in e.attrib if name.startswith("on") or "href" in name}
        assert int(root.get("width", "0")) < 1500
        for shown in root.iter(f"{SVG}text"):
            assert float(shown.get("x", "0")) + float(shown.get("textLength", "0")) < int(root.get("width", "0"))
        assert len(root.findtext(f"{SVG}title") or "") < 600


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_chromium_measures_the_words_about_as_wide_as_reckoned(tmp_path: Path) -> None:
    """The table's widths against those of the font that a browser takes, with nothing stretched."""
    badge = render_all([made for made, _, _ in STANDINGS], "badge").replace(' lengthAdjust="spacingAndGlyphs"', "")
    script = (
        "<script>document.title=[...document.querySelectorAll('text')].map(t=>{const w=t.getAttribute('textLength');"
        "t.removeAttribute('textLength');return (t.getBBox().width/w).toFixed(3)}).join(' ');"
        "document.documentElement.setAttribute('data-found',document.title)</script>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{badge}{script}", encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    ratios = [float(found) for found in done.stdout.split('data-found="')[1].split('"')[0].split()]
    assert len(ratios) == 3 * len(STANDINGS)
    assert all(0.85 < ratio < 1.15 for ratio in ratios), ratios
