"""The HTML report in a real browser. Without Chromium, its driver or axe-core these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from readiness.reports import render
from tests.reports import sample, variants
from tests.reports.hostile import HOSTILE
from tests.reports.test_html import large, several

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = [n for n in ("playwright", "axe_playwright_python") if find_spec(n) is None]
if CHROMIUM is None:
    MISSING.append("a Chromium")
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} is not installed")

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens a report, and fails where the console, the network or a dialogue was used."""
    contexts, heard = [], []

    def opened(report: str, **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(report, encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": WIDE, **options}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url == file.as_uri() else heard.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


def visible(page: Any) -> list[int]:
    """The numbers of the gaps that are shown, from the top."""
    cells = page.locator(".register tbody tr:visible td:first-child").all_inner_texts()
    return [int(cell.rstrip(".")) for cell in cells]


REPORTS = {
    "changed": lambda: render(variants.changed(), "html"),
    "ready": lambda: render(sample.ready(), "html"),
    "several": several,
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", REPORTS)
def test_axe_finds_no_violation(show: Any, axe: str, name: str, scheme: str, size: dict[str, int]) -> None:
    page = show(REPORTS[name](), color_scheme=scheme, viewport=size)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [(v["id"], [(n["html"][:160], n["failureSummary"]) for n in v["nodes"][:3]]) for v in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 20
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440, 2200])
def test_nothing_runs_over_the_edge(show: Any, width: int) -> None:
    page = show(render(sample.hostile(HOSTILE["long"]), "html"), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_all_is_there(show: Any) -> None:
    page = show(render(variants.changed(), "html"), java_script_enabled=False)
    assert visible(page) == [1, 2, 3, 4, 5, 6]
    assert not page.locator("form").is_visible()
    details = page.locator("details").first
    page.locator("summary").first.click()
    assert "Fix" in details.inner_text()


def test_the_register_is_narrowed_by_keyboard(show: Any) -> None:
    from playwright.sync_api import expect

    page = show(render(variants.changed(), "html"))
    status = page.get_by_role("status")
    assert status.inner_text() == "All of 6 gaps shown"
    page.get_by_label("Severity").focus()
    page.keyboard.type("blo")
    assert visible(page) == [1, 2, 6]
    assert status.inner_text() == "3 of 6 gaps shown"
    page.get_by_label("Outcome").select_option(label="partly met")
    assert visible(page) == [2]
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text("All of 6 gaps shown")
    page.get_by_label("Text").focus()
    page.keyboard.type("PIPELINE stops")
    page.keyboard.press("Enter")
    assert visible(page) == [3]
    assert status.inner_text() == "1 of 6 gaps shown"
    page.locator("main a", has_text="Drift is measured").first.click()
    expect(status).to_have_text("All of 6 gaps shown")


def test_each_filter_narrows_to_what_it_says(show: Any) -> None:
    page = show(render(large(), "html"))
    columns = {"Severity": 4, "Stage": 5, "Dimension": 6, "Outcome": 7}
    for name, column in columns.items():
        chooser = page.locator(f".filters div:has(> label:text-is('{name}')) select")
        for label in chooser.locator("option").all_inner_texts()[1:] if chooser.count() else []:
            chooser.select_option(label=label)
            cells = page.locator(f".register tbody tr:visible > :nth-child({column})").all_inner_texts()
            assert cells
            assert {cell.strip() for cell in cells} == {label}
        chooser.select_option("") if chooser.count() else None
    assert len(visible(page)) == 200


def test_the_register_is_sorted_by_keyboard(show: Any) -> None:
    page = show(render(variants.changed(), "html"))
    head = page.locator(".register th", has_text="Control").first
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    titles = page.locator(".register tbody th").all_inner_texts()
    assert titles == sorted(titles, key=str.lower)
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert page.locator(".register tbody th").all_inner_texts() == titles[::-1]
    assert head.get_attribute("aria-sort") == "descending"
    assert page.locator("[aria-sort]").count() == 1
    page.get_by_label("Sort by").select_option("No.")
    assert visible(page) == [1, 2, 3, 4, 5, 6]
    page.get_by_label("Sort by").select_option("Due, owner")
    assert visible(page)[0] == 1
    page.get_by_label("Sort by").select_option("Effort")
    efforts = page.locator(".register tbody td:nth-child(8)").all_inner_texts()
    assert efforts == sorted(efforts, key=["hours", "days", "weeks"].index)


def test_focus_is_seen_and_the_contents_can_be_skipped(show: Any) -> None:
    page = show(render(sample.not_ready(), "html"))
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to the report"
    assert link.bounding_box()["x"] >= 0
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("e => document.querySelector('main').contains(e)")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_runs_nothing_and_makes_no_element(show: Any, text: str) -> None:
    count = "[...document.querySelectorAll('*')].filter(e => e.localName !== 'code').map(e => e.localName)"
    expected = show(render(sample.hostile("word"), "html")).evaluate(count)
    page = show(render(sample.hostile(text), "html"))
    assert page.evaluate(count) == expected
    page.get_by_label("Sort by").select_option("Control")
    page.get_by_label("Text").fill("alert")


def test_paper_shows_all_and_no_controls(show: Any) -> None:
    page = show(render(large(), "html"), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav").is_visible()
    assert not page.get_by_label("Sort by").is_visible()
    assert page.locator("details p").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.register thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.querySelector('.register tbody tr')).breakInside") == "avoid"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
