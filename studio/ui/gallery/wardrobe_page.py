"""The wardrobe on a subject's sheet: its changes, which scene wears what, and what was said against the story days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.project.cards import SceneCard
from studio.project.gallery_cards import ExceptionCard, SubjectCard, ViewCard, WardrobeCard
from studio.project.wardrobe import ASPECTS
from studio.ui.forms import LAST_DAY
from studio.ui.gallery.menus import entry, new_menu
from studio.ui.gallery.scene_strip import SceneStrip, SceneWorn
from studio.ui.gallery.sheet_line import SheetLine
from studio.ui.gallery.thumbs import Thumbs
from studio.ui.gallery.wearing import Worn
from studio.ui.parts.controls import IconButton, KeyButton, clear_layout, scrolling, text_label
from studio.ui.parts.fields import ChoiceField, NumberField
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look
from studio.ui.wishes.subjects import SubjectWishes

NEVER = -1
"""In the field of the last day: none, so until the next change of the same aspect."""
COLUMNS = ("Change", "Of", "Name", "Description", "From day", "To day", "Views", "")
WIDTHS = {1: 92, 2: 130, 4: 72, 5: 72}
TOLD = 8
"""Exceptions of shots that are listed here; all of them are where the shots are."""
MOST_CHANGES = 1_000
LINE, HEAD, LINES = 34, 26, 5
"""Heights of the table's lines and of its head, and how many lines are seen before it scrolls."""


class ChangeFields:
    """One line of the table: the fields of a change."""

    def __init__(self, look: Look, change: WardrobeCard, pictures: PictureStore, *, writable: bool) -> None:
        title = f"Change {change.number}"
        self.number = text_label(title)
        self.aspect = ChoiceField(())
        self.aspect.show_options({one: one.capitalize() for one in ASPECTS}, change.aspect)
        self.number.setBuddy(self.aspect)  # on Linux a choice is known to screen readers by its label alone
        self.name, self.description = SheetLine("wet, the wedding dress"), SheetLine("what is seen of it")
        self.first, self.last = NumberField(0, LAST_DAY), NumberField(NEVER, LAST_DAY)
        self.last.setSpecialValueText("open")
        self.views = Thumbs(look, pictures)
        self.remove = IconButton(look, "close", f"Remove {title}")
        for field, word in ((self.aspect, "of"), (self.name, "name"), (self.description, "description"),
                            (self.first, "from story day"), (self.last, "to story day")):  # fmt: skip
            field.setAccessibleName(f"{title}, {word}")
        for column, widget in enumerate(self.widgets):
            widget.setEnabled(writable)
            if column in WIDTHS:
                widget.setFixedWidth(WIDTHS[column])

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.number, self.aspect, self.name, self.description, self.first, self.last, self.views, self.remove)

    def show_change(self, change: WardrobeCard, views: Sequence[ViewCard]) -> None:
        self.aspect.show_choice(change.aspect)
        self.name.show_text(change.name)
        self.description.show_text(change.description)
        for field, day in ((self.first, change.story_day),
                           (self.last, NEVER if change.last_day is None else change.last_day)):  # fmt: skip
            field.blockSignals(True)
            field.setValue(day)
            field.blockSignals(False)
        self.views.show_views(views)


class WardrobePage(QWidget):
    refused = Signal(object)
    """StudioError, or None: the last edit was taken"""

    def __init__(self, look: Look, pictures: PictureStore, wishes: SubjectWishes, *, writable: bool) -> None:
        super().__init__()
        self._look, self._pictures, self._wishes, self._writable = look, pictures, wishes, writable
        self._card: SubjectCard | None = None
        self._scenes: dict[str, SceneCard] = {}
        self.fields: dict[str, ChangeFields] = {}
        self.strip = SceneStrip(look)
        self.add = KeyButton(look, "Add a change", kind="outline", icon="plus")
        self.add.setEnabled(writable)
        self.exceptions = QHBoxLayout()
        self.exceptions.setSpacing(look.size("gap"))
        self._words = text_label("", "second")
        self._build()
        self.add.clicked.connect(self._add_change)
        self.strip.menu_requested.connect(self._open_menu)

    def show_subject(self, card: SubjectCard, scenes: Sequence[SceneCard]) -> None:
        before, self._card = self._card, card
        self._scenes = {one.id: one for one in scenes}
        if [one.id for one in card.wardrobe] != list(self.fields) or before is None:
            self._rebuild(card)
        for change in card.wardrobe:
            views = [view for view in card.views if view.wardrobe == change.id]
            self.fields[change.id].show_change(change, views)
        self.strip.scenes.show_subject(card, scenes)
        self.strip.setVisible(bool(card.wardrobe and scenes))
        self._words.setText(self._what_it_says(card))
        self._show_exceptions(card)

    # --- wishes ---

    def _edit(self, change: str, field: str, value: object) -> None:
        self.refused.emit(self._wishes.edit_change(change, **{field: value}))

    def _add_change(self) -> None:
        """From the day after the last one that begins: what is worn before stays as it was."""
        if self._card is not None:
            days = [change.story_day for change in self._card.wardrobe]
            self._wishes.add_change(self._card.id, "clothes", max(days, default=1) + 1)

    def _open_menu(self, cell: SceneWorn, point: QPoint) -> None:
        if self._card is not None and self._writable:
            menu = new_menu(self, f"What is worn in scene {cell.scene.number}")
            add_worn_entries(menu, self._wishes, self._card, cell.worn, scene=cell.scene.id)
            self._add_days(menu, cell.scene)
            menu.popup(point)

    def _add_days(self, menu: QMenu, scene: SceneCard) -> None:
        """Days scenes of the film are on, and the one after the last of them."""
        days = {one.story_day for one in self._scenes.values()}
        choices = menu.addMenu(f"Scene {scene.number} is on")
        for day in sorted({*days, max(days) + 1}):
            wish = partial(self._wishes.set_story_day, scene.id, day)
            entry(choices, f"Day {day}", wish, ticked=day == scene.story_day)

    # --- what is shown ---

    def _what_it_says(self, card: SubjectCard) -> str:
        if not card.wardrobe:
            return (f"{card.name} wears what is described, in every scene. A change is worn from a story day on: other "
                    "clothes, other hair, wet, wounded.")  # fmt: skip
        return "By story day. Click a scene to say otherwise for it."

    def _show_exceptions(self, card: SubjectCard) -> None:
        clear_layout(self.exceptions)
        of_shots = [(change, one) for change in card.wardrobe for one in change.exceptions if one.shot]
        for change, one in of_shots[:TOLD]:
            self.exceptions.addWidget(self._exception(change, one))
        if len(of_shots) > TOLD:
            self.exceptions.addWidget(text_label(f"and {len(of_shots) - TOLD} more in its shots", "second"))
        self.exceptions.addStretch(1)

    def _exception(self, change: WardrobeCard, one: ExceptionCard) -> QWidget:
        words = f"{one.place}: {'' if one.worn else 'not '}Change {change.number}"
        button = KeyButton(self._look, words, kind="small", icon="close", ink="grey-4")
        button.setAccessibleName(f"Shot {words}; take the exception back")
        button.setToolTip("Take the exception back")
        button.setEnabled(self._writable)
        button.clicked.connect(partial(self._wishes.as_the_days_say, [one.id]))
        return button

    def _rebuild(self, card: SubjectCard) -> None:
        for fields in self.fields.values():
            for widget in fields.widgets:
                self._table.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for line, change in enumerate(card.wardrobe, 1):
            fields = self.fields[change.id] = ChangeFields(self._look, change, self._pictures,
                                                           writable=self._writable)  # fmt: skip
            for column, widget in enumerate(fields.widgets):
                self._table.addWidget(widget, line, column)
            self._connect(change.id, fields)
        for head in self._heads:
            head.setVisible(bool(card.wardrobe))
        lines = min(len(card.wardrobe), LINES)
        self._scroll.setFixedHeight(lines * LINE + HEAD if lines else 0)

    def _connect(self, change: str, fields: ChangeFields) -> None:
        for field, signal in (("aspect", fields.aspect.edited), ("name", fields.name.edited),
                              ("description", fields.description.edited)):  # fmt: skip
            signal.connect(partial(self._edit, change, field))
        fields.first.edited.connect(partial(self._edit_day, change, "story_day"))
        fields.last.edited.connect(partial(self._edit_day, change, "last_day"))
        fields.remove.clicked.connect(partial(self._wishes.remove_change, change))

    def _edit_day(self, change: str, field: str, day: int) -> None:
        """Only a day that differs: a field that is left says what it shows."""
        wanted = None if day == NEVER else day
        now = next((one for one in self._card.wardrobe if one.id == change), None) if self._card else None
        if now is not None and getattr(now, field) != wanted:
            self._edit(change, field, wanted)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("gap"))
        body = QWidget()
        body.setObjectName("clear")
        self._table = QGridLayout(body)
        self._table.setContentsMargins(0, 0, 12, 0)
        self._table.setHorizontalSpacing(8)
        self._table.setVerticalSpacing(6)
        self._table.setColumnStretch(3, 1)
        self._table.setRowStretch(MOST_CHANGES, 1)
        self._scroll = scrolling(body)
        self._heads = [text_label(word, "label", body) for word in COLUMNS]
        for place, head in enumerate(self._heads):
            self._table.addWidget(head, 0, place)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, self._look.size("gap"))
        row.addWidget(self.add)
        row.addStretch(1)
        column.addWidget(self._scroll)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addWidget(self.strip)
        column.addLayout(self.exceptions)
        column.addStretch(1)


def add_worn_entries(
    menu: QMenu, wishes: SubjectWishes, card: SubjectCard, worn: Worn, *, scene: str | None = None,
    shot: str | None = None,
) -> None:  # fmt: skip
    """Each change is worn there or not; what was said against the days can be taken back."""
    now = {one.id for one in worn.changes}
    for change in card.wardrobe:
        wish = partial(wishes.wear, change.id, scene=scene, shot=shot, worn=change.id not in now)
        entry(menu, change.title, wish, ticked=change.id in now)
    menu.addSeparator()
    back = entry(menu, "As the story days say", partial(wishes.as_the_days_say, [one.id for one in worn.exceptions]))
    back.setEnabled(bool(worn.exceptions))
