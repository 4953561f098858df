"""Run migrations on the connection that `service.store.database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from service.store import thread_schema  # noqa: F401 - its tables belong to METADATA
from service.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
