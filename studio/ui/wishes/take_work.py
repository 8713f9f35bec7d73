"""Wishes that make something out of a take: run it again, extend it, redo a range, take a frame out of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.continuity.joins import Join
from studio.errors import Refused, StudioError
from studio.generation.wish import Wish, Work
from studio.interchange.grab import grab_frame
from studio.project import queries
from studio.project.cards import TakeCard
from studio.project.commands import panel as panels
from studio.project.media import Imported
from studio.ui.background import Background
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.wishes.door import Door

Playhead = Callable[[], tuple[Path, int] | None]
"""The movie and the take_frame now on the viewer's screen; None where no movie is."""


class TakeWork(QObject):
    noted = Signal(str)
    """a sentence in passing: what was made, and where it is now"""

    def __init__(
        self, door: Door, current: CurrentShot, drawing: Drawing, background: Background, playhead: Playhead
    ) -> None:
        super().__init__()
        self._door, self._current, self._drawing = door, current, drawing
        self._background, self._playhead = background, playhead
        self._grabbed: list[Path] = []
        """Folders of frames that were grabbed; they go when the window does, because an import may still read one."""

    def close(self) -> None:
        for folder in self._grabbed:
            shutil.rmtree(folder, ignore_errors=True)

    # --- new jobs ---

    def run_again(self, take: str) -> None:
        self._drawing.run_again(take)

    def run_again_current(self) -> None:
        if (take := self._current.take) is not None:
            self.run_again(take.id)

    def work_on(self, take: TakeCard, work: Work) -> StudioError | None:
        """Submit a job that works on a take; what comes back says why it cannot be."""
        return self._drawing.submit_or_refusal(take.shot, Wish("clip", self._drawing.engine, work=work))

    def again_from(self, join: Join) -> None:
        """A new take of the second shot of a join, given the last picture of the first to begin with."""
        last, shot = join.last, join.first.event.shot
        source = last.piece.source
        if source is None:
            return
        if last.piece.still:
            self._submit_from(shot, source.stem, ())
            return
        work = partial(self._door.project.media.stage_frame, source.name, last.piece.take_frame(last.event_frame))
        self._background.run(work, partial(self._submit_staged, shot), self._door.refused.emit)

    def _submit_staged(self, shot: str, picture: Imported) -> None:
        self._submit_from(shot, picture.hash, ((picture, "first_frame"),))

    def _submit_from(self, shot: str, picture: str, staged: tuple[tuple[Imported, str], ...]) -> None:
        wish = Wish("clip", self._drawing.engine, first_frame=picture, imported=staged)
        refusal = self._drawing.submit_or_refusal(shot, wish)
        if refusal is not None:
            self._door.refused.emit(refusal)

    # --- frames ---

    def use_as_next_first_frame(self) -> None:
        """The last frame of the take becomes the chosen panel of the next shot, which its motion begins with."""
        take, following = self._current.take, self._next_shot()
        if take is None or following is None:
            self._refuse("There is no shot after this one in the cut.", "Add a shot first: N on the board.")
            return
        frame = max(0, take.frames - take.tail - 1)
        self._grab(take.id, take.media, frame, following, first=True)

    def use_as_panel(self) -> None:
        """The frame under the playhead becomes a panel of the current shot."""
        take = self._current.take
        at = self._playhead()
        if take is None or at is None or at[0] != take.media:
            self._refuse("There is no frame of a take on screen.", "Look at a take of the shot first.")
            return
        self._grab(take.id, take.media, at[1], take.shot, first=False)

    def grab_frame(self, keep: Callable[[Path], None]) -> None:
        """The frame on screen as a picture file, handed to `keep`; it is there until the window goes."""
        at = self._playhead()
        if at is None:
            self._refuse("There is no frame of a take on screen.", "Play or look at a take first.")
            return

        def grabbed(file: Path) -> None:
            self._grabbed.append(file.parent)
            keep(file)

        self._background.run(partial(_to_file, *at), grabbed, self._door.refused.emit)

    def _grab(self, take: str, movie: Path, frame: int, shot: str, *, first: bool) -> None:
        """The frame becomes a panel of `shot`; with `first` the chosen one."""
        work = partial(self._door.project.media.stage_frame, movie.name, frame)
        then = partial(self._keep_panel, shot, take, frame, first)
        self._background.run(work, then, self._door.refused.emit)

    def _keep_panel(self, shot: str, take: str, frame: int, first: bool, imported: Imported) -> None:
        made = self._door.run_keeping([imported], panels.pick_frame, shot, imported, take, frame, choose=first)
        if made is not None:
            number = self._door.ask(queries.shot_card, shot).number
            begins = f"{number} begins with the last frame of this take now."
            self.noted.emit(begins if first else f"The frame is a panel of {number} now.")

    def _next_shot(self) -> str | None:
        """The shot after the current one in the cut."""
        order = list(dict.fromkeys(event.shot for event in self._door.ask(queries.event_cards)))
        current = self._current.card.id if self._current.card else ""
        return order[order.index(current) + 1] if current in order[:-1] else None

    def _refuse(self, sentence: str, hint: str) -> None:
        self._door.refused.emit(Refused(sentence, hint))


def _to_file(movie: Path, frame: int) -> Path:
    place = Path(tempfile.mkdtemp(prefix="shotwright-frame-"))
    return grab_frame(movie, frame, place / f"{movie.stem[:12]}-{frame}.png")
