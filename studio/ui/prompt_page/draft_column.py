"""The left of the page: the fields a prompt is made of, the draft, who writes it and how, film notes, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.project.additions import words_in
from studio.project.cards import ShotCard
from studio.project.gallery_cards import SubjectCard
from studio.ui.choices import Choices
from studio.ui.draft_field import DraftField
from studio.ui.parts.controls import labelled, text_label
from studio.ui.parts.fields import ChoiceField, LineField, TextField
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.times import counted
from studio.ui.prompt_page.column_scroll import column_scroll
from studio.ui.prompt_page.history import History
from studio.ui.prompt_page.notes_field import FilmNotes
from studio.ui.prompt_styles import PromptStyle
from studio.ui.prompt_words import LANGUAGES
from studio.ui.theme import Look

DRAFT_HEIGHT = 134
SET_UP = "set up"
"""The last choice among the writers: no writer but the way to another one."""


class DraftColumn(QWidget):
    fields_edited = Signal(object)
    """the changed fields by name"""
    provider_chosen = Signal(str)
    writers_requested = Signal()
    style_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(
        self, look: Look, choices: Choices, pictures: PictureStore, styles: Mapping[str, PromptStyle]
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._styles = look, styles
        self._provider = ""
        self.size_field = ChoiceField(choices.sizes)
        self.angle_field = ChoiceField(choices.angles)
        self.lens = LineField("Not set")
        self.move_field = ChoiceField(choices.moves)
        self.draft = DraftField(look, pictures, "An idea is enough. @ names a subject.")
        self.draft.setAccessibleName("Your draft")
        self.words = text_label("", "second")
        self.provider = ChoiceField((), "")
        self.provider_words = text_label("", "micro")
        self.style_field = ChoiceField((), "")
        self.language = ChoiceField((), "")
        self.notes = FilmNotes(look, pictures)
        self.history_title = text_label("History", "title")
        self.history = History(look)
        self._build()
        self._connect()

    # --- what is shown ---

    def know(self, subjects: Sequence[SubjectCard]) -> None:
        self.draft.know_subjects(subjects)
        self.notes.know(subjects)

    def show_shot(self, shot: ShotCard, lens: str, notes: str, *, writable: bool) -> None:
        self.size_field.show_choice(shot.size)
        self.angle_field.show_choice(shot.angle)
        self.move_field.show_choice(shot.move)
        self.lens.show_text(lens)
        self.draft.show_text(shot.prompt)
        self.history_title.setText(f"History of {shot.number}")
        self.notes.show_notes(notes, writable=writable)
        for field in (self.size_field, self.angle_field, self.lens, self.move_field, self.draft):
            field.setEnabled(writable)

    def show_writers(self, providers: Sequence[tuple[str, str]], chosen: str) -> None:
        self._provider = chosen
        self.provider.show_options({**dict(providers), SET_UP: "Set up a prompt writer…"}, chosen)
        built_in = providers and chosen == providers[0][0]
        self.provider_words.setText("offline, repeatable" if built_in else "asks a service")

    def show_way(self, engine_style: str, style: str, language: str) -> None:
        """`engine_style`: what the engine at hand reads; `style` and `language`: chosen ones, empty for the usual."""
        usual = self._styles[engine_style].title if engine_style in self._styles else engine_style or "the engine"
        options = {"": f"As {usual} reads", **{one: found.title for one, found in self._styles.items()}}
        self.style_field.show_options(options, style)
        found = self._styles.get(style or engine_style)
        offered = {one: word for one, word in LANGUAGES.items() if found is None or one in ("", *found.languages)}
        self.language.show_options(offered, language if language in offered else "")

    def keep(self) -> None:
        """Announces what is still being typed."""
        self.lens.keep()
        self.draft.keep()

    # --- edits ---

    def _connect(self) -> None:
        fields: dict[str, ChoiceField | LineField | TextField] = {
            "size": self.size_field, "angle": self.angle_field, "lens": self.lens, "move": self.move_field,
            "prompt": self.draft,
        }  # fmt: skip
        for name, field in fields.items():
            field.edited.connect(lambda value, name=name: self.fields_edited.emit({name: value}))
        self.draft.textChanged.connect(self._count)
        self.provider.edited.connect(self._choose_provider)
        self.style_field.edited.connect(self.style_chosen)
        self.language.edited.connect(self.language_chosen)

    def _choose_provider(self, provider: str) -> None:
        if provider == SET_UP:
            self.provider.show_choice(self._provider)
            self.writers_requested.emit()
        else:
            self.provider_chosen.emit(provider)

    def _count(self) -> None:
        self.words.setText(f"{counted(words_in(self.draft.toPlainText()), 'word')}, kept as it is")

    # --- building ---

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(self._look.size("group-gap"))
        column.addLayout(self._grid(("Size", self.size_field), ("Angle", self.angle_field), ("Lens", self.lens),
                                    ("Move", self.move_field)))  # fmt: skip
        column.addLayout(self._draft_box())
        column.addWidget(self._provider_box())
        column.addLayout(self._grid(("Caption style", self.style_field), ("Language", self.language)))
        column.addWidget(self.notes)
        column.addSpacing(4)
        column.addWidget(self.history_title)
        column.addWidget(self.history)
        column.addStretch(1)
        scroll = column_scroll(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _grid(self, *fields: tuple[str, QWidget]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.size("gap"))
        grid.setVerticalSpacing(self._look.size("gap"))
        for place, (label, field) in enumerate(fields):
            grid.addWidget(labelled(label, field, self._look), place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        return grid

    def _draft_box(self) -> QVBoxLayout:
        box, head = QVBoxLayout(), QHBoxLayout()
        head.addWidget(text_label("Your draft", "title"))
        head.addStretch(1)
        head.addWidget(self.words)
        box.setSpacing(8)
        box.addLayout(head)
        self.draft.setFixedHeight(DRAFT_HEIGHT)
        box.addWidget(self.draft)
        return box

    def _provider_box(self) -> QWidget:
        box = QWidget()
        column, head = QVBoxLayout(box), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("grid"))
        label = text_label("Expander", "label")
        label.setBuddy(self.provider)
        self.provider.setAccessibleName("Expander")
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.provider_words)
        column.addLayout(head)
        column.addWidget(self.provider)
        return box
