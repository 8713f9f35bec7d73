"""@names in a text drawn as chips with the subject's small picture; unknown names and words marked; added text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPixmap,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from model_runtime.mentions import NAME, name_key
from studio.project.additions import Addition
from studio.project.gallery_cards import SubjectCard
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import MEDIUM, Look

LINE_HEIGHT = 22
CHIP_HEIGHT = 18
ABOVE_BASELINE = 13
"""The upper edge of a chip; the rest of its height is below."""
PICTURE = 14
PICTURE_ROOM = PICTURE + 6
"""What the @ of a name is followed by more than usual: it stands at the right of that room, the picture at the left."""
END_ROOM = 4
LINE_LETTERS = 400
"""More than stand on one line: at the edges of the view it is not known on which side of a line a point falls."""
HIGH = 1.3
"""A picture this much higher than its box, for its width, is shown whole."""
UNDER_BASELINE = 5.5
"""The middle of the line under added text."""


@dataclass(frozen=True)
class Spot:
    """A name as it stands on screen."""

    name: str
    known: bool
    position: int
    """In the whole text."""
    pieces: tuple[QRectF, ...]
    """One for each line it stands on, in the viewport."""


def units(text: str) -> Callable[[int], int]:
    """From a place in `text` to Qt's, which counts an emoji as two."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda place: place
    wide = [place for place, letter in enumerate(text) if letter > "\uffff"]
    return lambda place: place + bisect_left(wide, place)


def names_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Every @name with its beginning and its end as Qt counts them."""
    place = units(text)
    for found in NAME.finditer(text):
        name = found[0].rstrip("-")
        yield name, place(found.start()), place(found.start() + len(name))


class NameChips(QSyntaxHighlighter):
    """Marks the names in one text field and paints them; the field calls `paint_behind` and `paint_over`."""

    def __init__(self, look: Look, field: QTextEdit, pictures: PictureStore) -> None:
        super().__init__(field.document())
        self._look, self._field, self._pictures = look, field, pictures
        self._subjects: dict[str, SubjectCard] = {}
        self._unknown: frozenset[str] = frozenset()
        self._added: tuple[Addition, ...] = ()
        self._pluses: frozenset[int] = frozenset()
        self.ink = "grey-5"
        """Of the sign in front of a name: that of the text."""
        self._make_formats()
        pictures.arrived.connect(self._picture_arrived)

    # --- what is known ---

    def know(self, subjects: Iterable[SubjectCard]) -> None:
        known = {name_key(card.name): card for card in subjects}
        if known != self._subjects:
            self._subjects = known
            self.rehighlight()

    def mark_unknown_words(self, words: Iterable[str]) -> None:
        """Words the engine does not know; they are underlined quietly."""
        unknown = frozenset(word.casefold() for word in words)
        if unknown != self._unknown:
            self._unknown = unknown
            self.rehighlight()

    def mark_added(self, added: Sequence[Addition], pluses: Iterable[int]) -> None:
        """Stretches that a line is drawn under, and the places of their pluses, as Qt counts."""
        self._added, self._pluses = tuple(added), frozenset(pluses)
        self.rehighlight()

    def subject(self, name: str) -> SubjectCard | None:
        return self._subjects.get(name_key(name))

    # --- marking ---

    def highlightBlock(self, text: str) -> None:
        begin = self.currentBlock().position()
        for name, start, end in names_in(text):
            self._mark_name(name, start, end)
        for start, end in self._unknown_words(text):
            self.setFormat(start, end - start, self._doubted)
        for plus in self._pluses:
            if begin <= plus < begin + self.currentBlock().length():
                self.setFormat(plus - begin, 1, self._plus)

    def _mark_name(self, name: str, start: int, end: int) -> None:
        if self.subject(name) is None:
            self.setFormat(start, end - start, self._stranger)
            return
        self.setFormat(start, 1, self._sign)
        self.setFormat(start + 1, end - start - 2, self._letters)
        self.setFormat(end - 1, 1, self._last)

    def _unknown_words(self, text: str) -> Iterator[tuple[int, int]]:
        if not self._unknown:
            return
        words = "|".join(re.escape(word) for word in sorted(self._unknown, key=len, reverse=True))
        place = units(text)
        for found in re.finditer(rf"(?<![\w@])(?:{words})(?!\w)", text, re.IGNORECASE):
            yield place(found.start()), place(found.end())

    def _make_formats(self) -> None:
        colour, absolute = self._look.colour, QFont.SpacingType.AbsoluteSpacing
        self._letters, self._sign, self._last = (QTextCharFormat() for _ in range(3))
        for one in (self._letters, self._sign, self._last):
            one.setFontWeight(MEDIUM)
        self._sign.setForeground(Qt.GlobalColor.transparent)
        for one, room in ((self._sign, PICTURE_ROOM), (self._last, END_ROOM)):
            one.setFontLetterSpacingType(absolute)
            one.setFontLetterSpacing(room)
        self._stranger, self._doubted, self._plus = (QTextCharFormat() for _ in range(3))
        self._stranger.setForeground(colour("warn"))
        self._stranger.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._stranger.setUnderlineColor(colour("warn"))
        self._doubted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._doubted.setUnderlineColor(colour("grey-4"))
        self._plus.setForeground(colour("accent"))
        self._plus.setFontWeight(600)

    # --- painting ---

    def paint_behind(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for spot in self.spots():
            for piece in spot.pieces if spot.known else ():
                painting.fill_rounded(painter, piece, self._look.radius("badge"), self._look.colour("grey-3"))
        for one in self._added:
            for piece in self._pieces(one.start, one.end):
                foot = QRectF(piece.left(), piece.top() + ABOVE_BASELINE + UNDER_BASELINE - 1, piece.width(), 2)
                painter.fillRect(foot, self._look.colour("accent"))

    def paint_over(self, painter: QPainter) -> None:
        """The picture and the sign of each name, which the text itself leaves room for."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for spot in self.spots():
            card = self.subject(spot.name)
            if card is not None:
                self._paint_sign(painter, spot, card)

    def _paint_sign(self, painter: QPainter, spot: Spot, card: SubjectCard) -> None:
        sign = next(iter(self._pieces(spot.position, spot.position + 1)), None)
        if sign is None:
            return
        middle = sign.center().y()
        box = QRect(round(sign.left()) + 3, round(middle - PICTURE / 2), PICTURE, PICTURE)
        paint_subject(painter, self._look, box, card, self._pictures)
        font = QFont(self._field.font())
        font.setWeight(QFont.Weight(MEDIUM))
        painter.setFont(font)
        painter.setPen(self._look.colour("on-accent" if self._selected(spot.position) else self.ink))
        room = QRectF(sign.left() + PICTURE_ROOM, sign.top(), sign.width() - PICTURE_ROOM + 2, sign.height())
        painter.drawText(QPointF(room.left(), sign.top() + ABOVE_BASELINE), "@")

    def _selected(self, position: int) -> bool:
        cursor = self._field.textCursor()
        return cursor.selectionStart() <= position < cursor.selectionEnd()

    def _picture_arrived(self, path: object) -> None:
        if any(path in card.pictures[:1] for card in self._subjects.values()):
            self._field.viewport().update()

    # --- where names stand ---

    def spots(self) -> Iterator[Spot]:
        """Every name in the part of the text that is on screen."""
        first, last = self._visible_places()
        for block in self._visible_blocks():
            begin = block.position()
            for name, start, end in names_in(block.text()):
                if begin + end < first or begin + start > last:
                    continue
                pieces = tuple(self._pieces(begin + start, begin + end))
                yield Spot(name, self.subject(name) is not None, begin + start, pieces)

    def spot_at(self, point: QPointF) -> Spot | None:
        """The name under a point of the viewport."""
        return next((one for one in self.spots() if any(piece.contains(point) for piece in one.pieces)), None)

    def spot_of_cursor(self) -> Spot | None:
        """The name the cursor stands in or behind."""
        place = self._field.textCursor().position()
        return next((one for one in self.spots() if one.position <= place <= one.position + len(one.name)), None)

    def _visible_blocks(self) -> Iterator[QTextBlock]:
        height = self._field.viewport().height()
        block = self._field.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid() and self._top(block) < height:
            yield block
            block = block.next()

    def _visible_places(self) -> tuple[int, int]:
        """Where the text on screen begins and ends."""
        room = self._field.viewport().rect()
        corners = (room.topLeft(), room.bottomRight())
        if self._field.isRightToLeft():
            corners = (room.topRight(), room.bottomLeft())
        first, last = (self._field.cursorForPosition(corner).position() for corner in corners)
        return min(first, last) - LINE_LETTERS, max(first, last) + LINE_LETTERS

    def _top(self, block: QTextBlock) -> float:
        rect = self._field.document().documentLayout().blockBoundingRect(block)
        return rect.top() - self._field.verticalScrollBar().value()

    def _pieces(self, start: int, end: int) -> Iterator[QRectF]:
        """The rectangles around a stretch of the text, one for each line, as high as a chip."""
        block = self._field.document().findBlock(start)
        while block.isValid() and block.position() < end:
            yield from self._pieces_in(block, start - block.position(), end - block.position())
            block = block.next()

    def _pieces_in(self, block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
        layout, top = block.layout(), self._top(block)
        left = self._field.document().documentLayout().blockBoundingRect(block).left()
        left -= self._field.horizontalScrollBar().value()
        line = layout.lineForTextPosition(max(0, start))
        for number in range(line.lineNumber() if line.isValid() else 0, layout.lineCount()):
            line = layout.lineAt(number)
            if line.textStart() >= end:
                break
            begin, stop = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if begin < stop:
                one, other = (line.cursorToX(place)[0] for place in (begin, stop))  # type: ignore[index]
                baseline = top + line.y() + line.ascent()
                yield QRectF(left + min(one, other), baseline - ABOVE_BASELINE, abs(other - one), CHIP_HEIGHT)


def paint_subject(
    painter: QPainter, look: Look, box: QRect, card: SubjectCard, pictures: PictureStore, path: Path | None = None
) -> None:
    """The subject's first picture, or `path`, in a box; the icon of its kind where it has none."""
    first = path or next(iter(card.pictures), None)
    pixmap = pictures.pixmap(first, 2 * box.width(), 2 * box.height()) if first else None
    painter.save()
    painter.setClipPath(painting.rounded(box, look.radius("bar")), Qt.ClipOperation.IntersectClip)
    if pixmap is None or pixmap.isNull():
        painting.draw_icon(painter, look, card.kind, "grey-4", QPointF(box.center()) + QPointF(0.5, 0.5), 12)
    else:
        cover_from_top(painter, box, pixmap)
    painter.restore()


def cover_from_top(painter: QPainter, box: QRect, pixmap: QPixmap) -> None:
    """As `painting.cover`, but of a picture that is higher than the box its upper part: that is where a face is."""
    high = pixmap.height() * box.width() > pixmap.width() * box.height()
    if not high:
        painting.cover(painter, box, pixmap)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    part = QRectF(0, 0, pixmap.width(), pixmap.width() * box.height() / box.width())
    painter.drawPixmap(QRectF(box), pixmap, part)


def show_whole(painter: QPainter, box: QRect, pixmap: QPixmap) -> None:
    """All of a picture that is high, a figure from head to foot, in the middle of the box; others cover it."""
    if pixmap.height() * box.width() <= pixmap.width() * box.height() * HIGH:
        painting.cover(painter, box, pixmap)
        return
    room = QSizeF(pixmap.size()).scaled(QSizeF(box.size()), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPointF(), room)
    place.moveCenter(QRectF(box).center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))


def set_plain_text(field: QTextEdit, text: str, set_text: Callable[[str], None]) -> None:
    """The text with lines high enough for chips; undo begins here."""
    set_text(text)
    document = field.document()
    document.setUndoRedoEnabled(False)
    form = QTextBlockFormat()
    form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(form)
    document.setUndoRedoEnabled(True)
