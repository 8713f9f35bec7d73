"""Connects the continuity panel with the film: what meets in the scene, compared one by one while it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from studio.continuity import joins, seeing
from studio.continuity.joins import Appearance, Join
from studio.errors import NotFound, StudioError
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.changes import Changes
from studio.ui.background import Background
from studio.ui.continuity.dock import CUTS, SUBJECT, ContinuityPanel
from studio.ui.continuity.rows import LampShown, Row
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.wishes.door import Door
from studio.ui.wishes.grading import Grading
from studio.ui.wishes.take_work import TakeWork

SHOWS = ("event", "take", "panel", "shot", "scene", "cut", "subject", "film")
RESTS_MS = 120
"""Asked for once the selection rests: a key held on the board compares nothing on the way."""
KEPT = 100
"""Comparisons kept; the ones unused longest go first."""
SHOWN_HIGH = 144
WAITS = "Comparing…"


@dataclass(frozen=True)
class Looked:
    """What comparing left: for each row its pictures and its lamps."""

    pictures: tuple[tuple[QImage, ...], ...]
    lamps: tuple[tuple[LampShown, ...], ...]


class ContinuityDesk(QObject):
    shot_requested = Signal(str)
    """shot id: the row of a subject was opened"""
    frame_requested = Signal(int)
    """film_frame: the cut of a row was opened"""

    def __init__(
        self, door: Door, watch: FilmWatch, current: CurrentShot, background: Background, grading: Grading,
        take_work: TakeWork, panel: ContinuityPanel,
    ) -> None:  # fmt: skip
        super().__init__()
        self._door, self._watch, self._current = door, watch, current
        self._background, self._grading, self._take_work, self._panel = background, grading, take_work, panel
        self._joins: tuple[Join, ...] = ()
        self._appearances: tuple[Appearance, ...] = ()
        self._subject = ""
        self._chosen_for = ""
        """The shot whose cut was chosen last."""
        self._known: OrderedDict[object, Looked | StudioError] = OrderedDict()
        self._busy: object | None = None
        self._late = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._late.timeout.connect(self._read)
        watch.changed_last.connect(self._changed)
        watch.film_changed.connect(self._film_changed)
        current.changed.connect(self._soon)
        panel.shown.connect(self._soon)
        panel.page_shown.connect(lambda _page: self._read())
        panel.subject_chosen.connect(self.show_subject)
        panel.row_opened.connect(self._open)
        panel.match_requested.connect(lambda key: self._on_join(key, self._match))
        panel.ungrade_requested.connect(lambda key: self._on_join(key, grading.take_off))
        panel.again_requested.connect(lambda key: self._on_join(key, take_work.again_from))
        self._film_changed(watch.film)

    # --- called by others ---

    def show_subject(self, subject: str) -> None:
        """The page of one subject."""
        self._subject = subject
        self._panel.show_page(SUBJECT)
        self._read()

    def match_current(self) -> None:
        """The chosen cut while the keyboard is on the cuts; elsewhere the current shot is made like the one before it
        in its scene. Called by an action."""
        if self._panel.page == CUTS and self._panel.cuts.hasFocus() and (key := self._panel.cuts.chosen()) is not None:
            self._on_join(key, self._match)
            return
        shot = self._current.card
        found = self._door.ask(joins.joins, shot.scene) if shot is not None else ()
        join = next((one for one in found if shot is not None and one.first.event.shot == shot.id), None)
        if join is None:
            self._door.refused.emit(NotFound("No shot of this scene stands before this one in the cut with a picture.",
                                             "Choose a shot that follows another."))
            return
        self._match(join)

    def close(self) -> None:
        self._late.stop()

    # --- what is asked for ---

    @property
    def _aspect(self) -> float:
        return self._watch.film.picture_aspect

    def _film_changed(self, film: FilmCard) -> None:
        self._panel.show_aspect(film.picture_aspect)

    def _changed(self, changes: Changes) -> None:
        if any(changes[kind] for kind in SHOWS):
            self._soon()

    def _soon(self) -> None:
        if self._panel.isVisible():
            self._late.start()

    def _read(self) -> None:
        if self._panel.page == CUTS:
            card = self._current.card
            self._joins = self._door.ask(joins.joins, card.scene) if card is not None else ()
        else:
            self._read_subject()
        self._show()
        self._compare_next()

    def _read_subject(self) -> None:
        names = {one.id: one.name for one in self._door.ask(queries.subject_cards) if one.shots}
        if self._subject not in names:
            self._subject = next(iter(names), "")
        self._panel.show_subjects(names, self._subject)
        self._appearances = self._door.ask(joins.appearances, self._subject) if self._subject else ()

    # --- comparing, one after the other ---

    def _compare_next(self) -> None:
        if self._busy is not None:
            return
        if self._panel.page == CUTS:
            join = next((one for one in self._in_order() if self._key(one) not in self._known), None)
            if join is not None:
                self._run(self._key(join), partial(_looked_at, join, self._aspect))
        elif self._appearances and self._seen_key not in self._known:
            self._run(self._seen_key, partial(_all_looked_at, self._appearances, self._aspect))

    def _run(self, key: object, work: Callable[[], Looked]) -> None:
        self._busy = key
        self._background.run(work, partial(self._compared, key), partial(self._compared, key))

    def _compared(self, key: object, result: Looked | StudioError) -> None:
        self._busy = None
        self._known[key] = result
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if self._panel.isVisible():
            self._show()
            self._compare_next()

    def _in_order(self) -> Sequence[Join]:
        """The joins of the current shot before the others of its scene."""
        shot = self._current.card.id if self._current.card else ""
        return sorted(self._joins, key=lambda one: shot not in (one.last.event.shot, one.first.event.shot))

    def _key(self, join: Join) -> object:
        return join.key, self._aspect

    @property
    def _seen_key(self) -> object:
        return tuple((one.moment.key, one.standing) for one in self._appearances), self._aspect

    # --- showing ---

    def _show(self) -> None:
        if self._panel.page == CUTS:
            self._show_cuts()
        else:
            self._show_seen()

    def _show_cuts(self) -> None:
        rows = [self._join_row(join) for join in self._joins]
        may = {_place_of(join): self._may(join) for join in self._joins}
        nothing = ("In this scene no two shots with pictures meet yet." if self._current.card
                   else "Choose a shot on the board to see the cuts of its scene.")
        self._panel.show_cuts(rows, may, nothing)
        self._choose_current()

    def _choose_current(self) -> None:
        """Another shot is looked at: the cut to it, or else the cut from it, is the one that is mended."""
        shot = self._current.card.id if self._current.card else ""
        if shot == self._chosen_for:
            return
        met = [one for one in self._joins if shot == one.first.event.shot]
        met += [one for one in self._joins if shot == one.last.event.shot]
        if met:
            self._chosen_for = shot
            self._panel.cuts.choose(_place_of(met[0]))

    def _join_row(self, join: Join) -> Row:
        graded = "graded" if join.first.event.grade is not None else ""
        row = partial(Row, _place_of(join), join.numbers, graded)
        known = self._known.get(self._key(join))
        if isinstance(known, Looked):
            return row(known.pictures[0], known.lamps[0])
        return row(waits=WAITS if known is None else known.sentence)

    def _may(self, join: Join) -> frozenset[str]:
        if not isinstance(self._known.get(self._key(join)), Looked):
            return frozenset()
        graded = {"ungrade"} if join.first.event.grade is not None else set[str]()
        return frozenset({"match", "again"} | graded)

    def _show_seen(self) -> None:
        known = self._known.get(self._seen_key)
        rows = []
        for place, one in enumerate(self._appearances):
            row = partial(Row, one.moment.event.shot, one.moment.event.shot_number, ", ".join(one.worn), wants=1)
            if isinstance(known, Looked):
                rows.append(row(pictures=known.pictures[place], lamps=known.lamps[place]))
            else:
                rows.append(row(waits=WAITS if known is None else known.sentence))
        nothing = "No shot with a picture shows it yet." if self._subject else "No subject is in a shot yet."
        self._panel.show_seen(rows, nothing)

    # --- wishes ---

    def _match(self, join: Join) -> None:
        self._grading.match(join, self._aspect)

    def _on_join(self, key: object, wish: Callable[[Join], object]) -> None:
        join = next((one for one in self._joins if _place_of(one) == key), None)
        if join is not None:
            wish(join)

    def _open(self, key: object) -> None:
        if self._panel.page == SUBJECT:
            self.shot_requested.emit(str(key))
            return
        self._on_join(key, lambda join: self.frame_requested.emit(join.first.event.film_frame))


def _place_of(join: Join) -> object:
    """What a row is known by while its pictures change."""
    return join.last.event.id, join.first.event.id


def _looked_at(join: Join, aspect: float) -> Looked:
    """On a worker."""
    found = seeing.compare(join, aspect)
    lamps = (("Likeness", found.lamps.likeness), ("Colour", found.lamps.colour), ("Exposure", found.lamps.exposure))
    shown = tuple(LampShown(title, lamp.state, lamp.sentence) for title, lamp in lamps)
    return Looked(((_image(found.last), _image(found.first)),), (shown,))


def _all_looked_at(shown: Sequence[Appearance], aspect: float) -> Looked:
    """On a worker."""
    found = seeing.compare_all(shown, aspect)
    lamps = tuple((LampShown("Likeness", one.lamp.state, one.lamp.sentence, _number(one)),) for one in found)
    return Looked(tuple((_image(one.picture),) for one in found), lamps)


def _number(one: seeing.Alike) -> str:
    return "" if one.lamp.state == "unknown" else f"{one.lamp.value:.2f}"


def _image(shown: seeing.Picture) -> QImage:
    high, wide = shown.shape[:2]
    data = shown.tobytes()
    image = QImage(data, wide, high, 3 * wide, QImage.Format.Format_RGB888)
    return image.scaledToHeight(SHOWN_HIGH, Qt.TransformationMode.SmoothTransformation)
