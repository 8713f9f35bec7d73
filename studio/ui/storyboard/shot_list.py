"""The shots of the board as a Qt list over cards; refreshes only the rows whose card differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.project.cards import SceneCard, ShotCard
from studio.project.timing import FrameRate
from studio.ui.live import Live
from studio.ui.parts.times import shot_length
from studio.ui.states import shot_badge
from studio.ui.storyboard.geometry import Group

Index = QModelIndex | QPersistentModelIndex


SHORT_NUMBER = 3
"""Characters of a number beside which the longest state and the length fit on a card."""


class Role(IntEnum):
    CARD = Qt.ItemDataRole.UserRole
    LIVE = Qt.ItemDataRole.UserRole + 1


class ShotList(QAbstractListModel):
    def __init__(self, rate: FrameRate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rate = rate
        self._cards: list[ShotCard] = []
        self._rows: dict[str, int] = {}
        self._scenes: dict[str, SceneCard] = {}
        self._folded: set[str] = set()
        self._live: dict[str, Live] = {}
        self._long_numbers = False

    def show_all(self, scenes: Sequence[SceneCard], cards: Sequence[ShotCard]) -> None:
        """The whole board. The rows stay, and only differing ones are announced, where the order is the same."""
        same = [card.id for card in cards] == [card.id for card in self._cards]
        scenes_same = list(self._scenes.values()) == list(scenes)
        self._scenes = {scene.id: scene for scene in scenes}
        if same and scenes_same:
            self.refresh(cards)
            return
        self.beginResetModel()
        self._cards = list(cards)
        self._rows = {card.id: row for row, card in enumerate(self._cards)}
        self._long_numbers = any(len(card.number) > SHORT_NUMBER for card in self._cards)
        self.endResetModel()

    def refresh(self, cards: Iterable[ShotCard]) -> None:
        """New cards for shots that are on the board already."""
        for card in cards:
            row = self._rows.get(card.id)
            if row is not None and self._cards[row] != card:
                self._cards[row] = card
                self._announce(row)

    def set_live(self, shot: str, live: Live | None) -> None:
        if self._live.get(shot) == live:
            return
        if live is None:
            del self._live[shot]
        else:
            self._live[shot] = live
        if shot in self._rows:
            self._announce(self._rows[shot])

    def fold(self, scene: str, folded: bool) -> None:
        (self._folded.add if folded else self._folded.discard)(scene)
        self.layoutChanged.emit()

    def groups(self) -> list[Group]:
        """Runs of rows of one scene, in board order; scenes without a shot stand after the scene before them."""
        runs: list[Group] = []
        for row, card in enumerate(self._cards):
            if runs and runs[-1].scene == card.scene:
                runs[-1] = Group(card.scene, runs[-1].first, runs[-1].count + 1, runs[-1].folded)
            else:
                runs.append(Group(card.scene, row, 1, card.scene in self._folded))
        return self._with_empty_scenes(runs) or [Group("", 0, 0)]

    def _with_empty_scenes(self, runs: list[Group]) -> list[Group]:
        shown = {run.scene for run in runs}
        before = ""
        for scene in self._scenes:
            if scene not in shown:
                place = max((at + 1 for at, run in enumerate(runs) if run.scene == before), default=0)
                first = runs[place].first if place < len(runs) else len(self._cards)
                runs.insert(place, Group(scene, first, 0))
            before = scene
        return runs

    def scene(self, scene: str) -> SceneCard | None:
        return self._scenes.get(scene)

    def card(self, row: int) -> ShotCard:
        return self._cards[row]

    def cards(self) -> list[ShotCard]:
        return list(self._cards)

    @property
    def long_numbers(self) -> bool:
        """Numbers as long as `12_0010` leave no room for state and length beside them."""
        return self._long_numbers

    def cards_with_job(self) -> list[ShotCard]:
        return [card for card in self._cards if card.job is not None or card.id in self._live]

    def row_of(self, shot: str) -> int | None:
        return self._rows.get(shot)

    def rows_with_picture(self, path: object) -> list[int]:
        return [row for row, card in enumerate(self._cards) if card.picture == path]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Role.CARD:
            return card
        if role == Role.LIVE:
            return self._live.get(card.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return card.number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(card)
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.cause or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _spoken(self, card: ShotCard) -> str:
        length = shot_length(card.frames, self.rate)
        return ", ".join(filter(None, (f"Shot {card.number}", shot_badge(card).word, length, card.action)))

    def _announce(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

