"""A prompt as it is read: @names as chips, what the draft does not have behind a plus and over a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from studio.project.additions import Addition
from studio.project.gallery_cards import SubjectCard
from studio.ui.name_chips import LINE_HEIGHT, NameChips, set_plain_text, units
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

PLUS = "+\u00a0"
"""In front of each addition; it is no part of the text."""


class MarkedText(QTextEdit):
    """As high as its text; can be selected and copied, without the pluses."""

    def __init__(self, look: Look, pictures: PictureStore, name: str) -> None:
        super().__init__()
        self._look = look
        self._text = ""
        self._marked: tuple[str, tuple[Addition, ...], bool, bool] | None = None
        """Laid out already."""
        self._shown = ""
        self._pluses: list[int] = []
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setProperty("role", "prompt")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.chips = NameChips(look, self, pictures)

    def know(self, subjects: Iterable[SubjectCard]) -> None:
        self.chips.know(subjects)

    def show_marked(
        self, text: str, added: Sequence[Addition] = (), *, struck: bool = False, quiet: bool = False
    ) -> None:
        """`struck`: refused; the words are struck through and nothing in them counts as added. `quiet`: a hint."""
        wanted = (text, tuple(added), struck, quiet)
        if wanted == self._marked:
            return
        self._text, self._marked = text, wanted
        self._shown, moved, self._pluses = with_pluses(text, () if struck else added)
        font = self._look.font("lead")
        font.setStrikeOut(struck)
        self.setFont(font)
        self.chips.ink = "grey-4" if struck or quiet else "grey-5"
        self.setTextColor(self._look.colour(self.chips.ink))
        set_plain_text(self, self._shown, self.setPlainText)
        place = units(self._shown)
        self.chips.mark_added([Addition(place(one.start), place(one.end)) for one in moved], map(place, self._pluses))
        self._fit()

    def text(self) -> str:
        return self._text

    def wanted_height(self) -> int:
        return max(LINE_HEIGHT, round(self.document().size().height())) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, self.wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.wanted_height())

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor, data = self.textCursor(), QMimeData()
        place, drop = units(self._shown), {one + step for one in self._pluses for step in range(len(PLUS))}
        data.setText("".join(
            letter for at, letter in enumerate(self._shown)
            if cursor.selectionStart() <= place(at) < cursor.selectionEnd() and at not in drop
        ))  # fmt: skip
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what it stands in scrolls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.chips.paint_behind(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.chips.paint_over(painter)
        painter.end()

    def _fit(self) -> None:
        if self.height() != self.wanted_height():
            self.setFixedHeight(self.wanted_height())


def with_pluses(text: str, added: Sequence[Addition]) -> tuple[str, list[Addition], list[int]]:
    """The text as it is shown, where its additions stand in that, and where their pluses do."""
    shown: list[str] = []
    moved: list[Addition] = []
    pluses: list[int] = []
    place = length = 0
    for one in added:
        before = text[place : one.start]
        length += len(before)
        pluses.append(length)
        moved.append(Addition(length, length + len(PLUS) + one.end - one.start))
        shown += [before, PLUS, text[one.start : one.end]]
        length += len(PLUS) + one.end - one.start
        place = one.end
    return "".join((*shown, text[place:])), moved, pluses
