"""The page itself: covers the panels between top bar and queue; draft, parts and pictures side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard
from studio.ui.choices import Choices
from studio.ui.name_card import NameHover
from studio.ui.parts.controls import DockHeader, IconButton, KeyButton, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tab_stops import tab_inside
from studio.ui.prompt_page.draft_column import DraftColumn
from studio.ui.prompt_page.page_foot import PageFoot
from studio.ui.prompt_page.parts_column import PartsColumn
from studio.ui.prompt_page.pictures_column import PicturesColumn
from studio.ui.prompt_styles import PromptStyle
from studio.ui.theme import Look

LEFT, RIGHT = 304, 352
RIGHT_NARROW = 264
NARROW_BELOW = 1180
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class PromptPage(QWidget):
    """Every key belongs to it while it is open. Esc leaves what is edited, then refuses what waits, then closes."""

    neighbour_requested = Signal(int)
    """-1 or 1: the shot before or after"""
    undo_requested = Signal()
    redo_requested = Signal()
    close_requested = Signal()
    menu_requested = Signal(QPoint)
    takes_all_keys = True
    """Read by fields.KeyGuard."""

    def __init__(
        self, look: Look, over: QWidget, choices: Choices, pictures: PictureStore, styles: Mapping[str, PromptStyle]
    ) -> None:
        super().__init__(over)
        self.hide()
        self.setObjectName("well")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Prompt of the shot")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look, self._over = look, over
        self.pictures = PicturesColumn(look, pictures)
        self.hover = NameHover(look, pictures, self, self.pictures.rows.tiles)
        self.header = DockHeader(look, "Prompt")
        self.draft = DraftColumn(look, choices, pictures, styles)
        self.parts = PartsColumn(look, pictures, self.hover)
        self.foot = PageFoot(look)
        self.before = KeyButton(look, "Up", kind="outline")
        self.after = KeyButton(look, "Down", kind="outline")
        self.undo = IconButton(look, "undo", "Undo", "Ctrl+Z")
        self.shut = IconButton(look, "close-page", "Close the page", "Esc")
        self.more = IconButton(look, "more", "More about prompts")
        self._build()
        self._connect()
        over.installEventFilter(self)

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self.draft.know(subjects)
        self.parts.know(subjects)

    def open(self) -> None:
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()
        self.parts.take_keys()

    def is_writing(self) -> bool:
        return self.parts.cancel.isVisibleTo(self)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match (event.key(), modifiers):
            case (Qt.Key.Key_Escape, _):
                self._escape()
            case (key, modifier) if key in ENTER and modifier == CONTROL:
                self.foot.accept.click()
            case (Qt.Key.Key_E, modifier) if modifier == CONTROL | SHIFT or modifier == CONTROL:
                self.foot.variant.click()
            case (Qt.Key.Key_E, modifier) if modifier == CONTROL | Qt.KeyboardModifier.AltModifier:
                self.close_requested.emit()
            case (Qt.Key.Key_Z, modifier) if modifier == CONTROL:
                self.undo_requested.emit()
            case (Qt.Key.Key_Z, modifier) if modifier == CONTROL | SHIFT:
                self.redo_requested.emit()
            case (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier):
                self.neighbour_requested.emit(-1)
            case (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier):
                self.neighbour_requested.emit(1)

    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_inside(self, next)

    def _escape(self) -> None:
        """One thing at a time, from the inside out."""
        if self.hover.card() is not None:
            self.hover.hide()
        elif (row := self.parts.edited_row()) is not None:
            row.end_editing(keep=False)
        elif self.draft.notes.is_edited:
            self.draft.notes.end_editing(keep=False)
        elif self.is_writing():
            self.parts.cancel.click()
        elif self.foot.refuse.isEnabled():
            self.foot.refuse.click()
        else:
            self.close_requested.emit()

    # --- building ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        if isinstance(watched, QAbstractButton) and isinstance(event, QKeyEvent) and self._is_step(event):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _is_step(self, event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and event.key() in UP_DOWN and not event.modifiers()

    def showEvent(self, event: QShowEvent) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._following = application.focusChanged.connect(self._focus_moved)

    def hideEvent(self, event: QHideEvent) -> None:
        QObject.disconnect(self._following)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """To a button up and down mean the button beside it; here they mean the shot before and after."""
        if isinstance(now, QAbstractButton) and self.isAncestorOf(now):
            now.installEventFilter(self)

    def _fit(self) -> None:
        bar, foot = self._look.size("top-bar"), self._look.size("foot")
        self.setGeometry(0, bar, self._over.width(), self._over.height() - bar - foot)
        self.pictures.setFixedWidth(RIGHT_NARROW if self.width() < NARROW_BELOW else RIGHT)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.neighbour_requested.emit(-1))
        self.after.clicked.connect(lambda: self.neighbour_requested.emit(1))
        self.undo.clicked.connect(self.undo_requested)
        self.shut.clicked.connect(self.close_requested)
        self.more.clicked.connect(
            lambda: self.menu_requested.emit(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.draft.draft.left.connect(self.parts.take_keys)
        self.hover.watch(self.draft.draft, self.draft.draft.chips)

    def _build(self) -> None:
        self.header.owns_keys(True)
        row = self.header.row
        row.setContentsMargins(16, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(text_label("Shot", "second"))
        for button, name in ((self.before, "Shot before"), (self.after, "Next shot")):
            button.setAccessibleName(name)
            button.setProperty("kind", "outline_small")
            row.addWidget(button)
        row.addSpacing(8)
        for one in (self.undo, self.shut, self.more):
            row.addWidget(one)
        self.draft.setFixedWidth(LEFT)
        self.parts.setMinimumWidth(360)
        self.pictures.setFixedWidth(RIGHT)
        columns = QHBoxLayout()
        columns.setSpacing(self._look.size("splitter"))
        columns.addWidget(self.draft)
        columns.addWidget(self.parts, 1)
        columns.addWidget(self.pictures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("splitter"))
        column.addWidget(self.header)
        column.addLayout(columns, 1)
        column.addWidget(self.foot)
