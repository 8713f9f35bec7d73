"""The program ends well when its last window is closed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import a_project, a_shot, a_take

CLOSED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from studio import app
from studio.settings import Settings
application = app.graphical()
def close():
    for window in application.topLevelWidgets():
        window.close()
QTimer.singleShot(1500, close)
sys.exit(app.show(Path(sys.argv[1]) if sys.argv[1] else None, Settings(Path(sys.argv[2])), lambda name, place: None))
"""


@pytest.mark.whole
@pytest.mark.process
@pytest.mark.parametrize("film", [True, False], ids=["a film", "the start screen"])
def test_closing_the_window_ends_the_process_with_status_0(tmp_path: Path, film: bool) -> None:
    project = a_project(tmp_path)
    a_take(project, a_shot(project, frames=24), movie=True)
    project.close()
    call = [sys.executable, "-c", CLOSED, str(project.folder) if film else "", str(tmp_path / "settings.json")]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
