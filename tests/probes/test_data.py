"""The `data` probe over YAML, JSON, TOML, INI and templates of them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from readiness.loaders.detector import read_detector
from readiness.probes import Hit
from readiness.probes.data import find
from readiness.repository import MemoryRepository
from readiness.scan import scan

DEPLOYMENT = """
apiVersion: v1
kind: ConfigMap
---
{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: app
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          readinessProbe: {httpGet: {path: /ready}}
{{- end }}
"""
WORKFLOW = """
on: [push, workflow_dispatch]
jobs:
  build:
    steps:
      - uses: docker/build-push-action@v5
        with: {push: false}
      - uses: docker/build-push-action@v5
        with:
          push: true
      - run: |
          # pytest is not run
          echo start
          docker build \\
            --push .
"""


def look(path: str, text: str, **probe: Any) -> tuple[Hit, ...]:
    condition, faults = read_detector({"data": {"files": f"**/{path}", **probe}})
    assert not faults, faults
    return scan(MemoryRepository({path: text}), {"p": condition}).get("p", ())


def test_templates_and_several_documents() -> None:
    at = "spec.template.spec.containers.*."
    (hit,) = look("d.yaml", DEPLOYMENT, at=at + "{readinessProbe,livenessProbe}", doc={"kind": "^Deployment$"})
    assert hit.line == DEPLOYMENT.split("\n").index("          readinessProbe: {httpGet: {path: /ready}}") + 1
    assert not look("d.yaml", DEPLOYMENT, at=at + "resources")
    assert not look("d.yaml", DEPLOYMENT, at=at + "readinessProbe", doc={"kind": "ConfigMap"})
    assert not look("d.yaml", DEPLOYMENT, at=at + "readinessProbe", doc_not={"kind": "Deployment"})
    assert look("d.yaml", DEPLOYMENT, at="spec.replicas")
    assert not look("d.yaml", DEPLOYMENT, at="spec.replicas", min=2)


def test_workflows() -> None:
    uses = "jobs.*.steps.*.uses"
    assert look("w.yml", WORKFLOW, at="on", matches="^push$")
    assert not look("w.yml", WORKFLOW, at="on", matches="^pull_request$")
    (hit,) = look("w.yml", WORKFLOW, at=uses, matches="^docker/build-push", beside={"with.push": "^true$"})
    assert hit.line == 8
    (hit,) = look("w.yml", WORKFLOW, at=uses, matches="^docker/build-push", beside_not={"with.push": "^true$"})
    assert hit.line == 6
    assert look("w.yml", WORKFLOW, at="jobs.*.steps.*.run", matches="docker build.*--push")
    assert not look("w.yml", WORKFLOW, at="jobs.*.steps.*.run", matches="pytest")
    assert not look("w.yml", WORKFLOW, at=uses, matches="^docker/build-push", times=3)


@pytest.mark.parametrize(
    ("path", "text", "probe"),
    [
        ("pyproject.toml", "[tool.ruff.lint]\nselect = ['E']\n", {"at": "tool.ruff.lint"}),
        ("package.json", '{"scripts": {"lint": "eslint ."}}', {"at": "scripts.*", "matches": "eslint"}),
        ("tsconfig.json", '{// comment\n"a": {"b": 1,},}', {"at": "a.b", "equals": "1"}),
        ("setup.cfg", "[tool:pytest]\naddopts = -q\n", {"at": '"tool:pytest".addopts'}),
        ("a.yaml", "a.b: {c: yes}", {"at": '"a.b".c', "equals": "yes"}),
        ("a.yaml", "a: {b: [{c: {d: 3}}]}", {"at": "**.d", "min": 3}),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::X\n    Name: !Sub '${A}'\n",
            {"at": "Resources.*.Type", "matches": "^AWS::"},
        ),
        ("a.json", "\ufeff" + '{"a": 1}', {"at": "a"}),
        ("big.json", '{"k": "' + "x" * 9000 + '", "panels": [1]}', {"at": "panels"}),
    ],
)
def test_formats(path: str, text: str, probe: dict[str, Any]) -> None:
    assert look(path, text, **probe)


@pytest.mark.parametrize("text", ["a: null", "a: ''", "a: []", "a: {}", "a: '  '", "# a: 1", "b: {a: 1}", "a: ["])
def test_empty_values_are_not_there(text: str) -> None:
    assert not look("a.yaml", text, at="a")


def test_hostile_documents_do_not_crash() -> None:
    look("a.json", "[" * 100_000, at="**.a")
    look("a.json", '{"a":' * 50_000 + "1" + "}" * 50_000, at="**.a")
    look("a.yaml", "a: " + "[" * 100_000, at="**.a")
    look("a.yaml", "a: &a [x]\nb: &b [*a, *a]\n" + "c: [*b, *b]\n" * 100, at="**.a")
    look("a.toml", "a = " + "[" * 10_000, at="**.a")
    look("a.cfg", "no section", at="a.b")


def _document(source: random.Random, depth: int = 0) -> Any:
    kind = source.randrange(4 if depth < 5 else 1)
    if kind == 0:
        return source.choice(["x", 1, None, True])
    if kind == 1:
        return [_document(source, depth + 1) for _ in range(source.randrange(4))]
    return {source.choice(["a", "b", "c", "a.b", 1, "0"]): _document(source, depth + 1) for _ in range(4)}


@pytest.mark.parametrize("seed", range(40))
def test_what_an_index_finds_is_what_a_search_finds(seed: int) -> None:
    source = random.Random(seed)
    top = {"a": _document(source), "b": _document(source), "c": [_document(source)]}
    known: dict[Any, Any] = {}
    for _ in range(150):
        steps = ["a", "b", "c", "*", "**", "**", "0", "1", "\0a.b", "\0a", "b*"]
        way = tuple(source.choice(steps) for _ in range(source.randrange(1, 6)))
        assert find(top, way, known) == find(top, way), way
