"""Finding checklists: by name and by path, layer over layer, and what stands in the way."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

from pathlib import Path

import pytest
from shelf import HEAD, PRACTICE, WHOLE, put, told

from readiness.errors import InputError
from readiness.pipeline import assess
from readiness.rulers import MAX_LAYERS, NO_CHECKLIST, Rulers

REMOVE = "remove: [{control: alerts, because: Not ours.}]\n"
CLOSED = "let one of them extend a released checklist"


def over(extends: str, id: str = "acme", body: str = REMOVE) -> str:
    return HEAD.replace("own@1.0.0", extends).replace("id: acme", f"id: {id}") + body


def faults(path: Path, *shelves: Path) -> list[tuple[str, int, int, str, str | None]]:
    """File, line, column, message and help of each fault of a checklist."""
    try:
        Rulers(shelves).read(path)
    except InputError as error:
        return [(Path(d.path).name, *rest) for d, rest in zip(error.diagnostics, told(error), strict=True)]
    return []


# --------------------------------------------------------------------------- circles and layers


@pytest.mark.parametrize(
    ("files", "way"),
    [
        (["a.yaml"], "a.yaml → a.yaml"),
        (["a.yaml", "b.yaml"], "a.yaml → b.yaml → a.yaml"),
        (["a.yaml", "b.yaml", "c.yaml"], "a.yaml → b.yaml → c.yaml → a.yaml"),
        (["a.yaml", "in/b.yaml", "in/deep/c.yaml"], "a.yaml → b.yaml → c.yaml → a.yaml"),
    ],
)
def test_a_circle_of_paths(tmp_path: Path, files: list[str], way: str) -> None:
    for one, other in zip(files, [*files[1:], files[0]], strict=True):
        target = Path(*[".."] * one.count("/"), other)
        put(tmp_path, {one: over(f"./{target.as_posix()}")})
    last = Path(files[-1]).name
    assert faults(tmp_path / "a.yaml") == [(last, 5, 10, f"this checklist extends itself: {way}", CLOSED)]


def test_a_circle_that_is_entered_from_outside(tmp_path: Path) -> None:
    put(tmp_path, {"a.yaml": over("./b.yaml"), "b.yaml": over("./c.yaml"), "c.yaml": over("./b.yaml")})
    said = "this checklist extends itself: b.yaml → c.yaml → b.yaml"
    assert faults(tmp_path / "a.yaml") == [("c.yaml", 5, 10, said, CLOSED)]


@pytest.mark.parametrize("way_back", ["one@1.0.0", "../one/1.0.0.yaml", "../link/1.0.0.yaml"])
def test_a_circle_of_names_paths_and_links(tmp_path: Path, way_back: str) -> None:
    put(tmp_path, {"one/1.0.0.yaml": over("two@1.0.0", "one"), "two/1.0.0.yaml": over(way_back, "two")})
    (tmp_path / "link").symlink_to(tmp_path / "one")
    with pytest.raises(InputError) as caught:
        Rulers([tmp_path]).find("one@1.0.0")
    said = "this checklist extends itself: one/1.0.0.yaml → two/1.0.0.yaml → one/1.0.0.yaml"
    assert told(caught.value) == [(5, 10, said, CLOSED)]


@pytest.mark.parametrize(("layers", "fits"), [(MAX_LAYERS, True), (MAX_LAYERS + 1, False), (400, False)])
def test_there_are_only_so_many_layers(tmp_path: Path, layers: int, fits: bool) -> None:
    put(tmp_path, {"0.yaml": WHOLE})
    for number in range(1, layers + 1):
        body = f"override: [{{control: alerts, title: Alerts {number}, because: So.}}]\n"
        put(tmp_path, {f"{number}.yaml": over(f"./{number - 1}.yaml", f"l{number}", body)})
    path = tmp_path / f"{layers}.yaml"
    if fits:
        made = Rulers().read(path)
        assert len(made.layers) == layers
        assert len(made.controls[2].history) == layers
        return
    (fault,) = faults(path)
    assert fault[1:] == (
        5, 10, f"more than {MAX_LAYERS} checklists extend one another", "write what they make as one",
    )  # fmt: skip


def test_an_overlay_over_an_overlay_of_a_shelf(tmp_path: Path) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE, "acme/1.0.0.yaml": over("own@1.0.0"),
                   "team/1.0.0.yaml": over("acme@1.0.0", "team", "remove: [{control: runbook, because: No.}]\n"
                                           "override: [{control: drift, stage: production, because: So.}]\n")})  # fmt: skip
    with pytest.raises(InputError, match="no control is left of the stage `pilot`"):
        Rulers([tmp_path]).find("team")
    body = "override: [{control: runbook, severity: major, because: It grew.}]\n"
    put(tmp_path, {"team/1.0.0.yaml": over("acme@1.0.0", "team", body)})
    made = Rulers([tmp_path]).find("team@1").checklist
    assert made.layers == ("acme@1.0.0", "own@1.0.0")
    assert [control.id for control in made.controls] == ["drift", "runbook"]
    assert made.controls[1].history[0].checklist == "team@1.0.0"


# --------------------------------------------------------------------------- what cannot be extended


@pytest.mark.parametrize(
    ("extends", "expected"),
    [
        ("core", (5, 10, "`core` leaves the version open", "write `core@")),
        ("core@1", (5, 10, "`core@1` leaves the version open", "write `core@1.")),
        ("core@1.0", (5, 10, "`core@1.0` leaves the version open", "write `core@1.0.0`: nothing may change unseen")),
        ("cor@1.0.0", (5, 10, "there is no checklist `cor`", "did you mean `core`?")),
        ("core@9.9.9", (5, 10, "`core` has no version 9.9.9", "there are 1.0.0")),
        ("core@one", (5, 10, "`one` is not a version", "write it like `core@")),
        ("./gone.yaml", (5, 10, "there is no checklist file `./gone.yaml`, seen from the folder of this file",
                         NO_CHECKLIST)),
        ("./", (5, 10, "`./` is a folder, not a checklist file", "name the file in it")),
        ("loop.yaml", (5, 10, "there is no checklist file `loop.yaml`, seen from the folder of this file", None)),
        ('"nul\\0.yaml"', (5, 10, "there is no checklist file `nul\\x00.yaml`, seen from the folder of this file",
                           None)),
        ("a" * 300 + ".yaml", (5, 10, f"there is no checklist file `{'a' * 39}…`, seen from the folder of this file",
                               None)),
        ("", (5, 1, "`extends` must name a checklist", "write it like `extends: core@1.0.0`")),
        ("5", (5, 10, "`extends` must name a checklist", "write it like `extends: core@1.0.0`")),
        ("[core@1.0.0]", (5, 10, "`extends` must name a checklist", "write it like `extends: core@1.0.0`")),
        ("{core: 1.0.0}", (5, 10, "`extends` must name a checklist", "write it like `extends: core@1.0.0`")),
    ],
)  # fmt: skip
def test_a_wrong_base(tmp_path: Path, extends: str, expected: tuple[int, int, str, str | None]) -> None:
    put(tmp_path, {"own.yaml": over(extends)})
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (found,) = faults(tmp_path / "own.yaml")
    assert found[1:4] == expected[:3]
    assert (found[4] or "").startswith(expected[3] or "")


def test_the_faults_of_a_base_stand_in_its_own_file(tmp_path: Path) -> None:
    put(tmp_path, {"base.yaml": WHOLE.replace("severity: blocker", "severity: fatal"), "own.yaml": over("base.yaml")})
    (found,) = faults(tmp_path / "own.yaml")
    assert found[:1] + found[3:4] == ("base.yaml", "`severity` must be one of `blocker`, `major`, `minor`")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"), ("# nothing\n", "the file holds no data, at most comments"),
        ("- a\n", "a checklist holds fields, not a list"), ("\0", "the file holds a NUL byte"),
        (over("core@1.0.0", body="remove: [{control: drift\n"), "the `{` that opens here is never closed"),
        (over("core@1.0.0", body="remove:\n  - control: a\n   because: b\n"), "a list element is expected here, which begins with `- `"),
        (over("core@1.0.0", body=REMOVE * 2), "the key `remove` is on line 6 and again on line 7"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(tmp_path: Path, content: str, message: str) -> None:
    put(tmp_path, {"own.yaml": content})
    (found, *_) = faults(tmp_path / "own.yaml")
    assert message in found[3]
    assert found[4]


def test_a_link_in_a_circle_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert "too many levels of symbolic links" in faults(tmp_path / "loop.yaml")[0][3]
    assert faults(tmp_path)[0][3] == "this is a folder, not a file"


# --------------------------------------------------------------------------- shelves in use


def test_a_shelf_around_a_file_lends_its_practices(tmp_path: Path) -> None:
    text = WHOLE.replace("met_when: runbook", "met_when: acme_log")
    put(tmp_path, {"own/1.0.0.yaml": text, "alone.yaml": text, "practices/governance/acme_log.yaml": PRACTICE})
    assert faults(tmp_path / "own/1.0.0.yaml") == []
    assert faults(tmp_path / "alone.yaml") == []
    put(tmp_path.parent / "elsewhere", {"own.yaml": text})
    (found,) = faults(tmp_path.parent / "elsewhere/own.yaml")
    assert found[3].startswith("unknown practice `acme_log`")
    assert faults(tmp_path.parent / "elsewhere/own.yaml", tmp_path) == []


def test_a_misspelt_own_practice_gets_the_nearest(tmp_path: Path) -> None:
    text = WHOLE.replace("met_when: runbook", "met_when: acme_lgo")
    put(tmp_path, {"own/1.0.0.yaml": text, "practices/governance/acme_log.yaml": PRACTICE})
    (found,) = faults(tmp_path / "own/1.0.0.yaml")
    assert found[3:5] == ("unknown practice `acme_lgo`", "did you mean `acme_log`?")


@pytest.mark.parametrize(
    ("old", "new", "line", "column"), [("id: own", "id: onw", 1, 5), ('"1.0.0"', '"1.0.1"', 2, 10)]
)
def test_a_file_must_say_what_its_place_says(tmp_path: Path, old: str, new: str, line: int, column: int) -> None:
    put(tmp_path, {"own/1.0.0.yaml": WHOLE.replace(old, new, 1)})
    with pytest.raises(InputError) as caught:
        Rulers([tmp_path]).find("own")
    name, version = ("onw", "1.0.0") if line == 1 else ("own", "1.0.1")
    message = f"the file says `{name}@{version}`, and its place `own@1.0.0`"
    assert told(caught.value) == [(line, column, message, f"it belongs at {name}/{version}.yaml")]


def test_one_id_and_version_in_two_places(tmp_path: Path) -> None:
    put(tmp_path, {"one/own/1.0.0.yaml": WHOLE, "two/own/1.0.0.yaml": WHOLE,
                   "three/core/1.0.0.yaml": WHOLE.replace("id: own", "id: core")})  # fmt: skip
    for shelves, said in (
        (("one", "two"), f"`own@1.0.0` is there twice: the other is {tmp_path}/one/own/1.0.0.yaml"),
        (("three",), "`core@1.0.0` is there twice: readiness itself ships one"),
    ):
        with pytest.raises(InputError) as caught:
            Rulers([tmp_path / name for name in shelves]).find("own")
        assert told(caught.value) == [(1, 1, said, "give one of them another id or version")]


def test_a_reference_stands_where_it_was_written(tmp_path: Path) -> None:
    text = "readiness: 1\nproject: {name: churn}\nassess: {checklist: acme@1.0.0}\n"
    put(tmp_path, {"project.yaml": text, "shelf/acem/1.0.0.yaml": over("core@1.0.0", "acem")})
    with pytest.raises(InputError) as caught:
        assess(tmp_path / "project.yaml", shelves=[tmp_path / "shelf"])
    assert told(caught.value) == [(3, 21, "there is no checklist `acme`", "did you mean `acem`?")]
