"""Wishes for the prompts of shots: longer ones asked for, decided part by part, and which pictures go along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.errors import Refused
from studio.generation.expanding import Expanding
from studio.generation.question import GRAMMAR
from studio.open_project import OpenProject
from studio.project import expansion_queries, queries
from studio.project.changes import Changes
from studio.project.commands import arrivals, expansion, film, reference, shot_pictures
from studio.project.media import Imported
from studio.project.prompt_cards import EDITED, REFUSED, ExpansionCard
from studio.project.words import counted
from studio.settings import Settings
from studio.ui.import_targets import NO_PICTURE, Edit
from studio.ui.imports import Imports
from studio.ui.selection import Selection
from studio.ui.sent_pictures import PURPOSES
from studio.ui.wishes.door import Door


@dataclass(frozen=True)
class ToGiven:
    """A picture becomes a reference of one shot's own."""

    shot: str
    purpose: str
    misfits: ClassVar[Mapping[str, str]] = NO_PICTURE
    at_once: ClassVar[int] = 0

    def check(self, project: OpenProject) -> None:
        project.ask(queries.shot_card, self.shot)

    def edit(self, files: Sequence[Imported]) -> tuple[Edit, tuple[object, ...]]:
        return arrivals.give_pictures, (self.shot, files, self.purpose)

    def after(self, changes: Changes) -> ToGiven:
        return self

    def told(self, files: Sequence[Imported]) -> str:
        return f"{counted(len(files), 'picture')} given to the shot as {PURPOSES[self.purpose].lower()}."


class PromptWishes(QObject):
    told = Signal(str)
    """a sentence in passing"""
    asked = Signal(str)
    """shot id: a text was asked for"""
    writers_changed = Signal()
    """Who can be asked, or who is, differs."""

    def __init__(
        self, door: Door, selection: Selection, expanding: Expanding, imports: Imports, settings: Settings
    ) -> None:
        super().__init__()
        self._door, self._selection, self._expanding = door, selection, expanding
        self._imports, self._settings = imports, settings
        self.keep_typed: Callable[[], None] = lambda: None
        """Called before anything is asked for: words still being typed are part of it."""
        self.style = ""
        """Caption style to write in; empty: that of the engine at hand."""
        self.language = ""
        """Language to write in; empty: that of the draft."""
        settings.heard.append(self._setting_changed)

    def close(self) -> None:
        self._settings.heard.remove(self._setting_changed)

    @property
    def provider(self) -> str:
        """Who is asked: the one chosen last where there still is one, else the built-in grammar."""
        chosen = str(self._settings["expander"])
        return chosen if chosen in dict(self._expanding.providers()) else GRAMMAR

    def choose_provider(self, provider: str) -> None:
        self._settings["expander"] = provider

    # --- called by actions: the current shot ---

    def expand(self) -> None:
        """A text for every selected shot: the next variant where there is one; parts that are locked stay."""
        self.keep_typed()
        for shot in self._selection.shots:
            self.expand_shot(shot)

    def accept(self) -> None:
        if card := self._newest():
            self.accept_expansion(card.id)

    def refuse(self) -> None:
        if card := self._newest():
            self.refuse_expansion(card.id)

    def views_as_usual(self) -> None:
        if shot := self._selection.shot:
            self.reset_views(shot)

    # --- asking for texts ---

    def expand_shot(self, shot: str) -> None:
        self._expanding.expand(shot, self.provider, language=self.language, style=self.style)
        self.asked.emit(shot)

    def expand_scene(self, scene: str) -> list[str]:
        """Every shot of it; returns those that are asked for."""
        self.keep_typed()
        shots = self._expanding.expand_scene(scene, self.provider, self.language, self.style)
        if not shots:
            self._door.refused.emit(Refused("No shot of this scene can be expanded.",
                                            "Approved and omitted shots are left alone."))  # fmt: skip
        return shots

    def cancel(self, shot: str | None = None) -> None:
        """None: all of them."""
        self._expanding.cancel(shot)

    # --- deciding ---

    def accept_expansion(self, card: str) -> None:
        self._door.run(expansion.accept_expansion, card)

    def accept_expansions(self, cards: Iterable[str]) -> None:
        """All of them as one step."""
        chosen = list(cards)
        if chosen and self._door.run(expansion.accept_expansions, chosen) is not None:
            self.told.emit(f"{counted(len(chosen), 'prompt')} accepted.")

    def refuse_expansion(self, card: str) -> None:
        self._door.run(expansion.refuse_expansion, card)

    def decide_part(self, card: str, place: int, state: str) -> None:
        self._door.run(expansion.decide_part, card, place, state)

    def edit_part(self, card: str, place: int, text: str) -> None:
        """What is edited to nothing is refused."""
        if text.strip():
            self._door.run(expansion.decide_part, card, place, EDITED, text)
        else:
            self._door.run(expansion.decide_part, card, place, REFUSED)

    def lock_part(self, card: str, place: int, locked: bool) -> None:
        self._door.run(expansion.lock_part, card, place, locked)

    def edit_notes(self, text: str) -> None:
        """The film notes, read by whoever writes a prompt."""
        self._door.run(film.edit_film, style_notes=text)

    # --- which pictures go along ---

    def order_views(self, shot: str, views: Sequence[str]) -> None:
        self._door.run(shot_pictures.order_views, shot, views)

    def leave_out(self, shot: str, view: str, left_out: bool) -> None:
        self._door.run(shot_pictures.leave_out, shot, view, left_out)

    def reset_views(self, shot: str) -> None:
        self._door.run(shot_pictures.reset_views, shot)

    def give_files(self, shot: str, files: Sequence[Path], purpose: str) -> None:
        """Read beside the window; they are given together, as one step."""
        self._imports.bring(ToGiven(shot, purpose), files)

    def give_picture(self, shot: str, picture: QImage, purpose: str) -> None:
        """From the clipboard."""
        self._imports.paste(picture, ToGiven(shot, purpose))

    def take_away(self, given: str) -> None:
        self._door.run(reference.take_reference_away, given)

    def set_strength(self, given: str, strength: int) -> None:
        self._door.run(reference.set_strength, given, strength)

    # --- how ---

    def _setting_changed(self, key: str) -> None:
        if key in ("prompt_writers", "expander"):
            self.writers_changed.emit()

    def _newest(self) -> ExpansionCard | None:
        """The newest text of the current shot; told where it has none."""
        if self._selection.shot is None:
            return None
        card = next(iter(self._door.ask(expansion_queries.expansion_cards, self._selection.shot)), None)
        if card is None:
            self._door.refused.emit(Refused("Nothing was proposed for this shot.", "Expand it first."))
        return card
