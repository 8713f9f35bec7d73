"""Forms over the window: what every form is made of, a name, a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from studio.errors import StudioError
from studio.project.cards import SceneCard
from studio.ui.choices import Choices
from studio.ui.parts.controls import KeyButton, labelled, text_label
from studio.ui.parts.fields import LineField, NumberField
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look

LAST_DAY = 9_999
"""Of a story, as the fields take it."""


class FormSheet(Sheet):
    """A title, fields, and a main button; Enter keeps, Esc leaves everything as it was."""

    def __init__(self, look: Look, over: QWidget, title: str, keep: str, width: int = 0) -> None:
        super().__init__(look, over, title, width or look.size("form"))
        self.column.addWidget(text_label(title, "sheet"))
        self.form = QGridLayout()
        self.form.setHorizontalSpacing(look.size("gap"))
        self.form.setVerticalSpacing(look.size("group-gap"))
        self.column.addLayout(self.form)
        self.refusal = paragraph("", "refusal")
        self.refusal.hide()
        self.column.addWidget(self.refusal)
        row = self.buttons = self.foot_row()
        row.addStretch(1)
        cancel = KeyButton(look, "Cancel", "Esc", kind="outline")
        cancel.clicked.connect(self.close_sheet)
        self.keep_button = KeyButton(look, keep, "Enter", kind="main")
        self.keep_button.clicked.connect(self.keep)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)

    def keep(self) -> None:
        """Carries the form out; closes only where that worked. What cannot be used is told in the form itself."""
        self.refusal.hide()
        try:
            done = self.carry_out()
        except StudioError as error:
            self.refuse(error)
            return
        if done:
            self.close_sheet()

    def carry_out(self) -> bool:
        """Whether it worked. May raise StudioError."""
        raise NotImplementedError

    def refuse(self, error: StudioError) -> None:
        self.refusal.setText(f"{error.sentence} {error.hint}".strip())
        self.refusal.show()

    def add_line(self, label: str, text: str, row: int, column: int = 0, span: int = 1, hint: str = "") -> LineField:
        field = LineField(hint, in_form=True)
        field.show_text(text)
        field.returnPressed.connect(self.keep)
        self.form.addWidget(labelled(label, field, self._look), row, column, 1, span)
        return field

    def add_words(self, label: str, text: str, words: tuple[str, ...], row: int, column: int) -> QComboBox:
        """Free text with suggestions."""
        field = QComboBox()
        field.setEditable(True)
        field.addItems(["", *words])
        field.setCurrentText(text)
        line = LineField(in_form=True)
        line.setAccessibleName(label)
        line.setText(text)
        line.setAccessibleName(label)
        field.setLineEdit(line)
        line.returnPressed.connect(self.keep)
        self.form.addWidget(labelled(label, field, self._look), row, column)
        self.form.setColumnStretch(column, 1)
        return field


class NameSheet(FormSheet):
    """One line of text: a name.

    `keep` says whether it is kept; it may raise StudioError, which is told in the sheet. Refused, the sheet stays.
    """

    def __init__(
        self, look: Look, over: QWidget, title: str, label: str, button: str, keep: Callable[[str], bool],
        text: str = "",
    ) -> None:  # fmt: skip
        super().__init__(look, over, title, button)
        self._keep_name = keep
        self.name = self.add_line(label, text, 0)

    def open(self) -> None:
        super().open()
        self.name.setFocus()
        self.name.selectAll()

    def carry_out(self) -> bool:
        return self._keep_name(self.name.text().strip())


KeepScene = Callable[[Mapping[str, str | int]], bool]


class SceneSheet(FormSheet):
    def __init__(
        self, look: Look, over: QWidget, choices: Choices, scene: SceneCard | None, keep: KeepScene,
        story_day: int = 1,
    ) -> None:  # fmt: skip
        """`story_day` of a new one: that of the scene it follows."""
        title = f"Scene {scene.number}" if scene else "New scene"
        super().__init__(look, over, title, "Keep scene" if scene else "Add scene")
        self._keep_scene = keep
        was = scene or SceneCard("", "", "", "", "", "", story_day, 0, 0)
        self.heading = self.add_line("Heading", was.heading, 0, span=4, hint="EXT. PIER – NIGHT, RAIN")
        self.location = self.add_words("Location", was.location, choices.locations, 1, 0)
        self.time = self.add_words("Time of day", was.time, choices.times, 1, 1)
        self.weather = self.add_words("Weather", was.weather, choices.weathers, 1, 2)
        self.story_day = NumberField(0, LAST_DAY)
        self.story_day.setValue(was.story_day)
        self.story_day.setToolTip("What characters wear goes by the day of the story")
        self.story_day.lineEdit().returnPressed.connect(self.keep)
        self.form.addWidget(labelled("Story day", self.story_day, look), 1, 3)

    def open(self) -> None:
        super().open()
        self.heading.setFocus()

    def carry_out(self) -> bool:
        return self._keep_scene({
            "heading": self.heading.text().strip(), "location": self.location.currentText().strip(),
            "time": self.time.currentText().strip(), "weather": self.weather.currentText().strip(),
            "story_day": self.story_day.value(),
        })  # fmt: skip
