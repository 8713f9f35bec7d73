"""The current cut as an export shows it: which frames of which take stand where, and where a card stands in.

Movie, timeline and the reading back all start from the same stretches, so that they cannot disagree.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.errors import Refused
from studio.project import queries, store
from studio.project.cards import FilmCard, SceneCard, TakeCard
from studio.project.cut_cards import EventCard
from studio.project.media_names import film_folder


@dataclass(frozen=True)
class ShownCut:
    """Everything an export of the current cut reads, gathered in one go: `project.ask(gather)`."""

    film: FilmCard
    events: tuple[EventCard, ...]
    scenes: tuple[SceneCard, ...] = ()
    takes: Mapping[str, TakeCard] = field(default_factory=dict)
    """The takes the events show, by id."""
    folder: Path | None = None
    """The film's folder, whose own files no export may replace."""

    @property
    def frames(self) -> int:
        """Length of the cut in film frames."""
        return sum(event.frames for event in self.events)


@dataclass(frozen=True)
class Stretch:
    """Frames of one event that come from one place: a take's movie, or a missing-shot card."""

    event: EventCard
    film_frame: int
    """Where it starts, counted from 0 at the head of the cut."""
    frames: int
    """Length in film frames."""
    take: TakeCard | None
    take_frame: int = 0
    """First frame shown of the take's movie, on the take's own clock."""
    step: Fraction = Fraction(1)
    """Take frames that go by in one film frame: 1 unless the take runs at another rate or the event at a speed.

    0 where the event holds one frame.
    """

    def take_frame_at(self, frame: int) -> int:
        """The frame of the take's movie that film frame `frame` of this stretch shows."""
        return self.take_frame + int(frame * self.step)

    @property
    def last_take_frame(self) -> int:
        return self.take_frame_at(self.frames - 1)


def gather(session: Any) -> ShownCut:
    events = tuple(queries.event_cards(session))
    takes = queries.takes_by_id(session, {event.take for event in events if event.take})
    scenes = tuple(queries.scene_cards(session))
    return ShownCut(queries.film_card(session), events, scenes, takes, film_folder(session.info))


def refuse_to_export(cut: ShownCut, out: Path) -> None:
    """Refused: a cut without a shot, a name that is no file's, and one that belongs to the film's own files."""
    if not cut.frames:
        raise Refused(f"The film {cut.film.title} has no shot in its cut.", "Add a shot first: shotwright add-shot.")
    if out.exists() and not out.is_file():
        raise Refused(f"{out} is no file, so no export is written in its place.", "Name a file.")
    if cut.folder is not None and _is_own_file(Path(os.path.realpath(cut.folder)), Path(os.path.realpath(out))):
        raise Refused(f"{out} is where the film keeps its own files; an export there could destroy them.",
                      f"Name another file, such as {cut.folder / 'exports' / ('film' + (out.suffix or '.mp4'))}.")


def _is_own_file(folder: Path, out: Path) -> bool:
    if out.name.casefold().startswith((store.DATABASE, ".project.lock")):
        return True
    own = [name for name in store.FOLDERS if name != "exports"]
    return out.is_relative_to(folder) and any(one.casefold() in own for one in out.relative_to(folder).parts[:1])


def stretches(cut: ShownCut) -> tuple[Stretch, ...]:
    """The cut in order, without a hole. Where a take is shorter than its event, a card fills what is left.

    Refuses an event at a speed that is not above zero: only forward playing is built.
    """
    found: list[Stretch] = []
    film_frame = 0
    for event in cut.events:
        found.extend(_of_event(cut, event, film_frame))
        film_frame += event.frames
    return tuple(found)


def _of_event(cut: ShownCut, event: EventCard, film_frame: int) -> Iterable[Stretch]:
    take = cut.takes.get(event.take) if event.take else None
    if take is None or event.media is None:
        yield Stretch(event, film_frame, event.frames, None)
        return
    step = Fraction(event.speed_num, event.speed_den) * take.rate.fraction / cut.film.rate.fraction
    if step <= 0:
        raise Refused(f"Shot {event.shot_number} stands in the cut at speed {event.speed_num}/{event.speed_den}.",
                      "Give it a speed above zero to export the cut.")
    if event.hold and event.take_in < event.take_frames:
        last = min(event.take_frames - 1, event.take_in + int((event.frames - 1) * step))
        held = event.take_in if event.hold == "first" else last
        yield Stretch(event, film_frame, event.frames, take, held, Fraction(0))
        return
    shown = min(event.frames, _film_frames_of(event.take_frames - event.take_in, step))
    if shown > 0:
        yield Stretch(event, film_frame, shown, take, event.take_in, step)
    if shown < event.frames:
        yield Stretch(event, film_frame + shown, event.frames - shown, None)


def _film_frames_of(take_frames: int, step: Fraction) -> int:
    """How many film frames `take_frames` of a take last: those n with int((n - 1) * step) < take_frames."""
    if take_frames <= 0:
        return 0
    return -int(-(take_frames / step) // 1)
