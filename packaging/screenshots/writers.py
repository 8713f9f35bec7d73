"""Prompt writers: none set up yet, and a service with two regions being set up."""

from __future__ import annotations

from camera import Camera, wait

from studio.ui.writers.sheet import LOOKING, WritersSheet

SECONDS = 60


def take_all(camera: Camera, engine: str) -> None:
    sheet = opened(camera)
    camera.take_sheet("64-prompt-writers-none")
    sheet = opened(camera)
    sheet.add(next(one for one in sheet.presets if one.title == "Kimi"))
    wait(lambda: bool(sheet.page.key_words.text()), SECONDS, "where keys go")
    camera.take("65-prompt-writers-a-service")
    sheet.remove()
    wait(lambda: sheet.chosen() is None, SECONDS, "the writer removed")
    sheet.close_sheet()


def opened(camera: Camera) -> WritersSheet:
    camera.do("prompt_writers")
    sheet = next(one for one in camera.window.findChildren(WritersSheet) if one.isVisible())
    wait(lambda: sheet.found_words.text() != LOOKING, SECONDS, "the servers of this machine")
    return sheet
