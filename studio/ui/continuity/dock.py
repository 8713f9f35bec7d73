"""The continuity panel: each cut of the scene with its lamps and what mends it; a subject in every shot it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.ui.continuity.row_delegate import RowDelegate
from studio.ui.continuity.rows import Row, RowList
from studio.ui.parts.controls import DockHeader, KeyButton, Segments, text_label
from studio.ui.parts.fields import ChoiceField
from studio.ui.theme import Look

CUTS, SUBJECT = "cuts", "subject"
BESIDE = 124
"""Pixels a shot of a subject needs: as many stand side by side as there is room for."""
PAGES = ((CUTS, "Cuts"), (SUBJECT, "Subject"))


class RowView(QListView):
    opened = Signal(object)
    """key of the row"""

    def __init__(self, look: Look, name: str, beside: int = 0) -> None:
        super().__init__()
        self.rows = RowList(self)
        self.delegate = RowDelegate(look, self, beside)
        if beside:
            self.setFlow(QListView.Flow.LeftToRight)
            self.setWrapping(True)
            self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row(index.row()).key))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The row that was chosen stays chosen where it is still there."""
        chosen = self.chosen()
        self.rows.show_rows(rows)
        if chosen is not None and chosen != self.chosen():
            self.choose(chosen)

    def chosen(self) -> object | None:
        index = self.currentIndex()
        return self.rows.row(index.row()).key if index.isValid() else None

    def choose(self, key: object) -> None:
        place = self.rows.place_of(key)
        if place is not None and key != self.chosen():
            self.setCurrentIndex(self.rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.chosen()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key is not None:
            self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # a row is as high as its pictures at this width


class ContinuityPanel(QWidget):
    page_shown = Signal(str)
    subject_chosen = Signal(str)
    """id"""
    row_opened = Signal(object)
    """key of a cut or appearance: show it in the viewer"""
    match_requested = Signal(object)
    ungrade_requested = Signal(object)
    again_requested = Signal(object)
    shown = Signal()
    """it was hidden until now"""

    def __init__(self, look: Look, *, writable: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._writable = look, writable
        self._may: Mapping[object, frozenset[str]] = {}
        self.header = DockHeader(look, "Continuity")
        self.pages = Segments(PAGES, "Cuts of the scene, or one subject")
        self.header.row.addStretch(1)
        self.header.row.addWidget(self.pages)
        self.cuts = RowView(look, "Cuts of the scene")
        self.seen = RowView(look, "Shots the subject is in", BESIDE)
        self.subject = ChoiceField((), "")
        self.subject.setAccessibleName("Subject")
        self.nothing = text_label("", "second")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(12, 0, 12, 0)
        self.match = KeyButton(look, "Match")
        self.again = KeyButton(look, "Generate again from that frame")
        self.ungrade = KeyButton(look, "Take the grade off", kind="quiet")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.show_page(CUTS)

    # --- what is shown ---

    @property
    def page(self) -> str:
        return str(self.pages.current())

    def take_keys(self) -> None:
        view = self.cuts if self.page == CUTS else self.seen
        (view if view.isVisible() else self.pages.button(self.page)).setFocus(Qt.FocusReason.TabFocusReason)

    def show_page(self, page: str) -> None:
        self.pages.choose(page)
        self._subject_row.setVisible(page == SUBJECT)
        self._foot.setVisible(page == CUTS)

    def show_aspect(self, aspect: float) -> None:
        for view in (self.cuts, self.seen):
            view.delegate.aspect = aspect
            view.scheduleDelayedItemsLayout()

    def show_cuts(self, rows: Sequence[Row], may: Mapping[object, frozenset[str]], nothing: str) -> None:
        """`may`: of each row what can be done, of match, ungrade and again; `nothing`: why there is no row."""
        self._may = dict(may)
        self._show(self.cuts, rows, nothing)
        self._enable()

    def show_seen(self, rows: Sequence[Row], nothing: str) -> None:
        self._show(self.seen, rows, nothing)

    def show_subjects(self, subjects: Mapping[str, str], chosen: str) -> None:
        """@names by id."""
        self.subject.show_options(dict(subjects), chosen)

    def _show(self, view: RowView, rows: Sequence[Row], nothing: str) -> None:
        view.show_rows(rows)
        if (view is self.cuts) == (self.page == CUTS):
            self.nothing.setText(nothing)
            self._stack.setCurrentWidget(view if rows else self.nothing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    # --- hands ---

    def _enable(self) -> None:
        may = self._may.get(self.cuts.chosen(), frozenset()) if self._writable else frozenset()
        for name, button in (("match", self.match), ("again", self.again), ("ungrade", self.ungrade)):
            button.setEnabled(name in may)
        self.match.setToolTip("Colour and exposure of the second picture become those of the first; the take stays."
                              if self.match.isEnabled() else "Choose a cut whose pictures were compared.")

    def _connect(self) -> None:
        self.pages.chosen.connect(self._page_chosen)
        self.cuts.selectionModel().currentChanged.connect(lambda _now, _before: self._enable())
        self.cuts.rows.modelReset.connect(self._enable)
        self.cuts.opened.connect(self.row_opened)
        self.seen.opened.connect(self.row_opened)
        self.subject.edited.connect(self.subject_chosen)
        for button, wish in ((self.match, self.match_requested), (self.again, self.again_requested),
                             (self.ungrade, self.ungrade_requested)):  # fmt: skip
            button.clicked.connect(lambda _on=False, wish=wish: self._wish(wish))

    def _wish(self, wish: SignalInstance) -> None:
        if (key := self.cuts.chosen()) is not None:
            wish.emit(key)

    def _page_chosen(self, page: str) -> None:
        self.show_page(page)
        self.page_shown.emit(page)

    def _build(self) -> None:
        for page in (self.cuts, self.seen, self.nothing):
            self._stack.addWidget(page)
        self._subject_row, self._foot = QWidget(self), QWidget(self)
        row = QHBoxLayout(self._subject_row)
        row.setContentsMargins(12, 8, 12, 4)
        row.addWidget(self.subject, 1)
        word = text_label("Subject", parent=self._subject_row)
        word.setBuddy(self.subject)  # on Linux a choice is known to screen readers by its label alone
        word.hide()
        foot = QGridLayout(self._foot)
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.match, 0, 0)
        foot.addWidget(self.ungrade, 0, 1)
        foot.addWidget(self.again, 1, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._subject_row):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
