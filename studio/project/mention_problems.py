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
    Subject.id, Subject.name, Subject.name_key, Subject.kind, Subject.description, _PICTURES.label("pictures")
).order_by(Subject.rank, Subject.id)
_SOME: Any = bindparam("shots", expanding=True)
_SHOTS = (
    select(Shot.id, Shot.prompt, Shot.action, Shot.number, Shot.suffix, Scene.number, Scene.sequence)
    .join(Scene, Scene.id == Shot.scene_id)
    .where(~Shot.omitted)
    .order_by(Scene.rank, Shot.number, Shot.suffix)
)
_CAST = select(ShotSubject.shot_id, ShotSubject.subject_id).order_by(ShotSubject.rank, ShotSubject.id)


@dataclass(eq=False)
class _Known:
    """A subject, and what the texts say of it."""

    id: str
    name: str
    key: str
    kind: str
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
        # Through the connection: nothing of it becomes a mapped row.
        connection = session.connection()
        self._shots = connection.execute(wanted[0], given).all()
        self._cast: dict[str, dict[str, _Known]] = defaultdict(dict)
        """By shot: who is in it, by key."""
        for shot, subject in connection.execute(wanted[1], given).all():
            one = self._by_id[subject]
            self._cast[shot][one.key], one.used = one, True

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
        cast = self._cast.get(shot, {})
        named = _named(said)
        for key in named:
            if key in self._by_key:
                self._by_key[key].named_in.append(shot)
        if named.keys() == cast.keys():
            return
        place = _shown(self._scheme, *number)
        for key, name in named.items():
            if key not in self._by_key:
                yield MentionProblem("unknown", name, f"Shot {place} names {name}, {self._nobody(name)}", shot)
            elif key not in cast:
                yield self._uncast(self._by_key[key], place, shot)
        # Without a word of the user's own the fields make the prompt, and that names everybody.
        if accepted or draft.strip():
            for key, one in cast.items():
                if key not in named:
                    yield self._unnamed(one, place, shot, "accepted prompt" if accepted else "prompt")

    def _uncast(self, one: _Known, place: str, shot: str) -> MentionProblem:
        name, who = f"@{one.name}", "who" if one.kind == "character" else "which"
        words = f"Shot {place} names {name}, {who} is not in the shot. Put {name} in the shot, or take the name out."
        return MentionProblem("uncast", name, words, shot)

    def _unnamed(self, one: _Known, place: str, shot: str, text: str) -> MentionProblem:
        name = f"@{one.name}"
        words = (
            f"{name} is in shot {place}, but its {text} does not name {name}. Name {name} there, or take {name} out."
        )
        return MentionProblem("unnamed", name, words, shot)

    def _bare(self) -> Iterator[MentionProblem]:
        for one in self._subjects:
            if one.named_in and not one.pictures:
                name, times = f"@{one.name}", len(one.named_in)
                where = "in one shot" if times == 1 else f"in {counted(times, 'shot')}"
                words = (
                    f"{name} is named {where} and has no picture. Add one in the gallery to keep the looks of {name}."
                )
                yield MentionProblem("bare", name, words, one.named_in[0])

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
                name = f"@{one.name}"
                words = f"{name} is in no shot. Put {name} in one, or remove {name} from the gallery."
                yield MentionProblem("unused", name, words)

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
    if "@" not in text:
        return {}
    return {name_key(one): one for one in reversed(mentions(text)) if not one[1].isdigit()}


def _shown(scheme: Scheme, number: int, suffix: str, scene: str, sequence: str) -> str:
    return scheme.shot(scene, sequence, number, suffix)
