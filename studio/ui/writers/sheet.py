"""The prompt writers: a list, the one that is chosen, and what answers on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QStackedWidget, QVBoxLayout, QWidget

from studio.errors import StudioError
from studio.generation.writers import FoundServer, OfferedModel, PromptWriter, Tried, Writers
from studio.project.words import counted
from studio.ui.background import Background
from studio.ui.parts.controls import KeyButton, clear_layout, scrolling, text_label
from studio.ui.parts.sheet import Sheet, paragraph
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look
from studio.ui.writers.page import WriterPage
from studio.ui.writers.presets import Preset, preset_of

WIDTH, SIDE, HEIGHT = 920, 248, 480
ABOUT = (
    "A prompt writer makes a longer prompt of your draft. The film grammar is built in and needs none of these; what "
    "is set up here is asked only when you choose it, and its text is used only when you accept it."
)
NONE_YET = "No prompt writer is set up. Add a program on this machine, or a service you have a key for."
LOOKING = "Looking for servers on this machine"
NO_SERVER = "No local server answers on its usual port."
ALL_SET_UP = "Every server that answers here is set up."
ID = Qt.ItemDataRole.UserRole


class WritersSheet(Sheet):
    """Every change is kept at once. Keys go straight to where keys are kept and are never shown again."""

    def __init__(
        self, look: Look, over: QWidget, writers: Writers, background: Background, presets: tuple[Preset, ...]
    ) -> None:
        super().__init__(look, over, "Prompt writers", WIDTH)
        self._writers, self._background, self.presets = writers, background, presets
        self._servers: Sequence[FoundServer] = ()
        self.list, self.page = QListWidget(), WriterPage(look)
        self._build()
        self._connect()
        self.show_writers()

    def open(self) -> None:
        """Only now is anything asked of this machine's ports."""
        super().open()
        self.list.setFocus()
        self._say_found(LOOKING)
        self._writers.find_servers(self._if_here(self._show_servers))

    # --- the list ---

    def show_writers(self, choose: str = "") -> None:
        wanted = choose or self._chosen_id()
        all_of_them = self._writers.all()
        self.list.blockSignals(True)
        self.list.clear()
        for one in all_of_them:
            row = QListWidgetItem(one.title, self.list)
            row.setData(ID, one.id)
            if one.id == wanted:
                self.list.setCurrentItem(row)
        if self.list.currentRow() < 0 and all_of_them:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show_chosen()

    def chosen(self) -> PromptWriter | None:
        return next((one for one in self._writers.all() if one.id == self._chosen_id()), None)

    def _chosen_id(self) -> str:
        row = self.list.currentItem()
        return str(row.data(ID)) if row is not None else ""

    def _show_chosen(self) -> None:
        writer = self.chosen()
        self.pages.setCurrentIndex(0 if writer is None else 1)
        if writer is None:
            return
        self.page.show_writer(writer, preset_of(self.presets, writer.base_url, writer.adapter))
        self.page.show_key(None, "")
        self._ask_for_key(writer.id)

    # --- adding and removing ---

    def add_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("Add a prompt writer")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = ""
        for preset in self.presets:
            if group and preset.group != group:
                menu.addSeparator()
            group = preset.group
            menu.addAction(preset.title, partial(self.add, preset))
        return menu

    def add(self, preset: Preset) -> None:
        title = _free_title(preset.title, self._writers.all())
        self._add(PromptWriter(self._writers.free_id(title), title, preset.adapter, preset.base_url))
        (self.page.key if preset.keyed else self.page.ask).setFocus()

    def add_found(self, server: FoundServer) -> None:
        """A server that answers, with the first model it serves."""
        title = _free_title(server.name, self._writers.all())
        model = server.models[0] if server.models else OfferedModel("")
        self._add(PromptWriter(self._writers.free_id(title), title, "openai", server.base_url, model.id,
                               model.sees is True))  # fmt: skip
        self.page.show_models(server.models)
        self._show_offers()

    def _add(self, writer: PromptWriter) -> None:
        try:
            self._writers.keep(writer)
        except StudioError as error:
            self.page.refuse(error)
            return
        self.show_writers(choose=writer.id)

    def remove(self) -> None:
        """The key goes with it."""
        writer = self.chosen()
        if writer is not None:
            self._background.run(partial(self._writers.forget_key, writer.id), partial(self._drop, writer.id),
                                 self.page.refuse)  # fmt: skip

    def _drop(self, writer: str, _done: object) -> None:
        try:
            self._writers.drop(writer)
        except StudioError as error:
            self.page.refuse(error)
            return
        self.show_writers()
        self._show_offers()
        self.list.setFocus()

    def _keep(self, writer: PromptWriter) -> None:
        try:
            if self._writers.leads_elsewhere(writer):
                self._background.run(partial(self._writers.let_go_of_key, writer.id), partial(self._move, writer),
                                     self.page.refuse)  # fmt: skip
                return
            self._writers.put(writer)
        except StudioError as error:
            self.page.refuse(error)
            return
        self.show_writers()

    def _move(self, moved: PromptWriter, forgotten: bool) -> None:
        """To another host, now that its key is let go of; what else was changed meanwhile stays."""
        found = next((one for one in self._writers.all() if one.id == moved.id), None)
        if found is None:
            return
        self._writers.put(replace(found, adapter=moved.adapter, base_url=moved.base_url))
        if forgotten and moved.id == self._chosen_id():
            self.page.tell_key_forgotten()
        self.show_writers()

    # --- keys: a keyring may wait for its owner, so it is asked beside the window ---

    def _ask_for_key(self, writer: str) -> None:
        def ask() -> tuple[bool, str]:
            return self._writers.has_key(writer), self._writers.where_keys_go()

        self._background.run(ask, partial(self._show_key, writer), self.page.refuse)

    def _show_key(self, writer: str, told: tuple[bool, str]) -> None:
        if writer == self._chosen_id():
            self.page.show_key(*told)

    def keep_key(self, key: str) -> None:
        writer = self._chosen_id()
        self.page.clear_key()
        self._background.run(partial(self._writers.keep_key, writer, key), partial(self._key_kept, writer),
                             self.page.refuse)  # fmt: skip

    def _key_kept(self, writer: str, _where: object) -> None:
        self.page.refuse(None)
        self._ask_for_key(writer)

    def forget_key(self) -> None:
        writer = self._chosen_id()
        self._background.run(partial(self._writers.forget_key, writer), partial(self._key_kept, writer),
                             self.page.refuse)  # fmt: skip

    # --- questions to the writer ---

    def ask_models(self) -> None:
        writer = self.chosen()
        if writer is None:
            return
        self.page.show_busy("models", "Asking which models it offers")

        def told(answer: tuple[OfferedModel, ...] | StudioError) -> None:
            self.page.show_busy("models", "")
            if isinstance(answer, StudioError):
                self.page.outcome_of("models", str(answer), failed=True)
            else:
                self.page.show_models(answer)

        self._writers.ask_models(writer, self._if_here(told, writer.id))

    def try_writer(self) -> None:
        writer = self.chosen()
        if writer is None:
            return
        self.page.show_busy("test", f"Asking {writer.title}, for at most {writer.seconds:.0f} s")

        def told(answer: Tried | StudioError) -> None:
            self.page.show_busy("test", "")
            if isinstance(answer, StudioError):
                self.page.outcome_of("test", str(answer), failed=True)
            else:
                self.page.outcome_of("test", answer.sentence)

        self._writers.try_writer(writer, self._if_here(told, writer.id))

    def _if_here(self, told: Callable[[Any], None], writer: str = "") -> Callable[[Any], None]:
        """An answer may come when the sheet is closed, or another writer is chosen: nobody hears it then."""

        def answer(result: Any) -> None:
            if shiboken6.isValid(self) and writer in ("", self._chosen_id()):
                told(result)

        return answer

    # --- servers on this machine ---

    def _show_servers(self, answer: tuple[FoundServer, ...] | StudioError) -> None:
        self._servers = () if isinstance(answer, StudioError) else answer
        self._show_offers()
        if isinstance(answer, StudioError):
            self._say_found(str(answer))

    def _show_offers(self) -> None:
        """One button for each server that answers and is not set up."""
        clear_layout(self.offers)
        known = {one.base_url for one in self._writers.all()}
        new = [one for one in self._servers if one.base_url.rstrip("/") not in known]
        self._say_found("" if new else ALL_SET_UP if self._servers else NO_SERVER)
        for server in new:
            button = KeyButton(self._look, f"Set up {server.name}", kind="outline", icon="plus")
            button.setAccessibleDescription(f"It answers at {server.base_url}.")
            button.setToolTip(plain_tip(f"{server.base_url}, {counted(len(server.models), 'model')}"))
            button.clicked.connect(partial(self.add_found, server))
            self.offers.addWidget(button)

    def _say_found(self, words: str) -> None:
        self.found_words.setText(words)
        self.found_words.setVisible(bool(words))

    # --- building ---

    def _build(self) -> None:
        self.column.addWidget(text_label("Prompt writers", "sheet"))
        self.column.addWidget(paragraph(ABOUT, "second"))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._build_side())
        self.nothing = paragraph(NONE_YET, "second")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.nothing)
        self.pages.addWidget(scrolling(self.page))
        self.pages.setFixedHeight(min(HEIGHT, max(280, self._over.height() - 300)))
        row.addWidget(self.pages, 1)
        self.column.addLayout(row)
        foot = self.foot_row()
        close = KeyButton(self._look, "Close", "Esc")
        close.clicked.connect(self.close_sheet)
        foot.addStretch(1)
        foot.addWidget(close)

    def _build_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.size("gap"))
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName("Prompt writers")
        self.add_button = KeyButton(self._look, "Add…", icon="plus")
        self.found_words = paragraph("", "second")
        self.offers = QVBoxLayout()
        self.offers.setSpacing(self._look.size("grid"))
        column.addWidget(self.list, 1)
        column.addWidget(self.add_button)
        column.addWidget(text_label("On this machine", "label"))
        column.addWidget(self.found_words)
        column.addLayout(self.offers)
        return side

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_rows: self._show_chosen())
        self.add_button.clicked.connect(self._offer_presets)
        self.page.edited.connect(self._keep)
        self.page.key_given.connect(self.keep_key)
        self.page.forget_key_requested.connect(self.forget_key)
        self.page.models_requested.connect(self.ask_models)
        self.page.try_requested.connect(self.try_writer)
        self.page.remove_requested.connect(self.remove)

    def _offer_presets(self) -> None:
        self.add_menu().popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 4)))


def _free_title(title: str, writers: Sequence[PromptWriter]) -> str:
    """`Ollama`, then `Ollama 2`."""
    taken = {one.title.casefold() for one in writers}
    names = (title, *(f"{title} {number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one.casefold() not in taken)
