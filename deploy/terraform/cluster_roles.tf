# What the cluster, its nodes and its agent may do in the account: the policies that AWS keeps for Auto Mode.

locals {
  policies = "arn:${local.partition}:iam::aws:policy"
}

resource "aws_iam_role" "cluster" {
  name               = "${var.name}-cluster"
  assume_role_policy = data.aws_iam_policy_document.trust["eks.amazonaws.com"].json
}

resource "aws_iam_role_policy_attachment" "cluster" {
  for_each = toset([
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
  ])

  role       = aws_iam_role.cluster.name
  policy_arn = "${local.policies}/${each.value}"
}

resource "aws_iam_role" "node" {
  name               = "${var.name}-node"
  assume_role_policy = data.aws_iam_policy_document.trust["ec2.amazonaws.com"].json
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "${local.policies}/${each.value}"
}

resource "aws_iam_role" "observability" {
  name               = "${var.name}-observability"
  assume_role_policy = data.aws_iam_policy_document.trust["pods.eks.amazonaws.com"].json
}

resource "aws_iam_role_policy_attachment" "observability" {
  role       = aws_iam_role.observability.name
  policy_arn = "${local.policies}/CloudWatchAgentServerPolicy"
}

# Cluster and pods tag their sessions, which the policies above are conditional on; nodes only assume.
data "aws_iam_policy_document" "trust" {
  for_each = toset(["ec2.amazonaws.com", "eks.amazonaws.com", "pods.eks.amazonaws.com"])

  statement {
    actions = each.value == "ec2.amazonaws.com" ? ["sts:AssumeRole"] : ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }
  }
}
