"""Connects the comparing of two takes with the film: which takes there are, what each side plays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from studio.project.cards import TakeCard
from studio.ui.current_shot import CurrentShot
from studio.ui.viewer.compare import CompareState
from studio.ui.viewer.compare_row import Compared
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.playing import Playing
from studio.ui.viewer.sequence import PlayList


class CompareDesk(QObject):
    began = Signal()
    """the shot alone is to be played from now on"""
    told = Signal(str)
    """a sentence in passing"""

    def __init__(self, current: CurrentShot, viewer: Viewer, playing: Playing) -> None:
        super().__init__()
        self._current, self._viewer, self._playing = current, viewer, playing
        self._state = CompareState()
        self._shot: str | None = None
        self.on = False
        viewer.header.compare.clicked.connect(lambda _on: self.toggle())
        viewer.header.compare_chosen.connect(self._set_mode)
        viewer.compare_row.picked.connect(self.pick)
        viewer.compare_row.swap_requested.connect(self.swap)
        viewer.picture.wiped.connect(self._wipe)
        viewer.compare_ended.connect(self.stop)

    @property
    def state(self) -> CompareState:
        return self._state

    def refresh(self) -> None:
        """For the shot the hands are on now, and the takes it has now."""
        card = self._current.card
        if self._shot != (card.id if card else None):
            self._shot = card.id if card else None
            self._state = CompareState(mode=self._state.mode)
        takes = [take.id for take in self._current.takes if not take.rejected]
        self._state = self._state.with_takes(takes, card.chosen_take if card else None)
        if self.on and (self._state.a is None or self._state.b is None):
            self.on = False
        self._show()

    # --- called by actions ---

    def toggle(self) -> None:
        if self.on:
            self.stop()
            return
        self.refresh()
        if self._state.b is None:
            self.told.emit("Comparing needs two takes of the shot.")
            self._show()
            return
        self.on = True
        self.began.emit()
        self._show()

    def stop(self) -> None:
        self.on = False
        self._show()

    def swap(self) -> None:
        self._set(self._state.swapped())

    def pick(self, key: int) -> None:
        self._set(self._state.picked(key))

    def wipe_left(self) -> None:
        self._wipe(self._state.wipe - 0.02)

    def wipe_right(self) -> None:
        self._wipe(self._state.wipe + 0.02)

    # --- within ---

    def _wipe(self, part: float) -> None:
        self._set(self._state.wiped(part))

    def _set_mode(self, mode: str) -> None:
        self._set(replace(self._state, mode=mode))

    def _set(self, state: CompareState) -> None:
        if self.on and state != self._state:
            self._state = state
            self._show()

    def _show(self) -> None:
        takes = {take.id: take for take in self._current.takes}
        chips = {one: _compared(take, self._current) for one, take in takes.items()}
        lists = None
        if self.on and self._state.a in takes and self._state.b in takes:
            lists = (self._list(takes[self._state.a]), self._list(takes[self._state.b]))
        self._viewer.show_compare(self._state, chips, lists)

    def _list(self, take: TakeCard) -> PlayList:
        return self._playing.of_shot(self._current.card, take, None).sequence


def _compared(take: TakeCard, current: CurrentShot) -> Compared:
    chosen = current.card is not None and current.card.chosen_take == take.id
    return Compared(take.name, take.poster, chosen, bool(take.out_of_date))
