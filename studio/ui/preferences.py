"""The preferences: one row for every declared setting with a title, applied at once, found by typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.settings import DECLARED, SECTIONS, Setting, Settings
from studio.ui.parts.controls import IconButton, KeyButton, Segments, scrolling, text_label
from studio.ui.parts.fields import ChoiceField, LineField, NumberField
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

CONTROL_WIDTH = 220
HIGHEST = 520
"""Pixels the list takes before it scrolls."""


class SettingRow(QWidget):
    """One setting: what it is, what it does, its control, and the way back to its default."""

    def __init__(self, look: Look, setting: Setting, settings: Settings) -> None:
        super().__init__()
        self.setting, self._settings, self._look = setting, settings, look
        words, row = QVBoxLayout(), QHBoxLayout(self)
        words.setSpacing(2)
        title = text_label(setting.title, "title")
        words.addWidget(title)
        words.addWidget(paragraph(setting.help, "second"))
        self.control, self.show_value = self._build_control()
        title.setBuddy(self.control)  # on Linux a choice is known to screen readers by its label alone
        self.control.setAccessibleName(setting.title)
        self.control.setAccessibleDescription(setting.help)
        self.back = IconButton(look, "undo", f"Put {setting.title} back")
        self.back.clicked.connect(lambda: settings.put_back(setting.key))
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(look.size("group-gap"))
        row.addLayout(words, 1)
        row.addWidget(self._held(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.refresh()

    def refresh(self) -> None:
        value = self._settings[self.setting.key]
        self.show_value(value)
        self.back.setVisible(value != self.setting.default)

    def fits(self, typed: str) -> bool:
        about = f"{self.setting.title} {self.setting.help} {self.setting.section}".casefold()
        return all(word in about for word in typed.casefold().split())

    def _keep(self, value: object) -> None:
        self._settings[self.setting.key] = value

    def _held(self) -> QWidget:
        """The control, with a button beside it where the setting names a place on the disk."""
        if not self.setting.path:
            self.control.setFixedWidth(CONTROL_WIDTH)
            return self.control
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.size("gap"))
        choose = IconButton(self._look, "folder", f"Choose {self.setting.title.lower()}",
                            size=self._look.size("control"))  # fmt: skip
        choose.clicked.connect(self._choose)
        row.addWidget(self.control, 1)
        row.addWidget(choose)
        box.setFixedWidth(CONTROL_WIDTH)
        return box

    def _choose(self) -> None:
        begin = str(Path(self._settings[self.setting.key] or "~").expanduser())
        if self.setting.path == "folder":
            found = QFileDialog.getExistingDirectory(self, self.setting.title, begin)
        else:
            found, _kind = QFileDialog.getOpenFileName(self, self.setting.title, begin)
        if found:
            self._keep(found)

    def _build_control(self) -> tuple[QWidget, Callable[[object], None]]:
        if self.setting.choices:
            return self._choice()
        return {bool: self._switch, int: self._number, str: self._line}[self.setting.kind]()

    def _choice(self) -> tuple[QWidget, Callable[[object], None]]:
        field = ChoiceField(self.setting.choices)
        words = {one: self.setting.words.get(one, one) for one in self.setting.choices}
        field.edited.connect(self._keep)
        return field, lambda value: field.show_options(words, str(value))

    def _switch(self) -> tuple[QWidget, Callable[[object], None]]:
        switch = Segments((("off", "Off"), ("on", "On")), self.setting.title)
        switch.chosen.connect(lambda one: self._keep(one == "on"))
        return switch, lambda value: switch.choose("on" if value else "off")

    def _number(self) -> tuple[QWidget, Callable[[object], None]]:
        field = NumberField(self.setting.low or 0, self.setting.high or 10**6, self.setting.unit)
        field.edited.connect(self._keep)
        return field, lambda value: field.setValue(int(str(value)))

    def _line(self) -> tuple[QWidget, Callable[[object], None]]:
        field = LineField("Not set", most=500, in_form=True)
        field.edited.connect(lambda text: self._keep(text.strip()))
        return field, lambda value: field.show_text(str(value))


class PreferencesSheet(Sheet):
    def __init__(self, look: Look, over: QWidget, settings: Settings) -> None:
        super().__init__(look, over, "Preferences")
        self._settings = settings
        self.search = LineField("Find a setting", most=100, in_form=True)
        self.search.setAccessibleName("Find a setting")
        self.search.textChanged.connect(self.show_fitting)
        self.search.setFixedWidth(CONTROL_WIDTH)
        top = QHBoxLayout()
        top.addWidget(text_label("Preferences", "sheet"))
        top.addStretch(1)
        top.addWidget(self.search)
        self.column.addLayout(top)
        self.column.addWidget(self._build_list())
        self._add_foot()
        settings.heard.append(self._heard)
        for ending in (self.closed, self.destroyed):  # a window that goes takes the sheet along without closing it
            ending.connect(partial(_stop_telling, settings, self._heard))

    def open(self) -> None:
        super().open()
        self.search.setFocus()

    def row(self, key: str) -> SettingRow:
        return next(row for row in self.rows if row.setting.key == key)

    def show_fitting(self, typed: str) -> None:
        """Only the settings that hold every typed word."""
        for row in self.rows:
            row.setVisible(row.fits(typed))
        for section, heading in self._headings.items():
            heading.setVisible(any(row.setting.section == section and row.fits(typed) for row in self.rows))
        self.nothing.setVisible(not any(row.fits(typed) for row in self.rows))

    def _build_list(self) -> QWidget:
        body = QWidget()
        body.setObjectName("clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        self.rows: list[SettingRow] = []
        self._headings: dict[str, QWidget] = {}
        for section in SECTIONS:
            heading = text_label(section, "section")
            self._headings[section] = heading
            heading.setIndent(0)
            column.addWidget(heading)
            for setting in (one for one in DECLARED.values() if one.title and one.section == section):
                self.rows.append(SettingRow(self._look, setting, self._settings))
                column.addWidget(self.rows[-1])
        self.nothing = text_label("No setting is called that.", "second")
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addStretch(1)
        area = scrolling(body)
        area.setFixedHeight(min(HIGHEST, max(200, self._over.height() - 260)))
        return area

    def _add_foot(self) -> None:
        row = self.foot_row()
        back = KeyButton(self._look, "Put everything back", kind="quiet", icon="undo")
        back.clicked.connect(self._put_all_back)
        close = KeyButton(self._look, "Close", "Esc")
        close.clicked.connect(self.close_sheet)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(close)

    def _put_all_back(self) -> None:
        for row in self.rows:
            self._settings.put_back(row.setting.key)

    def _heard(self, key: str) -> None:
        for row in self.rows:
            if row.setting.key == key:
                row.refresh()


def _stop_telling(settings: Settings, hear: Callable[[str], None], *_gone: object) -> None:
    if hear in settings.heard:
        settings.heard.remove(hear)
