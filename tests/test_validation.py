"""Whole shelves held against everything that makes them sound, and releases that never change."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

from pathlib import Path

import pytest
from shelf import HEAD, PRACTICE, WHOLE, heads, put

from readiness.errors import InputError
from readiness.validation import release, validate

LOG = "practices/governance/acme_log.yaml"
DETECT = "detect: {text: {files: '*.md', matches: 'Decision [0-9]+'}}\n"
FOUND = "cases: [{present: one, files: {a.md: Decision 1}}, {absent: none, files: {a.md: Decisions}}]\n"
REMOVE = "remove: [{control: alerts, because: Not ours.}]\n"


def faults(path: Path, *shelves: Path) -> list[str]:
    """The first lines of the faults, without the folder that the files are in."""
    try:
        validate(path, shelves)
    except InputError as error:
        base = path if path.is_dir() else path.parent
        return [head.replace(f"{base}/", "").replace(str(base), ".") for head in heads(error.diagnostics)]
    return []


def test_a_sound_shelf(tmp_path: Path) -> None:
    answers = "cases: [{met: {runbook: yes}}, {unmet: {runbook: no}}], "
    put(tmp_path, {"own/1.0.0.yaml": WHOLE.replace("{id: runbook, ", "{id: runbook, " + answers),
                   "acme/1.0.0.yaml": HEAD + REMOVE, LOG: PRACTICE + DETECT + FOUND})  # fmt: skip
    found = [(s.path.name, s.checklist and s.checklist.id, s.practices, s.cases) for s in validate(tmp_path)]
    assert found == [(tmp_path.name, None, 1, 2), ("1.0.0.yaml", "acme", 0, 0), ("1.0.0.yaml", "own", 0, 2)]
    (alone,) = validate(tmp_path / LOG)
    assert (alone.practices, alone.cases) == (1, 2)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [".: error: there is no checklist and no practice in this folder"]),
        ({"notes.md": "x", "mkdocs.yml": "x: 1\n", ".github/dependabot.yml": "x: 1\n"},
         [".: error: there is no checklist and no practice in this folder"]),
        ({"1.0.0.yaml": WHOLE}, ["1.0.0.yaml: error: no checklist is looked for here"]),
        ({"own/latest.yaml": WHOLE}, ["own/latest.yaml: error: `latest.yaml` is not named by a version of three numbers"]),
        ({"own/1.0.yaml": WHOLE}, ["own/1.0.yaml: error: `1.0.yaml` is not named by a version of three numbers"]),
        ({"own/1.0.0.yml": WHOLE}, ["own/1.0.0.yml: error: `1.0.0.yml` is not named by a version of three numbers"]),
        ({"own/01.0.0.yaml": WHOLE}, ["own/01.0.0.yaml:2:10: error: the file says `own@1.0.0`, and its place `own@01.0.0`"]),
        ({"onw/1.0.0.yaml": WHOLE}, ["onw/1.0.0.yaml:1:5: error: the file says `own@1.0.0`, and its place `onw@1.0.0`"]),
        ({"practices/acme_log.yaml": PRACTICE}, ["practices/acme_log.yaml: error: no practice is looked for here"]),
        ({LOG.replace(".yaml", ".yml"): PRACTICE}, [f"{LOG.replace('.yaml', '.yml')}: error: no practice is looked for here"]),
        ({LOG: PRACTICE.replace("kind: level", "kind: levels")}, [f"{LOG}:4:7: error: `kind` must be one of `level`, `measure`, `records`"]),
        ({LOG: PRACTICE + DETECT.replace("+'", "+('")}, [f"{LOG}:8:41: error: detect: not a regular expression: missing ): (?m)Decision [0-9]+("]),
        ({LOG: PRACTICE + DETECT + FOUND.replace("Decision 1", "nothing")}, [f"{LOG}:9:9: error: case 1 (present: one): nothing was found"]),
        ({LOG: PRACTICE + DETECT + FOUND.replace("Decisions", "Decision 2")}, [f"{LOG}:9:52: error: case 2 (absent: none): found a.md:1: Decision 2"]),
        ({LOG: PRACTICE + FOUND}, [f"{LOG}:8:1: error: there are `cases` and no `detect` for them to run"]),
        ({LOG: PRACTICE + DETECT + "cases: [{present: x, files: [a]}]\n"},
         [f"{LOG}:9:1: error: cases[0]: needs `present` or `absent` with a reason, and `files`: path to content"]),
        ({"own/1.0.0.yaml": WHOLE, "released.yaml": "own@1.0.0: sha256:00\n"},
         ["released.yaml:1:12: error: `own@1.0.0` was released with another digest"]),
    ],
)  # fmt: skip
def test_a_faulty_shelf(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    found = faults(put(tmp_path, files))
    assert len(found) == len(expected)
    assert all(one.startswith(other) for one, other in zip(found, expected, strict=True)), found


def test_every_file_of_a_shelf_is_looked_at(tmp_path: Path) -> None:
    bad = WHOLE.replace("severity: blocker", "severity: fatal")
    put(tmp_path, {"own/1.0.0.yaml": bad, "own/2.0.0.yaml": bad.replace('"1.0.0"', '"2.0.0"'), "own/x.yaml": "",
                   LOG: PRACTICE.replace("kind: level", "kind: no")})  # fmt: skip
    assert [head.partition(":")[0] for head in faults(tmp_path)] == ["own/x.yaml", LOG]
    put(tmp_path, {LOG: PRACTICE})
    assert [head.partition(":")[0] for head in faults(tmp_path)] == ["own/1.0.0.yaml", "own/2.0.0.yaml", "own/x.yaml"]


def test_a_file_on_a_shelf_is_held_against_its_place(tmp_path: Path) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE.replace('"1.0.0"', '"1.0.1"'), LOG: PRACTICE})
    assert faults(tmp_path / "own/1.0.0.yaml") == [
        "1.0.0.yaml:2:10: error: the file says `own@1.0.1`, and its place `own@1.0.0`"
    ]


def test_a_shelf_is_held_against_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path / name, {"own/1.0.0.yaml": WHOLE})
    (found,) = faults(tmp_path / "one", tmp_path / "two")
    assert found.startswith("own/1.0.0.yaml:1:1: error: `own@1.0.0` is there twice: the other is ")


# --------------------------------------------------------------------------- releases


def test_a_released_checklist_never_changes(tmp_path: Path) -> None:
    path = put(tmp_path, {"own/1.0.0.yaml": WHOLE}) / "own/1.0.0.yaml"
    made, kept, added = release(path)
    assert (made.id, kept, added) == ("own", tmp_path / "released.yaml", True)
    assert kept.read_text() == (
        f"# The digest of each released checklist. A released file never changes.\nown@1.0.0: {made.digest}\n"
    )
    assert release(path)[2] is False
    path.write_text(WHOLE + "# a word\n")
    for attempt in (lambda: release(path), lambda: validate(path), lambda: validate(tmp_path)):
        with pytest.raises(InputError) as caught:
            attempt()
        (fault,) = caught.value.diagnostics
        assert (Path(fault.path).name, fault.line, fault.column) == ("released.yaml", 2, 12)
        assert fault.help == "a released version never changes: undo the change, and write it as version 1.1.0"
    put(tmp_path, {"own/1.1.0.yaml": WHOLE.replace('"1.0.0"', '"1.1.0"')})
    assert release(tmp_path / "own/1.1.0.yaml")[2] is True
    assert [line.partition(":")[0] for line in kept.read_text().splitlines()[1:]] == ["own@1.0.0", "own@1.1.0"]


def test_a_released_overlay_is_held_with_its_base(tmp_path: Path) -> None:
    overlay = HEAD.replace("own@1.0.0", "../own/1.0.0.yaml") + REMOVE
    put(tmp_path, {"own/1.0.0.yaml": WHOLE, "acme/1.0.0.yaml": overlay})
    release(tmp_path / "acme/1.0.0.yaml")
    assert validate(tmp_path)
    put(tmp_path, {"own/1.0.0.yaml": WHOLE.replace("severity: blocker", "severity: minor")})
    with pytest.raises(InputError) as caught:
        validate(tmp_path / "acme/1.0.0.yaml")
    (fault,) = caught.value.diagnostics
    assert fault.help == (
        "a released version never changes: undo the change (here, or in own@1.0.0), and write it as version 1.1.0"
    )


@pytest.mark.parametrize("start", [".", "own"])
def test_a_release_is_kept_beside_the_folders(tmp_path: Path, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE})
    monkeypatch.chdir(tmp_path / start)
    release(Path("1.0.0.yaml" if start == "own" else "own/1.0.0.yaml"))
    assert (tmp_path / "released.yaml").is_file()


def test_a_faulty_checklist_is_not_released(tmp_path: Path) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE.replace("severity: blocker", "severity: fatal")})
    with pytest.raises(InputError):
        release(tmp_path / "own/1.0.0.yaml")
    assert not (tmp_path / "released.yaml").exists()
