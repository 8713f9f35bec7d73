"""Something stands on the screen while a film is opened."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.settings import Settings
from studio.ui.start.opening import OpeningWindow
from studio.ui.theme import Look


@pytest.fixture
def opening(qtbot: QtBot, look: Look, tmp_path: Path) -> OpeningWindow:
    made = OpeningWindow(Settings(tmp_path / "settings.json"), tmp_path / "The Last Ferry")
    qtbot.addWidget(made)
    return made


def test_it_is_painted_before_anything_else_is_done(opening: OpeningWindow) -> None:
    opening.show_now()
    assert opening._painted
    assert opening.accessibleName() == "Opening The Last Ferry"


@pytest.mark.process
def test_it_needs_neither_the_database_nor_what_decodes_movies() -> None:
    names = "('sqlalchemy', 'av', 'torch', 'numpy')"
    code = f"import studio.app, studio.ui.start.opening, sys; print([one for one in {names} if one in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.strip() == "[]"
