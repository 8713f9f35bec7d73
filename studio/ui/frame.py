"""The outer parts of the window: the top bar and the docks with their header as title bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from studio.project.cards import FilmCard
from studio.ui.layouts import ARRANGEMENTS
from studio.ui.parts.controls import DockHeader, KeyButton, Segments, text_label
from studio.ui.parts.painting import cut_at_word, mark_pixmap
from studio.ui.parts.times import counted, film_length
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

NAME_AT_LEAST = 40
"""Pixels below which the film's name says nothing: it is in the title of the window, too."""


class TopBar(QWidget):
    """The mark, the menus, the film's name and facts in the middle, layouts and the palette at the right."""

    palette_requested = Signal()

    def __init__(self, look: Look, *, layouts: bool = False) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(look.size("top-bar"))
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.film = text_label("", "lead", self)
        self.facts = text_label("", "second", self)
        self._title = ""
        self._all_facts: tuple[str, ...] = ()
        self.finder = KeyButton(look, "Find or run", "Ctrl Shift P", kind="outline", icon="search")
        self.finder.setFixedHeight(30)
        self.finder.clicked.connect(self.palette_requested)
        mark = text_label()
        mark.setPixmap(mark_pixmap(look, 20, self.devicePixelRatioF()))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(mark)
        row.addWidget(self.menus)
        row.addStretch(1)
        self.layouts = Segments([(one, plan.word) for one, plan in ARRANGEMENTS.items()], "Layout",
                                {one: plan.keys for one, plan in ARRANGEMENTS.items()}, look)  # fmt: skip
        row.addWidget(self.layouts)
        self.layouts.setVisible(layouts)
        row.addWidget(self.finder)

    def show_film(self, film: FilmCard, *, writable: bool) -> None:
        self._title = film.title
        self._all_facts = (
            *(() if writable else ("for looking only",)),
            counted(film.scenes, "scene"), counted(film.shots, "shot"), film_length(film.frames, film.rate),
            f"{film.rate.shown} fps", film.aspect,
        )  # fmt: skip
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """In the middle of the window where there is room; facts go before the name does."""
        left, right = self.menus.geometry().right() + 24, self.layouts.geometry().left() - 24
        facts = " · ".join(self._all_facts)
        there = right - left >= NAME_AT_LEAST
        self.film.setText(cut_at_word(self._title, self.film.fontMetrics(), right - left) if there else "")
        self.film.setToolTip(plain_tip(self._title))
        name = self.film.sizeHint().width()
        room = right - left - name - 10
        self.facts.setText(facts if self.facts.fontMetrics().horizontalAdvance(facts) <= room else "")
        whole = name + (10 + self.facts.sizeHint().width() if self.facts.text() else 0)
        start = max(left, min((self.width() - whole) // 2, right - whole))
        self.film.setGeometry(start, 0, name, self.height())
        self.facts.setGeometry(start + name + 10, 1, self.facts.sizeHint().width(), self.height())


class Dock(QDockWidget):
    """A panel that can be moved and resized; its own header is the title bar."""

    def __init__(self, name: str, panel: QWidget, header: DockHeader | None) -> None:
        super().__init__(name)
        self.setObjectName(f"dock_{name.lower().replace(' ', '_')}")
        features = QDockWidget.DockWidgetFeature
        self.setFeatures(features.DockWidgetMovable | features.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())  # the panel's own header is drawn inside it
        self.setWidget(panel)
        self.header = header
        self.setAccessibleName(name)


class Foot(QWidget):
    """Holds the queue under every dock, as wide as the window."""

    def __init__(self, queue: QWidget, window: QMainWindow) -> None:
        super().__init__(window)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(queue)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(10, super().sizeHint().height())


def put_at_foot(window: QMainWindow, queue: QWidget) -> None:
    """A tool bar of one widget: the only place of a main window that lies under every dock."""
    strip = QToolBar("Queue")
    strip.setObjectName("queue_strip")
    strip.setMovable(False)
    strip.addWidget(Foot(queue, window))
    window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, strip)
    for button in window.findChildren(QToolButton, QRegularExpression("^qt_.*_ext_button$")):
        button.setAccessibleName("More")


class FocusLine(QObject):
    """Gives the accent line to the header of the panel that owns the keys."""

    def __init__(self, panels: dict[QWidget, DockHeader], window: QWidget) -> None:
        super().__init__(window)
        self._panels = panels

    def show(self, _before: QWidget | None, focused: QWidget | None) -> None:
        for panel, header in self._panels.items():
            header.owns_keys(focused is not None and (panel is focused or panel.isAncestorOf(focused)))

