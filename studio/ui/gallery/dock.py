"""The reference gallery: its header with search, what is odd about names, the subjects by kind, how more come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.project.gallery_cards import MentionProblem, SubjectCard, ViewCard
from studio.ui.gallery.geometry import FOLDED_BELOW
from studio.ui.gallery.names_sheet import UNUSED
from studio.ui.gallery.row_list import RowList
from studio.ui.gallery.rows import matches, rows_of
from studio.ui.gallery.view import GalleryView
from studio.ui.gallery.view_card import ViewCardPopup
from studio.ui.parts.controls import DockHeader, IconButton, KeyButton, text_label
from studio.ui.parts.fields import LineField
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

LETTERS = 100
EMPTY_HEIGHT = 160
NOTHING = "Characters, props, locations and looks keep their face from shot to shot."


class Gallery(QWidget):
    add_requested = Signal()
    pictures_requested = Signal()
    """files are to be picked: for the current subject, or for a new one"""
    grab_requested = Signal()
    names_requested = Signal()
    """the list of what is odd about names is to be opened"""
    told = Signal(str)

    def __init__(self, look: Look, pictures: PictureStore, *, writable: bool = True) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._pictures, self._writable = look, pictures, writable
        self._cards: list[SubjectCard] = []
        self._folded: set[str] = set()
        self._bare: frozenset[str] = frozenset()
        self._popup: ViewCardPopup | None = None
        self.sent_words: Callable[[ViewCard], str] = lambda _view: ""
        """What the current shot does with a view, in words; its desk knows."""
        self.rows = RowList(self)
        self.view = GalleryView(look, self.rows, pictures, writable=writable)
        self.header = DockHeader(look, "References")
        self.search = IconButton(look, "search", "Find a subject", "Ctrl F")
        self.search.setCheckable(True)
        self.add = IconButton(look, "plus", "New subject")
        self.add.setEnabled(writable)
        self.sought = LineField("Name or description", most=LETTERS, in_form=True)
        self.sought.setAccessibleName("Find a subject")
        self.names = KeyButton(look, "", kind="hint", icon="warning", ink="grey-4")
        self.files = KeyButton(look, "Drop or paste pictures", kind="hint", icon="plus", ink="grey-4")
        self.grabbing = KeyButton(look, "Grab", "G", kind="hint", ink="grey-4")
        self.grabbing.setAccessibleName("Grab a frame")
        self.grabbing.setToolTip("The frame on screen becomes a picture of a subject")
        self.nothing = text_label(NOTHING, "second")
        self.first = KeyButton(look, "New subject", kind="outline", icon="plus")
        self._empty = QWidget(self.view.viewport())
        self._build()
        self._connect()
        self.setMinimumWidth(look.size("gallery-folded"))
        self.header.setMinimumWidth(look.size("gallery-folded"))
        self.show_problems(())
        self._show()

    # --- what is shown ---

    def show_subjects(self, cards: Sequence[SubjectCard]) -> None:
        if list(cards) != self._cards:
            self._cards = list(cards)
            self._show()

    def show_problems(self, problems: Sequence[MentionProblem]) -> None:
        """Who is named and has no picture is marked; the line above says how many things there are in all."""
        self._bare = frozenset(one.name for one in problems if one.kind == "bare")
        count = sum(1 for one in problems if one.kind != UNUSED)
        self.names.say(f"{count:,} thing{'' if count == 1 else 's'} about names")
        self._has_problems = bool(count)
        self._show()

    def subjects(self) -> list[SubjectCard]:
        return list(self._cards)

    def card(self, subject: str) -> SubjectCard | None:
        return next((card for card in self._cards if card.id == subject), None)

    def take_keys(self) -> None:
        """The keyboard goes to the list; without a subject, to the button that makes one."""
        if not self._cards:
            self.add.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not self.view.currentIndex().isValid():
            self.view.choose(("subject", next(iter(self._cards)).id))
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def open_search(self) -> None:
        """Opens the search field and writes into it."""
        self.search.setChecked(True)
        self.sought.setFocus()
        self.sought.selectAll()

    def select(self, subject: str) -> None:
        """Alone and where it can be seen: its kind is unfolded, and the search ended where it hides it."""
        card = self.card(subject)
        if card is None:
            return
        if not matches(card, self._sought_words()):
            self.search.setChecked(False)
        if card.kind in self._folded:
            self._toggle(card.kind)
        self.view.choose(("subject", subject))

    def _sought_words(self) -> str:
        return self.sought.text().strip() if self.search.isChecked() else ""

    def _show(self) -> None:
        """The rows anew; the hands stay on what they were on."""
        row, view = self.view.current_row(), self.view.current_view()
        sought = self._sought_words()
        rows = rows_of(self._cards, self._folded, sought, self._bare)
        self.rows.show_rows(rows)
        if row is not None and not self.view.currentIndex().isValid():
            self.view.choose(row.key, view.id if view else "")
        found = sum(1 for card in self._cards if matches(card, sought)) if sought else len(self._cards)
        count = f"{found} of {len(self._cards)}" if sought else str(len(self._cards))
        self.header.second.setText(count if self._cards else "")
        self.nothing.setText(f"No subject is called “{sought}”." if self._cards and sought else NOTHING)
        self.first.setVisible(not self._cards and self._writable)
        self._fold()

    # --- folded and wide ---

    @property
    def _narrow(self) -> bool:
        return self.width() < FOLDED_BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()

    def _fold(self) -> None:
        wide = not self._narrow
        for one in (self.header.title, self.header.second, self.search, self._foot):
            one.setVisible(wide)
        self.sought.setVisible(wide and self.search.isChecked())
        self.names.setVisible(wide and self._has_problems)
        self._above.setVisible(wide and (self.search.isChecked() or self._has_problems))
        self._empty.setVisible(wide and not self.rows.rows())
        self._empty.setGeometry(0, 0, self.view.viewport().width(), EMPTY_HEIGHT)

    def _toggle(self, kind: str) -> None:
        self._folded ^= {kind}
        self._show()

    # --- hands ---

    def _search_toggled(self, on: bool) -> None:
        if not on:
            self.sought.clear()
        self._show()
        if on:
            self.sought.setFocus()
        elif self._cards:
            self.view.setFocus()

    def _mark_view(self, view: ViewCard | None) -> None:
        """The view's card beside the panel, once the panel is in its window."""
        if self._popup is None:
            self._popup = ViewCardPopup(self._look, self.window(), self._pictures)
        card = self.card(view.subject) if view is not None else None
        if view is None or card is None:
            self._popup.leave()
            return
        rect = self.view.rect_of_view(view.id)
        beside = QRect(self.view.viewport().mapToGlobal(rect.topLeft()), rect.size())
        beside.setRight(max(beside.right(), self.mapToGlobal(self.rect().topRight()).x() - 12))
        self._popup.show_soon(view, card, beside, self.sent_words(view))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field: Esc ends it, Down and Enter go to what was found."""
        if watched is self.sought and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.search.setChecked(False)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows.rows():
                self.view.setCurrentIndex(self.rows.index(min(1, len(self.rows.rows()) - 1)))
                self.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def hide_popups(self) -> None:
        if self._popup is not None:
            self._popup.leave()

    # --- building ---

    def _build(self) -> None:
        self.header.row.addStretch(1)
        self.header.row.addWidget(self.search)
        self.header.row.addWidget(self.add)
        self._above, self._foot = QWidget(), QWidget()
        above, foot = QVBoxLayout(self._above), QHBoxLayout(self._foot)
        above.setContentsMargins(12, 4, 9, 4)
        above.setSpacing(4)
        above.addWidget(self.sought)
        above.addWidget(self.names, 0, Qt.AlignmentFlag.AlignLeft)
        foot.setContentsMargins(9, 2, 9, 2)
        foot.setSpacing(0)
        foot.addWidget(self.files)
        foot.addStretch(1)
        foot.addWidget(self.grabbing)
        self._build_empty()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self._above)
        outer.addWidget(self.view, 1)
        outer.addWidget(self._foot)

    def _build_empty(self) -> None:
        """Lies in the list, so that what is dropped on it is dropped on the list."""
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(12, 16, 12, 12)
        column.setSpacing(12)
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        column.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_requested)
        self.first.clicked.connect(self.add_requested)
        self.files.clicked.connect(self.pictures_requested)
        self.grabbing.clicked.connect(self.grab_requested)
        self.names.clicked.connect(self.names_requested)
        self.search.toggled.connect(self._search_toggled)
        self.sought.textChanged.connect(lambda _text: self._show())
        self.sought.installEventFilter(self)
        self.view.group_toggled.connect(self._toggle)
        self.view.view_marked.connect(self._mark_view)
        self.view.told.connect(self.told)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self.hide_popups())
        self.files.setEnabled(self._writable)
        self.grabbing.setEnabled(self._writable)
