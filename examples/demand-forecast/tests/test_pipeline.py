"""From sales to forecast on a small table, with a real model and a real registry."""

import mlflow
import numpy as np
import pandas as pd
import pytest
from deltalake import DeltaTable, write_deltalake

from forecast import score, train


@pytest.fixture
def table(tmp_path):
    draw = np.random.default_rng(1)
    days = pd.date_range("2026-03-01", periods=120)
    rows = [
        {"store": s, "article": 1, "day": d, "sold": float(draw.poisson(30 + 20 * (d.weekday() > 4))), "price": 2.0, "promotion": 0}
        for s in (1, 2, 3)
        for d in days
    ]
    write_deltalake(str(tmp_path / "sales"), pd.DataFrame(rows))
    mlflow.set_tracking_uri(f"sqlite:///{tmp_path}/mlflow.db")
    return tmp_path


def test_the_whole_pipeline_from_sales_to_forecast(table):
    version = train.main(str(table / "sales"), 0, stores=3)
    sales = DeltaTable(str(table / "sales")).to_pandas()
    made = score.main(sales, str(table / "forecasts"), stores=3, horizon=10, date="2026-06-29")
    assert made["model_version"].tolist() == [version] * 3
    assert made["forecast"].between(15, 80).all()


def test_last_week_stands_in_when_there_is_no_model(table):
    sales = DeltaTable(str(table / "sales")).to_pandas()
    made = score.main(sales, str(table / "forecasts"), stores=3, horizon=10, date="2026-06-29")
    assert set(made["source"]) == {"last week"}
    assert (made["forecast"] == made["same_weekday"]).all()


def test_a_rerun_replaces_the_night(table):
    sales = DeltaTable(str(table / "sales")).to_pandas()
    for _ in range(2):
        score.main(sales, str(table / "forecasts"), stores=3, horizon=10, date="2026-06-29")
    assert len(pd.read_parquet(table / "forecasts")) == 3
