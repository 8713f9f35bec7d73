"""The window whole: from a click to a take, undo, problems, the queue, closing."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from model_runtime import protocol
from studio.errors import Refused
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import JobState, ShotState
from studio.ui.forms import SceneSheet
from studio.ui.parts.controls import KeyButton
from studio.ui.problems import ProblemSheet
from tests.builders import a_picture
from tests.ui.conftest import Opened

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def select(opened: Opened, place: int) -> str:
    opened.window.board.select_shot(opened.shots[place])
    return opened.shots[place]


def test_a_click_on_generate_motion_ends_in_a_take_on_the_card(qtbot: QtBot, opened: Opened) -> None:
    shot = select(opened, 1)
    opened.window.prompt.motion_button.click()
    qtbot.waitUntil(lambda: opened.card(shot).takes == 1)
    qtbot.waitUntil(lambda: opened.window.shots.card(1).state is ShotState.HAS_TAKES)
    qtbot.waitUntil(lambda: opened.window.takes.takes.model().rowCount() == 1)
    assert opened.window.viewer.sequence.at(0).source is not None


def test_generate_panel_adds_a_panel_and_no_take(qtbot: QtBot, opened: Opened) -> None:
    shot = select(opened, 1)
    opened.window.board.setFocus()
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.card(shot).panels == 1)
    assert opened.card(shot).takes == 0
    qtbot.waitUntil(lambda: opened.window.viewer.sequence.at(0).source is not None)
    assert not opened.window.viewer.sequence.at(0).movie


def test_three_takes_are_three_jobs_with_seeds_that_count_up(qtbot: QtBot, opened: Opened) -> None:
    shot = select(opened, 1)
    opened.window.prompt.takes.set_value(3)
    opened.window.prompt.seed.setText("41")
    opened.window.prompt.motion_button.click()
    qtbot.waitUntil(lambda: opened.card(shot).takes == 3)
    assert [card.seed for card in opened.project.ask(queries.take_cards, shot)] == [41, 42, 43]
    assert opened.window.settings["takes"] == 3


def test_generate_what_is_missing_leaves_drawn_shots_alone(qtbot: QtBot, opened: Opened) -> None:
    opened.window.drawing.generate_missing()
    qtbot.waitUntil(lambda: all(opened.card(shot).takes for shot in opened.shots))
    assert opened.card(opened.shots[0]).takes == 2


def test_steps_and_preview_of_a_running_job_are_on_screen(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    opened = open_window(project, automatic=False)
    opened.frames.greet()
    shot = select(opened, 1)
    opened.window.drawing.generate_motion()
    qtbot.waitUntil(lambda: bool(opened.frames.of(protocol.Generate)))
    wish = opened.frames.wish
    opened.frames.say(protocol.Accepted(wish.job, wish.attempt))
    opened.frames.progress(2)
    opened.frames.preview()
    qtbot.waitUntil(lambda: opened.window.previews.pixmap(wish.job) is not None)
    qtbot.waitUntil(lambda: opened.window.foot.step.text() == "step 2 of 4")
    assert opened.window.foot.name.text() == f"{opened.card(shot).number} motion"
    assert opened.window.shots.card(1).state is ShotState.RUNNING
    assert opened.window.viewer.picture._live is not None
    opened.frames.finish()
    qtbot.waitUntil(lambda: opened.card(shot).takes == 1)
    qtbot.waitUntil(lambda: opened.window.foot.running() is None)
    assert opened.window.viewer.picture._live is None


def test_the_composed_text_is_shown_from_the_moment_a_job_is_planned(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    opened = open_window(project, automatic=False)
    opened.frames.greet()
    shot = select(opened, 1)
    opened.window.drawing.generate_panel()
    qtbot.waitUntil(lambda: bool(opened.frames.of(protocol.Generate)))
    qtbot.waitUntil(lambda: opened.window.prompt.box.expanded.sent.text() == opened.frames.wish.prompt)
    assert "waits" in opened.window.prompt.box.expanded.sent.text()
    opened.frames.finish()
    qtbot.waitUntil(lambda: opened.card(shot).panels == 1)
    qtbot.waitUntil(lambda: opened.window.prompt.box.expanded.sent_label.text() == "Text sent for panel 1")


def test_a_failed_job_tells_its_sentence_and_can_be_tried_again(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    opened = open_window(project, automatic=False)
    opened.frames.greet()
    shot = select(opened, 1)
    opened.window.drawing.generate_motion()
    qtbot.waitUntil(lambda: bool(opened.frames.of(protocol.Generate)))
    wish = opened.frames.wish
    opened.frames.say(protocol.Failed(wish.job, wish.attempt, "space", "The disk is full.", "Free some space."))
    qtbot.waitUntil(lambda: opened.window.foot.failed.text() == "1 failed")
    assert opened.card(shot).state is ShotState.FAILED
    opened.window.foot.failed.click()
    row = opened.window.foot.row(wish.job)
    assert "The disk is full." in [label.text() for label in row.findChildren(QWidget) if hasattr(label, "text")]
    opened.window.foot.retry_requested.emit(wish.job)
    qtbot.waitUntil(lambda: len(opened.frames.of(protocol.Generate)) == 2)
    opened.frames.finish()
    qtbot.waitUntil(lambda: opened.card(shot).takes == 1)
    qtbot.waitUntil(lambda: not opened.window.foot.failed.isVisible())


def test_a_waiting_job_can_be_taken_out_of_the_queue(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    opened = open_window(project, automatic=False)
    opened.frames.greet()
    for place in (1, 2):
        select(opened, place)
        opened.window.drawing.generate_motion()
    qtbot.waitUntil(lambda: len(opened.project.ask(queries.live_jobs)) == 2)
    waiting = next(card for card in opened.project.ask(queries.live_jobs) if card.state is JobState.QUEUED)
    opened.window.foot.cancel_requested.emit(waiting.id)
    qtbot.waitUntil(lambda: [card.id for card in opened.project.ask(queries.live_jobs)] != [waiting.id])
    assert opened.project.ask(queries.job_cards, [waiting.id])[0].state is JobState.CANCELLED


def test_a_held_job_shows_its_picture_and_is_continued_or_cancelled(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    opened = open_window(project, automatic=False)
    opened.frames.greet()
    foot, jobs = opened.window.foot, []
    for _ in range(2):
        jobs.append(opened.queue.submit(opened.shots[1], Wish(stop_at=2)))
        qtbot.waitUntil(lambda: [one.job for one in opened.frames.of(protocol.Generate)] == jobs)
        a_picture(project.media.job_folder(jobs[-1]) / "preview.png").rename(
            project.media.job_folder(jobs[-1]) / protocol.PREVIEW_FILE
        )
        opened.frames.say(protocol.Held(jobs[-1], 1, 2))
    qtbot.waitUntil(lambda: "2 held" in foot.list.header.second.text())
    qtbot.waitUntil(lambda: all(opened.window.previews.pixmap(job) is not None for job in jobs))
    foot.open.click()
    keep, drop = (foot.row(job) for job in jobs)
    assert "stopped after step 2 to be looked at" in [label.text() for label in keep.findChildren(QLabel)]
    drop.findChildren(KeyButton)[-1].click()
    qtbot.waitUntil(lambda: [one.card.id for one in opened.queue.held()] == jobs[:1])
    next(button for button in foot.row(jobs[0]).findChildren(KeyButton) if button.text() == "Continue").click()
    assert (opened.frames.wish.job, opened.frames.wish.stop_at) == (jobs[0], 0)


def test_what_is_done_otherwise_than_asked_is_said_in_the_foot(qtbot: QtBot, opened: Opened) -> None:
    opened.queue.noted.emit("job", "1 reference picture is not sent: the prompt does not name @jon.")
    assert "does not name @jon" in opened.window.foot.notice.text()


def test_undo_and_redo_by_key_name_what_they_do(qtbot: QtBot, opened: Opened) -> None:
    select(opened, 1)
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: opened.window.actions_by_id["undo"].text() == "Undo omit shot")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Z, control)
    assert not opened.card(opened.shots[1]).omitted
    qtbot.waitUntil(lambda: opened.window.actions_by_id["redo"].isEnabled())
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert opened.card(opened.shots[1]).omitted


def test_a_refusal_is_a_sheet_with_sentence_and_hint_that_escape_closes(qtbot: QtBot, opened: Opened) -> None:
    opened.window.problems.show_error(Refused("1_0010 is 96 frames; sketch draws at most 50.", "Shorten the shot."))
    sheet = opened.window.findChild(ProblemSheet)
    assert sheet.isVisible()
    assert sheet.geometry().bottom() < opened.window.height() - opened.window.look.size("foot") + 1
    said = [label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")]
    assert "1_0010 is 96 frames; sketch draws at most 50." in said and "Shorten the shot." in said
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert opened.window.problems.shown is None


def test_a_shot_longer_than_the_engine_draws_is_refused_before_anything_is_queued(qtbot: QtBot, opened: Opened) -> None:
    shot = select(opened, 1)
    opened.window.prompt.length.setText("4:00")
    opened.window.prompt.length.keep()
    qtbot.waitUntil(lambda: not opened.window.prompt.motion_button.isEnabled())
    assert "96 frames" in opened.window.prompt.motion_button.toolTip()
    opened.window.drawing.generate_motion()
    assert "96 frames" in opened.window.problems.shown.problem.sentence
    assert opened.card(shot).job is None


def test_the_viewer_shows_the_very_frame(qtbot: QtBot, opened: Opened) -> None:
    """Frame n of the test movies is 20 + 2n shades of grey."""
    select(opened, 0)
    viewer = opened.window.viewer
    for frame in (0, 11, 12, 23, 3):
        viewer.transport.seek(frame)
        qtbot.waitUntil(lambda: not viewer.picture.image.isNull() and viewer.settled)
        grey = viewer.picture.image.pixelColor(40, 40).red()
        assert round((grey - 20) * 219 / 255 / 2) in (frame, frame - 1, frame + 1) or abs(grey - 20 - 2 * frame) <= 3


def test_arrows_step_frames_in_the_viewer_and_up_down_go_to_the_next_shot(qtbot: QtBot, opened: Opened) -> None:
    select(opened, 0)
    viewer = opened.window.viewer
    viewer.setFocus()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.transport.frame == 1
    qtbot.keyClick(viewer, Qt.Key.Key_Down)
    assert opened.window.selection.shot == opened.shots[1]


def test_the_cut_plays_every_shot_and_cards_stand_where_nothing_is(qtbot: QtBot, opened: Opened) -> None:
    select(opened, 0)
    opened.window.viewer_desk.play_cut()
    viewer = opened.window.viewer
    assert viewer.sequence.frames == 4 * 24
    viewer.transport.seek(30)
    assert viewer.picture.words.number == opened.card(opened.shots[1]).number
    assert opened.window.selection.shot == opened.shots[1]
    assert viewer.time.text() == "01:00:01:06"
    viewer.steps.next_cut()
    assert viewer.transport.frame == 48
    viewer.transport.play(1)
    viewer.transport.frame = 80
    assert opened.window.selection.shot == opened.shots[2]
    viewer.transport.stop()
    assert opened.window.selection.shot == opened.shots[3]


def test_a_take_is_looked_at_starred_rejected_and_chosen(qtbot: QtBot, opened: Opened) -> None:
    shot = select(opened, 0)
    takes = opened.project.ask(queries.take_cards, shot)
    view = opened.window.takes.takes
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.rect_for(takes[1].id).center())
    assert opened.window.selection.take == takes[1].id
    assert opened.window.viewer.sequence.at(0).source == takes[1].media
    assert opened.card(shot).chosen_take == takes[0].id
    qtbot.keyClick(view, Qt.Key.Key_S)
    assert opened.project.ask(queries.take_card, takes[1].id).starred
    qtbot.keyClick(view, Qt.Key.Key_X)
    assert opened.project.ask(queries.take_card, takes[1].id).rejected
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.card(shot).chosen_take == takes[1].id


def test_a_film_open_for_looking_changes_nothing_and_says_so(
    qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject
) -> None:
    looking = OpenProject.open(project.folder, writable=False)
    opened = open_window(looking)
    assert not opened.window.actions_by_id["new_shot"].isEnabled()
    assert opened.window.actions_by_id["new_shot"].toolTip() == "The film is open for looking only."
    assert not opened.window.prompt.motion_button.isEnabled()
    assert "for looking only" in opened.window.top_bar.facts.text()
    assert opened.window.board._geometry.new_tile().isEmpty()
    opened.window.close()
    looking.close()


def test_an_empty_film_teaches_the_first_step(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path
) -> None:
    from tests.builders import a_project

    empty = a_project(tmp_path, "empty")
    opened = open_window(empty)
    assert opened.window.board_panel.empty.isVisible()
    qtbot.keyClick(opened.window.board, Qt.Key.Key_N)
    form = opened.window.findChild(SceneSheet)
    qtbot.keyClicks(form.heading, "EXT. PIER - NIGHT")
    qtbot.keyClick(form.heading, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.window.shots.rowCount() == 1)
    assert opened.window.selection.shot is not None
    assert opened.window.shots.scene(opened.window.shots.card(0).scene).heading == "EXT. PIER - NIGHT"
    opened.window.close()
    empty.close()


@pytest.mark.parametrize("form", ["mp4", "otio"])
def test_the_cut_is_exported_beside_the_work(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    out, frames = tmp_path / f"film.{form}", []
    opened.window.exports.progressed.connect(lambda done, of: frames.append((done, of)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(opened.window.exports.finished, timeout=60_000):
        opened.window.actions_by_id["export_movie" if form == "mp4" else "export_timeline"].trigger()
    assert out.stat().st_size > 0
    assert str(out) in opened.window.foot.notice.text()
    assert frames[-1:] == ([(96, 96)] if form == "mp4" else [])


def test_a_stopped_export_leaves_no_file(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "film.mp4"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(opened.window.exports.ended, timeout=60_000) as heard:
        opened.window.export_movie()
        opened.window.foot.export.stop.click()
    assert heard.args == ["The export was stopped; no file was changed."]
    assert not out.exists()
    assert opened.window.problems.shown is None


def test_layout_is_kept_and_put_back(qtbot: QtBot, open_window: Callable[..., Opened], project: OpenProject) -> None:
    first = open_window(project)
    dock = first.window.docks["gallery"]
    qtbot.waitUntil(lambda: dock.width() == first.window.look.size("gallery"))
    first.window.resizeDocks([dock], [330], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: dock.width() == 330)
    first.window.close()
    second = open_window(project)
    qtbot.waitUntil(lambda: second.window.docks["gallery"].width() == 330)


def fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["studio.app", "studio.ui.main_window"])
def test_the_window_opens_without_torch(module: str) -> None:
    loaded = fresh(f"import sys, {module}; print([one for one in ('torch', 'diffusers', 'cv2') if one in sys.modules])")
    assert loaded.strip() == "[]"


def test_wrapped_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 dropped a reference to None at each such call, which ends the process on Python 3.11."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert sys.getrefcount(None) > before - 50


def test_panels_do_not_import_each_other() -> None:
    ui = Path(__file__).parents[2] / "studio" / "ui"
    panels = ("storyboard", "gallery", "viewer", "prompt", "takes", "jobs")
    wrong = [
        f"{file.relative_to(ui)}: {line.strip()}"
        for panel in (*panels, "parts")
        for file in (ui / panel).glob("*.py")
        for line in file.read_text().splitlines()
        for other in panels
        if other != panel and f"studio.ui.{other}" in line
    ]
    assert wrong == []


def test_a_note_whose_take_went_with_an_undo_seeks_nothing(opened: Opened) -> None:
    frame = opened.window.viewer.transport.frame
    opened.window.notes_desk.frame_requested.emit("take_that_is_gone", 3)
    assert opened.window.viewer.transport.frame == frame
