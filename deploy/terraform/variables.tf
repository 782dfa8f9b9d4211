# What can be chosen; README.md has the same as a table.

variable "name" {
  description = "Begins the name of everything that is made."
  type        = string
  default     = "nexus"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.name))
    error_message = "The name has 2 to 16 small letters, digits and hyphens, and begins with a letter."
  }
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}
}

variable "cidr" {
  description = "The network's address range, a /16."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "The range is an IPv4 network of the form 10.20.0.0/16."
  }
}

variable "zones" {
  description = "Two or three availability zones to spread over, such as eu-central-1a. Their order must not change later."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 3 && length(distinct(var.zones)) == length(var.zones)
    error_message = "Two or three different zones."
  }

  validation {
    condition     = alltrue([for zone in var.zones : startswith(zone, var.region)])
    error_message = "Each is a zone of the region."
  }
}

variable "nat_per_zone" {
  description = "A NAT gateway in each zone; one for all is cheaper, and its zone's failure cuts off the others."
  type        = bool
  default     = true
}

variable "kubernetes_version" {
  description = "The cluster's Kubernetes version."
  type        = string
  default     = "1.34"

  validation {
    condition     = can(regex("^1\\.(3[0-9]|[4-9][0-9])$", var.kubernetes_version))
    error_message = "The chart needs Kubernetes 1.30 or newer, written like 1.34."
  }
}

variable "cluster_access_cidrs" {
  description = "Addresses from which the cluster's API may be reached over the internet; empty keeps it in the network."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.cluster_access_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "Each is a CIDR, and none is the whole internet."
  }
}

variable "cluster_admins" {
  description = "ARNs of roles or users that administer the cluster, beside whoever makes it."
  type        = set(string)
  default     = []
}

variable "app_sets" {
  description = "The sets of apps as in the chart: name to apps. Exactly one is empty, runs all apps, and gets what no other set has."
  type        = map(list(string))
  default     = { main = [] }

  validation {
    condition     = length([for apps in values(var.app_sets) : apps if length(apps) == 0]) == 1
    error_message = "Exactly one set has an empty list of apps."
  }

  validation {
    condition     = length(flatten(values(var.app_sets))) == length(distinct(flatten(values(var.app_sets))))
    error_message = "An app is in one set at most, since its path leads to one."
  }

  validation {
    condition     = alltrue([for set in keys(var.app_sets) : can(regex("^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$", set))])
    error_message = "A set's name has 1 to 12 small letters, digits and hyphens."
  }
}

variable "namespace" {
  description = "The Kubernetes namespace that the chart is installed in."
  type        = string
  default     = "nexus"
}

variable "certificate_arn" {
  description = "The certificate of the address that people use, in ACM in the same region."
  type        = string

  validation {
    condition     = startswith(var.certificate_arn, "arn:")
    error_message = "The ARN of a certificate in ACM."
  }
}

variable "requests_per_address" {
  description = "Requests that one address may make in five minutes before it is refused; a whole office may share one."
  type        = number
  default     = 20000

  validation {
    condition     = var.requests_per_address >= 100
    error_message = "At least 100."
  }
}

variable "database_class" {
  description = "The database's instance class."
  type        = string
  default     = "db.m7g.large"
}

variable "database_version" {
  description = "PostgreSQL's major version."
  type        = string
  default     = "17"

  validation {
    condition     = contains(["15", "16", "17"], var.database_version)
    error_message = "15, 16 or 17."
  }
}

variable "database_storage" {
  description = "The database's storage in GiB at first, and how far it may grow by itself."
  type        = object({ first = number, most = number })
  default     = { first = 100, most = 1000 }

  validation {
    condition     = var.database_storage.first >= 20 && var.database_storage.most > var.database_storage.first
    error_message = "At least 20 at first, and more than that at most."
  }
}

variable "database_force_tls" {
  description = "The database refuses connections without TLS."
  type        = bool
  default     = true
}

variable "database_password_version" {
  description = "Raise it by one to make a new password; afterwards renew the Secret in the cluster and restart the pods."
  type        = number
  default     = 1
}

variable "backup_days" {
  description = "For how many days the database can be taken back to any moment."
  type        = number
  default     = 30

  validation {
    condition     = var.backup_days >= 7 && var.backup_days <= 35
    error_message = "7 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Database and load balancer refuse to be deleted."
  type        = bool
  default     = true
}

variable "alarm_email" {
  description = "Who gets the alarms; empty sends them to the topic alone."
  type        = string
  default     = ""
}

variable "log_days" {
  description = "For how many days logs are kept."
  type        = number
  default     = 365
}
