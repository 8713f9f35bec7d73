"""Keyboard shortcuts: every action with its keys and where they work; changed by pressing the new ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio.settings import DECLARED
from studio.ui.actions import MENUS, Action
from studio.ui.parts.controls import KeyButton, labelled, text_label
from studio.ui.parts.fields import ChoiceField, LineField
from studio.ui.parts.painting import shown_keys
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.shortcuts import PLACES, Keys
from studio.ui.theme import Look

LIST_HEIGHT = 360
WIDTH = 720
ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
         Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown)  # fmt: skip
"""Keys that are held while another one is pressed."""


class KeyCatcher(KeyButton):
    """A button that, once pressed, takes the next keys as a shortcut; Esc gives up."""

    caught = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Press new keys…", kind="")
        self.catching = False
        self.clicked.connect(lambda: self.catch(True))

    def catch(self, on: bool) -> None:
        self.catching = on
        self.say("Press the keys now" if on else "Press new keys…")

    def event(self, event: QEvent) -> bool:
        """Before Qt moves the focus for Tab or runs a shortcut."""
        if self.catching and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.catching and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in ALONE:
            return
        self.catch(False)
        if event.key() != Qt.Key.Key_Escape or event.modifiers():
            keys = QKeySequence(event.keyCombination())
            self.caught.emit(keys.toString(QKeySequence.SequenceFormat.PortableText))


class ShortcutSheet(Sheet):
    def __init__(self, look: Look, over: QWidget, keys: Keys) -> None:
        super().__init__(look, over, "Keyboard shortcuts", WIDTH)
        self._keys = keys
        self._wanted = ""
        self._build()
        keys.changed.connect(self._refresh)
        self._show_fitting("")

    def open(self) -> None:
        super().open()
        self.search.setFocus()

    def choose(self, action: str) -> None:
        """Bring the line of an action under the hands."""
        for row in self._rows():
            if row.data(0, Qt.ItemDataRole.UserRole).id == action:
                self.list.setCurrentItem(row)

    @property
    def action(self) -> Action | None:
        row = self.list.currentItem()
        return row.data(0, Qt.ItemDataRole.UserRole) if row is not None else None

    # --- changing ---

    def take_keys(self, key: str) -> None:
        """Give the chosen action this key; where another one has it, ask first."""
        if (action := self.action) is None:
            return
        other = self._keys.against(action, key)
        if other is None:
            self._give(key)
            return
        self._wanted = key
        where = PLACES.get(other.where, other.where)
        self.conflict.setText(f"{shown_keys(key)} is the key of {plain(other)}, {where}.")
        self.take.say(f"Take it from {plain(other)}")
        self._conflict_box.show()

    def _give(self, key: str) -> None:
        if (action := self.action) is not None:
            self._keys.give(action, [key])

    def _take_away(self) -> None:
        self._give(self._wanted)

    def _remove(self) -> None:
        if (action := self.action) is not None:
            self._keys.give(action, [])

    def _reset(self) -> None:
        if (action := self.action) is not None:
            self._keys.reset(action)

    # --- showing ---

    def _refresh(self) -> None:
        self.preset.show_choice(self._keys.preset)
        for row in self._rows():
            self._write(row, row.data(0, Qt.ItemDataRole.UserRole))
        self._chosen()

    def _write(self, row: QTreeWidgetItem, action: Action) -> None:
        keys = "   ".join(shown_keys(key) for key in self._keys.of(action))
        for column, text in enumerate((plain(action), action.menu, keys, PLACES.get(action.where, action.where))):
            row.setText(column, text)
        row.setForeground(2, self._look.colour("accent" if self._keys.is_changed(action) else "grey-5"))
        for column in (1, 3):
            row.setForeground(column, self._look.colour("grey-4"))

    def _show_fitting(self, typed: str) -> None:
        for row in self._rows():
            whole = " ".join(row.text(column) for column in range(4)).casefold()
            row.setHidden(not all(word in whole for word in typed.casefold().split()))

    def _chosen(self) -> None:
        self._conflict_box.hide()
        self.catcher.catch(False)
        action = self.action
        for button in (self.catcher, self.remove):
            button.setEnabled(action is not None)
        self.reset.setEnabled(action is not None and self._keys.is_changed(action))

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for place in range(self.list.topLevelItemCount())
                if (row := self.list.topLevelItem(place)) is not None]  # fmt: skip

    # --- building ---

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(text_label("Keyboard shortcuts", "sheet"))
        top.addStretch(1)
        self.search = LineField("Find a command or a key", most=100, in_form=True)
        self.search.textChanged.connect(self._show_fitting)
        self.preset = ChoiceField(DECLARED["shortcut_preset"].choices)
        self.preset.show_options(DECLARED["shortcut_preset"].words, self._keys.preset)
        self.preset.edited.connect(self._keys.choose_preset)
        for label, field in (("Keys of", self.preset), ("Find a command or a key", self.search)):
            field.setFixedWidth(180)
            top.addWidget(labelled(label, field, self._look))
        self.column.addLayout(top)
        self.column.addWidget(self._build_list())
        self.column.addWidget(self._build_conflict())
        self._build_foot()

    def _build_list(self) -> QTreeWidget:
        self.list = QTreeWidget()
        self.list.setObjectName("shortcut_list")
        self.list.setAccessibleName("Commands and their keys")
        self.list.setHeaderLabels(["Command", "Menu", "Keys", "Works"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setFixedHeight(min(LIST_HEIGHT, max(160, self._over.height() - 360)))
        self.list.header().setStretchLastSection(True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        order = {menu: place for place, menu in enumerate(MENUS)}
        for action in sorted(self._keys.actions, key=lambda one: order[one.menu]):
            if not action.submenu:
                row = QTreeWidgetItem(self.list)
                row.setData(0, Qt.ItemDataRole.UserRole, action)
                self._write(row, action)
        self.list.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.list.itemActivated.connect(lambda _row, _column: self.catcher.setFocus())
        for column, width in ((1, 70), (2, 150)):
            self.list.setColumnWidth(column, width)
        return self.list

    def _build_conflict(self) -> QWidget:
        self._conflict_box = QWidget()
        row = QHBoxLayout(self._conflict_box)
        row.setContentsMargins(0, 0, 0, 0)
        self.conflict = paragraph("", "refusal")
        self.take = KeyButton(self._look, "Take it")
        self.take.clicked.connect(self._take_away)
        row.addWidget(self.conflict, 1)
        row.addWidget(self.take)
        self._conflict_box.hide()
        return self._conflict_box

    def _build_foot(self) -> None:
        row = self.foot_row()
        self.catcher = KeyCatcher(self._look)
        self.catcher.caught.connect(self.take_keys)
        self.remove = KeyButton(self._look, "Remove keys", kind="outline")
        self.remove.clicked.connect(self._remove)
        self.reset = KeyButton(self._look, "Put back", kind="outline")
        self.reset.clicked.connect(self._reset)
        everything = KeyButton(self._look, "Put everything back", kind="quiet", icon="undo")
        everything.clicked.connect(self._keys.reset_all)
        close = KeyButton(self._look, "Close", "Esc", kind="outline")
        close.clicked.connect(self.close_sheet)
        for widget in (self.catcher, self.remove, self.reset):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(everything)
        row.addWidget(close)
        self._chosen()


def plain(action: Action) -> str:
    return action.text.rstrip("…")
