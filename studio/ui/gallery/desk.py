"""Connects the reference gallery with the film: what it shows, and what its keys, menu, drops and pastes wish for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from model_runtime.mentions import name_key
from studio.project import gallery_queries, queries
from studio.project.changes import Changes
from studio.project.gallery_cards import MentionProblem, SubjectCard, ViewCard
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.gallery.dock import Gallery
from studio.ui.gallery.menus import add_view_entries, entry, new_menu
from studio.ui.gallery.pages import SubjectPages
from studio.ui.gallery.rows import GroupRow, change_of
from studio.ui.parts.held_files import PICTURES, dropped_paths
from studio.ui.parts.times import ordinal
from studio.ui.sent_pictures import DROPPED, SENT, Tile
from studio.ui.wishes.door import Door
from studio.ui.wishes.subjects import SubjectWishes

SHOWS = frozenset(("subject", "subject_view", "reference", "wardrobe_change", "wardrobe_exception"))
SHOWS_SOON = frozenset(("film", "scene", "shot", "event", "cut"))
"""Of these only the numbers of shots and the days of scenes are shown: they wait until edits pause."""
SOON_MS = 200
NAMED_IN = frozenset(("subject", "subject_view", "shot", "prompt_expansion", "film"))
"""Kinds of changes after which other names may be odd."""
QUIET_MS = 700
"""So long after the last edit names are looked through: nobody types or holds a key then."""


class GalleryDesk(QObject):
    def __init__(
        self, door: Door, watch: FilmWatch, current: CurrentShot, wishes: SubjectWishes, pages: SubjectPages,
        gallery: Gallery, over: QWidget, sent: Callable[[], Sequence[Tile]],
    ) -> None:  # fmt: skip
        """`sent`: the pictures of the current shot, those that are sent and those that are not."""
        super().__init__()
        self._sent = sent
        self._door, self._current, self._wishes, self._pages = door, current, wishes, pages
        self._gallery, self._over = gallery, over
        self._awaited = ""
        """The key of a name that is to be chosen when its subject is there."""
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._look_through_names)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._show_subjects)
        self.problems: tuple[MentionProblem, ...] = ()
        watch.changed_last.connect(self._changed)
        wishes.made.connect(self._await)
        self._connect()

    def show_all(self) -> None:
        self._show_subjects()
        self._quiet.start()

    def close(self) -> None:
        """The window goes."""
        self._quiet.stop()
        self._soon.stop()
        self._gallery.hide_popups()

    def _show_subjects(self) -> None:
        cards = self._door.ask(gallery_queries.subject_cards)
        self._gallery.show_subjects(cards)
        self._pages.show_subjects(cards)
        made = next((card for card in cards if name_key(card.name) == self._awaited), None)
        if made is not None:
            self._awaited = ""
            self._gallery.select(made.id)

    def _await(self, name: str) -> None:
        self._awaited = name_key(name)

    def _changed(self, changes: Changes) -> None:
        if not SHOWS.isdisjoint(changes.touched):
            self._soon.stop()
            self._show_subjects()
        elif not SHOWS_SOON.isdisjoint(changes.touched):
            self._soon.start()
        if not NAMED_IN.isdisjoint(changes.touched):
            self._quiet.start()

    def _look_through_names(self) -> None:
        self.problems = self._door.ask(gallery_queries.mention_problems)
        self._gallery.show_problems(self.problems)

    # --- wishes of the panel ---

    def _connect(self) -> None:
        gallery, view = self._gallery, self._gallery.view
        gallery.add_requested.connect(self._pages.new_subject)
        gallery.pictures_requested.connect(self.pick_pictures)
        gallery.sent_words = self._sent_words
        gallery.names_requested.connect(self.show_names)
        view.opened.connect(self._pages.open_subject)
        view.rename_requested.connect(self._rename)
        view.remove_view_requested.connect(self._wishes.remove_view)
        view.view_moved_requested.connect(self._wishes.place_view)
        view.files_dropped.connect(self._drop)
        view.files_dropped_new.connect(self._drop_new)
        view.paste_requested.connect(self.paste)
        view.menu_requested.connect(self._open_menu)

    def _rename(self, subject: str, name: str) -> None:
        error = self._wishes.rename(subject, name)
        if error is None:
            self._gallery.view.renamed()
        else:
            self._gallery.view.refuse_name(f"{error.sentence} {error.hint}".strip())

    def _drop(self, subject: str, change: str | None, paths: Sequence[Path]) -> None:
        self._wishes.add_pictures(subject, paths, change)

    def _drop_new(self, kind: str, paths: Sequence[Path]) -> None:
        self._pages.new_subject(kind, paths)

    # --- called by actions ---

    def pick_pictures(self) -> None:
        """For the subject chosen in the gallery; where none is, for a new one."""
        files, _chosen = QFileDialog.getOpenFileNames(self._over, "Add pictures", "", PICTURES)
        paths = [Path(file) for file in files]
        card = self._gallery.view.current_subject()
        if paths and card is not None:
            self._drop(card.id, change_of(self._gallery.view.current_row()), paths)
        elif paths:
            self._drop_new("", paths)

    def paste(self) -> None:
        """Files or a picture from the clipboard: for the subject chosen in the gallery, else for a new one."""
        data = QGuiApplication.clipboard().mimeData()
        paths, image = dropped_paths(data), QGuiApplication.clipboard().image()
        card, row = self._gallery.view.current_subject(), self._gallery.view.current_row()
        if not self._door.project.writable:
            self._door.noted.emit("The film is open for looking only.")
        elif not paths and image.isNull():
            self._door.noted.emit("There is no picture on the clipboard.")
        elif paths and card is not None:
            self._drop(card.id, change_of(row), paths)
        elif paths:
            self._drop_new(row.kind if isinstance(row, GroupRow) else "", paths)
        elif card is not None:
            self._wishes.paste(image, card.id, change_of(row))
        else:
            self._pages.new_subject(row.kind if isinstance(row, GroupRow) else "", pasted=image)

    def likely(self) -> list[str]:
        """Whose picture a frame of the current shot may be: the subject chosen here, then those in the shot."""
        card, shot = self._gallery.view.current_subject(), self._current.card
        cast = self._door.ask(queries.shot_cast, shot.id)[1] if shot is not None else ()
        return list(dict.fromkeys([*([card.id] if card is not None else []), *(one.id for one in cast)]))

    def _sent_words(self, view: ViewCard) -> str:
        """Whether the current shot sends a view, and in which place."""
        shot = self._current.card
        tile = next((one for one in self._sent() if one.id == view.id), None)
        if shot is None or tile is None:
            return ""
        if tile.state == DROPPED:
            return f"Not sent in {shot.number}: {tile.reason}"
        return f"Sent {ordinal(tile.number)} in {shot.number}" if tile.state == SENT else ""

    def find(self) -> None:
        self._gallery.open_search()

    def show_names(self) -> None:
        """What is odd about names now: asked anew, because the last edit may be younger than the list."""
        self._look_through_names()
        self._pages.show_problems(self.problems)

    # --- its menu ---

    def _open_menu(self, point: QPoint) -> None:
        card, view = self._gallery.view.current_subject(), self._gallery.view.current_view()
        if card is None:
            return
        menu = new_menu(self._over, f"What can be done with {card.name}")
        entry(menu, f"Open {card.name}", partial(self._pages.open_subject, card.id, view.id if view else ""), "Enter")
        self._pages.add_continuity(menu, card.id)
        if self._door.project.writable:
            menu.addSeparator()
            if view is not None:
                add_view_entries(menu, self._wishes, card, view, self._pages.cut_out, self._pages.give_view)
                menu.addSeparator()
            self._add_subject_entries(menu, card)
        menu.popup(point)

    def _add_subject_entries(self, menu: QMenu, card: SubjectCard) -> None:
        shot = self._current.card
        entry(menu, "Rename", self._gallery.view.begin_rename, "F2")
        entry(menu, "Add pictures…", self.pick_pictures)
        entry(menu, "Paste picture", self.paste, "Ctrl+V")
        if shot is not None:
            entry(menu, f"Put in shot {shot.number}", partial(self._wishes.put_in_shot, card.id, shot.id))
        menu.addSeparator()
        entry(menu, f"Remove {card.name} from the film", partial(self._wishes.remove_subject, card.id))
