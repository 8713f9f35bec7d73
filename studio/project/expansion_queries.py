"""Reading proposed prompts: the history of a shot, and what waits to be accepted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from studio.project import prompt_parts
from studio.project.commands.rows import need
from studio.project.entities import PromptExpansion, Scene, Shot
from studio.project.fed import accepted_prompts
from studio.project.prompt_cards import ACCEPTED, EDITED, UNDECIDED, ExpansionCard

_OF_SHOT = (
    select(PromptExpansion)
    .where(PromptExpansion.shot_id == bindparam("shot"))
    .order_by(PromptExpansion.made_at.desc(), PromptExpansion.id.desc())
)
_NEWEST = (
    select(PromptExpansion.shot_id, func.max(PromptExpansion.made_at).label("made_at"))
    .group_by(PromptExpansion.shot_id)
    .subquery()
)
_OTHER = aliased(PromptExpansion)
_CHOSEN_SINCE = exists().where(
    _OTHER.shot_id == PromptExpansion.shot_id,
    _OTHER.state.in_((ACCEPTED, EDITED)),
    _OTHER.decided_at > PromptExpansion.made_at,
)
_PENDING: Any = (
    select(PromptExpansion)
    .join(_NEWEST, (_NEWEST.c.shot_id == PromptExpansion.shot_id) & (_NEWEST.c.made_at == PromptExpansion.made_at))
    .join(Shot, Shot.id == PromptExpansion.shot_id)
    .join(Scene, Scene.id == Shot.scene_id)
    .where(PromptExpansion.state == UNDECIDED, ~_CHOSEN_SINCE, ~Shot.omitted, ~Shot.approved)
    .order_by(Scene.rank, Shot.number, Shot.suffix)
)


def expansion_cards(session: Session, shot: str) -> tuple[ExpansionCard, ...]:
    """All that was ever proposed for a shot, newest first."""
    need(session, Shot, shot)
    used = accepted_prompts(session, [shot])
    rows = session.scalars(_OF_SHOT, {"shot": shot})
    return tuple(_card(row, shot in used and used[shot].id == row.id) for row in rows)


def expansion_card(session: Session, expansion: str) -> ExpansionCard:
    row = need(session, PromptExpansion, expansion)
    used = accepted_prompts(session, [row.shot_id]).get(row.shot_id)
    return _card(row, used is not None and used.id == row.id)


def pending_expansions(session: Session, scene: str | None = None) -> tuple[ExpansionCard, ...]:
    """The newest proposal of every shot, of the film or of one scene, that waits to be decided; by scene and number.

    Omitted and approved shots are left out, and those for which another was accepted since it came. *All but those with
    warnings* are those whose `warnings` are empty: `accept_expansions` takes their ids.
    """
    query = _PENDING
    if scene is not None:
        query = query.where(Shot.scene_id == need(session, Scene, scene).id)
    return tuple(_card(row, used=False) for row in session.scalars(query))


def _card(row: PromptExpansion, used: bool) -> ExpansionCard:
    return ExpansionCard(
        id=row.id,
        shot=row.shot_id,
        draft=row.draft,
        text=row.text,
        negative=row.negative,
        parts=prompt_parts.read(row.parts, row.text, row.state),
        provider=row.provider,
        model=row.model,
        style=row.style,
        language=row.language,
        variant=row.variant,
        state=row.state,
        warnings=tuple(row.warnings),
        unknown=tuple(row.unknown),
        made_at=row.made_at,
        decided_at=row.decided_at,
        used=used,
    )
