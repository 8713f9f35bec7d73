"""The events of the cut as a list for the keyboard and for screen readers: what is drawn on the timeline, in words.

The timeline paints itself, so nothing of it would be in the accessibility tree. This list is: it lies over what is
painted, shows nothing and lets the mouse through, takes the keyboard, and its current row is the current event.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from studio.project.cut_cards import EventCard
from studio.ui.parts.times import shot_length
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.strips import notes_of

Index = QModelIndex | QPersistentModelIndex


class EventList(QAbstractListModel):
    def __init__(self, cut: TimelineCut, state_words: Callable[[str], str], parent: QObject) -> None:
        """`state_words`: the word for a shot's state."""
        super().__init__(parent)
        self._cut, self._state_words = cut, state_words

    def show_cut(self, cut: TimelineCut) -> None:
        """The rows stay, with what they say, where the same events follow each other."""
        before, self._cut = self._cut, cut
        if [event.id for event in before.events] != [event.id for event in cut.events]:
            self.beginResetModel()
            self.endResetModel()
        else:
            self._tell_rows([place for place, (old, new) in enumerate(zip(before.events, cut.events, strict=True))
                             if old is not new and not _reads_alike(old, new)])  # fmt: skip

    def _tell_rows(self, rows: list[int]) -> None:
        """A list is laid out again from the first row that is told: after a trim that is one, not ten thousand."""
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cut.events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cut.events):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(self._cut.events[index.row()])
        return None

    def words(self, event: EventCard) -> str:
        """`Shot 1A, approved, 3:12, Flop, the pier in rain`"""
        length = shot_length(event.frames, self._cut.rate)
        held = self._cut.held(event).words.rstrip(".")
        state = self._state_words(event.shot)
        parts = (f"Shot {event.shot_number}", state, length, *notes_of(event), held, event.action)
        return ", ".join(filter(None, parts))


class EventListView(QListView):
    """Hands every key to the timeline first; the list itself only carries the current row."""

    key_pressed = Signal(QKeyEvent)

    def __init__(self, events: EventList, claims: Callable[[QKeyEvent], bool], over: QWidget) -> None:
        """`over`: the viewport, for of a scroll area screen readers are told nothing else.

        `claims`: whether a key that is a shortcut elsewhere means something of its own here.
        """
        super().__init__(over)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for widget in (self, self.viewport()):
            widget.setAutoFillBackground(False)
            widget.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._claims = claims
        self.setModel(events)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Timeline")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: the timeline below has drawn the events."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the timeline does not take goes on to whoever is around it."""
        event.ignore()
        self.key_pressed.emit(event)


def _reads_alike(old: EventCard, new: EventCard) -> bool:
    """Whether they differ at most in where they stand in the film, which is not in their words."""
    return {**old.__dict__, "film_frame": 0} == {**new.__dict__, "film_frame": 0}
