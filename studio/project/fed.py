"""The fields that feed a shot's picture, as they are now: what takes are compared with to find those out of date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from studio.project.cards import BriefGiven, BriefSubject
from studio.project.cast import Cast
from studio.project.entities import Film, PromptExpansion, Reference, Scene, Shot, ShotReference
from studio.project.gallery_cards import ShotPictures
from studio.project.recipe import PICTURES, REFERENCE, WEARS, changes_in_words
from studio.project.timing import FrameRate

Fed = dict[str, str]

COLUMNS = (Shot.prompt, Shot.size, Shot.angle, Shot.lens, Shot.height, Shot.move, Shot.action, Scene.location,
           Scene.time, Scene.weather)
NAMES = tuple(column.key for column in COLUMNS)
_VALUES = attrgetter(*NAMES)
_SOME: Any = bindparam("shots", expanding=True)
_ACCEPTED = select(PromptExpansion.shot_id, PromptExpansion.id, PromptExpansion.text, PromptExpansion.negative,
                   PromptExpansion.style).where(
    PromptExpansion.state.in_(("accepted", "edited"))).order_by(
    PromptExpansion.decided_at, PromptExpansion.made_at, PromptExpansion.id)
_ACCEPTED_OF = _ACCEPTED.where(PromptExpansion.shot_id.in_(_SOME))
_GIVEN = select(ShotReference.shot_id, ShotReference.id, Reference.hash, Reference.name, ShotReference.purpose,
                ShotReference.strength, Reference.kind).join(
    Reference, Reference.id == ShotReference.reference_id).order_by(ShotReference.rank, ShotReference.id)
_GIVEN_TO = _GIVEN.where(ShotReference.shot_id.in_(_SOME))


class Accepted(NamedTuple):
    """The prompt a shot's next takes are drawn from: of those the user accepted, the one decided last."""

    id: str = ""
    text: str = ""
    negative: str = ""
    style: str = ""
    """The caption style it was written in; empty: not known."""


class Feeding:
    """Reads what feeds shots once, then answers for any of them without asking again.

    Five questions to the database, however many shots; all shots where none are named.
    """

    def __init__(self, session: Session, shots: Iterable[str] | None = None) -> None:
        some = None if shots is None else list(shots)
        self.cast = Cast(session, some)
        self._accepted = accepted_prompts(session, some)
        self._given: dict[str, list[BriefGiven]] = defaultdict(list)
        for row in session.execute(_GIVEN) if some is None else session.execute(_GIVEN_TO, {"shots": some}):
            self._given[row.shot_id].append(BriefGiven(*row[1:]))
        self._rate = _rate(session)

    def accepted(self, shot: str) -> Accepted:
        return self._accepted.get(shot, _NONE)

    def given(self, shot: str) -> tuple[BriefGiven, ...]:
        """References of the shot's own, in order."""
        return tuple(self._given.get(shot, ()))

    def fed(self, shot: str, columns: Iterable[str]) -> Fed:
        """From the values of `COLUMNS`. Empty fields are left out, so that a field added later is no change."""
        fed = {name: value for name, value in zip(NAMES, columns, strict=True) if value}
        accepted = self.accepted(shot)
        if accepted.text:
            fed["accepted prompt"] = accepted.text
            if accepted.negative:
                fed["keep out"] = accepted.negative
        pictures = self.cast.pictures(shot)
        for one in self.cast.of(shot):
            _feed_subject(fed, one, pictures)
        for purpose, sent in _by_purpose(self._given.get(shot, ())).items():
            fed[f"{purpose}{REFERENCE}"] = sent
        fed["rate"] = self._rate
        return fed

    def fed_row(self, row: Any) -> Fed:
        """From a row with the shot's id and `COLUMNS`."""
        return self.fed(row.id, _VALUES(row))


def present_fed(session: Session, shots: Iterable[str] | None = None) -> dict[str, Fed]:
    """By shot id; all shots where none are named."""
    wanted = None if shots is None else list(shots)
    query = select(Shot.id, *COLUMNS).join(Scene, Scene.id == Shot.scene_id)
    if wanted is not None:
        query = query.where(Shot.id.in_(wanted))
    feeding = Feeding(session, wanted)
    return {row.id: feeding.fed_row(row) for row in session.execute(query)}


def accepted_prompts(session: Session, shots: Iterable[str] | None = None) -> dict[str, Accepted]:
    """Of each shot that has one."""
    rows = session.execute(_ACCEPTED) if shots is None else session.execute(_ACCEPTED_OF, {"shots": list(shots)})
    return {row.shot_id: Accepted(row.id, row.text, row.negative, row.style) for row in rows}


def cause(fed: str, kept: str, present: Mapping[str, str]) -> str:
    """Why a take fed with `fed` (JSON) is out of date; empty when it is not, or was kept as is with today's fields."""
    then = _read(fed)
    if not then or then == present or _same(then, present) or (kept and _same(_read(kept), present)):
        return ""
    told = {name: then.get(name, _untold(name, present)) for name in sorted({*then, *present})}
    return changes_in_words(told, present)


def _same(then: Mapping[str, str], today: Mapping[str, str]) -> bool:
    return all(then.get(name, _untold(name, today)) == today.get(name, "") for name in {*then, *today})


def _untold(name: str, today: Mapping[str, str]) -> str:
    """What a take says by not saying it: those made before wardrobe was told were drawn in what is described."""
    return today.get(name, "") if name.endswith(WEARS) else ""


def _feed_subject(fed: Fed, one: BriefSubject, pictures: ShotPictures) -> None:
    fed[one.name] = one.description or one.kind
    if one.kind == "character":
        # Said even where it is nothing, to be told from takes made before it was told at all.
        fed[f"{one.name}{WEARS}"] = " and ".join(one.worn)
    for word in ("side", "facing", "action"):
        if value := getattr(one, word):
            fed[f"{one.name} {word}"] = value
    if sent := _sent(one, pictures):
        fed[f"{one.name}{PICTURES}"] = sent


def _sent(one: BriefSubject, pictures: ShotPictures) -> str:
    """The subject's pictures in the shot's own order, without those it leaves out."""
    last = len(pictures.order)
    views = [view for view in one.views if view.id not in pictures.left_out]
    views.sort(key=lambda view: pictures.order.get(view.id, last))
    return " ".join(view.hash[:12] for view in views)


def _by_purpose(given: Iterable[BriefGiven]) -> Fed:
    found: dict[str, list[str]] = defaultdict(list)
    for one in given:
        found[one.purpose.replace("_", " ")].append(f"{one.hash[:12]} at {one.strength} %")
    return {purpose: " ".join(some) for purpose, some in found.items()}


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


_NONE = Accepted()
