"""What a run is given: a description, and the checklists that it is to be judged by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from readiness.condition import leaves
from readiness.document import load
from readiness.errors import Diagnostic, InputError
from readiness.judging.facts import Same
from readiness.loaders.project import load_project, requested
from readiness.loaders.vocabulary import Controls, Vocabulary
from readiness.model import STAGES, Checklist, Project
from readiness.rulers import Ruler, Rulers
from readiness.tuples import NamedTuple

DEFAULT_CHECKLIST = "core"
DEFAULT_TARGET = "production"


class Inputs(NamedTuple):
    """A description and the checklists to judge it by, all read and found without fault."""

    project: Project
    rulers: tuple[Ruler, ...]


def read_inputs(path: Path, checklists: Sequence[str] = (), rulers: Rulers | None = None) -> Inputs:
    """Read a description and the checklists that it is to be judged by: its own, or others."""
    shelves = rulers or Rulers()
    document = load(path, str(path))
    wanted, mark = requested(document)
    judges = tuple(shelves.find(reference) for reference in checklists)
    own = None
    try:
        own = shelves.find(wanted, document, mark) if wanted else shelves.find(DEFAULT_CHECKLIST)
    except InputError:  # a run by other checklists does not need the description's own
        if not judges:
            raise
    name = own.checklist.id if own else str(wanted).partition("@")[0]
    several = [ruler.checklist for ruler in ((own, *judges) if own else judges)]
    described = load_project(document, _vocabulary(shelves, name, several))
    return Inputs(described, judges or ((own,) if own else ()))


def _vocabulary(rulers: Rulers, own: str, several: Sequence[Checklist]) -> Vocabulary:
    """The words of a description. Its stages are those of all who judge it, and the usual ones where none has any."""
    order = tuple(dict.fromkeys(stage.id for judge in several for stage in judge.stages)) or STAGES
    return Vocabulary(rulers.practices(), order, own, _controls_of(*several))


def _controls_of(*rulers: Checklist) -> Callable[[str], Controls | None]:
    """The controls of each checklist that takes part in the run. Two versions of one checklist count
    as one: a waiver of a control that either has is no fault."""

    def controls_of(name: str) -> Controls | None:
        held = list({id(ruler): _controls(Same(ruler)) for ruler in rulers if ruler.id == name}.values())
        if len(held) == 1:
            return held[0]
        return {control: asked for controls in held for control, asked in controls.items()} if held else None

    return controls_of


@lru_cache(maxsize=8)
def _controls(same: Same) -> Controls:
    """The practices that each control asks about, under its id and its former ones."""
    judge = same.checklist
    found = {control.id: tuple(leaf.practice for leaf in leaves(control.met_when)) for control in judge.controls}
    return {**found, **{former: found[today] for former, today in judge.aliases if today in found}}


def renamed(described: Project, judge: Checklist) -> tuple[Project, tuple[str, ...]]:
    """The project with today's ids in its waivers, and a notice for each that bears a former one."""
    former = dict(judge.aliases)
    taken = {waiver.control for waiver in described.waivers if waiver.checklist == judge.id}
    if taken.isdisjoint(former):
        return described, ()
    told = []
    waivers = []
    for waiver in described.waivers:
        today = former.get(waiver.control) if waiver.checklist == judge.id else None
        if today is not None and today in taken:
            told.append(f"The waiver of `{waiver.control}` is left aside: `{today}`, as it is called now, has another.")
        elif today is not None:
            taken.add(today)
            told.append(
                f"The waiver of `{waiver.control}` is taken as one of `{today}`, as that control is called now."
            )
            waiver = waiver._replace(control=today)
        waivers.append(waiver)
    return described._replace(waivers=tuple(waivers)), tuple(told)


def targets(wanted: str | None, described: str | None, judges: Sequence[Checklist]) -> list[str | None]:
    """The target stage of each checklist; None of one that has no stages."""
    if wanted is not None and not any(wanted == stage.id for judge in judges for stage in judge.stages):
        known = ", ".join(f"`{s}`" for s in dict.fromkeys(stage.id for judge in judges for stage in judge.stages))
        names = " or ".join(f"`{judge.id}`" for judge in judges)
        help = f"its stages are {known}" if known else "it has a score, and no stages: leave --target out"
        raise InputError([Diagnostic("--target", 0, 0, f"{names} has no stage `{wanted}`", help)])
    return [_target(wanted, described, judge) for judge in judges]


def _target(wanted: str | None, described: str | None, judge: Checklist) -> str | None:
    """The first of the stage wanted, the described one and the usual one that the checklist has, or its last. A
    description's target belongs to its own checklist, and another may have no such stage."""
    order = [stage.id for stage in judge.stages]
    usual = (wanted, described, DEFAULT_TARGET)
    return next((stage for stage in usual if stage in order), order[-1] if order else None)
