"""The steps that bring an older film file up to date, each small, named and in its own transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

SCHEMA = 4
"""Number of the newest step, and the version a film file of this program carries."""


def upgrade(connection: Connection, version: int) -> None:
    """Apply every step after `version`. Runs inside the caller's transaction, which an error rolls back."""
    # Alembic takes a fifth of a second to import, and almost every opening has nothing to upgrade.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("version_locations", str(Path(__file__).parent / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, f"{SCHEMA:04}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA:d}")
