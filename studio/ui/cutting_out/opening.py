"""Opens the sheet on a view of a subject, a file or a frame of a take, and puts what was cut into the film."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.errors import NotFound, Refused, StudioError
from studio.project import gallery_queries
from studio.project.commands.cut_out import cut_name
from studio.project.gallery_cards import ViewCard
from studio.project.media import Imported
from studio.ui.background import Background
from studio.ui.cutting_out import work
from studio.ui.cutting_out.cut_out import CutOut
from studio.ui.cutting_out.sheet import CutOutSheet
from studio.ui.cutting_out.source import NEW, CutSource, Use
from studio.ui.parts.held_files import PICTURES
from studio.ui.theme import Look
from studio.ui.wishes.cut_outs import CutOutWishes
from studio.ui.wishes.door import Door

OnScreen = Callable[[], tuple[Path, int] | None]
"""The movie and the take_frame now on the viewer's screen; None where no movie is."""


class CuttingOut(QObject):
    """What the sheet cannot tell, because it is not open, is told through the door."""

    def __init__(
        self, look: Look, over: QWidget, door: Door, background: Background, wishes: CutOutWishes, on_screen: OnScreen,
        likely: Callable[[], list[str]],
    ) -> None:  # fmt: skip
        """`likely`: ids of subjects a frame or file may show, the likeliest first."""
        super().__init__()
        self._look, self._over, self._door = look, over, door
        self._background, self._wishes = background, wishes
        self._on_screen, self._likely = on_screen, likely
        self._sheet: CutOutSheet | None = None

    def close(self) -> None:
        """Before the workers are waited for; a sheet that is open goes with the window."""
        self._sheet = None
        self._wishes.media.drop_staged()

    # --- called by actions ---

    def cut_from_frame(self) -> None:
        """The frame on the viewer's screen."""
        at = self._on_screen()
        if at is None:
            self._door.refused.emit(
                Refused("There is no frame of a take on screen.", "Play or look at a take first."))
            return
        self.open_frame(*at, f"frame {at[1]}", self._likeliest())

    def cut_from_file(self) -> None:
        file, _chosen = QFileDialog.getOpenFileName(self._over, "Cut out of a picture", "", PICTURES)
        if file:
            self.open_file(Path(file), self._likeliest())

    def _likeliest(self) -> str:
        return next(iter(self._likely()), NEW)

    # --- called by panels ---

    def open_view(self, view: str) -> None:
        """A picture of a subject, by the id of its view: the cut becomes one more view of it."""
        card = self._view(view)
        if card is None:
            self._door.refused.emit(NotFound("That picture is no longer in the film.", "Choose another one."))
            return
        name = card.original_name or "a picture"
        self._open(CutSource(name, card.picture, card.hash, None, card.subject, card.wardrobe))

    def open_file(self, file: Path, subject: str = NEW, title: str = "") -> None:
        """A foreign picture: it is read beside the window, and comes into the film with what is cut out of it.
        `title`: what it is called where its file's name says nothing."""
        read = partial(self._wishes.media.stage_picture, file)
        self._stage(read, title or file.name, subject)

    def open_frame(self, movie: Path, take_frame: int, title: str, subject: str = NEW) -> None:
        """A frame of a take, or of any movie in media/."""
        read = partial(self._wishes.media.stage_frame, movie.name, take_frame)
        self._stage(read, title, subject)

    # --- opening ---

    def _stage(self, read: partial[Imported], title: str, subject: str) -> None:
        if self._is_writable():
            self._background.run(read, partial(self._open_staged, title, subject), self._door.refused.emit)

    def _open_staged(self, title: str, subject: str, came: Imported) -> None:
        self._open(CutSource(title, self._wishes.media.lies(came.name), came.hash, came, subject))

    def _open(self, source: CutSource) -> None:
        if self._sheet is not None or not self._is_writable():
            self._drop(source.came)
            return
        subjects = [(one.id, one.name) for one in self._door.ask(gallery_queries.subject_cards)]
        self._sheet = sheet = CutOutSheet(self._look, self._over, self._background, source, subjects)
        sheet.keep_requested.connect(partial(self._write, source))
        sheet.closed.connect(partial(self._closed, source))
        sheet.open()

    def _closed(self, source: CutSource) -> None:
        self._sheet = None
        self._drop(source.came)

    def _drop(self, staged: Imported | None) -> None:
        """Only this one: another picture may be on its way to the next sheet."""
        if staged is not None:
            self._wishes.media.drop_staged([staged])

    def _is_writable(self) -> bool:
        if not self._door.project.writable:
            self._door.refused.emit(Refused("The film is open for looking only.", "Open it where it can be written."))
        return self._door.project.writable

    def _view(self, view: str) -> ViewCard | None:
        cards = self._door.ask(gallery_queries.subject_cards)
        return next((one for card in cards for one in card.views if one.id == view), None)

    # --- keeping ---

    def _write(self, source: CutSource, cut_out: CutOut, found: work.Found | None, use: Use) -> None:
        sheet = self._sheet

        def cut() -> Imported:
            return self._wishes.media.stage_made(work.cut_png(source.path, cut_out, found), cut_name(source.title))

        def failed(error: StudioError) -> None:
            if sheet is self._sheet and sheet is not None:
                sheet.show_writing(False)
                sheet.refuse(error)

        def written(made: Imported) -> None:
            if sheet is not self._sheet or sheet is None:
                self._drop(made)
                return
            try:
                self._keep(source, made, use)
            except StudioError as error:
                self._drop(made)
                failed(error)
            else:
                sheet.close_sheet()

        self._background.run(cut, written, failed)

    def _keep(self, source: CutSource, made: Imported, use: Use) -> None:
        if use.subject == NEW:
            self._wishes.add_subject(use.name, use.kind, made, source.hash, source.came, use.view)
            return
        wardrobe = source.wardrobe if use.subject == source.subject else None
        self._wishes.add_view(use.subject, made, source.hash, source.came, use.view, wardrobe)
