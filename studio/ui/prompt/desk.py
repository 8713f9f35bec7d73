"""Connects the shot and prompt panel with the film: fields, who is in the shot, prompts, what generating would do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from studio.errors import StudioError
from studio.generation.expanding import Expanding
from studio.open_project import OpenProject
from studio.project import expansion_queries, gallery_queries, queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.project.gallery_cards import SubjectCard
from studio.ui.cast_row import CastRow
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.prompt.dock import PromptPanel
from studio.ui.prompt_styles import PromptStyle
from studio.ui.sent_desk import budget_of_shot, connect_hands, tiles_of_shot
from studio.ui.wishes.prompts import PromptWishes
from studio.ui.wishes.shots import ShotWishes

OUTLOOK_AFTER_MS = 60
"""The estimate and what stands in the way are asked for once the selection rests."""
CHECK_AFTER_MS = 600
"""Which words the engine does not know is asked for once a draft rests."""
OF_SUBJECTS = ("subject", "subject_view", "reference", "wardrobe_change", "wardrobe_exception")
"""Kinds of changes after which names, pictures or what is worn may differ."""


class PromptDesk(QObject):
    refused = Signal(object)
    """StudioError: no text came of what was asked"""
    told = Signal(str)

    def __init__(
        self, project: OpenProject, watch: FilmWatch, current: CurrentShot, drawing: Drawing, expanding: Expanding,
        wishes: ShotWishes, prompts: PromptWishes, panel: PromptPanel, styles: Mapping[str, PromptStyle],
    ) -> None:  # fmt: skip
        super().__init__()
        self._styles = styles
        self._project, self._current, self._drawing, self._panel = project, current, drawing, panel
        self._expanding, self._prompts = expanding, prompts
        self._timer = QTimer(self, singleShot=True, interval=OUTLOOK_AFTER_MS)
        self._timer.timeout.connect(self._show_outlook)
        self._check = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._check.timeout.connect(self._check_draft)
        self._streamed: dict[str, str] = {}
        """What is written so far, by shot."""
        self._known = self._subjects()
        watch.film_changed.connect(self._film_changed)
        watch.changed_next.connect(self._changed)
        current.changed.connect(self._show)
        drawing.queue_changed.connect(self._queue_changed)
        drawing.seed, drawing.keep_typed = panel.chosen_seed, panel.keep
        prompts.keep_typed = panel.keep
        self._connect_panel(wishes)
        self._connect_prompts()

    def _connect_panel(self, wishes: ShotWishes) -> None:
        panel, drawing = self._panel, self._drawing
        panel.fields_edited.connect(wishes.edit_shot)
        panel.cast_edited.connect(wishes.edit_cast)
        panel.generate_requested.connect(drawing.generate)
        panel.cause.again_requested.connect(drawing.generate_motion)
        panel.cause.keep_requested.connect(wishes.keep_as_is)
        panel.takes_changed.connect(drawing.keep_takes)
        panel.engine_chosen.connect(drawing.choose_engine)

    def _connect_prompts(self) -> None:
        prompts, box, sent = self._prompts, self._panel.box, self._panel.references
        prompts.asked.connect(self._asked)
        self._expanding.streamed.connect(self._hear)
        self._expanding.proposed.connect(lambda shot, _card: self._written(shot))
        self._expanding.refused.connect(self._not_written)
        self._expanding.checked.connect(self._show_checked)
        self._expanding.noted.connect(lambda _shot, words: self.told.emit(words))
        box.expand_requested.connect(prompts.expand)
        box.expanded.accept_requested.connect(prompts.accept_expansion)
        box.expanded.refuse_requested.connect(prompts.refuse_expansion)
        box.expanded.cancel_requested.connect(self._cancel)
        connect_hands(sent.strip, prompts, self._shot)

    def show_all(self) -> None:
        style = self._styles.get(self._drawing.prompt_style())
        self._panel.show_engines(self._drawing.engines(), self._drawing.engine, style.most_words if style else 0)

    def put_back(self) -> None:
        """An edit was refused: the fields show the film again; a draft stays, so that nothing typed is lost."""
        if self._current.card is not None:
            self._panel.put_back(self._current.card)

    def close(self) -> None:
        """Keeps what is still being typed."""
        self._timer.stop()
        self._check.stop()
        self._expanding.cancel()
        self._panel.keep()

    # --- the film ---

    def _film_changed(self, film: FilmCard) -> None:
        self._panel.show_film(film.rate)

    def _show(self) -> None:
        card = self._current.card
        heading, cast = "", list[CastRow]()
        if card is not None:
            heading, subjects = self._project.ask(queries.shot_cast, card.id)
            cast = [CastRow(one.name, one.kind, one.side, one.facing, one.action) for one in subjects]
        self._panel.show_shot(card, heading, cast, self._known, editable=self._project.writable)
        self._show_expansions()
        self._timer.start()
        self._check.start()

    def _show_expansions(self) -> None:
        shot = self._panel.shot
        cards = self._project.ask(expansion_queries.expansion_cards, shot.id) if shot else ()
        self._panel.show_expansions(cards)
        if shot is not None and self._expanding.busy(shot.id):
            self._panel.box.show_streamed(self._streamed.get(shot.id, ""))
        else:
            self._panel.box.end_streaming()

    def _changed(self, changes: Changes) -> None:
        """Names are asked for when they may differ and not with every shot that is looked at."""
        if any(changes[kind] for kind in OF_SUBJECTS):
            self._known = self._subjects()
            self._show()

    def _subjects(self) -> tuple[SubjectCard, ...]:
        return tuple(self._project.ask(gallery_queries.subject_cards))

    # --- texts being written ---

    def _asked(self, shot: str) -> None:
        self._streamed[shot] = ""
        if self._is_shown(shot):
            self._panel.box.show_streamed("")

    def _hear(self, shot: str, text: str) -> None:
        self._streamed[shot] = text
        if self._is_shown(shot):
            self._panel.box.show_streamed(text)

    def _written(self, shot: str) -> None:
        self._streamed.pop(shot, None)
        if self._is_shown(shot):
            self._show_expansions()

    def _not_written(self, shot: str, error: StudioError) -> None:
        self._written(shot)
        self.refused.emit(error)

    def _check_draft(self) -> None:
        """In a film that is worked on, of a draft that is kept, unless a text is being written for it anyway."""
        shot = self._panel.shot
        if shot is None or not self._project.writable or self._expanding.busy():
            return
        if not self._panel.box.is_read(shot.prompt):
            self._expanding.check(shot.id)

    def _show_checked(self, shot: str, draft: str, unknown: tuple[str, ...]) -> None:
        if self._is_shown(shot):
            self._panel.box.show_unknown(draft, unknown)

    def _cancel(self) -> None:
        if (shot := self._panel.shot) is not None:
            self._prompts.cancel(shot.id)
            self._written(shot.id)

    def _is_shown(self, shot: str) -> bool:
        return self._panel.shot is not None and self._panel.shot.id == shot

    # --- what generating would do ---

    def _queue_changed(self) -> None:
        self.show_all()
        self._timer.start()

    def _show_outlook(self) -> None:
        card = self._current.card
        if card is None:
            self._panel.references.show_tiles((), own_order=False, editable=False)
            return
        takes, panels = self._current.takes, self._current.panels
        chosen = next((one for one in takes if one.id == card.chosen_take), takes[-1] if takes else None)
        take = self._current.take or chosen
        self._panel.show_outlook(self._drawing.outlook(card, take, panels[-1] if panels else None))
        tiles, own_order = tiles_of_shot(self._project, card.id, budget_of_shot(self._drawing, card.id))
        self._panel.references.show_tiles(tiles, own_order=own_order, editable=self._project.writable)

    def _shot(self) -> str | None:
        return self._panel.shot.id if self._panel.shot else None
