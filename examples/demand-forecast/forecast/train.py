"""Train on a named version of the sales table and evaluate on its last 28 days."""

import json
from pathlib import Path

import mlflow
import pandas as pd
import yaml
from deltalake import DeltaTable
from lightgbm import LGBMRegressor
from sklearn.metrics import mean_absolute_error

from forecast.checks import check_sales
from forecast.features import INPUTS, features

MODEL = "demand"


def wape(sold: pd.Series, predicted: pd.Series) -> float:
    return float(mean_absolute_error(sold, predicted) / sold.mean())


def fit(rows: pd.DataFrame, config: dict) -> LGBMRegressor:
    model = LGBMRegressor(
        objective=config["objective"],
        n_estimators=config["n_estimators"],
        learning_rate=config["learning_rate"],
        num_leaves=config["num_leaves"],
        random_state=config["seed"],
    )
    return model.fit(rows[INPUTS], rows["sold"])


def main(table: str, version: int, stores: int) -> str:
    config = yaml.safe_load(Path("config/model.yaml").read_text())
    sales = check_sales(DeltaTable(table, version=version).to_pandas(), stores)
    rows = features(sales, config["horizon_days"])
    cut = rows["day"].max() - pd.Timedelta(days=28)
    known, test = rows[rows["day"] <= cut], rows[rows["day"] > cut]

    with mlflow.start_run():
        mlflow.log_params({**config, "sales_version": version})
        model = fit(known, config)
        predicted = pd.Series(model.predict(test[INPUTS]), index=test.index)
        error, baseline = wape(test["sold"], predicted), wape(test["sold"], test["same_weekday"])
        by_weekday = {str(day): wape(part["sold"], predicted[part.index]) for day, part in test.groupby("weekday")}
        mlflow.log_metrics({"wape": error, "wape_baseline": baseline})
        report = {"sales_version": version, "wape": error, "wape_baseline": baseline, "wape_by_weekday": by_weekday}
        mlflow.log_dict(report, "evaluation.json")
        print(json.dumps(report))

        gain = 1 - error / baseline
        if error > config["gate"]["greatest_wape"] or gain < config["gate"]["least_gain_on_baseline"]:
            raise RuntimeError(f"WAPE {error:.3f}, gain {gain:.1%}: the candidate is not registered")
        registered = mlflow.lightgbm.log_model(model, name="model", registered_model_name=MODEL)
        mlflow.MlflowClient().set_registered_model_alias(MODEL, "live", registered.registered_model_version)
    return registered.registered_model_version
