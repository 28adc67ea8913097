"""Judge a candidate on the last four weeks. Only one that passes both gates is registered."""

import json
import sys
from pathlib import Path

import joblib
import mlflow
import pandas as pd
import shap
import yaml
from fairlearn.metrics import MetricFrame, selection_rate
from sklearn.metrics import average_precision_score

from fraud.features import NAMES
from fraud.train import EVALUATION_WEEKS, table


def main(data: str, candidate: str) -> None:
    params = yaml.safe_load(Path("params.yaml").read_text())
    held = joblib.load(candidate)
    payments = pd.read_parquet(data)
    start = payments["at"].max() - pd.Timedelta(weeks=EVALUATION_WEEKS)
    rows = table(payments)
    late = (payments["at"] > start).to_numpy()
    test, inputs = payments[late], [row for row, is_late in zip(rows, late, strict=True) if is_late]

    scores = held["model"].predict_proba(inputs)[:, 1]
    stopped = scores >= params["threshold"]
    precision = average_precision_score(test["fraud"], scores)
    gaps = {}
    for group in ("age_band", "sex"):
        frame = MetricFrame(
            metrics=selection_rate, y_true=test["fraud"], y_pred=stopped, sensitive_features=test[group].fillna("unknown")
        )
        gaps[group] = float(frame.difference())
    by_country = {
        country: float(average_precision_score(test["fraud"][here], scores[here]))
        for country in ("DE", "FR", "NL")
        if (here := (test["country"] == country).to_numpy()).any()
    }
    weights = abs(shap.TreeExplainer(held["model"]).shap_values(pd.DataFrame(inputs, columns=NAMES))).mean(axis=0)

    report = {
        "average_precision": float(precision),
        "gap_in_held_payments": gaps,
        "average_precision_by_country": by_country,
        "mean_influence": dict(zip(NAMES, map(float, weights), strict=True)),
    }
    Path("reports/evaluation.json").write_text(json.dumps(report, indent=2) + "\n")
    with mlflow.start_run(run_id=held["run"]):
        mlflow.log_metric("average_precision", precision)
        mlflow.log_metrics({f"gap_{name}": gap for name, gap in gaps.items()})
        if precision < params["gate"]["least_average_precision"]:
            raise SystemExit(f"average precision {precision:.3f} is below the gate: not registered")
        if max(gaps.values()) > params["gate"]["greatest_gap"]:
            raise SystemExit(f"held payments differ between groups by {gaps}: not registered")
        mlflow.lightgbm.log_model(held["model"], name="model", registered_model_name="fraud-gbm")


if __name__ == "__main__":
    main(*sys.argv[1:3])
