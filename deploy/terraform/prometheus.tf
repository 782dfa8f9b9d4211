# What Nexus itself measures: a collector reads /metrics of every pod, rules.yaml says what is an alarm.

resource "aws_prometheus_workspace" "main" {
  alias       = var.name
  kms_key_arn = aws_kms_key.main.arn

  logging_configuration {
    log_group_arn = "${aws_cloudwatch_log_group.prometheus.arn}:*"
  }
}

resource "aws_cloudwatch_log_group" "prometheus" {
  name              = "/aws/vendedlogs/${var.name}/prometheus"
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_prometheus_scraper" "main" {
  alias                = var.name
  scrape_configuration = templatefile("${path.module}/scrape.yaml", { namespace = var.namespace })

  source {
    eks {
      cluster_arn        = aws_eks_cluster.main.arn
      subnet_ids         = aws_subnet.private[*].id
      security_group_ids = [local.pods]
    }
  }

  destination {
    amp {
      workspace_arn = aws_prometheus_workspace.main.arn
    }
  }
}

resource "aws_prometheus_rule_group_namespace" "main" {
  name         = var.name
  workspace_id = aws_prometheus_workspace.main.id
  data         = file("${path.module}/rules.yaml")
}

resource "aws_prometheus_alert_manager_definition" "main" {
  workspace_id = aws_prometheus_workspace.main.id
  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = { receiver = "alarms", group_by = ["alertname"] }
      receivers = [{
        name = "alarms"
        sns_configs = [{
          topic_arn = aws_sns_topic.alarms.arn
          subject   = "Nexus: {{ .CommonLabels.alertname }}"
          sigv4     = { region = var.region }
        }]
      }]
    })
  })

  depends_on = [aws_sns_topic_policy.alarms]
}
