"""The statements by which a cut is read, put together once: that takes longer than to run them.

Each is asked with `cut`, the cut's id; what else it needs stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select

from studio.project.commands.rows import unseen
from studio.project.entities import Cut, Event, Panel, Scene, Shot, Take

_PANEL = (Panel.picture, Panel.framing_start.label("panel_start"), Panel.framing_end.label("panel_end"), Panel.arrows)


@dataclass(frozen=True)
class Asks:
    """Of the events that a cut shows; frozen cuts leave out others than the current one."""

    order: Any
    """event and shot, in order"""
    frames: Any
    """the length of the cut"""
    frames_before: Any
    """film frames before the event with `rank` and `event`"""
    of_shot: Any
    """id, rank, frames and scene of the events of `shot`, in order"""
    before: Any
    """the same of the one event before that with `rank` and `event`"""
    of_other_scene_before: Any
    """the same of the last one before it that is not of `scene`"""
    events: Any
    """everything that cards show, in order"""
    some_events: Any
    """the same of `events`, a list"""
    own_lengths: Any
    """panels with a length of their own, of shots of which the cut shows no take"""
    own_lengths_of: Any
    """the same of `events`, a list"""


def asks_of(cut: Cut) -> Asks:
    return _asks(cut.frozen)


@cache
def _asks(frozen: bool) -> Asks:
    total: Any = _shown(select(func.coalesce(func.sum(Event.frames), 0)), frozen)
    keys: Any = _shown(select(Event.id, Event.rank, Event.frames, Shot.scene_id), frozen)
    earlier = (Event.rank < bindparam("rank")) | ((Event.rank == bindparam("rank")) & (Event.id < bindparam("event")))
    last = keys.where(earlier).order_by(Event.rank.desc(), Event.id.desc()).limit(1)
    events, some = _events(frozen), Event.id.in_(bindparam("events", expanding=True))
    bare = select(Event.shot_id).join(Shot, Shot.id == Event.shot_id).where(
        Event.cut_id == bindparam("cut"),
        or_(Event.shows == "panels", func.coalesce(Event.take_id, Shot.chosen_take_id).is_(None)))
    return Asks(
        order=_shown(select(Event.id, Event.shot_id), frozen).order_by(Event.rank, Event.id),
        frames=total,
        frames_before=total.where(earlier),
        of_shot=keys.where(Event.shot_id == bindparam("shot")).order_by(Event.rank, Event.id),
        before=last,
        of_other_scene_before=last.where(Shot.scene_id != bindparam("scene")),
        events=events,
        some_events=events.where(some),
        own_lengths=_own_lengths(bare),
        own_lengths_of=_own_lengths(bare.where(some)),
    )


def _shown(query: Any, frozen: bool) -> Any:
    shown = (Event.cut_id == bindparam("cut")) & ~unseen(frozen)
    return query.select_from(Event).join(Shot, Shot.id == Event.shot_id).where(shown)


def _events(frozen: bool) -> Any:
    """Events in order, each with its shot and the take it shows (its own, else the chosen one); without a take its
    panel."""
    shown_take = case((Event.shows == "panels", None), else_=func.coalesce(Event.take_id, Shot.chosen_take_id))
    panel = func.coalesce(Event.panel_id, Shot.chosen_panel_id)
    columns = select(
        Event.id, Event.frames, Event.shot_in, Event.shot_in_part, Event.speed_num, Event.speed_den, Event.flop,
        Event.hold, Event.name, Event.framing_start, Event.framing_end, Event.framing_first, Event.framing_frames,
        Event.ease, Event.grade,
        Event.shot_id, Event.panel_id.label("own_panel"), panel.label("panel"), Shot.number, Shot.suffix,
        Shot.scene_id, Shot.size, Shot.angle, Shot.move, Shot.action, Shot.dialogue, Shot.frames.label("planned"),
        Scene.number.label("scene_number"), Scene.sequence, Take.id.label("take"), Take.number.label("take_number"),
        Take.media, Take.frames.label("take_frames"), Take.head, Take.reel, Take.source_start, Take.rate_num,
        Take.rate_den, Event.kept_panels, *_PANEL,
    )
    query = _shown(columns, frozen).join(Scene, Scene.id == Shot.scene_id).outerjoin(Take, Take.id == shown_take)
    query = query.outerjoin(Panel, (Panel.id == panel) & Take.id.is_(None))
    return query.order_by(Event.rank, Event.id)


def _own_lengths(bare: Any) -> Any:
    query = select(Panel.id.label("panel"), Panel.shot_id, Panel.frames, *_PANEL)
    return query.where(Panel.frames.is_not(None), Panel.shot_id.in_(bare)).order_by(Panel.rank, Panel.id)
