"""The start screen: examples, films opened before, the form of a new film, and the way from one film to the next."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio import app, assets
from studio.errors import BadValue, ProjectError
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.project.movie_facts import read_movie_facts
from studio.project.timing import FrameRate
from studio.settings import Settings
from studio.ui.going import END, START, Going
from studio.ui.layouts import STARTS_AT
from studio.ui.main_window import MainWindow
from studio.ui.parts.controls import KeyButton
from studio.ui.start.examples import read_examples
from studio.ui.start.film_form import (
    ASPECTS,
    FilmSettingsSheet,
    NewFilmSheet,
    folder_name,
    free_folder,
    nearest_aspect,
)
from studio.ui.start.recent import opened_words, read_film
from studio.ui.start.window import StartWindow
from studio.ui.theme import Look
from tests.builders import a_job, a_movie, a_picture, a_project, a_shot


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "settings.json")
    made["films_folder"] = str(tmp_path / "films")
    return made


@pytest.fixture
def film(tmp_path: Path) -> Path:
    made = a_project(tmp_path, "night-bus")
    a_shot(made, frames=36)
    a_shot(made, frames=48)
    made.close()
    return made.folder


@pytest.fixture
def begin(qtbot: QtBot, kept: Settings) -> Iterator[Callable[..., StartWindow]]:
    """Opens the start screen; `made` collects the examples that were asked for."""
    opened: list[StartWindow] = []

    def open_one(make_example: Callable[[str, Path], None] = lambda name, folder: None) -> StartWindow:
        window = StartWindow(kept, make_example)
        window.resize(1600, 1000)
        with qtbot.waitExposed(window):
            window.show()
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents()


# --- examples ---


def test_every_example_has_a_name_a_line_shots_and_a_poster_that_is_small() -> None:
    found = read_examples(assets.examples())
    assert [one.title for one in found] == ["The Last Ferry", "Low Tide", "Platform 4", "Sugar", "Washing Line"]
    for one in found:
        assert one.about.endswith(".") and 6 <= one.shots <= 10 and one.frames > 200
        assert one.poster is not None and one.poster.stat().st_size < 40_000


def test_an_example_that_cannot_be_read_is_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "board.toml").write_text("[film]\ntitle = 3")
    assert read_examples(tmp_path) == ()
    assert "broken" in caplog.text


def test_opening_an_example_makes_a_copy_in_a_folder_that_is_not_there(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings
) -> None:
    made: list[tuple[str, Path]] = []
    (kept.films_folder() / "sugar").mkdir(parents=True)
    window = begin(lambda name, folder: made.append((name, folder)))
    tile = next(tile for tile in window.tiles if tile.example.title == "Sugar")
    with qtbot.waitSignal(window.leaving):
        tile.click()
    assert made == [("sugar", kept.films_folder() / "sugar-2")]
    assert window.going == Going(kept.films_folder() / "sugar-2")


def test_an_example_that_cannot_be_made_is_told_and_can_be_tried_again(
    qtbot: QtBot, begin: Callable[..., StartWindow]
) -> None:
    def refuse(name: str, folder: Path) -> None:
        raise ProjectError(f"{folder} cannot be written to.", "Choose another folder.")

    window = begin(refuse)
    window.tiles[0].click()
    assert not window.tiles[0].isEnabled()
    qtbot.waitUntil(lambda: window.problems.shown is not None)
    assert "cannot be written" in window.problems.shown.problem.sentence
    assert window.tiles[0].isEnabled() and window.going == END


# --- films opened before ---


def test_a_recent_film_tells_its_shots_length_and_what_waits(film: Path) -> None:
    project = OpenProject.open(film)
    a_job(project, project.ask(queries.shot_cards)[0].id)
    project.close()
    found = read_film(film)
    assert (found.title, found.shots, found.frames, found.waiting) == ("A Test Film", 2, 84, 1)
    assert found.rate == FrameRate(24) and not found.trouble


def test_reading_a_recent_film_writes_nothing_into_it(film: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in film.rglob("*") if path.suffix not in ("", ".sqlite-shm")}
    read_film(film)
    after = {path: path.stat().st_mtime_ns for path in film.rglob("*") if path.suffix not in ("", ".sqlite-shm")}
    assert {path: time for path, time in after.items() if not path.name.endswith(("-wal", "-shm"))} == before


def test_a_film_whose_drive_is_gone_is_shown_as_it_was_known(film: Path) -> None:
    read_film(film)
    drive = film.parent
    drive.rename(drive.with_name("unplugged"))
    found = read_film(film)
    assert (found.title, found.shots, found.trouble) == ("A Test Film", 2, "drive not connected")


def test_a_film_that_was_moved_away_is_told_apart_from_a_drive_that_is_gone(film: Path) -> None:
    film.rename(film.with_name("elsewhere"))
    assert read_film(film).trouble == "folder not found"


def test_the_list_names_each_film_and_opens_the_one_that_is_clicked(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings, film: Path
) -> None:
    kept.remember_film(film)
    window = begin()
    row = window._rows[film]
    qtbot.waitUntil(lambda: row.film.shots == 2)
    assert row.accessibleName() == "Open A Test Film"
    with qtbot.waitSignal(window.leaving):
        row.click()
    assert window.going == Going(film)


def test_a_film_that_is_not_there_says_so_and_can_be_taken_off_the_list(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings, tmp_path: Path
) -> None:
    kept.remember_film(tmp_path / "drive" / "salt")
    window = begin()
    row = window._rows[tmp_path / "drive" / "salt"]
    qtbot.waitUntil(lambda: row.film.trouble != "")
    row.click()
    assert "drive not connected" in window.problems.shown.problem.sentence
    row.forget_requested.emit(row.film.folder)
    assert kept["recent_films"] == [] and window.nothing.isVisible()


def test_a_film_that_was_found_again_keeps_its_place_in_the_list(
    begin: Callable[..., StartWindow], kept: Settings, film: Path
) -> None:
    kept.remember_film(film.with_name("gone"))
    window = begin()
    window.recent.move(film.with_name("gone"), film)
    assert kept["recent_films"] == [str(film)]
    assert kept.opened_at(film) is not None


def test_when_a_film_was_opened_is_said_as_people_say_it() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC).astimezone()
    assert opened_words(now, now.date()) == f"today, {now:%H:%M}"
    assert opened_words(now - timedelta(days=1), now.date()) == "yesterday"
    assert opened_words(now - timedelta(days=9), now.date()) == "12 Nov"
    assert opened_words(datetime(2024, 3, 5, 12, tzinfo=UTC), date(2026, 1, 1)) == "5 Mar 2024"
    assert opened_words(None, now.date()) == ""


# --- a new film ---


def new_film(qtbot: QtBot, window: StartWindow, title: str = "Salt") -> NewFilmSheet:
    window.shell.new_film()
    sheet = window.findChild(NewFilmSheet)
    sheet.title.clear()
    qtbot.keyClicks(sheet.title, title)
    return sheet


def test_a_new_film_is_made_as_the_form_says_and_opened(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings
) -> None:
    window = begin()
    sheet = new_film(qtbot, window, "Salt & Rain")
    assert sheet.place.text() == str(kept.films_folder() / "salt-rain")
    sheet.rate.show_choice("23.976")
    sheet.aspect.show_choice("2.39")
    sheet.output.show_choice("3840x2160")
    with qtbot.waitSignal(window.leaving):
        sheet.keep_button.click()
    assert window.going.folder == kept.films_folder() / "salt-rain"
    project = OpenProject.open(window.going.folder, writable=False)
    card = project.ask(queries.film_card)
    project.close()
    assert (card.title, card.rate, card.aspect) == ("Salt & Rain", FrameRate(24000, 1001), "2.39")
    assert (card.width, card.height, card.start_timecode) == (3840, 2160, "01:00:00:00")


def test_what_a_film_cannot_have_is_told_in_the_form_and_nothing_is_made(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings
) -> None:
    window = begin()
    sheet = new_film(qtbot, window)
    sheet.start.setText("01:00:00:99")
    sheet.keep_button.click()
    assert sheet.isVisible() and "01:00:00:99" in sheet.refusal.text()
    assert not kept.films_folder().exists()


def test_a_folder_with_a_film_in_it_is_refused_in_the_form(
    qtbot: QtBot, begin: Callable[..., StartWindow], film: Path
) -> None:
    window = begin()
    sheet = new_film(qtbot, window)
    sheet.place.setText(str(film))
    sheet.keep_button.click()
    assert "There is a film in" in sheet.refusal.text() and window.going == END


@pytest.mark.process
def test_a_form_matches_the_movie_it_is_shown(
    qtbot: QtBot, begin: Callable[..., StartWindow], tmp_path: Path
) -> None:
    movie = a_movie(tmp_path / "plate.mp4", 5, (320, 134), rate=25)
    assert read_movie_facts(movie).rate == FrameRate(25)
    sheet = new_film(qtbot, begin())
    sheet.match_movie(movie)
    qtbot.waitUntil(lambda: sheet.keep_button.isEnabled(), timeout=30_000)
    fields = sheet.fields()
    assert (fields["rate"], fields["width"], fields["height"]) == (FrameRate(25), 320, 134)
    assert fields["aspect"] == "2.39"


@pytest.mark.process
def test_a_text_file_named_mp4_is_refused_and_the_form_stays_as_it_was(
    qtbot: QtBot, begin: Callable[..., StartWindow], tmp_path: Path
) -> None:
    (tmp_path / "notes.mp4").write_text("no movie")
    sheet = new_film(qtbot, begin())
    before = sheet.fields()
    sheet.match_movie(tmp_path / "notes.mp4")
    qtbot.waitUntil(lambda: sheet.refusal.isVisible(), timeout=30_000)
    assert "notes.mp4" in sheet.refusal.text() and sheet.fields() == before


def test_dropped_files_come_into_the_film_that_is_made_for_them(
    qtbot: QtBot, begin: Callable[..., StartWindow], tmp_path: Path
) -> None:
    window = begin()
    window.drop.dropped.emit([tmp_path / "Salt frames"])
    sheet = window.findChild(NewFilmSheet)
    assert sheet.title.text() == "Salt frames"
    with qtbot.waitSignal(window.leaving):
        sheet.keep_button.click()
    assert window.going.bring == (tmp_path / "Salt frames",)


def test_film_settings_hand_on_only_what_differs_and_warn_of_another_rate(qtbot: QtBot, look: Look, film: Path) -> None:
    project = OpenProject.open(film)
    card: FilmCard = project.ask(queries.film_card)
    project.close()
    window, kept_fields = StartWindow.__mro__[1](), []  # a bare QMainWindow
    qtbot.addWidget(window)
    window.resize(900, 700)
    sheet = FilmSettingsSheet(look, window, card, kept_fields.append)
    sheet.open()
    assert not sheet.warning.isVisibleTo(sheet)
    sheet.rate.show_choice("25")
    assert "out of date" in sheet.warning.text()
    sheet.title.setText("Another")
    sheet.keep()
    assert kept_fields == [{"title": "Another", "rate": FrameRate(25)}]


@given(st.text(max_size=200))
def test_a_title_always_makes_a_folder_name_every_system_takes(title: str) -> None:
    name = folder_name(title)
    assert name and len(name) <= 60 and not set(name) & set('/\\:*?"<>|. ')


@given(st.sampled_from(ASPECTS), st.integers(4, 40))
@settings(max_examples=30)
def test_a_picture_of_a_usual_shape_is_told_as_that_shape(aspect: str, scale: int) -> None:
    wide, _, high = aspect.partition(":")
    width, height = round(float(wide) * 100 * scale), round(float(high or 1) * 100 * scale)
    assert nearest_aspect(width, height) == aspect


def test_a_free_folder_is_counted_up(tmp_path: Path) -> None:
    (tmp_path / "salt").mkdir()
    (tmp_path / "salt-2").mkdir()
    assert free_folder(tmp_path, "Salt") == tmp_path / "salt-3"


# --- from one film to the next ---


def shown(kind: type) -> object | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


class Walk:
    """Does one step after another as soon as the window it needs is there, while the program's own loop runs."""

    def __init__(self, *steps: tuple[type, Callable[[object], object]]) -> None:
        self.left, self.seen = list(steps), []
        self.timer = QTimer()
        self.timer.timeout.connect(self._step)
        self.timer.start(20)

    def _step(self) -> None:
        if self.left and (window := shown(self.left[0][0])) is not None and not self._other(window):
            kind, do = self.left.pop(0)
            self.seen.append(kind.__name__)
            do(window)

    def _other(self, window: object) -> bool:
        kinds = {StartWindow, MainWindow} - {type(window)}
        return any(shown(kind) is not None for kind in kinds)


def test_the_program_goes_from_the_start_screen_to_a_film_to_the_next_and_back(
    qapp: QApplication, kept: Settings, film: Path, tmp_path: Path
) -> None:
    other = a_project(tmp_path, "other")
    other.close()
    walk = Walk(
        (StartWindow, lambda window: window.shell.open_folder(film)),
        (MainWindow, lambda window: window.shell.open_folder(other.folder)),
        (MainWindow, lambda window: window.shell.close_film()),
        (StartWindow, lambda window: window.shell.quit()),
    )
    assert app.show(None, kept, lambda name, folder: None) == 0
    assert walk.seen == ["StartWindow", "MainWindow", "MainWindow", "StartWindow"]
    assert kept["recent_films"] == [str(other.folder), str(film)]
    for folder in (film, other.folder):
        OpenProject.open(folder).close()  # nobody holds it any more


def test_a_film_that_cannot_be_opened_is_told_on_the_start_screen(
    qapp: QApplication, kept: Settings, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "project.sqlite").write_bytes(b"nothing of ours" * 20)
    told: list[str] = []

    def look(window: StartWindow) -> None:
        told.append(window.problems.shown.problem.sentence if window.problems.shown else "")
        window.shell.quit()

    walk = Walk((StartWindow, lambda window: window.shell.open_folder(broken)), (StartWindow, look))
    app.show(None, kept, lambda name, folder: None)
    assert walk.seen == ["StartWindow", "StartWindow"] and "no film file" in told[0]


def test_the_film_named_at_the_start_is_refused_as_a_command_is(kept: Settings, tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        app.show(tmp_path / "gone", kept, lambda name, folder: None)


def test_going_says_where_to() -> None:
    assert START != END and Going(Path("film")).folder == Path("film") and not END.start


def test_fields_that_make_no_film_leave_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BadValue):
        OpenProject.make(tmp_path / "film", title="", rate=FrameRate(24))
    assert not (tmp_path / "film").exists()


@pytest.mark.process
def test_a_folder_of_pictures_becomes_a_film_with_a_shot_for_each(
    qtbot: QtBot, qapp: QApplication, kept: Settings, tmp_path: Path
) -> None:
    for name in ("01.png", "02.png", "10.png"):
        a_picture(tmp_path / "Salt frames" / name, colour=name)
    found: list[int] = []

    def make(window: StartWindow) -> None:
        window.drop.dropped.emit([tmp_path / "Salt frames"])
        window.findChild(NewFilmSheet).keep_button.click()

    def wait(window: MainWindow) -> None:
        window.imports.ended.connect(lambda _words: QTimer.singleShot(0, window, lambda: leave(window)))

    def leave(window: MainWindow) -> None:
        found.extend(card.panels for card in window.project.ask(queries.shot_cards))
        window.shell.quit()

    walk = Walk((StartWindow, make), (MainWindow, wait))
    app.show(None, kept, lambda name, folder: None)
    assert walk.left == [] and found == [1, 1, 1]


def test_windows_that_were_left_are_gone_and_hear_nothing(qapp: QApplication, kept: Settings, film: Path) -> None:
    walk = Walk((StartWindow, lambda window: window.shell.open_folder(film)),
                (MainWindow, lambda window: window.shell.close_film()),
                (StartWindow, lambda window: window.shell.quit()))  # fmt: skip
    app.show(None, kept, lambda name, folder: None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert walk.left == [] and kept.heard == []
    assert not any(isinstance(one, (MainWindow, StartWindow)) for one in QApplication.topLevelWidgets())


def test_the_way_out_of_a_film_that_is_gone_is_to_show_where_it_is(
    qtbot: QtBot, begin: Callable[..., StartWindow], kept: Settings, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.remember_film(film.with_name("gone"))
    window = begin()
    qtbot.waitUntil(lambda: window._rows[film.with_name("gone")].film.trouble != "")
    window._rows[film.with_name("gone")].click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(film))
    next(one for one in window.problems.shown.findChildren(KeyButton) if one.text() == "Find its folder…").click()
    assert kept["recent_films"] == [str(film)]
    qtbot.waitUntil(lambda: window._rows[film].film.shots == 2)


def test_on_a_display_smaller_than_it_the_start_screen_takes_all_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    assert room.height() < STARTS_AT.height(), "the display of the tests"
    window = StartWindow(Settings(tmp_path / "none.json"), lambda _name, _folder: None)
    qtbot.addWidget(window)
    assert window.isMaximized()
    window.close()
