"""Names in media/: `<sha256>.<ending>`, nothing else, so that none can point outside the film's folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.errors import ProjectError

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,12}", re.ASCII)


def is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def checked_name(name: str) -> str:
    """`name`, or ProjectError where it is no name of a file in media/."""
    if not is_name(name):
        raise ProjectError(f"The film names a file that cannot be in its media folder: {name[:80]!r}.",
                           "See what the film needs with: shotwright check")
    return name


def refuse_link(path: Path) -> Path:
    """`path` as it is, or ProjectError where it is a link: it could lead out of the film."""
    if path.is_symlink():
        raise ProjectError(f"{path.name} in the film's {path.parent.name} folder is a link to another place.",
                           "Put the file itself there; links are not followed.")
    return path


def in_media(folder: Path, name: str) -> Path:
    """Where the media file of this name lies in the film `folder`."""
    return folder / "media" / checked_name(name)


def posters(folder: Path) -> Path:
    return folder / "cache" / "posters"


def poster_path(folder: Path, name: str) -> Path:
    """Where the poster of a movie in media/ lies, once made."""
    return posters(folder) / f"{checked_name(name)[:64]}.jpg"


def film_folder(info: Mapping[Any, Any]) -> Path:
    """The folder of the film a database session reads, from the session's `info`."""
    folder = info["folder"]
    assert isinstance(folder, Path)
    return folder
