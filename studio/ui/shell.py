"""What can be done without a film, and so in every window: another film, preferences, keys, the program itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from model_runtime import safe_files
from studio import log
from studio.errors import ProjectError, StudioError
from studio.settings import Settings
from studio.ui.about import AboutSheet
from studio.ui.actions import Choice
from studio.ui.background import Background
from studio.ui.going import END, START, Going
from studio.ui.preferences import PreferencesSheet
from studio.ui.shortcut_sheet import ShortcutSheet
from studio.ui.shortcuts import Keys
from studio.ui.start.film_form import NewFilmSheet
from studio.ui.theme import Look

DATABASE = "project.sqlite"


class Shell(QObject):
    leaving = Signal(object)
    """Going: the window is to be left"""
    refused = Signal(object)
    """StudioError"""

    def __init__(self, look: Look, over: QWidget, settings: Settings, background: Background, keys: Keys) -> None:
        super().__init__(over)
        self._look, self._over, self._settings, self._background, self._keys = look, over, settings, background, keys

    # --- called by actions ---

    def new_film(self) -> None:
        self.ask_for_film()

    def open_film(self) -> None:
        begin = self._settings.films_folder()
        begin = begin if begin.is_dir() else Path.home()
        folder = QFileDialog.getExistingDirectory(self._over, "Open film", str(begin))
        if folder:
            self.open_folder(Path(folder))

    def recent_films(self) -> list[Choice]:
        recent = self._settings.recent_films()
        return [Choice(f"{folder.name}   {folder.parent}", lambda folder=folder: self.open_folder(folder))  # type: ignore[misc]
                for folder in recent] or [Choice("No film was opened yet", lambda: None, enabled=False)]  # fmt: skip

    def close_film(self) -> None:
        self.leaving.emit(START)

    def quit(self) -> None:
        self.leaving.emit(END)

    def preferences(self) -> None:
        PreferencesSheet(self._look, self._over, self._settings).open()

    def shortcuts(self) -> None:
        ShortcutSheet(self._look, self._over, self._keys).open()

    def about(self) -> None:
        AboutSheet(self._look, self._over).open()

    def open_log_folder(self) -> None:
        safe_files.make_folder(log.folder())
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.folder()))):
            self.refused.emit(StudioError("This desktop opens no folders.", f"The log files are in {log.folder()}."))

    def toggle_full_screen(self) -> None:
        window = self._over.window()
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    # --- called by the start screen ---

    def ask_for_film(self, bring: tuple[Path, ...] = ()) -> None:
        """The form of a new film, into which `bring` comes as its first shots."""
        sheet = NewFilmSheet(self._look, self._over, self._settings, self._background, bring)
        sheet.leaving.connect(self.leaving)
        sheet.open()

    def open_folder(self, folder: Path) -> None:
        """Leave for the film in `folder`; a folder without one is refused at once, while this window stands."""
        if (folder / DATABASE).is_file():
            self.leaving.emit(Going(folder))
        else:
            self.refused.emit(ProjectError(f"There is no film in {folder}.",
                                           f"Choose the folder that holds the file {DATABASE}."))  # fmt: skip
