"""What is asked about a film: once, when it is made; later what may still be changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from studio.errors import BadValue, StudioError
from studio.project import naming
from studio.project.cards import FilmCard
from studio.project.movie_facts import MovieFacts, read_movie_facts
from studio.project.timing import LEGAL_RATES, FrameRate
from studio.settings import Settings
from studio.ui.background import Background
from studio.ui.forms import FormSheet
from studio.ui.going import Going
from studio.ui.parts.controls import IconButton, KeyButton, labelled
from studio.ui.parts.fields import ChoiceField
from studio.ui.parts.sheet import paragraph
from studio.ui.theme import Look

ASPECTS = ("2.39", "2.35", "2.0", "1.85", "16:9", "4:3", "1:1", "4:5", "9:16")
SIZES: Mapping[str, str] = {
    "1280x720": "1280 × 720", "1920x1080": "1920 × 1080 HD", "2048x1080": "2048 × 1080 2K",
    "3840x2160": "3840 × 2160 UHD", "1440x1080": "1440 × 1080", "1080x1080": "1080 × 1080",
    "1080x1350": "1080 × 1350", "1080x1920": "1080 × 1920",
}  # fmt: skip
NUMBERINGS: Mapping[str, str] = {
    "tens": "In tens: 12_0010", "plain": "Plain: 12-1", "letters": "Setup letters: 12A",
    "show": "With the show: AGM_TCC_0010",
}  # fmt: skip
assert set(NUMBERINGS) == set(naming.SCHEMES)
MOVIES = "Movies (*.mp4 *.mov *.mkv *.webm *.avi *.mxf *.m4v *.mpg)"
MOST_LETTERS = 60
"""In the name of a new film's folder."""


class FilmForm(FormSheet):
    """The fields of a film. `fields` reads them as the film's own."""

    def __init__(self, look: Look, over: QWidget, title: str, keep: str) -> None:
        super().__init__(look, over, title, keep, 560)
        self.title = self.add_line("Title", "", 0, span=2)
        self.rate = self._choice("Frames a second", _rates(), "24", 2, 0)
        self.aspect = self._choice("Delivered shape", {one: one for one in ASPECTS}, "16:9", 2, 1)
        self.output = self._choice("Output size", SIZES, "1920x1080", 3, 0)
        self.start = self.add_line("Timecode of the first frame", "01:00:00:00", 3, 1)
        self.numbering = self._choice("Shot numbers", NUMBERINGS, "tens", 4, 0)
        for column in (0, 1):
            self.form.setColumnStretch(column, 1)

    def open(self) -> None:
        super().open()
        self.title.setFocus()
        self.title.selectAll()

    def show_size(self, width: int, height: int) -> None:
        """A size of its own is offered beside the usual ones."""
        own = f"{width}x{height}"
        self.output.show_options({**SIZES, own: SIZES.get(own, f"{width} × {height}")}, own)

    def fields(self) -> dict[str, object]:
        width, height = (int(part) for part in self.output.choice().split("x"))
        return {
            "title": self.title.text().strip(), "rate": FrameRate.parse(self.rate.choice()),
            "aspect": self.aspect.choice(), "width": width, "height": height,
            "start_timecode": self.start.text().strip(), "numbering": self.numbering.choice(),
        }  # fmt: skip

    def _choice(self, label: str, options: Mapping[str, str], choice: str, row: int, column: int) -> ChoiceField:
        field = ChoiceField(tuple(options))
        field.show_options(options, choice)
        self.form.addWidget(labelled(label, field, self._look), row, column)
        return field


class NewFilmSheet(FilmForm):
    leaving = Signal(object)
    """Going: to the film that was made"""

    def __init__(
        self, look: Look, over: QWidget, settings: Settings, background: Background, bring: tuple[Path, ...] = ()
    ) -> None:
        """`bring`: what becomes the first shots of the film once it is open; the folder's name is its title."""
        super().__init__(look, over, "New film", "Make the film")
        self._settings, self._background, self._bring = settings, background, bring
        self._own_place = False
        self.place = self.add_line("Folder", "", 1, span=2)
        self._add_look_for(look)
        self.match = KeyButton(look, "Match this movie…", kind="quiet", icon="picture")
        self.match.clicked.connect(self._ask_for_movie)
        self.buttons.insertWidget(0, self.match)
        self.matched = paragraph("", "second")
        self.column.insertWidget(2, self.matched)
        self.matched.hide()
        self.title.textEdited.connect(lambda _text: self._propose_place())
        self.place.textEdited.connect(self._place_typed)
        self.title.setText(bring[0].stem if len(bring) == 1 else "Untitled")
        self._propose_place()

    def carry_out(self) -> bool:
        place = self.place.text().strip()
        if not place:
            raise BadValue("The film has no folder to lie in.", "Choose one.")
        folder = Path(place).expanduser()
        if not folder.is_absolute():
            folder = self._settings.films_folder() / folder
        from studio.open_project import OpenProject  # late: the start screen is painted without a database

        OpenProject.make(folder, **self.fields())
        self.leaving.emit(Going(folder, bring=self._bring))
        return True

    def take_place(self, folder: Path) -> None:
        """A folder chosen by hand: the film's own where it is empty, else the one it is made in."""
        self._own_place = True
        taken = folder.is_dir() and any(folder.iterdir())
        self.place.setText(str(folder / folder_name(self.title.text()) if taken else folder))

    def match_movie(self, movie: Path) -> None:
        """Rate, size and shape as the movie has them."""
        self.keep_button.setEnabled(False)
        self.matched.setText(f"Reading {movie.name}…")
        self.matched.show()
        self._background.run(partial(read_movie_facts, movie), partial(self._show_facts, movie.name), self._not_read)

    def _show_facts(self, name: str, facts: MovieFacts) -> None:
        self.keep_button.setEnabled(True)
        self.rate.show_choice(facts.rate.shown)
        self.show_size(facts.width // 2 * 2, facts.height // 2 * 2)
        self.aspect.show_choice(nearest_aspect(facts.width, facts.height))
        self.matched.setText(f"As {name}: {facts.rate.shown} frames a second, {facts.width} × {facts.height}.")

    def _not_read(self, error: StudioError) -> None:
        self.keep_button.setEnabled(True)
        self.matched.hide()
        self.refuse(error)

    def _add_look_for(self, look: Look) -> None:
        box = self.place.parentWidget()
        column = box.layout() if box is not None else None
        assert column is not None
        row = QHBoxLayout()
        row.setSpacing(look.size("gap"))
        choose = IconButton(look, "folder", "Choose a folder", size=look.size("control"))
        choose.clicked.connect(self._ask_for_place)
        column.removeWidget(self.place)
        row.addWidget(self.place, 1)
        row.addWidget(choose)
        column.addLayout(row)  # type: ignore[attr-defined]

    def _propose_place(self) -> None:
        if not self._own_place:
            self.place.setText(str(free_folder(self._settings.films_folder(), self.title.text())))

    def _place_typed(self, _text: str) -> None:
        self._own_place = True

    def _ask_for_place(self) -> None:
        begin = self._settings.films_folder()
        folder = QFileDialog.getExistingDirectory(self, "Folder for the film", str(begin if begin.is_dir() else ""))
        if folder:
            self.take_place(Path(folder))

    def _ask_for_movie(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, "Match this movie", "", MOVIES)
        if file:
            self.match_movie(Path(file))


class FilmSettingsSheet(FilmForm):
    """What may still be changed of a film. A changed rate says what it does before it is kept."""

    def __init__(
        self, look: Look, over: QWidget, film: FilmCard, keep: Callable[[Mapping[str, object]], None]
    ) -> None:
        """`keep` is handed what differs; it may raise StudioError, which is told in the sheet."""
        super().__init__(look, over, "Film settings", "Keep settings")
        self._keep_fields = keep
        self.title.setText(film.title)
        self.rate.show_choice(film.rate.shown)
        self.aspect.show_choice(film.aspect)
        self.show_size(film.width, film.height)
        self.start.setText(film.start_timecode)
        self.numbering.show_choice(film.numbering)
        self._was = self.fields()
        if film.numbers_locked:
            self.numbering.setEnabled(False)
            self.numbering.setToolTip("The numbers are locked, so the numbering stays.")
        self.warning = paragraph("", "refusal")
        self.warning.hide()
        self.column.insertWidget(2, self.warning)
        for field in (self.rate, self.output):
            field.currentIndexChanged.connect(lambda _place: self._warn())

    def carry_out(self) -> bool:
        now = self.fields()
        changed = {name: value for name, value in now.items() if value != self._was[name]}
        if changed:
            self._keep_fields(changed)
        return True

    def _warn(self) -> None:
        now, said = self.fields(), []
        if now["rate"] != self._was["rate"]:
            said.append("Every shot keeps its number of frames, so it lasts longer or shorter. Takes made at the old "
                        "rate are out of date.")  # fmt: skip
        if (now["width"], now["height"]) != (self._was["width"], self._was["height"]):
            said.append("Takes keep the size they were made in and are scaled when they play and are exported.")
        self.warning.setText(" ".join(said))
        self.warning.setVisible(bool(said))


def nearest_aspect(width: int, height: int) -> str:
    """The usual shape nearest to a picture's own."""
    own = Fraction(width, height)
    return min(ASPECTS, key=lambda one: abs(_ratio(one) / own - 1) if _ratio(one) > own else abs(own / _ratio(one) - 1))


def folder_name(title: str) -> str:
    """A folder's name that every system takes: `Mara & Jon: Part 1` as `mara-jon-part-1`."""
    plain = re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")
    return plain[:MOST_LETTERS].rstrip("-") or "untitled"


def free_folder(place: Path, title: str) -> Path:
    """Where the film could lie: a folder that is not there yet."""
    name = folder_name(title)
    tries = (place / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    return next((folder for folder in tries if not folder.exists()), place / name)


def _ratio(aspect: str) -> Fraction:
    wide, _, high = aspect.partition(":")
    return Fraction(wide) / Fraction(high or 1)


def _rates() -> dict[str, str]:
    """23.976, 24 and 25 first, as films are made."""
    return {rate.shown: rate.shown for rate in LEGAL_RATES}
