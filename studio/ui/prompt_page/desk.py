"""Connects the page of the prompt with the film: opens it on the current shot, shows it anew, carries wishes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.generation.expanding import Expanding
from studio.project import expansion_queries, gallery_queries, queries
from studio.project.changes import Changes
from studio.project.prompt_cards import ExpansionCard
from studio.ui.choices import Choices
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.parts.pictures import PictureStore
from studio.ui.prompt_page.page import PromptPage
from studio.ui.prompt_page.scene_prompts import ScenePrompts
from studio.ui.prompt_styles import PromptStyle
from studio.ui.sent_desk import budget_of_shot, connect_hands, tiles_of_shot
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.prompts import PromptWishes
from studio.ui.wishes.shots import ShotWishes

OUTLOOK_AFTER_MS = 60
"""As the panel: asked for once the selection rests."""
OF_SUBJECTS = ("subject", "subject_view", "reference")


class PromptPageDesk(QObject):
    neighbour_requested = Signal(int)
    writers_requested = Signal()
    subject_sought = Signal(str)
    """subject id"""

    def __init__(
        self, look: Look, over: QWidget, door: Door, watch: FilmWatch, current: CurrentShot, drawing: Drawing,
        expanding: Expanding, prompts: PromptWishes, shots: ShotWishes, scenes: ScenePrompts, choices: Choices,
        pictures: PictureStore, styles: Mapping[str, PromptStyle],
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._over, self._door, self._current = look, over, door, current
        self._drawing, self._expanding, self._prompts, self._shots = drawing, expanding, prompts, shots
        self._scenes, self._choices, self._pictures, self._styles = scenes, choices, pictures, styles
        self.page: PromptPage | None = None
        """Built when it is opened first."""
        self._back_to: QWidget | None = None
        self._cards: tuple[ExpansionCard, ...] = ()
        self._wanted = ""
        """The expansion chosen in the history or the switch; empty: the newest."""
        self._streamed: dict[str, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=OUTLOOK_AFTER_MS)
        self._timer.timeout.connect(self._show_outlook)
        current.changed.connect(self._show)
        watch.changed_next.connect(self._changed)
        drawing.queue_changed.connect(self._queue_changed)
        expanding.streamed.connect(self._hear)
        expanding.proposed.connect(self._written)
        expanding.refused.connect(lambda shot, _error: self._written(shot, ""))
        prompts.asked.connect(self._asked)
        prompts.writers_changed.connect(self._show_way)
        self._keep_elsewhere = prompts.keep_typed
        prompts.keep_typed = self._keep_everything

    # --- called by actions ---

    def toggle(self) -> None:
        if self.is_open:
            self.close_page()
        else:
            self.open()

    def open(self) -> None:
        if self._current.card is None:
            return
        if self.page is None:
            self.page = self._built()
        self._prompts.keep_typed()
        if self._door.project.writable:
            self._drawing.know_engines()
        if not self.is_open:
            self._back_to = self._over.window().focusWidget()
        self._wanted = ""
        self._know()
        self.page.show()
        self._show()
        self.page.open()

    def close_page(self) -> None:
        if self.page is not None and self.is_open:
            self._keep()
            self.page.hover.hide()
            self.page.hide()
            # What had the keyboard may be gone by now, like a row of a list.
            if self._back_to is not None and shiboken6.isValid(self._back_to) and self._back_to.isVisible():
                self._back_to.setFocus()

    @property
    def is_open(self) -> bool:
        return self.page is not None and not self.page.isHidden()

    def close(self) -> None:
        """The window goes; what is still being typed is kept."""
        self._timer.stop()
        self._keep()

    # --- what is shown ---

    def _show(self) -> None:
        card, page = self._current.card, self.page
        if page is None or not self.is_open:
            return
        if card is None:
            self.close_page()
            return
        project = self._door.project
        brief = self._door.ask(queries.shot_brief, card.id)
        page.header.title.setText(f"Prompt of {card.number}")
        page.header.second.setText(brief.scene.heading)
        page.draft.show_shot(card, brief.fields.get("lens", ""), brief.style_notes, writable=project.writable)
        self._show_way()
        self._cards = self._door.ask(expansion_queries.expansion_cards, card.id)
        self._show_parts()
        self._timer.start()

    def _show_parts(self) -> None:
        page, shot = self.page, self._current.card
        if page is None or shot is None:
            return
        writable = self._door.project.writable
        card = self._shown()
        titles = dict(self._expanding.providers())
        page.parts.show_variants(self._cards, card, writable=writable)
        page.draft.history.show_cards(self._cards, card.id if card else "", titles)
        writing = self._expanding.busy(shot.id)
        if writing:
            page.parts.show_streamed(self._streamed.get(shot.id, ""))
        page.foot.show_card(card, writing=writing, writable=writable)
        most = self._styles[card.style].most_words if card and card.style in self._styles else 0
        page.foot.show_words(card.text if card else "", most)
        page.undo.setEnabled(writable and bool(self._door.project.undo_text()))

    def _show_way(self) -> None:
        if self.page is not None:
            self.page.draft.show_writers(self._expanding.providers(), self._prompts.provider)
            style = self._drawing.prompt_style()
            self.page.draft.show_way(style, self._prompts.style, self._prompts.language)

    def _show_outlook(self) -> None:
        shot, page = self._current.card, self.page
        if shot is None or page is None or not self.is_open:
            return
        page.foot.show_outlook(self._drawing.outlook(shot, None, None))
        card = self._shown()
        budget = budget_of_shot(self._drawing, shot.id, card.text if card is not None else None)
        tiles, own_order = tiles_of_shot(self._door.project, shot.id, budget)
        page.pictures.show_pictures(shot.id, budget, tiles, own_order=own_order,
                                    editable=self._door.project.writable)  # fmt: skip

    def _shown(self) -> ExpansionCard | None:
        wanted = next((card for card in self._cards if card.id == self._wanted), None)
        return wanted or next(iter(self._cards), None)

    def _know(self) -> None:
        if self.page is not None:
            self.page.know(self._door.ask(gallery_queries.subject_cards))

    def _changed(self, changes: Changes) -> None:
        if self.is_open and any(changes[kind] for kind in OF_SUBJECTS):
            self._know()
            self._timer.start()

    def _queue_changed(self) -> None:
        if self.is_open:
            self._show_way()
            self._timer.start()

    # --- texts being written ---

    def _asked(self, shot: str) -> None:
        self._streamed[shot] = ""
        if self._is_current(shot):
            self._wanted = ""
            self._show_parts()

    def _hear(self, shot: str, text: str) -> None:
        self._streamed[shot] = text
        if self._is_current(shot) and self.page is not None:
            self.page.parts.show_streamed(text)

    def _written(self, shot: str, card: str) -> None:
        self._streamed.pop(shot, None)
        if self._is_current(shot) and self.page is not None:
            self._cards = self._door.ask(expansion_queries.expansion_cards, shot)
            self._choose(card)

    def _is_current(self, shot: str) -> bool:
        return self.is_open and self._current.card is not None and self._current.card.id == shot

    # --- wishes ---

    def _built(self) -> PromptPage:
        page = PromptPage(self._look, self._over, self._choices, self._pictures, self._styles)
        prompts, door = self._prompts, self._door
        page.neighbour_requested.connect(self._go)
        page.undo_requested.connect(door.undo)
        page.redo_requested.connect(door.redo)
        page.close_requested.connect(self.close_page)
        page.menu_requested.connect(self._open_menu)
        page.hover.opened.connect(self.subject_sought)
        page.draft.fields_edited.connect(self._edit_fields)
        page.draft.provider_chosen.connect(prompts.choose_provider)
        page.draft.writers_requested.connect(self.writers_requested)
        page.draft.style_chosen.connect(self._choose_style)
        page.draft.language_chosen.connect(self._choose_language)
        page.draft.notes.edited.connect(prompts.edit_notes)
        page.draft.history.chosen.connect(self._choose)
        page.parts.shown.connect(self._choose)
        page.parts.expand_requested.connect(self._expand)
        page.parts.cancel_requested.connect(self._cancel)
        page.parts.decided.connect(prompts.decide_part)
        page.parts.edited.connect(prompts.edit_part)
        page.parts.locked.connect(prompts.lock_part)
        page.foot.variant_requested.connect(self._expand)
        page.foot.refuse_requested.connect(lambda: self._decide_all(prompts.refuse_expansion))
        page.foot.accept_requested.connect(lambda: self._decide_all(prompts.accept_expansion))
        page.pictures.swap_requested.connect(self._swap)
        connect_hands(page.pictures.rows, prompts, lambda: self._current.card.id if self._current.card else None)
        return page

    def _go(self, step: int) -> None:
        self._keep()
        self._wanted = ""
        self.neighbour_requested.emit(step)

    def _edit_fields(self, fields: Mapping[str, object]) -> None:
        if self._current.card is not None:
            self._shots.edit_shot(self._current.card.id, fields)

    def _choose(self, card: str) -> None:
        """The pictures follow: which go along depends on whom the text names."""
        self._wanted = card
        self._show_parts()
        self._timer.start()

    def _choose_style(self, style: str) -> None:
        self._prompts.style = style
        self._show_way()

    def _choose_language(self, language: str) -> None:
        self._prompts.language = language

    def _expand(self) -> None:
        self._keep()
        if self._current.card is not None:
            self._prompts.expand_shot(self._current.card.id)

    def _cancel(self) -> None:
        if self._current.card is not None:
            self._prompts.cancel(self._current.card.id)
            self._written(self._current.card.id, "")

    def _decide_all(self, decide: Callable[[str], None]) -> None:
        """What is being edited is kept first: it is part of what is decided."""
        self._keep()
        if (card := self._shown()) is not None:
            decide(card.id)

    def _swap(self, views: list[str]) -> None:
        if self._current.card is not None:
            self._prompts.order_views(self._current.card.id, views)

    def _keep(self) -> None:
        if self.page is not None and self.is_open:
            self.page.draft.keep()
            self.page.draft.notes.end_editing(keep=True)
            if (row := self.page.parts.edited_row()) is not None:
                row.end_editing(keep=True)

    def _keep_everything(self) -> None:
        """In the panel under the page, too."""
        self._keep_elsewhere()
        self._keep()

    def _open_menu(self, point: QPoint) -> None:
        shot, page = self._current.card, self.page
        if shot is None or page is None:
            return
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"Expand every shot of scene {shot.scene_number}", self._scenes.expand_scene)
        menu.addAction(f"Proposed prompts of scene {shot.scene_number}…", self._scenes.open_current)
        menu.addSeparator()
        menu.addAction("Accept all of the scene", lambda: self._accept_scene(sound_only=False))
        menu.addAction("Accept all but those with warnings", lambda: self._accept_scene(sound_only=True))
        for action in menu.actions():
            action.setEnabled(self._door.project.writable)
        menu.popup(point)

    def _accept_scene(self, *, sound_only: bool) -> None:
        if self._current.card is None:
            return
        cards = self._door.ask(expansion_queries.pending_expansions, self._current.card.scene)
        self._prompts.accept_expansions(card.id for card in cards if not (sound_only and card.warnings))

