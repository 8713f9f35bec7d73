"""Wishes for shots and scenes: made, edited, moved and copied on the board, omitted, approved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.project import queries, shot_queries
from studio.project.cards import ShotCard
from studio.project.changes import Changes
from studio.project.commands import board
from studio.project.commands import event as events
from studio.project.commands import scene as scenes
from studio.project.commands import shot as shots
from studio.project.shot_queries import EventPlace
from studio.ui.cast_row import CastRow
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door

Command = Callable[..., Changes]


class ShotWishes(QObject):
    made = Signal(str)
    """id of the shot a wish made: it is selected next, and written"""
    copied = Signal(list)
    """ids of the shots a wish copied: they are selected next"""

    def __init__(self, door: Door, selection: Selection) -> None:
        super().__init__()
        self._door, self._selection = door, selection

    # --- called by actions ---

    def new_shot(self) -> None:
        self._tell_made(self._door.run(shots.add_shot, after=self._selection.shot))

    def new_shot_before(self) -> None:
        self._tell_made(self._door.run(shots.add_shot, before=self._selection.shot))

    def duplicate_shot(self) -> None:
        """Every selected shot; the copies stand together after the last of them."""
        if self._selection.shots:
            self._tell_copied(self._door.run(shots.duplicate_shots, self._selection.shots))

    def omit_or_restore(self) -> None:
        """Omits the selected shots; restores them when all of them are omitted already."""
        cards = self._door.ask(queries.shot_cards, self._selection.shots)
        if cards:
            command = board.restore_shots if all(card.omitted for card in cards) else shots.omit_shots
            self._run_on(cards, command, {shots.omit_shots: shots.omit_shot, board.restore_shots: shots.restore_shot})

    def approve_or_take_back(self) -> None:
        """Approves the selected shots; takes it back when all of them are approved already."""
        cards = self._door.ask(queries.shot_cards, self._selection.shots)
        if cards:
            command = board.take_approval_back if all(card.approved for card in cards) else shots.approve_shots
            self._run_on(cards, command, {shots.approve_shots: shots.approve_shot})

    def keep_as_is(self) -> None:
        if self._selection.shot:
            self._door.run(shots.keep_as_is, self._selection.shot)

    def move_earlier(self) -> None:
        self._move_by(-1)

    def move_later(self) -> None:
        self._move_by(1)

    # --- called by panels ---

    def new_shot_in(self, scene: str) -> None:
        """A first shot of a scene."""
        self._tell_made(self._door.run(shots.add_shot, scene))

    def move_shots(self, moved: Sequence[str], scene: str, before: str | None, after: str | None) -> None:
        """Cards were dropped in a scene, before or after one of its shots; with neither they are its first."""
        cut = self._door.ask(shot_queries.cut_order)
        moving = _first_events(cut, moved)
        if moving:
            place = self._place([one for one in cut if one.event not in moving], scene, before, after)
            self._door.run(events.move_events, moving, place, scene=scene or None)

    def copy_shots(self, copied: Sequence[str], scene: str, before: str | None, after: str | None) -> None:
        """The same with copies of the cards."""
        cut = self._door.ask(shot_queries.cut_order)
        place = self._place(cut, scene, before, after)
        self._tell_copied(self._door.run(board.copy_shots, list(copied), place, scene=scene or None))

    def edit_shot(self, shot: str, fields: Mapping[str, Any]) -> None:
        self._door.run(shots.edit_shot, shot, **fields)

    def edit_cast(self, shot: str, rows: Sequence[CastRow]) -> None:
        self._door.run(shots.set_shot_subjects, shot, [(row.name, row.side, row.facing, row.action) for row in rows])

    def add_scene(self, fields: Mapping[str, str | int]) -> bool:
        return self._door.run(scenes.add_scene, **fields) is not None

    def edit_scene(self, scene: str, fields: Mapping[str, str | int]) -> bool:
        return self._door.run(scenes.edit_scene, scene, **fields) is not None

    def _move_by(self, step: int) -> None:
        """The selected shots trade places with the shot before or after them, and join its scene."""
        cut = self._door.ask(shot_queries.cut_order)
        seen = [one for one in cut if not one.omitted]
        moving = _first_events(seen, self._selection.shots)
        rows = [row for row, one in enumerate(seen) if one.event in moving]
        beside = (rows[0] - 1 if step < 0 else rows[-1] + 1) if rows else -1
        if 0 <= beside < len(seen):
            staying = [one.event for one in seen if one.event not in moving]
            place = staying.index(seen[beside].event) + (step > 0)
            self._door.run(events.move_events, moving, place, scene=seen[beside].scene)

    def _place(self, cut: Sequence[EventPlace], scene: str, before: str | None, after: str | None) -> int:
        """Where that is in the cut, as `move_events` counts: events that nobody sees are not counted."""
        index = _row_of(cut, before)
        if index is None and (left := _row_of(cut, after)) is not None:
            index = left + 1
        if index is None:
            earlier = self._scenes_up_to(scene)
            index = max((row + 1 for row, one in enumerate(cut) if one.scene in earlier), default=0)
        return sum(1 for one in cut[:index] if not one.omitted)

    def _scenes_up_to(self, scene: str) -> set[str]:
        ids = [card.id for card in self._door.ask(queries.scene_cards)]
        return set(ids[: ids.index(scene) + 1] if scene in ids else ids)

    def _run_on(self, cards: Sequence[ShotCard], command: Command, for_one: Mapping[Command, Command]) -> None:
        """One step for all of them; for a single shot the command that says so in the undo entry."""
        if len(cards) == 1 and command in for_one:
            self._door.run(for_one[command], cards[0].id)
        else:
            self._door.run(command, [card.id for card in cards])

    def _tell_made(self, changes: Changes | None) -> None:
        if changes is not None:
            self.made.emit(changes.new("shot"))

    def _tell_copied(self, changes: Changes | None) -> None:
        if changes is not None:
            self.copied.emit([one for kind, one in changes.created if kind == "shot"])


def _first_events(cut: Sequence[EventPlace], shots_: Collection[str]) -> list[str]:
    """The event that stands for each shot on the board: where the cut first shows it."""
    first: dict[str, str] = {}
    for one in cut:
        if one.shot in shots_:
            first.setdefault(one.shot, one.event)
    return list(first.values())


def _row_of(cut: Sequence[EventPlace], shot: str | None) -> int | None:
    return next((row for row, one in enumerate(cut) if one.shot == shot), None)
