"""The `python` probe: what counts as doing something, and what is only a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from readiness.loaders.detector import read_detector
from readiness.probes import Hit
from readiness.repository import MemoryRepository
from readiness.scan import scan


def look(probe: dict[str, Any], *files: str, **named: str) -> tuple[Hit, ...]:
    condition, faults = read_detector({"python": probe})
    assert not faults, faults
    tree = {f"m{i}.py": text for i, text in enumerate(files)} | {k.replace("__", "/"): v for k, v in named.items()}
    return scan(MemoryRepository(tree), {"p": condition}).get("p", ())


@pytest.mark.parametrize(
    ("probe", "code"),
    [
        ({"calls": "mlflow.log_metric"}, "import mlflow as ml\nml.log_metric('a', 1)"),
        ({"calls": "mlflow.log_metric"}, "from mlflow import log_metric as lm\nlm('a', 1)"),
        ({"calls": "mlflow.log_metric"}, "from mlflow import *\nlog_metric('a', 1)"),
        ({"calls": "mlflow.*.log_metric"}, "import mlflow\nc = mlflow.MlflowClient()\nc.log_metric('a', 1)"),
        ({"calls": "mlflow.*.log_metric"}, "from mlflow import Client\ndef f(c: Client):\n    c.log_metric()"),
        (
            {"calls": "fastapi.*.get"},
            "import fastapi as f\nclass A:\n def a(self):\n  self.r = f.APIRouter()\n def x(self):\n  self.r.get(1)",
        ),
        ({"calls": "shap.*.shap_values"}, "import shap\nshap.Explainer(m).shap_values(x)"),
        ({"calls": "*.log_metric"}, "tracker.log_metric(1)"),
        ({"calls": "f.x", "args": {"seed|0": r"^\d+$"}}, "import f\nf.x(seed=3)"),
        ({"calls": "f.x", "args": {"seed|0": r"^\d+$"}}, "import f\nSEED = 3\nf.x(SEED)"),
        (
            {"calls": "*.execute", "string_args": "INSERT INTO predictions"},
            "Q = 'INSERT INTO predictions'\ncur.execute(Q)",
        ),
        ({"imports": "evidently"}, "from evidently.report import Report\nReport()"),
        ({"uses": "*.feature_importances_"}, "print(model.feature_importances_)"),
        ({"decorators": "prefect.flow"}, "from prefect import flow\n@flow(retries=2)\ndef f(): pass"),
        (
            {"decorators": "fastapi.*.post", "params": ": Item"},
            "import fastapi\napp = fastapi.FastAPI()\n@app.post('/')\ndef f(i: Item): pass",
        ),
        (
            {"bases": "pydantic.BaseModel", "fields": r"Field\(.*ge="},
            "from pydantic import BaseModel, Field\nclass A(BaseModel):\n  x: int = Field(ge=0)",
        ),
        (
            {"raises": "*HTTPException", "args": {"status_code|0": "^4"}},
            "from fastapi import HTTPException\nraise HTTPException(422)",
        ),
        ({"defines": "^redact", "called": True}, "def redact_pii(t): return t\nredact_pii('x')"),
        ({"defines": "^redact", "called": True}, "@app.get('/')\ndef redact_pii(t): return t"),
        ({"compares": r"(?:^|_)auc\b", "then": "stop"}, "if test_auc < 0.8:\n    raise ValueError"),
        (
            {"compares": "accuracy", "then": "stop"},
            "import sys\nok = m['accuracy'] >= 0.9\nif not ok:\n    sys.exit(1)",
        ),
        ({"compares": "accuracy", "then": "exit"}, "import sys\nsys.exit(0 if accuracy > 0.9 else 1)"),
        ({"compares": "accuracy", "then": "raise"}, "assert accuracy > 0.9"),
        ({"compares": "f1", "then_calls": "*.register"}, "if f1 > best:\n    registry.register(model)"),
        ({"asserts": "isnull"}, "assert not df.isnull().any()"),
        ({"assigns": "(?i)^seed$", "value": r"^\d+$"}, "SEED = 42"),
        (
            {"function": {"params": "DataFrame", "called": True, "any": [{"raises": "*"}]}},
            "def check(df: pd.DataFrame):\n  if len(df) == 0: raise ValueError\ncheck(d)",
        ),
        ({"function": {"all": [{"calls": "a.b"}, {"calls": "a.c"}]}}, "import a\na.b()\na.c()"),
        ({"calls": "a.b", "in": "^main$"}, "import a\ndef main():\n  def inner(): a.b()\n  inner()"),
    ],
)
def test_what_counts(probe: dict[str, Any], code: str) -> None:
    assert look(probe, code)


@pytest.mark.parametrize(
    ("probe", "code"),
    [
        (
            {"calls": "mlflow.log_metric"},
            "# mlflow.log_metric()\ns = 'import mlflow; mlflow.log_metric()'\nimport mlflow",
        ),
        ({"imports": "evidently"}, "import evidently\n'''evidently.Report()'''"),
        ({"calls": "f.x", "args": {"seed": r"^\d+$"}}, "import f\nf.x(seed=None)"),
        ({"calls": "f.x", "args_not": {"name": "^None$"}}, "import f\nf.x(name=None)"),
        ({"defines": "^redact", "called": True}, "def redact_pii(t):\n    return redact_pii(t)"),
        (
            {"bases": "pydantic.BaseModel", "called": True},
            "from pydantic import BaseModel\nclass A(BaseModel):\n  x: int",
        ),
        ({"compares": "accuracy", "then": "stop"}, "if accuracy < 0.8:\n    print('bad')"),
        ({"compares": "accuracy", "then": "exit"}, "import sys\nif accuracy < 0.8:\n    sys.exit(0)"),
        ({"compares": "accuracy"}, "if accuracy == 1: raise ValueError"),
        ({"asserts": "."}, "assert True"),
        ({"function": {"all": [{"calls": "a.b"}, {"calls": "a.c"}]}}, "import a\ndef f(): a.b()\ndef g(): a.c()"),
        ({"calls": "a.b", "not_in": "^main$"}, "import a\ndef main(): a.b()"),
        ({"calls": "a.b"}, "import a\nprint 'python 2'\na.b()"),
    ],
)
def test_what_does_not(probe: dict[str, Any], code: str) -> None:
    assert not look(probe, code)


def test_a_definition_counts_where_another_file_uses_it_but_no_test() -> None:
    probe = {"defines": "^redact", "called": True}
    definition = "def redact(t): return t"
    assert look(probe, definition, "from m0 import redact\nredact('x')") == (Hit("m0.py", 1, "def redact"),)
    assert not look(probe, definition, tests__test_m="from m0 import redact\nredact('x')")
    assert not look(probe, definition, "# redact('x')")


def test_notebook_cells_count_and_lines_are_those_of_the_file() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["mlflow.log_metric()"]},
        {"cell_type": "code", "source": ["%pip install mlflow\n", "import mlflow\n", "mlflow.log_metric('a', 1)"]},
        {"cell_type": "code", "source": "this does not parse ("},
    ]
    raw = json.dumps({"cells": cells}, indent=1)
    condition, _ = read_detector({"python": {"calls": "mlflow.log_metric"}})
    (hit,) = scan(MemoryRepository({"n.ipynb": raw}), {"p": condition})["p"]
    assert raw.split("\n")[hit.line - 1].strip().startswith('"mlflow.log_metric')
    dense = json.dumps({"cells": cells})
    assert scan(MemoryRepository({"n.ipynb": dense}), {"p": condition})


@pytest.mark.parametrize("code", ["(" * 5000, "-" * 200_000 + "1", "a" + ".b" * 20_000, "\\", "é = 1\nimport a\na.b()"])
def test_hostile_code_does_not_crash(code: str) -> None:
    look({"calls": "a.b"}, "import a\na.b()\n" + code)
    condition, _ = read_detector({"python": {"calls": "*"}})
    scan(MemoryRepository({"m.py": code.encode("latin-1", "replace")}), {"p": condition})
