"""Airflow: score every night. Training is started by hand for as long as the trial lasts."""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    dag_id="churn_nightly",
    schedule="0 2 * * *",
    start_date=datetime(2026, 7, 1),
    catchup=False,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10), "execution_timeout": timedelta(minutes=90)},
) as dag:
    fetch = BashOperator(task_id="fetch", bash_command="crm-export --day {{ ds }} --out data/subscribers/{{ ds }}.parquet")
    score = BashOperator(task_id="score", bash_command="python -m churn.score {{ ds }}")
    deliver = BashOperator(
        task_id="deliver",
        bash_command="campaign-load --queue at-risk --folder data/scores/{{ ds }}",
    )
    fetch >> score >> deliver
