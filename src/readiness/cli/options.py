"""The options of `assess`, and those that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from readiness.cli import complete
from readiness.cli.declare import Argument, Option
from readiness.reports import FORMATS
from readiness.steps.gate import CONDITIONS

MODES = ("report", "ratchet", "gate")
JUDGED, REPORT, GATE = "What is judged", "The report", "The gate"

ProjectPath = Annotated[
    Path, Argument(metavar="[PROJECT]", help="The project description.", show_default=True, readable=False)
]
ChecklistName = Annotated[
    list[str] | None,
    Option(
        "--checklist",
        metavar="ID[@VERSION]|PATH",
        help="Judge by this checklist, whatever the description asks for. May be repeated: each judges.",
        autocompletion=complete.checklists,
        rich_help_panel=JUDGED,
    ),
]
Folders = Annotated[
    list[Path] | None,
    Option(
        "--checklists",
        metavar="DIR",
        help="A folder of further checklists and practices. May be repeated; READINESS_CHECKLISTS names such too.",
        rich_help_panel=JUDGED,
    ),
]
Target = Annotated[
    str | None,
    Option(
        metavar="STAGE",
        help="The stage to aim for, such as pilot, production or scale.",
        autocompletion=complete.stages,
        rich_help_panel=JUDGED,
    ),
]
Root = Annotated[
    list[str] | None,
    Option(
        "--root",
        metavar="DIR|NAME=DIR|none",
        help="The repository (default: the description's folder); NAME=DIR adds another, whose evidence is "
        "written NAME:path; none looks at no files.",
        rich_help_panel=JUDGED,
    ),
]
AsOf = Annotated[
    str | None,
    Option(
        "--as-of",
        metavar="DATE",
        help="Judge as on this day, YYYY-MM-DD (default: today in UTC).",
        rich_help_panel=JUDGED,
    ),
]
Accept = Annotated[
    str | None,
    Option(
        metavar="PROOF",
        help="Accept lesser proof than the checklist asks: claimed, documented or attested. Not together with a gate.",
        autocompletion=complete.proofs,
        rich_help_panel=JUDGED,
    ),
]
Format = Annotated[
    str,
    Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"The report on stdout: {', '.join(FORMATS)}.",
        autocompletion=lambda incomplete: [f for f in FORMATS if f.startswith(incomplete)],
        rich_help_panel=REPORT,
    ),
]
Output = Annotated[
    list[str] | None,
    Option(
        "--output",
        "-o",
        metavar="[FORMAT=]FILE",
        help="Also write a report to a file; its ending tells the format. May be repeated.",
        rich_help_panel=REPORT,
    ),
]
Verbose = Annotated[
    bool, Option("--verbose", "-v", help="List every finding with its evidence.", rich_help_panel=REPORT)
]
FailOn = Annotated[
    list[str] | None,
    Option(
        "--fail-on",
        metavar="CONDITION",
        help="Exit 1 on: not-ready, an open gap of severity blocker, major or minor (or above), or worse than the "
        "baseline. May be repeated; each must hold.",
        autocompletion=lambda incomplete: [c for c in CONDITIONS if c.startswith(incomplete)],
        rich_help_panel=GATE,
    ),
]
FailUnder = Annotated[
    float | None,
    Option(
        "--fail-under",
        metavar="N",
        min=0,
        help="Exit 1 when the weakest dimension is proven to less than N, in the checklist's unit (percent).",
        rich_help_panel=GATE,
    ),
]


Baseline = Annotated[
    Path | None,
    Option(
        "--baseline",
        metavar="FILE",
        help="Hold the result against an earlier JSON report or a baseline: what is new, worse, better, fixed.",
        rich_help_panel=GATE,
    ),
]
Mode = Annotated[
    str | None,
    Option(
        "--mode",
        metavar="MODE",
        help="report: never fail; ratchet: fail on worse than the baseline; gate: fail on not-ready. In place of the "
        "description's mode.",
        autocompletion=lambda incomplete: [m for m in MODES if m.startswith(incomplete)],
        rich_help_panel=GATE,
    ),
]
Shelves = Annotated[
    list[Path] | None,
    Option(
        "--checklists",
        metavar="DIR",
        help="A folder of further checklists and practices. May be repeated; READINESS_CHECKLISTS names such too.",
    ),
]


def folders(given: Iterable[Path] | None) -> tuple[Path, ...]:
    """The folders of further checklists: those of the option, then those of the environment."""
    from readiness.shelves import from_environment

    return (*(given or ()), *from_environment())
