"""Longer prompts somebody proposed, and what the user made of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.rows import need
from studio.project.entities import PromptExpansion, Shot
from studio.project.history import outside_undo

MOST = 20_000
"""Characters of a proposed text."""


@outside_undo
def propose_expansion(session: Session, shot: str, text: str, *, draft: str, provider: str, style: str = "") -> Changes:
    """A text that arrived; it changes nothing until it is accepted."""
    need(session, Shot, shot)
    row = PromptExpansion(
        shot_id=shot,
        draft=values.text(draft, "draft", values.LONG),
        text=values.text(text, "proposed prompt", MOST),
        provider=values.text(provider, "provider", values.WORD),
        style=values.text(style, "style", values.WORD),
    )
    session.add(row)
    return Changes.of(shot=[shot], created=[("prompt_expansion", row.id)])


def accept_expansion(session: Session, expansion: str, text: str | None = None) -> Changes:
    """Use the proposed text, or `text` in its place, for the shot's next takes."""
    row = need(session, PromptExpansion, expansion)
    if text is not None and text != row.text:
        row.text, row.state = values.text(text, "prompt", MOST), "edited"
    else:
        row.state = "accepted"
    return Changes.of(prompt_expansion=[expansion], shot=[row.shot_id])


def refuse_expansion(session: Session, expansion: str) -> Changes:
    row = need(session, PromptExpansion, expansion)
    row.state = "refused"
    return Changes.of(prompt_expansion=[expansion], shot=[row.shot_id])
