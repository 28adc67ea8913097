"""Earlier reports read back: whole ones, old ones, and every kind of bad file."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readiness.errors import InputError
from readiness.loaders import baseline
from readiness.loaders.baseline import load_kept, read_kept
from readiness.model.baseline import Growth
from readiness.reports import kept as writer
from readiness.reports.json import render_all, report
from readiness.steps.compare import compare
from tests.factories import assessment, checklist, control, judge, waiver

YES: Any = {"answer": "yes", "evidence": {"path": "docs/a.md", "at": "L1"}}
FOUND = assessment(judge(checklist(control("one", "a"), control("two", "b")), {"a": YES}, waivers=[waiver("two")]))
WHOLE: dict[str, Any] = json.loads(json.dumps(report(FOUND)))
GROWTH = (Growth(date(2026, 11, 2), "a merger", ("two",)),)
KINDS = {
    "report": json.dumps(WHOLE),
    "set": render_all([FOUND]),
    "baseline": writer.text([writer.slim(FOUND)], GROWTH),
    "bom": "\ufeff" + json.dumps(WHOLE),
}


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "old.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def message(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_kept(path)
    (said,) = caught.value.diagnostics
    assert said.path == str(path)
    assert said.help == baseline.HELP
    return said.message


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_the_same_report(kind: str, tmp_path: Path) -> None:
    kept, data = load_kept(written(tmp_path, KINDS[kind]))
    assert data["schema"].startswith("readiness/")
    found = kept.reports["ruler"]
    assert kept.reports == {"ruler": found}
    assert kept.growth == (GROWTH if kind == "baseline" else ())
    assert (found.version, found.digest, found.as_of, found.target, found.project) == (
        "1.0.0", "sha256:0", FOUND.as_of, "production", "p",
    )  # fmt: skip
    assert {f.control: (f.outcome, f.claimed, f.waived, f.practices) for f in found.findings.values()} == {
        "one": ("met", 2, False, ("a",)), "two": ("unknown", 0, True, ("b",)),
    }  # fmt: skip
    assert found.dimensions["monitoring"] == (4, 8)
    assert (found.stages, found.scheme["within"]) == (("pilot", "production", "scale"), "share")
    assert dict(found.weights) == {"blocker": 3, "major": 2, "minor": 1}


def test_an_older_report_lacks_what_came_later() -> None:
    old = copy.deepcopy(WHOLE)
    for finding in old["findings"]:
        for key in ("lapsed", "advisory", "requirements", "change", "practices", "stage"):
            finding.pop(key)
        finding["waiver"] = None
    for key in ("description", "baseline", "target", "notices"):
        old.pop(key)
    found = read_kept(old).reports["ruler"]
    assert {(f.lapsed, f.advisory, f.waived, f.practices, f.stage) for f in found.findings.values()} == {
        (False, False, False, (), None)
    }
    assert (found.target, found.description) == (None, "")
    scores = compare(found, read_kept(WHOLE).reports["ruler"]).scores
    assert [part.old for part in scores if part.name == "overall"] == [50, 50]


SCHEMA = "this is no report of readiness: its `schema` is "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xff\xfe{", "the file is not UTF-8: byte 0 cannot be read"),
        (b"\x00\x01\x02", "the file is not JSON: Expecting value"),
        ("", "the file is not JSON: Expecting value"),
        ("readiness: 1\n", "the file is not JSON: Expecting value"),
        ('{"a": 1,}', "the file is not JSON: Expecting property name enclosed in double quotes"),
        ("[" * 100_000, "the file is not JSON that can be read"),
        ('{"schema": ' + "9" * 5000 + "}", "the file is not JSON that can be read"),
        ("[]", SCHEMA + "null"),
        ("3", SCHEMA + "null"),
        ("{}", SCHEMA + "null"),
        ('{"schema": ["a"]}', SCHEMA + '["a"]'),
        ('{"schema": "readiness/report/v2"}', SCHEMA + '"readiness/report/v2"'),
        ('{"schema": "readiness/report/v1"}', "this is no whole report: `checklist` is missing or holds no fields"),
        ('{"schema": "readiness/report-set/v1"}', "this is no whole report: `assessments` is missing or no list"),
        ('{"schema": "readiness/baseline/v1", "assessments": [1]}',
         "this is no whole report: `assessments[0]` is missing or holds no fields"),
        ('{"schema": "readiness/baseline/v1", "assessments": [], "growth": 5}',
         "this is no whole report: `growth` is missing or no list"),
    ],
)  # fmt: skip
def test_a_bad_file(text: str | bytes, expected: str, tmp_path: Path) -> None:
    assert message(written(tmp_path, text)) == expected


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert message(tmp_path / "gone.json") == "the report cannot be read: No such file or directory"
    assert message(tmp_path) == "the report cannot be read: Is a directory"
    assert message(written(tmp_path, "{}") / "below") == "the report cannot be read: Not a directory"
    monkeypatch.setattr(baseline, "LIMIT", 1 << 20)
    assert message(written(tmp_path, " " * (1 << 20) + "{}")) == "the file has more than 1 MB"


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_truncated_report(cut: int, tmp_path: Path) -> None:
    text = KINDS["baseline"]
    assert message(written(tmp_path, text[: len(text) * cut // 20])).startswith("the file is not JSON: ")


@pytest.mark.parametrize(
    ("way", "value", "expected"),
    [
        (("checklist",), 1, "`checklist` is missing or holds no fields"),
        (("checklist", "id"), "", "`id` is missing or no text"),
        (("description",), "sha256:0", "`description` is missing or holds no fields"),
        (("as_of",), "2026-02-30", "`as_of` is no date"),
        (("scoring", "weights", "major"), True, "`major` is missing or no whole number"),
        (("scoring", "weights", "major"), -1, "`major` is missing or no whole number"),
        (("scoring", "thresholds"), [], "`scoring.thresholds` is missing or holds no fields"),
        (("dimensions", 0, "earned"), 1.5, "`earned` is missing or no whole number"),
        (("findings",), {}, "`findings` is missing or no list"),
        (("findings", 0), "x", "`findings` is missing or holds no fields"),
        (("findings", 0, "outcome"), ["met"],
         '`outcome` is ["met"], and not one of met, partial, unproven, unmet, unknown, not_applicable'),
        (("findings", 0, "claimed"), 2, "`claimed` is 2, and not one of no, partial, yes"),
        (("findings", 0, "severity"), None, "`severity` is null, and not one of blocker, major, minor"),
    ],
)  # fmt: skip
def test_a_wrong_value(way: tuple[Any, ...], value: Any, expected: str, tmp_path: Path) -> None:
    data = put(way, value)
    assert message(written(tmp_path, json.dumps(data))) == f"this is no whole report: {expected}"


def put(way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(WHOLE)
    at: Any = data
    for step in way[:-1]:
        at = at[step]
    if value is GONE:
        del at[way[-1]]
    else:
        at[way[-1]] = value
    return data


GONE = object()
VALUES = (GONE, None, True, 0, -1, 1.5, "x", "", [], [1], {}, {"a": 1}, "9" * 30)


def ways(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a report, the first of each list standing for all."""
    below = (
        list(value.items()) if isinstance(value, dict) else [(0, value[0])] if isinstance(value, list) and value else []
    )
    return [way for key, each in below for way in ((*above, key), *ways(each, (*above, key)))]


@pytest.mark.parametrize("key", [key for key in WHOLE if key != "schema"])
def test_whatever_stands_anywhere_is_read_or_refused(key: str, tmp_path: Path) -> None:
    """What is read can be compared too, in either place."""
    good = read_kept(WHOLE).reports["ruler"]
    for way in ((key,), *ways(WHOLE[key], (key,))):
        for value in VALUES:
            path = written(tmp_path, json.dumps(put(way, value)))
            try:
                (found,) = load_kept(path)[0].reports.values()
            except InputError as refused:
                assert "this is no whole report: `" in refused.diagnostics[0].message, way
            else:
                compare(found, good)
                compare(good, found)
