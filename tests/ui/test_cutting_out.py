"""Cutting out: the rectangle, the strokes, the way back, and what comes of it in the film."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import gallery_queries, queries
from studio.project.commands import subject as subjects
from studio.ui.background import Background
from studio.ui.cutting_out.canvas import Canvas
from studio.ui.cutting_out.cut_out import DROP, KEEP, CutOut, Dab, Steps
from studio.ui.cutting_out.opening import CuttingOut
from studio.ui.cutting_out.region import ASPECTS, HANDLES, LEAST, Paper, Region
from studio.ui.cutting_out.sheet import CutOutSheet
from studio.ui.cutting_out.source import NEW
from studio.ui.theme import Look
from studio.ui.wishes.cut_outs import CutOutWishes
from studio.ui.wishes.door import Door
from tests.builders import a_subject
from tests.ui.conftest import Opened

RED, GREY = (200, 30, 20), (120, 130, 140)
BLOCK = Region(150, 90, 200, 120)

# --- the rectangle ---------------------------------------------------------------------------------------------------

FAR = st.floats(-500, 1_500)


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(LEAST, 900), st.integers(LEAST, 900)), st.sampled_from(sorted(ASPECTS)),
       st.tuples(FAR, FAR), st.tuples(FAR, FAR), st.sampled_from(HANDLES), st.integers(-90, 90))  # fmt: skip
def test_every_rectangle_lies_on_the_picture_and_keeps_its_shape(
    size: tuple[int, int], shape: str, start: tuple[float, float], end: tuple[float, float], handle: str, step: int
) -> None:
    paper = Paper(*size, ASPECTS[shape])
    drawn = paper.drawn(start, end)
    made = [paper.begin(), drawn, paper.pulled(paper.begin(), handle, *end), paper.moved(drawn, step, -step),
            paper.grown(drawn, step, 0), paper.shaped(Paper(*size).drawn(start, end))]  # fmt: skip
    for one in made:
        assert one.left >= 0 and one.top >= 0 and one.right <= size[0] and one.bottom <= size[1]
        assert min(one.width, one.height) >= LEAST
        if paper.aspect and min(one.width, one.height) > 4 * LEAST:
            assert abs(one.width - one.height * paper.aspect) <= 2


def test_a_handle_moves_its_own_sides_only() -> None:
    paper, region = Paper(400, 300), Region(100, 100, 80, 60)
    assert paper.pulled(region, "se", 250, 190) == Region(100, 100, 150, 90)
    assert paper.pulled(region, "n", 0, 40) == Region(100, 40, 80, 120)
    assert paper.pulled(region, "w", 150, 0) == Region(150, 100, 30, 60)
    assert paper.moved(region, 1_000, -1_000) == Region(320, 0, 80, 60)


def test_steps_are_taken_back_and_done_again_and_no_change_is_no_step() -> None:
    steps = Steps(CutOut(BLOCK))
    dab = Dab(KEEP, ((1, 1),), 4)
    assert not steps.set_region(BLOCK) and not steps.can_undo
    assert steps.add(dab) and steps.set_region(Region(0, 0, 50, 50)) and steps.undo()
    assert steps.now == CutOut(BLOCK, (dab,)) and steps.can_redo
    assert steps.begin_again() and steps.now == CutOut(BLOCK) and not steps.can_redo
    assert steps.undo() and steps.now.of(KEEP) == (dab,) and steps.now.of(DROP) == ()


# --- the sheet -------------------------------------------------------------------------------------------------------


class Bench:
    """A film whose @mara has one picture, and the sheet over a plain window."""

    def __init__(self, qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> None:
        self.qtbot, self.project = qtbot, project
        self.over = QWidget()
        self.over.resize(1280, 760)
        qtbot.addWidget(self.over)
        with qtbot.waitExposed(self.over):
            self.over.show()
        self.background = Background()
        self.door = Door(project)
        self.refused: list[str] = []
        self.door.refused.connect(lambda error: self.refused.append(error.sentence))
        self.wishes = CutOutWishes(self.door)
        self.on_screen: tuple[Path, int] | None = None
        self.opening = CuttingOut(
            look, self.over, self.door, self.background, self.wishes, lambda: self.on_screen, lambda: [self.mara]
        )
        self.file = tmp_path / "Mara, front.png"
        picture = np.full((300, 500, 3), GREY, np.uint8)
        picture[BLOCK.top : BLOCK.bottom, BLOCK.left : BLOCK.right] = RED
        Image.fromarray(picture).save(self.file)
        self.mara = next((one.id for one in project.ask(gallery_queries.subject_cards)), "") or a_subject(project)

    @property
    def sheet(self) -> CutOutSheet:
        found = self.over.findChildren(CutOutSheet)
        assert len(found) == 1
        return found[0]

    def open(self, subject: str | None = None) -> CutOutSheet:
        self.opening.open_file(self.file, self.mara if subject is None else subject)
        self.qtbot.waitUntil(lambda: bool(self.over.findChildren(CutOutSheet)), timeout=20_000)
        self.qtbot.waitUntil(lambda: bool(self.sheet.tools.pixels.text()), timeout=20_000)
        return self.sheet

    def look_for_thing(self, region: Region) -> CutOutSheet:
        self.sheet.tools.what.button("thing").click()
        self.sheet.set_region(region)
        self.wait_found()
        return self.sheet

    def wait_found(self) -> None:
        self.qtbot.waitUntil(lambda: self.sheet.keep_button.isEnabled(), timeout=20_000)

    def keep(self) -> None:
        sheet = self.sheet
        with self.qtbot.waitSignal(sheet.closed, timeout=20_000):
            sheet.keep()

    def views(self):
        return self.project.ask(gallery_queries.subject_card, self.mara).views

    def close(self) -> None:
        self.opening.close()
        self.background.close()


@pytest.fixture
def bench(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, look, project, tmp_path)
    yield made
    made.close()


def pixel(bench: Bench, path: Path, x: int, y: int) -> tuple[int, ...]:
    with Image.open(path) as picture:
        return tuple(picture.convert("RGBA").getpixel((x, y)))


def test_a_region_of_a_file_becomes_a_view_in_one_step_and_the_file_comes_with_it(bench: Bench) -> None:
    sheet = bench.open()
    sheet.set_region(BLOCK)
    sheet.use_as.view.setCurrentIndex(sheet.use_as.view.findData("face"))
    before = bench.project.newest_step()
    bench.keep()
    (view,) = bench.views()
    assert (view.width, view.height, view.view, view.original_name) == (200, 120, "face", "Mara, front, cut out.png")
    assert pixel(bench, view.picture, 0, 0) == (*RED, 255)
    whole = bench.project.media.path(f"{view.cut_from}.png")
    assert pixel(bench, whole, 0, 0) == (*GREY, 255)
    bench.project.undo()
    assert bench.views() == () and bench.project.newest_step() == before


def test_a_grabbed_frame_is_not_called_by_the_name_of_a_file(bench: Bench) -> None:
    bench.opening.open_file(bench.file, bench.mara, "the frame on screen")
    bench.qtbot.waitUntil(lambda: bool(bench.over.findChildren(CutOutSheet)), timeout=20_000)
    assert "Cut out of the frame on screen" in [label.text() for label in bench.sheet.findChildren(QLabel)]


def test_a_thing_is_cut_from_a_view_without_its_background_as_a_new_subject(bench: Bench) -> None:
    bench.open()
    bench.keep()
    original = bench.views()[0]
    bench.project.run(subjects.edit_view, original.id, view="front")
    bench.opening.open_view(original.id)
    bench.qtbot.waitUntil(lambda: bool(bench.sheet.tools.pixels.text()), timeout=20_000)
    sheet = bench.look_for_thing(Region(80, 40, 240, 160))
    sheet.use_as.subject.setCurrentIndex(sheet.use_as.subject.findData(NEW))
    sheet.use_as.subject.edited.emit(NEW)
    assert not sheet.use_as.name.isHidden() and sheet.keep_button.text() == "Add as a new subject"
    sheet.use_as.name.setText("@box")
    bench.keep()
    box = next(one for one in bench.project.ask(gallery_queries.subject_cards) if one.name == "@box")
    assert box.views[0].cut_from == original.hash
    assert pixel(bench, box.views[0].picture, 0, 0)[3] == 0
    assert pixel(bench, box.views[0].picture, box.views[0].width // 2, box.views[0].height // 2) == (*RED, 255)
    assert len(bench.views()) == 1


def test_a_name_that_is_taken_is_told_in_the_sheet_and_nothing_comes_into_the_film(bench: Bench) -> None:
    name = bench.project.ask(gallery_queries.subject_cards)[0].name
    files = sorted(bench.project.media.media.iterdir())
    sheet = bench.open(NEW)
    sheet.use_as.name.setText(name.upper())
    sheet.keep()
    bench.qtbot.waitUntil(lambda: not sheet.refusal.isHidden(), timeout=20_000)
    assert "already" in sheet.refusal.text() and sheet.keep_button.isEnabled()
    sheet.close_sheet()
    assert sorted(bench.project.media.media.iterdir()) == files
    assert len(bench.project.ask(gallery_queries.subject_cards)) == 1


def test_a_sheet_that_is_left_while_it_writes_leaves_nothing(bench: Bench) -> None:
    files, step = sorted(bench.project.media.media.iterdir()), bench.project.newest_step()
    sheet = bench.open()
    sheet.keep()
    assert not sheet.keep_button.isEnabled()
    bench.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    bench.background._pool.waitForDone()
    bench.qtbot.wait(20)
    assert (bench.project.newest_step(), bench.views()) == (step, ())
    assert sorted(bench.project.media.media.iterdir()) == files


def test_what_an_earlier_sheet_leaves_behind_takes_nothing_from_the_next(bench: Bench) -> None:
    bench.open()
    bench.sheet.keep()
    bench.sheet.close_sheet()
    bench.qtbot.waitUntil(lambda: not bench.over.findChildren(CutOutSheet), timeout=20_000)
    bench.open()
    bench.background._pool.waitForDone()
    bench.qtbot.wait(20)
    bench.keep()
    assert len(bench.views()) == 1 and bench.views()[0].picture.is_file()


def test_a_stroke_drops_what_was_kept_and_ctrl_z_brings_it_back(bench: Bench) -> None:
    bench.open()
    sheet = bench.look_for_thing(Region(130, 70, 240, 160))
    canvas = sheet.canvas

    def kept(x: int, y: int) -> bool:
        found = sheet._found
        assert found is not None
        return bool(found.mask[y, x] > 127)

    assert kept(250, 150)
    bench.qtbot.keyClick(canvas, Qt.Key.Key_D)
    start, end = (canvas._on_screen(x, 150).toPoint() for x in (170, 330))
    bench.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    bench.qtbot.mouseMove(canvas, end)
    bench.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    bench.qtbot.waitUntil(lambda: sheet._found is not None and not kept(250, 150), timeout=20_000)
    assert kept(250, 105)
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: kept(250, 150), timeout=20_000)
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Z, HELD_BOTH)
    bench.qtbot.waitUntil(lambda: not kept(250, 150), timeout=20_000)


HELD_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_right_button_does_the_other_and_space_dabs_from_the_keyboard(bench: Bench) -> None:
    bench.open()
    sheet = bench.look_for_thing(Region(130, 70, 240, 160))
    made: list[Dab] = []
    sheet.canvas.stroke_drawn.connect(made.append)
    bench.qtbot.keyClick(sheet.canvas, Qt.Key.Key_K)
    bench.qtbot.mouseClick(sheet.canvas, Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    bench.qtbot.keyClick(sheet.canvas, Qt.Key.Key_Right)
    bench.qtbot.keyClick(sheet.canvas, Qt.Key.Key_Space)
    assert [one.kind for one in made] == [DROP, KEEP]
    assert made[1].points[0][0] > made[0].points[0][0]
    was = sheet.tools.brush.value()
    bench.qtbot.keyClick(sheet.canvas, Qt.Key.Key_BracketRight)
    assert sheet.tools.brush.value() > was == made[0].radius


def test_the_rectangle_is_moved_and_sized_by_arrows_and_pulled_by_the_mouse(bench: Bench) -> None:
    sheet = bench.open()
    canvas = sheet.canvas
    sheet.set_region(Region(100, 100, 80, 60))
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Right)
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert sheet._steps is not None and sheet._steps.now.region == Region(101, 110, 81, 60)
    corner, there = canvas._on_screen(182, 170).toPoint(), canvas._on_screen(282, 240).toPoint()
    bench.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corner)
    bench.qtbot.mouseMove(canvas, there)
    bench.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)
    now = sheet._steps.now.region
    assert (now.left, now.top) == (101, 110) and abs(now.right - 282) <= 1 and abs(now.bottom - 240) <= 1
    sheet.tools.shapes.button("square").click()
    assert sheet._steps.now.region.width == sheet._steps.now.region.height
    assert "pixels from" in canvas.accessibleDescription()


def test_a_drag_in_the_rectangle_the_sheet_begins_with_draws_one(bench: Bench) -> None:
    sheet = bench.open()
    canvas = sheet.canvas
    drag(bench, canvas, (100, 90), (180, 150))
    drawn = sheet._steps.now.region
    assert abs(drawn.left - 100) <= 1 and abs(drawn.right - 180) <= 1
    drag(bench, canvas, (140, 120), (150, 120))
    moved = sheet._steps.now.region
    assert (moved.width, moved.height) == (drawn.width, drawn.height) and abs(moved.left - drawn.left - 10) <= 1


def drag(bench: Bench, canvas: Canvas, start: tuple[int, int], end: tuple[int, int]) -> None:
    here, there = canvas._on_screen(*start).toPoint(), canvas._on_screen(*end).toPoint()
    bench.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=here)
    bench.qtbot.mouseMove(canvas, there)
    bench.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)


def test_before_is_shown_while_b_is_held(bench: Bench) -> None:
    sheet = bench.open()
    bench.qtbot.keyPress(sheet.canvas, Qt.Key.Key_B)
    assert sheet.canvas.view == "before"
    bench.qtbot.keyRelease(sheet.canvas, Qt.Key.Key_B)
    assert sheet.canvas.view == "marked"


def test_where_nothing_is_found_the_sheet_says_so_and_nothing_can_be_added(bench: Bench) -> None:
    sheet = bench.open()
    sheet.tools.what.button("thing").click()
    sheet.set_region(Region(2, 2, 60, 60))
    sheet.add_stroke(Dab(DROP, ((30.0, 30.0),), 100.0))
    bench.qtbot.waitUntil(lambda: not sheet.refusal.isHidden(), timeout=20_000)
    assert "Nothing inside the rectangle" in sheet.refusal.text() and not sheet.keep_button.isEnabled()
    sheet.tools.what.button("region").click()
    assert sheet.keep_button.isEnabled() and sheet.refusal.isHidden()


def test_a_frame_of_a_take_is_cut_from_and_without_one_it_is_said(bench: Bench) -> None:
    bench.opening.cut_from_frame()
    assert bench.refused == ["There is no frame of a take on screen."]
    shot = bench.project.ask(queries.shot_cards)[0].id
    bench.on_screen = bench.project.ask(queries.take_cards, shot)[0].media, 3
    bench.opening.cut_from_frame()
    bench.qtbot.waitUntil(lambda: bool(bench.over.findChildren(CutOutSheet)), timeout=20_000)
    assert bench.sheet.accessibleName() == "Cut out of frame 3"
    assert bench.sheet.keep_button.text() == "Add to @mara"


@pytest.mark.parametrize("name", ["logo.svg", "huge.png"])
def test_a_file_that_cannot_be_read_opens_nothing_and_is_refused_in_one_sentence(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    if name == "huge.png":
        Image.new("1", (20_000, 15_000)).save(tmp_path / name)
    else:
        (tmp_path / name).write_text("<svg><script>x()</script></svg>")
    bench.opening.open_file(tmp_path / name)
    bench.qtbot.waitUntil(lambda: bool(bench.refused), timeout=20_000)
    assert name in bench.refused[0] and not bench.over.findChildren(CutOutSheet)


def test_tab_reaches_everything_and_everything_it_reaches_has_a_name(bench: Bench) -> None:
    sheet, reached = bench.open(), []
    held = bench.over.focusWidget()
    while held not in reached:
        reached.append(held)
        bench.qtbot.keyClick(held, Qt.Key.Key_Tab)
        held = bench.over.focusWidget()
    assert all(one.accessibleName() for one in reached), [one for one in reached if not one.accessibleName()]
    assert {sheet.canvas, sheet.keep_button, sheet.use_as.subject, sheet.use_as.view} <= set(reached)
    labels = " ".join(one.text() for one in sheet.findChildren(QLabel))
    assert "The picture it is cut from stays as it is." in labels


def test_the_window_cuts_out_of_the_frame_on_screen_and_the_gallery_shows_it(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    window.board.select_shot(opened.shots[0])
    qtbot.waitUntil(lambda: window.on_screen.frame() is not None, timeout=20_000)
    window.actions_by_id["cut_from_frame"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(CutOutSheet)), timeout=20_000)
    sheet = window.findChild(CutOutSheet)
    qtbot.waitUntil(sheet.keep_button.isEnabled, timeout=20_000)
    with qtbot.waitSignal(sheet.closed, timeout=20_000):
        qtbot.keyClick(sheet.canvas, Qt.Key.Key_Return)
    (card,) = opened.project.ask(gallery_queries.subject_cards)
    assert [view.width for view in card.views] == [128] and card.views[0].cut_from
    window.actions_by_id["undo"].trigger()
    assert opened.project.ask(gallery_queries.subject_cards)[0].views == ()
