"""Opens the sheet of the prompt writers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.generation.writers import Writers
from studio.ui.background import Background
from studio.ui.theme import Look
from studio.ui.writers.presets import read_presets
from studio.ui.writers.sheet import WritersSheet


class SettingUpWriters(QObject):
    def __init__(self, look: Look, over: QWidget, writers: Writers, background: Background, presets: Path) -> None:
        """`presets`: assets/prompts/writers.toml, read when the sheet opens."""
        super().__init__()
        self._look, self._over, self._writers = look, over, writers
        self._background, self._presets = background, presets

    def open(self) -> None:
        """Called by the action, and by whoever offers prompt writers to choose from."""
        presets = read_presets(self._presets)
        WritersSheet(self._look, self._over, self._writers, self._background, presets).open()
