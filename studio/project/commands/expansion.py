"""Longer prompts somebody proposed, and what the user made of them, part by part.

That one was proposed is history and no step of the user's; every decision is.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import BadValue, NotFound, Refused
from studio.project import prompt_parts
from studio.project.changes import Changes
from studio.project.commands import values
from studio.project.commands.event import approved_note
from studio.project.commands.rows import need
from studio.project.entities import PromptExpansion, Shot
from studio.project.entities.base import now
from studio.project.history import outside_undo
from studio.project.prompt_cards import ACCEPTED, EDITED, PARTS, REFUSED, UNDECIDED, PromptPart

MOST = 20_000
"""Characters of a proposed text, all its parts together."""
MOST_PARTS = 60
MOST_TOLD = 200
"""Warnings, and words the engine does not know."""
MOST_VARIANTS = 1_000

Parts = tuple[PromptPart, ...]


@outside_undo
def propose_expansion(
    session: Session,
    shot: str,
    *,
    draft: str,
    provider: str,
    parts: Sequence[PromptPart] = (),
    text: str = "",
    negative: str = "",
    model: str = "",
    style: str = "",
    language: str = "",
    variant: int = 1,
    warnings: Sequence[str] = (),
    unknown: Sequence[str] = (),
) -> Changes:
    """A text that arrived; it changes nothing until it is accepted.

    Its text is what `parts` come to; `text` alone is one part. `negative` is a part of its own, unless one of `parts`
    is. Parts without text are left out; some may be locked; none is decided yet. Raises BadValue where nothing was
    written, or too much.
    """
    need(session, Shot, shot)
    row = PromptExpansion(
        shot_id=shot,
        draft=values.text(draft, "draft", values.LONG),
        text="",
        provider=values.text(provider, "provider", values.LINE),
        style=values.text(style, "style", values.WORD),
        model=values.text(model, "name of the model", values.LINE),
        language=values.text(language, "language", values.WORD),
        variant=values.whole(variant, "variant", 1, MOST_VARIANTS),
        warnings=[values.text(one, "warning", values.LONG) for one in warnings][:MOST_TOLD],
        unknown=[values.text(_short(one), "word", values.LINE) for one in unknown][:MOST_TOLD],
    )
    _put(row, tuple(map(_undecided, _proposed(parts, text, negative))))
    if not row.text:
        raise BadValue("Nothing was written for this shot.", "Expand it again.")
    session.add(row)
    return Changes.of(shot=[shot], created=[("prompt_expansion", row.id)])


def decide_part(session: Session, expansion: str, place: int, state: str, text: str | None = None) -> Changes:
    """One part (from 0) accepted, refused, edited to `text`, or `proposed`: undecided again, as it was proposed.

    The shot's next takes are drawn from the whole once no part is undecided.
    """
    state = values.one_of(state, "state of a part", (UNDECIDED, ACCEPTED, EDITED, REFUSED))
    if (state == EDITED) != (text is not None):
        raise BadValue("A part is edited by giving its new text.", "Give the text where, and only where, it is edited.")
    if text is not None and not values.text(text, "part", MOST).strip():
        raise BadValue("A part cannot be edited to nothing.", "Refuse the part instead.")
    return _change_part(session, expansion, place, lambda part: prompt_parts.decided(part, state, text))


def lock_part(session: Session, expansion: str, place: int, locked: bool = True) -> Changes:
    """A locked part stays word for word in the next variant. A refused one cannot be locked."""
    wanted = values.truth(locked, "Lock")
    row, parts = _with_parts(session, expansion)
    part = _part(parts, place)
    if wanted and not part.in_use:
        raise Refused("A refused part is not kept for the next variant.", "Accept the part first.")
    row.parts = prompt_parts.write(_replaced(parts, place, dataclasses.replace(part, locked=wanted)))
    return _touched([row])


def accept_expansion(session: Session, expansion: str) -> Changes:
    """Use what is proposed for the shot's next takes: every part that is not refused. One refused as a whole is taken
    back with all its parts."""
    return _accept(session, [need(session, PromptExpansion, expansion)])


def accept_expansions(session: Session, expansions: Iterable[str]) -> Changes:
    """The same of many shots as one step; approved shots are left alone and counted in the note."""
    rows = [need(session, PromptExpansion, one) for one in dict.fromkeys(expansions)]
    shots = {row.id: need(session, Shot, row.shot_id) for row in rows}
    open_ = [row for row in rows if len(rows) < 2 or not shots[row.id].approved]
    return _accept(session, open_) | Changes(note=approved_note(len(rows) - len(open_)))


def refuse_expansion(session: Session, expansion: str) -> Changes:
    """Not used; it stays in the shot's history, its draft with it."""
    row, parts = _with_parts(session, expansion)
    _decide(session, row, prompt_parts.refused(parts))
    return _touched([row])


def _accept(session: Session, rows: Sequence[PromptExpansion]) -> Changes:
    for row in rows:
        _decide(session, row, prompt_parts.accepted(prompt_parts.read(row.parts, row.text, row.state)))
        if row.state == REFUSED:
            raise Refused("Every part of its text is refused, so nothing is left to be drawn from.",
                          "Accept a part of it first.")
    return _touched(rows)


def _change_part(
    session: Session, expansion: str, place: int, change: Callable[[PromptPart], PromptPart]
) -> Changes:
    row, parts = _with_parts(session, expansion)
    _decide(session, row, _replaced(parts, place, change(_part(parts, place))))
    return _touched([row])


def _decide(session: Session, row: PromptExpansion, parts: Parts) -> None:
    _put(row, parts)
    row.decided_at = "" if row.state == UNDECIDED else _later(session, row)


def _put(row: PromptExpansion, parts: Parts) -> None:
    """The parts, and all that follows from them."""
    if sum(len(one.text) for one in parts) > MOST:
        raise BadValue(f"The prompt has more than {MOST:,} characters.", "Shorten a part, or refuse one.")
    row.parts = prompt_parts.write(parts)
    row.text, row.negative = prompt_parts.joined(parts), prompt_parts.negative(parts)
    row.state = prompt_parts.state_of(parts)


def _later(session: Session, row: PromptExpansion) -> str:
    """Now, but after every other decision on the shot, even where the clock was set back: the last one counts."""
    decided = select(func.max(PromptExpansion.decided_at)).where(PromptExpansion.shot_id == row.shot_id)
    last = session.scalar(decided) or ""
    if (stamp := now()) > last:
        return stamp
    moment = datetime.datetime.fromisoformat(last) + datetime.timedelta(microseconds=1)
    return moment.isoformat(timespec="microseconds")


def _proposed(parts: Sequence[PromptPart], text: str, negative: str) -> list[PromptPart]:
    if len(parts) > MOST_PARTS:
        raise BadValue(f"The prompt came in {len(parts):,} parts; at most {MOST_PARTS} are kept.", "Expand it again.")
    found = [one for one in parts if one.text.strip()] or [PromptPart("caption", text)]
    if negative and all(one.kind != prompt_parts.NEGATIVE for one in found):
        found.append(PromptPart(prompt_parts.NEGATIVE, negative))
    return found


def _undecided(part: PromptPart) -> PromptPart:
    kind = values.one_of(part.kind, "part of a prompt", PARTS)
    return PromptPart(kind, values.text(part.text, "proposed prompt", MOST), locked=part.locked)


def _short(word: str) -> str:
    """Chinese that nobody knows is one word, however long."""
    return word if len(word) <= values.LINE else f"{word[: values.LINE - 1]}…"


def _with_parts(session: Session, expansion: str) -> tuple[PromptExpansion, Parts]:
    row = need(session, PromptExpansion, expansion)
    return row, prompt_parts.read(row.parts, row.text, row.state)


def _part(parts: Parts, place: int) -> PromptPart:
    if not isinstance(place, int) or not 0 <= place < len(parts):
        raise NotFound(f"The prompt has no part {place!r}.", f"It has parts 0 to {len(parts) - 1}.")
    return parts[place]


def _replaced(parts: Parts, place: int, part: PromptPart) -> Parts:
    return (*parts[:place], part, *parts[place + 1 :])


def _touched(rows: Sequence[PromptExpansion]) -> Changes:
    return Changes.of(prompt_expansion=[row.id for row in rows], shot=[row.shot_id for row in rows])
