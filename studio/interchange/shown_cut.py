"""A cut as an export shows it: what stands where, what is heard, what is marked.

Movie, timeline and the reading back all start from the same stretches, so that they cannot disagree; what stands at
each frame of a stretch is said by `studio/project/shown.py`, as for the viewer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.errors import Refused
from studio.project import cut_queries, queries, sound_queries, store
from studio.project.cards import FilmCard, SceneCard, TakeCard
from studio.project.cut_cards import CutCard, EventCard, LaneCard, MarkerCard, SoundCard
from studio.project.media_names import film_folder
from studio.project.shown import Piece, pieces


@dataclass(frozen=True)
class ShownCut:
    """Everything an export of a cut reads, gathered in one go: `project.ask(gather)`."""

    film: FilmCard
    events: tuple[EventCard, ...]
    scenes: tuple[SceneCard, ...] = ()
    takes: Mapping[str, TakeCard] = field(default_factory=dict)
    """The takes the events show, by id."""
    lanes: tuple[LaneCard, ...] = ()
    sounds: tuple[SoundCard, ...] = ()
    markers: tuple[MarkerCard, ...] = ()
    version: CutCard | None = None
    """Which cut it is; None: the current one."""
    folder: Path | None = None
    """The film's folder, whose own files no export may replace."""

    @property
    def frames(self) -> int:
        """Length of the cut in film frames."""
        return sum(event.frames for event in self.events)

    @property
    def audible(self) -> tuple[SoundCard, ...]:
        """The sound clips that are heard somewhere in the cut."""
        lanes = {lane.id for lane in self.lanes if lane.audible}
        return tuple(one for one in self.sounds if one.lane in lanes and one.film_frame < self.frames
                     and one.film_frame + one.frames > 0)


@dataclass(frozen=True)
class Stretch:
    """Frames of one event that come from one place, where they stand in the cut."""

    event: EventCard
    film_frame: int
    """Where it starts, counted from 0 at the head of the cut."""
    piece: Piece
    take: TakeCard | None
    """The take they come from; None for a panel or the missing-shot card."""

    @property
    def frames(self) -> int:
        return self.piece.frames


def gather(session: Any, cut: str | None = None) -> ShownCut:
    """A cut of the film, the current one by default. NotFound where `cut` is the id of none."""
    film = queries.film_card(session)
    wanted = cut or film.current_cut
    events = tuple(cut_queries.event_cards(session, wanted))
    takes = queries.takes_by_id(session, {event.take for event in events if event.take})
    version = next(one for one in cut_queries.cut_cards(session) if one.id == wanted)
    return ShownCut(
        film,
        events,
        tuple(queries.scene_cards(session)),
        takes,
        sound_queries.lane_cards(session, wanted),
        sound_queries.sound_cards(session, wanted),
        sound_queries.marker_cards(session, wanted),
        version,
        film_folder(session.info),
    )


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
    """The cut in order, without a hole."""
    found: list[Stretch] = []
    film_frame = 0
    for event in cut.events:
        take = cut.takes.get(event.take) if event.take else None
        for piece in pieces(event, cut.film.rate):
            found.append(Stretch(event, film_frame + piece.start, piece, None if piece.still else take))
        film_frame += event.frames
    return tuple(found)


def missing_shots(cut: ShownCut) -> int:
    """How many events have neither take nor panel."""
    return sum(1 for stretch in stretches(cut) if stretch.piece.source is None)


def boarded_shots(cut: ShownCut) -> int:
    """How many events show panels instead of a take."""
    return len({one.event.id for one in stretches(cut) if one.piece.source is not None and one.piece.still})
