"""What the options of a run are given, checked: checklists, files to write, repositories."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from readiness.cli import output
from readiness.errors import EXIT_INPUT
from readiness.reports import EXTENSIONS, FORMATS

NO_ROOT = "none"


def checklists(given: list[str] | None) -> tuple[str, ...]:
    """The checklists to judge by, none of them twice."""
    for number, name in enumerate(given or ()):
        not_empty("--checklist", name)
        if name in (given or ())[:number]:
            raise output.Stop(EXIT_INPUT, f"readiness: --checklist names {output.printable(name)} twice")
    return tuple(given or ())


def not_empty(option: str, value: str | None) -> None:
    """Refuse an empty value, such as a script's variable that was never set: it would act like no option at all."""
    if value is not None and not value.strip():
        raise output.Stop(EXIT_INPUT, f"readiness: {option} is empty: give it a value, or leave it out")


def files(texts: Iterable[str], project: Path) -> list[tuple[Path, str]]:
    """The path and format of each `--output`. None is named twice, for the last would replace the others."""
    files = [file(text, project) for text in texts]
    seen: set[str] = set()
    for path, _ in files:
        place = os.path.realpath(path)
        if place in seen and (path.is_file() or not path.exists()):
            raise output.Stop(EXIT_INPUT, f"readiness: --output names {output.printable(str(path))} twice")
        seen.add(place)
    return files


def file(text: str, project: Path) -> tuple[Path, str]:
    """The path and format of an `--output`, which is never the description itself."""
    kind, sign, name = text.partition("=")
    named = sign and kind in FORMATS
    if named and not name:
        raise output.Stop(EXIT_INPUT, f"readiness: --output {kind}= names no file")
    not_empty("--output", text)
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


def roots(project: Path, given: list[str] | None) -> Mapping[str, Path] | None:
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
        not_empty("--root", text)
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


def keeps(baseline: Path | None, files: Iterable[tuple[Path, str]]) -> None:
    """Refuse an output that would replace the baseline, which `readiness baseline update` alone writes."""
    if baseline is not None and os.path.realpath(baseline) in {os.path.realpath(path) for path, _ in files}:
        raise output.Stop(
            EXIT_INPUT, f"readiness: --output {output.printable(str(baseline))}: that is the baseline itself"
        )
