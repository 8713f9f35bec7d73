"""Three clocks of one frame: the cut's timecode, the place in its scene, the place in its shot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QWidget

from studio.ui.theme import Look

NO_TIME = "–:–:–:–"
"""A frame that the cut does not show."""
WIDEST = "00:00:00:00"
GAP = 12


class Clock(QPushButton):
    """A time that is copied by a click."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__()
        self._name = name
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_time(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self._name} {text}".strip())


class TimeField(QLineEdit):
    """Where a time is typed; Enter goes there, Esc leaves it be."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class Clocks(QWidget):
    time_typed = Signal(str)
    left = Signal()
    """the keyboard is given back"""
    copied = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.cut = Clock("Timecode in the cut", "clock")
        self.scene = Clock("Place in the scene", "second_clock")
        self.shot = Clock("Place in the shot", "second_clock")
        self.field = TimeField()
        self._build(look)

    def show_times(self, cut: str, scene: str, shot: str) -> None:
        """What each clock says; an empty one takes no room."""
        for clock, text in ((self.cut, cut), (self.scene, scene), (self.shot, shot)):
            clock.show_time(text)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """The timecode alone: the other two give way where there is little room."""
        return self._stack.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()

    def _make_room(self) -> None:
        left = self.width() - self._stack.width()
        for clock in (self.shot, self.scene):
            left -= clock.sizeHint().width() + GAP
            clock.setVisible(bool(clock.text()) and left >= 0)

    def ask(self) -> None:
        """Puts the field in place of the timecode, to type another."""
        self.field.setText("" if self.cut.text() == NO_TIME else self.cut.text())
        self.field.selectAll()
        self._stack.setCurrentWidget(self.field)
        self.field.setFocus()

    def _build(self, look: Look) -> None:
        self.cut.setToolTip("Type a timecode to go there  =")
        self.field.setAccessibleName("Timecode to go to")
        self.field.setToolTip("A timecode, or seconds and frames; with + or − as far from here")
        for clock in (self.scene, self.shot):
            clock.setToolTip("Copy")
            clock.clicked.connect(lambda _checked=False, clock=clock: self._copy(clock.text()))
        self.cut.clicked.connect(self.ask)
        self.field.returnPressed.connect(self._typed)
        self.field.left.connect(self._give_back)
        self.field.editingFinished.connect(self._leave)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.cut)
        self._stack.addWidget(self.field)
        self.cut.ensurePolished()
        self._stack.setFixedSize(self.cut.fontMetrics().horizontalAdvance(WIDEST) + 20, look.size("control"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for part in (self._stack, self.scene, self.shot):
            row.addWidget(part)
        row.addStretch(1)

    def _typed(self) -> None:
        text = self.field.text()
        self._give_back()
        self.time_typed.emit(text)

    def _give_back(self) -> None:
        self._leave()
        self.left.emit()

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self.cut)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
