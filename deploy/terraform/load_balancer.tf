# The way in: HTTPS, routed by path to the sets of apps. The chart's TargetGroupBindings fill the target groups with
# pods; outputs.tf writes them.

locals {
  # EKS gives this group to the nodes of Auto Mode, and so to the pods.
  pods = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id

  main_set = one([for set, apps in var.app_sets : set if length(apps) == 0])
  # App to set, in an order that does not change with the sets.
  routes = merge([for set, apps in var.app_sets : { for app in apps : app => set }]...)
}

resource "aws_lb" "main" {
  #checkov:skip=CKV2_AWS_76:The rules against log4j are there; those against anonymous addresses refuse people on a VPN
  #checkov:skip=CKV_AWS_150:var.deletion_protection is true unless someone says otherwise

  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = aws_subnet.public[*].id
  security_groups            = [aws_security_group.load_balancer.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
  # Nexus ends a request after 300 seconds; events are a stream that sends something more often than that.
  idle_timeout = 310

  access_logs {
    bucket  = aws_s3_bucket.logs.id
    enabled = true
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_lb_target_group" "set" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; the way from there to the pods is inside the private network
  for_each = var.app_sets

  name                 = "${var.name}-${each.key}"
  vpc_id               = aws_vpc.main.id
  target_type          = "ip"
  port                 = 3000
  protocol             = "HTTP"
  deregistration_delay = 30

  health_check {
    path                = "/readyz"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  # Auto Mode may only fill target groups that carry the cluster's name.
  tags = { "eks:eks-cluster-name" = aws_eks_cluster.main.name }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.main.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.set[local.main_set].arn
  }
}

# Metrics name tenants; they stay inside.
resource "aws_lb_listener_rule" "hidden" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 1

  condition {
    path_pattern {
      values = ["/metrics"]
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "app" {
  for_each = local.routes

  listener_arn = aws_lb_listener.https.arn
  priority     = 10 + index(sort(keys(local.routes)), each.key)

  condition {
    path_pattern {
      values = ["/api/v1/${each.key}", "/api/v1/${each.key}/*", "/mcp/${each.key}"]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.set[each.value].arn
  }
}
