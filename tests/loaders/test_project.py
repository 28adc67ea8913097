"""Every fault of a description: where it is said to be, in which words, and with which help."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest
from helpers import FULL, HEAD, document, faults, project, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.errors import InputError
from readiness.fields import MAX_FAULTS
from readiness.loaders.project import load_project, requested
from readiness.model import Level, Mark, Project

# A description and its faults: line, column, message, help.
FAULTS: list[tuple[str, list[tuple[int, int, str, str | None]]]] = [
    (
        "readiness: 1\nproject: {name: churn}\nmontoring: {}\n",
        [(3, 1, "unknown field `montoring`", "did you mean `monitoring`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ndrift_detection: yes\n",
        [(3, 1, "`drift_detection` is a practice and stands at the top", "move it under `monitoring:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nsystem: predictive\n",
        [(3, 1, "`system` is a fact and stands at the top", "move it under `facts:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ndrift: yes\n",
        [
            (
                3,
                1,
                "`drift` is a control of `core`, not a field",
                "it asks about `monitoring: drift_detection`, `monitoring: alerting`: answer there",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ntarget: pilot\n",
        [(3, 1, "`target` stands at the top", "move it under `assess:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nname: x\n",
        [(3, 1, "`name` stands at the top", "move it under `project:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  drift_detecton: yes\n",
        [(4, 3, "unknown practice `drift_detecton` in `monitoring`", "did you mean `drift_detection`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  fallback_behaviour: yes\n",
        [(4, 3, "`fallback_behaviour` is not a practice of `monitoring`", "it belongs under `integration:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  drift: yes\n",
        [
            (
                4,
                3,
                "`drift` is a control of `core`, not a practice",
                "it asks about `monitoring: drift_detection`, `monitoring: alerting`: answer there",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  zzzzqq: yes\n",
        [(4, 3, "unknown practice `zzzzqq` in `monitoring`", "`readiness schema project` lists every practice")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  system: yes\n",
        [(4, 3, "`system` is a fact, not a practice", "move it under `facts:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {sytem: predictive}\n",
        [(3, 9, "unknown fact `sytem`", "did you mean `system`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {system: predictve}\n",
        [(3, 17, "`system` must be one of `predictive`, `generative`, `agentic`", "did you mean `predictive`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {serving: [batch, onlne]}\n",
        [
            (
                3,
                26,
                "each entry of `serving` must be one of `online`, `batch`, `streaming`, `edge`",
                "did you mean `online`?",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {personal_data: on}\n",
        [(3, 24, "`personal_data` must be one of `true`, `false`", "did you mean `true`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {personal_data: maybe}\n",
        [(3, 24, "`personal_data` must be one of `true`, `false`", None)],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {acts: no}\n",
        [(3, 15, "`acts` must be one of `none`, `reads`, `writes`", "did you mean `none`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {acts: false}\n",
        [(3, 15, "`acts` must be one of `none`, `reads`, `writes`", "did you mean `none`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {serving: {a: 1}}\n",
        [(3, 18, "`serving` must be a list of any of `online`, `batch`, `streaming`, `edge`", None)],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: [a]\n",
        [(3, 8, "`facts` must hold fields, not a list", "write `facts:` and indent the facts below")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nfacts: {system: [predictive]}\n",
        [(3, 17, "`system` must be one of `predictive`, `generative`, `agentic`", None)],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: on\n",
        [(4, 12, "`on_call` must be one of `no`, `partial`, `yes`", "did you mean `yes`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: yess\n",
        [(4, 12, "`on_call` must be one of `no`, `partial`, `yes`", "did you mean `yes`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: 'true'\n",
        [(4, 12, "`on_call` must be one of `no`, `partial`, `yes`", "did you mean `yes`?")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: n/a\n",
        [
            (
                4,
                12,
                "`on_call` must be one of `no`, `partial`, `yes`",
                "write `{not_applicable: why it does not apply here}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: 3\n",
        [
            (
                4,
                12,
                "`on_call` must be one of `no`, `partial`, `yes`",
                "what there is to say goes into fields: `{answer: partial, note: ...}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: [ops/a.md]\n",
        [
            (
                4,
                12,
                "`on_call` is answered `no`, `partial`, `yes`, not with a list",
                "evidence goes into a field: `{answer: yes, evidence: [...]}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: the platform team is on call day and night\n",
        [
            (
                4,
                12,
                "`on_call` must be one of `no`, `partial`, `yes`",
                "what there is to say goes into fields: `{answer: partial, note: ...}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {not_applicable: }\n",
        [(4, 13, "`not_applicable` needs a reason", "write `{not_applicable: why it does not apply here}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {not_applicable: yes}\n",
        [(4, 13, "`not_applicable` needs a reason", "write `{not_applicable: why it does not apply here}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {not_applicable: n/a}\n",
        [(4, 13, "`not_applicable` needs a reason", "write `{not_applicable: why it does not apply here}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {not_applicable: a batch job, run at night}\n",
        [
            (
                4,
                42,
                "unknown field `run at night` in `on_call`",
                "text with a comma inside {...} must be quoted, or each part becomes a key",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, not_applicable: a batch job}\n",
        [(4, 13, "`on_call` is answered twice, by `answer` and by `not_applicable`", "keep the one that is true")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, due: 2026-02-30}\n",
        [(4, 31, "`due`: there is no day 2026-02-30", "write a date that exists, as YYYY-MM-DD")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, due: 1.2.2026}\n",
        [(4, 31, "`due` must be a date, not the text `1.2.2026`", "write it as YYYY-MM-DD, for example 2026-11-30")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, due: 20260101}\n",
        [(4, 31, "`due` must be a date, not the number 20260101", "write it as YYYY-MM-DD, for example 2026-11-30")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, attested: {by: Meyer, R., date: 2026-01-01}}\n",
        [
            (
                4,
                48,
                "unknown field `R.` in `attested`",
                "text with a comma inside {...} must be quoted, or each part becomes a key",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, attested: R. Meyer}\n",
        [
            (
                4,
                36,
                "`attested` must hold fields, not the text `R. Meyer`",
                "write `attested:` and indent `by:` and `date:` below",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, attested: {by: '', date: 2026-01-01}}\n",
        [(4, 37, "`by` of `attested` has no value", "write it behind `by:`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {unit: ms, max: '200'}\n",
        [
            (
                4,
                38,
                "`max` must be a plain number, not the text `200`",
                "write the bare number, without quotes or unit: 200",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {unit: ms, max: 200ms}\n",
        [
            (
                4,
                38,
                "`max` must be a plain number, not the text `200ms`",
                "write the bare number, without quotes or unit: 200",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {unit: ms, max: 200, actual: {path: r.json}}\n",
        [
            (
                4,
                51,
                "an `actual` from a file needs a JSON pointer to the figure (`at`)",
                "write `{path: report.json, at: /key}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {unit: ms, max: 200, actual: {url: 'http://x', at: /a}}\n",
        [(4, 52, "unknown field `url` in `actual`", "text with a comma or a colon inside {...} must be quoted")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {min: 5, max: 2}\n",
        [(4, 23, "`min` is greater than `max`", None)],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: 200 ms\n",
        [
            (
                4,
                22,
                "`latency_objective` must be one of `no`, `partial`, `yes`",
                "a measure's figures are fields: `{unit: ..., max: ..., actual: ...}`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {entries: [{max: 2}], max: 5}\n",
        [(4, 44, "`max` stands beside `entries`", "move it into the entry that it belongs to")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: [5]\n",
        [
            (
                4,
                23,
                "an entry holds fields, not the number 5",
                "its fields are `name`, `unit`, `min`, `max`, `baseline`, `actual`, `as_of`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ninfrastructure:\n  latency_objective: {answer: yes, max: 5}\n",
        [
            (
                4,
                23,
                "`latency_objective` is answered twice, by `answer` and by its figures",
                "the level of a measure or of records follows from its entries: leave `answer` out",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - control: fallbck\n    reason: r r r\n    owner: a@x\n    approved_by: A@X\n    expires: 2026-02-30\n",
        [
            (4, 14, "`core` has no control `fallbck`", "did you mean `fallback`?"),
            (
                7,
                18,
                "the approver of a waiver must be someone other than its owner",
                "name the person who accepts the risk",
            ),
            (8, 14, "`expires`: there is no day 2026-02-30", "write a date that exists, as YYYY-MM-DD"),
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - {control: drift_detection, reason: r, owner: a, approved_by: b, expires: 2026-02-03}\n",
        [
            (
                4,
                15,
                "`core` has no control `drift_detection`",
                "`drift_detection` is a practice; the controls that ask about it are `drift`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - {control: drift, reason: r, owner: a, approved_by: b}\n",
        [(4, 5, "the waiver lacks `expires`", "add `expires: ...`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - {control: 'core:', reason: r, owner: a, approved_by: b, expires: 2026-02-03}\n",
        [(4, 15, "`core:` names no control", "write `fallback`, or `ml-test-score:monitor-7` for another checklist")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - {control: core@1.0.0:drift, reason: r, owner: a, approved_by: b, expires: 2026-02-03}\n",
        [
            (
                4,
                15,
                "`core@1.0.0:drift` names no control",
                "write `fallback`, or `ml-test-score:monitor-7` for another checklist",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers:\n  - {control: drift, reason: r, owner: a, approved_by: b, expires: 2026-02-03}\n  - {control: core:drift, reason: r, owner: a, approved_by: b, expires: 2026-02-03}\n",
        [(5, 15, "`drift` is waived twice, first on line 4", "keep the one that holds")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers: [drift]\n",
        [
            (
                3,
                11,
                "a waiver holds fields, not the text `drift`",
                "its fields are `control`, `reason`, `owner`, `approved_by`, `expires`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nwaivers: {control: drift}\n",
        [(3, 10, "`waivers` must be a list, not a mapping", "begin each entry on its own line with `- `")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: /etc/passwd}\n",
        [
            (
                4,
                36,
                "an evidence path starts at the repository's root, not at the file system's",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: ../x}\n",
        [
            (
                4,
                36,
                "an evidence path cannot leave the repository: `..`",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: C:/x}\n",
        [
            (
                4,
                36,
                "an evidence path starts at the repository's root, not at the file system's",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: 'C:\\x'}\n",
        [
            (
                4,
                36,
                "an evidence path starts at the repository's root, not at the file system's",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: ~/x}\n",
        [
            (
                4,
                36,
                "an evidence path starts at the repository's root, not at the file system's",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: a/../b}\n",
        [
            (
                4,
                36,
                "an evidence path cannot leave the repository: `..`",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: 'lib:../x'}\n",
        [
            (
                4,
                36,
                "an evidence path cannot leave the repository: `..`",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: lib:/etc/passwd}\n",
        [
            (
                4,
                36,
                "an evidence path starts at the repository's root, not at the file system's",
                "write a path below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: ''}\n",
        [
            (
                4,
                36,
                "an evidence path must be a readable path of at most 1,000 characters",
                "write it like `docs/runbook.md`",
            )
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: [1]}\n",
        [(4, 37, "evidence is a path or fields, not the number 1", "write `path/to/file`, or `{path: ..., at: ...}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {path: a, url: 'http://x'}}\n",
        [(4, 36, "evidence names both a `path` and a `url`", "give each its own entry")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {at: /x}}\n",
        [(4, 36, "evidence names no `path`", "write `{path: path/to/file, at: ...}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {path: a, min: 3}}\n",
        [(4, 46, "`min` needs a figure to hold against it", "point to it with `at: /key/in/the/json`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {path: a, at: Drift, min: 3}}\n",
        [(4, 57, "`min` needs a figure to hold against it", "point to it with `at: /key/in/the/json`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {path: a, at: /x, min: 3, max: 1}}\n",
        [(4, 54, "`min` is greater than `max`", None)],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: 5}\n",
        [(4, 36, "evidence is a path or fields, not the number 5", "write `path/to/file`, or `{path: ..., at: ...}`")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: {path: a.json, at: /x, min: '3'}}\n",
        [(4, 64, "`min` must be a plain number, not the text `3`", "write the bare number, without quotes or unit: 3")],
    ),
    (
        'readiness: 1\nproject: {name: churn}\nmonitoring:\n  on_call: {answer: yes, evidence: "a\\eb"}\n',
        [
            (
                4,
                36,
                "an evidence path must be a readable path of at most 1,000 characters",
                "write it like `docs/runbook.md`",
            )
        ],
    ),
    (
        "readiness: 2\nproject: {name: x}\n",
        [(1, 12, "`readiness` must be 1, not the number 2", "this tool reads version 1 of the format")],
    ),
    ("project: {name: x}\n", [(1, 1, "the format version is missing", "begin the file with `readiness: 1`")]),
    (
        "readiness: 1\n",
        [(1, 1, "the project has no name", "write `project:` and below it, indented, `name: my-project`")],
    ),
    ("readiness: 1\nproject: {}\n", [(2, 10, "`project` lacks `name`", "add `name: ...`")]),
    (
        "readiness: '1'\nproject: {name: ''}\n",
        [
            (1, 12, "`readiness` must be 1, not the text `1`", "this tool reads version 1 of the format"),
            (2, 11, "`name` of `project` has no value", "write it behind `name:`"),
        ],
    ),
    (
        "readiness: 1\nproject: {name: tbd}\n",
        [(2, 17, "`name` of `project` says nothing: `tbd`", "write what is really so, or leave it out")],
    ),
    ("[]\n", [(1, 1, "a description holds fields, not a list", "begin with `readiness: 1`")]),
    ("hello\n", [(1, 1, "a description holds fields, not the text `hello`", "begin with `readiness: 1`")]),
    (
        "readiness: 1\nproject: churn\n",
        [(2, 10, "`project` must hold fields, not the text `churn`", "write `project:` and indent `name:` below")],
    ),
    (
        "readiness: 1\nproject: {name: churn}\nassess: {checklist: 5, target: prodution}\n",
        [
            (
                3,
                21,
                "`checklist` must be the id of a checklist or a path, not the number 5",
                "write it like `core@1.0.0`",
            ),
            (3, 32, "`target` must be one of `pilot`, `production`, `scale`", "did you mean `production`?"),
        ],
    ),
    (
        "readiness: 1\nproject: {name: churn}\ndata_pipelines:\n  data_sources:\n    - {name: crm, ownr: x}\n    - crm\n    - {name: [a]}\n    - {name: , owner: }\n",
        [
            (5, 19, "unknown field `ownr` in a record of `data_sources`", "did you mean `owner`?"),
            (
                6,
                7,
                "an entry holds fields, not the text `crm`",
                "its fields are `name`, `owner`, `contract`, `refresh`",
            ),
            (7, 14, "`name` must be text, not a list", "write one text; quote it where it begins with `[`"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults(text: str, expected: list[tuple[int, int, str, str | None]]) -> None:
    assert [(d.line, d.column, d.message, d.help) for d in faults(text)] == expected


def test_several_faults_in_the_order_of_their_lines() -> None:
    text = """readiness: 3
project: {nme: x}
waivers: [5]
facts: {risk: hihg}
monitoring: {on_call: yess, drift: yes}
governance: {licence: yes}
"""
    assert [(d.line, d.column) for d in faults(text)] == [
        (1, 12), (2, 10), (2, 11), (3, 11), (4, 15), (5, 13 + 10), (5, 29), (6, 14),
    ]  # fmt: skip


def test_after_a_hundred_faults_the_rest_is_not_looked_at() -> None:
    text = HEAD + "monitoring:\n" + "".join(f"  drift_detectio{n}: yes\n" for n in range(20_000))
    start = time.process_time()
    assert len(faults(text)) == MAX_FAULTS
    assert time.process_time() - start < 5


def test_text_that_acts_on_a_terminal_is_escaped() -> None:
    found = faults(HEAD + 'monitoring: {"\\e[31mred": yes}\n')
    assert found[0].message == "unknown practice `\\x1b[31mred` in `monitoring`"


# --------------------------------------------------------------------------- what is right


def test_a_full_description() -> None:
    read = project(FULL)
    assert read.model == {"name": "churn-gbm", "version": "1.10", "trained": "2026-10-30"}
    assert read.facts == {
        "system": "predictive",
        "serving": ("online", "batch"),
        "personal_data": True,
        "trains_model": True,
        "acts": "none",
    }
    assert (read.checklist, read.target) == ("core@1.0.0", "production")
    answers = read.answers
    assert [answers[k].level for k in ("model_evaluation", "runbook", "dashboards")] == [Level.YES, Level.YES, Level.NO]
    assert answers["alerting"].level is None
    drift = answers["drift_detection"]
    assert [(e.path, e.url, e.at) for e in drift.evidence] == [
        ("ops/drift.py", None, None),
        ("docs/operations.md", None, "Drift"),
        (None, "https://x.example", None),
    ]
    assert (drift.due, drift.up_to, drift.owner) == (date(2027, 1, 31), "pilot", "data-science")
    assert answers["autoscaling"].not_applicable == "a nightly batch job on one machine"
    assert answers["data_sources"].records[0].fields["refresh"] == "1"
    assert [(w.checklist, w.control) for w in read.waivers] == [("core", "fallback"), ("ml-test-score", "monitor-7")]


@pytest.mark.parametrize("written", ["1.10", "017", "0x1F", "2.0", "1e3", "12345678901234567890", "+5"])
def test_a_number_as_text_stays_as_it_is_written(written: str) -> None:
    assert project(f"readiness: 1\nproject: {{name: {written}}}\n").name == written


def test_what_is_not_filled_in_is_not_answered() -> None:
    read = project(
        HEAD
        + "monitoring: {on_call: {answer: , note: }, drift_detection: {}}\n"
        + "infrastructure: {latency_objective: {unit: , max: , actual: }, availability_objective: []}\n"
        + "data_pipelines: {data_sources: [{name: , owner: }]}\nwaivers: []\ngovernance:\nfacts:\nassess: {}\n"
    )
    for answer in read.answers.values():
        assert (answer.level, answer.entries, answer.records, answer.not_applicable) == (None, (), (), None)


def test_waivers_of_another_ruler_are_held_against_it_where_it_takes_part() -> None:
    row = "waivers: [{{control: 'own:{}', reason: r r, owner: a, approved_by: b, expires: 2027-01-01}}]\n"
    assert not faults(HEAD + row.format("only"))
    assert [d.message for d in faults(HEAD + row.format("onyl"))] == ["`own` has no control `onyl`"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("assess: {checklist: core@1}", ("core@1", Mark(1, 21))),
        ("assess: {checklist: 5}", (None, None)),
        ("assess: []", (None, None)),
        ("[]", (None, None)),
    ],
)
def test_the_checklist_that_is_asked_for(text: str, expected: tuple[str | None, Mark | None]) -> None:
    assert requested(document(text)) == expected


# --------------------------------------------------------------------------- anything anywhere

SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**39), 10**39) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12)
    | st.sampled_from(["yes", "no", "on", "2026-02-30", "2026-01-01", "/a", "..", "C:", "https://x", "tbd", ":", "a:b"])
)  # fmt: skip
WORDS = st.sampled_from(
    "readiness project facts assess monitoring infrastructure data_pipelines waivers name owner model answer evidence "
    "attested not_applicable up_to entries min max actual path at url as_of by date control reason serving system "
    "drift_detection latency_objective data_sources on_call contract".split()
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)
PLACES = [
    ("readiness",), ("project",), ("project", "name"), ("project", "model"), ("project", "model", "trained"),
    ("facts",), ("facts", "serving"), ("facts", "personal_data"), ("assess",), ("assess", "checklist"),
    ("assess", "target"), ("monitoring",), ("monitoring", "on_call"), ("monitoring", "on_call", "answer"),
    ("monitoring", "on_call", "evidence"), ("monitoring", "on_call", "attested"), ("monitoring", "on_call", "due"),
    ("monitoring", "on_call", "not_applicable"), ("monitoring", "on_call", "up_to"),
    ("infrastructure", "latency_objective"), ("infrastructure", "latency_objective", "actual"),
    ("infrastructure", "latency_objective", "entries"), ("data_pipelines", "data_sources"),
    ("data_pipelines", "data_sources", "entries"), ("waivers",), (),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), ANYTHING, st.booleans())
def test_any_value_anywhere_gives_a_project_or_its_faults(place: tuple[str, ...], value: Any, listed: bool) -> None:
    data: Any = [value] if listed else value
    for key in reversed(place):
        data = {key: data}
    if place:
        data = {"readiness": 1, "project": {"name": "x"}} | data
    try:
        assert isinstance(load_project(document(json.dumps(data, ensure_ascii=False)), vocabulary()), Project)
    except InputError as error:
        assert error.diagnostics
        assert all(d.line >= 0 and d.message for d in error.diagnostics)
