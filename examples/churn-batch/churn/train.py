"""Train on the months before, evaluate on the month after, register what passes."""

import json
import sys
from pathlib import Path

import mlflow
import yaml
from lightgbm import LGBMClassifier
from sklearn.metrics import roc_auc_score

from churn.data import FEATURES, content_hash, load

PARAMS = yaml.safe_load(Path("params.yaml").read_text())


def main(train_path: str, test_path: str) -> None:
    settings = dict(PARAMS["model"])
    seed = settings.pop("seed")
    train, test = load(Path(train_path)), load(Path(test_path))

    with mlflow.start_run():
        mlflow.log_params({**settings, "seed": seed})
        mlflow.log_param("train_data_sha256", content_hash(Path(train_path)))
        mlflow.log_param("test_data_sha256", content_hash(Path(test_path)))
        model = LGBMClassifier(random_state=seed, **settings)
        model.fit(train[FEATURES], train["left"])

        scores = model.predict_proba(test[FEATURES])[:, 1]
        auc = roc_auc_score(test["left"], scores)
        by_region = {
            region: round(roc_auc_score(test.loc[rows, "left"], scores[test.index.get_indexer(rows)]), 3)
            for region, rows in test.groupby("region").groups.items()
        }
        mlflow.log_metric("auc", auc)
        report = {"rows": len(test), "auc": round(auc, 3), "auc_by_region": by_region}
        Path("reports/evaluation.json").write_text(json.dumps(report, indent=2) + "\n")

        if auc < PARAMS["gate"]["least_auc"]:
            raise SystemExit(f"AUC {auc:.3f} is below the gate: the model is not registered")
        mlflow.lightgbm.log_model(model, name="model", registered_model_name="churn-gbm")


if __name__ == "__main__":
    main(*sys.argv[1:3])
