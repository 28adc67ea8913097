"""Dagster: the forecast each night, training each Sunday, drift each Monday."""

import os

import dagster as dg
import pandas as pd
from deltalake import DeltaTable

from forecast import drift, score, train

SALES, FORECASTS = os.environ["SALES_TABLE"], os.environ["FORECAST_TABLE"]
STORES, HORIZON = 640, 10
nights = dg.DailyPartitionsDefinition(start_date="2025-02-01")


@dg.asset
def model() -> str:
    return train.main(SALES, DeltaTable(SALES).version(), STORES)


@dg.asset(partitions_def=nights, retry_policy=dg.RetryPolicy(max_retries=2, delay=300))
def nightly_forecast(context: dg.AssetExecutionContext) -> pd.DataFrame:
    day = context.partition_key
    sales = DeltaTable(SALES).to_pandas(filters=[("day", "<=", pd.Timestamp(day))])
    return score.main(sales, FORECASTS, STORES, HORIZON, day)


@dg.asset
def weekly_drift(context: dg.AssetExecutionContext) -> float:
    made = pd.read_parquet(FORECASTS)
    newest = made["day"].max()
    recent = made["day"] > newest - pd.Timedelta(days=7)
    return drift.watch(made[~recent], made[recent], str(newest.date()))


training = dg.define_asset_job("training", selection=["model"])
watching = dg.define_asset_job("watching", selection=["weekly_drift"])
night = dg.define_asset_job("night", selection=["nightly_forecast"], partitions_def=nights)

defs = dg.Definitions(
    assets=[model, nightly_forecast, weekly_drift],
    schedules=[
        dg.ScheduleDefinition(job=training, cron_schedule="0 4 * * 0"),
        dg.ScheduleDefinition(job=watching, cron_schedule="0 7 * * 1"),
        dg.build_schedule_from_partitioned_job(night, hour_of_day=1),
    ],
)
