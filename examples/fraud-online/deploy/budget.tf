resource "aws_budgets_budget" "fraud" {
  name         = "fraud-scoring"
  budget_type  = "COST"
  limit_amount = "5200"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = ["user:product$fraud-scoring"]
  }

  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    notification_type          = "ACTUAL"
    subscriber_email_addresses = ["fraud-ml@northwater.example.com"]
  }
}

# Decisions are kept for 13 months, then the bucket deletes them.
resource "aws_s3_bucket_lifecycle_configuration" "decisions" {
  bucket = "northwater-fraud-decisions"

  rule {
    id     = "expire-decisions"
    status = "Enabled"
    filter { prefix = "decisions/" }
    expiration { days = 395 }
  }
}
