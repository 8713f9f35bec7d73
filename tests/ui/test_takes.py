"""Takes: scrubbed under the pointer, told in full, worked on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.errors import Refused
from studio.generation.wish import Extend, Redo
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import TakeCard
from studio.project.take_info import differences, take_rows
from studio.project.timing import FrameRate
from studio.ui.parts.pictures import PictureStore
from studio.ui.strips import FRAMES, part_of, strip_maker, strip_path
from studio.ui.takes.dock import TakesPanel
from studio.ui.takes.info_sheet import TakeInfoSheet
from studio.ui.takes.work_sheets import ExtendSheet, RedoSheet
from studio.ui.theme import Look

RATE = FrameRate(24)


@pytest.fixture
def takes(project: OpenProject) -> tuple[TakeCard, ...]:
    """The two takes of the first shot, whose movies are real."""
    shot = project.ask(queries.shot_cards)[0].id
    return project.ask(queries.take_cards, shot)


@pytest.fixture
def over(qtbot: QtBot, look: Look) -> QWidget:
    made = QWidget()
    made.resize(1200, 900)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def strips(project: OpenProject, over: QWidget) -> Iterator[PictureStore]:
    made = PictureStore(over, strip_maker(project))
    yield made
    made.close()


def test_a_strip_has_its_frames_in_the_order_of_the_take(
    qtbot: QtBot, strips: PictureStore, takes: tuple[TakeCard, ...]
) -> None:
    path = strip_path(takes[0])
    with qtbot.waitSignal(strips.arrived):
        assert strips.pixmap(path, 160 * FRAMES, 90) is None
    strip = strips.pixmap(path, 160 * FRAMES, 90)
    assert isinstance(strip, QPixmap) and not strip.isNull()
    image = strip.toImage()
    greys = [image.pixelColor(part_of(strip, place / FRAMES).center()).green() for place in range(FRAMES)]
    assert greys == sorted(greys) and greys[-1] - greys[0] > 30


def test_the_pointer_over_a_picture_scrubs_and_beside_it_does_not(
    over: QWidget, look: Look, strips: PictureStore, takes: tuple[TakeCard, ...]
) -> None:
    panel = TakesPanel(look, strips, strips, writable=True)
    panel.setParent(over)
    panel.resize(360, 300)
    panel.show()
    panel.show_shot("1A", takes, ())
    rect = panel.takes.rect_for(takes[1].id)

    def move(point: QPoint) -> None:
        at, none = QPointF(point), Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, panel.takes.mapToGlobal(at), none, none,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
        panel.takes.mouseMoveEvent(event)

    move(rect.topLeft() + QPoint(80, 40))
    delegate = panel.takes._delegate
    assert delegate._scrubbed == takes[1].id and delegate._part == pytest.approx(0.5)
    move(rect.topLeft() + QPoint(80, 100))
    assert delegate._scrubbed == ""


def test_every_input_is_told_in_the_trades_words(takes: tuple[TakeCard, ...]) -> None:
    rows = {row.label: row.value for row in take_rows(takes[0], RATE, lambda _subject: "@mara")}
    assert rows["Seed"] == "1" and rows["Drawings"] == "25, each held 2 frames"
    assert rows["Model file"] == "abc123" and rows["Came"] == "generated"
    assert rows["Length"].startswith("1:00, 24 frames")
    for word in ("weights", "latents", "denois"):
        assert word not in " ".join(rows).lower()


def test_what_differs_from_another_take_is_named_and_nothing_else(takes: tuple[TakeCard, ...]) -> None:
    assert differences(takes[0], takes[1]) == ["seed: 1 and 2"]


def test_a_take_brought_in_has_no_inputs_and_nothing_to_run_again(
    over: QWidget, look: Look, takes: tuple[TakeCard, ...]
) -> None:
    brought = replace(takes[0], recipe="", job="", origin="imported")
    sheet = TakeInfoSheet(look, over, "1A", brought, takes, RATE, str, writable=True)
    assert {row.label for row in sheet.rows} >= {"Came", "File"} and "Seed" not in {row.label for row in sheet.rows}
    assert sheet.again.isHidden()
    sheet.compare_with(takes[1].id)
    assert sheet.difference_words == [f"Take {takes[0].name} was brought in from a file."]


def test_take_info_tells_the_difference_that_is_asked_for_and_runs_again(
    qtbot: QtBot, over: QWidget, look: Look, takes: tuple[TakeCard, ...]
) -> None:
    sheet = TakeInfoSheet(look, over, "1A", takes[0], takes, RATE, str, writable=True)
    sheet.open()
    sheet.other.setCurrentIndex(sheet.other.findData(takes[1].id))
    sheet.other.activated.emit(sheet.other.currentIndex())
    assert sheet.difference_words == ["Seed: 1 and 2"]
    with qtbot.waitSignal(sheet.again_requested) as asked:
        sheet.again.click()
    assert asked.args == [takes[0].id] and sheet.isHidden()


def test_extend_says_where_and_by_how_much(over: QWidget, look: Look, takes: tuple[TakeCard, ...]) -> None:
    asked: list[object] = []
    sheet = ExtendSheet(look, over, takes[0], RATE, lambda work: asked.append(work))
    sheet.open()
    sheet.ends.choose("head")
    sheet.by.setText("1:12")
    sheet.keep()
    assert asked == [Extend(takes[0].id, "head", 36)] and sheet.isHidden()


def test_a_range_that_ends_before_it_begins_is_told_in_the_sheet_which_stays(
    over: QWidget, look: Look, takes: tuple[TakeCard, ...]
) -> None:
    asked: list[object] = []
    sheet = RedoSheet(look, over, takes[0], (4, 12), RATE, lambda work: asked.append(work))
    sheet.open()
    assert sheet.length.text().startswith("9 frames")
    sheet.last.setText("2")
    sheet.keep()
    assert not asked and not sheet.isHidden() and "before it begins" in sheet.trouble.text()
    sheet.last.setText("20")
    sheet.keep()
    assert asked == [Redo(takes[0].id, 4, 20)] and sheet.isHidden()


def test_what_the_queue_refuses_is_told_in_the_sheet(over: QWidget, look: Look, takes: tuple[TakeCard, ...]) -> None:
    refusal = Refused("slate cannot extend takes.", "Choose another engine.")
    sheet = ExtendSheet(look, over, takes[0], RATE, lambda _work: refusal)
    sheet.open()
    sheet.keep()
    assert sheet.trouble.text() == "slate cannot extend takes. Choose another engine." and not sheet.isHidden()
