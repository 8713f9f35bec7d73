"""What a person should know about who is named in the film's prompts and who is there. Nothing is blocked by it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from model_runtime.mentions import mentions, name_key
from studio.project.commands.rows import scheme_of, the_film
from studio.project.entities import Scene, Shot, ShotSubject, Subject, SubjectView
from studio.project.fed import accepted_prompts
from studio.project.gallery_cards import MentionProblem
from studio.project.naming import Scheme
from studio.project.words import counted

_PICTURES = select(func.count(SubjectView.id)).where(SubjectView.subject_id == Subject.id).scalar_subquery()
_SUBJECTS = select(
    Subject.id, Subject.name, Subject.name_key, Subject.description, _PICTURES.label("pictures")
).order_by(Subject.rank, Subject.id)
_SOME: Any = bindparam("shots", expanding=True)
_SHOTS = (
    select(Shot.id, Shot.prompt, Shot.action, Shot.number, Shot.suffix, Scene.number, Scene.sequence)
    .join(Scene, Scene.id == Shot.scene_id)
    .where(~Shot.omitted)
    .order_by(Scene.rank, Shot.number, Shot.suffix)
)
_CAST = select(ShotSubject.shot_id, ShotSubject.subject_id).order_by(ShotSubject.rank, ShotSubject.id)


@dataclass
class _Known:
    """A subject, and what the texts say of it."""

    id: str
    name: str
    key: str
    description: str
    pictures: int
    named_in: list[str] = field(default_factory=list)
    """Ids of the shots that name it."""
    used: bool = False
    """It is in a shot, be that omitted."""


def mention_problems(session: Session, shots: Iterable[str] | None = None) -> tuple[MentionProblem, ...]:
    """Of the whole film, or of some shots; those of shots by scene and number, then those of the gallery.

    Five questions to the database, however many shots. What counts as a shot's prompt is the one that was accepted,
    else its draft and action. What omitted shots say counts for nothing.
    """
    return tuple(_Reading(session, None if shots is None else list(shots)).problems())


class _Reading:
    def __init__(self, session: Session, shots: list[str] | None) -> None:
        self._every = shots is None
        film = the_film(session)
        self._film_notes, self._scheme = film.style_notes, scheme_of(film)
        self._subjects = [_Known(*row) for row in session.execute(_SUBJECTS)]
        self._by_key = {one.key: one for one in self._subjects}
        self._by_id = {one.id: one for one in self._subjects}
        self._nobodies: dict[str, str] = {}
        self._accepted = accepted_prompts(session, shots)
        given = {} if shots is None else {"shots": shots}
        wanted = (
            (_SHOTS, _CAST)
            if shots is None
            else (_SHOTS.where(Shot.id.in_(_SOME)), _CAST.where(ShotSubject.shot_id.in_(_SOME)))
        )
        self._shots = session.execute(wanted[0], given).all()
        self._cast: dict[str, list[_Known]] = defaultdict(list)
        for shot, subject in session.execute(wanted[1], given):
            self._cast[shot].append(self._by_id[subject])
            self._by_id[subject].used = True

    def problems(self) -> Iterator[MentionProblem]:
        for row in self._shots:
            yield from self._of_shot(*row)
        yield from self._bare()
        if self._every:
            yield from self._of_notes()
            yield from self._unused()

    def _of_shot(self, shot: str, draft: str, action: str, *number: Any) -> Iterator[MentionProblem]:
        accepted = self._accepted.get(shot)
        said = accepted.text if accepted else f"{draft}\n{action}"
        cast = self._cast.get(shot, [])
        if not (said.strip() and (cast or "@" in said)):
            return
        place = _shown(self._scheme, *number)
        named = _named(said)
        for key, name in named.items():
            found = self._by_key.get(key)
            if found is None:
                yield MentionProblem("unknown", name, f"Shot {place} names {name}, {self._nobody(name)}", shot)
                continue
            found.named_in.append(shot)
            if found not in cast:
                yield MentionProblem(
                    "uncast",
                    f"@{found.name}",
                    f"Shot {place} names @{found.name}, who is not in the "
                    f"shot. Put @{found.name} in the shot, or take the name out.",
                    shot,
                )
        yield from self._unnamed(shot, place, cast, named, accepted is not None, draft)

    def _unnamed(
        self, shot: str, place: str, cast: list[_Known], named: dict[str, str], accepted: bool, draft: str
    ) -> Iterator[MentionProblem]:
        """Without a word of the user's own the fields make the prompt, and that names everybody."""
        if not accepted and not draft.strip():
            return
        text = "accepted prompt" if accepted else "prompt"
        for one in cast:
            if one.key not in named:
                yield MentionProblem(
                    "unnamed",
                    f"@{one.name}",
                    f"@{one.name} is in shot {place}, but its {text} does not "
                    f"name @{one.name}. Name @{one.name} there, or take @{one.name} out of the shot.",
                    shot,
                )

    def _bare(self) -> Iterator[MentionProblem]:
        for one in self._subjects:
            if one.named_in and not one.pictures:
                where = "in one shot" if len(one.named_in) == 1 else f"in {counted(len(one.named_in), 'shot')}"
                yield MentionProblem(
                    "bare",
                    f"@{one.name}",
                    f"@{one.name} is named {where} and has no picture. Add one "
                    "in the gallery, so that it looks the same everywhere.",
                    one.named_in[0],
                )

    def _of_notes(self) -> Iterator[MentionProblem]:
        places = [("The film notes name", self._film_notes)]
        places += [(f"The description of @{one.name} names", one.description) for one in self._subjects]
        for words, text in places:
            for key, name in _named(text).items():
                if key not in self._by_key:
                    yield MentionProblem("unknown", name, f"{words} {name}, {self._nobody(name)}")

    def _unused(self) -> Iterator[MentionProblem]:
        for one in self._subjects:
            if not one.used and not one.named_in:
                yield MentionProblem(
                    "unused",
                    f"@{one.name}",
                    f"@{one.name} is in no shot. Put it in one, or remove it from the gallery.",
                )

    def _nobody(self, name: str) -> str:
        key = name_key(name)
        if key not in self._nobodies:
            self._nobodies[key] = self._hint(key)
        return f"who is nobody in this film. {self._nobodies[key]}"

    def _hint(self, key: str) -> str:
        """Who may be meant: whose name it begins with, where no space follows it, else whose is written most alike."""
        begins = [one.name for one in self._subjects if key.startswith(one.key)]
        alike = difflib.get_close_matches(key, list(self._by_key), n=1)
        meant = max(begins, key=len, default="") or (self._by_key[alike[0]].name if alike else "")
        return f"Did you mean @{meant}?" if meant else "Add a subject of that name, or take it out."


def _named(text: str) -> dict[str, str]:
    """By key, as first written. What begins with a digit is an hour or a count and no name."""
    return {name_key(one): one for one in reversed(mentions(text)) if not one[1].isdigit()} if "@" in text else {}


def _shown(scheme: Scheme, number: int, suffix: str, scene: str, sequence: str) -> str:
    return scheme.shot(scene, sequence, number, suffix)
