"""Released checklists never change: `checklists/released.yaml` holds the digest of each.

A new version gets in with `readiness checklist release checklists/<id>/<version>.yaml`. If a digest here no longer
fits its file, undo the change of the file and write it as a new version.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from readiness import library
from readiness.errors import InputError
from readiness.library import RELEASED
from readiness.rulers import Rulers
from readiness.shelves import released
from readiness.validation import release

SHELF = library.shelf()
PINS = [f"{entry.id}@{entry.version}" for entry in library.shipped()]


def recorded() -> dict[str, str]:
    found = released(SHELF)
    return dict(found[1]) if found else {}


@pytest.mark.parametrize("pin", recorded())
def test_a_released_file_is_as_it_was(pin: str) -> None:
    name, _, version = pin.partition("@")
    path = SHELF / name / f"{version}.yaml"
    assert path.is_file(), f"{pin} was released and is gone"
    digest = f"sha256:{sha256(path.read_bytes()).hexdigest()}"
    assert recorded()[pin] == digest, f"{pin} has changed since its release: write the change as a new version"


@pytest.mark.parametrize("pin", PINS)
def test_what_is_shipped_is_released(pin: str) -> None:
    path = f"checklists/{pin.replace('@', '/')}.yaml"
    assert pin in recorded(), f"run `readiness checklist release {path}` when {pin} is ready"


def test_the_first_release_is_the_one_that_users_have_pinned() -> None:
    assert recorded()["core@1.0.0"] == "sha256:7b473c1a1aecde3cd58cd1159282c08c7fb9f507ba056cd09f924e7eebad34ee"


def test_the_digest_of_a_report_is_the_released_one() -> None:
    for pin, digest in recorded().items():
        assert library.checklist(*pin.split("@")).digest == digest


def test_the_list_is_as_the_tool_writes_it(tmp_path: Path) -> None:
    """Releasing what is released already changes nothing; releasing all of it anew gives the same file."""
    names = [pin.split("@") for pin in recorded()]
    for name, version in names:
        (tmp_path / name).mkdir(exist_ok=True)
        shutil.copy(SHELF / name / f"{version}.yaml", tmp_path / name / f"{version}.yaml")
        _, kept, added = release(tmp_path / name / f"{version}.yaml")
        assert (kept, added) == (tmp_path / RELEASED, True)
    assert (tmp_path / RELEASED).read_bytes() == (SHELF / RELEASED).read_bytes()
    name, version = names[0]
    assert release(tmp_path / name / f"{version}.yaml")[2] is False


@pytest.mark.parametrize("pin", sorted(recorded()))
def test_a_changed_file_is_refused(pin: str, tmp_path: Path) -> None:
    name, _, version = pin.partition("@")
    (tmp_path / "practices").mkdir()
    (tmp_path / name).mkdir()
    shutil.copy(SHELF / RELEASED, tmp_path / RELEASED)
    path = tmp_path / name / f"{version}.yaml"
    path.write_bytes((SHELF / name / f"{version}.yaml").read_bytes() + b"# one byte more\n")
    with pytest.raises(InputError, match=f"`{pin}` was released with another digest"):
        Rulers().read(path)
