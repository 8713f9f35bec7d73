"""A column that scrolls with the wheel and leaves the arrow keys to the page, where they change the shot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class _ColumnScroll(QScrollArea):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def column_scroll(body: QWidget) -> QScrollArea:
    scroll = _ColumnScroll()
    scroll.setWidget(body)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
