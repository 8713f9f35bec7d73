"""The sheet with every version of the film: looked at, made current, renamed, removed, and two of them compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.project.cut_cards import CutCard, CutDifference, EventCard
from studio.project.timing import FrameRate
from studio.ui.forms import NameSheet
from studio.ui.parts.controls import KeyButton, labelled, text_label
from studio.ui.parts.fields import ChoiceField
from studio.ui.parts.sheet import Sheet
from studio.ui.parts.times import counted, film_length
from studio.ui.theme import Look

STRIP, BETWEEN, ROW = 26, 6, 46


class Versions(Protocol):
    """What the sheet asks of the film and wishes for; each wish says whether it was done."""

    def cards(self) -> Sequence[CutCard]: ...
    def events(self, cut: str) -> Sequence[EventCard]: ...
    def compare(self, before: str, after: str) -> Sequence[CutDifference]: ...
    def look_at(self, cut: str) -> None: ...
    def make_current(self, cut: str) -> bool: ...
    def rename(self, cut: str, name: str) -> bool: ...
    def remove(self, cut: str) -> bool: ...


class CutStrips(QWidget):
    """Two cuts one above the other on one scale; shots in which they differ stand out by fill and outline."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._cuts: tuple[Sequence[EventCard], Sequence[EventCard]] = ((), ())
        self._marked: tuple[set[int], set[int]] = (set(), set())
        self.setFixedHeight(2 * STRIP + BETWEEN)
        self.setAccessibleName("The two cuts")

    def show_cuts(
        self, before: Sequence[EventCard], after: Sequence[EventCard], differences: Sequence[CutDifference]
    ) -> None:
        self._cuts = (before, after)
        self._marked = (
            {one.film_frame_before for one in differences if one.film_frame_before is not None},
            {one.film_frame_after for one in differences if one.film_frame_after is not None},
        )
        self.setAccessibleDescription(counted(len(differences), "difference"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        longest = max((cut[-1].film_frame + cut[-1].frames for cut in self._cuts if cut), default=1)
        for line, (cut, marked) in enumerate(zip(self._cuts, self._marked, strict=True)):
            top = line * (STRIP + BETWEEN)
            painter.fillRect(0, top, self.width(), STRIP, self._look.colour("grey-0"))
            for one in cut:
                left = one.film_frame * self.width() // longest
                right = (one.film_frame + one.frames) * self.width() // longest
                self._paint_event(painter, QRect(left, top, max(1, right - left - 1), STRIP), one, marked)

    def _paint_event(self, painter: QPainter, rect: QRect, event: EventCard, marked: set[int]) -> None:
        differs = event.film_frame in marked
        painter.fillRect(rect, self._look.colour("accent-quiet" if differs else "grey-3"))
        if differs:
            painter.fillRect(rect.adjusted(0, rect.height() - 3, 0, 0), self._look.colour("accent"))
        painter.setFont(self._look.font("micro"))
        if rect.width() >= painter.fontMetrics().horizontalAdvance(event.shot_number) + 6:
            painter.setPen(self._look.colour("grey-5"))
            painter.drawText(rect.adjusted(4, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, event.shot_number)


class VersionsSheet(Sheet):
    frame_requested = Signal(int)
    """A difference was opened: its film_frame in the current cut."""

    def __init__(
        self, look: Look, over: QWidget, rate: FrameRate, film: Versions, save: Callable[[], None], *, writable: bool
    ) -> None:
        super().__init__(look, over, "Versions", 900)
        self._rate, self._film, self._save_new, self._writable = rate, film, save, writable
        self._cards: dict[str, CutCard] = {}
        self.list = QListWidget()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("Versions of the film")
        self.list.setFixedSize(280, 320)
        self.against = ChoiceField((), "")
        self.strips = CutStrips(look)
        self.words = text_label("", "second")
        self.differences = QListWidget()
        self.differences.setObjectName("palette_list")
        self.differences.setAccessibleName("Differences")
        self.buttons: dict[str, KeyButton] = {}
        self._build(look)
        self.refresh()

    def _build(self, look: Look) -> None:
        self.column.addWidget(text_label("Versions", "sheet"))
        body, right = QHBoxLayout(), QVBoxLayout()
        body.setSpacing(look.size("form-padding"))
        right.setSpacing(look.size("gap"))
        right.addWidget(labelled("Compared with", self.against, look))
        for widget in (self.strips, self.words, self.differences):
            right.addWidget(widget)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        self.column.addLayout(body)
        row = self.foot_row()
        for name, text, call in (("look", "Look at it", self._look_at), ("current", "Make current", self._make_current),
                                 ("rename", "Rename…", self._rename), ("remove", "Remove", self._remove)):  # fmt: skip
            self.buttons[name] = KeyButton(look, text, kind="outline")
            self.buttons[name].clicked.connect(call)
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        self.save_new = KeyButton(look, "Save as new version…", kind="outline")
        self.save_new.clicked.connect(self._save)
        close = KeyButton(look, "Close", "Esc", kind="large")
        close.clicked.connect(self.close_sheet)
        row.addWidget(self.save_new)
        row.addWidget(close)
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.against.edited.connect(lambda _cut: self._compare())
        self.differences.itemActivated.connect(self._go_to)

    def open(self) -> None:
        super().open()
        self.list.setFocus()

    def chosen(self) -> CutCard | None:
        row = self.list.currentItem()
        return None if row is None else self._cards.get(row.data(Qt.ItemDataRole.UserRole))

    def refresh(self) -> None:
        """The film's versions anew; the same one stays chosen."""
        before = self.chosen()
        cards = self._film.cards()
        self._cards = {card.id: card for card in cards}
        self.list.clear()
        for card in cards:
            row = QListWidgetItem(self._line(card), self.list)
            row.setData(Qt.ItemDataRole.UserRole, card.id)
            row.setSizeHint(QSize(0, ROW))
        kept = next((place for place, card in enumerate(cards) if before is not None and card.id == before.id), 0)
        self.list.setCurrentRow(kept)

    def _line(self, card: CutCard) -> str:
        now = " · current" if card.current else ""
        length = film_length(card.frames, self._rate)
        return f"{card.name}{now}\n{length} · {counted(card.events, 'event')} · {_day(card)}"

    def _show_chosen(self) -> None:
        card = self.chosen()
        if card is None:
            return
        others = {one.id: one.name for one in self._cards.values() if one.id != card.id}
        current = next((one.id for one in self._cards.values() if one.current and one.id != card.id), "")
        wanted = current or next(iter(others), "")
        self.against.setEnabled(bool(others))
        if others:
            self.against.show_options(others, wanted)
        self.buttons["look"].setEnabled(not card.current)
        self.buttons["rename"].setEnabled(self._writable)
        for name in ("current", "remove"):
            self.buttons[name].setEnabled(self._writable and not card.current)
        self.save_new.setEnabled(self._writable)
        self._compare()

    def _compare(self) -> None:
        """The older one above, and in words what is different in the newer one."""
        self.differences.clear()
        older, newer = self._pair()
        if older is None or newer is None:
            self.words.setText("There is one version. Save a new one, and the two can be compared.")
            self.strips.show_cuts(self._film.events(newer.id) if newer else (), (), ())
            return
        found = self._film.compare(older.id, newer.id)
        self.strips.show_cuts(self._film.events(older.id), self._film.events(newer.id), found)
        told = f"{counted(len(found), 'difference')}:" if found else "they show the same."
        self.words.setText(f"{older.name} above, {newer.name} below; {told}")
        for one in found:
            row = QListWidgetItem(f"{one.shot_number}  {one.words}", self.differences)
            row.setData(Qt.ItemDataRole.UserRole, one)

    def _pair(self) -> tuple[CutCard | None, CutCard | None]:
        """The older and the newer of the chosen version and the one it is compared with."""
        chosen, other = self.chosen(), self._cards.get(self.against.choice())
        if chosen is None or other is None:
            return None, chosen
        return (chosen, other) if chosen.number < other.number else (other, chosen)

    def _go_to(self, row: QListWidgetItem) -> None:
        """To the place of a difference, where the current cut is one of the two."""
        one: CutDifference = row.data(Qt.ItemDataRole.UserRole)
        older, newer = self._pair()
        places = ((older, one.film_frame_before), (newer, one.film_frame_after))
        frame = next((frame for card, frame in places if card is not None and card.current), None)
        if frame is not None:
            self.close_sheet()
            self.frame_requested.emit(frame)

    def _look_at(self) -> None:
        if (card := self.chosen()) is not None:
            self.close_sheet()
            self._film.look_at(card.id)

    def _make_current(self) -> None:
        if (card := self.chosen()) is not None and self._film.make_current(card.id):
            self.refresh()

    def _remove(self) -> None:
        if (card := self.chosen()) is not None and self._film.remove(card.id):
            self.refresh()

    def _rename(self) -> None:
        if (card := self.chosen()) is not None:
            sheet = NameSheet(self._look, self._over, "Rename version", "Name", "Rename",
                              lambda name: self._keep_name(card.id, name), card.name)  # fmt: skip
            sheet.open()

    def _keep_name(self, cut: str, name: str) -> bool:
        kept = self._film.rename(cut, name)
        if kept:
            self.refresh()
        return kept

    def _save(self) -> None:
        self.close_sheet()
        self._save_new()


def _day(card: CutCard) -> str:
    """`21 November, 19:20`, in local time; empty where the film does not know."""
    try:
        made = datetime.fromisoformat(card.made_at).astimezone()
    except ValueError:
        return ""
    return f"{made.day} {made:%B}, {made:%H:%M}"
