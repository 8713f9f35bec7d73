"""Events of frozen cuts keep the panels they showed, whatever is drawn, framed or taken off the board later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("kept_panels", sa.JSON(none_as_null=True), nullable=True))
