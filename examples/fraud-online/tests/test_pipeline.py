"""From payments to a trained model, with real components and a registry in a temporary folder."""

from pathlib import Path

import joblib
import mlflow
import numpy as np
import pandas as pd

from fraud import train

ROOT = Path(__file__).parent.parent


def payments(count: int = 2000) -> pd.DataFrame:
    draw = np.random.default_rng(7)
    amount = draw.uniform(1, 400, count).round(2)
    return pd.DataFrame(
        {
            "account_id": draw.integers(0, 50, count).astype(str),
            "at": pd.date_range("2026-05-01", periods=count, freq="45min"),
            "amount": amount,
            "merchant_category": 5411,
            "country": "DE",
            "fraud": (amount > 350).astype(int),
        }
    )


def test_the_pipeline_trains_a_model_that_tells_large_payments_apart(tmp_path, monkeypatch):
    (tmp_path / "params.yaml").write_text((ROOT / "params.yaml").read_text())
    monkeypatch.chdir(tmp_path)
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path}/mlflow.db")
    payments().to_parquet("payments.parquet")

    train.main("payments.parquet", "models/model.joblib")

    model = joblib.load("models/model.joblib")["model"]
    scores = model.predict_proba([[20, 1, 0, 0, 5411, 12], [390, 1, 0, 0, 5411, 12]])[:, 1]
    assert scores[0] < 0.1
    assert scores[1] > 0.9
