"""The fields that feed a shot's picture, as they are now: what takes are compared with to find those out of date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from studio.project.cards import BriefSubject
from studio.project.cast import Cast
from studio.project.entities import Film, PromptExpansion, Scene, Shot
from studio.project.recipe import changes_in_words
from studio.project.timing import FrameRate

Fed = dict[str, str]

COLUMNS = (Shot.prompt, Shot.size, Shot.angle, Shot.lens, Shot.height, Shot.move, Shot.action, Scene.location,
           Scene.time, Scene.weather)
NAMES = tuple(column.key for column in COLUMNS)
_VALUES = attrgetter(*NAMES)
_ACCEPTED = select(PromptExpansion.shot_id, PromptExpansion.text).where(
    PromptExpansion.state.in_(("accepted", "edited"))).order_by(PromptExpansion.made_at)
_ACCEPTED_OF = _ACCEPTED.where(PromptExpansion.shot_id.in_(bindparam("shots", expanding=True)))


def present_fed(session: Session, shots: Iterable[str] | None = None) -> dict[str, Fed]:
    """By shot id; all shots where none are named. Four questions to the database, however many shots."""
    wanted = None if shots is None else list(shots)
    query = select(Shot.id, *COLUMNS).join(Scene, Scene.id == Shot.scene_id)
    if wanted is not None:
        query = query.where(Shot.id.in_(wanted))
    cast, texts, rate = Cast(session, wanted), accepted_texts(session, wanted), _rate(session)
    return {row.id: fed_of(row, cast.of(row.id), texts.get(row.id, ""), rate) for row in session.execute(query)}


def fed_of(row: Any, subjects: Iterable[BriefSubject], expansion: str, rate: str) -> Fed:
    """From a row with `COLUMNS`."""
    return fed_from(_VALUES(row), subjects, expansion, rate)


def fed_from(values: Iterable[str], subjects: Iterable[BriefSubject], expansion: str, rate: str) -> Fed:
    """From the values of `COLUMNS`. Empty fields are left out, so that a field added later is no change."""
    fed = {name: value for name, value in zip(NAMES, values, strict=True) if value}
    if expansion:
        fed["accepted prompt"] = expansion
    for one in subjects:
        fed[one.name] = one.description or one.kind
        for word in ("side", "facing", "action"):
            if value := getattr(one, word):
                fed[f"{one.name} {word}"] = value
        if one.references:
            fed[f"{one.name} pictures"] = " ".join(hash_[:12] for hash_ in one.references)
    fed["rate"] = rate
    return fed


def accepted_texts(session: Session, shots: list[str] | None = None) -> dict[str, str]:
    """The newest accepted or edited expansion of each shot that has one."""
    rows = session.execute(_ACCEPTED) if shots is None else session.execute(_ACCEPTED_OF, {"shots": list(shots)})
    return {row.shot_id: row.text for row in rows}


def cause(fed: str, kept: str, present: Mapping[str, str]) -> str:
    """Why a take fed with `fed` (JSON) is out of date; empty when it is not, or was kept as is with today's fields."""
    then = _read(fed)
    if not then or then == present:
        return ""
    today = {name: present.get(name, "") for name in {*then, *present}}
    if all(then.get(name, "") == value for name, value in today.items()):
        return ""
    if kept and _read(kept) == dict(present):
        return ""
    return changes_in_words({name: then.get(name, "") for name in sorted(today)}, present)


def rate_text(film: Film) -> str:
    return FrameRate(film.rate_num, film.rate_den).shown


def _rate(session: Session) -> str:
    return rate_text(session.scalars(select(Film)).one())


def _read(text: str) -> Fed:
    try:
        content = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    if all(type(value) is str for value in content.values()):
        return content
    return {name: str(value) for name, value in content.items()}
