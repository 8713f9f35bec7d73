"""Files held over the board: in words, what they would become where they are."""

from __future__ import annotations

from collections.abc import Sequence

from studio.ui.parts.held_files import Held


def words_on_shot(held: Held, number: str) -> str:
    """`becomes 3 panels of 1B`"""
    if held.folders and not (held.pictures or held.movies):
        return f"What is in “{held.folder}” becomes panels and takes of {number}"
    parts = _counted((held.pictures, "panel"), (held.movies, "take"))
    if not parts:
        return "Neither a picture nor a movie"
    one = held.pictures + held.movies == 1
    return f"{'Becomes' if one else 'Become'} {' and '.join(parts)} of {number}"


def words_on_board(held: Held, scene: str) -> str:
    """`Become 3 new shots in scene 2`"""
    where = f" in scene {scene}" if scene else ""
    if held.folders:
        return f"A shot for each picture and movie in “{held.folder}”{where}"
    files = held.pictures + held.movies
    if not files:
        return "Neither a picture nor a movie"
    return f"{'Becomes a new shot' if files == 1 else f'Become {files} new shots'}{where}"


def _counted(*some: tuple[int, str]) -> Sequence[str]:
    return [("a " if number == 1 else f"{number} ") + word + ("s" if number > 1 else "") for number, word in some
            if number]
