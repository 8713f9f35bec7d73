"""What a runtime delivered, checked against what was said of it and asked for, and moved into media/ whole.

Every step can be repeated: a crash between two of them leaves files that the next attempt takes for what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model_runtime import protocol, safe_files
from studio.errors import BadValue
from studio.project.media import MediaFolder
from studio.project.media_names import poster_path
from studio.project.recipe import Recipe

MAIN_ROLES = {"clip": "movie", "still": "still"}
SUFFIXES = {"movie": ".mp4", "still": ".png", "latents": ".safetensors", "poster": ".jpg"}
BESIDE = ("latents", "poster")
"""Roles a take can do without when an attempt before has moved them already."""
MOST_BYTES = 64 << 30


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
