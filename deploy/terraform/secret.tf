# The database's password: made while applying, written to the database and to Secrets Manager, kept in no state.

ephemeral "random_password" "database" {
  length = 40
  # It becomes part of a URL.
  special = false
}

# What NEXUS_DATABASE gets; README.md shows how it comes into the cluster.
resource "aws_secretsmanager_secret" "database" {
  #checkov:skip=CKV2_AWS_57:It is renewed by raising var.database_password_version, since pods must be restarted with it

  name                    = "${var.name}/database-url"
  description             = "The URL with which Nexus reaches its database"
  kms_key_id              = aws_kms_key.main.arn
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id                = aws_secretsmanager_secret.database.id
  secret_string_wo         = "postgres://nexus:${ephemeral.random_password.database.result}@${aws_db_instance.main.endpoint}/nexus?sslmode=require"
  secret_string_wo_version = var.database_password_version
}
