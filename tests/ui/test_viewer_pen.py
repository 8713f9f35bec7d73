"""Lines drawn on a panel by hand: what they become, what the eraser takes away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cut_cards import Stroke
from studio.ui.theme import Look
from studio.ui.viewer.pen import ARROW, ERASER, PENCIL, Pen, smoothed, touches
from tests.builders import a_panel
from tests.ui.viewing import Viewing, viewing

ACROSS = Stroke(PENCIL, ((0.1, 0.5), (0.9, 0.5)), 0.01, "#ECEEF1")


@pytest.fixture
def there(qtbot: QtBot, look: Look, project: OpenProject, tmp_path: Path) -> Iterator[Viewing]:
    with viewing(qtbot, look, project, tmp_path) as made:
        a_panel(made.project, made.shots[1])
        made.watch.flush()
        made.choose(made.shots[1])
        made.settle()
        yield made


def drawn(tool: str, *points: tuple[float, float], lines: tuple[Stroke, ...] = ()) -> list[tuple[Stroke, ...]]:
    pen, heard = Pen(), []
    pen.drawn.connect(heard.append)
    pen.take_up(tool)
    pen.press(points[0], lines, 16 / 9)
    for point in points[1:]:
        pen.move(point)
    pen.release(lines)
    return heard


def test_a_pencil_line_goes_from_where_the_hand_came_down_to_where_it_went_up() -> None:
    (lines,) = drawn(PENCIL, (0.1, 0.1), (0.2, 0.3), (0.4, 0.4), lines=(ACROSS,))
    assert lines[0] == ACROSS
    assert (lines[1].points[0], lines[1].points[-1]) == ((0.1, 0.1), (0.4, 0.4))


def test_an_arrow_is_straight_and_a_touch_is_none() -> None:
    ((arrow,),) = drawn(ARROW, (0.1, 0.1), (0.2, 0.6), (0.5, 0.1))
    assert arrow.points == ((0.1, 0.1), (0.5, 0.1))
    assert drawn(ARROW, (0.1, 0.1)) == []


def test_the_eraser_takes_the_lines_it_touches_and_no_other() -> None:
    far = Stroke(PENCIL, ((0.1, 0.9), (0.9, 0.9)), 0.01, "#ECEEF1")
    assert drawn(ERASER, (0.5, 0.2), (0.5, 0.505), lines=(ACROSS, far)) == [(far,)]
    assert drawn(ERASER, (0.5, 0.2), lines=(ACROSS, far)) == []


def test_touching_is_as_near_across_as_down() -> None:
    upright = Stroke(PENCIL, ((0.5, 0.1), (0.5, 0.9)), 0.01, "#ECEEF1")
    assert touches(upright, (0.5 + 0.015 / 2, 0.5), 2.0)
    assert not touches(upright, (0.5 + 0.03 / 2, 0.5), 2.0)
    assert touches(Stroke(PENCIL, ((0.3, 0.3),), 0.01, "#ECEEF1"), (0.301, 0.301), 2.0)


def test_smoothing_keeps_the_ends_and_the_count() -> None:
    points = [(0.0, 0.0), (0.1, 0.4), (0.2, 0.0), (0.3, 0.4)]
    assert len(smoothed(points)) == 4
    assert (smoothed(points)[0], smoothed(points)[-1]) == (points[0], points[-1])
    assert smoothed(points)[1][1] < 0.4


def test_pressure_makes_a_line_broader_and_a_mouse_draws_the_chosen_width() -> None:
    widths = []
    for pressure in (0.0, 0.5, 1.0):
        pen = Pen()
        pen.drawn.connect(lambda lines: widths.append(lines[-1].width))
        pen.take_up(PENCIL)
        pen.press((0.1, 0.1), (), 1.0, pressure)
        pen.move((0.5, 0.5), pressure)
        pen.release(())
    assert widths[0] < widths[1] == Pen().width < widths[2]


def test_a_line_drawn_with_the_mouse_is_one_undoable_step_of_the_panel(qtbot: QtBot, there: Viewing) -> None:
    screen = there.viewer.picture
    there.viewer.drawing_row.take_pencil()
    box = screen.picture_box()
    here = [QPoint(int(box.left() + box.width() * x), int(box.top() + box.height() / 2)) for x in (0.25, 0.5, 0.75)]
    qtbot.mousePress(screen, Qt.MouseButton.LeftButton, pos=here[0])
    for place in here[1:]:
        qtbot.mouseMove(screen, place)
    assert len(screen.pen.lines) == 1
    qtbot.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=here[-1])
    (line,) = there.project.ask(queries.panel_cards, there.shots[1])[0].strokes
    assert line.points[0] == pytest.approx((0.25, 0.5), abs=0.02)
    assert line.points[-1] == pytest.approx((0.75, 0.5), abs=0.02)
    there.watch.flush()
    there.settle()
    assert there.viewer.picture.shown.picture.frame.strokes == (line,)
    there.project.undo()
    assert there.project.ask(queries.panel_cards, there.shots[1])[0].strokes == ()


def test_a_take_is_not_drawn_on_and_escape_lays_the_pen_down(qtbot: QtBot, there: Viewing) -> None:
    there.viewer.drawing_row.take_eraser()
    assert there.viewer.picture.pen.tool == ERASER
    there.viewer.setFocus()
    qtbot.keyClick(there.viewer, Qt.Key.Key_Escape)
    assert there.viewer.picture.pen.tool == ""
    there.choose(there.shots[0])
    there.viewer.drawing_row.take_pencil()
    assert there.viewer.picture.pen.tool == ""


def test_a_blank_panel_is_made_and_looked_at(qtbot: QtBot, there: Viewing) -> None:
    there.choose(there.shots[2])
    there.viewer.drawing_row.blank.click()
    qtbot.waitUntil(lambda: there.selection.panel is not None)
    there.watch.flush()
    panel = there.project.ask(queries.panel_cards, there.shots[2])[0]
    assert (panel.id, panel.origin) == (there.selection.panel, "drawn")
    there.settle()
    assert not there.viewer.picture.image.isNull()
