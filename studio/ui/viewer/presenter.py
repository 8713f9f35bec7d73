"""From a frame of the sequence to what is on the screen: asks for its pictures, waits, tells when they are up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from studio.ui.viewer.compare import AB, SIDE, WIPE, CompareState
from studio.ui.viewer.frame_store import FrameStore
from studio.ui.viewer.panes import Card, OnScreen, Pane, Picture
from studio.ui.viewer.plate import Plate
from studio.ui.viewer.screen import Screen
from studio.ui.viewer.sequence import PlayList, Shown, Wanted

AHEAD = 16
"""Frames decoded ahead of the one on screen."""
CLEAR_AFTER_MS = 150
"""The picture before stays this long while the first of another sequence is decoded: less and it would flicker."""
CLOSEST = 4
"""Times a picture is decoded larger at most, so that a framing that goes close stays sharp."""


@dataclass(frozen=True)
class Side:
    """One of two pictures beside each other that do not follow the playhead."""

    shown: Shown | None
    title: str
    what: str
    detail: str = ""
    active: bool = False


class Presenter(QObject):
    up = Signal(int)
    """The frame of the sequence whose picture is now really on screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.store = FrameStore(self)
        self.store.ready.connect(self._arrived)
        self.store.unreadable.connect(lambda wanted, _sentence: self._arrived(wanted))
        self._screen = screen
        self._list = PlayList()
        self._compared: tuple[PlayList, PlayList] | None = None
        self._names = ("", "")
        self._compare = CompareState()
        self._before: Shown | None = None
        self._sides: tuple[Side, Side] | None = None
        self._foot = self._nothing = ""
        self._frame, self._step = 0, 1
        self._onion = False
        self._waiting: set[Wanted] = set()
        self._clear_late = QTimer(self, singleShot=True, interval=CLEAR_AFTER_MS)
        self._clear_late.timeout.connect(self._clear_if_waiting)

    @property
    def settled(self) -> bool:
        """Whether the picture on screen is that of the playhead's frame."""
        return not self._waiting

    def close(self) -> None:
        self._clear_late.stop()
        for told in (self.store.ready, self.store.unreadable):
            told.disconnect()  # a picture may be on its way to a viewer that is gone by then
        self.store.close()

    # --- what is shown ---

    def show_on(self, screen: Screen) -> None:
        """Another surface, such as the one of a screening, shows the pictures from now on."""
        self._screen = screen
        self.again()

    def show_sequence(self, sequence: PlayList, before: Shown | None, foot: str, nothing: str, *, other: bool) -> None:
        """`before` is the last picture before it; `foot` stands on a card, `nothing` where nothing is played.

        With `other` its pictures are not those on screen, which must not stay there for long.
        """
        self._list, self._before, self._foot, self._nothing = sequence, before, foot, nothing
        self.store.forget()
        if other:
            self._clear_late.start()

    def show_compared(
        self, lists: tuple[PlayList, PlayList] | None, names: tuple[str, str], state: CompareState
    ) -> None:
        """Two takes locked frame by frame in place of the sequence; None ends it."""
        self._compared, self._names, self._compare = lists, names, state

    def show_sides(self, sides: tuple[Side, Side] | None) -> None:
        """Two pictures beside each other in place of everything; None ends it."""
        self._sides = sides
        self.again()

    def show_onion(self, on: bool) -> None:
        self._onion = on
        self.again()

    def show(self, frame: int, step: int = 1) -> None:
        """The picture of a frame; `step` is the way the next ones lie."""
        self._frame, self._step = frame, step
        self.again()

    def again(self) -> None:
        wanted = self._needed()
        size = self._size()
        self.store.want([*wanted, *self._ahead()], size, max(1, len(wanted)))
        pictures = {one: self.store.image(one, size) for one in wanted}
        self._waiting = {one for one, image in pictures.items() if image is None}
        if self._waiting:
            return
        self._screen.show_pictures(self._composed(size))
        if self._list.frames and self._sides is None:
            self.up.emit(self._frame)

    # --- which pictures ---

    def _shown_now(self) -> list[Shown | None]:
        """What stands on the screen, the one looked at first."""
        if self._sides is not None:
            return [side.shown for side in self._sides]
        if self._compared is not None:
            first, second = (one.shown(self._frame) for one in self._compared)
            if self._compare.mode == AB:
                return [second, first] if self._compare.shows_b else [first, second]
            return [first, second]
        return [self._list.shown(self._frame), self._under()]

    def _under(self) -> Shown | None:
        """The last picture of the shot before, while the onion skin is on."""
        if not self._onion:
            return None
        stretch = self._list.at(self._frame)
        if stretch is None or stretch.start == 0:
            return self._before
        return self._list.shown(stretch.start - 1)

    def _needed(self) -> list[Wanted]:
        wanted = [one.wanted for one in self._shown_now() if one is not None]
        return list(dict.fromkeys(one for one in wanted if one is not None))

    def _ahead(self) -> list[Wanted]:
        if self._sides is not None:
            return []
        if self._compared is None:
            return self._list.ahead(self._frame, self._step, AHEAD)
        both = [one.ahead(self._frame, self._step, AHEAD) for one in self._compared]
        return [one for pair in zip(*both, strict=False) for one in pair]

    def _size(self) -> QSize:
        """Larger where the framing shows a part only, in steps, so that a slow move is not decoded anew each frame."""
        widths = [one.frame.framing[2] for one in self._shown_now() if one is not None and one.frame.framing]
        closer, narrowest = 1, min(widths, default=1.0)
        while closer < CLOSEST and narrowest * closer < 0.99:
            closer *= 2
        return self._screen.decode_size() * closer

    # --- putting it on the screen ---

    def _composed(self, size: QSize) -> OnScreen:
        shown = self._shown_now()
        pictures = [self._picture(one, size) if one is not None else None for one in shown]
        if self._sides is not None:
            first, second = (
                Pane(picture, side.title, side.what, side.detail, side.active)
                for side, picture in zip(self._sides, pictures, strict=True)
            )
            return OnScreen(panes=(first, second))
        if self._compared is not None:
            return self._composed_compare(pictures)
        under = pictures[1]
        onion = under if isinstance(under, Plate) and isinstance(pictures[0], Plate) else None
        return OnScreen(pictures[0], self._nothing, onion)

    def _composed_compare(self, pictures: Sequence[Picture | None]) -> OnScreen:
        if self._compare.mode == SIDE:
            first, second = (
                Pane(picture, letter, name) for letter, picture, name in zip("AB", pictures, self._names, strict=True)
            )
            return OnScreen(panes=(first, second))
        if self._compare.mode == WIPE:
            return OnScreen(pictures[0], self._nothing, other=pictures[1])
        return OnScreen(pictures[0], self._nothing, side="B" if self._compare.shows_b else "A")

    def _picture(self, shown: Shown, size: QSize) -> Picture:
        wanted = shown.wanted
        if wanted is None:
            return Card(shown.words, "" if self._screen.bare else self._foot)
        image = self.store.image(wanted, size)
        if image is None or image.isNull():
            return Card(shown.words, self.store.why(wanted), "Missing file")
        return Plate(image, shown.frame)

    def _arrived(self, wanted: Wanted) -> None:
        if wanted in self._waiting:
            self.again()

    def _clear_if_waiting(self) -> None:
        """A picture of the shot shown before must not stand under the name of another."""
        if self._waiting:
            self._screen.show_pictures(OnScreen())
