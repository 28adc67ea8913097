"""What is real content and what is not, sections, lines and figures."""

# ruff: noqa: E501  (faulty lines and messages stand whole)
from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.content import (
    NoFigure,
    emptiness,
    figure,
    is_line_range,
    line_range,
    nearest_heading,
    read_json,
    sections,
)

HOLLOW = {
    "empty": ("  \n\t\n"),
    "headings.md": ("# Runbook for the churn service\n\n## Who to call and when\n\n### Rolling back\n"),
    "setext.md": (
        "Runbook for the churn service in production\n"
        "===========================================\n"
        "\n"
        "Who to call first\n"
        "-----------------\n"
    ),
    "rst.rst": (
        "Runbook for the churn service in production\n"
        "###########################################\n"
        "\n"
        "Who to call first\n"
        "~~~~~~~~~~~~~~~~~\n"
    ),
    "todo.md": (
        "# Runbook\n"
        "\n"
        "- TODO: describe the alerts, who gets them and how they are silenced when a deployment is running\n"
        "- TODO write rollback\n"
        "- FIXME\n"
    ),
    "todo2.md": (
        "# Runbook\n"
        "\n"
        "This document describes the runbook of the service.\n"
        "\n"
        "- TODO alerts\n"
        "- TODO rollback\n"
        "- TODO contacts\n"
    ),
    "tpl.md": (
        "# Model card\n"
        "\n"
        "## Intended use\n"
        "[Describe the intended use of the model]\n"
        "\n"
        "## Owner\n"
        "<name>\n"
        "\n"
        "## Limits\n"
        "{{ limitations }}\n"
        "\n"
        "Contact: ____\n"
        "Date: ________\n"
    ),
    "tpl2.md": (
        "# Runbook\n"
        "\n"
        "**Owner:** TBD\n"
        "**Dashboard:**\n"
        "**On call:** <team>\n"
        "\n"
        "## Steps\n"
        "\n"
        "1. [Describe the first step]\n"
        "2. ...\n"
    ),
    "lorem.md": (
        "# Model card\n"
        "\n"
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.\n"
        "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.\n"
    ),
    "table.md": (
        "# Metrics\n"
        "\n"
        "| Metric | Owner | Baseline | Target | Actual | Source |\n"
        "|---|---|---|---|---|---|\n"
        "| | | | | | |\n"
        "| | | | | | |\n"
    ),
    "table2.md": (
        "# Metrics\n"
        "\n"
        "| Metric | Baseline | Target |\n"
        "|---|---|---|\n"
        "| Monthly churn | | |\n"
        "| Retention offers sent | TBD | - |\n"
        "| Cost per contact | | |\n"
    ),
    "comments.md": ("<!-- Describe the intended use here, in two or three sentences. -->\n<!--\nmore\n-->\n"),
    "boxes.md": (
        "# Release checklist\n"
        "\n"
        "- [ ] Tests pass on the main branch\n"
        "- [ ] Model evaluated against the champion\n"
        "- [ ] Rollback plan reviewed by the on-call engineer\n"
        "* [] Stakeholders informed about the change\n"
    ),
    "labels.md": (
        "**Intended use:**\n"
        "\n"
        "**Owner of the model:**\n"
        "\n"
        "**Training data:**\n"
        "\n"
        "- Version of the data set:\n"
        "- Evaluation figures:\n"
    ),
    "badges.md": (
        "# churn\n"
        "\n"
        "[![build](https://img.shields.io/github/actions/badge.svg)](https://github.com/acme/churn/actions) ![cov](https://codecov.io/gh/acme/churn/branch/main/graph/badge.svg)\n"
    ),
    "hf.md": (
        "---\n"
        "license: mit\n"
        "language: en\n"
        "library_name: transformers\n"
        "tags:\n"
        "- text-classification\n"
        "---\n"
        '# Model Card for {{ model_id | default("Model ID", true) }}\n'
        "\n"
        "<!-- Provide a quick summary of what the model is/does. -->\n"
        "\n"
        '{{ model_summary | default("", true) }}\n'
        "\n"
        "## Model Details\n"
        "\n"
        "### Model Description\n"
        "\n"
        '- **Developed by:** {{ developers | default("[More Information Needed]", true)}}\n'
        "- **Funded by [optional]:** [More Information Needed]\n"
        "- **Shared by [optional]:** [More Information Needed]\n"
        "- **Model type:** [More Information Needed]\n"
        "- **License:** [More Information Needed]\n"
        "\n"
        "## Uses\n"
        "\n"
        "### Direct Use\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "## Bias, Risks, and Limitations\n"
        "\n"
        "Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model. More information needed for further recommendations.\n"
        "\n"
        "## How to Get Started with the Model\n"
        "\n"
        "Use the code below to get started with the model.\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "## Training Data\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "#### Preprocessing [optional]\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "#### Metrics\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "### Results\n"
        "\n"
        "[More Information Needed]\n"
        "\n"
        "## Environmental Impact\n"
        "\n"
        "Carbon emissions can be estimated using the [Machine Learning Impact calculator](https://mlco2.github.io/impact#compute) presented in [Lacoste et al. (2019)](https://arxiv.org/abs/1910.09700).\n"
        "\n"
        "- **Hardware Type:** [More Information Needed]\n"
        "- **Hours used:** [More Information Needed]\n"
        "- **Cloud Provider:** [More Information Needed]\n"
        "- **Carbon Emitted:** [More Information Needed]\n"
    ),
    "adr.md": (
        "# 1. Title\n"
        "\n"
        "## Status\n"
        "\n"
        "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?\n"
        "\n"
        "## Context\n"
        "\n"
        "What is the issue that we're seeing that is motivating this decision or change?\n"
        "\n"
        "## Decision\n"
        "\n"
        "What is the change that we're proposing and/or doing?\n"
    ),
    "madr.md": (
        "# {short title, representative of solved problem and found solution}\n"
        "\n"
        "## Context\n"
        "\n"
        "{Describe the context and problem statement, e.g., in free form using two to three sentences.}\n"
        "\n"
        "* {decision driver 1, e.g., a force, facing concern, …}\n"
        "* {decision driver 2, e.g., a force}\n"
    ),
    "zh_todo.md": ("# 运行手册\n\n待\n"),
    "a.csv": ("name,owner,contract\n"),
    "b.csv": ("name,owner,contract\n,,\n , ,\n"),
    "a.json": ("{ \n }\n"),
    "b.json": ('{"metrics": {}, "owner": null, "x": "TBD"}'),
    "a.yaml": ("# nothing\n# here\n---\n"),
    "b.yaml": ("owner:\nmetrics: {}\nlist:\n  - name:\n    contract: null\n"),
    "a.toml": ("# x\n[tool]\n"),
    "a.ipynb": ('{"cells": [], "metadata": {"k": "v"}}'),
    "a.py": ('#!/usr/bin/env python\n"""A module about\ndrift detection that does a lot.\n"""\n# TODO\n\npass\n'),
    "a.ts": ("/* the\n   whole thing\n*/\n// nothing\n"),
    "Dockerfile": ("# FROM python\n"),
    "a.sql": ("-- nothing\n"),
}

REAL = {
    "runbook.md": ("# Runbook\n\nRestart the job with `make score`.\nIf it fails twice, page the platform team.\n"),
    "runbook2.md": (
        "# Runbook\n"
        "\n"
        "## Restart\n"
        "\n"
        "```bash\n"
        "kubectl logs <pod>\n"
        "kubectl rollout undo deploy/${NAME}\n"
        "```\n"
        "\n"
        "1. Page <oncall@example.com>.\n"
        "2. Look at the dashboard: https://grafana.example.com/d/1\n"
        "\n"
        "TODO: add a screenshot\n"
    ),
    "steps.md": ("1. Stop the scoring job.\n2. Copy last month's list.\n3. Tell the campaign team.\n"),
    "card.md": (
        "---\n"
        "license: mit\n"
        "---\n"
        "# Churn model\n"
        "\n"
        "## Intended use\n"
        "\n"
        "Ranks subscribers by their risk of leaving next month. Not for pricing.\n"
        "\n"
        "## Metrics\n"
        "\n"
        "| Metric | Value |\n"
        "|---|---|\n"
        "| AUC | 0.84 |\n"
        "| Lift at 10 % | 3.1 |\n"
        "\n"
        "- [ ] fairness for new regions\n"
    ),
    "zh.md": ("# 运行手册\n\n如果评分任务失败,请先查看日志,然后重新启动任务。若两次失败,联系平台团队。\n"),
    "ja.md": ("# 手順\n\nジョブが失敗した場合は、ログを確認して再起動してください。\n"),
    "ar.md": ("# دليل التشغيل\n\nإذا فشلت المهمة مرتين فاتصل بفريق المنصة وأعد تشغيل الخدمة من لوحة التحكم.\n"),
    "ru.md": ("# Инструкция\n\nЕсли задание упало дважды, позвоните дежурному и перезапустите сервис.\n"),
    "ko.md": ("# 운영\n\n작업이 두 번 실패하면 로그를 확인하고 플랫폼 팀에 연락하십시오.\n"),
    "th.md": ("# คู่มือ\n\nหากงานล้มเหลวสองครั้ง ให้ติดต่อทีมแพลตฟอร์มและเริ่มบริการใหม่\n"),
    "hi.md": ("# पुस्तिका\n\nयदि काम दो बार विफल हो तो टीम को फोन करें और सेवा फिर से शुरू करें।\n"),
    "html.md": (
        "<table><tr><td>Owner</td><td>growth team</td></tr>\n"
        "<tr><td>Metric</td><td>AUC of 0.84 on the holdout</td></tr></table>\n"
    ),
    "CODEOWNERS": ("* @acme/growth\n"),
    "Dockerfile2/Dockerfile": ("FROM python:3.12\n"),
    "requirements.txt": ("flask==3.0.3\n"),
    "LICENSE": ("Permission is hereby granted, free of charge, to any person\n"),
    "a/a.py": ('"""Doc."""\nimport os\n'),
    "c.csv": ("name,owner\ncrm,crm-team\n"),
    "c.json": ('{"p99_ms": 0}'),
    "c.yaml": ("owner: growth\n"),
    "c.ipynb": ('{"cells": [{"source": ["df.head()"]}]}'),
    "m.toml": ('[tool]\nname = "x"\n'),
    "broken.json": ("{not json at all"),
    "faq.md": (
        "# FAQ\n"
        "\n"
        "How do I restart the job?\n"
        "Run `make score` on the batch host, then check that the table has today's date.\n"
    ),
    "fact.md": ("Owner: growth team, phone 1234, Berlin office\n"),
}

WHY = {
    "empty": "it is empty",
    "headings.md": "it holds no more than a heading",
    "comments.md": "it holds no more than a heading",
    "todo.md": "it only says what is still to be done",
    "boxes.md": "it only says what is still to be done",
    "lorem.md": "it only says what is still to be done",
    "tpl.md": "it is a template with its blanks not filled in",
    "table2.md": "it is a template with its blanks not filled in",
    "hf.md": "it is a template with its blanks not filled in",
    "a.csv": "it holds a header and no row",
    "a.json": "it holds no data",
    "a.py": "it holds no more than comments",
}


@pytest.mark.parametrize("name", HOLLOW)
def test_hollow_documents_are_no_content(name: str) -> None:
    assert emptiness(HOLLOW[name], name)


@pytest.mark.parametrize("name", WHY)
def test_the_reason_is_said(name: str) -> None:
    assert emptiness(HOLLOW[name], name) == WHY[name]


@pytest.mark.parametrize("name", REAL)
def test_real_documents_are_content(name: str) -> None:
    assert emptiness(REAL[name], name) is None


@pytest.mark.parametrize("name", REAL)
def test_line_ends_and_byte_order_marks_do_not_matter(name: str) -> None:
    assert emptiness("\ufeff" + REAL[name].replace("\n", "\r\n"), name) is None


def test_a_few_lines_of_a_table_are_judged_as_lines() -> None:
    assert emptiness("crm,crm-team", "sources.csv", part=True) is None


@settings(max_examples=60, deadline=None)
@given(st.text(), st.sampled_from(["a.md", "a.yaml", "a.json", "a.csv", "a.py", "a", "a.ipynb", "a.toml", "a.rst"]))
def test_any_text_is_judged(text: str, name: str) -> None:
    assert emptiness(text, name) is None or emptiness(text, name)
    list(sections(text, text[:20]))


HOSTILE = {
    "comments": "<!--" * 250_000,
    "spaces": "# a" + " " * 1_000_000 + "b",
    "anchors": "# " + "{#" * 500_000,
    "brackets": "[" * 1_000_000,
    "angles": ("<" + "a" * 3990 + "\n") * 250,
    "backticks": ("`" * 3990 + "\n") * 250,
    "separators": ("|" + "- " * 1900 + "\n") * 250,
    "dashes": "- " * 500_000,
    "braces": ("{a " * 1200 + "\n") * 250,
    "addresses": ("://a" * 990 + "\n") * 250,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    start = time.process_time()
    emptiness(HOSTILE[name], "a.md")
    emptiness(HOSTILE[name], "a.yaml")
    list(sections(HOSTILE[name], "nothing"))
    assert time.process_time() - start < 3


# --------------------------------------------------------------------------- sections

GUIDE = """---
title: guide
---
# Guide

Intro.

## Drift ##

Checked weekly.

### Limits

PSI of 0.2.

## *Roll* `back`

```sh
# Drift in code
```

Alerts
------

Pager.

~~~
```
## Hidden
~~~

## Drift

Second.

## [On call](#x): who {#who}

Meyer.
"""


@pytest.mark.parametrize(
    ("heading", "line", "text"),
    [
        ("Drift", 8, "\nChecked weekly.\n\n### Limits\n\nPSI of 0.2.\n"),
        ("## drift", 8, "\nChecked weekly.\n\n### Limits\n\nPSI of 0.2.\n"),
        ("Limits", 12, "\nPSI of 0.2.\n"),
        ("Roll back", 16, "\n```sh\n# Drift in code\n```\n"),
        ("#roll-back", 16, "\n```sh\n# Drift in code\n```\n"),
        ("Alerts", 22, "------\n\nPager.\n\n~~~\n```\n## Hidden\n~~~\n"),
        ("on call: who", 36, "\nMeyer."),
    ],
)
def test_sections(heading: str, line: int, text: str) -> None:
    first = next(sections(GUIDE, heading))
    assert (first.line, first.text) == (line, text)


def test_a_section_holds_its_subsections() -> None:
    assert next(sections(GUIDE, "Guide")).text.endswith("Meyer.")


def test_every_section_of_that_name_is_found() -> None:
    assert [part.line for part in sections(GUIDE, "Drift")] == [8, 32]


@pytest.mark.parametrize("heading", ["Hidden", "Drift in code", "title: guide", "Nothing", "#", "", "Dri"])
def test_what_is_no_heading(heading: str) -> None:
    assert list(sections(GUIDE, heading)) == []


def test_the_nearest_heading() -> None:
    assert nearest_heading(GUIDE, "Alert") == "Alerts"
    assert nearest_heading(GUIDE, "Quarterly figures") is None


def test_headings_in_other_scripts() -> None:
    assert next(sections("# 漂移\n\n每周检查。\n", "漂移")).text == "\n每周检查。"
    assert next(sections("## Дрейф\nтекст\n", "дрейф")).text == "текст"


# --------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("at", "text"),
    [("L1", "a"), ("L2-L3", "b\nc"), ("L2-3", "b\nc"), ("L3-L3", "c")],
)
def test_line_ranges(at: str, text: str) -> None:
    found = line_range("a\nb\nc\n", at)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("at", ["L0", "L4", "L3-L2", "L2-L9", "L9999999"])
def test_lines_that_are_not_there(at: str) -> None:
    assert is_line_range(at)
    assert line_range("a\nb\nc\n", at) is None


@pytest.mark.parametrize("at", ["2-3", "L", "L-3", "line 3", "L1-L2-L3", "L12345678", "L１"])
def test_what_is_no_line_range(at: str) -> None:
    assert not is_line_range(at)


def test_a_form_feed_ends_no_line() -> None:
    found = line_range("a\x0cb\nc", "L2")
    assert found is not None
    assert found.text == "c"


# --------------------------------------------------------------------------- figures

DATA: dict[str, Any] = {
    "p99_ms": 180,
    "a/b": {"c~d": 1.5},
    "": 3,
    "list": [1, {"x": 2}],
    "text": "0.93",
    "yes": True,
    "none": None,
    "nan": float("nan"),
    "inf": float("inf"),
    "huge": 10**50,
}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [("/p99_ms", 180), ("/a~1b/c~0d", 1.5), ("/", 3), ("/list/0", 1), ("/list/1/x", 2)],
)
def test_figures(pointer: str, value: float) -> None:
    assert figure(DATA, pointer) == value


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        ("/p99", "nothing stands at `/p99`; did you mean `p99_ms` in place of `p99`?"),
        ("/zzz", "nothing stands at `/zzz`"),
        ("/list/2", "nothing stands at `/list/2`; the list there has 2 elements, counted from 0"),
        ("/list/-1", "nothing stands at `/list/-1`; the list there has 2 elements, counted from 0"),
        ("/list/00", "nothing stands at `/list/00`; the list there has 2 elements, counted from 0"),
        ("/list/²", "nothing stands at `/list/²`; the list there has 2 elements, counted from 0"),
        ("/p99_ms/x", "nothing stands at `/p99_ms/x`"),
        ("/text", "what stands at `/text` is text, not a number"),
        ("/yes", "what stands at `/yes` is `true` or `false`, not a number"),
        ("/none", "what stands at `/none` is null, not a number"),
        ("/list", "what stands at `/list` is a list, not a number"),
        ("/list/1", "what stands at `/list/1` is a mapping, not a number"),
        ("/nan", "what stands at `/nan` is not a finite number"),
        ("/inf", "what stands at `/inf` is not a finite number"),
        ("/huge", "the number at `/huge` is too large to be a figure"),
    ],
)
def test_no_figure(pointer: str, why: str) -> None:
    with pytest.raises(NoFigure) as raised:
        figure(DATA, pointer)
    assert str(raised.value) == why


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe{", b"[" * 200_000, b"{'a': 1}"])
def test_broken_json(raw: bytes) -> None:
    with pytest.raises(NoFigure, match="it is not valid JSON"):
        read_json(raw)


@pytest.mark.parametrize("raw", [b"NaN", b"1e999", b"-Infinity", b"9" * 10_000])
def test_numbers_that_are_no_figures(raw: bytes) -> None:
    with pytest.raises(NoFigure, match="not a finite number"):
        figure({"a": read_json(raw)}, "/a")


def test_json_with_a_byte_order_mark() -> None:
    assert figure(read_json(b'\xef\xbb\xbf{"a": 1}'), "/a") == 1
