"""Shelves: names and versions, own practices, and releases that never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.shelves import Missing, Place, highest, is_path

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
