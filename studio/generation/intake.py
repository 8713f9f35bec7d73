"""Files the runtime made become part of the film: checked, moved into media/ whole, then one commit.

Every step can be repeated: a crash between two of them leaves files that the next attempt takes for what they are.
"""

from __future__ import annotations

import logging
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from model_runtime import protocol, safe_files
from studio.errors import BadValue, StudioError
from studio.open_project import OpenProject
from studio.project.commands import take as commands
from studio.project.media import MediaFolder
from studio.project.media_names import poster_path
from studio.project.recipe import Recipe

MAIN_ROLES = {"clip": "movie", "still": "still"}
SUFFIXES = {"movie": ".mp4", "still": ".png", "latents": ".safetensors", "poster": ".jpg"}
BESIDE = ("latents", "poster")
"""Roles a take can do without when an attempt before has moved them already."""
MOST_BYTES = 64 << 30
SPACE_RETRY_MS = 2_000

log = logging.getLogger("shotwright.generation")


class BadDelivery(BadValue):
    """What the runtime delivered is not what it said it made."""


@dataclass(frozen=True)
class Delivery:
    """A finished job's files, in media/ by now."""

    job: str
    kind: str
    name: str
    latents: str
    """Empty where the engine keeps none."""
    frames: int
    width: int
    height: int


def finished_in(folder: Path) -> protocol.Finished | None:
    """What a runtime finished in this job folder and nobody has taken in yet; None where it is not complete."""
    try:
        message = protocol.decode((folder / protocol.FINISHED_FILE).read_bytes())
    except (OSError, protocol.BadMessage):
        return None
    return message if isinstance(message, protocol.Finished) else None


def take_in(media: MediaFolder, job: str, recipe: Recipe, finished: protocol.Finished) -> Delivery:
    """Check every file against what was said of it and asked for, and move it into media/. Not for the GUI thread.

    Raises BadDelivery for files that are missing, changed, or outside the job's folder, and OSError when the disk
    does not take them; nothing is lost then, and it can be tried again.
    """
    folder = media.job_folder(job)
    files = {one.role: one for one in finished.files}
    main = files.get(MAIN_ROLES[recipe.kind])
    if main is None:
        raise _bad(f"the runtime delivered no {MAIN_ROLES[recipe.kind]}")
    drawn_by = finished.facts.get("weights", recipe.weights)
    if drawn_by != recipe.weights:
        raise _bad(f"{recipe.engine} drew them with the model file {drawn_by}, not {recipe.weights} as was planned")
    for role in (main.role, "latents", "poster"):
        if role in files:
            _check(media, folder, files[role])
    name = _adopted(media, folder, main, main.hash)
    latents = _adopted(media, folder, files["latents"], main.hash) if "latents" in files else ""
    if "poster" in files:
        _keep_poster(media, folder / files["poster"].name, name)
    facts = media.facts(name)
    asked = (recipe.frames, recipe.width, recipe.height)
    if (facts.frames, facts.width, facts.height) != asked:
        raise _bad(f"{_in_words(facts.frames, facts.width, facts.height)} came instead of {_in_words(*asked)}")
    return Delivery(job, recipe.kind, name, latents, facts.frames, facts.width, facts.height)


def _in_words(frames: int, width: int, height: int) -> str:
    return f"{frames} frames of {width}x{height}"


def _check(media: MediaFolder, folder: Path, one: protocol.OutputFile) -> None:
    if Path(one.name).name != one.name or one.name in ("", ".", ".."):
        raise _bad(f"{one.name[:60]!r} is no plain file name")
    path = folder / one.name
    if path.is_symlink():
        raise _bad(f"{one.name} is a link")
    if not path.is_file():
        if one.role in BESIDE or media.path(one.hash + SUFFIXES[one.role]).is_file():
            return
        raise _bad(f"{one.name} is missing")
    size = path.stat().st_size
    if size != one.bytes or size > MOST_BYTES:
        raise _bad(f"{one.name} has {size:,} bytes instead of {one.bytes:,}")
    if safe_files.sha256(path) != one.hash:
        raise _bad(f"the content of {one.name} changed after it was written")


def _adopted(media: MediaFolder, folder: Path, one: protocol.OutputFile, named_for: str) -> str:
    """The file's name in media/, where it was moved now or by an attempt before. Empty where latents are gone."""
    name = named_for + SUFFIXES[one.role]
    source, target = folder / one.name, media.path(name)
    if source.is_file():
        safe_files.rename_into(source, target)
    return name if target.is_file() else ""


def _keep_poster(media: MediaFolder, source: Path, name: str) -> None:
    """A poster spares the window from making one; without it nothing is missing."""
    target = poster_path(media.root, name)
    if source.is_file():
        safe_files.make_folder(target.parent)
        safe_files.rename_into(source, target)


def _bad(what: str) -> BadDelivery:
    return BadDelivery(f"The drawn files cannot be taken in: {what}.", "Generate the shot again.")


class Intake(QObject):
    """Takes deliveries in on a thread of its own, one after another, and says so on the thread it lives on."""

    taken_in = Signal(object)
    """Delivery: in media/, not in the film yet."""
    failed = Signal(str, object)
    """job id, the exception: StudioError, OSError, or a fault of ours."""
    _ended = Signal(str, object)

    def __init__(self, media: MediaFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media = media
        self._worker = ThreadPoolExecutor(1, "intake")
        self._open: dict[str, Future[Delivery] | None] = {}
        """None: waits for space before it is tried again."""
        self._asked: dict[str, tuple[Recipe, protocol.Finished]] = {}
        # Queued also where the work was done before its end could be listened for: never told within `begin`.
        self._ended.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def __bool__(self) -> bool:
        return bool(self._open)

    def __contains__(self, job: str) -> bool:
        return job in self._open

    def begin(self, job: str, recipe: Recipe, finished: protocol.Finished) -> None:
        self._asked[job] = (recipe, finished)
        work = self._worker.submit(take_in, self._media, job, recipe, finished)
        self._open[job] = work
        work.add_done_callback(lambda done: self._ended.emit(job, done))

    def begin_again(self, job: str) -> None:
        """In a while, for the disk was full: every step can be repeated."""
        self._open[job] = None
        QTimer.singleShot(SPACE_RETRY_MS, self, lambda: self._try_again(job))

    def _try_again(self, job: str) -> None:
        if job in self._open:
            self.begin(job, *self._asked[job])

    def clear_away(self, job: str) -> None:
        """Remove the job's folder: what is in it is in the film, or not wanted."""
        self._asked.pop(job, None)
        self._worker.submit(shutil.rmtree, self._media.job_folder(job), ignore_errors=True)

    def close(self) -> list[Delivery]:
        """Wait until nothing is written any more; what is in media/ by now and was not told yet."""
        self._worker.shutdown()
        done = [work for work in self._open.values() if work is not None and work.exception() is None]
        self._open.clear()
        return [work.result() for work in done]

    @Slot(str, object)
    def _report(self, job: str, work: Future[Delivery]) -> None:
        if self._open.pop(job, None) is None:
            return
        error = work.exception()
        if error is None:
            self.taken_in.emit(work.result())
        else:
            self.failed.emit(job, error)


def record(project: OpenProject, delivery: Delivery) -> None:
    """The take or panel, and the end of its job, in one commit. Told twice, it records it once."""
    if delivery.kind == "still":
        project.run(
            commands.record_panel,
            delivery.job,
            media=delivery.name,
            width=delivery.width,
            height=delivery.height,
        )
    else:
        project.run(
            commands.record_take,
            delivery.job,
            media=delivery.name,
            latents=delivery.latents,
            frames=delivery.frames,
            width=delivery.width,
            height=delivery.height,
        )


def told(error: BaseException) -> StudioError:
    """The failure of an intake as something to tell."""
    if isinstance(error, StudioError):
        return error
    return BadValue(f"The finished files could not be put into the film: {error}.", "They are kept; retry the job.")
