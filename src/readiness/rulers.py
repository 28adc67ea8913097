"""From the name of a checklist to the checklist itself, with the practices that it may ask about.

A name is an id, an `id@version` or a path. Checklists lie on shelves; one that extends another is laid
over it here, layer by layer.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from readiness import library
from readiness.document import Document, load
from readiness.errors import Diagnostic, InputError
from readiness.fields import quoted
from readiness.model import Checklist, Condition, Mark, Practice
from readiness.shelves import (
    Missing,
    Own,
    Place,
    around,
    check_place,
    check_released,
    checked,
    highest,
    installed,
    is_path,
    is_version,
    on_shelf,
    own_practices,
    shipped,
    twice,
)
from readiness.tuples import NamedTuple

NO_CHECKLIST = "`readiness checklist list` names what there is; `readiness schema checklist` is for one of your own"
MAX_LAYERS = 20
"""So many checklists may lie over one another; each is read by way of the one above it."""
NO_PRACTICES = Own({}, {})


class Ruler(NamedTuple):
    """A checklist to judge by. `unpinned` is the name by which it was asked for, where that left the
    version open."""

    checklist: Checklist
    unpinned: str | None


class Rulers:
    """The checklists and practices of a run: the shipped shelf, and the folders that were named.

    What is read is kept for the run. Shelves of installed packages are looked for only when nothing else
    answers to a name, for finding them costs more than the rest.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders: list[Path] = []
        self._packages = False
        self._use(checked(folders))

    # ------------------------------------------------------------------ what there is

    def practices(self) -> Mapping[str, Practice]:
        """The vocabulary: the shipped practices, and those of every shelf in use."""
        own = self._own.practices
        return {**library.practices(), **own} if own else library.practices()

    def detectors(self) -> Mapping[str, Condition]:
        """The detectors of the practices that the shelves add."""
        return self._own.detectors

    @cached_property
    def _own(self) -> Own:
        return own_practices(self._folders) if self._folders else NO_PRACTICES

    def places(self) -> list[Place]:
        """Every checklist on a shelf in use. Raises InputError where two files bear one id and version."""
        found = [*shipped(), *(place for folder in self._folders for place in on_shelf(folder))]
        twice(found)
        return found

    def add_packages(self) -> None:
        """Take the shelves of installed packages into use."""
        if not self._packages:
            self._packages = True
            self._use(installed())

    def _use(self, folders: Sequence[Path]) -> None:
        """Take more shelves into use."""
        if not folders:
            return
        known = {folder.resolve() for folder in (library.shelf(), *self._folders)}
        for folder in folders:
            if folder.resolve() not in known:
                known.add(folder.resolve())
                self._folders.append(folder)
                self.__dict__.pop("_own", None)

    # ------------------------------------------------------------------ finding one

    def find(self, reference: str, document: Document | None = None, mark: Mark | None = None) -> Ruler:
        """The checklist for a reference, which stands in a document where one is given.

        Raises InputError where there is none, or where it is at fault.
        """
        try:
            return self._find(reference, document, ())
        except Missing as missing:
            if document and mark:
                raise InputError([document.fault(mark, str(missing), missing.help, document.span(mark))]) from None
            raise InputError([Diagnostic("--checklist", 0, 0, str(missing), missing.help)]) from None

    def read(self, path: Path) -> Checklist:
        """The checklist in a file. Raises InputError with every fault in it."""
        return self._read(path, ())

    def _find(self, reference: str, document: Document | None, chain: tuple[Path, ...]) -> Ruler:
        if is_path(reference):
            return Ruler(self._read(self._path(reference, document), chain), None)
        place = self._place(reference)
        pin = f"{place.id}@{place.version}"
        return Ruler(self._placed(place, chain), None if reference == pin else reference)

    def _path(self, reference: str, document: Document | None) -> Path:
        """The file that a reference names, seen from the folder of its document."""
        path = (Path(document.path).parent if document else Path()) / reference
        if os.path.isdir(path):
            raise Missing(f"{quoted(reference)} is a folder, not a checklist file", "name the file in it")
        if document is not None and not os.path.exists(path):
            message = f"there is no checklist file {quoted(reference)}, seen from the folder of this file"
            raise Missing(message, NO_CHECKLIST)
        return path

    def _place(self, reference: str) -> Place:
        """The place of what a name stands for, on a shelf in use or on one of an installed package."""
        try:
            return highest(reference, self.places())
        except Missing:
            if self._packages:
                raise
            self.add_packages()
            return highest(reference, self.places())

    def _placed(self, place: Place, chain: tuple[Path, ...]) -> Checklist:
        """The checklist at a place; its file must say what its name says."""
        if place.shelf is None:
            return library.checklist(place.id, place.version)
        made = self._read(place.path, chain)
        check_place(place, made)
        return made

    # ------------------------------------------------------------------ reading one

    def _read(self, path: Path, chain: tuple[Path, ...]) -> Checklist:
        from readiness.loaders import checklist as whole
        from readiness.loaders import overlay, overlay_faults

        document = load(path, str(path), hint=NO_CHECKLIST)
        shelf = around(path)
        if shelf is not None:
            self._use([shelf])
        here = path.resolve()
        if overlay.is_overlay(document.data):
            base = self._base(document, (*chain, here))
            overlay_faults.check(document, base, self.practices())
            made = overlay.build(document.data, document.digest, base)
        else:
            whole.check(document, self.practices())
            made = whole.build(document.data, document.digest)
        if shelf is not None:
            check_released(shelf, made, path)
        return made

    def _base(self, document: Document, chain: tuple[Path, ...]) -> Checklist:
        """The checklist that a document extends. Raises InputError where it extends itself, by way of others or not."""
        reference = document.data.get("extends")
        mark = document.data.value_marks["extends"]
        length = document.span(mark)

        def fault(message: str, help: str | None) -> InputError:
            return InputError([document.fault(mark, message, help, length)])

        if not isinstance(reference, str) or not reference.strip():
            raise fault("`extends` must name a checklist", "write it like `extends: core@1.0.0`")
        try:
            place = None if is_path(reference) else self._place(reference)
            if place and reference != (pin := f"{place.id}@{place.version}"):
                raise fault(f"{quoted(reference)} leaves the version open", f"write `{pin}`: nothing may change unseen")
            here = (place.path if place else self._path(reference, document)).resolve()
            if here in chain:
                way = " → ".join(map(_named, (*chain[chain.index(here) :], here)))
                raise fault(f"this checklist extends itself: {way}", "let one of them extend a released checklist")
            if len(chain) > MAX_LAYERS:
                raise fault(f"more than {MAX_LAYERS} checklists extend one another", "write what they make as one")
            return self._find(reference, document, chain).checklist
        except Missing as missing:
            raise fault(str(missing), missing.help) from None


def _named(path: Path) -> str:
    """A checklist's file in a message; one that bears a version's name, with its folder."""
    return f"{path.parent.name}/{path.name}" if is_version(path.stem) else path.name
