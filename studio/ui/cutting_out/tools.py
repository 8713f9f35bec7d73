"""The column beside the picture: what is cut, in which shape, with which tool, and how it is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.cutting_out.canvas import LARGEST_BRUSH, RECTANGLE, SMALLEST_BRUSH
from studio.ui.cutting_out.cut_out import DROP, KEEP, CutOut
from studio.ui.parts.controls import IconButton, KeyButton, Segments, labelled, text_label
from studio.ui.parts.fields import NumberField
from studio.ui.parts.sheet import paragraph
from studio.ui.theme import Look

WHAT = (("region", "A region"), ("thing", "Without background"))
SHAPES = (("free", "Free"), ("square", "Square"), ("portrait", "Portrait"), ("wide", "Wide"))
TOOLS = ((RECTANGLE, "Rectangle"), (KEEP, "Keep"), (DROP, "Drop"))
TOOL_KEYS = {RECTANGLE: "R", KEEP: "K", DROP: "D"}
VIEWS = (("before", "Before"), ("marked", "Marked"), ("after", "After"))
HINTS = {
    "region": "Drag a rectangle. Arrows move it, Shift and arrows size it, with Ctrl by 10 pixels.",
    RECTANGLE: "Drag a rectangle around the whole of what you want to keep.",
    KEEP: "Draw over what is missing. The right button drops, the wheel sizes the brush.",
    DROP: "Draw over what is too much. The right button keeps, the wheel sizes the brush.",
}


class Tools(QWidget):
    what_chosen = Signal(str)
    """region or thing"""
    shape_chosen = Signal(str)
    tool_chosen = Signal(str)
    brush_chosen = Signal(int)
    view_chosen = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    start_over_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.what = Segments(WHAT, "What is cut out")
        self.shapes = Segments(SHAPES, "Shape of the rectangle")
        self.tools = Segments(TOOLS, "Tool", TOOL_KEYS, look)
        self.views = Segments(VIEWS, "How it is shown")
        self.views.choose("marked")
        self.brush = NumberField(SMALLEST_BRUSH, LARGEST_BRUSH, "px")
        self.pixels = text_label("", "second")
        self.hint = paragraph("", "second")
        self.status = paragraph("", "second")
        self.undo = IconButton(look, "undo", "Take the last step back", "Ctrl+Z")
        self.redo = IconButton(look, "redo", "Do the step again", "Ctrl+Shift+Z")
        self.start_over = KeyButton(look, "Start over", kind="quiet")
        self._build(look)
        self.what.chosen.connect(self._choose_what)
        self.tools.chosen.connect(self._choose_tool)
        self.shapes.chosen.connect(self.shape_chosen)
        self.views.chosen.connect(self.view_chosen)
        self.brush.valueChanged.connect(self.brush_chosen)
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        self.start_over.clicked.connect(self.start_over_requested)
        self._choose_what("region")

    @property
    def removes_background(self) -> bool:
        return self.what.current() == "thing"

    def show_cut_out(self, cut_out: CutOut, *, undo: bool, redo: bool) -> None:
        self.pixels.setText(f"{cut_out.region.width} × {cut_out.region.height} pixels")
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
        self.start_over.setEnabled(undo)

    def show_brush(self, radius: int) -> None:
        if self.brush.value() != radius:
            self.brush.setValue(radius)

    def choose_tool(self, tool: str) -> None:
        """By its key; without a background to remove there is one tool."""
        if self.removes_background:
            self.tools.choose(tool)
            self._choose_tool(tool)

    def choose_view(self, view: str) -> None:
        self.views.choose(view)

    def _choose_what(self, what: str) -> None:
        thing = what == "thing"
        for box in self._of_thing:
            box.setVisible(thing)
        self._shape_box.setVisible(not thing)
        self.tools.choose(RECTANGLE)
        self.views.choose("marked")
        self.what_chosen.emit(what)
        self._choose_tool(RECTANGLE)
        self.view_chosen.emit("marked")

    def _choose_tool(self, tool: str) -> None:
        self._brush_box.setEnabled(tool != RECTANGLE)
        self.hint.setText(HINTS[tool if self.removes_background else "region"])
        self.tool_chosen.emit(tool)

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size("group-gap"))
        self._shape_box = labelled("Shape", self.shapes, look)
        self._brush_box = labelled("Brush, radius", self.brush, look)
        self._of_thing = [labelled("Tool", self.tools, look), self._brush_box,
                          labelled("Shown", self.views, look)]  # fmt: skip
        for box in (labelled("Cut out", self.what, look), self._shape_box, *self._of_thing, self.hint):
            column.addWidget(box)
        steps = QHBoxLayout()
        steps.setSpacing(look.size("grid"))
        for one in (self.undo, self.redo, self.start_over):
            steps.addWidget(one)
        steps.addStretch(1)
        steps.addWidget(self.pixels)
        column.addLayout(steps)
        column.addWidget(self.status)
        column.addStretch(1)
