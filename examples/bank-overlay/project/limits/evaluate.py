"""Compares the new model with the rules in use, on cards that neither has seen."""

import joblib
import mlflow
import pandas as pd
from sklearn.metrics import roc_auc_score


def evaluate(model_path: str, held_out: str) -> float:
    """The area under the curve on the held-out cards, which is logged with the run."""
    cards = pd.read_parquet(held_out)
    model = joblib.load(model_path)
    score = roc_auc_score(cards["arrears_in_12_months"], model.predict_proba(cards.drop(columns=["arrears_in_12_months"]))[:, 1])
    mlflow.log_metric("auc_held_out", score)
    return score


if __name__ == "__main__":
    print(evaluate("model.joblib", "data/held_out_2026.parquet"))
