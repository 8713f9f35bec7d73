"""Alembic's entrance: it is only ever run by `upgrade`, on the connection handed in."""

from __future__ import annotations

from alembic import context

from studio.project.entities import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
