"""The start screen, the form of a new film, a crash told at the next start, a film without shots."""

from __future__ import annotations

from pathlib import Path

from camera import STANDARD, Camera, keep, rest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from studio import app
from studio.cli.example import make_example
from studio.open_project import OpenProject
from studio.project.store import FilmSettings
from studio.project.timing import FrameRate
from studio.settings import Settings
from studio.ui.parts.sheet import Sheet
from studio.ui.problems import crash_problem
from studio.ui.start.window import StartWindow

CRASH = """time      2026-11-21T14:06:31+00:00
program   shotwright

Traceback (most recent call last):
  File "studio/ui/viewer/screen.py", line 212, in paintEvent
ValueError: a picture without a size
"""


def take_all(settings: Settings, place: Path, folder: Path) -> None:
    start = StartWindow(settings, make_example)
    start.show()
    start.setWindowState(Qt.WindowState.WindowNoState)
    start.resize(*STANDARD)
    rest(1)
    keep(start, folder, "01-start-screen")
    start.shell.new_film()
    keep_sheet(start, folder, "02-new-film")
    file = place / "crash-20261121-140631.txt"
    file.write_text(CRASH, encoding="utf-8")
    start.problems.show_problem(crash_problem(file))
    keep_sheet(start, folder, "28-crash-offer")
    start.close()
    empty_film(settings, place, folder)


def keep_sheet(window: QMainWindow, folder: Path, name: str) -> None:
    rest()
    keep(window, folder, name)
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
    rest(0.1)


def empty_film(settings: Settings, place: Path, folder: Path) -> None:
    facts = FilmSettings("A New Film", FrameRate(24), width=1280, height=720)
    OpenProject.create(place / "empty", facts).close()
    with app.build(place / "empty") as studio:
        camera = Camera(studio, folder, settings)
        camera.take("03-empty-film")
        camera.window.close()
