"""A scene's prompts: asks for all of them, shows them as they come, has them accepted together."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.generation.expanding import Expanding
from studio.open_project import OpenProject
from studio.project import expansion_queries, gallery_queries, queries
from studio.project.changes import Changes
from studio.ui.film_watch import FilmWatch
from studio.ui.parts.pictures import PictureStore
from studio.ui.prompt_page.scene_sheet import SceneSheet
from studio.ui.selection import Selection
from studio.ui.theme import Look
from studio.ui.wishes.prompts import PromptWishes


class ScenePrompts(QObject):
    shot_requested = Signal(str)
    """to be shown part by part"""

    def __init__(
        self, look: Look, over: QWidget, project: OpenProject, watch: FilmWatch, selection: Selection,
        expanding: Expanding, prompts: PromptWishes, pictures: PictureStore,
    ) -> None:  # fmt: skip
        super().__init__(over)
        self._look, self._over, self._project, self._selection = look, over, project, selection
        self._expanding, self._prompts, self._pictures = expanding, prompts, pictures
        self.sheet: SceneSheet | None = None
        self._scene = ""
        self._done = (0, 0)
        expanding.progressed.connect(self._progressed)
        watch.changed_next.connect(self._changed)

    # --- called by actions ---

    def expand_scene(self) -> None:
        """A text for every shot of the current shot's scene; the sheet shows them as they come."""
        if scene := self._scene_of_shot():
            self.expand(scene)

    def open_current(self) -> None:
        """The texts that wait in the current shot's scene."""
        if scene := self._scene_of_shot():
            self.open(scene)

    # --- called by panels ---

    def expand(self, scene: str) -> None:
        if self._prompts.expand_scene(scene):
            self.open(scene)

    def open(self, scene: str) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._scene = scene
        card = next(one for one in self._project.ask(queries.scene_cards) if one.id == scene)
        sheet = self.sheet = SceneSheet(self._look, self._over, self._pictures, f"scene {card.number}")
        sheet.accept_requested.connect(self._prompts.accept_expansions)
        sheet.cancel_requested.connect(lambda: self._prompts.cancel())
        sheet.expand_requested.connect(lambda: self._prompts.expand_scene(scene))
        sheet.shot_requested.connect(self._open_shot)
        sheet.closed.connect(self._closed)
        self._show()
        sheet.show_progress(*(self._done if self._expanding.busy() else (0, 0)))
        sheet.open()

    # --- how ---

    def _show(self) -> None:
        if self.sheet is None:
            return
        cards = self._project.ask(expansion_queries.pending_expansions, self._scene)
        numbers = {one.id: one.number for one in self._project.ask(queries.shot_cards, [card.shot for card in cards])}
        self.sheet.show_cards(cards, numbers, self._project.ask(gallery_queries.subject_cards))

    def _changed(self, changes: Changes) -> None:
        if self.sheet is not None and (changes["prompt_expansion"] or changes["shot"]):
            self._show()

    def _progressed(self, done: int, total: int) -> None:
        self._done = (done, total)
        if self.sheet is not None:
            self.sheet.show_progress(done, total)

    def _open_shot(self, shot: str) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.shot_requested.emit(shot)

    def _closed(self) -> None:
        self.sheet = None

    def _scene_of_shot(self) -> str:
        shot = self._selection.shot
        return self._project.ask(queries.shot_card, shot).scene if shot else ""
