"""The sheet over the window in which something is cut out of a picture; the picture stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from studio.errors import StudioError
from studio.ui.background import Background
from studio.ui.cutting_out import work
from studio.ui.cutting_out.canvas import RECTANGLE, Canvas
from studio.ui.cutting_out.cut_out import DROP, KEEP, CutOut, Dab, Steps
from studio.ui.cutting_out.region import ASPECTS, Paper, Region
from studio.ui.cutting_out.source import CutSource
from studio.ui.cutting_out.tools import Tools
from studio.ui.cutting_out.use_as import UseAs
from studio.ui.parts.controls import KeyButton, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

WIDEST, SIDE = 1240, 264
AROUND = 190
"""Pixels of the sheet's height beside the picture's."""
LARGEST = 720
FINDING = "Finding the edge"
UNCHANGED = "The picture it is cut from stays as it is."
BRUSH_SHARE = 0.02
"""Of the picture's longer side: the first brush."""
TOOLS = {Qt.Key.Key_R: RECTANGLE, Qt.Key.Key_K: KEEP, Qt.Key.Key_D: DROP}


class CutOutSheet(Sheet):
    keep_requested = Signal(object, object, object)
    """CutOut, what was found of it (None: the region is cut), and the Use it is put to"""

    def __init__(
        self, look: Look, over: QWidget, background: Background, source: CutSource, subjects: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(look, over, f"Cut out of {source.title}", min(WIDEST, over.width() - 64))
        self._background, self._source = background, source
        self._shown: work.Shown | None = None
        self._found: work.Found | None = None
        self._steps: Steps | None = None
        self._asked, self._busy, self._turn = False, False, 0
        self.canvas, self.tools = Canvas(look), Tools(look)
        self.use_as = UseAs(look, subjects, source.subject)
        self.refusal = paragraph("", "refusal")
        self.refusal.hide()
        self._build()
        self._connect()
        self.show_use()
        background.run(partial(work.read_picture, source.path), self._show_picture, self._cannot_read)

    def open(self) -> None:
        super().open()
        self.canvas.setFocus()

    # --- the picture and the cut ---

    def _show_picture(self, shown: work.Shown) -> None:
        self._shown = shown
        paper = Paper(shown.width, shown.height)
        self._steps = Steps(CutOut(paper.begin()))
        self.canvas.show_picture(shown.image, paper)
        self.canvas.set_brush(round(max(shown.width, shown.height) * BRUSH_SHARE))
        self.tools.show_brush(self.canvas.brush)
        self._show_cut_out()

    def _cannot_read(self, error: StudioError) -> None:
        self.canvas.show_words(error.sentence)
        self.refuse(error)

    def set_region(self, region: Region) -> None:
        if self._steps is not None and self._steps.set_region(region):
            self._show_cut_out()
        else:
            self._show_cut_out(look=False)

    def add_stroke(self, stroke: Dab) -> None:
        if self._steps is not None and self._steps.add(stroke):
            self._show_cut_out()

    def undo(self) -> None:
        if self._steps is not None and self._steps.undo():
            self._show_cut_out()

    def redo(self) -> None:
        if self._steps is not None and self._steps.redo():
            self._show_cut_out()

    def start_over(self) -> None:
        if self._steps is not None and self._steps.begin_again():
            self._show_cut_out()

    def set_shape(self, shape: str) -> None:
        """The rectangle takes the shape and keeps it while it is pulled."""
        paper = Paper(self.canvas.paper.width, self.canvas.paper.height, ASPECTS[shape])
        self.canvas.paper = paper
        if self._steps is not None:
            self.set_region(paper.shaped(self._steps.now.region))

    def set_what(self, what: str) -> None:
        """region or thing: a thing is looked for inside the rectangle at once."""
        self.canvas.paper = Paper(self.canvas.paper.width, self.canvas.paper.height,
                                  ASPECTS[self.tools.shapes.current()] if what == "region" else 0.0)  # fmt: skip
        self._show_cut_out()

    def _show_cut_out(self, *, look: bool = True) -> None:
        steps = self._steps
        if steps is None:
            return
        self.canvas.show_cut_out(steps.now)
        self.tools.show_cut_out(steps.now, undo=steps.can_undo, redo=steps.can_redo)
        self.refusal.hide()
        if not self.tools.removes_background:
            self._turn += 1
            self._show_found(None)
        elif look:
            self._find()
        self._show_ready()

    # --- finding the thing ---

    def _find(self) -> None:
        """One at a time: what was asked for meanwhile is looked for when the present one is done."""
        self._asked, self._turn = True, self._turn + 1
        self.tools.status.setText(FINDING)
        if self._busy or self._shown is None or self._steps is None:
            return
        self._asked, self._busy = False, True
        find = partial(work.find_thing, self._shown, self._steps.now)
        turn = self._turn
        self._background.run(find, partial(self._have_found, turn), partial(self._have_not_found, turn))

    def _have_found(self, turn: int, found: work.Found) -> None:
        self._busy = False
        if turn == self._turn:
            self.refusal.hide()
            self._show_found(found)
        self._go_on()

    def _have_not_found(self, turn: int, error: StudioError) -> None:
        self._busy = False
        if turn == self._turn:
            self._show_found(None)
            self.refuse(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._asked and self.tools.removes_background:
            self._find()
        self._show_ready()

    def _show_found(self, found: work.Found | None) -> None:
        self._found = found
        self.canvas.show_kept(found.kept if found is not None else None)
        self.tools.status.setText("")

    # --- what becomes of it ---

    def keep(self) -> None:
        if self.keep_button.isEnabled() and self._steps is not None:
            self.refusal.hide()
            self.show_writing(True)
            self.keep_requested.emit(self._steps.now, self._found, self.use_as.use())

    def show_writing(self, writing: bool) -> None:
        """While the cut is written nothing else is begun; Esc leaves, and nothing is written then."""
        self._writing = writing
        self.tools.status.setText("Writing the picture" if writing else "")
        self._show_ready()

    def refuse(self, error: StudioError) -> None:
        self.refusal.setText(f"{error.sentence} {error.hint}".strip())
        self.refusal.show()

    def show_use(self) -> None:
        self.keep_button.say(self.use_as.words)
        self._show_ready()

    def _show_ready(self) -> None:
        found = not self.tools.removes_background or (self._found is not None and not self._busy and not self._asked)
        self.keep_button.setEnabled(self._steps is not None and found and not self._writing)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Z and held & Qt.KeyboardModifier.ControlModifier:
            self.redo() if held & Qt.KeyboardModifier.ShiftModifier else self.undo()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_or_keep()
        elif key == Qt.Key.Key_B and not event.isAutoRepeat():
            self.canvas.show_view("before")
        elif Qt.Key(key) in TOOLS and not held:
            self.tools.choose_tool(TOOLS[Qt.Key(key)])
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            way = 1 if key == Qt.Key.Key_BracketRight else -1
            self.canvas.set_brush(self.canvas.brush + way * max(1, self.canvas.brush // 6))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.isAutoRepeat():
            self.canvas.show_view(self.tools.views.current())

    def _press_or_keep(self) -> None:
        """Enter belongs to a button that was reached with Tab; anywhere else it keeps."""
        held = self.window().focusWidget()
        if isinstance(held, QAbstractButton):
            held.click()
        else:
            self.keep()

    # --- building ---

    def _build(self) -> None:
        self._writing = False
        self.column.addWidget(text_label(self.accessibleName(), "sheet"))
        row, side = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(16)
        side.setSpacing(self._look.size("form-padding"))
        side.addWidget(self.tools, 1)
        side.addWidget(self.use_as)
        box = QWidget()
        box.setLayout(side)
        box.setFixedWidth(SIDE)
        side.setContentsMargins(0, 0, 0, 0)
        self.canvas.setFixedHeight(min(LARGEST, max(240, self._over.height() - self._look.size("foot") - AROUND)))
        row.addWidget(self.canvas, 1)
        row.addWidget(box)
        self.column.addLayout(row)
        self.column.addWidget(self.refusal)
        self._build_foot()

    def _build_foot(self) -> None:
        row = self.foot_row()
        cancel = KeyButton(self._look, "Cancel", "Esc", kind="outline")
        cancel.clicked.connect(self.close_sheet)
        self.keep_button = KeyButton(self._look, "", "Enter", kind="main")
        self.keep_button.clicked.connect(self.keep)
        row.addWidget(text_label(UNCHANGED, "second"))
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)

    def _connect(self) -> None:
        self.canvas.region_drawn.connect(self.set_region)
        self.canvas.stroke_drawn.connect(self.add_stroke)
        self.canvas.brush_changed.connect(self.tools.show_brush)
        self.tools.brush_chosen.connect(self.canvas.set_brush)
        self.tools.what_chosen.connect(self.set_what)
        self.tools.shape_chosen.connect(self.set_shape)
        self.tools.tool_chosen.connect(self.canvas.use)
        self.tools.view_chosen.connect(self.canvas.show_view)
        self.tools.undo_requested.connect(self.undo)
        self.tools.redo_requested.connect(self.redo)
        self.tools.start_over_requested.connect(self.start_over)
        self.use_as.changed.connect(self.show_use)
        self.use_as.keep_requested.connect(self.keep)
