"""Forecast one night. Each run keeps its forecast with its inputs and the model's version."""

from datetime import UTC, datetime

import fsspec
import mlflow
import pandas as pd

from forecast.checks import check_sales
from forecast.features import INPUTS, features
from forecast.train import MODEL


def forecast(rows: pd.DataFrame) -> pd.DataFrame:
    """The forecast for each row; last week's sales, marked, where the model cannot answer."""
    try:
        version = mlflow.MlflowClient().get_model_version_by_alias(MODEL, "live").version
        model = mlflow.lightgbm.load_model(f"models:/{MODEL}/{version}")
        return rows.assign(forecast=model.predict(rows[INPUTS]), source="model", model_version=version)
    except (mlflow.exceptions.MlflowException, ValueError):
        return rows.assign(forecast=rows["same_weekday"], source="last week", model_version=None)


def main(sales: pd.DataFrame, target: str, stores: int, horizon: int, date: str) -> pd.DataFrame:
    rows = features(check_sales(sales, stores), horizon)
    result = forecast(rows[rows["day"] == rows["day"].max()]).assign(made_at=datetime.now(UTC))
    result["forecast"] = result["forecast"].clip(0, 20_000)
    path = f"{target}/forecast_date={date}/forecast.parquet"  # every night is kept; a rerun replaces it
    with fsspec.open(path, "wb") as file:
        result.to_parquet(file, index=False)
    return result
