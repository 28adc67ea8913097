terraform {
  backend "s3" {
    bucket = "halden-terraform-state"
    region = "eu-central-1"
  }
}

variable "image" { type = string }

locals {
  tags = { product = "demand-forecast" }
}

resource "aws_ecs_task_definition" "forecast" {
  family                   = "demand-forecast"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 8192
  memory                   = 32768
  execution_role_arn       = aws_iam_role.forecast.arn
  task_role_arn            = aws_iam_role.forecast.arn
  container_definitions = jsonencode([{
    name    = "dagster"
    image   = var.image
    secrets = [{ name = "MLFLOW_TRACKING_TOKEN", valueFrom = "/forecast/mlflow-token" }]
    environment = [
      { name = "SALES_TABLE", value = "s3://${aws_s3_bucket.data.id}/sales" },
      { name = "FORECAST_TABLE", value = "s3://${aws_s3_bucket.data.id}/forecasts" },
    ]
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/forecast", awslogs-region = "eu-central-1", awslogs-stream-prefix = "run" } }
  }])
  tags = local.tags
}

resource "aws_iam_role" "forecast" {
  name = "demand-forecast"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_s3_bucket" "data" {
  bucket = "halden-forecast-data"
  tags   = local.tags
}

resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration { status = "Enabled" }
}

resource "aws_s3_bucket_replication_configuration" "data" {
  role   = aws_iam_role.forecast.arn
  bucket = aws_s3_bucket.data.id
  rule {
    id     = "second-region"
    status = "Enabled"
    destination { bucket = "arn:aws:s3:::halden-forecast-data-eu-north-1" }
  }
}

resource "aws_cloudwatch_log_metric_filter" "finished" {
  name           = "forecast-finished"
  log_group_name = "/forecast"
  pattern        = "\"RUN_SUCCESS\" \"night\""
  metric_transformation {
    name      = "ForecastFinished"
    namespace = "Forecast"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name          = "forecast-late"
  alarm_description   = "No forecast by 04:30. Runbook: docs/runbook.md, The forecast is late"
  namespace           = "Forecast"
  metric_name         = "ForecastFinished"
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 86400
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_sns_topic" "alerts" {
  name = "forecast-alerts"
}

resource "aws_budgets_budget" "forecast" {
  name         = "demand-forecast"
  budget_type  = "COST"
  limit_amount = "9000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 85
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["forecasting@halden.example.com"]
  }
}
