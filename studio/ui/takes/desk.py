"""Connects the takes panel with the film: every take and panel of the current shot, and what is wished of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.project import queries
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.takes.dock import TakesPanel
from studio.ui.takes.info_sheet import TakeInfoSheet
from studio.ui.takes.work_sheets import ExtendSheet, RedoSheet
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.panels import PanelWishes
from studio.ui.wishes.take_work import TakeWork
from studio.ui.wishes.takes import TakeWishes

MarkedRange = Callable[[], tuple[int, int] | None]
"""First and last frame marked by I and O in the viewer, on the shot's clock; None where nothing is marked."""


class TakesDesk(QObject):
    def __init__(
        self, look: Look, over: QWidget, door: Door, watch: FilmWatch, current: CurrentShot, takes: TakeWishes,
        panels: PanelWishes, work: TakeWork, panel: TakesPanel, marked: MarkedRange,
    ) -> None:  # fmt: skip
        super().__init__()
        self._look, self._over, self._door, self._watch = look, over, door, watch
        self._current, self._work, self._panel, self._marked = current, work, panel, marked
        current.changed.connect(self._show)
        panel.take_choose_requested.connect(takes.choose_take)
        panel.panel_choose_requested.connect(panels.choose_panel)
        panel.star_requested.connect(takes.star_take)
        panel.reject_requested.connect(takes.reject_take)

    def _show(self) -> None:
        card, take, panel = self._current.card, self._current.take, self._current.panel
        self._panel.show_shot(card.number if card else "", self._current.takes, self._current.panels)
        self._panel.show_current(take.id if take else None, panel.id if panel else None)

    # --- called by actions, on the take looked at ---

    def show_info(self) -> None:
        card, take = self._current.card, self._current.take
        if card is None or take is None:
            return
        names = {one.id: one.name for one in self._door.ask(queries.subject_cards)}
        sheet = TakeInfoSheet(self._look, self._over, card.number, take, self._current.takes, self._watch.film.rate,
                              lambda subject: names.get(subject, ""), writable=self._door.project.writable)  # fmt: skip
        sheet.again_requested.connect(self._work.run_again)
        sheet.open()

    def extend(self) -> None:
        if (take := self._current.take) is not None:
            submit = partial(self._work.work_on, take)
            ExtendSheet(self._look, self._over, take, self._watch.film.rate, submit).open()

    def redo_range(self) -> None:
        take = self._current.take
        if take is None:
            return
        whole = (0, max(0, take.frames - take.head - take.tail - 1))
        marked = self._marked() or whole
        frames = (max(marked[0], whole[0]), min(marked[1], whole[1]))
        submit = partial(self._work.work_on, take)
        RedoSheet(self._look, self._over, take, frames, self._watch.film.rate, submit).open()
