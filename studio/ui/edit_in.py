"""*Edit in…*: a panel opened in the user's drawing program; every save there comes back as a new version of it.

The file that is handed over lies in the user's cache folder with a note of which panel it is, so that a save made
while the studio was closed is found at the next opening of the film.
"""

from __future__ import annotations

import json
import logging
import shlex
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import platformdirs
from PySide6.QtCore import QFileSystemWatcher, QObject, QProcess, QProcessEnvironment, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from model_runtime import safe_files
from studio.errors import BadValue, NoSpaceLeft, NotFound, StudioError
from studio.project import queries
from studio.project.cards import PanelCard
from studio.project.commands import panel as panels
from studio.project.media import Imported
from studio.settings import Settings
from studio.ui.background import Background
from studio.ui.current_shot import CurrentShot
from studio.ui.wishes.door import Door

SETTLES_MS = 400
"""A program writes a file in several goes; it is read once it has rested this long."""
NOTE = "panel.json"
NOT_OURS = ("QT_", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME")
"""Variables that are meant for this program and break others, such as a drawing program with another Qt."""

log = logging.getLogger("shotwright.edit_in")


def editing_folder(film: str) -> Path:
    """Where the panels of a film lie while they are drawn on: outside the film, because they are copies."""
    return platformdirs.user_cache_path("shotwright", appauthor=False) / "editing" / film


@dataclass
class _Edited:
    file: Path
    panel: str
    """The newest version of it."""
    hash: str
    """Of the file as it was taken last."""


class EditIn(QObject):
    noted = Signal(str)
    """a sentence in passing"""

    def __init__(
        self, door: Door, background: Background, current: CurrentShot, settings: Settings, folder: Path
    ) -> None:
        """`folder`: where the files of this film lie while they are edited."""
        super().__init__()
        self._door, self._background, self._folder = door, background, folder
        self._current, self._settings = current, settings
        self._edited: dict[str, _Edited] = {}
        """By the folder of the file."""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._watcher.directoryChanged.connect(self._touched)
        self._due: set[str] = set()
        self._settle = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settle.timeout.connect(self._take_due)

    def open_current(self) -> None:
        """Called by the action, on the panel looked at."""
        card, panel = self._current.card, self._current.panel
        try:
            if card is None or panel is None:
                raise NotFound("There is no panel to draw on.", "Generate one, or bring a picture in.")
            self.open(panel, card.number, self._settings["drawing_program"])
        except StudioError as error:
            self._door.refused.emit(error)

    def open(self, panel: PanelCard, shot_number: str, program: str) -> None:
        """Hands a copy of the panel to `program` (a command; empty: whatever opens pictures here).

        Raises NotFound where the picture is not there or the program cannot be started, NoSpaceLeft on a full disk.
        """
        file = self._folder / panel.id / f"{shot_number} panel {panel.number}.png"
        try:
            safe_files.make_folder(file.parent)
            safe_files.copy_into(panel.picture, file)
            self._watch(_Edited(file, panel.id, safe_files.sha256(file)))
        except safe_files.NoSpace as error:
            raise NoSpaceLeft(error.sentence, error.hint) from error
        except OSError as error:
            sentence = f"Panel {panel.number} of {shot_number} cannot be handed over for drawing: {error.strerror}."
            raise NotFound(sentence, "Run the check of the film.") from error
        start(program, file)
        self.noted.emit(f"Panel {panel.number} of {shot_number} is open for drawing; every save comes back here.")

    def resume(self) -> None:
        """At opening: files handed over earlier are watched again, and a save made meanwhile is taken in."""
        for note in sorted(self._folder.glob(f"*/{NOTE}")):
            edited = _read(note)
            if edited is None or not edited.file.is_file() or not self._knows(edited.panel):
                shutil.rmtree(note.parent, ignore_errors=True)
                continue
            self._watch(edited)
            self._touched(str(edited.file))

    def close(self) -> None:
        """Nothing is taken in any more; what is saved from now on is found at the next opening."""
        self._settle.stop()
        if self._edited:
            self._watcher.removePaths([*self._watcher.files(), *self._watcher.directories()])

    # --- saves ---

    def _watch(self, edited: _Edited) -> None:
        self._edited[str(edited.file.parent)] = edited
        self._write_note(edited)
        self._watcher.addPaths([str(edited.file), str(edited.file.parent)])

    def _touched(self, path: str) -> None:
        """Also called where a program put another file in its place, which ends the watch of the file itself."""
        home = path if path in self._edited else str(Path(path).parent)
        if home in self._edited:
            self._due.add(home)
            self._settle.start()

    def _take_due(self) -> None:
        due, self._due = self._due, set()
        for home in due:
            edited = self._edited[home]
            if not edited.file.is_file():
                continue
            self._watcher.addPath(str(edited.file))
            try:
                hash_ = safe_files.sha256(edited.file)
            except OSError as error:  # being replaced just now: its folder tells when that is done
                log.info("%s cannot be read yet: %s", edited.file, error)
                continue
            if hash_ != edited.hash:
                edited.hash = hash_
                work = partial(self._door.project.media.stage_picture, edited.file)
                self._background.run(work, partial(self._taken, edited), self._door.refused.emit)

    def _taken(self, edited: _Edited, imported: Imported) -> None:
        changes = self._door.run_keeping([imported], panels.new_version, edited.panel, imported)
        if changes is None:
            return
        if changes.created:
            edited.panel = changes.new("panel")
            self.noted.emit(f"{edited.file.stem}: the drawing came back as a new version.")
        self._write_note(edited)

    def _knows(self, panel: str) -> bool:
        return panel in self._door.ask(queries.panels_by_id, [panel])

    def _write_note(self, edited: _Edited) -> None:
        told = {"file": edited.file.name, "panel": edited.panel, "hash": edited.hash}
        safe_files.write_text(edited.file.parent / NOTE, json.dumps(told, indent=1) + "\n")


def start(program: str, file: Path) -> None:
    """Raises NotFound where it cannot be started."""
    if not program.strip():
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            raise NotFound("No program here opens pictures.", "Name your drawing program in the preferences.")
        return
    command, *arguments = _words(program)
    process = QProcess()
    process.setProgram(command)
    process.setArguments([*arguments, str(file)])
    process.setProcessEnvironment(_clean_environment())
    started = process.startDetached()
    if not (started[0] if isinstance(started, tuple) else started):
        raise NotFound(f"The drawing program {command!r} cannot be started.", "Name another one in the preferences.")


def _words(program: str) -> list[str]:
    """A path, spaces and all, or a command with arguments."""
    if Path(program).is_file():
        return [program]
    try:
        return shlex.split(program)
    except ValueError:
        raise BadValue(f"The drawing program {program[:80]!r} cannot be read.", "Mend it in the preferences.") from None


def _clean_environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118 - no mapping, though it has keys
        if name.startswith(NOT_OURS):
            environment.remove(name)
    return environment


def _read(note: Path) -> _Edited | None:
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return _Edited(note.parent / Path(told["file"]).name, str(told["panel"]), str(told["hash"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read: %s", note, error)
        return None
