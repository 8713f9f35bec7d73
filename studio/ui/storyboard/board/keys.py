"""What the keyboard does on the board: from card to card and header to header, ranges, a number typed to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.board.typed_number import TypedNumber, place_of_number

if TYPE_CHECKING:
    from studio.ui.storyboard.board.view import BoardView

Key = Qt.Key
Move = QAbstractItemView.CursorAction
Held = Qt.KeyboardModifier

MOVES = {
    Key.Key_Left: Move.MoveLeft, Key.Key_Right: Move.MoveRight, Key.Key_Up: Move.MoveUp, Key.Key_Down: Move.MoveDown,
    Key.Key_Home: Move.MoveHome, Key.Key_End: Move.MoveEnd, Key.Key_PageUp: Move.MovePageUp,
    Key.Key_PageDown: Move.MovePageDown,
}  # fmt: skip


class BoardKeys:
    """`header` is the place of the scene header that has the keys; None while a card has them."""

    def __init__(self, view: BoardView, shots: ShotList) -> None:
        self._view, self._shots = view, shots
        self._typed = TypedNumber()
        self._column = 0
        self.header: int | None = None

    def laid_out(self) -> None:
        if self.header is not None and self.header >= len(self._view.geometry_.groups):
            self.header = None

    def leave_header(self) -> None:
        if self.header is not None:
            self.header = None
            self._view.viewport().update()

    def claims(self, event: QKeyEvent) -> bool:
        """A letter that goes on with a number being typed is no shortcut."""
        return not event.modifiers() and self._typed.takes(event.text())

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key was for the board."""
        plain = event.modifiers() & ~(Held.KeypadModifier | Held.ShiftModifier | Held.ControlModifier)
        if plain:
            return False
        if self.header is not None and self._press_on_header(event.key()):
            return True
        if event.key() in MOVES:
            return self._move(event)
        if self.claims(event):
            self._go_to_number(self._typed.type(event.text()))
            return True
        return self._press_on_card(event)

    # --- cards ---

    def _press_on_card(self, event: QKeyEvent) -> bool:
        control, shot = bool(event.modifiers() & Held.ControlModifier), self._view.current_shot()
        match event.key():
            case Key.Key_Return | Key.Key_Enter if not event.modifiers() and shot is not None:
                self._view.shot_opened.emit(shot)
            case Key.Key_A if control:
                self._select_more()
            case Key.Key_Space if control:
                self._toggle()
            case Key.Key_Escape:
                row = self._view.currentIndex().row()
                self._view.choose([row] if row >= 0 else [], row if row >= 0 else None)
            case _:
                return False
        return True

    def _move(self, event: QKeyEvent) -> bool:
        row = self.moved(MOVES[Key(event.key())])
        held = event.modifiers()
        if row is None:
            self._view.viewport().update()
            return True
        if held & Held.ShiftModifier:
            self._view.select_range(row, add=bool(held & Held.ControlModifier))
        elif held & Held.ControlModifier:
            self._view.choose(self._view.selected_rows(), row)
        else:
            self._view.choose([row], row)
        self._view.scrollTo(self._shots.index(row))
        return True

    def moved(self, action: Move) -> int | None:
        """The row a key goes to from the current one; None where a header has the keys now, or the board is empty."""
        count, row, geometry = self._shots.rowCount(), self._view.currentIndex().row(), self._view.geometry_
        if count == 0:
            return None
        if row < 0 or geometry.card(row).isEmpty():
            return self._seen_from(max(0, row), 1)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                return self._seen_from(row - 1, -1)
            case Move.MoveRight | Move.MoveNext:
                return self._seen_from(row + 1, 1)
            case Move.MoveUp | Move.MoveDown:
                return self._up_or_down(row, -1 if action == Move.MoveUp else 1)
            case Move.MovePageUp | Move.MovePageDown:
                return self._page(row, -1 if action == Move.MovePageUp else 1)
            case Move.MoveHome:
                return self._seen_from(0, 1)
            case Move.MoveEnd:
                return self._seen_from(count - 1, -1)
        return row

    def _seen_from(self, row: int, step: int) -> int:
        """The first row from there on whose card is not folded away; the current one where there is none."""
        geometry = self._view.geometry_
        while 0 <= row < self._shots.rowCount():
            if not geometry.card(row).isEmpty():
                return row
            group = geometry.groups[geometry.group_of(row)]
            row = group.first + group.count if step > 0 else group.first - 1
        return max(0, self._view.currentIndex().row())

    def _up_or_down(self, row: int, step: int) -> int | None:
        geometry = self._view.geometry_
        if not geometry.line_edge(row, step):
            return geometry.beside(row, step)
        self._column = geometry.column_of(row)
        place = geometry.group_of(row)
        return self._to_header(place if step < 0 else place + 1, row)

    def _page(self, row: int, step: int) -> int:
        for _ in range(max(1, self._view.viewport().height() // (self._view.geometry_.size.height + 8))):
            row = self._view.geometry_.beside(row, step)
        return row

    def _select_more(self) -> None:
        """The scene at hand; the whole board where that is selected already."""
        row, geometry = self._view.currentIndex().row(), self._view.geometry_
        selected = self._view.selected_rows()
        group = geometry.groups[geometry.group_of(row)] if 0 <= row < geometry.rows else None
        rows = range(group.first, group.first + group.count) if group else range(0)
        if set(rows) <= set(selected):
            rows = range(self._shots.rowCount())
        self._view.choose(rows, max(0, row))

    def _toggle(self) -> None:
        row, selected = self._view.currentIndex().row(), self._view.selected_rows()
        if row >= 0:
            self._view.choose([one for one in selected if one != row] if row in selected else [*selected, row], row)

    def _go_to_number(self, typed: str) -> None:
        cards = self._shots.cards()
        current = self._view.current_shot()
        at = next((place for place, card in enumerate(cards) if card.id == current), -1)
        place = place_of_number(typed, [card.number for card in cards], [card.scene for card in cards], at)
        if place is not None:
            self._view.select_shot(cards[place].id)

    # --- headers ---

    def _to_header(self, place: int, row: int) -> int | None:
        """The keys go to a header, and None comes back; past the last one they stay with the row."""
        geometry = self._view.geometry_
        if not 0 <= place < len(geometry.groups) or self._shots.scene(geometry.groups[place].scene) is None:
            return row
        self.header = place
        group, scene = geometry.groups[place], self._shots.scene(geometry.groups[place].scene)
        folded = ", folded" if group.folded else ""
        self._view.setAccessibleDescription(f"Scene {scene.number}, {scene.heading}{folded}" if scene else "")
        self._view.reveal(geometry.header(place))
        return None

    def _press_on_header(self, key: int) -> bool:
        assert self.header is not None
        place = self.header
        group = self._view.geometry_.groups[place]
        match key:
            case Key.Key_Left | Key.Key_Right:
                self._shots.fold([group.scene], key == Key.Key_Left)
            case Key.Key_Return | Key.Key_Enter:
                self._view.scene_opened.emit(group.scene)
            case Key.Key_Down:
                self._leave_for(self._view.geometry_.edge_row(place, 1, self._column), place + 1)
            case Key.Key_Up:
                above = None if place == 0 else self._view.geometry_.edge_row(place - 1, -1, self._column)
                self._leave_for(above, place - 1)
            case Key.Key_Escape:
                self.leave_header()
            case _:
                self.leave_header()
                return False
        self._view.viewport().update()
        return True

    def _leave_for(self, row: int | None, header: int) -> None:
        """To a card, or where the group shows none to the next header."""
        if row is None:
            if 0 <= header < len(self._view.geometry_.groups):
                self._to_header(header, 0)
            return
        self.header = None
        self._view.setAccessibleDescription("")
        self._view.choose([row], row)
        self._view.scrollTo(self._shots.index(row))
