"""The shots of the board as a Qt list: every shot has its row at once, its card is read when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby, islice
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.project.cards import SceneCard, ShotCard
from studio.project.shot_queries import ShotPlace
from studio.project.timing import FrameRate
from studio.ui.live import Live
from studio.ui.parts.times import shot_length
from studio.ui.parts.tips import plain_tip
from studio.ui.states import shot_badge
from studio.ui.storyboard.board.filters import ALL, Tally, is_missing, tags
from studio.ui.storyboard.board.geometry import Group

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[list[str]], Iterable[ShotCard]]

AT_ONCE = 60
"""Cards of an edit that are read before anything else; those of a larger one follow between two turns."""
MOST_AT_ONCE = 2_000
"""Cards asked for in one question."""
AHEAD = 40
"""Cards read together where one is needed that was not read yet."""
SHORT_NUMBER = 3
"""Characters of a number beside which the longest state and the length fit on a card."""


class Role(IntEnum):
    CARD = Qt.ItemDataRole.UserRole
    LIVE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class SceneFacts:
    """What the header over a scene's cards says. `missing` is None until every card was read."""

    shots: int
    omitted: int
    frames: int
    missing: int | None


def same_scene(one: SceneCard | None, other: SceneCard | None) -> bool:
    """Whether two cards are of the same scene as it is told on its shots, whatever number of them it has."""
    if one is None or other is None:
        return one is other
    return replace(one, shots=0, frames=0) == replace(other, shots=0, frames=0)


class ShotList(QAbstractListModel):
    counted = Signal()
    """What the filters would show differs."""

    def __init__(self, rate: FrameRate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rate = rate
        self._read: Read = lambda shots: ()
        self._order: list[ShotPlace] = []
        self._shown: list[ShotPlace] = []
        self._rows: dict[str, int] = {}
        self._cards: dict[str, ShotCard] = {}
        self._due: dict[str, None] = {}
        """Shots whose card was not read yet, or is to be read again, in board order."""
        self._scenes: dict[str, SceneCard] = {}
        self._folded: set[str] = set()
        self._live: dict[str, Live] = {}
        self._jobs: set[str] = set()
        """Shots whose card tells of a job."""
        self._facts: dict[Group, SceneFacts] = {}
        self._groups: list[Group] | None = None
        self._filter = ALL
        self.tally = Tally()

    # --- what is on the board ---

    def read_with(self, read: Read) -> None:
        """How cards are read: all of them are read again from now on."""
        self._read = read
        self.ask_again()

    def show_order(self, scenes: Sequence[SceneCard], order: Sequence[ShotPlace]) -> None:
        """Which shots there are and where. Cards that were read stay; rows are announced only where they differ."""
        before, self._order = self._order, list(order)
        changed = list(self._scenes.values()) != list(scenes)
        self._scenes = {scene.id: scene for scene in scenes}
        if [place.id for place in before] == [place.id for place in order]:
            if changed or before != self._order:
                self._regroup()
            return
        for shot in {place.id for place in before} - {place.id for place in order}:
            self.tally.swap(self._cards.pop(shot, None), None)
            self._jobs.discard(shot)
        self._due = {place.id: None for place in order if place.id in self._due or place.id not in self._cards}
        self._show_rows()
        self.counted.emit()

    def ask_again(self, shots: Iterable[str] | None = None) -> None:
        """The cards of these shots, or of all, are due: what is seen still shows the old ones until they are read."""
        named = None if shots is None else set(shots)
        self._due |= {place.id: None for place in self._order if named is None or place.id in named}

    def read_rows(self, rows: range) -> None:
        """Read what is due among these rows, before they are drawn."""
        due = [place.id for place in self._shown[rows.start : rows.stop] if place.id in self._due]
        if due:
            self.refresh(self._read(due))

    def refresh_seen(self, seen: range, touched: Collection[str]) -> None:
        """Read at once what is due of the rows that are seen and of the shots that were touched."""
        shots = {place.id for place in self._shown[seen.start : seen.stop]} | set(touched)
        due = [shot for shot in shots if shot in self._due]
        if due:
            self.refresh(self._read(due[:AT_ONCE]))

    def read_some(self, most: int) -> bool:
        """Read a few of the cards that are due; whether any is left."""
        due = list(islice(self._due, most))
        if due:
            self.refresh(self._read(due))
            for shot in due:  # whoever is gone by now has no card
                self._due.pop(shot, None)
        return bool(self._due)

    def read_all(self) -> None:
        while self.read_some(MOST_AT_ONCE):
            pass

    def refresh(self, cards: Iterable[ShotCard]) -> None:
        """New cards for shots that are on the board already."""
        differs = retold = False
        for card in cards:
            before = self._cards.get(card.id)
            self._due.pop(card.id, None)
            if card == before:
                continue
            differs = True
            retold |= before is None or tags(before) != tags(card)
            self._keep(before, card)
        if differs:
            self._facts.clear()
            self.counted.emit()
        if retold and self._filter != ALL:
            self._show_rows()

    def show_queue(self, places: Mapping[str, int]) -> None:
        """Where each waiting job stands in line, which changes with every job that ends, for all cards at once."""
        waiting = ((card, places.get(card.job or "", 0)) for card in self.cards_with_job())
        self.refresh([replace(card, queue_place=place) for card, place in waiting if card.queue_place != place])

    def set_live(self, shot: str, live: Live | None) -> None:
        if self._live.get(shot) == live:
            return
        if live is None:
            del self._live[shot]
        else:
            self._live[shot] = live
        if shot in self._rows:
            self._announce(self._rows[shot])

    def show_only(self, name: str) -> None:
        """Only the shots a filter shows have a row; `all` gives every shot its row again."""
        if name == self._filter:
            return
        self._filter = name
        if name != ALL:
            self.read_all()
        self._show_rows()

    @property
    def filter(self) -> str:
        return self._filter

    # --- groups ---

    def fold(self, scenes: Iterable[str], folded: bool) -> None:
        for scene in scenes:
            (self._folded.add if folded else self._folded.discard)(scene)
        self._regroup()

    def is_folded(self, scene: str) -> bool:
        return scene in self._folded

    def groups(self) -> list[Group]:
        """Runs of rows of one scene, in board order; scenes without a shot stand after the scene before them."""
        if self._groups is None:
            self._groups = self._made_groups()
        return self._groups

    def facts(self, group: Group) -> SceneFacts:
        if group not in self._facts:
            self._facts[group] = self._count(group)
        return self._facts[group]

    def scene(self, scene: str) -> SceneCard | None:
        return self._scenes.get(scene)

    def scenes(self) -> list[SceneCard]:
        return list(self._scenes.values())

    def shots_of(self, scene: str) -> list[str]:
        """Every shot of a scene in board order, whether a filter shows it or not."""
        return [place.id for place in self._order if place.scene == scene]

    # --- cards ---

    def card(self, row: int) -> ShotCard:
        """The card of a row; reads it, and some after it, where it was not read yet."""
        shot = self._shown[row].id
        if shot not in self._cards:
            self.read_rows(range(row, row + AHEAD))
        return self._cards[shot]

    def shot(self, row: int) -> str:
        return self._shown[row].id

    def cards(self) -> list[ShotCard]:
        """All of the film's, in board order; reads what was not read yet."""
        self.read_all()
        return [card for place in self._order if (card := self._cards.get(place.id)) is not None]

    def live(self, shot: str) -> Live | None:
        """What runs on the shot now."""
        return self._live.get(shot)

    def known_card(self, shot: str) -> ShotCard | None:
        return self._cards.get(shot)

    @property
    def all_known(self) -> bool:
        """Whether every card was read at least once."""
        return len(self._cards) == len(self._order)

    @property
    def everything(self) -> int:
        """How many shots the film has, whatever the filter shows."""
        return len(self._order)

    @property
    def long_numbers(self) -> bool:
        """Numbers as long as `12_0010` leave no room for state and length beside them."""
        return bool(self._shown) and len(self.card(0).number) > SHORT_NUMBER

    def cards_with_job(self) -> list[ShotCard]:
        return [card for shot in {*self._jobs, *self._live} if (card := self._cards.get(shot)) is not None]

    def row_of(self, shot: str) -> int | None:
        return self._rows.get(shot)

    def has(self, shot: str) -> bool:
        """Whether the film has the shot, shown or not."""
        return shot in self._rows or any(place.id == shot for place in self._order)

    # --- as Qt asks for it ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        card = self.card(index.row())
        if role == Role.CARD:
            return card
        if role == Role.LIVE:
            return self._live.get(card.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return card.number
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(card)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(card.cause) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # --- inside ---

    def _keep(self, before: ShotCard | None, card: ShotCard) -> None:
        self._cards[card.id] = card
        self.tally.swap(before, card)
        (self._jobs.add if card.job else self._jobs.discard)(card.id)
        if before is not None and card.id in self._rows:
            self._announce(self._rows[card.id])

    def _show_rows(self) -> None:
        self.beginResetModel()
        self._shown = [place for place in self._order if self._passes(place.id)]
        self._rows = {place.id: row for row, place in enumerate(self._shown)}
        self._groups = None
        self._facts.clear()
        self.endResetModel()

    def _passes(self, shot: str) -> bool:
        card = self._cards.get(shot)
        return self._filter == ALL or (card is not None and self._filter in tags(card))

    def _regroup(self) -> None:
        """The rows stay; what stands over them, or which are folded away, differs."""
        places = {place.id: place for place in self._order}
        self._shown = [places[place.id] for place in self._shown]
        self._groups = None
        self._facts.clear()
        self.layoutChanged.emit()

    def _made_groups(self) -> list[Group]:
        runs: list[Group] = []
        for scene, places in groupby(self._shown, key=lambda place: place.scene):
            first = runs[-1].first + runs[-1].count if runs else 0
            runs.append(Group(scene, first, sum(1 for _ in places), scene in self._folded))
        if self._filter != ALL:
            return runs
        return self._with_empty_scenes(runs)

    def _with_empty_scenes(self, runs: list[Group]) -> list[Group]:
        shown = {run.scene for run in runs}
        if shown.issuperset(self._scenes):
            return runs
        before = ""
        for scene in self._scenes:
            if scene not in shown:
                place = max((at + 1 for at, run in enumerate(runs) if run.scene == before), default=0)
                first = runs[place].first if place < len(runs) else len(self._shown)
                runs.insert(place, Group(scene, first, 0, scene in self._folded))
            before = scene
        return runs

    def _count(self, group: Group) -> SceneFacts:
        """The cards know better than the places, which are read less often."""
        omitted = frames = missing = unread = 0
        for place in self._shown[group.first : group.first + group.count]:
            card = self._cards.get(place.id)
            unread += card is None
            told = card or place
            omitted += told.omitted
            frames += 0 if told.omitted else told.frames
            missing += card is not None and is_missing(card)
        return SceneFacts(group.count, omitted, frames, None if unread else missing)

    def _spoken(self, card: ShotCard) -> str:
        length = shot_length(card.frames, self.rate)
        return ", ".join(filter(None, (f"Shot {card.number}", shot_badge(card).word, length, card.action)))

    def _announce(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)
