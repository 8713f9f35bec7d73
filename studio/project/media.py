"""The film's files: named by their content, brought in whole, read back; nothing in them is ever changed.

A foreign picture, movie or sound is kept as it came and turned at once into a working copy by a child process with
limits (`media_reader.py`), so that the window and the runtime only ever decode files we wrote. Slow: not for the GUI
thread, except `path` and the names.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from model_runtime import safe_files
from studio.errors import NotFound, ProjectError
from studio.project import media_contents
from studio.project.cards import TakeCard
from studio.project.media_contents import Facts
from studio.project.media_names import checked_name, is_name, refuse_link
from studio.project.media_reader import Reader, Watch
from studio.project.timing import FrameRate

__all__ = ["MOVIE", "PICTURE", "SOUND", "Facts", "Imported", "MediaFolder"]

PAPER = (244, 242, 236)
"""Red, green and blue of an empty picture to draw on."""
_JOB = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)
MOVIE, PICTURE, SOUND, LATENTS = "mp4", "png", "wav", "safetensors"
ENDINGS = {"picture": PICTURE, "clip": MOVIE, "sound": SOUND}
"""Of a working copy, by what it is of."""


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

    @property
    def what(self) -> str:
        """The kind, as people say it."""
        return "movie" if self.kind == "clip" else self.kind


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

    def lies(self, name: str) -> Path:
        """Where a media file can be read now, one that is only staged too. Raises ProjectError as `path` does."""
        return self._staged.get(name) or self.path(name)

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
        return self.lies(name).is_file()

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
        path = self.lies(name)
        if not path.is_file():
            raise NotFound(f"{name} is not in the film's media folder.", "See what is missing with: shotwright check")
        read = media_contents.movie_facts if path.suffix == f".{MOVIE}" else media_contents.picture_facts
        return read(path)

    def lightest(self, name: str) -> int:
        """The grey level, 0 to 255, of the lightest pixel of a picture in media/; what is see-through is black."""
        return media_contents.lightest(self.lies(name))

    def import_picture(self, path: Path) -> Imported:
        """A picture of any common kind; the working copy is an upright 8-bit PNG."""
        return self._import(path, "picture", {})

    def import_clip(
        self, path: Path, rate: FrameRate | None = None, size: tuple[int, int] | None = None
    ) -> Imported:
        """A movie; the working copy is H.264 as our takes are, at `rate` (its own, made constant, by default).

        With `size` it is scaled to cover that frame and cut at the centre, never stretched.
        """
        return self._import(path, "clip", _clip_wish(rate, size))

    def import_sound(self, path: Path) -> Imported:
        """A sound file, or the sound of a movie; the working copy is a 48 kHz WAV."""
        return self._import(path, "sound", {})

    # --- staged -------------------------------------------------------------------------------------------------------

    def stage_picture(self, path: Path, reader: Reader | None = None) -> Imported:
        """As `import_picture`, for what may be refused or stopped: it comes into media/ by `keeping` or `place` only.

        A `reader` of pictures that is handed in reads many without starting anew, and can be watched.
        """
        return self._stage(path, "picture", {}, reader)

    def stage_clip(
        self, path: Path, rate: FrameRate, size: tuple[int, int] | None = None, reader: Reader | None = None
    ) -> Imported:
        return self._stage(path, "clip", _clip_wish(rate, size), reader)

    def stage_sound(self, path: Path, reader: Reader | None = None) -> Imported:
        return self._stage(path, "sound", {}, reader)

    def stage_frame(self, name: str, take_frame: int) -> Imported:
        """One frame of a movie in media/ as a picture. Raises BadValue where the movie is broken or shorter."""
        png = media_contents.frame_png(self.lies(name), take_frame)
        return self._stage_ours(png, f"{name[:12]}-{take_frame}.png")

    def stage_made(self, png: bytes, called: str) -> Imported:
        """A PNG we made, such as a part of another picture, known to people as `called`."""
        return self._stage_ours(png, called)

    def stage_blank(self, width: int, height: int) -> Imported:
        """An empty picture to draw on."""
        return self._stage_ours(media_contents.plain_png(width, height, PAPER))

    def place(self, files: Iterable[Imported]) -> None:
        """Staged files come into media/ to stay, before the rows that name them are written."""
        for name in [name for one in files for name in (one.name, one.original)]:
            if name in self._staged:
                self._place(self._staged.pop(name), name)

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

    def drop_staged(self, files: Iterable[Imported] | None = None) -> None:
        """Remove what was staged and not kept: all of it, or these files alone."""
        names = list(self._staged) if files is None else [name for one in files for name in (one.name, one.original)]
        for name in names:
            if (file := self._staged.pop(name, None)) is not None:
                file.unlink(missing_ok=True)

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
            safe_files.write_bytes(path, media_contents.poster_jpeg(self.path(name), head))
        return path

    def read_recipe(self, path: Path) -> str | None:
        """The recipe inside a movie (its comment) or a PNG (its text `recipe`); None where there is none."""
        return media_contents.recipe_in(path)

    def _poster_folder(self) -> Path:
        """In cache/; for a film on a read-only place in the user's cache folder."""
        if os.access(self.root, os.W_OK):
            return self.cache / "posters"
        return user_cache_path("shotwright") / "posters"

    def _import(self, path: Path, kind: str, wish: dict[str, Any]) -> Imported:
        found, files = self._read_in(path, kind, wish, None)
        try:
            for name, file in files.items():
                self._place(file, name)
        finally:
            for file in files.values():
                file.unlink(missing_ok=True)
        return found

    def _stage(self, path: Path, kind: str, wish: dict[str, Any], reader: Reader | None) -> Imported:
        found, files = self._read_in(path, kind, wish, reader)
        self._stage_files(files)
        return found

    def _stage_ours(self, png: bytes, called: str = "") -> Imported:
        """A picture we made ourselves: its own original."""
        safe_files.make_folder(self.media)
        file = safe_files.temporary_beside(self.media / f"ours.{PICTURE}")
        safe_files.write_bytes(file, png)
        name = f"{hashlib.sha256(png).hexdigest()}.{PICTURE}"
        self._stage_files({name: file})
        width, height = media_contents.picture_size(png)
        return Imported(name.partition(".")[0], name, name, called, "picture", width, height)

    def _stage_files(self, files: dict[str, Path]) -> None:
        for name, file in files.items():
            if self.holds(name):
                file.unlink()
            else:
                self._staged[name] = file

    def _read_in(
        self, path: Path, kind: str, wish: dict[str, Any], reader: Reader | None
    ) -> tuple[Imported, dict[str, Path]]:
        """What the file is, and the working copy and the file as it came, unfinished, by the names they will have."""
        safe_files.make_folder(self.media)
        ending, came = ENDINGS[kind], _ending_of(path)
        working = safe_files.temporary_beside(self.media / f"import.{ending}")
        original = safe_files.temporary_beside(self.media / f"original.{came}")
        try:
            with contextlib.ExitStack() as ours:
                reader = reader or ours.enter_context(Reader(kind))
                found = reader.read(path, working, wish)
            original_hash = _copied(path, original, reader.watch)
            name, original_name = f"{safe_files.sha256(working)}.{ending}", f"{original_hash}.{came}"
            reader.watch.check()
        except BaseException:
            working.unlink(missing_ok=True)
            original.unlink(missing_ok=True)
            raise
        imported = _imported(path, kind, name, original_name, found)
        if name == original_name:
            original.unlink()
            return imported, {name: working}
        return imported, {name: working, original_name: original}


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


def _copied(source: Path, target: Path, watch: Watch) -> str:
    """Copy a file by the rules of every file written here; the hash of its content, taken on the way."""
    digest = hashlib.sha256()
    with source.open("rb") as read, safe_files.open_new(target) as written:
        while chunk := read.read(safe_files.HASH_CHUNK):
            watch.check()
            digest.update(chunk)
            written.write(chunk)
    return digest.hexdigest()
