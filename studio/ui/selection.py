"""What the hands are on: the selected shots, the current one among them, the take and panel looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shot: str | None = None
        self.shots: list[str] = []
        self.take: str | None = None
        """The take in the viewer; None: the chosen one, or none."""
        self.panel: str | None = None

    def choose(self, shot: str | None, shots: list[str]) -> None:
        if (shot, shots) == (self.shot, self.shots):
            return
        if shot != self.shot:
            self.take = self.panel = None
        self.shot, self.shots = shot, shots
        self.changed.emit()

    def look_at(self, take: str | None = None, panel: str | None = None) -> None:
        self.take, self.panel = take, panel
        self.changed.emit()
