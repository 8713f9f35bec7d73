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
    expands: bool = False
    """Every shot gets a longer prompt, written by the film grammar and accepted."""


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
    expands = content.get("example", {}).get("expands") is True
    return Board(path, content.get("film", {}), tuple(content.get("subjects", ())), scenes, expands)


def steps(board: Board, folder: Path) -> list[Step]:
    """The commands that make a film of the board in `folder`, in order."""
    film = str(folder)
    found: list[Step] = [("new", film, *_options(board.film, board.path.parent))]
    for subject in board.subjects:
        found += _subject_steps(subject, film, board.path.parent)
    for number, scene in enumerate(board.scenes, 1):
        fields = {key: value for key, value in scene.items() if key != "shots"}
        found.append(("add-scene", film, *_options(fields, board.path.parent)))
        for shot in scene.get("shots", ()):
            found.append(("add-shot", film, "--scene", str(number), *_options(shot, board.path.parent)))
    if board.expands:
        found.append(("expand", "--film", film, "--all", "--accept"))
    return found


def _subject_steps(subject: Mapping[str, Any], film: str, here: Path) -> list[Step]:
    """The subject, its views, then each of its wardrobe changes with the views that show it."""
    name = subject["name"]
    fields = {key: value for key, value in subject.items() if key not in ("name", "views", "changes")}
    found: list[Step] = [("add-subject", film, name, *_options(fields, here)), *_views(subject, film, name, here)]
    for number, change in enumerate(subject.get("changes", ()), 1):
        worn = {key: value for key, value in change.items() if key != "views"}
        found.append(("add-change", film, name, *_options(worn, here)))
        found += _views(change, film, name, here, "--change", str(number))
    return found


def _views(of: Mapping[str, Any], film: str, name: str, here: Path, *more: str) -> list[Step]:
    """`views = { front = "front.png" }` as one command each, in the order they are written: that in which they are
    sent."""
    views = of.get("views", {}).items()
    return [("add-view", film, name, str(here / file), "--view", view, *more) for view, file in views]


def _options(values: Mapping[str, Any], here: Path) -> Step:
    """`{"frames": 48, "subjects": ["@mara"]}` as `--frames 48 --subject @mara`; pictures are found beside the board."""
    words: list[str] = []
    for key, value in values.items():
        option = OWN_OPTION.get(key, f"--{key}")
        for one in value if isinstance(value, list) else [value]:
            words += [option, str(here / one) if key == "images" else str(one)]
    return tuple(words)
