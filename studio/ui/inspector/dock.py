"""The inspector: facts of the current event, its small notes, and what to do when its take is out of date."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.errors import BadValue
from studio.project.cards import ShotCard
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate
from studio.ui.inspector.facts import Fact
from studio.ui.parts.cause_line import CauseLine
from studio.ui.parts.controls import BadgeLabel, DockHeader, KeyButton, Segments, labelled, scrolling, text_label
from studio.ui.parts.fields import LineField
from studio.ui.parts.times import read_length, read_percent, shot_length
from studio.ui.states import shot_badge
from studio.ui.theme import Look

HOLDS = (("", "No"), ("first", "First"), ("last", "Last"))
WAYS = (("on", "Forwards"), ("back", "Backwards"))
MOST_FACTS = 7


class InspectorPanel(QWidget):
    length_edited = Signal(str, int)
    """event id, film frames"""
    speed_edited = Signal(str, object)
    """event id, Fraction: below 0 backwards"""
    fields_edited = Signal(str, object)
    """event id, the changed fields by name"""
    reframe_requested = Signal()
    refused = Signal(object)
    """StudioError: what was typed cannot be used"""
    shown = Signal()
    """it was hidden until now"""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._rate = look, FrameRate(24)
        self._event: EventCard | None = None
        self.header = DockHeader(look, "Inspector")
        self.badge = BadgeLabel(look, self)
        self.header.row.insertWidget(1, self.badge)
        self.header.row.insertStretch(2, 1)
        self.cause = CauseLine(look)
        self.facts = [(text_label("", "second"), text_label()) for _ in range(MOST_FACTS)]
        self.length, self.speed = LineField(), LineField()
        self.way = Segments(WAYS, "Direction")
        self.hold = Segments(HOLDS, "Hold a frame")
        self.flop = KeyButton(look, "Flop", kind="outline")
        self.flop.setCheckable(True)
        self.reframe = KeyButton(look, "Reframe…", kind="outline")
        self.nothing = text_label("Choose a shot on the timeline, or put the playhead over one.", "second")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self._connect()
        self.show_event(None, None, (), self._rate, editable=False)

    # --- what is shown ---

    def show_event(
        self, event: EventCard | None, shot: ShotCard | None, facts: Sequence[Fact], rate: FrameRate, *, editable: bool
    ) -> None:
        self._event, self._rate = event, rate
        self.header.title.setText(f"Shot {event.shot_number}" if event else "Inspector")
        self.badge.show_badge(shot_badge(shot) if shot else None)
        self._area.setVisible(event is not None)
        self.nothing.setVisible(event is None)
        self.cause.show_cause(shot.cause if shot else "")
        self._body.setEnabled(editable)
        if event is None:
            return
        for place, (label, value) in enumerate(self.facts):
            fact = facts[place] if place < len(facts) else Fact("", "")
            label.setText(fact.label)
            value.setText(fact.value)
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            for widget in (label, value):
                widget.setVisible(bool(fact.label))
        self._show_notes(event)

    def _show_notes(self, event: EventCard) -> None:
        self.length.show_text(shot_length(event.frames, self._rate))
        self.speed.show_text(f"{float(Fraction(abs(event.speed_num) * 100, event.speed_den)):g} %")
        self.way.choose("back" if event.speed_num < 0 else "on")
        self.hold.choose(event.hold)
        self.flop.setChecked(event.flop)
        framed = event.framing_start is not None or event.framing_end is not None
        self.reframe.say("Reframed…" if framed else "Reframe…")
        moving = event.media is not None
        for widget in (self.speed, self.way, self.hold):
            widget.setEnabled(moving)
            widget.setToolTip("" if moving else "Only a take has a speed and frames to hold.")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    # --- what is typed ---

    def _length_typed(self, text: str) -> None:
        if self._event is None:
            return
        try:
            frames = read_length(text, self._rate)
        except BadValue as error:
            self._refuse(error)
            return
        if frames != self._event.frames:
            self.length_edited.emit(self._event.id, frames)

    def _speed_typed(self, _text: str) -> None:
        if self._event is None:
            return
        try:
            speed = read_percent(self.speed.text())
        except BadValue as error:
            self._refuse(error)
            return
        speed = -speed if self.way.current() == "back" else speed
        if speed != Fraction(self._event.speed_num, self._event.speed_den):
            self.speed_edited.emit(self._event.id, speed)

    def _refuse(self, error: BadValue) -> None:
        if self._event is not None:
            self._show_notes(self._event)
        self.refused.emit(error)

    def _edit(self, **fields: object) -> None:
        if self._event is not None:
            self.fields_edited.emit(self._event.id, fields)

    # --- building ---

    def _connect(self) -> None:
        self.length.edited.connect(self._length_typed)
        self.speed.edited.connect(self._speed_typed)
        self.way.chosen.connect(self._speed_typed)
        self.hold.chosen.connect(lambda which: self._edit(hold=which))
        self.flop.clicked.connect(lambda on: self._edit(flop=on))
        self.reframe.clicked.connect(self.reframe_requested)

    def _build(self) -> None:
        self._body = QWidget()
        self._body.setObjectName("panel")
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(12)
        body.addWidget(self.cause)
        body.addLayout(self._build_facts())
        body.addLayout(self._build_notes())
        body.addStretch(1)
        self._area = scrolling(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._area, self.nothing):
            column.addWidget(widget)

    def _build_facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (label, value) in enumerate(self.facts):
            label.setMinimumWidth(88)
            value.setWordWrap(True)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        return grid

    def _build_notes(self) -> QGridLayout:
        grid, look = QGridLayout(), self._look
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(12)
        grid.addWidget(labelled("Length", self.length, look), 0, 0)
        grid.addWidget(labelled("Speed", self.speed, look), 0, 1)
        grid.addWidget(labelled("Direction", self.way, look), 1, 0, 1, 2)
        grid.addWidget(labelled("Hold a frame", self.hold, look), 2, 0, 1, 2)
        grid.addWidget(self.flop, 3, 0)
        grid.addWidget(self.reframe, 3, 1)
        return grid
