"""How a failure is told: a sheet with what happened, what is unchanged and the way out; never a traceback.

After a crash the next start offers the file that was written of it. Nothing is ever sent anywhere.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio import log
from studio.errors import StudioError
from studio.settings import Settings
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look


@dataclass(frozen=True)
class WayOut:
    """A button that leads out of a problem: a verb with its object, and what it does."""

    text: str
    take: Callable[[], object]


@dataclass(frozen=True)
class Problem:
    sentence: str
    hint: str
    way_out: WayOut | None = None
    copied: str = ""
    """What *Copy details* copies where that is more than the two sentences."""

    @property
    def details(self) -> str:
        return self.copied or f"{self.sentence}\n{self.hint}".strip()


def crash_problem(file: Path) -> Problem:
    """What the file of a crash says, in words, with the file as the way out."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    said = f" Its last line: {last[:160]}" if last else ""
    return Problem(
        "Something went wrong inside Shotwright the last time.",
        f"Every edit that was made is in the film.{said}\nThe whole story is in {file}. It stays on this machine.",
        WayOut("Show the file", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))), copied=text,
    )  # fmt: skip


class ProblemSheet(Sheet):
    def __init__(self, look: Look, over: QWidget, problem: Problem) -> None:
        super().__init__(look, over, "Problem")
        self.problem = problem
        self.column.addLayout(self._words(look))
        row = self.foot_row()
        copy = KeyButton(look, "Copy details", kind="quiet", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(problem.details))
        row.addWidget(copy)
        row.addStretch(1)
        self.close_button = KeyButton(look, "Dismiss" if problem.copied else "Close", "Esc",
                                      kind="outline" if problem.way_out else "")  # fmt: skip
        self.close_button.clicked.connect(self.close_sheet)
        row.addWidget(self.close_button)
        if problem.way_out is not None:
            row.addWidget(self._main_button(look, problem.way_out))

    def _words(self, look: Look) -> QHBoxLayout:
        row, words, icon = QHBoxLayout(), QVBoxLayout(), text_label()
        icon.setPixmap(look.pixmap("warning", "warn", 24, self.devicePixelRatioF()))
        words.setSpacing(8)
        words.addWidget(paragraph(self.problem.sentence, "sheet"))
        if self.problem.hint:
            words.addWidget(paragraph(self.problem.hint, "second"))
        row.setSpacing(12)
        icon.setFixedWidth(24)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _main_button(self, look: Look, way_out: WayOut) -> KeyButton:
        button = KeyButton(look, way_out.text, kind="main")
        button.clicked.connect(self.close_sheet)
        button.clicked.connect(way_out.take)
        return button


class Problems(QObject):
    """Shows one problem at a time over the window; the next when the first is closed, the same one only once."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self._waiting: deque[Problem] = deque()
        self.shown: ProblemSheet | None = None

    def show_error(self, error: StudioError, way_out: WayOut | None = None) -> None:
        self.show_problem(Problem(error.sentence, error.hint, way_out))

    def offer_crash(self, settings: Settings) -> None:
        """The newest crash file, where it was not offered before."""
        newest = next(iter(log.crashes()[-1:]), None)
        if newest is not None and newest.name > settings["crashes_seen"]:
            settings["crashes_seen"] = newest.name
            self.show_problem(crash_problem(newest))

    def show_problem(self, problem: Problem) -> None:
        already = [self.shown.problem] if self.shown else []
        if problem not in (*already, *self._waiting):
            self._waiting.append(problem)
            self._next()

    def _next(self) -> None:
        if self.shown is not None or not self._waiting:
            return
        self.shown = ProblemSheet(self._look, self._over, self._waiting.popleft())
        self.shown.closed.connect(self._closed)
        self.shown.open()

    def _closed(self) -> None:
        self.shown = None
        self._next()
