"""Shelves: names and versions, own practices, and releases that never change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shelf import PRACTICE, WHOLE, put, told

import readiness
from readiness.errors import InputError
from readiness.rulers import Rulers
from readiness.shelves import (
    RECORD,
    Missing,
    Place,
    around,
    checked,
    from_environment,
    highest,
    is_path,
    on_shelf,
    own_practices,
    place_of,
    released,
)

NAMES = [("core", "1.0.0"), ("core", "1.2.0"), ("core", "1.10.0"), ("core", "2.0.0"), ("other", "1.0.0")]
PLACES = [Place(name, version, Path(name, f"{version}.yaml"), None) for name, version in NAMES]


@pytest.mark.parametrize(
    ("reference", "version"),
    [("core", "2.0.0"), ("core@1", "1.10.0"), ("core@1.2", "1.2.0"), ("core@1.10", "1.10.0"), ("core@1.0.0", "1.0.0"),
     ("core@2", "2.0.0"), ("other", "1.0.0")],
)  # fmt: skip
def test_a_name_finds_the_highest_version_that_fits(reference: str, version: str) -> None:
    assert highest(reference, PLACES).version == version


@pytest.mark.parametrize(
    ("reference", "message", "help"),
    [
        ("cor", "there is no checklist `cor`", "did you mean `core`?"),
        ("zzz", "there is no checklist `zzz`", "there are `core`, `other`; a file of your own is named by its path"),
        ("core@3", "`core` has no version 3", "there are 1.0.0, 1.2.0, 1.10.0, 2.0.0"),
        ("core@1.1", "`core` has no version 1.1", "there are 1.0.0, 1.2.0, 1.10.0, 2.0.0"),
        ("core@", "`` is not a version", "write it like `core@2.0.0`"),
        ("core@1.0.0.0", "`1.0.0.0` is not a version", "write it like `core@2.0.0`"),
        ("core@latest", "`latest` is not a version", "write it like `core@2.0.0`"),
        ("core@1.0.0\n", "`1.0.0\n` is not a version", "write it like `core@2.0.0`"),
        ("", "there is no checklist ``", "there are `core`, `other`; a file of your own is named by its path"),
    ],
)
def test_a_wrong_name_is_told_with_what_there_is(reference: str, message: str, help: str) -> None:
    with pytest.raises(Missing) as caught:
        highest(reference, PLACES)
    assert (str(caught.value), caught.value.help) == (message, help)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("core", False), ("core@1.0.0", False), ("own.yaml", True), ("own.yml", True), ("./core", True), ("a/b", True)],
)
def test_a_path_is_told_from_a_name(reference: str, expected: bool) -> None:
    assert is_path(reference) is expected


# --------------------------------------------------------------------------- where a shelf is


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    files = {"acme/1.0.0.yaml": "", "acme/1.1.0.yaml": "", "other/2.0.0.yaml": "", "acme/draft.yaml": "",
             "practices/monitoring/acme_log.yaml": PRACTICE, "released.yaml": "acme@1.0.0: sha256:00\n"}  # fmt: skip
    return put(tmp_path / "shelf", files)


def test_what_lies_on_a_shelf(shelf: Path) -> None:
    assert [(place.id, place.version) for place in on_shelf(shelf)] == [
        ("acme", "1.0.0"), ("acme", "1.1.0"), ("other", "2.0.0"),
    ]  # fmt: skip


@pytest.mark.parametrize("start", [".", "acme", "practices/monitoring", ".."])
def test_the_shelf_around_a_file_is_found_from_any_folder(
    shelf: Path, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf / start)
    for path in (shelf / "acme/1.0.0.yaml", Path(os.path.relpath(shelf / "acme/1.0.0.yaml"))):
        found = around(path)
        assert found is not None and found.resolve() == shelf.resolve()
        place = place_of(path)
        assert place is not None and (place.id, place.version) == ("acme", "1.0.0")


def test_a_file_alone_has_no_shelf_around_it(tmp_path: Path) -> None:
    path = put(tmp_path, {"own/checklist.yaml": ""}) / "own/checklist.yaml"
    assert around(path) is None
    assert place_of(path) is None


def test_one_folder_under_several_names_is_one_shelf(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(shelf)
    rulers = Rulers([shelf, tmp_path / "link", shelf / ".." / "shelf"])
    assert len([place for place in rulers.places() if place.shelf is not None]) == 3


@pytest.mark.parametrize("name", ["gone", "file", "loop", "nul\0"])
def test_a_folder_that_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError) as caught:
        checked([tmp_path / name])
    (fault,) = caught.value.diagnostics
    assert (fault.message, fault.help) == (
        "there is no such folder of checklists", "a shelf holds `<id>/<version>.yaml`",
    )  # fmt: skip


def test_the_environment_names_shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINESS_CHECKLISTS", os.pathsep.join(["/a", "", " ", "b"]))
    assert from_environment() == (Path("/a"), Path("b"))


# --------------------------------------------------------------------------- own practices


def practice_faults(folder: Path) -> list[tuple[int, int, str, str | None]]:
    try:
        own_practices([folder])
    except InputError as error:
        return told(error)
    return []


def test_own_practices_are_read_with_their_detectors(tmp_path: Path) -> None:
    detect = "detect: {text: {files: '*.md', matches: 'Decision [0-9]+'}}\n"
    put(tmp_path, {"practices/governance/acme_log.yaml": PRACTICE + detect})
    own = own_practices([tmp_path])
    assert own.practices["acme_log"].dimension == "governance"
    assert list(own.detectors) == ["acme_log"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("monitoring/runbook.yaml", PRACTICE.replace("acme_log", "runbook"),
         (1, 1, "the practice `runbook` is defined already, by readiness itself",
          "give it an id of its own, such as one that begins with the organisation's name")),
        ("monitoring/acme_log.yaml", PRACTICE.replace("acme_log", "acme_lgo"),
         (1, 5, "the id must be the file's name, `acme_log`", None)),
        ("monitoring/Acme Log.yaml", PRACTICE.replace("acme_log", "Acme Log"),
         (1, 5, "`Acme Log` cannot be an id",
          "use lower-case letters and digits, with single hyphens or underscores between them")),
        ("watching/acme_log.yaml", PRACTICE,
         (1, 1, "`watching` is not a dimension", "the folder of a practice bears its dimension's id")),
        ("monitoring/acme_log.yaml", PRACTICE + "detect: {text: {files: '*.md', matches: '('}}\n",
         (8, 41, "detect: not a regular expression: missing ): (?m)(", None)),
        ("monitoring/acme_log.yaml", PRACTICE + "detect: {txt: {files: '*.md', matches: 'a'}}\n",
         (8, 15, "detect: unknown probe `txt`; did you mean `text`?", None)),
        ("monitoring/acme_log.yaml", PRACTICE + "detect: {}\n",
         (8, 9, "`detect` is empty", "name a probe, or leave it out where files cannot show it")),
        ("monitoring/acme_log.yaml", PRACTICE + "detect: yes\n",
         (8, 9, "`detect` must hold fields, not the text `yes`",
          "write `detect:` and indent a probe, such as `file:` below")),
        ("monitoring/acme_log.yaml", PRACTICE + "cases: 5\n",
         (8, 8, "`cases` must be a list, not the number 5", "begin each entry on its own line with `- `")),
        ("monitoring/acme_log.yaml", PRACTICE + "cases: [five]\n",
         (8, 9, "each case holds fields, not the text `five`", "write {present: why, files: {path: content}}")),
        ("monitoring/acme_log.yaml", "- a\n", (1, 1, "a practice file holds fields, not a list", None)),
        ("monitoring/acme_log.yaml", "",
         (0, 0, "the file is empty", "`readiness schema practice` says what a practice file holds")),
        ("monitoring/acme_log.yaml", "id: [\n",
         (2, 1, "a value is missing here", "close each `{` with `}` and each `[` with `]`")),
    ],
)  # fmt: skip
def test_faults_of_own_practices(
    tmp_path: Path, name: str, content: str, expected: tuple[int, int, str, str | None]
) -> None:
    put(tmp_path, {f"practices/{name}": content})
    (first, *_) = [fault for fault in practice_faults(tmp_path) if fault[:3] == expected[:3]] or [None]
    assert first is not None, practice_faults(tmp_path)
    assert (first[3] or "").startswith(expected[3] or "")


def test_a_wrong_field_and_a_wrong_pattern_are_told_together(tmp_path: Path) -> None:
    content = PRACTICE.replace("kind: level", "kind: levels") + "detect: {text: {files: '*.md', matches: '('}}\n"
    put(tmp_path, {"practices/monitoring/acme_log.yaml": content})
    assert [line for line, *_ in practice_faults(tmp_path)] == [4, 8]


def test_a_practice_of_two_shelves_is_taken(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path / name, {"practices/monitoring/acme_log.yaml": PRACTICE})
    with pytest.raises(InputError) as caught:
        own_practices([tmp_path / "one", tmp_path / "two"])
    first = tmp_path / "one/practices/monitoring/acme_log.yaml"
    assert told(caught.value)[0][2] == f"the practice `acme_log` is defined already, in {first}"


# --------------------------------------------------------------------------- releases


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[a]\n", (1, 1, "a list of releases holds fields, not a list", RECORD)),
        ("acme@1.0.0: {a: 1}\n", (1, 13, "`acme@1.0.0` must have a digest, not a mapping", RECORD)),
        ("a@1.0.0: x\nacme@1.0.0: 5\n", (2, 13, "`acme@1.0.0` must have a digest, not the number 5", RECORD)),
        ("", (0, 0, "the file is empty", RECORD)),
    ],
)
def test_a_faulty_list_of_releases(tmp_path: Path, content: str, expected: tuple[int, int, str, str | None]) -> None:
    put(tmp_path, {"released.yaml": content})
    with pytest.raises(InputError) as caught:
        released(tmp_path)
    assert told(caught.value) == [expected]


# --------------------------------------------------------------------------- installed packages


def installed_by(site: Path, point: str) -> list[str]:
    """The shelves that a process finds where a package with this entry point is installed."""
    put(site, {"acme_rulers-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: acme-rulers\nVersion: 1.0\n",
               "acme_rulers-1.0.dist-info/entry_points.txt": f"[readiness.checklists]\nacme = {point}\n"})  # fmt: skip
    code = "from readiness.shelves import installed; print(*installed(), sep='\\n')"
    paths = os.pathsep.join([str(site), str(Path(readiness.__file__).parent.parent)])
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith(str(site))]


@pytest.mark.parametrize(
    ("point", "folder"),
    [
        ("acme_rulers", "acme_rulers"), ("acme_rulers:shelf", "acme_rulers"),
        ("acme_rulers.inner", "acme_rulers/inner/checklists"), ("acme_space.rulers", "acme_space/rulers"),
        ("acme_rulers.gone", None), ("gone", None), ("", None), (".", None), ("acme_module", None),
    ],
)  # fmt: skip
def test_a_package_offers_its_shelf_and_is_not_run(tmp_path: Path, point: str, folder: str | None) -> None:
    put(tmp_path, {"acme_rulers/__init__.py": "raise SystemExit('run')\n", "acme_rulers/own/1.0.0.yaml": WHOLE,
                   "acme_rulers/inner/__init__.py": "raise SystemExit('run')\n",
                   "acme_rulers/inner/checklists/own/1.0.0.yaml": WHOLE, "acme_module.py": "raise SystemExit('run')\n",
                   "acme_space/rulers/own/1.0.0.yaml": WHOLE})  # fmt: skip
    assert installed_by(tmp_path, point) == ([] if folder is None else [str(tmp_path / folder)])
