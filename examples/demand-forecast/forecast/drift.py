"""Hold last week's inputs and forecasts against the training period, and tell the team of a shift."""

import boto3
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

from forecast.features import INPUTS

TOPIC = "arn:aws:sns:eu-central-1:111122223333:forecast-alerts"


def watch(reference: pd.DataFrame, current: pd.DataFrame, week: str) -> float:
    """The share of columns that have shifted; the report of the week is kept."""
    columns = [*INPUTS, "forecast"]
    snapshot = Report([DataDriftPreset(drift_share=0.3)]).run(current[columns], reference[columns])
    snapshot.save_html(f"drift/{week}.html")
    share = snapshot.dict()["metrics"][0]["value"]["share"]
    if share > 0.3:
        boto3.client("sns").publish(TopicArn=TOPIC, Subject="Forecast inputs shifted", Message=f"{share:.0%} in {week}")
    return share
