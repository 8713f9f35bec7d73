"""The sheets that ask about the film before something is made or changed: a scene, the film itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.project import queries
from studio.project.commands.film import set_film
from studio.ui.choices import Choices
from studio.ui.film_watch import FilmWatch
from studio.ui.forms import SceneSheet
from studio.ui.start.film_form import FilmSettingsSheet
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.shots import ShotWishes


class FilmSheets(QObject):
    def __init__(
        self, look: Look, over: QWidget, choices: Choices, watch: FilmWatch, door: Door, shots: ShotWishes
    ) -> None:
        super().__init__(over)
        self._look, self._over, self._choices = look, over, choices
        self._watch, self._door, self._shots = watch, door, shots

    # --- called by actions ---

    def new_shot(self) -> None:
        """In a film without a scene the scene is asked for first, and the shot follows."""
        if self._watch.film.scenes:
            self._shots.new_shot()
        else:
            SceneSheet(self._look, self._over, self._choices, None, self._first_scene).open()

    def new_scene(self) -> None:
        """On the story day of the last one, which most scenes go on with."""
        cards = self._door.ask(queries.scene_cards)
        day = cards[-1].story_day if cards else 1
        SceneSheet(self._look, self._over, self._choices, None, self._shots.add_scene, day).open()

    def film_settings(self) -> None:
        FilmSettingsSheet(self._look, self._over, self._watch.film, self._change_film).open()

    # --- called by panels ---

    def open_scene(self, scene: str) -> None:
        """The scene's own sheet; a film open for looking has none."""
        card = next((card for card in self._door.ask(queries.scene_cards) if card.id == scene), None)
        if card is not None and self._door.project.writable:
            keep = partial(self._shots.edit_scene, scene)
            SceneSheet(self._look, self._over, self._choices, card, keep).open()

    # --- how ---

    def _first_scene(self, fields: Mapping[str, str | int]) -> bool:
        if not self._shots.add_scene(fields):
            return False
        self._shots.new_shot()
        return True

    def _change_film(self, fields: Mapping[str, object]) -> None:
        """Only what differs from the film as it is. May raise StudioError: the film is unchanged then."""
        self._door.project.run(set_film, **fields)
