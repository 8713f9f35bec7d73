"""The panels an event showed when its cut was frozen, as plain lists for the film.

A frozen cut keeps them whole, because panels on the board go on being drawn on, framed, timed and taken off. Their
pictures stay in media/ whatever becomes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from studio.errors import ProjectError
from studio.project import strokes
from studio.project.cut_cards import PanelShown, Rect
from studio.project.media_names import in_media


def written(panels: Iterable[PanelShown]) -> list[dict[str, Any]]:
    return [_written(one) for one in panels]


def read(content: Iterable[object], folder: Path) -> tuple[PanelShown, ...]:
    """The panels again, of the film in `folder`; what was altered so that it is no panel is left out."""
    return tuple(found for one in content if isinstance(one, Mapping) and (found := _read(one, folder)) is not None)


def pictures(content: Iterable[object]) -> Iterator[str]:
    """Names of the files they need in media/."""
    return (str(one["picture"]) for one in content if isinstance(one, Mapping) and "picture" in one)


def _written(panel: PanelShown) -> dict[str, Any]:
    return {
        "panel": panel.panel,
        "picture": panel.picture.name,
        "frames": panel.frames,
        "framing_start": list(panel.framing_start) if panel.framing_start else None,
        "framing_end": list(panel.framing_end) if panel.framing_end else None,
        "framing_first": panel.framing_first,
        "framing_frames": panel.framing_frames,
        "strokes": strokes.written(panel.strokes),
    }


def _read(one: Mapping[str, Any], folder: Path) -> PanelShown | None:
    try:
        picture = in_media(folder, str(one["picture"]))
        return PanelShown(
            str(one["panel"]), picture, int(one["frames"]), _rect(one["framing_start"]), _rect(one["framing_end"]),
            strokes.read(one["strokes"]), int(one["framing_first"]), int(one["framing_frames"]))  # fmt: skip
    except (KeyError, TypeError, ValueError, ProjectError):
        return None


def _rect(framing: Any) -> Rect | None:
    if framing is None:
        return None
    left, top, width, height = map(float, framing)
    return left, top, width, height
