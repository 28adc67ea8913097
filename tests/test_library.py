"""The shelf: names and versions, and a compiled copy that never outlives what it was made from."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import readiness
from readiness import library
from readiness.pipeline import practices

SOURCE = Path(readiness.__file__).parent
PRACTICE = "monitoring/alerting.yaml"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout, with few practices so that it compiles fast."""
    shutil.copytree(SOURCE, tmp_path / "src/readiness", ignore=shutil.ignore_patterns("__pycache__", "_compiled"))
    shelf = tmp_path / "checklists"
    for name in (PRACTICE, "monitoring/dashboards.yaml"):
        (shelf / "practices" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library.shelf() / "practices" / name, shelf / "practices" / name)
    return tmp_path


def run(checkout: Path, code: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", f"from readiness import library; {code}"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


TITLES = "print(*sorted(p.title for p in library.practices().values()), sep='|')"


def rewrite(path: Path) -> None:
    path.write_text(path.read_text().replace("title: Alerting", "title: Alarms and more"))


def renamed(path: Path, name: str) -> None:
    path.with_name(f"{name}.yaml").write_text(path.read_text().replace("id: alerting", f"id: {name}"))
    path.unlink()


def touch_same_size(path: Path) -> None:
    path.write_text(path.read_text().replace("title: Alerting", "title: Alarming"))


@pytest.mark.parametrize(
    ("edit", "titles"),
    [
        (rewrite, "Alarms and more|Dashboards"),
        (touch_same_size, "Alarming|Dashboards"),
        (Path.unlink, "Dashboards"),
        (lambda path: renamed(path, "zz"), "Alerting|Dashboards"),
    ],
)
def test_an_edit_is_seen_at_once(checkout: Path, edit: Callable[[Path], None], titles: str) -> None:
    assert run(checkout, TITLES) == "Alerting|Dashboards"
    kept = checkout / "src/readiness/_compiled/practices.pickle"
    first = kept.stat().st_mtime_ns
    assert run(checkout, TITLES) == "Alerting|Dashboards"
    assert kept.stat().st_mtime_ns == first
    edit(checkout / "checklists/practices" / PRACTICE)
    assert run(checkout, TITLES) == titles


def test_a_new_file_is_seen_at_once(checkout: Path) -> None:
    run(checkout, TITLES)
    text = (checkout / "checklists/practices" / PRACTICE).read_text()
    text = text.replace("title: Alerting", "title: New").replace("id: alerting", "id: new")
    (checkout / "checklists/practices/monitoring/new.yaml").write_text(text)
    assert run(checkout, TITLES) == "Alerting|Dashboards|New"


def test_copies_of_two_states_are_never_read_together(checkout: Path) -> None:
    run(checkout, TITLES)
    kept = checkout / "src/readiness/_compiled"
    old = (kept / "practices.pickle").read_bytes()
    rewrite(checkout / "checklists/practices" / PRACTICE)
    run(checkout, TITLES)
    (kept / "practices.pickle").write_bytes(old)
    assert run(checkout, TITLES) == "Alarms and more|Dashboards"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b'{"half', b"\xff\xfe"])
def test_a_damaged_copy_is_made_anew(checkout: Path, damage: bytes) -> None:
    run(checkout, TITLES)
    kept = checkout / "src/readiness/_compiled/practices.pickle"
    head = kept.read_bytes().partition(b"\n")[0]
    for data in (damage, head + b"\n" + damage):
        kept.write_bytes(data)
        assert run(checkout, TITLES) == "Alerting|Dashboards"


@pytest.mark.parametrize("damage", ["cut", "gone", "another state"])
def test_damaged_probes_are_made_anew(checkout: Path, damage: str) -> None:
    load = (
        "k = library.detectors(); n = len(k.sieve.scopes);"
        "print(n, [type(library.loads(p)[0]).__name__ for p in k.probes.some(range(n)).values()])"
    )
    expected = run(checkout, load)
    kept = checkout / "src/readiness/_compiled/probes.bin"
    whole = kept.read_bytes()
    if damage == "gone":
        kept.unlink()
    else:
        kept.write_bytes(whole[:-1] if damage == "cut" else b"x" + whole[1:])
    assert run(checkout, load) == expected
    assert expected.count("Probe") > 10
    assert len(kept.read_bytes()) == len(whole)


def test_a_checkout_that_cannot_be_written_still_works(checkout: Path) -> None:
    (checkout / "src/readiness/_compiled").write_text("a file where the folder would be")
    assert run(checkout, TITLES) == "Alerting|Dashboards"


def test_an_edited_reader_is_seen_too(checkout: Path) -> None:
    run(checkout, TITLES)
    kept = checkout / "src/readiness/_compiled/practices.pickle"
    head = kept.read_bytes().partition(b"\n")[0]
    with (checkout / "src/readiness/scalars.py").open("a") as stream:
        stream.write("# edited\n")
    run(checkout, TITLES)
    assert kept.read_bytes().partition(b"\n")[0] != head


def test_an_installed_copy_is_taken_as_it_is(checkout: Path) -> None:
    package = checkout / "src/readiness"
    shutil.move(checkout / "checklists", package / "checklists")
    (package / "_compiled").mkdir()
    body = pickle.dumps({"x": pickle.dumps(practices()["alerting"]._replace(title="Built in"))})
    (package / "_compiled/practices.pickle").write_bytes(library.stamped(body, library.BUILT_IN))
    assert run(checkout, TITLES) == "Built in"
