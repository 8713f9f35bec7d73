"""The subjects of the film by kind: name, description, pictures, in how many shots; adding one and its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.project.gallery_cards import SubjectCard
from studio.ui.parts import painting
from studio.ui.parts.controls import DockHeader, IconButton, clear_layout, scrolling, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.times import counted
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import SEMIBOLD, Look

KINDS = {"character": "Characters", "prop": "Props", "location": "Locations", "look": "Looks"}
FOLDED_BELOW = 160
PICTURE = 54
GAP = 6


class SubjectRow(QWidget):
    """One subject: `@mara  yellow raincoat        7 shots` over its pictures. Folded: the first picture alone."""

    opened = Signal(str)

    def __init__(self, look: Look, subject: SubjectCard, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures, self.subject = look, pictures, subject
        self._folded = self._over = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{subject.name}, {subject.kind}, {counted(subject.shots, 'shot')}")
        self.setToolTip(plain_tip(f"{subject.name}\n{subject.description}".strip()))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.fold(False)

    def fold(self, folded: bool) -> None:
        self._folded = folded
        words = 0 if folded else 24
        pictures = PICTURE if self.subject.pictures and not folded else 40 if folded else 0
        self.setFixedHeight(words + pictures + 16)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def shows(self, path: object) -> bool:
        return path in self.subject.pictures

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.subject.id)

    def keyPressEvent(self, event: object) -> None:
        if getattr(event, "key", lambda: None)() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.subject.id)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._over or self.hasFocus():
            painter.fillRect(self.rect(), self._look.colour("grey-2"))
        if self._folded:
            self._paint_picture(painter, QRect(8, 8, 40, 40), self.subject.pictures[:1])
            return
        self._paint_words(painter)
        left = 12
        for picture in self.subject.pictures:
            width = min(self._width_of(picture), self.width() - 12 - left)
            if width < PICTURE // 2:
                break
            self._paint_picture(painter, QRect(left, 30, width, PICTURE), (picture,))
            left += width + GAP

    def _width_of(self, picture: Path) -> int:
        """At its true shape, so that a sheet of several views is not cut."""
        pixmap = self._pictures.pixmap(picture, 240, 120)
        if pixmap is None or pixmap.isNull():
            return PICTURE
        return max(PICTURE // 2, min(4 * PICTURE, round(PICTURE * pixmap.width() / pixmap.height())))

    def _paint_words(self, painter: QPainter) -> None:
        row = QRect(12, 8, self.width() - 24, 18)
        middle = Qt.AlignmentFlag.AlignVCenter
        shots = counted(self.subject.shots, "shot")
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, shots)
        right = painter.fontMetrics().horizontalAdvance(shots) + 12
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(row, middle, self.subject.name)
        left = painter.fontMetrics().horizontalAdvance(self.subject.name) + 8
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        room = row.adjusted(left, 0, -right, 0)
        words = painting.cut_at_word(self.subject.description, painter.fontMetrics(), room.width())
        painter.drawText(room, middle, words)

    def _paint_picture(self, painter: QPainter, rect: QRect, pictures: Sequence[Path]) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(pictures[0], 240, 120) if pictures else None
        if pixmap is not None and not pixmap.isNull():
            painting.cover(painter, rect, pixmap)
        else:
            painting.draw_icon(painter, self._look, self.subject.kind, "grey-4", rect.center().toPointF())
        painter.restore()


class Gallery(QWidget):
    add_requested = Signal()
    subject_opened = Signal(str)

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._pictures = look, pictures
        self._cards: list[SubjectCard] = []
        self._rows: dict[str, SubjectRow] = {}
        self._folded = False
        self.header = DockHeader(look, "References")
        self.add = IconButton(look, "plus", "New subject")
        self.add.clicked.connect(self.add_requested)
        self.header.row.addStretch(1)
        self.header.row.addWidget(self.add)
        self._build()
        self.setMinimumWidth(look.size("gallery-folded"))
        self.header.setMinimumWidth(look.size("gallery-folded"))
        pictures.arrived.connect(self._picture_arrived)

    def show_subjects(self, cards: Sequence[SubjectCard]) -> None:
        if list(cards) != self._cards:
            self._cards = list(cards)
            self.header.second.setText(str(len(cards)) if cards else "")
            self._rebuild()

    def subjects(self) -> list[SubjectCard]:
        return list(self._cards)

    def take_keys(self) -> None:
        """The keyboard goes to the first subject; without one, to the button that makes one."""
        first: QWidget = next(iter(self._rows.values()), None) or self.add
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def row(self, subject: str) -> SubjectRow:
        return self._rows[subject]

    def resizeEvent(self, event: QResizeEvent) -> None:
        folded = self.width() < FOLDED_BELOW
        if folded != self._folded:
            self._folded = folded
            self._rebuild()

    def _rebuild(self) -> None:
        clear_layout(self._column)
        self._rows = {}
        self.header.title.setVisible(not self._folded)
        self.header.second.setVisible(not self._folded)
        for kind, title in KINDS.items():
            some = [card for card in self._cards if card.kind == kind]
            if some and not self._folded:
                self._column.addWidget(self._kind_header(title, len(some)))
            for card in some:
                self._column.addWidget(self._row(card))
        if not self._cards and not self._folded:
            self._column.addWidget(self._nothing_yet())
        self._column.addStretch(1)

    def _row(self, card: SubjectCard) -> SubjectRow:
        row = SubjectRow(self._look, card, self._pictures)
        row.fold(self._folded)
        row.opened.connect(self.subject_opened)
        self._rows[card.id] = row
        return row

    def _kind_header(self, title: str, count: int) -> QWidget:
        label = text_label(f"{title}  {count}", "micro")
        label.setContentsMargins(12, 10, 12, 2)
        return label

    def _nothing_yet(self) -> QWidget:
        words = "Characters, props, locations and looks keep their face from shot to shot.\n\nThe plus above adds one."
        label = text_label(words, "second")
        label.setWordWrap(True)
        label.setContentsMargins(12, 16, 12, 0)
        return label

    def _picture_arrived(self, path: object) -> None:
        for row in self._rows.values():
            if row.shows(path):
                row.update()

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("panel")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        scroll = scrolling(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(scroll, 1)
