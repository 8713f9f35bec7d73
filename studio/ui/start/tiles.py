"""What the start screen is made of: numbered steps, tiles of examples, rows of recent films, the place to drop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.parts.controls import IconButton, KeyButton, text_label
from studio.ui.parts.painting import (
    Badge,
    cover,
    cut_at_word,
    draw_badge,
    draw_icon,
    fill_rounded,
    lines_of,
    outline,
    rounded,
)
from studio.ui.parts.sheet import paragraph
from studio.ui.parts.times import counted, film_length
from studio.ui.parts.tips import plain_tip
from studio.ui.start.examples import Example
from studio.ui.start.recent import RecentFilm, opened_words
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

STEPS = (
    ("Bring pictures, or write a line", "Scenes and shots appear on the board, numbered."),
    ("Show who and where", "Drop pictures. Each person or place gets a @name."),
    ("Generate, choose, hand over", "Takes in seconds. The cut goes to your editor."),
)
CIRCLE = 32
TILE_WORDS = 62
"""Height under the picture of a small tile."""
POSTER = QSize(64, 36)


class Step(QWidget):
    """A number in a circle, what to do, and what comes of it."""

    def __init__(self, look: Look, number: int, title: str, second: str) -> None:
        super().__init__()
        self._look, self._number = look, str(number)
        words = QVBoxLayout(self)
        words.setContentsMargins(CIRCLE + 16, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(text_label(title, "lead"))
        words.addWidget(paragraph(second, "second"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRect(0, (self.height() - CIRCLE) // 2, CIRCLE, CIRCLE)
        outline(painter, circle, CIRCLE / 2, self._look.colour("grey-4"), 1.5)
        painter.setFont(self._look.font("lead", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._number)


class DropPlace(QWidget):
    """Where pictures, movies and folders are dropped to become a film."""

    dropped = Signal(list)
    choose_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._over = look, False
        self.setAcceptDrops(True)
        self.setMinimumHeight(168)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        self.title = text_label("Drop pictures or movies here", "lead")
        self.second = text_label("Each one becomes a shot; a folder, a whole film.", "second")
        choose = KeyButton(look, "Choose a folder…", kind="outline")
        choose.clicked.connect(self.choose_requested)
        icon = text_label()
        icon.setPixmap(look.pixmap("picture", "grey-5", 24, self.devicePixelRatioF()))
        column.addStretch(1)
        for widget in (icon, self.title, self.second, choose):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            self._show_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        event.acceptProposedAction()
        self.dropped.emit(_files(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._look.radius("float")
        fill_rounded(painter, self.rect(), radius, self._look.colour("accent-quiet" if self._over else "grey-1"))
        outline(painter, self.rect(), radius, self._look.colour("accent" if self._over else "grey-4"), 1, dashed=True)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


class ExampleTile(QAbstractButton):
    """The picture of an example over its name, length and what it shows; the large one holds the main button."""

    def __init__(self, look: Look, example: Example, *, large: bool = False) -> None:
        super().__init__()
        self._look, self.example, self._large = look, example, large
        self._poster = QPixmap(str(example.poster)) if example.poster else QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if large else Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Open the example {example.title}")
        self.setAccessibleDescription(f"{example.about} {counted(example.shots, 'shot')}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.open_button: KeyButton | None = self._add_button() if large else None

    def _add_button(self) -> KeyButton:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 16)
        column.addStretch(1)
        button = KeyButton(self._look, "Open the example", kind="main", icon="play")
        button.clicked.connect(self.click)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def sizeHint(self) -> QSize:
        return QSize(440, 372) if self._large else QSize(self._look.size("start-tile"), 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 260) if self._large else QSize(150, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, words = self._look.radius("float"), 130 if self._large else TILE_WORDS
        fill = "grey-2" if self.underMouse() or self.hasFocus() else "grey-1"
        fill_rounded(painter, self.rect(), radius, self._look.colour(fill))
        picture = QRect(0, 0, self.width(), self.height() - words)
        painter.save()
        painter.setClipPath(rounded(picture, radius, top_only=True))
        cover(painter, picture, self._poster, opacity=1.0 if self.isEnabled() else 0.45)
        painter.restore()
        if self._poster.isNull():
            draw_icon(painter, self._look, "picture", "grey-4", picture.center().toPointF(), 24)
        self._paint_words(painter, picture.bottom() + (18 if self._large else 12))
        if self._large or self.hasFocus():
            outline(painter, self.rect(), radius, self._look.colour("accent"), 2)

    def _paint_words(self, painter: QPainter, top: int) -> None:
        look, edge, one = self._look, 16, self.example
        length = counted(one.shots, "shot")
        length += f" · {film_length(one.frames, one.rate)}" if self._large else ""
        row = QRect(edge, top, self.width() - 2 * edge, 20)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("grey-4"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        room = row.width() - painter.fontMetrics().horizontalAdvance(length) - 8
        second = lines_of(one.about, look.font("body"), row.width(), 1)
        painter.drawText(row.translated(0, 22), Qt.AlignmentFlag.AlignVCenter, "".join(second))
        painter.setFont(look.font("head" if self._large else "lead", SEMIBOLD))
        painter.setPen(look.colour("grey-5"))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, cut_at_word(one.title, painter.fontMetrics(), room))


class RecentRow(QAbstractButton):
    """A film opened before: picture, name, place, length, what waits in it, when it was opened; a menu of its own."""

    show_requested = Signal(Path)
    forget_requested = Signal(Path)
    find_requested = Signal(Path)

    def __init__(self, look: Look, folder: Path, opened: datetime | None) -> None:
        super().__init__()
        self._look, self._opened = look, opened_words(opened, date.today())
        self._poster = QPixmap()
        self.setFixedHeight(look.size("recent-row"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more = IconButton(look, "more", "")
        self.more.clicked.connect(lambda: self._menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self.more)
        self.show_film(RecentFilm(folder, folder.name))

    def show_film(self, film: RecentFilm) -> None:
        self.film = film
        self._poster = QPixmap(str(film.poster)) if film.poster else QPixmap()
        self.setAccessibleName(f"Open {film.title}")
        self.setAccessibleDescription(" ".join(filter(None, (self._facts(), film.trouble, self._opened))))
        self.setToolTip(plain_tip(str(film.folder)))
        self.more.name(f"More about {film.title}")
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu().popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hover = self.underMouse() or self.hasFocus()
        painter.fillRect(self.rect().adjusted(0, 0, 0, -1), look.colour("grey-2" if hover else "grey-1"))
        self._paint_poster(painter)
        left, wide = 12 + POSTER.width() + 12, self.width()
        columns = (left, left + (wide - left) * 30 // 100, left + (wide - left) * 52 // 100, wide - 48)
        self._paint_name(painter, columns[0], columns[1] - columns[0] - 12)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("grey-4"))
        painter.drawText(QRect(columns[1], 0, columns[2] - columns[1], self.height() - 1),
                         Qt.AlignmentFlag.AlignVCenter, self._facts())
        painter.drawText(QRect(columns[2], 0, columns[3] - columns[2], self.height() - 1),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._opened)
        if (badge := self._badge()) is not None:
            draw_badge(painter, look, badge, columns[2], (self.height() - look.size("badge")) // 2)
        if self.hasFocus():
            outline(painter, self.rect(), look.radius("control"), look.colour("accent"), 2)

    def _paint_poster(self, painter: QPainter) -> None:
        place = QRect(12, (self.height() - POSTER.height()) // 2, POSTER.width(), POSTER.height())
        painter.save()
        painter.setClipPath(rounded(place, self._look.radius("badge")))
        painter.fillRect(place, self._look.colour("grey-0"))
        cover(painter, place, self._poster, opacity=0.45 if self.film.trouble else 1.0)
        painter.restore()
        if self._poster.isNull():
            draw_icon(painter, self._look, "picture", "grey-4", place.center().toPointF())

    def _paint_name(self, painter: QPainter, left: int, room: int) -> None:
        look, middle = self._look, self.height() // 2
        for top, font, token, text in (
            (middle - 18, look.font("body", SEMIBOLD), "grey-5", self.film.title),
            (middle - 1, look.font("micro", MEDIUM), "grey-4", short_place(self.film.folder)),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(token, 0.6 if self.film.trouble and token == "grey-5" else 1.0))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRect(left, top, room, 17), Qt.AlignmentFlag.AlignVCenter, words)

    def _facts(self) -> str:
        film = self.film
        if film.rate is None:
            return ""
        return f"{counted(film.shots, 'shot')} · {film_length(film.frames, film.rate)}"

    def _badge(self) -> Badge | None:
        if self.film.trouble:
            return Badge("drive", self.film.trouble, "warn", "warn-quiet")
        if self.film.waiting:
            word = "1 job waits" if self.film.waiting == 1 else f"{self.film.waiting} jobs wait"
            return Badge("queued", word, "accent", "accent-quiet")
        return None

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.film.trouble:
            menu.addAction("Find its folder…", lambda: self.find_requested.emit(self.film.folder))
        else:
            menu.addAction("Show in folder", lambda: self.show_requested.emit(self.film.folder))
        menu.addAction("Remove from list", lambda: self.forget_requested.emit(self.film.folder))
        return menu


def short_place(folder: Path) -> str:
    """Where a film lies, as one says it: the last two folders, under the home or a drive."""
    parts: Sequence[str] = folder.parts
    home = Path.home()
    if folder.is_relative_to(home):
        parts = ("Home", *folder.relative_to(home).parts)
    shown = [part for part in parts if part not in ("/", "\\")]
    return " / ".join(shown[-3:] if shown[:1] == ["Home"] else shown[-2:])


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
