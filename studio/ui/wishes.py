"""Every edit a panel, a menu or a key can wish for, carried out through the one door to the film."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.errors import StudioError
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import TakeCard
from studio.project.changes import Changes
from studio.project.commands import event as events
from studio.project.commands import reference as references
from studio.project.commands import scene as scenes
from studio.project.commands import shot as shots
from studio.project.commands import subject as subjects
from studio.project.commands import take as takes
from studio.ui.background import Background
from studio.ui.prompt.cast import CastRow
from studio.ui.selection import Selection


class Wishes(QObject):
    refused = Signal(object)
    """StudioError: the film is unchanged"""
    noted = Signal(str)
    """a sentence in passing: what an undo left alone"""
    made = Signal(str)
    """id of the shot a wish made: it is selected next"""

    def __init__(self, project: OpenProject, selection: Selection, background: Background) -> None:
        super().__init__()
        self._project, self._selection, self._background = project, selection, background

    # --- edit ---

    def undo(self) -> None:
        self._do(self._project.undo)

    def redo(self) -> None:
        self._do(self._project.redo)

    # --- shots ---

    def new_shot(self) -> None:
        after = self._selection.shot
        if (changes := self._run(shots.add_shot, after=after)) is not None:
            self.made.emit(changes.new("shot"))

    def duplicate_shot(self) -> None:
        if self._selection.shot and (changes := self._run(shots.duplicate_shot, self._selection.shot)) is not None:
            self.made.emit(changes.new("shot"))

    def omit_or_restore(self) -> None:
        """Omits the selected shots; restores them when all of them are omitted already."""
        cards = self._project.ask(queries.shot_cards, self._selection.shots)
        command = shots.restore_shot if cards and all(card.omitted for card in cards) else shots.omit_shot
        for card in cards:
            self._run(command, card.id)

    def approve_or_take_back(self) -> None:
        cards = self._project.ask(queries.shot_cards, self._selection.shots)
        approve = not (cards and all(card.approved for card in cards))
        for card in cards:
            self._run(shots.approve_shot, card.id, approve)

    def keep_as_is(self) -> None:
        if self._selection.shot:
            self._run(shots.keep_as_is, self._selection.shot)

    def move_earlier(self) -> None:
        self._move_by(-1)

    def move_later(self) -> None:
        self._move_by(1)

    def move_shot(self, shot: str, before_row: int, scene: str) -> None:
        """A card was dropped on the board before a row, among the cards of a scene."""
        cards = self._project.ask(queries.shot_cards)
        place = sum(1 for card in cards[:before_row] if not card.omitted and card.id != shot)
        event = self._event_of(shot)
        if event is not None:
            self._run(events.move_event, event, place, scene=scene or None)

    def edit_shot(self, shot: str, fields: Mapping[str, Any]) -> None:
        self._run(shots.edit_shot, shot, **fields)

    def edit_cast(self, shot: str, rows: Sequence[CastRow]) -> None:
        self._run(shots.set_shot_subjects, shot, [(row.name, row.side, row.facing, row.action) for row in rows])

    # --- scenes ---

    def add_scene(self, fields: Mapping[str, str]) -> bool:
        return self._run(scenes.add_scene, **fields) is not None

    def edit_scene(self, scene: str, fields: Mapping[str, str]) -> bool:
        return self._run(scenes.edit_scene, scene, **fields) is not None

    # --- takes and panels ---

    def choose_take(self, take: str) -> None:
        card = self._take(take)
        if card is not None:
            self._run(shots.choose_take, card.shot, take)

    def choose_panel(self, panel: str) -> None:
        if self._selection.shot:
            self._run(shots.choose_panel, self._selection.shot, panel)

    def star_take(self, take: str) -> None:
        if (card := self._take(take)) is not None:
            self._run(takes.star_take, take, not card.starred)

    def reject_take(self, take: str) -> None:
        if (card := self._take(take)) is not None:
            self._run(takes.reject_take, take, not card.rejected)

    def star_current(self) -> None:
        self.star_take(self._selection.take or "")

    def reject_current(self) -> None:
        self.reject_take(self._selection.take or "")

    def choose_current(self) -> None:
        self.choose_take(self._selection.take or "")

    # --- subjects ---

    def add_subject(self, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        changes = self._run(subjects.add_subject, name, kind, description)
        if changes is None:
            return False
        self.add_pictures(changes.new("subject"), pictures)
        return True

    def edit_subject(self, subject: str, name: str, kind: str, description: str, pictures: Sequence[Path]) -> bool:
        card = next(card for card in self._project.ask(queries.subject_cards) if card.id == subject)
        if name.lstrip("@") != card.name.lstrip("@") and self._run(subjects.rename_subject, subject, name) is None:
            return False
        changed = (kind, description) != (card.kind, card.description)
        if changed and self._run(subjects.edit_subject, subject, kind=kind, description=description) is None:
            return False
        self.add_pictures(subject, pictures)
        return True

    def add_pictures(self, subject: str, pictures: Sequence[Path]) -> None:
        """Imported one after the other by a worker; each appears when it is ready."""
        for picture in pictures:
            work = partial(self._project.media.import_picture, picture)
            self._background.run(work, partial(self._add_view, subject), self.refused.emit)

    def _add_view(self, subject: str, imported: Any) -> None:
        changes = self._run(
            references.record_reference, imported.hash, imported.name, imported.original_name, "identity",
            kind=imported.kind, original=imported.original, width=imported.width, height=imported.height,
        )  # fmt: skip
        if changes is not None:
            self._run(subjects.add_view, subject, changes.new("reference"))

    # --- the door ---

    def _take(self, take: str) -> TakeCard | None:
        return self._project.ask(queries.take_card, take) if take else None

    def _event_of(self, shot: str) -> str | None:
        """The shot's first event in the current cut, those of omitted shots included."""
        cards = self._project.ask(queries.event_cards)
        return next((card.id for card in cards if card.shot == shot), None)

    def _move_by(self, step: int) -> None:
        cards = [card for card in self._project.ask(queries.shot_cards) if not card.omitted]
        row = next((row for row, card in enumerate(cards) if card.id == self._selection.shot), None)
        event = self._event_of(self._selection.shot or "")
        if row is None or event is None or not 0 <= row + step < len(cards):
            return
        self._run(events.move_event, event, row + step, scene=cards[row + step].scene)

    def _run(self, command: Callable[..., Changes], *args: Any, **kwargs: Any) -> Changes | None:
        return self._do(lambda: self._project.run(command, *args, **kwargs))

    def _do(self, edit: Callable[[], Changes]) -> Changes | None:
        """None where it was refused; the film is unchanged then."""
        try:
            changes = edit()
        except StudioError as error:
            self.refused.emit(error)
            return None
        if changes.note:
            self.noted.emit(changes.note)
        return changes
