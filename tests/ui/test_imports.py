"""Files dropped or pasted: read beside the window, written as one step, with everything told that was left out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from model_runtime import safe_files
from studio.errors import NotFound, Refused, StudioError
from studio.open_project import OpenProject
from studio.project import queries, sound_queries
from studio.project.commands import cut, shot
from studio.ui.background import Background
from studio.ui.import_targets import ToBoard, ToNewSubject, ToPanel, ToShot, ToSubject
from studio.ui.imports import Imports
from tests.builders import a_movie, a_picture, a_project, a_scene, a_shot, a_subject
from tests.project.test_media import a_sound


class Bench(QObject):
    """Imports, and everything they said."""

    def __init__(self, project: OpenProject) -> None:
        super().__init__()
        self.project, self.background = project, Background()
        self.imports = Imports(project, self.background)
        self.ended: list[str] = []
        self.refused: list[StudioError] = []
        self.parts: list[tuple[float, int, str]] = []
        self.imports.ended.connect(self.ended.append)
        self.imports.refused.connect(self.refused.append)
        self.imports.progressed.connect(lambda *part: self.parts.append(part))

    def wait(self, qtbot: QtBot, answers: int = 1) -> None:
        qtbot.waitUntil(lambda: len(self.ended) + len(self.refused) == answers, timeout=30_000)
        assert not self.imports.busy

    def cards(self) -> Any:
        return self.project.ask(queries.shot_cards)

    def in_media(self) -> list[str]:
        folder = self.project.media.media
        return [one.name for one in folder.iterdir() if not one.name.lstrip(".").startswith("film-")]


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    project = a_project(tmp_path)
    made = Bench(project)
    yield made
    made.imports.close()
    made.background.close()
    project.close()


def pictures(folder: Path, count: int) -> list[Path]:
    return [a_picture(folder / f"{place + 1}.png", colour=f"{folder.name} {place}") for place in range(count)]


def test_several_pictures_become_the_panels_of_a_shot_in_one_step(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project, frames=20)
    bench.imports.to_shot(one, pictures(tmp_path / "in", 3))
    bench.wait(qtbot)
    panels = bench.project.ask(queries.panel_cards, one)
    assert [(card.frames, card.chosen, card.origin) for card in panels] == [
        (7, True, "imported"), (7, False, "imported"), (6, False, "imported")]
    assert bench.ended == ["3 panels brought in."] and all(card.picture.is_file() for card in panels)
    assert [part[1:] for part in bench.parts] == [(3, "1.png"), (3, "2.png"), (3, "3.png")]
    bench.project.undo()
    assert bench.project.ask(queries.panel_cards, one) == ()


def test_a_movie_becomes_a_take_at_the_rate_and_size_of_the_film(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    bench.imports.to_shot(one, [a_movie(tmp_path / "phone.mov", 30, (90, 160), 30)])
    bench.wait(qtbot)
    card, = bench.project.ask(queries.take_cards, one)
    assert (card.origin, card.frames, card.width, card.height, str(card.rate)) == ("imported", 24, 160, 90, "24")
    assert card.reel.endswith("_v001") and card.out_of_date == "" and card.timecode == "00:00:00:00"
    assert bench.ended == ["1 take brought in. phone.mov has 30 frames a second and is kept at 24. "
                           "phone.mov is 90 × 160 and is cut at top and bottom to 160 × 90."]
    bench.project.run(shot.edit_shot, one, action="runs")
    assert bench.project.ask(queries.take_cards, one)[0].out_of_date == ""


def test_a_folder_on_the_board_becomes_one_shot_a_file(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Ferry board"
    pictures(folder, 11), a_movie(folder / "12.mp4", 36)
    (folder / "notes.txt").write_text("not for the board")
    a_sound(folder / "voice.wav")
    bench.imports.to_board(None, [folder])
    bench.wait(qtbot)
    cards = bench.cards()
    assert [card.frames for card in cards] == [48] * 11 + [36]
    assert [card.panels for card in cards] == [1] * 11 + [0] and cards[-1].takes == 1
    assert [card.heading for card in bench.project.ask(queries.scene_cards)] == ["Ferry board"]
    assert bench.ended == ["12 shots added to the board. 2 of 14 files were left out: notes.txt is no picture, movie "
                           "or sound; voice.wav is a sound, which belongs on a lane."]
    assert bench.project.ask(queries.film_card).frames == 48 * 11 + 36
    bench.project.undo()
    assert bench.cards() == () and bench.project.undo_text() == ""


def test_a_broken_file_in_the_middle_is_left_out_by_name(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    files = pictures(tmp_path / "in", 3)
    files[1].write_bytes(files[1].read_bytes()[:60])
    bench.imports.to_shot(one, files)
    bench.wait(qtbot)
    assert len(bench.project.ask(queries.panel_cards, one)) == 2
    assert "1 of 3 files was left out: 2.png is no picture this program can read, or it is broken." in bench.ended[0]


def test_where_nothing_can_be_read_the_film_is_unchanged(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    (tmp_path / "take.mp4").write_text("INT. KITCHEN - DAY")
    step = bench.project.newest_step()
    bench.imports.to_shot(one, [tmp_path / "take.mp4"])
    bench.imports.to_shot(one, [])
    bench.wait(qtbot, 2)
    assert [error.sentence for error in bench.refused] == [
        "Nothing was brought in: take.mp4 is no picture, movie or sound.", "There is no file to bring in."]
    assert bench.project.newest_step() == step and bench.in_media() == []


def test_one_file_that_cannot_be_read_is_refused_with_its_way_out(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    mara = a_subject(bench.project)
    Image.new("1", (20_000, 15_000)).save(tmp_path / "huge.png")
    (tmp_path / "logo.png").write_text("<svg onload='run()'></svg>")
    step = bench.project.newest_step()
    bench.imports.bring(ToSubject(mara), [tmp_path / "huge.png"])
    bench.imports.bring(ToSubject(mara), [tmp_path / "logo.png"])
    bench.wait(qtbot, 2)
    assert [str(error) for error in bench.refused] == [
        "huge.png has 300 megapixels; at most 120 fit. Make it smaller with another program first.",
        "Nothing was brought in: logo.png is an SVG drawing, which is not opened because it can hold programs: save it "
        "as PNG first. Bring pictures, movies or sounds this program can read."]
    assert bench.project.newest_step() == step and bench.in_media() == []


def test_what_is_stopped_leaves_nothing(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    bench.imports.progressed.connect(lambda done, total, name: bench.imports.cancel() if done >= 3 else None)
    bench.imports.to_shot(one, pictures(tmp_path / "in", 6))
    bench.imports.to_shot(one, pictures(tmp_path / "later", 2))
    bench.wait(qtbot)
    assert bench.ended == ["Bringing files in was stopped. The film is as it was."] and bench.in_media() == []
    assert bench.project.ask(queries.panel_cards, one) == () and not bench.imports.busy


def test_drops_wait_for_each_other(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    busy: list[bool] = []
    bench.imports.busy_changed.connect(busy.append)
    bench.imports.to_shot(one, pictures(tmp_path / "in", 2))
    bench.imports.to_shot(one, pictures(tmp_path / "later", 1))
    bench.wait(qtbot, 2)
    assert [card.number for card in bench.project.ask(queries.panel_cards, one)] == [1, 2, 3]
    assert busy == [True, False, True, False]


def test_sounds_are_laid_one_after_the_other(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    lane = bench.project.ask(sound_queries.lane_cards)[0].id
    a_sound(tmp_path / "in" / "2 gull.wav", 0.5), a_sound(tmp_path / "in" / "1 horn.wav", 1.0)
    a_picture(tmp_path / "in" / "3.png")
    bench.imports.to_lane(lane, 10, [tmp_path / "in"])
    bench.wait(qtbot)
    cards = bench.project.ask(sound_queries.sound_cards)
    assert [(card.name, card.film_frame, card.frames) for card in cards] == [("1 horn", 10, 24), ("2 gull", 34, 12)]
    assert all(card.source_samples == card.source_length for card in cards)
    assert "3.png is a picture, which belongs on a shot" in bench.ended[0]


def test_pictures_of_a_subject_come_in_as_one_step(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    mara = a_subject(bench.project)
    files = pictures(tmp_path / "in", 3)
    bench.imports.bring(ToSubject(mara), files)
    bench.imports.bring(ToSubject(mara), files[:1])
    bench.wait(qtbot, 2)
    assert len(bench.project.ask(queries.subject_cards)[0].pictures) == 3
    assert bench.ended == ["3 pictures added to the subject.", "The subject has this picture already."]
    bench.project.undo()
    assert bench.project.ask(queries.subject_cards)[0].pictures == ()


@pytest.mark.parametrize(("count", "words"), [(1, "1 picture"), (43, "43 pictures")])
def test_a_subject_that_comes_with_pictures_is_told_as_new(
    bench: Bench, qtbot: QtBot, tmp_path: Path, count: int, words: str
) -> None:
    bench.imports.bring(ToNewSubject("@nora", "character"), pictures(tmp_path / "in", count))
    bench.wait(qtbot)
    assert bench.ended == [f"@nora came into the film with {words}."]


def test_many_files_are_written_in_slices_of_one_step(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToBoard, "at_once", 2)
    changed: list[Any] = []
    made: list[str] = []
    bench.project.changed.connect(changed.append)
    bench.imports.shot_made.connect(made.append)
    bench.imports.to_board(None, pictures(tmp_path / "in", 5))
    bench.wait(qtbot)
    assert (len(bench.cards()), len(changed), made) == (5, 3, [bench.cards()[0].id])
    assert len(bench.project.ask(queries.scene_cards)) == 1
    bench.project.undo()
    assert (bench.cards(), bench.project.undo_text()) == ((), "")


def test_slices_that_cannot_go_on_are_taken_back(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToBoard, "at_once", 2)
    a_scene(bench.project)
    write = bench.project.run_on

    def full(*args: Any) -> Any:
        monkeypatch.setattr(bench.project, "run_on", write)
        raise Refused("The disk is full.", "Free some space.")

    monkeypatch.setattr(bench.project, "run_on", full)
    bench.imports.to_board(None, pictures(tmp_path / "in", 5))
    bench.wait(qtbot)
    assert [error.sentence for error in bench.refused] == ["The disk is full."]
    assert bench.cards() == () and bench.project.undo_text() == "Add scene"


def test_a_pasted_picture_goes_where_a_dropped_one_would(bench: Bench, qtbot: QtBot) -> None:
    one = a_shot(bench.project)
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    bench.imports.paste(image, ToShot(one))
    bench.imports.paste(QImage(), ToShot(one))
    bench.wait(qtbot, 2)
    card, = bench.project.ask(queries.panel_cards, one)
    shown = QImage(str(card.picture))
    assert (shown.width(), shown.height(), shown.pixelColor(5, 5).name()) == (64, 36, "#336699")
    assert bench.refused[0].sentence == "There is no picture on the clipboard."


def test_each_save_of_an_edited_picture_is_a_new_version(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    bench.imports.to_shot(one, pictures(tmp_path / "in", 2))
    bench.wait(qtbot)
    first = bench.project.ask(queries.panel_cards, one)[0]
    edited = a_picture(tmp_path / "edited.png", colour="edited")
    bench.imports.new_version_from_file(first.id, edited)
    bench.wait(qtbot, 2)
    newest = next(card for card in bench.project.ask(queries.panel_cards, one) if card.chosen)
    assert (newest.frames, newest.origin) == (first.frames, "drawn")
    step = bench.project.newest_step()
    bench.imports.new_version_from_file(newest.id, edited)
    bench.wait(qtbot, 3)
    assert bench.project.newest_step() == step and len(bench.project.ask(queries.panel_cards, one)) == 3


def test_places_that_take_nothing_refuse_before_anything_is_read(bench: Bench, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    bench.project.run(shot.approve_shot, one)
    files = pictures(tmp_path / "in", 1)
    bench.imports.to_shot(one, files)
    bench.imports.bring(ToSubject("nobody"), files)
    bench.imports.bring(ToPanel("none"), files)
    bench.imports.to_lane("none", 0, files)
    assert [type(error) for error in bench.refused] == [Refused, NotFound, NotFound, NotFound]
    assert "is approved" in bench.refused[0].sentence and bench.in_media() == [] and not bench.imports.busy


def test_a_full_disk_stops_everything(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path) -> None:
        raise safe_files.NoSpace(target.parent, 10, 0)

    one, files = a_shot(bench.project), pictures(tmp_path / "in", 2)
    monkeypatch.setattr(safe_files, "open_new", full)
    bench.imports.to_shot(one, files)
    bench.wait(qtbot)
    monkeypatch.undo()
    assert "no space left" in bench.refused[0].sentence and bench.in_media() == []


def test_the_window_goes_on_while_files_are_read(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    """A file takes tens of milliseconds to read; the event loop turns many times meanwhile."""
    turns: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append(len(bench.parts)))
    beat.start()
    bench.imports.to_board(None, pictures(tmp_path / "in", 6))
    bench.wait(qtbot)
    beat.stop()
    assert all(turns.count(read) > 1 for read in range(1, 6))


def test_what_is_being_written_is_written_to_its_end_before_the_film_is_closed(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToBoard, "at_once", 2)
    bench.imports.shot_made.connect(lambda _shot: QTimer.singleShot(0, bench.imports.close))
    bench.imports.to_board(None, pictures(tmp_path / "in", 9))
    bench.wait(qtbot)
    assert len(bench.cards()) == 9
    bench.project.undo()
    assert bench.cards() == ()


def test_closing_stops_what_is_read(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    one = a_shot(bench.project)
    movie = a_movie(tmp_path / "long.mp4", 1_500, (640, 360))
    bench.imports.to_shot(one, [movie])
    qtbot.waitUntil(lambda: bool(bench.parts), timeout=10_000)
    began = time.monotonic()
    bench.imports.close()
    bench.background.close()
    assert time.monotonic() - began < 5
    assert bench.in_media() == []


def test_a_lane_of_an_earlier_cut_takes_nothing(bench: Bench, tmp_path: Path) -> None:
    lane = bench.project.ask(sound_queries.lane_cards)[0].id
    bench.project.run(cut.save_cut, "Fine cut")
    bench.imports.to_lane(lane, 0, [a_sound(tmp_path / "a.wav")])
    assert isinstance(bench.refused[0], Refused)
