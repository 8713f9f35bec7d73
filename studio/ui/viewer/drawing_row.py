"""The tools for drawing on a panel: what is in the hand, its colour, its width."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio.ui.parts.controls import IconButton, KeyButton, text_label
from studio.ui.theme import Look
from studio.ui.viewer.pen import ARROW, ERASER, PENCIL, WIDTHS, Pen

TOOL_WORDS = {PENCIL: ("pencil", "Pencil", "B"), ARROW: ("draw-arrow", "Arrow", "Shift B"),
              ERASER: ("eraser", "Eraser", "E")}  # fmt: skip
INKS = {"White": "grey-5", "Black": "grey-0", "Blue": "accent", "Yellow": "warn", "Red": "bad", "Green": "good"}
WIDTH_WORDS = ("Thin", "Middle", "Broad")


class Dot(QToolButton):
    """A round sample of a colour or a width; the chosen one has a ring."""

    def __init__(self, look: Look, name: str, token: str, size: float) -> None:
        super().__init__()
        self._look, self._token, self._size = look, token, size
        self.setCheckable(True)
        self.setFixedSize(QSize(24, 24))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self.isChecked() or self.hasFocus():
            painter.setPen(self._look.colour("accent" if self.hasFocus() else "grey-4"))
            painter.drawEllipse(middle, 9.5, 9.5)
        painter.setPen(self._look.colour("grey-3"))
        painter.setBrush(self._look.colour(self._token))
        painter.drawEllipse(middle, self._size, self._size)


class DrawingRow(QWidget):
    blank_requested = Signal()
    """an empty panel to draw on"""

    def __init__(self, look: Look, pen: Pen) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Drawing on the panel")
        self._look, self._pen, self._can_draw = look, pen, False
        self._tools = {tool: self._tool(tool) for tool in TOOL_WORDS}
        self._inks = {look.colour(token).name().upper(): Dot(look, f"{name} line", token, 6)
                      for name, token in INKS.items()}  # fmt: skip
        self._widths = {width: Dot(look, f"{word} line", "grey-5", 1.5 + 1.5 * place)
                        for place, (word, width) in enumerate(zip(WIDTH_WORDS, WIDTHS, strict=True))}  # fmt: skip
        self.hint = text_label("", "second")
        self.blank = KeyButton(look, "New blank panel", kind="quiet", ink="grey-4", icon="plus")
        self.blank.clicked.connect(self.blank_requested)
        self._build()
        pen.changed.connect(self.show_pen)
        self.show_pen()

    def show_pen(self) -> None:
        """What is in the hand; called for each move of it, so nothing is done where nothing differs."""
        for tool, button in self._tools.items():
            button.setChecked(tool == self._pen.tool)
        for colour, dot in self._inks.items():
            dot.setChecked(colour == self._pen.colour.upper())
        for width, dot in self._widths.items():
            dot.setChecked(width == self._pen.width)
        self.hint.setText("Esc puts it down" if self._pen.tool else "")

    def show_panel(self, *, can_draw: bool, can_add: bool) -> None:
        """Whether what is looked at can be drawn on, and whether the shot may have another panel."""
        self._can_draw = can_draw
        for button in (*self._tools.values(), *self._inks.values(), *self._widths.values()):
            button.setVisible(can_draw)
        self.blank.setVisible(can_add)
        if not can_draw:
            self.put_down()

    # --- called by actions ---

    def take_pencil(self) -> None:
        self._take(PENCIL)

    def take_arrow(self) -> None:
        self._take(ARROW)

    def take_eraser(self) -> None:
        self._take(ERASER)

    def put_down(self) -> None:
        if self._pen.tool:
            self._pen.take_up("")

    def _take(self, tool: str) -> None:
        if self._can_draw:
            self._pen.take_up("" if self._pen.tool == tool else tool)

    def _tool(self, tool: str) -> IconButton:
        icon, name, keys = TOOL_WORDS[tool]
        button = IconButton(self._look, icon, name, keys)
        button.setCheckable(True)
        button.clicked.connect(lambda on, tool=tool: self._pen.take_up(tool if on else ""))
        return button

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(4)
        for group in (self._tools, self._inks, self._widths):
            for button in group.values():
                row.addWidget(button)
            row.addSpacing(12)
        for colour, dot in self._inks.items():
            dot.clicked.connect(lambda _on=False, colour=colour: self._set(colour=colour))
        for width, dot in self._widths.items():
            dot.clicked.connect(lambda _on=False, width=width: self._set(width=width))
        row.addWidget(self.hint)
        row.addStretch(1)
        row.addWidget(self.blank)

    def _set(self, **other: object) -> None:
        for name, value in other.items():
            setattr(self._pen, name, value)
        if not self._pen.tool or self._pen.tool == ERASER:
            self._pen.take_up(PENCIL)
        self.show_pen()
