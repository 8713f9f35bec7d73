"""What people call the parts of a film: events, takes, panels, lanes, sounds, markers, frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from studio.cli import door
from studio.errors import BadValue, NotFound
from studio.open_project import OpenProject
from studio.project import cut_queries, note_queries, queries, sound_queries
from studio.project.cards import FilmCard, JobCard, NoteCard, TakeCard
from studio.project.cut_cards import EventCard, LaneCard, MarkerCard, SoundCard
from studio.project.timing import FilmTimecode

event_argument = click.argument("event", metavar="EVENT")
events_argument = click.argument("events", metavar="EVENT...", nargs=-1, required=True)
take_argument = click.argument("take", metavar="TAKE")

COUNT = re.compile(r"\d{1,9}", re.ASCII)

EVENT = "EVENT is the number of a shot that the cut shows once, 1_0010:2 where it shows one a second time, or an id."
TAKE = "TAKE is 1_0010/2 (the second take of that shot), 1_0010 (its chosen one), or an id."


# --- events ------------------------------------------------------------------------------------------------------


def find_event(project: OpenProject, text: str) -> EventCard:
    """An event of the current cut by its id, its shot, or its shot and a count, as 1_0010:2.

    Raises NotFound, and BadValue where the cut shows the shot more than once and no count says which.
    """
    cards: tuple[EventCard, ...] = project.ask(cut_queries.event_cards)
    wanted = text.strip()
    for card in cards:
        if card.id == wanted:
            return card
    shot, count = _shot_and_count(project, wanted)
    shown = [card for card in cards if card.shot == shot]
    if not shown:
        absent = project.ask(queries.shot_card, shot)
        omitted = ", which is omitted" if absent.omitted else ""
        raise NotFound(f"The current cut does not show {absent.number}{omitted}.",
                       "See what it shows: shotwright events FILM")
    if count is None and len(shown) > 1:
        raise BadValue(f"The cut shows {shown[0].shot_number} {len(shown)} times.",
                       f"Name one: {', '.join(event_names(shown))}.")
    if count is not None and not 1 <= count <= len(shown):
        times = "once" if len(shown) == 1 else f"{len(shown)} times"
        raise NotFound(f"The cut shows {shown[0].shot_number} {times}, so there is no {wanted[:60]!r}.",
                       "See: shotwright events FILM")
    return shown[(count or 1) - 1]


def event_names(cards: Sequence[EventCard]) -> list[str]:
    """What `find_event` knows each by: its shot, with a count where the cut shows that more than once."""
    times, so_far = Counter(card.shot for card in cards), Counter[str]()
    names = []
    for card in cards:
        so_far[card.shot] += 1
        names.append(f"{card.shot_number}:{so_far[card.shot]}" if times[card.shot] > 1 else card.shot_number)
    return names


def event_card(project: OpenProject, event: str) -> EventCard:
    return next(card for card in project.ask(cut_queries.event_cards) if card.id == event)


def _shot_and_count(project: OpenProject, text: str) -> tuple[str, int | None]:
    shot, colon, count = text.rpartition(":")
    if colon and COUNT.fullmatch(count):
        return door.find_shot(project, shot), int(count)
    return door.find_shot(project, text), None


# --- takes and panels ----------------------------------------------------------------------------------------------


def find_take(project: OpenProject, text: str) -> TakeCard:
    """A take by its id, as SHOT/TAKE, or the chosen one of a shot."""
    name = _writable(text)
    known: dict[str, TakeCard] = project.ask(queries.takes_by_id, [name])
    if name in known:
        return known[name]
    shot, slash, take = name.rpartition("/")
    if slash:
        return take_of(project, door.find_shot(project, shot), take)
    if name.isdigit():
        raise BadValue(f"{name[:60]!r} does not say of which shot.", "Write the shot with it, such as 1_0020/1.")
    card = project.ask(queries.shot_card, door.find_shot(project, name))
    if card.chosen_take is None:
        raise NotFound(f"{card.number} has no chosen take.", "Name one of its takes, such as 1_0020/1.")
    found: TakeCard = project.ask(queries.take_card, card.chosen_take)
    return found


def take_of(project: OpenProject, shot: str, text: str) -> TakeCard:
    """A take of this shot by its number, as `3` or `v003`, or its id."""
    cards: tuple[TakeCard, ...] = project.ask(queries.take_cards, shot)
    found: TakeCard = _one_of(project, shot, text, cards, "take")
    return found


def panel_of(project: OpenProject, shot: str, text: str) -> Any:
    """A panel of this shot by its number or id."""
    return _one_of(project, shot, text, project.ask(queries.panel_cards, shot), "panel")


def _one_of(project: OpenProject, shot: str, text: str, cards: Sequence[Any], what: str) -> Any:
    name = text.strip()
    for card in cards:
        if name in (card.id, str(card.number), getattr(card, "name", "")):
            return card
    number = project.ask(queries.shot_card, shot).number
    known = ", ".join(str(card.number) for card in cards) or "none"
    raise NotFound(f"{number} has no {what} {name[:60]!r}.", f"Its {what}s: {known}.")


def _writable(text: str) -> str:
    """As the film can be asked for it: a word of the command line may hold bytes that are no text."""
    return text.strip().encode("utf-8", "replace").decode()


# --- sound, markers, notes, jobs ------------------------------------------------------------------------------------


def find_lane(project: OpenProject, text: str) -> LaneCard:
    """A lane of the current cut by its name, without regard to case, or its id."""
    lanes: tuple[LaneCard, ...] = project.ask(sound_queries.lane_cards)
    if found := _one_by_id_or_name(lanes, text, "lane"):
        return found
    known = ", ".join(lane.name for lane in lanes) or "none"
    raise NotFound(f"The cut has no lane {text[:60]!r}.", f"Its lanes are: {known}.")


def first_lane(project: OpenProject) -> LaneCard:
    lanes: tuple[LaneCard, ...] = project.ask(sound_queries.lane_cards)
    if not lanes:
        raise NotFound("The cut has no lane.", "Add one first: shotwright add-lane")
    return lanes[0]


def find_sound(project: OpenProject, text: str) -> SoundCard:
    """A sound of the current cut by its id, or by its name where no other one has that."""
    cards: tuple[SoundCard, ...] = project.ask(sound_queries.sound_cards)
    return _by_id_or_name(cards, text, "sound", "shotwright sounds FILM")


def find_marker(project: OpenProject, text: str) -> MarkerCard:
    cards: tuple[MarkerCard, ...] = project.ask(sound_queries.marker_cards)
    return _by_id_or_name(cards, text, "marker", "shotwright markers FILM")


def _by_id_or_name(cards: Sequence[Any], text: str, what: str, look: str) -> Any:
    found = _one_by_id_or_name(cards, text, what)
    if found is None:
        raise NotFound(f"The cut has no {what} {text.strip()[:60]!r}.", f"See: {look}")
    return found


def _one_by_id_or_name(cards: Sequence[Any], text: str, what: str) -> Any:
    """None where there is none. Raises BadValue where several have the name."""
    wanted = text.strip()
    named = [card for card in cards if card.id == wanted] or [
        card for card in cards if card.name and card.name.casefold() == wanted.casefold()]
    if len(named) > 1:
        ids = ", ".join(card.id for card in named)
        raise BadValue(f"The cut has {len(named)} {what}s named {wanted[:60]!r}.", f"Name one by its id: {ids}.")
    return named[0] if named else None


def find_note(project: OpenProject, text: str) -> NoteCard:
    cards: tuple[NoteCard, ...] = project.ask(note_queries.all_notes)
    for card in cards:
        if card.id == text.strip():
            return card
    raise NotFound(f"There is no note {text[:60]!r} in this film.", "See their ids: shotwright notes FILM")


def find_job(project: OpenProject, text: str) -> JobCard:
    cards: tuple[JobCard, ...] = project.ask(queries.job_cards, [_writable(text)])
    if not cards:
        raise NotFound(f"There is no job {text[:60]!r} in this film.", "See what waits: shotwright queue FILM")
    return cards[0]


# --- places in the cut ----------------------------------------------------------------------------------------------


def place(number: int, most: int, among: str) -> int:
    """A place that people count from 1, counted from 0. Raises BadValue for one there is none of."""
    if not 1 <= number <= most:
        raise BadValue(f"There is no place {number:,} {among}.", f"Give 1 to {most:,}." if most > 1 else "Give 1.")
    return number - 1


def film_frame(project: OpenProject, text: str) -> int:
    """A frame of the cut, counted from 0, or its timecode, counted from the film's start."""
    wanted = text.strip()
    if COUNT.fullmatch(wanted):
        return int(wanted)
    labels = film_timecode(project)
    frame = labels.film_frame(wanted)
    if frame < 0:
        raise BadValue(f"{wanted} is before the film begins, at {labels.at(0)}.",
                       "Give a later timecode, or a frame counted from 0.")
    return frame


def film_timecode(project: OpenProject) -> FilmTimecode:
    film: FilmCard = project.ask(queries.film_card)
    return FilmTimecode.of(film.start_timecode, film.rate)
