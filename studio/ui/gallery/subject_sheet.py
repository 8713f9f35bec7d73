"""One subject: its name and words, its pictures, its wardrobe, the shots it is in. Every edit is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QSpacerItem, QStackedWidget, QVBoxLayout, QWidget

from studio.errors import StudioError
from studio.project.cards import SceneCard, ShotCard
from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.gallery.menus import add_view_entries, new_menu
from studio.ui.gallery.new_subject import KINDS
from studio.ui.gallery.sheet_line import SheetLine
from studio.ui.gallery.shots_page import ShotsPage
from studio.ui.gallery.view_grid import ViewGrid
from studio.ui.gallery.wardrobe_page import WardrobePage
from studio.ui.parts.controls import KeyButton, Segments, labelled, text_label
from studio.ui.parts.fields import ChoiceField
from studio.ui.parts.held_files import PICTURES, dropped_paths
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.theme import Look
from studio.ui.wishes.subjects import SubjectWishes

WIDTH, BODY, REFUSAL = 960, 440, 36
PAGES = (("pictures", "Pictures"), ("wardrobe", "Wardrobe"), ("shots", "In shots"))


@dataclass(frozen=True)
class SubjectFilm:
    """What the sheet asks of the film."""

    scenes: Callable[[], Sequence[SceneCard]]
    shots: Callable[[str], Sequence[ShotCard]]
    undo: Callable[[], object]
    redo: Callable[[], object]
    cut_out: Callable[[str], object]
    """Opens the sheet that cuts something out of a view, by its id."""
    give: Callable[[ViewCard], object]
    """Asks which other subject a view is of."""
    grab: Callable[[Callable[[Path], None]], object]
    """Hands over the frame on screen as a picture file."""


class SubjectSheet(Sheet):
    shot_sought = Signal(str)
    continuity_requested = Signal(str)
    """the subject's id: all shots it is in, side by side"""

    def __init__(
        self, look: Look, over: QWidget, pictures: PictureStore, wishes: SubjectWishes, film: SubjectFilm,
        card: SubjectCard, *, writable: bool,
    ) -> None:  # fmt: skip
        super().__init__(look, over, card.name, WIDTH)
        self._wishes, self._film, self._writable = wishes, film, writable
        self.card = card
        self.name, self.description = SheetLine("@mara"), SheetLine("woman with black hair in a yellow raincoat")
        self.kind = ChoiceField(())
        self.kind.show_options({one: one.capitalize() for one in KINDS}, card.kind)
        self.refusal = paragraph("", "refusal")
        self.refusal.hide()
        self.pages = Segments(PAGES, "What of the subject is shown")
        self.views = ViewGrid(look, pictures, writable=writable)
        self.wardrobe = WardrobePage(look, pictures, wishes, writable=writable)
        self.shots = ShotsPage(look, wishes, writable=writable)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.show_subject(card)

    def open(self, view: str = "") -> None:
        super().open()
        self.views.choose(view)
        self.show_page("pictures")

    def show_subject(self, card: SubjectCard) -> None:
        """The film has it so now; what is being typed stays."""
        self.card = card
        self.setAccessibleName(card.name)
        self.name.show_text(card.name)
        self.kind.show_choice(card.kind)
        self.description.show_text(card.description)
        scenes = self._film.scenes()
        self.views.show_subject(card)
        self.wardrobe.show_subject(card, scenes)
        self.shots.show_subject(card, self._film.shots(card.id), {one.id: one for one in scenes})
        self.pages.word("pictures", f"Pictures {len(card.views)}")
        self.pages.word("wardrobe", f"Wardrobe {len(card.wardrobe)}" if card.wardrobe else "Wardrobe")
        self.pages.word("shots", f"In shots {card.shots}")
        self.pages.button("wardrobe").setVisible(card.kind == "character" or bool(card.wardrobe))
        self._nothing.setVisible(not card.views)
        self.cut.setEnabled(self._writable and bool(card.views))

    def show_page(self, page: str) -> None:
        self.pages.choose(page)
        place = [one for one, _ in PAGES].index(page)
        self._stack.setCurrentIndex(place)
        first: QWidget = (self.views, self.wardrobe.strip, self.shots.table)[place]
        (first if first.isVisible() else self.pages.button(page)).setFocus()

    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths, image = dropped_paths(data), QGuiApplication.clipboard().image()
        if paths:
            self._wishes.add_pictures(self.card.id, paths)
        elif not image.isNull():
            self._paste_image(image)
        else:
            self._tell("There is no picture on the clipboard.")

    def _paste_image(self, image: QImage) -> None:
        self._wishes.paste(image, self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo as in the window: every edit here is a step of the film."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._film.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._film.redo()
        else:
            super().keyPressEvent(event)

    # --- wishes ---

    def _rename(self, name: str) -> None:
        clean = name.strip()
        if clean.lstrip("@") == self.card.name.lstrip("@"):
            self.name.show_text(self.card.name)
            self.show_refusal(None)
        else:
            self.show_refusal(self._wishes.rename(self.card.id, clean))

    def show_refusal(self, error: StudioError | None) -> None:
        """Under the fields; nothing is changed, and what was typed stays to be mended."""
        self.refusal.setText("" if error is None else f"{error.sentence} {error.hint}".strip())
        self.refusal.setVisible(error is not None)

    def _tell(self, words: str) -> None:
        self.refusal.setText(words)
        self.refusal.show()

    def _open_menu(self, point: QPoint) -> None:
        view = self.views.current()
        if view is None or not self._writable:
            return
        menu = new_menu(self, "What can be done with the picture")
        add_view_entries(menu, self._wishes, self.card, view, self._film.cut_out, self._film.give)
        menu.popup(point)

    def _cut_out(self) -> None:
        view = self.views.current()
        if view is not None:
            self._film.cut_out(view.id)

    def _take_frame(self, picture: Path) -> None:
        self._wishes.add_pictures(self.card.id, [picture])

    def _pick(self) -> None:
        files, _chosen = QFileDialog.getOpenFileNames(self, "Add pictures", "", PICTURES)
        self._wishes.add_pictures(self.card.id, [Path(file) for file in files])

    # --- building ---

    def _build(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(look.size("gap"))
        for field, label, width in ((self.name, "Name", 180), (self.kind, "Kind", 130)):
            field.setFixedWidth(width)
            head.addWidget(labelled(label, field, look))
        head.addWidget(labelled("Description", self.description, look), 1)
        for field in (self.name, self.kind, self.description):
            field.setEnabled(self._writable)
        self.column.addLayout(head)
        self.column.addLayout(self._pages_row())
        for page in (self._pictures_page(), self.wardrobe, self.shots):
            self._stack.addWidget(page)
        self._stack.setFixedHeight(min(BODY, max(220, self._over.height() - 330)))
        self.column.addWidget(self._stack)
        self._build_foot()

    def _pages_row(self) -> QHBoxLayout:
        """What is refused is told in the row of the pages: nothing jumps for it."""
        row = QHBoxLayout()
        row.setSpacing(self._look.size("group-gap"))
        row.addWidget(self.pages)
        row.addWidget(self.refusal, 100)
        row.addStretch()
        row.addSpacerItem(QSpacerItem(0, REFUSAL))
        return row

    def _pictures_page(self) -> QWidget:
        page = QWidget()
        column, row = QVBoxLayout(page), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("gap"))
        self._nothing = text_label("No pictures yet. Drop them here, paste them, or grab a frame with G.", "second")
        self._nothing.setParent(self.views)
        self._nothing.move(12, 12)
        self.add = KeyButton(self._look, "Add pictures…", kind="outline", icon="picture")
        self.paste_button = KeyButton(self._look, "Paste", "Ctrl V", kind="outline")
        self.cut = KeyButton(self._look, "Cut out…", kind="outline")
        hint = text_label("1–5 front, side, back, face, detail · Alt ←→ order · Del remove", "micro")
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.grabbing = KeyButton(self._look, "Grab a frame", kind="outline")
        self.grabbing.setToolTip("The frame in the viewer becomes a picture of it")
        for button in (self.add, self.paste_button, self.grabbing, self.cut):
            button.setEnabled(self._writable)
            row.addWidget(button)
        row.addWidget(hint, 1)
        column.addWidget(self.views, 1)
        column.addLayout(row)
        return page

    def _build_foot(self) -> None:
        row = self.foot_row()
        self.continuity = KeyButton(self._look, "Continuity", kind="outline", icon="compare")
        self.continuity.setToolTip("All shots it is in, side by side")
        close = KeyButton(self._look, "Close", "Esc", kind="large")
        close.clicked.connect(self.close_sheet)
        row.addWidget(self.continuity)
        row.addStretch(1)
        row.addWidget(close)

    def _connect(self) -> None:
        subject = self.card.id
        self.name.edited.connect(self._rename)
        self.kind.edited.connect(lambda kind: self.show_refusal(self._wishes.edit_subject(subject, kind=kind)))
        self.description.edited.connect(
            lambda words: self.show_refusal(self._wishes.edit_subject(subject, description=words))
        )
        self.pages.chosen.connect(self.show_page)
        self.wardrobe.refused.connect(self.show_refusal)
        self.shots.shot_sought.connect(self._go_to)
        self.continuity.clicked.connect(self._ask_for_continuity)
        self._connect_views()

    def _connect_views(self) -> None:
        views = self.views
        views.said.connect(self._wishes.say_view)
        views.moved.connect(self._wishes.order_view)
        views.remove_requested.connect(self._wishes.remove_view)
        views.paste_requested.connect(self.paste)
        views.menu_requested.connect(self._open_menu)
        views.files_dropped.connect(partial(self._wishes.add_pictures, self.card.id))
        self.add.clicked.connect(self._pick)
        self.paste_button.clicked.connect(self.paste)
        self.cut.clicked.connect(self._cut_out)
        self.grabbing.clicked.connect(lambda: self._film.grab(self._take_frame))

    def _go_to(self, shot: str) -> None:
        self.close_sheet()
        self.shot_sought.emit(shot)

    def _ask_for_continuity(self) -> None:
        subject = self.card.id
        self.close_sheet()
        self.continuity_requested.emit(subject)
