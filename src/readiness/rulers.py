"""From the name of a checklist to the checklist itself, with the practices that it may ask about.

A name is an id, an `id@version` or a path. Checklists lie on shelves; one that extends another is laid
over it here, layer by layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from readiness import library
from readiness.document import Document, load
from readiness.errors import Diagnostic, InputError
from readiness.model import Checklist, Condition, Mark, Practice
from readiness.shelves import (
    Missing,
    Own,
    Place,
    around,
    check_released,
    checked,
    highest,
    installed,
    is_path,
    on_shelf,
    own_practices,
    shipped,
    twice,
)

NO_CHECKLIST = "`readiness checklist list` names what there is; `readiness schema checklist` is for one of your own"
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

    def _use(self, folders: Iterable[Path]) -> None:
        """Take more shelves into use."""
        known = [library.shelf().resolve(), *(folder.resolve() for folder in self._folders)]
        new = [folder for folder in folders if folder.resolve() not in known]
        if new:
            self._folders += new
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
            path = (Path(document.path).parent if document else Path()) / reference
            if document is not None and not path.exists():
                raise Missing(
                    f"there is no checklist file `{reference}`, seen from the folder of this file", NO_CHECKLIST
                )
            return Ruler(self._read(path, chain), None)
        try:
            place = highest(reference, self.places())
        except Missing:
            if self._packages:
                raise
            self.add_packages()
            return self._find(reference, document, chain)
        pin = f"{place.id}@{place.version}"
        made = self._placed(place, chain)
        return Ruler(made, None if reference == pin else reference)

    def _placed(self, place: Place, chain: tuple[Path, ...]) -> Checklist:
        """The checklist at a place; its file must say what its name says."""
        if place.shelf is None:
            return library.checklist(place.id, place.version)
        made = self._read(place.path, chain)
        if (made.id, made.version) != (place.id, place.version):
            message = f"the file says `{made.id}@{made.version}`, and its place `{place.id}@{place.version}`"
            help = f"it belongs at {made.id}/{made.version}.yaml"
            raise InputError([Diagnostic(str(place.path), 1, 1, message, help)])
        return made

    # ------------------------------------------------------------------ reading one

    def _read(self, path: Path, chain: tuple[Path, ...]) -> Checklist:
        from readiness.loaders import checklist as whole
        from readiness.loaders import overlay

        document = load(path, str(path), hint=NO_CHECKLIST)
        shelf = around(path)
        if shelf is not None:
            self._use([shelf])
        here = path.resolve()
        if overlay.is_overlay(document.data):
            base = self._base(document, (*chain, here))
            overlay.check(document, base, self.practices())
            made = overlay.build(document.data, document.digest, base)
        else:
            whole.check(document, self.practices())
            made = whole.build(document.data, document.digest)
        if shelf is not None:
            check_released(shelf, f"{made.id}@{made.version}", document.digest, path)
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
        if not is_path(reference) and "@" not in reference:
            raise fault(f"`extends: {reference}` leaves the version open", "name one, so that nothing changes unseen")
        try:
            target = (
                (Path(document.path).parent / reference)
                if is_path(reference)
                else highest(reference, self.places()).path
            )
            if target.resolve() in chain:
                way = " → ".join(path.name for path in (*chain[chain.index(target.resolve()) :], target))
                raise fault(f"this checklist extends itself: {way}", "let one of them extend a released checklist")
            found = self._find(reference, document, chain)
        except Missing as missing:
            raise fault(str(missing), missing.help) from None
        if found.unpinned:
            raise fault(
                f"`{reference}` leaves the version open", f"write `{found.checklist.id}@{found.checklist.version}`"
            )
        return found.checklist
