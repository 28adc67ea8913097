"""Score one night: load the released model, write the list under the day and the model's version."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import mlflow
import pandas as pd

from churn.data import FEATURES, load

MODEL = "churn-gbm"
RELEASED = "released"  # the alias that an approved release moves


def main(day: str) -> Path:
    version = mlflow.MlflowClient().get_model_version_by_alias(MODEL, RELEASED).version
    model = mlflow.lightgbm.load_model(f"models:/{MODEL}/{version}")
    table = load(Path(f"data/subscribers/{day}.parquet"))

    ranked = table[["subscriber_id", *FEATURES]].assign(
        risk=model.predict_proba(table[FEATURES])[:, 1],
        model_version=version,
        scored_at=datetime.now(UTC),
    )
    path = Path(f"data/scores/{day}/model-{version}.parquet")  # every night is kept; a rerun replaces it
    path.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(ranked.sort_values("risk", ascending=False)).to_parquet(path, index=False)
    return path


if __name__ == "__main__":
    main(sys.argv[1])
