"""`readiness assess`: the main job."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import typer

from readiness.cli import complete, options, output
from readiness.errors import EXIT_GATE, EXIT_INPUT
from readiness.model import Assessment, Proof
from readiness.reports import EXTENSIONS, FORMATS, render_all
from readiness.steps.gate import CONDITIONS

NO_ROOT = "none"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("assess", rich_help_panel="Assess")(output.guarded(assess))


def assess(
    project: options.ProjectPath = Path("project.yaml"),
    checklist: options.ChecklistName = None,
    checklists: options.Folders = None,
    target: options.Target = None,
    root: options.Root = None,
    as_of: options.AsOf = None,
    accept: options.Accept = None,
    format: options.Format = "terminal",
    output_: options.Output = None,
    verbose: options.Verbose = False,
    fail_on: options.FailOn = None,
    fail_under: options.FailUnder = None,
) -> None:
    """Judge a project and print its gap report.

    Reads the description, looks at the evidence that it names, judges it by a checklist, and says
    how far the project is from its target stage, what is only claimed, and what to do next.
    """
    from readiness.pipeline import assess_all as run

    gates = tuple(fail_on or ())
    wanted = output.one_of("--format", format, tuple(FORMATS))
    rulers = _checklists(checklist)
    _given("--target", target)
    files = _files(output_ or (), project)
    for condition in gates:
        output.one_of("--fail-on", condition, CONDITIONS)
    if accept is not None and (gates or fail_under is not None):
        raise output.Stop(
            EXIT_INPUT, "readiness: `--accept` lowers the proof that is asked and cannot stand together with a gate"
        )
    proof = Proof[output.one_of("--accept", accept, complete.LESSER).upper()] if accept else None
    day = output.day(as_of)
    roots, shelves = _roots(project, root), options.folders(checklists)
    found = run(project, checklists=rulers, target=target, roots=roots, as_of=day, accept=proof, shelves=shelves)
    failures = _gate(found, gates, fail_under)
    for path, kind in files:
        output.write_file(path, render_all(found, kind, verbose=verbose))
    report = render_all(found, wanted, verbose=verbose, **output.look())
    code = EXIT_GATE if failures else 0
    output.emit(report, code)
    for failure in failures:
        output.say(f"gate not passed: {failure}")
    raise output.Stop(code)


def _gate(found: Sequence[Assessment], gates: tuple[str, ...], fail_under: float | None) -> tuple[str, ...]:
    """Why the gate does not pass; it holds only if it holds for every checklist."""
    if not gates and fail_under is None:
        return ()
    from readiness.steps.gate import gate

    for each in found:
        pin, most = f"{each.checklist.id}@{each.checklist.version}", each.score.most
        if "not-ready" in gates and each.verdict.ready is None:
            advice = "use a severity, or --fail-under"
            raise output.Stop(EXIT_INPUT, f"readiness: --fail-on not-ready: {pin} has no stages: {advice}")
        if fail_under is not None and fail_under > most:
            raise output.Stop(EXIT_INPUT, f"readiness: --fail-under {fail_under:g}: the scores of {pin} end at {most}")
    if fail_under is not None and len({each.checklist.scheme.unit for each in found}) > 1:
        units = " and ".join(dict.fromkeys(each.checklist.scheme.unit for each in found))
        raise output.Stop(EXIT_INPUT, f"readiness: --fail-under: these checklists score in {units}: run them apart")
    failures = [(each, failure) for each in found for failure in gate(each, gates, fail_under)]
    return tuple(f"{each.checklist.id}: {said}" if len(found) > 1 else said for each, said in failures)


# --------------------------------------------------------------------------- options


def _checklists(given: list[str] | None) -> tuple[str, ...]:
    """The checklists to judge by, none of them twice."""
    for number, name in enumerate(given or ()):
        _given("--checklist", name)
        if name in (given or ())[:number]:
            raise output.Stop(EXIT_INPUT, f"readiness: --checklist names {output.printable(name)} twice")
    return tuple(given or ())


def _given(option: str, value: str | None) -> None:
    """Refuse an empty value, such as a script's variable that was never set: it would act like no option at all."""
    if value is not None and not value.strip():
        raise output.Stop(EXIT_INPUT, f"readiness: {option} is empty: give it a value, or leave it out")


def _files(texts: Iterable[str], project: Path) -> list[tuple[Path, str]]:
    """The path and format of each `--output`. None is named twice, for the last would replace the others."""
    files = [_file(text, project) for text in texts]
    seen: set[str] = set()
    for path, _ in files:
        place = os.path.realpath(path)
        if place in seen and (path.is_file() or not path.exists()):
            raise output.Stop(EXIT_INPUT, f"readiness: --output names {output.printable(str(path))} twice")
        seen.add(place)
    return files


def _file(text: str, project: Path) -> tuple[Path, str]:
    """The path and format of an `--output`, which is never the description itself."""
    kind, sign, name = text.partition("=")
    named = sign and kind in FORMATS
    if named and not name:
        raise output.Stop(EXIT_INPUT, f"readiness: --output {kind}= names no file")
    _given("--output", text)
    path = Path(name if named else text)
    if os.path.realpath(path) == os.path.realpath(project):
        raise output.Stop(EXIT_INPUT, f"readiness: --output {output.printable(text)}: that is the description itself")
    if named:
        return path, kind
    if path.suffix.lower() not in EXTENSIONS:
        known, shown = ", ".join(EXTENSIONS), output.printable(text)
        if kind.isalnum() and name:
            formats = ", ".join(FORMATS)
            raise output.Stop(
                EXIT_INPUT, f"readiness: --output {shown}: there is no format `{kind}`; it is one of {formats}"
            )
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: --output {shown}: no format follows from its ending ({known} are known); "
            f"write FORMAT={shown} with one of {', '.join(FORMATS)}",
        )
    return path, EXTENSIONS[path.suffix.lower()]


def _roots(project: Path, given: list[str] | None) -> Mapping[str, Path] | None:
    """The repositories by name; None where the description's folder is the only one."""
    if not given:
        return None
    if NO_ROOT in given:
        if len(given) > 1:
            raise output.Stop(EXIT_INPUT, "readiness: `--root none` cannot stand beside another --root")
        return {}
    from readiness.collect import ROOT_NAME

    roots: dict[str, Path] = {}
    for text in given:
        _given("--root", text)
        name, sign, folder = text.partition("=")
        key, place = (name, Path(folder)) if sign and not Path(text).is_dir() else ("", Path(text))
        if key and not ROOT_NAME.match(f"{key}:x"):
            raise output.Stop(
                EXIT_INPUT,
                f"readiness: --root cannot be named `{output.printable(key)}`: "
                "begin with a letter, and use two or more letters, digits, `-` and `_`",
            )
        if sign and not (name and folder) and not Path(text).is_dir():
            raise output.Stop(EXIT_INPUT, f"readiness: --root {output.printable(text)}: write it as NAME=DIR")
        if not place.is_dir():
            what = "it is not a folder" if place.exists() else "there is no such folder"
            raise output.Stop(EXIT_INPUT, f"readiness: --root {output.printable(text)}: {what}")
        if key in roots:
            raise output.Stop(EXIT_INPUT, f"readiness: --root names {f'`{key}`' if key else 'the repository'} twice")
        roots[key] = place
    return roots if "" in roots else {"": project.parent, **roots}
