"""What lies over the window: finding, preferences, keys, forms, problems, the report of the morning."""

from __future__ import annotations

from camera import Camera

from studio.generation.wish import Wish
from studio.ui.shortcut_sheet import ShortcutSheet


def take_all(camera: Camera, engine: str) -> None:
    window = camera.window
    camera.select(1)
    camera.do("report")
    camera.take_sheet("24-report")
    camera.do("palette")
    camera.take_sheet("25-find-or-run")
    camera.do("preferences")
    camera.take_sheet("26-preferences")
    camera.do("shortcuts")
    keys = window.findChild(ShortcutSheet)
    keys.choose("marker")
    keys.take_keys("N")
    camera.take_sheet("27-shortcut-taken-already")
    if engine == "sketch":
        problem(camera)
    for number, action in enumerate(("new_scene", "new_subject", "film_settings", "extend", "redo_range"), 33):
        camera.do(action)
        camera.take_sheet(f"{number}-{action.replace('_', '-')}")


def problem(camera: Camera) -> None:
    """What the queue says to a drawing that is to be held after more steps than it has."""
    refused = camera.queue.refusal(camera.cards[3].id, Wish("clip", "sketch", stop_at=30))
    assert refused is not None, "sketch draws in 30 steps or more"
    camera.window.problems.show_error(refused)
    camera.take_sheet("29-problem")
