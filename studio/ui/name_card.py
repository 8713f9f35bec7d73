"""The card of a name: who that is, its pictures, which of them is sent, in which shots it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.name_chips import NameChips, Spot, show_whole
from studio.ui.parts import painting
from studio.ui.parts.controls import IconButton, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import paragraph
from studio.ui.parts.times import counted
from studio.ui.sent_pictures import SENT, WAITING, Tile
from studio.ui.theme import MEDIUM, Look

WIDTH = 368
PICTURE = 72
MOST_PICTURES = 2
MOST_SHOTS = 8
LEAVES_AFTER_MS = 200
"""The pointer may cross from the name to the card."""


class NamePictures(QWidget):
    """The first pictures of a subject, those that are sent with their number."""

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._card: SubjectCard | None = None
        self._views: tuple[ViewCard, ...] = ()
        self._numbers: dict[str, int] = {}
        pictures.arrived.connect(self._arrived)

    def show_views(self, card: SubjectCard, numbers: dict[str, int]) -> None:
        """`numbers`: the place each view is sent in, by its id; sent ones are shown first."""
        self._card, self._numbers = card, numbers
        self._views = tuple(sorted(card.views, key=lambda one: numbers.get(one.id, 99)))[:MOST_PICTURES]
        count = max(1, len(self._views))
        self.setFixedSize(QSize(count * PICTURE + (count - 1) * 8, PICTURE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._card is not None and not self._views:
            self._paint_none(painter, self._card)
        for place, view in enumerate(self._views):
            self._paint_view(painter, QRect(place * (PICTURE + 8), 0, PICTURE, PICTURE), view)

    def _paint_none(self, painter: QPainter, card: SubjectCard) -> None:
        box = QRect(0, 0, PICTURE, PICTURE)
        painting.outline(painter, box, self._look.radius("badge"), self._look.colour("grey-3"), 1, dashed=True)
        painting.draw_icon(painter, self._look, card.kind, "grey-4", box.center().toPointF(), 24)

    def _paint_view(self, painter: QPainter, box: QRect, view: ViewCard) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(box, self._look.radius("badge")))
        painter.fillRect(box, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(view.picture, 2 * PICTURE, 2 * PICTURE)
        if pixmap is not None and not pixmap.isNull():
            show_whole(painter, box, pixmap)
        number = self._numbers.get(view.id)
        if number is not None:
            plate = QRect(box.left(), box.top(), 18, 18)
            painter.fillRect(plate, self._look.colour("grey-0"))
            painter.setFont(self._look.font("micro", MEDIUM))
            painter.setPen(self._look.colour("grey-5"))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.restore()

    def _arrived(self, path: object) -> None:
        if any(view.picture == path for view in self._views):
            self.update()


class NameCard(QFrame):
    """Lies over the window beside a name. Tells of a stranger, too."""

    opened = Signal(str)
    """subject id"""

    def __init__(self, look: Look, pictures: PictureStore, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self._subject = ""
        self.setObjectName("name_card")
        self.setFixedWidth(WIDTH)
        self.name, self.described = text_label("", "lead"), paragraph("", "second")
        self.pencil = IconButton(look, "pencil", "Open the subject")
        self.pictures = NamePictures(look, pictures)
        self.sent, self.size_read = paragraph("", "title"), paragraph("", "second")
        self.used, self.numbers = paragraph(""), paragraph("", "second")
        self._build()
        self.pencil.clicked.connect(lambda: self.opened.emit(self._subject))
        self.hide()

    def show_subject(self, card: SubjectCard, tiles: Sequence[Tile], anchor: QRect) -> None:
        """`tiles`: the pictures of the current shot; `anchor`: the name, in `over`."""
        self._subject = card.id
        own = [one for one in tiles if one.id in {view.id for view in card.views}]
        sent = [one for one in own if one.state == SENT]
        every = sum(one.state == SENT for one in tiles)
        self.name.setText(card.name)
        self.described.setText(", ".join(filter(None, (card.kind, card.description))))
        self.pictures.show_views(card, {one.id: one.number for one in sent})
        self.sent.setText(_sent_words(card, own, sent))
        self.size_read.setText("\n".join(_place_words(one, every) for one in sent[:MOST_PICTURES]))
        self.used.setText(f"In {counted(card.shots, 'shot')}" if card.shots else "In no shot yet")
        self.numbers.setText(_numbers(card.shot_numbers))
        for label in (self.sent, self.size_read, self.numbers):
            label.setVisible(bool(label.text()))
        self._place(anchor, pencil=True)

    def show_stranger(self, name: str, anchor: QRect) -> None:
        self._subject = ""
        self.name.setText(name)
        self.described.setText("Nobody in this film is called so.")
        self._place(anchor, pencil=False)

    def _place(self, anchor: QRect, *, pencil: bool) -> None:
        self.pencil.setVisible(pencil)
        self._facts.setVisible(pencil)
        self.setAccessibleName(f"{self.name.text()}: {self.described.text()} {self.sent.text()}".strip())
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))
        left = max(8, min(anchor.left(), self._over.width() - WIDTH - 8))
        below = anchor.bottom() + 8
        top = below if below + self.height() < self._over.height() else anchor.top() - 8 - self.height()
        self.move(left, max(8, top))
        self.show()
        self.raise_()

    def _build(self) -> None:
        head, facts, words = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.described, 1)
        head.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        words.setSpacing(0)
        for one in (self.sent, self.size_read, self.used, self.numbers):
            words.addWidget(one)
        self.used.setContentsMargins(0, 4, 0, 0)
        words.addStretch(1)
        self._facts = QWidget()
        self._facts.setLayout(facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(12)
        facts.addWidget(self.pictures, 0, Qt.AlignmentFlag.AlignTop)
        facts.addLayout(words, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._facts)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 12)
        shadow.setColor(QColor(0, 0, 0, 140))
        self.setGraphicsEffect(shadow)


class NameHover(QObject):
    """Shows the card of the name under the resting pointer, or at the cursor on Alt and Down."""

    opened = Signal(str)
    """subject id: to be shown in full"""

    def __init__(self, look: Look, pictures: PictureStore, over: QWidget, tiles: Callable[[], Sequence[Tile]]) -> None:
        """`over`: what the card lies over; `tiles`: the pictures of the shot that is shown."""
        super().__init__(over)
        self._look, self._pictures, self._over, self._tiles = look, pictures, over, tiles
        self._card: NameCard | None = None
        self._at: tuple[QTextEdit, Spot] | None = None
        self._rest = QTimer(self, singleShot=True, interval=look.theme.times["rest"])
        self._rest.timeout.connect(self._show)
        self._leave = QTimer(self, singleShot=True, interval=LEAVES_AFTER_MS)
        self._leave.timeout.connect(self.hide)
        self._fields: dict[QObject, tuple[QTextEdit, NameChips]] = {}

    def watch(self, field: QTextEdit, chips: NameChips) -> None:
        field.viewport().setMouseTracking(True)
        for watched in (field.viewport(), field):
            watched.installEventFilter(self)
            self._fields[watched] = (field, chips)
        field.destroyed.connect(lambda: self._forget(field))

    def card(self) -> NameCard | None:
        """The card, while it is shown."""
        return self._card if self._card is not None and self._card.isVisible() else None

    def hide(self) -> None:
        self._rest.stop()
        self._leave.stop()
        self._at = None
        if self._card is not None:
            self._card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._card:
            self._over_card(kind)
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and watched in self._fields:
            self._pointer_moved(*self._fields[watched], event)
        elif kind == QEvent.Type.Leave:
            self._rest.stop()
            self._leave.start()
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._fields:
            return self._key(*self._fields[watched], event)
        return False

    def _over_card(self, kind: QEvent.Type) -> None:
        if kind == QEvent.Type.Enter:
            self._leave.stop()
        elif kind == QEvent.Type.Leave:
            self._leave.start()

    def _pointer_moved(self, field: QTextEdit, chips: NameChips, event: QMouseEvent) -> None:
        spot = chips.spot_at(event.position())
        here = (field, spot) if spot is not None else None
        if here is None:
            self._rest.stop()
            if self.card() is not None and not self._leave.isActive():
                self._leave.start()
            self._at = None
        elif self._at is None or self._at[1].position != here[1].position or self._at[0] is not field:
            self.hide()
            self._at = here
            self._rest.start()
        else:
            self._leave.stop()

    def _key(self, field: QTextEdit, chips: NameChips, event: QKeyEvent) -> bool:
        """Esc closes the card and nothing else; Alt and Down opens that of the name at the cursor."""
        shown = self.card() is not None
        asks = event.key() == Qt.Key.Key_Down and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if asks and (spot := chips.spot_of_cursor()) is not None:
            self._at = (field, spot)
            self._show()
            return True
        self.hide()
        return shown and event.key() == Qt.Key.Key_Escape

    def _show(self) -> None:
        if self._at is None or not self._at[1].pieces:
            return
        field, spot = self._at
        piece = spot.pieces[0].toRect()
        corner = field.viewport().mapTo(self._over, piece.topLeft()) if self._over.isAncestorOf(field) else QPoint()
        if self._card is None:
            self._card = NameCard(self._look, self._pictures, self._over)
            self._card.installEventFilter(self)
            self._card.opened.connect(self._open)
        subject = self._fields[field][1].subject(spot.name)
        anchor = QRect(corner, piece.size())
        if subject is None:
            self._card.show_stranger(spot.name, anchor)
        else:
            self._card.show_subject(subject, self._tiles(), anchor)

    def _open(self, subject: str) -> None:
        self.hide()
        self.opened.emit(subject)

    def _forget(self, field: QTextEdit) -> None:
        self._fields = {watched: pair for watched, pair in self._fields.items() if pair[0] is not field}


def _sent_words(card: SubjectCard, own: Sequence[Tile], sent: Sequence[Tile]) -> str:
    if sent:
        views = [one.title.partition(" ")[2] or "picture" for one in sent]
        if len(views) == 1:
            return f"View “{views[0]}” is sent" if views[0] != "picture" else "Its picture is sent"
        return f"{len(views)} views are sent"
    if not card.views:
        return "It has no picture yet"
    if own and own[0].state == WAITING:
        return ""
    return own[0].reason if own else "Not in this shot"


def _place_words(tile: Tile, every: int) -> str:
    return ", ".join(filter(None, (f"{_ordinal(tile.number)} of {every}", tile.size)))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _numbers(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - MOST_SHOTS} more" if len(numbers) > MOST_SHOTS else ""
    return ", ".join(numbers[:MOST_SHOTS]) + more
