"""What every mapped class shares: ids, the time of day as text, and the two kinds of link between rows.

Foreign keys are checked when a step is committed, not row by row, because an undo puts rows back in any order. None
of them deletes by itself: what goes with a deleted row is decided in `commands/removal.py`, where the journal sees it.
"""

from __future__ import annotations

import base64
import datetime
import secrets
from typing import Any

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, MappedColumn, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, eq=False, repr=False):
    metadata = MetaData(naming_convention=NAMES)


def new_id(kind: str) -> str:
    """`shot_4f7k2m9qax3d`: the kind and 60 random bits; never bare digits."""
    return f"{kind}_{base64.b32encode(secrets.token_bytes(8)).decode().lower()[:12]}"


def now() -> str:
    """UTC as ISO text, down to the microsecond, so that text order is time order."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def identity(kind: str) -> MappedColumn[str]:
    return mapped_column(primary_key=True, default_factory=lambda: new_id(kind))


def part_of(target: str, **options: Any) -> MappedColumn[Any]:
    """A link to the row this one belongs to and is removed with."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(key, index=True, info={"owner": True}, **options)


def refers_to(target: str, *, back: bool = False, **options: Any) -> MappedColumn[Any]:
    """A link to a row that exists on its own: emptied when that row is removed, or, where required, refusing it.

    `back` marks the links that close a circle of tables, so that the tables can be put in an order.
    """
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED", use_alter=back)
    return mapped_column(key, index=True, **options)
