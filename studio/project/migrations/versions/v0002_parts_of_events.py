"""Events keep where a split fell, to the part of a frame, and frozen cuts which of their events were not seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("shot_in_part", "framing_first", "framing_frames"):
        op.add_column("event", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("waits", sa.Boolean(), nullable=False, server_default="0"))
