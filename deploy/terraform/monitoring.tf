# Alarms of the load balancer and the database, and the topic that tells people. prometheus.tf has those of Nexus.

locals {
  alarms = {
    errors = {
      description = "More than 10 requests in five minutes were answered with a server error"
      namespace   = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", statistic = "Sum"
      comparison  = "GreaterThanThreshold", threshold = 10
      dimensions  = { LoadBalancer = aws_lb.main.arn_suffix }
    }
    unanswered = {
      description = "The load balancer found no pod that answers"
      namespace   = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", statistic = "Sum"
      comparison  = "GreaterThanThreshold", threshold = 10
      dimensions  = { LoadBalancer = aws_lb.main.arn_suffix }
    }
    slow = {
      description = "One request in a hundred took longer than two seconds"
      namespace   = "AWS/ApplicationELB", metric = "TargetResponseTime", statistic = "p99"
      comparison  = "GreaterThanThreshold", threshold = 2
      dimensions  = { LoadBalancer = aws_lb.main.arn_suffix }
    }
    database-cpu = {
      description = "The database's processors are busy over 80 per cent"
      namespace   = "AWS/RDS", metric = "CPUUtilization", statistic = "Average"
      comparison  = "GreaterThanThreshold", threshold = 80
      dimensions  = { DBInstanceIdentifier = aws_db_instance.main.identifier }
    }
    database-storage = {
      description = "The database has less than 10 GiB of storage left"
      namespace   = "AWS/RDS", metric = "FreeStorageSpace", statistic = "Minimum"
      comparison  = "LessThanThreshold", threshold = 10 * 1024 * 1024 * 1024
      dimensions  = { DBInstanceIdentifier = aws_db_instance.main.identifier }
    }
    database-memory = {
      description = "The database has less than 256 MiB of memory left"
      namespace   = "AWS/RDS", metric = "FreeableMemory", statistic = "Minimum"
      comparison  = "LessThanThreshold", threshold = 256 * 1024 * 1024
      dimensions  = { DBInstanceIdentifier = aws_db_instance.main.identifier }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "main" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic == "p99" ? null : each.value.statistic
  extended_statistic  = each.value.statistic == "p99" ? "p99" : null
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 2
  # No requests is no error.
  treat_missing_data = "notBreaching"
  alarm_actions      = [aws_sns_topic.alarms.arn]
  ok_actions         = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  for_each = var.app_sets

  alarm_name          = "${var.name}-${each.key}-unhealthy"
  alarm_description   = "The set ${each.key} has no pod that is ready"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dimensions = {
    LoadBalancer = aws_lb.main.arn_suffix
    TargetGroup  = aws_lb_target_group.set[each.key].arn_suffix
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sns_topic_subscription" "email" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

data "aws_iam_policy_document" "alarms" {
  statement {
    actions   = ["sns:Publish", "sns:GetTopicAttributes"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "aps.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}
