"""Drawing helpers shared by the delegates: text cut at a word, pictures that cover, badges, key caps, bars."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QTextLayout, QTextOption

from studio.ui.theme import MEDIUM, Look

ELLIPSIS = "…"


@dataclass(frozen=True)
class Badge:
    """A state as icon and word. `fill` is a colour token, empty for an outlined badge."""

    icon: str
    word: str
    text: str
    fill: str = ""


def lines_of(text: str, font: QFont, width: int, most: int) -> list[str]:
    """At most `most` lines of `text`, the last one cut at a word with an ellipsis when more follows."""
    metrics = QFontMetrics(font)
    flat = " ".join(text.split())
    if not flat:
        return []
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [flat[a:b].strip() for a, b in zip(starts, [*starts[1:], len(flat)], strict=True)]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut_at_word(lines[most - 1] + " " + lines[most], metrics, width)]


def cut_at_word(text: str, metrics: QFontMetrics, width: int) -> str:
    """`text` shortened to `width` pixels, at a word where one is left, ending in an ellipsis when cut."""
    # No letter is narrower than a pixel: of a page pasted as one line only the beginning is measured.
    if len(text) <= width and metrics.horizontalAdvance(text) <= width:
        return text
    begin = text[: max(1, width) + 1]
    words = begin.split(" ")

    def shortened(count: int) -> str:
        return " ".join(words[:count]).rstrip(",;:. ") + ELLIPSIS

    counts = range(1, len(words))
    fitting = bisect_right(counts, width, key=lambda count: metrics.horizontalAdvance(shortened(count)))
    return shortened(fitting) if fitting else metrics.elidedText(begin, Qt.TextElideMode.ElideRight, width)


def draw_lines(painter: QPainter, rect: QRect, lines: list[str], font: QFont, colour: QColor, step: int) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    for number, line in enumerate(lines):
        row = QRect(rect.left(), rect.top() + number * step, rect.width(), step)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)


def rounded(rect: QRect | QRectF, radius: float, *, top_only: bool = False) -> QPainterPath:
    path, box = QPainterPath(), QRectF(rect)
    if top_only:
        path.addRoundedRect(box.adjusted(0, 0, 0, radius), radius, radius)
        foot = QPainterPath()
        foot.addRect(QRectF(box.left(), box.bottom(), box.width(), radius + 1))
        return path.subtracted(foot)
    path.addRoundedRect(box, radius, radius)
    return path


def fill_rounded(painter: QPainter, rect: QRect | QRectF, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def outline(
    painter: QPainter, rect: QRect, radius: float, colour: QColor, width: float, *, dashed: bool = False
) -> None:
    """A line of `width` wholly inside `rect`."""
    pen = QPen(colour, width)
    if dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def cover(painter: QPainter, rect: QRect, pixmap: QPixmap, *, opacity: float = 1.0) -> None:
    """The picture enlarged evenly until it covers `rect`, cropped at the centre."""
    size = QSize(pixmap.width(), pixmap.height())
    if size.isEmpty():
        return
    part = QSize(rect.width(), rect.height()).scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    source = QRectF(0, 0, part.width(), part.height())
    source.moveCenter(QPointF(size.width() / 2, size.height() / 2))
    painter.save()
    painter.setOpacity(painter.opacity() * opacity)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRectF(rect), pixmap, source)
    painter.restore()


def draw_icon(painter: QPainter, look: Look, name: str, token: str, centre: QPointF, size: int = 16) -> None:
    pixmap = look.pixmap(name, token, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(centre.x() - size / 2, centre.y() - size / 2), pixmap)


def mark_pixmap(look: Look, size: int, scale: float) -> QPixmap:
    """The program's own mark: the board in the colour of text, its clap in the accent."""
    mark = QPixmap(look.pixmap("mark", "grey-5", size, scale))
    painter = QPainter(mark)
    painter.drawPixmap(0, 0, look.pixmap("mark-clap", "accent", size, scale))
    painter.end()
    return mark


def badge_width(look: Look, badge: Badge) -> int:
    font = look.font("micro", MEDIUM)
    return 5 + 12 + 4 + QFontMetrics(font).horizontalAdvance(badge.word) + 6


def draw_badge(painter: QPainter, look: Look, badge: Badge, left: int, top: int, most: int = 1000) -> int:
    """Draws the badge with its upper left corner there, at most `most` wide; returns its right edge."""
    font, height = look.font("micro", MEDIUM), look.size("badge")
    rect = QRect(left, top, min(badge_width(look, badge), most), height)
    if badge.fill:
        fill_rounded(painter, rect, look.radius("badge"), look.colour(badge.fill))
    else:
        outline(painter, rect, look.radius("badge"), look.colour("grey-3"), 1)
    draw_icon(painter, look, badge.icon, badge.text, QPointF(rect.left() + 11, rect.center().y() + 0.5), 12)
    painter.setFont(font)
    painter.setPen(look.colour(badge.text))
    room = rect.adjusted(21, 0, -4, 0)
    word = QFontMetrics(font).elidedText(badge.word, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
    return rect.right() + 1


def text_width(font: QFont, words: str) -> int:
    return QFontMetrics(font).horizontalAdvance(words)


def key_cap_width(look: Look, keys: str) -> int:
    return QFontMetrics(look.font("micro")).horizontalAdvance(keys) + 10


def draw_key_cap(painter: QPainter, look: Look, keys: str, left: int, middle: int, colour: QColor) -> None:
    height = look.size("key-cap")
    rect = QRect(left, middle - height // 2, key_cap_width(look, keys), height)
    line = QColor(colour)
    line.setAlphaF(0.45)
    outline(painter, rect, look.radius("badge"), line, 1)
    painter.setFont(look.font("micro"))
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)


def draw_plate(painter: QPainter, look: Look, words: str, point: QPoint, room: QRect) -> None:
    """Words at the pointer while something is held over `room`: what letting go would do."""
    painter.setFont(look.font("body", MEDIUM))
    plate = QRect(0, 0, painter.fontMetrics().horizontalAdvance(words) + 24, look.size("control"))
    plate.setWidth(min(plate.width(), room.width() - 8))
    plate.moveTopLeft(point + QPoint(16, 20))
    inside = room.adjusted(4, 4, -4, -4)
    plate.moveRight(min(plate.right(), inside.right()))
    plate.moveBottom(min(plate.bottom(), inside.bottom()))
    fill_rounded(painter, plate, look.radius("float"), look.colour("accent-quiet"))
    painter.setPen(look.colour("grey-5"))
    fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, plate.width() - 16)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, fitting)


def draw_bar(painter: QPainter, look: Look, rect: QRect, done: int, total: int) -> None:
    """A progress bar: track and fill; nothing is filled where the total is unknown."""
    fill_rounded(painter, rect, look.radius("bar"), look.colour("grey-3"))
    if total > 0 and done > 0:
        part = QRect(rect.left(), rect.top(), max(4, round(rect.width() * min(1.0, done / total))), rect.height())
        fill_rounded(painter, part, look.radius("bar"), look.colour("accent"))


def shown_keys(keys: str) -> str:
    """`Ctrl+Return` as it stands on a key cap: `Ctrl Enter`."""
    return keys.replace("Return", "Enter").replace("+", " ")
