"""The sheets that ask before the cut is changed: names, gain, speed, framing, versions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.errors import BadValue
from studio.project.cut_cards import EventCard
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.film_watch import FilmWatch
from studio.ui.forms import NameSheet
from studio.ui.parts.pictures import read_covering
from studio.ui.storyboard.timeline.reframe import ReframeSheet
from studio.ui.storyboard.timeline.speed import SpeedSheet
from studio.ui.storyboard.timeline.versions import VersionsSheet
from studio.ui.theme import Look
from studio.ui.wishes.cuts import CutWishes
from studio.ui.wishes.events import EventWishes
from studio.ui.wishes.sound import SoundWishes

SOUNDS = "Sound (*.wav *.mp3 *.m4a *.aac *.flac *.ogg *.opus *.aif *.aiff);;All files (*)"


def read_decibels(text: str) -> float:
    """`-6`, `−6 dB`, `+1,5`. Raises BadValue for anything else."""
    clean = text.strip().lower().removesuffix("db").strip().replace("−", "-").replace(",", ".")
    try:
        return float(clean)
    except ValueError:
        raise BadValue(f"{text.strip()[:40]!r} is not a gain.", "Write decibels, such as -6 or +3.") from None


class CutSheets(QObject):
    frame_requested = Signal(int)
    """The playhead's wish: to a difference between two versions."""
    sounds_chosen = Signal(str, int, list)
    """Files for a lane: lane, film_frame, paths."""

    def __init__(
        self, look: Look, over: QWidget, film: FilmWatch, watch: CutWatch, chosen: CutSelection, events: EventWishes,
        sound: SoundWishes, cuts: CutWishes, *, writable: bool,
    ) -> None:  # fmt: skip
        super().__init__(over)
        self._film, self._writable = film, writable
        self._look, self._over, self._watch, self._chosen = look, over, watch, chosen
        self._events, self._sound, self._cuts = events, sound, cuts

    # --- called by actions ---

    def split_at_playhead(self) -> None:
        """The selected clip where there is one, else the event under the playhead."""
        if self._chosen.sound is not None:
            self._sound.split_at_playhead()
        else:
            self._events.split_at_playhead()

    def open_speed(self) -> None:
        if (event := self._events.current()) is not None:
            keep = lambda num, den: self._events.retime(event.id, num, den)  # noqa: E731
            SpeedSheet(self._look, self._over, event, self._watch.cut.rate, keep).open()

    def rename_marker(self) -> None:
        if self._chosen.marker is not None:
            self.open_marker(self._chosen.marker)

    def remove_marker(self) -> None:
        if self._chosen.marker is not None:
            self._cuts.remove_marker(self._chosen.marker)

    def rename_sound(self) -> None:
        card = self._watch.cut.sound(self._chosen.sound or "")
        if card is not None and self._events.may_edit():
            self._ask_name("Rename clip", "Name", "Rename", lambda name: self._sound.rename(card.id, name), card.name)

    def open_gain(self) -> None:
        card = self._watch.cut.sound(self._chosen.sound or "")
        if card is not None and self._events.may_edit():
            keep = lambda text: self._sound.set_gain(card.id, read_decibels(text))  # noqa: E731
            self._ask_name(f"Gain of {card.name or 'the clip'}", "Decibels", "Keep gain", keep, f"{card.gain:g}")

    def add_lane(self) -> None:
        if self._events.may_edit():
            self._ask_name("Add lane", "Name", "Add lane", self._sound.add_lane)

    def add_sound(self) -> None:
        """Files from the disk, at the playhead of the first lane: in the order of their names, one after the other."""
        if not self._events.may_edit():
            return
        lanes = self._watch.cut.lanes
        selected = self._watch.cut.sound(self._chosen.sound or "")
        lane = selected.lane if selected is not None else lanes[0].id if lanes else ""
        files, _filter = QFileDialog.getOpenFileNames(self._over, "Add sound", "", SOUNDS)
        if files and lane:
            self.sounds_chosen.emit(lane, self._chosen.film_frame, [Path(file) for file in files])

    def save_cut(self) -> None:
        self._ask_name("Save cut as new version", "Name", "Save and go on", lambda name: self._cuts.save_cut(name))

    def open_reframe(self) -> None:
        if (event := self._events.current()) is not None:
            keep = lambda fields: self._events.edit(event.id, fields)  # noqa: E731
            film = self._film.film
            ReframeSheet(self._look, self._over, event, film.rate, _picture_of(event), QSize(film.width, film.height),
                         keep).open()  # fmt: skip

    def open_versions(self) -> None:
        sheet = VersionsSheet(self._look, self._over, self._watch.cut.rate, self._cuts, self.save_cut,
                              writable=self._writable)  # fmt: skip
        sheet.frame_requested.connect(self.frame_requested)
        sheet.open()

    # --- called by the timeline ---

    def open_marker(self, marker: str) -> None:
        card = self._watch.cut.marker(marker)
        if card is not None and not self._watch.cut.frozen:
            keep = lambda name: self._cuts.rename_marker(marker, name)  # noqa: E731
            self._ask_name("Rename marker", "Name", "Rename", keep, card.name)

    def rename_lane(self, lane: str) -> None:
        card = self._watch.cut.lane(lane)
        if card is not None:
            keep = lambda name: self._sound.edit_lane(lane, {"name": name})  # noqa: E731
            self._ask_name("Rename lane", "Name", "Rename", keep, card.name)

    def open_lane_gain(self, lane: str) -> None:
        card = self._watch.cut.lane(lane)
        if card is not None:
            keep = lambda text: self._sound.edit_lane(lane, {"gain": read_decibels(text)})  # noqa: E731
            self._ask_name(f"Gain of {card.name}", "Decibels", "Keep gain", keep, f"{card.gain:g}")

    def _ask_name(self, title: str, label: str, button: str, keep: Callable[[str], bool], text: str = "") -> None:
        NameSheet(self._look, self._over, title, label, button, keep, text).open()


def _picture_of(event: EventCard) -> QPixmap:
    """The still that stands for the event on the timeline; a null one where there is none."""
    return QPixmap() if event.picture is None else QPixmap.fromImage(read_covering(event.picture, 1280, 720))
