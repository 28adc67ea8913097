"""Train on all but the last four weeks. Everything that shaped the run goes to MLflow."""

import hashlib
import sys
from pathlib import Path

import joblib
import mlflow
import pandas as pd
import yaml
from lightgbm import LGBMClassifier

from fraud.features import features, histories

EVALUATION_WEEKS = 4


def table(payments: pd.DataFrame) -> list[list[float]]:
    rows = payments.to_dict("records")
    return [features(row, past) for row, past in zip(rows, histories(rows), strict=True)]


def main(data: str, target: str) -> None:
    settings = dict(yaml.safe_load(Path("params.yaml").read_text())["model"])
    seed = settings.pop("seed")
    payments = pd.read_parquet(data)
    cut = payments["at"].max() - pd.Timedelta(weeks=EVALUATION_WEEKS)
    known = payments[payments["at"] <= cut]

    with mlflow.start_run() as run:
        mlflow.log_params({**settings, "seed": seed, "rows": len(known), "until": str(cut)})
        mlflow.log_param("data_sha256", hashlib.sha256(Path(data).read_bytes()).hexdigest())
        model = LGBMClassifier(random_state=seed, **settings)
        model.fit(table(known), known["fraud"])
        Path(target).parent.mkdir(exist_ok=True)
        joblib.dump({"model": model, "run": run.info.run_id}, target)


if __name__ == "__main__":
    main(*sys.argv[1:3])
