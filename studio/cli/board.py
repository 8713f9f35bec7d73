"""A board as text: a TOML file of subjects, scenes and shots, and the public commands that make a film of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.errors import BadValue, NotFound

Step = tuple[str, ...]
"""One command line without the program's name."""

OWN_OPTION = {"subjects": "--subject", "images": "--image"}
"""Lists in the file whose option names one thing at a time."""


@dataclass(frozen=True)
class Board:
    path: Path
    film: Mapping[str, Any]
    subjects: tuple[Mapping[str, Any], ...]
    scenes: tuple[Mapping[str, Any], ...]


def read_board(path: Path) -> Board:
    """The board in the file `path`; NotFound or BadValue name what is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"There is no board {path}.", "An example is a folder with a board.toml in it.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadValue(f"The board {path} cannot be read: {error}.", "Mend that line and try again.") from None
    scenes = tuple(content.get("scenes", ()))
    if not all(isinstance(scene, dict) and "heading" in scene for scene in scenes):
        raise BadValue(f"A scene of {path} has no heading.", 'Write one, such as heading = "EXT. PIER - NIGHT".')
    return Board(path, content.get("film", {}), tuple(content.get("subjects", ())), scenes)


def steps(board: Board, folder: Path) -> list[Step]:
    """The commands that make a film of the board in `folder`, in order."""
    film = str(folder)
    found: list[Step] = [("new", film, *_options(board.film, board.path.parent))]
    for subject in board.subjects:
        rest = {key: value for key, value in subject.items() if key != "name"}
        found.append(("add-subject", film, subject["name"], *_options(rest, board.path.parent)))
    for number, scene in enumerate(board.scenes, 1):
        fields = {key: value for key, value in scene.items() if key != "shots"}
        found.append(("add-scene", film, *_options(fields, board.path.parent)))
        for shot in scene.get("shots", ()):
            found.append(("add-shot", film, "--scene", str(number), *_options(shot, board.path.parent)))
    return found


def _options(values: Mapping[str, Any], here: Path) -> Step:
    """`{"frames": 48, "subjects": ["@mara"]}` as `--frames 48 --subject @mara`; pictures are found beside the board."""
    words: list[str] = []
    for key, value in values.items():
        option = OWN_OPTION.get(key, f"--{key}")
        for one in value if isinstance(value, list) else [value]:
            words += [option, str(here / one) if key == "images" else str(one)]
    return tuple(words)
