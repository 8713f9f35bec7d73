"""The film's files: named by their content, brought in whole, read back; nothing in them is ever changed.

A foreign picture, movie or sound is kept as it came and turned at once into a working copy by a child process with
limits (`media_child.py`), so that the window and the runtime only ever decode files we wrote. Slow: not for the GUI
thread, except `path` and the names.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from model_runtime import safe_files
from studio.errors import BadValue, NotFound, ProjectError
from studio.project import media_child
from studio.project.cards import TakeCard
from studio.project.media_names import checked_name, is_name, refuse_link
from studio.project.timing import FrameRate

POSTER_WIDTH = 480
LARGEST_FILE = 64 << 30
PATIENCE_S = {"picture": 60, "clip": 1800, "sound": 900}
_JOB = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)
MOVIE, PICTURE, SOUND, LATENTS = "mp4", "png", "wav", "safetensors"


@dataclass(frozen=True)
class Imported:
    """A foreign file that lies in media/ by now, or is staged for it, twice: as it came, and as a copy we wrote."""

    hash: str
    """SHA-256 of the working copy."""
    name: str
    """Name of the working copy in media/."""
    original: str
    """Name of the file as it came in media/."""
    original_name: str
    kind: str
    """picture, clip or sound"""
    width: int = 0
    height: int = 0
    frames: int = 0
    rate: FrameRate | None = None
    samples: int = 0
    """Of 48 kHz, of a sound."""
    notes: tuple[str, ...] = ()
    """What the working copy shows otherwise than the file, one sentence each."""


@dataclass(frozen=True)
class Facts:
    """What a file in media/ really is."""

    frames: int
    width: int
    height: int


class MediaFolder:
    """The folders of one film."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.media = root / "media"
        self.jobs = root / "jobs"
        self.cache = root / "cache"
        self.exports = root / "exports"
        self._staged: dict[str, Path] = {}
        """Where files lie that come into media/ only with the rows that name them, by the name they will have."""

    def path(self, name: str) -> Path:
        """Where a media file lies. Raises ProjectError for a name, or a link, that could point outside the film."""
        return refuse_link(self.media / checked_name(name))

    def job_folder(self, job: str) -> Path:
        """Where a job's files lie until they are adopted. Raises ProjectError for an id that could point elsewhere."""
        if not _JOB.fullmatch(job):
            raise ProjectError(f"The film names a job that cannot have a folder in it: {job[:80]!r}.",
                               "The film file was altered; put a copy of it in its place.")
        return self.jobs / job

    def names_of(self, content: str) -> list[str]:
        """Names of the pictures, movies and sounds in media/ whose content has this hash."""
        names = (f"{content}.{ending}" for ending in (PICTURE, MOVIE, SOUND))
        return [name for name in names if is_name(name) and (name in self._staged or (self.media / name).is_file())]

    def holds(self, name: str) -> bool:
        """Whether the file is in media/ or staged for it. Raises ProjectError as `path` does."""
        return self._lies(name).is_file()

    def hash_file(self, path: Path) -> str:
        return safe_files.sha256(path)

    def adopt(self, file: Path, suffix: str) -> str:
        """Rename a finished file of ours into media/ under its hash and flush it. Told twice, it is done once."""
        name = f"{safe_files.sha256(file)}.{suffix.removeprefix('.').lower()}"
        self._place(file, name)
        return name

    def _place(self, file: Path, name: str) -> bool:
        """Give a finished file its name in media/; False where that content is there already."""
        safe_files.make_folder(self.media)
        target = self.path(name)
        if target.exists():
            file.unlink()
            return False
        safe_files.rename_into(file, target)
        return True

    def facts(self, name: str) -> Facts:
        """Frames and size of a movie or a picture in media/, read from the file. Raises BadValue where it is broken."""
        path = self._lies(name)
        if not path.is_file():
            raise NotFound(f"{name} is not in the film's media folder.", "See what is missing with: shotwright check")
        return _movie_facts(path) if path.suffix == f".{MOVIE}" else _picture_facts(path)

    def lightest(self, name: str) -> int:
        """The grey level, 0 to 255, of the lightest pixel of a picture in media/; what is see-through is black."""
        from PIL import Image

        path = self._lies(name)
        try:
            with Image.open(path) as picture:
                black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
                _, lightest = Image.alpha_composite(black, picture.convert("RGBA")).convert("L").getextrema()
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise _broken(path, error) from error
        return int(lightest)  # type: ignore[arg-type]  # of one channel it is one number

    def import_picture(self, path: Path) -> Imported:
        """A picture of any common kind; the working copy is an upright 8-bit PNG."""
        return self._import(path, "picture", PICTURE, {})

    def import_clip(
        self, path: Path, rate: FrameRate | None = None, size: tuple[int, int] | None = None
    ) -> Imported:
        """A movie; the working copy is H.264 as our takes are, at `rate` (its own, made constant, by default).

        With `size` it is scaled to cover that frame and cut at the centre, never stretched.
        """
        return self._import(path, "clip", MOVIE, _clip_wish(rate, size))

    def import_sound(self, path: Path) -> Imported:
        """A sound file, or the sound of a movie; the working copy is a 48 kHz WAV."""
        return self._import(path, "sound", SOUND, {})

    # --- staged -------------------------------------------------------------------------------------------------------

    def stage_picture(self, path: Path) -> Imported:
        """As `import_picture`, for a wish that may be refused: it comes into media/ only by `keeping`."""
        return self._stage(path, "picture", PICTURE, {})

    def stage_clip(self, path: Path, rate: FrameRate) -> Imported:
        return self._stage(path, "clip", MOVIE, _clip_wish(rate))

    @contextlib.contextmanager
    def keeping(self, files: Iterable[Imported]) -> Iterator[None]:
        """Staged files come into media/ before the body writes the rows that name them; where it fails they go back."""
        placed: dict[str, Path] = {}
        try:
            for name in [name for one in files for name in (one.name, one.original) if name in self._staged]:
                if name in self._staged and self._place(self._staged[name], name):
                    placed[name] = self._staged[name]
                self._staged.pop(name, None)
            yield
        except BaseException:
            for name, staged in placed.items():
                safe_files.rename_into(self.path(name), staged)
            self._staged.update(placed)
            raise

    def drop_staged(self) -> None:
        """Remove what was staged and not kept."""
        while self._staged:
            self._staged.popitem()[1].unlink(missing_ok=True)

    def clear_leftovers(self) -> None:
        """Remove what a process that was killed left unfinished in media/. Only for who has just opened it to write."""
        if self.media.is_dir():
            safe_files.remove_temporaries(self.media)

    def poster(self, take: TakeCard | str) -> Path:
        """A small JPEG of the take's first frame after its head handle, made where it is not there yet."""
        name, head = (take, 0) if isinstance(take, str) else (take.media.name, take.head)
        path = self._poster_folder() / f"{checked_name(name).partition('.')[0]}.jpg"
        if not path.is_file():
            safe_files.make_folder(path.parent)
            safe_files.write_bytes(path, _poster_jpeg(self.path(name), head))
        return path

    def read_recipe(self, path: Path) -> str | None:
        """The recipe inside a movie (its comment) or a PNG (its text `recipe`); None where there is none."""
        try:
            return _png_text(path) if path.suffix.lower() == f".{PICTURE}" else _movie_comment(path)
        except (OSError, ValueError, SyntaxError):
            return None

    def _poster_folder(self) -> Path:
        """In cache/; for a film on a read-only place in the user's cache folder."""
        if os.access(self.root, os.W_OK):
            return self.cache / "posters"
        return user_cache_path("shotwright") / "posters"

    def _lies(self, name: str) -> Path:
        """Where a media file can be read now."""
        return self._staged.get(name) or self.path(name)

    def _import(self, path: Path, kind: str, ending: str, wish: dict[str, Any]) -> Imported:
        found, files = self._read_in(path, kind, ending, wish)
        try:
            for name, file in files.items():
                self._place(file, name)
        finally:
            for file in files.values():
                file.unlink(missing_ok=True)
        return found

    def _stage(self, path: Path, kind: str, ending: str, wish: dict[str, Any]) -> Imported:
        found, files = self._read_in(path, kind, ending, wish)
        for name, file in files.items():
            if self.holds(name):
                file.unlink()
            else:
                self._staged[name] = file
        return found

    def _read_in(self, path: Path, kind: str, ending: str, wish: dict[str, Any]) -> tuple[Imported, dict[str, Path]]:
        """What the file is, and the working copy and the file as it came, unfinished, by the names they will have."""
        _check_source(path, kind)
        safe_files.make_folder(self.media)
        came = _ending_of(path)
        working = safe_files.temporary_beside(self.media / f"import.{ending}")
        original = safe_files.temporary_beside(self.media / f"original.{came}")
        try:
            found = _convert(path, working, kind, wish)
            safe_files.copy_into(path, original)
            hash_, original_hash = safe_files.sha256(working), safe_files.sha256(original)
        except BaseException:
            working.unlink(missing_ok=True)
            original.unlink(missing_ok=True)
            raise
        imported = _imported(path, kind, f"{hash_}.{ending}", f"{original_hash}.{came}", found)
        if imported.name == imported.original:
            original.unlink()
            return imported, {imported.name: working}
        return imported, {imported.name: working, imported.original: original}


def _imported(path: Path, kind: str, name: str, original: str, found: dict[str, Any]) -> Imported:
    return Imported(
        hash=name.partition(".")[0],
        name=name,
        original=original,
        original_name=path.name,
        kind=kind,
        width=found.get("width", 0),
        height=found.get("height", 0),
        frames=found.get("frames", 0),
        rate=FrameRate.parse(found["rate"]) if found.get("rate") else None,
        samples=found.get("samples", 0),
        notes=tuple(found.get("notes", ())),
    )


def _ending_of(path: Path) -> str:
    ending = path.suffix.removeprefix(".").lower()
    return ending if re.fullmatch(r"[a-z0-9]{1,12}", ending, re.ASCII) else "bin"


def _clip_wish(rate: FrameRate | None, size: tuple[int, int] | None = None) -> dict[str, Any]:
    return {"rate": str(rate) if rate else "", "size": list(size) if size else []}


def _check_source(path: Path, kind: str) -> None:
    if not path.exists():
        raise NotFound(f"There is no file {path}.", f"Name a {kind} that is on this machine.")
    if not path.is_file():
        raise BadValue(f"{path} is no file.", f"Name one {kind}.")
    try:
        with path.open("rb") as file:
            begins = file.read(1)
        size = path.stat().st_size
    except OSError as error:
        raise BadValue(f"{path} cannot be read: {error.strerror}.", "Check who may read it.") from error
    if not begins:
        raise BadValue(f"{path.name} is empty.", f"Choose another {kind}.")
    if size > LARGEST_FILE:
        raise BadValue(f"{path.name} is larger than {LARGEST_FILE >> 30} GB.", "Shorten it first.")


def _convert(source: Path, target: Path, kind: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Have the child write the working copy; what it found in the file. Raises BadValue with its sentence."""
    command = [sys.executable, "-m", media_child.__name__, kind, str(source.absolute()), str(target), json.dumps(wish)]
    here = str(Path(__file__).resolve().parents[2])
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))}
    options: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env=around, **options)
    try:
        said, _ = child.communicate(timeout=PATIENCE_S[kind])
    except BaseException as error:
        _end(child)
        if isinstance(error, subprocess.TimeoutExpired):
            raise BadValue(f"{source.name} took longer than {PATIENCE_S[kind]} seconds to read.",
                           f"It may be broken, or too long; choose another {kind}.") from None
        raise
    try:
        answer = json.loads(said)
    except ValueError:
        raise BadValue(f"{source.name} could not be read within the limits for a foreign {kind}.",
                       "It may be broken or far too large; convert it with another program first.") from None
    if "sentence" in answer:
        raise BadValue(answer["sentence"], answer["hint"])
    return dict(answer)


def _end(child: subprocess.Popen[bytes]) -> None:
    """The child and the encoder it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


def _movie_facts(path: Path) -> Facts:
    import av

    try:
        with av.open(str(path)) as movie:
            stream = movie.streams.video[0]
            frames = stream.frames or sum(1 for packet in movie.demux(stream) if packet.size)
            return Facts(frames, stream.width, stream.height)
    except (OSError, ValueError, IndexError) as error:
        raise _broken(path, error) from error


def _picture_facts(path: Path) -> Facts:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return Facts(1, *picture.size)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise _broken(path, error) from error


def _poster_jpeg(path: Path, frame: int) -> bytes:
    import av

    try:
        with av.open(str(path)) as movie:
            image = None
            for index, decoded in enumerate(movie.decode(video=0)):
                image = decoded
                if index >= frame:
                    break
            if image is None:
                raise ValueError("no frame in it")
            picture = image.to_image()
    except (OSError, ValueError, IndexError) as error:
        raise _broken(path, error) from error
    picture.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


def _movie_comment(path: Path) -> str | None:
    import av

    with av.open(str(path)) as movie:
        return movie.metadata.get("comment") or None


def _png_text(path: Path) -> str | None:
    from PIL import Image

    with Image.open(path) as picture:
        text = getattr(picture, "text", {}).get("recipe")
        return str(text) if text else None


def _broken(path: Path, error: Exception) -> BadValue:
    return BadValue(f"{path.name} in the film's media folder cannot be read: {str(error)[:100]}.",
                    "See what is broken with: shotwright check")
