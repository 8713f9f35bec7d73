"""Wardrobe by aspect, how a shot sends its pictures, prompts in parts, film notes, grades of events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add("film", sa.Column("style_notes", sa.Text(), nullable=False, server_default=""))
    _add("event", sa.Column("grade", sa.String(), nullable=False, server_default=""))
    _add(
        "wardrobe_change",
        sa.Column("aspect", sa.String(), nullable=False, server_default="clothes"),
        sa.Column("last_day", sa.Integer(), nullable=True),
    )
    _add("wardrobe_exception", sa.Column("worn", sa.Boolean(), nullable=False, server_default="1"))
    _add(
        "prompt_expansion",
        sa.Column("parts", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("negative", sa.Text(), nullable=False, server_default=""),
        sa.Column("model", sa.String(), nullable=False, server_default=""),
        sa.Column("language", sa.String(), nullable=False, server_default=""),
        sa.Column("variant", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("unknown", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("decided_at", sa.String(), nullable=False, server_default=""),
    )
    _add("reference", sa.Column("cut_from", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE prompt_expansion SET decided_at = made_at WHERE state != 'proposed'")
    op.create_table(
        "shot_view",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shot_id", sa.String(), nullable=False),
        sa.Column("view_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        _link("shot_view", "shot_id", "shot"),
        _link("shot_view", "view_id", "subject_view"),
        sa.PrimaryKeyConstraint("id", name="pk_shot_view"),
    )
    op.create_index("ix_shot_view_shot_id", "shot_view", ["shot_id"])
    op.create_index("ix_shot_view_view_id", "shot_view", ["view_id"])


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column)


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, deferrable=True, initially="DEFERRED")
