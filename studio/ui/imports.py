"""Files on their way into the film: dropped or pasted, read on a worker one after the other, written as one step.

What cannot be read is left out and named; the others come in. Stopped, or with nothing left to come in, the film
stays as it was.
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage

from model_runtime import safe_files
from studio.errors import BadValue, NoSpaceLeft, StudioError
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.changes import Changes
from studio.project.incoming import Incoming, IncomingFile, incoming
from studio.project.media import Imported, MediaFolder
from studio.project.media_reader import Reader, Stopped, Watch
from studio.project.timing import FrameRate
from studio.ui.background import Background
from studio.ui.import_targets import Target, ToBoard, ToLane, ToPanel, ToShot

TOLD = 2
"""Files named in a sentence; of the others only the count is told."""
PASTED = "Pasted picture.png"


@dataclass(frozen=True)
class _Ask:
    """One drop or one paste, with what a worker needs of the film."""

    target: Target
    paths: tuple[Path, ...]
    rate: FrameRate
    size: tuple[int, int]
    image: QImage | None = None
    watch: Watch = field(default_factory=Watch)


@dataclass(frozen=True)
class _Read:
    """What came of it: files in media/ by now, and everything worth telling."""

    files: tuple[Imported, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


class Imports(QObject):
    progressed = Signal(float, int, str)
    """files read so far (with the part of the present one), how many there are, the name of the present one"""
    ended = Signal(str)
    """a sentence: what came in, what was left out; or that it was stopped"""
    refused = Signal(object)
    """StudioError: nothing came in, the film is unchanged"""
    shot_made = Signal(str)
    """the first of the shots that files became"""
    busy_changed = Signal(bool)

    _part_read = Signal(object, float, int, str)

    def __init__(self, project: OpenProject, background: Background) -> None:
        super().__init__()
        self._project, self._background = project, background
        # Of its own: what a refused wish drops from the film's must not go with it.
        self._media = MediaFolder(project.folder)
        self._waiting: deque[_Ask] = deque()
        self._current: _Ask | None = None
        self._writing: _Writing | None = None
        self._part_read.connect(self._tell_part, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._current is not None

    # --- wishes ---

    def to_shot(self, shot: str, paths: Iterable[Path]) -> None:
        """Pictures become its panels, in order; movies its takes."""
        self.bring(ToShot(shot), paths)

    def to_board(self, scene: str | None, paths: Iterable[Path]) -> None:
        """One shot for each file, in the natural order of their names, at the end of the scene (None: of the film)."""
        dropped = tuple(paths)
        folder = next((path.name for path in dropped if path.is_dir()), "")
        self.bring(ToBoard(scene, folder), dropped)

    def to_lane(self, lane: str, film_frame: int, paths: Iterable[Path]) -> None:
        """Sounds, and the sound of movies, one after the other from the film frame on."""
        self.bring(ToLane(lane, film_frame), paths)

    def new_version_from_file(self, panel: str, path: Path) -> None:
        """A picture that was edited elsewhere becomes the panel's new version; the same picture changes nothing."""
        self.bring(ToPanel(panel), [path])

    def paste(self, image: QImage, target: Target) -> None:
        """A picture from the clipboard goes where a dropped one would."""
        self._begin(target, (), image)

    def bring(self, target: Target, paths: Iterable[Path]) -> None:
        """Files and folders to a place in the film; they wait while others are still being read."""
        self._begin(target, tuple(paths), None)

    def cancel(self) -> None:
        """Stop what is being read and forget what waits. The film stays as it was."""
        self._waiting.clear()
        if self._current is not None:
            self._current.watch.stop()

    def close(self) -> None:
        """Before the workers are waited for and the film is closed. What is being written is written to its end."""
        self.cancel()
        if self._writing is not None:
            self._writing.finish()

    # --- one after the other ---

    def _begin(self, target: Target, paths: tuple[Path, ...], image: QImage | None) -> None:
        try:
            if image is not None and image.isNull():
                raise BadValue("There is no picture on the clipboard.", "Copy a picture first.")
            target.check(self._project)
        except StudioError as error:
            self.refused.emit(error)
            return
        film = self._project.ask(queries.film_card)
        self._waiting.append(_Ask(target, paths, film.rate, (film.width, film.height), image))
        self._next()

    def _next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        self._current = ask = self._waiting.popleft()
        ask.watch.on_part = _Parts(self._part_read, ask)
        self.busy_changed.emit(True)
        self._background.run(partial(_read, self._media, ask), partial(self._write, ask), self._fail)

    def _tell_part(self, ask: _Ask, done: float, total: int, name: str) -> None:
        if ask is self._current:
            self.progressed.emit(done, total, name)

    def _write(self, ask: _Ask, read: _Read) -> None:
        """On the GUI thread again; the files lie in media/ by now."""
        if ask.watch.stopped:
            self._fail(Stopped())
            return
        done = partial(self._end, read)
        self._writing = _Writing(self._project, ask.target, read.files, self._begun, done, self._fail)
        self._writing.go_on()

    def _begun(self, changes: Changes) -> None:
        made = next((one for kind, one in changes.created if kind == "shot"), "")
        if made:
            self.shot_made.emit(made)

    def _end(self, read: _Read, target: Target) -> None:
        self._free()
        self.ended.emit(_summary(target.told(read.files), read))
        self._next()

    def _fail(self, error: StudioError) -> None:
        self._free()
        if isinstance(error, Stopped):
            self.ended.emit(f"{error.sentence} {error.hint}")
        else:
            self.refused.emit(error)
        self._next()

    def _free(self) -> None:
        self._current = self._writing = None
        self.busy_changed.emit(False)


class _Writing:
    """Rows written in slices, one a turn of the event loop, all of one undoable step."""

    def __init__(
        self, project: OpenProject, target: Target, files: Sequence[Imported], begun: Callable[[Changes], None],
        done: Callable[[Target], None], failed: Callable[[StudioError], None],
    ) -> None:  # fmt: skip
        """`done` hears where the last slice went, which knows what became of the others."""
        self._project, self._target = project, target
        self._begun, self._done, self._failed = begun, done, failed
        size = target.at_once or len(files)
        self._slices = deque(files[start : start + size] for start in range(0, len(files), size))
        self._step: int | None = None

    def finish(self) -> None:
        """All that is left, now: the window goes."""
        while self._slices and self._write_one():
            pass

    def go_on(self) -> None:
        if self._slices and self._write_one() and self._slices:
            QTimer.singleShot(0, self.go_on)

    def _write_one(self) -> bool:
        """The next slice; False where it cannot be written, and then none of the others is."""
        command, arguments = self._target.edit(self._slices.popleft())
        try:
            if self._step is None:
                changes = self._project.run(command, *arguments)
                self._step = self._project.newest_step() if self._slices else None
                self._begun(changes)
            else:
                changes = self._project.run_on(self._step, command, *arguments)
        except StudioError as error:
            self._slices.clear()
            self._take_back()
            self._failed(error)
            return False
        self._target = self._target.after(changes)
        if not self._slices:
            self._done(self._target)
        return True

    def _take_back(self) -> None:
        """Half of what was dropped is not what was asked for."""
        if self._step is not None and self._project.newest_step() == self._step:
            self._project.undo()


class _Parts:
    """Tells the window how far a worker is; called on the worker."""

    def __init__(self, signal: SignalInstance, ask: _Ask) -> None:
        self._signal, self._ask = signal, ask
        self.done, self.total, self.name = 0, 1, ""

    def __call__(self, part: float) -> None:
        self._signal.emit(self._ask, self.done + part, self.total, self.name)

    def begin(self, done: int, total: int, name: str) -> None:
        self.done, self.total, self.name = done, total, name
        self(0.0)


def _read(media: MediaFolder, ask: _Ask) -> _Read:
    """On a worker: everything readable of what was dropped lies in media/ when this returns."""
    try:
        with ExitStack() as around:
            paths = ask.paths
            if ask.image is not None:
                folder = around.enter_context(tempfile.TemporaryDirectory(prefix="shotwright-"))
                paths = (_pasted(ask.image, Path(folder)),)
            found = incoming(paths, ask.watch.check)
            files, refused = _read_each(media, ask, found)
        left_out = [*_unwanted(ask, found), *(error.sentence.removesuffix(".") for error in refused)]
        if not files and len(left_out) == len(refused) == 1:
            raise refused[0]
        if not files:
            raise BadValue(_nothing(left_out), "Bring pictures, movies or sounds this program can read.")
        media.place(files)
    except safe_files.NoSpace as error:
        raise NoSpaceLeft(error.sentence, error.hint) from error
    finally:
        media.drop_staged()
    return _Read(tuple(files), tuple(left_out), tuple(note for one in files for note in one.notes))


def _unwanted(ask: _Ask, found: Incoming) -> list[str]:
    """What is not even read, each with why."""
    misfits = ask.target.misfits
    return [*found.others, *(f"{one.path.name} {misfits[one.kind]}" for one in found.files if one.kind in misfits)]


def _read_each(media: MediaFolder, ask: _Ask, found: Incoming) -> tuple[list[Imported], list[StudioError]]:
    """What could be read, and why the others could not."""
    wanted = [one for one in found.files if one.kind not in ask.target.misfits]
    files, refused, parts = [], [], ask.watch.on_part
    assert isinstance(parts, _Parts)
    with ExitStack() as around:
        readers: dict[str, Reader] = {}
        for place, one in enumerate(wanted):
            ask.watch.check()
            parts.begin(place, len(wanted), one.path.name)
            kind = "sound" if isinstance(ask.target, ToLane) else one.kind
            if kind not in readers:
                readers[kind] = around.enter_context(Reader(kind, ask.watch))
            try:
                files.append(_stage(media, ask, one, readers[kind]))
            except (Stopped, NoSpaceLeft):
                raise
            except StudioError as error:
                refused.append(error)
    return files, refused


def _stage(media: MediaFolder, ask: _Ask, one: IncomingFile, reader: Reader) -> Imported:
    if reader.kind == "sound":
        return media.stage_sound(one.path, reader)
    if reader.kind == "clip":
        return media.stage_clip(one.path, ask.rate, ask.size, reader)
    return media.stage_picture(one.path, reader)


def _pasted(image: QImage, folder: Path) -> Path:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # PySide's types know names of files only
        raise BadValue("The picture on the clipboard cannot be read.", "Copy it again.")
    safe_files.write_bytes(folder / PASTED, bytes(buffer.data().data()))
    return folder / PASTED


def _summary(told: str, read: _Read) -> str:
    return " ".join(filter(None, (told, _left_out(read), _some(read.notes))))


def _left_out(read: _Read) -> str:
    if not read.left_out:
        return ""
    every, out = len(read.files) + len(read.left_out), len(read.left_out)
    was = "was" if out == 1 else "were"
    return f"{out:,} of {every:,} files {was} left out: {_listed(read.left_out)}."


def _nothing(left_out: Sequence[str]) -> str:
    return f"Nothing was brought in: {_listed(left_out)}." if left_out else "There is no file to bring in."


def _listed(reasons: Sequence[str]) -> str:
    rest = len(reasons) - TOLD
    return "; ".join(reasons[:TOLD]) + (f"; and {rest:,} more" if rest > 0 else "")


def _some(notes: Sequence[str]) -> str:
    """What working copies show otherwise than the files: the first ones, and how many more there are."""
    rest = len(notes) - TOLD
    more = (f"And {rest:,} more remark{'' if rest == 1 else 's'} like these.",) if rest > 0 else ()
    return " ".join((*notes[:TOLD], *more))
