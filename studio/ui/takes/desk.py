"""Connects the takes panel with the film: every take and panel of the current shot, and what is wished of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.ui.current_shot import CurrentShot
from studio.ui.takes.dock import TakesPanel
from studio.ui.wishes.panels import PanelWishes
from studio.ui.wishes.takes import TakeWishes


class TakesDesk(QObject):
    def __init__(self, current: CurrentShot, takes: TakeWishes, panels: PanelWishes, panel: TakesPanel) -> None:
        super().__init__()
        self._current, self._panel = current, panel
        current.changed.connect(self._show)
        panel.take_choose_requested.connect(takes.choose_take)
        panel.panel_choose_requested.connect(panels.choose_panel)
        panel.star_requested.connect(takes.star_take)
        panel.reject_requested.connect(takes.reject_take)

    def _show(self) -> None:
        card, take, panel = self._current.card, self._current.take, self._current.panel
        self._panel.show_shot(card.number if card else "", self._current.takes, self._current.panels)
        self._panel.show_current(take.id if take else None, panel.id if panel else None)
