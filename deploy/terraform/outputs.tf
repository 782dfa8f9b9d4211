# What the next steps need; README.md shows them.

output "cluster" {
  description = "The cluster's name, for `aws eks update-kubeconfig`."
  value       = aws_eks_cluster.main.name
}

output "registry" {
  description = "The repository to push the image to."
  value       = aws_ecr_repository.main.repository_url
}

output "address" {
  description = "The load balancer's name; point the name that people use at it (CNAME or alias)."
  value       = aws_lb.main.dns_name
}

output "database_secret" {
  description = "The secret that holds the database's URL."
  value       = aws_secretsmanager_secret.database.name
}

output "prometheus" {
  description = "Where the figures of Nexus can be queried."
  value       = aws_prometheus_workspace.main.prometheus_endpoint
}

output "helm_values" {
  description = "Values for the chart; ci/aws-values.yaml in the chart shows them for two sets."
  value = yamlencode({
    image   = { repository = aws_ecr_repository.main.repository_url }
    appSets = { for set, apps in var.app_sets : set => { apps = apps } }

    networkPolicy = {
      # The load balancer and the collector of metrics are in the network and not in the cluster.
      allowFrom = [{ ipBlock = { cidr = var.cidr } }]
      # Auto Mode runs DNS on the nodes, at addresses that are not pods'.
      dns      = { to = [{ ipBlock = { cidr = "0.0.0.0/0" } }] }
      database = { port = 5432, to = [for subnet in aws_subnet.private : { ipBlock = { cidr = subnet.cidr_block } }] }
    }

    extraObjects = [for set, apps in var.app_sets : {
      apiVersion = "eks.amazonaws.com/v1"
      kind       = "TargetGroupBinding"
      metadata   = { name = "{{ include \"nexus.name\" . }}-${set}", namespace = "{{ .Release.Namespace }}" }
      spec = {
        serviceRef     = { name = "{{ include \"nexus.name\" . }}-${set}", port = "http" }
        targetGroupARN = aws_lb_target_group.set[set].arn
        targetType     = "ip"
      }
    }]
  })
}
