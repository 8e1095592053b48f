"""Runs the migrations on the connection that the program hands over."""

from alembic import context

from bearwitness.vault.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=False)
context.run_migrations()
