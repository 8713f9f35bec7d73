"""What stands on the screen while a film is opened: the window's place and size, and the film's name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from studio import assets
from studio.settings import Settings
from studio.ui.layouts import open_at_kept_size
from studio.ui.theme import SEMIBOLD, Look


class OpeningWindow(QMainWindow):
    """Painted before the database is loaded; the window of the film takes its place."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        super().__init__()
        self._look, self._name = Look(assets.folder()), folder.resolve().name
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._look.dress(application)
        self.setWindowTitle("Shotwright")
        self.setAccessibleName(f"Opening {self._name}")
        self._painted = False
        open_at_kept_size(self, settings)

    def show_now(self) -> None:
        """On the screen when it returns, or never: a screen that does not show it keeps nobody waiting."""
        self.show()
        for _try in range(20):
            QApplication.processEvents()
            if self._painted:
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painted = True
        painter, look, bar = QPainter(self), self._look, self._look.size("top-bar")
        painter.fillRect(self.rect(), look.colour("grey-0"))
        painter.fillRect(0, 0, self.width(), bar, look.colour("grey-1"))
        painter.setFont(look.font("lead", SEMIBOLD))
        painter.setPen(look.colour("grey-5"))
        painter.drawText(QRect(0, 0, self.width(), bar), Qt.AlignmentFlag.AlignCenter, self._name)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("grey-4"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"Opening {self._name}")
