"""The board by mouse and keyboard, found by the shots' ids and never by pixels."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.project import queries
from studio.project.commands import shot as shots
from studio.ui.live import Live
from studio.ui.parts.carried import carry_subject
from studio.ui.parts.held_files import Held
from studio.ui.storyboard.drops import words_on_board, words_on_shot
from tests.builders import a_picture, a_scene
from tests.ui.conftest import Opened

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def click(opened: Opened, shot: str, modifier: Qt.KeyboardModifier = NONE) -> None:
    board = opened.window.board
    QTest.mouseClick(board.viewport(), LEFT, modifier, board.rect_for_shot(shot).center())


def drag(opened: Opened, shot: str, to: QPoint) -> None:
    viewport = opened.window.board.viewport()
    start = opened.window.board.rect_for_shot(shot).center()
    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in range(1, 6):
        QTest.mouseMove(viewport, start + (to - start) * step / 5)
    QTest.mouseRelease(viewport, LEFT, NONE, to)


def order(opened: Opened) -> list[str]:
    return [card.id for card in opened.project.ask(queries.shot_cards)]


def test_the_hooks_agree_with_each_other(opened: Opened) -> None:
    board = opened.window.board
    for shot in opened.shots:
        assert board.shot_at(board.rect_for_shot(shot).center()) == shot
    assert board.shot_at(QPoint(2, 2)) is None
    assert board.rect_for_shot("shot_unknown").isEmpty()


def test_a_click_selects_and_ctrl_adds(opened: Opened) -> None:
    click(opened, opened.shots[2])
    assert opened.window.selection.shots == [opened.shots[2]]
    click(opened, opened.shots[0], Qt.KeyboardModifier.ControlModifier)
    assert opened.window.selection.shots == [opened.shots[0], opened.shots[2]]
    assert opened.window.prompt.shot.id == opened.shots[0]


def test_arrows_move_on_the_board(qtbot: QtBot, opened: Opened) -> None:
    board = opened.window.board
    click(opened, opened.shots[0])
    for key, wanted in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 3),
                        (Qt.Key.Key_Home, 0)):  # fmt: skip
        qtbot.keyClick(board, key)
        assert opened.window.selection.shot == opened.shots[wanted]


def test_dragging_a_card_moves_its_event_in_one_step(qtbot: QtBot, opened: Opened) -> None:
    a, b, c, d = opened.shots
    board = opened.window.board
    drag(opened, a, board.rect_for_shot(c).center() + QPoint(60, 0))
    assert order(opened) == [b, c, a, d]
    qtbot.waitUntil(lambda: [card.id for card in opened.window.shots.cards()] == [b, c, a, d])
    opened.project.undo()
    assert order(opened) == [a, b, c, d]


def test_a_card_dropped_where_it_was_changes_nothing(opened: Opened) -> None:
    before = opened.project.undo_text(), order(opened)
    box = opened.window.board.rect_for_shot(opened.shots[1])
    drag(opened, opened.shots[1], box.center() + QPoint(20, 6))
    assert (opened.project.undo_text(), order(opened)) == before


def test_a_card_dropped_in_another_scene_joins_it(qtbot: QtBot, opened: Opened) -> None:
    second = a_scene(opened.project, "EXT. FERRY DECK - DAWN")
    board = opened.window.board
    qtbot.waitUntil(lambda: board.window() and opened.window.shots.scene(second) is not None)
    below = board.rect_for_shot(opened.shots[0]).bottomLeft() + QPoint(40, 90)
    drag(opened, opened.shots[3], below)
    assert opened.card(opened.shots[3]).scene == second


def test_only_cards_that_differ_are_announced(opened: Opened) -> None:
    heard: list[int] = []
    opened.window.shots.dataChanged.connect(lambda first, last: heard.extend(range(first.row(), last.row() + 1)))
    cards = opened.window.shots.cards()
    opened.window.shots.refresh([cards[0], replace(cards[2], action="is gone"), cards[3]])
    assert heard == [2]


def test_an_edit_refreshes_its_own_card_alone(qtbot: QtBot, opened: Opened) -> None:
    heard: list[int] = []
    resets: list[int] = []
    opened.window.shots.dataChanged.connect(lambda first, _last: heard.append(first.row()))
    opened.window.shots.modelReset.connect(lambda: resets.append(1))
    opened.project.run(shots.edit_shot, opened.shots[1], action="turns round")
    qtbot.waitUntil(lambda: opened.window.shots.card(1).action == "turns round")
    assert heard == [1] and resets == []


def test_selection_and_scroll_stay_when_shots_come_and_go(qtbot: QtBot, opened: Opened) -> None:
    click(opened, opened.shots[2])
    opened.project.run(shots.duplicate_shot, opened.shots[0])
    qtbot.waitUntil(lambda: opened.window.shots.rowCount() == 5)
    assert opened.window.selection.shot == opened.shots[2]
    assert opened.window.board.current_shot() == opened.shots[2]


def test_n_makes_a_shot_after_the_selected_one_and_puts_the_hands_in_its_prompt(qtbot: QtBot, opened: Opened) -> None:
    click(opened, opened.shots[1])
    qtbot.keyClick(opened.window.board, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: opened.window.shots.rowCount() == 5)
    made = opened.window.shots.card(2).id
    assert opened.window.selection.shot == made
    assert opened.window.prompt.draft.hasFocus()


def test_delete_omits_and_restores_and_the_number_stays(qtbot: QtBot, opened: Opened) -> None:
    click(opened, opened.shots[1])
    number = opened.card(opened.shots[1]).number
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Delete)
    assert opened.card(opened.shots[1]).omitted
    assert opened.card(opened.shots[1]).number == number
    qtbot.waitUntil(lambda: opened.window.shots.card(1).omitted)
    qtbot.keyClick(opened.window.board, Qt.Key.Key_Delete)
    assert not opened.card(opened.shots[1]).omitted


def test_the_new_shot_tile_makes_one(qtbot: QtBot, opened: Opened) -> None:
    tile = opened.window.board._geometry.new_tile().center()
    QTest.mouseClick(opened.window.board.viewport(), LEFT, NONE, tile)
    qtbot.waitUntil(lambda: opened.window.shots.rowCount() == 5)


def test_a_card_tells_its_state_to_who_cannot_see_it(opened: Opened) -> None:
    index = opened.window.shots.index(0)
    said = opened.window.shots.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Shot 1_0010, 2 takes, 1:00, @mara walks"


def test_steps_are_shown_on_the_card_and_go_away(opened: Opened) -> None:
    from studio.ui.storyboard.board.shot_list import Role

    index = opened.window.shots.index(1)
    opened.window.shots.set_live(opened.shots[1], Live("drawing", 3, 24))
    assert opened.window.shots.data(index, Role.LIVE).short == "3 of 24"
    opened.window.shots.set_live(opened.shots[1], None)
    assert opened.window.shots.data(index, Role.LIVE) is None


def test_every_state_of_a_shot_can_be_drawn(opened: Opened) -> None:
    from studio.project.cards import ShotState

    cards = [replace(opened.window.shots.card(0), state=state, cause="move changed") for state in ShotState]
    for card in cards:
        opened.window.shots.refresh([card])
        assert not opened.window.board.grab(opened.window.board.rect_for_shot(card.id)).isNull()


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(opened: Opened) -> list[str]:
    return [opened.window.shots.shot(row) for row in range(opened.window.shots.rowCount())]


def test_several_cards_are_dragged_together_in_one_step(qtbot: QtBot, opened: Opened) -> None:
    a, b, c, d = opened.shots
    click(opened, a)
    click(opened, c, CONTROL)
    drag(opened, a, opened.window.board.rect_for_shot(d).center() + QPoint(60, 0))
    assert order(opened) == [b, d, a, c]
    opened.project.undo()
    assert order(opened) == [a, b, c, d]


def test_escape_puts_a_dragged_card_back(qtbot: QtBot, opened: Opened) -> None:
    board, viewport = opened.window.board, opened.window.board.viewport()
    before = order(opened), opened.project.undo_text()
    start = board.rect_for_shot(opened.shots[0]).center()
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, start + QPoint(200, 0))
    qtbot.keyClick(board, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, LEFT, NONE, start + QPoint(300, 0))
    assert (order(opened), opened.project.undo_text()) == before


def move_with(viewport: QWidget, to: QPoint, modifier: Qt.KeyboardModifier) -> None:
    place, kind = QPointF(to), QEvent.Type.MouseMove
    QApplication.sendEvent(viewport, QMouseEvent(kind, place, place, Qt.MouseButton.NoButton, LEFT, modifier))


def test_ctrl_and_drag_copies_to_the_place_in_one_step(qtbot: QtBot, opened: Opened) -> None:
    a, b, c, d = opened.shots
    board, viewport = opened.window.board, opened.window.board.viewport()
    start, to = board.rect_for_shot(a).center(), board.rect_for_shot(d).center() + QPoint(60, 0)
    click(opened, a)
    QTest.mousePress(viewport, LEFT, CONTROL, start)
    for step in range(1, 6):
        move_with(viewport, start + (to - start) * step / 5, CONTROL)
    QTest.mouseRelease(viewport, LEFT, CONTROL, to)
    now = order(opened)
    assert now[:4] == [a, b, c, d] and len(now) == 5
    assert opened.card(now[4]).action == opened.card(a).action
    opened.project.undo()
    assert order(opened) == [a, b, c, d]


def test_shift_selects_a_range_and_ctrl_a_the_scene_then_all(qtbot: QtBot, opened: Opened) -> None:
    second = a_scene(opened.project, "EXT. FERRY DECK - DAWN")
    made = opened.project.run(shots.add_shot, second).new("shot")
    qtbot.waitUntil(lambda: opened.window.shots.row_of(made) is not None)
    board = opened.window.board
    click(opened, opened.shots[1])
    click(opened, opened.shots[3], SHIFT)
    assert opened.window.selection.shots == opened.shots[1:]
    qtbot.keyClick(board, Qt.Key.Key_A, CONTROL)
    assert opened.window.selection.shots == opened.shots
    qtbot.keyClick(board, Qt.Key.Key_A, CONTROL)
    assert opened.window.selection.shots == [*opened.shots, made]


def test_a_band_pulled_over_cards_selects_them(opened: Opened) -> None:
    board, viewport = opened.window.board, opened.window.board.viewport()
    first, third = board.rect_for_shot(opened.shots[0]), board.rect_for_shot(opened.shots[2])
    below = QPoint(third.center().x(), third.bottom() + 6)
    QTest.mousePress(viewport, LEFT, NONE, below)
    QTest.mouseMove(viewport, below - QPoint(20, 20))
    QTest.mouseMove(viewport, first.center())
    QTest.mouseRelease(viewport, LEFT, NONE, first.center())
    assert opened.window.selection.shots == opened.shots[:3]


def test_up_goes_to_the_header_and_left_folds_its_scene(qtbot: QtBot, opened: Opened) -> None:
    board = opened.window.board
    click(opened, opened.shots[1])
    qtbot.keyClick(board, Qt.Key.Key_Up)
    assert "Scene 1" in board.accessibleDescription()
    qtbot.keyClick(board, Qt.Key.Key_Left)
    assert board.rect_for_shot(opened.shots[1]).isEmpty()
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert not board.rect_for_shot(opened.shots[1]).isEmpty()
    qtbot.keyClick(board, Qt.Key.Key_Down)
    assert opened.window.selection.shot == opened.shots[1]


def test_a_typed_number_goes_to_its_shot(qtbot: QtBot, opened: Opened) -> None:
    click(opened, opened.shots[0])
    qtbot.keyClicks(opened.window.board, "30")
    assert opened.window.selection.shot == opened.shots[2]


def test_f2_writes_the_action_on_the_card_and_enter_keeps_it(qtbot: QtBot, opened: Opened) -> None:
    board = opened.window.board
    click(opened, opened.shots[1])
    qtbot.keyClick(board, Qt.Key.Key_F2)
    assert board._editor.isVisible() and board._editor.toPlainText() == "waits"
    qtbot.keyClicks(board._editor, "kneels")
    qtbot.keyClick(board._editor, Qt.Key.Key_Return)
    assert opened.card(opened.shots[1]).action == "kneels"
    assert not board._editor.isVisible() and board.hasFocus()


def test_escape_leaves_an_action_as_it_was(qtbot: QtBot, opened: Opened) -> None:
    board = opened.window.board
    click(opened, opened.shots[1])
    qtbot.keyClick(board, Qt.Key.Key_F2)
    qtbot.keyClicks(board._editor, "kneels")
    qtbot.keyClick(board._editor, Qt.Key.Key_Escape)
    assert opened.card(opened.shots[1]).action == "waits"


def test_bulk_edits_are_one_step(qtbot: QtBot, opened: Opened) -> None:
    qtbot.keyClick(opened.window.board, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(opened.window.board, Qt.Key.Key_A)
    assert all(opened.card(shot).approved for shot in opened.shots)
    opened.project.undo()
    assert not any(opened.card(shot).approved for shot in opened.shots)
    qtbot.waitUntil(lambda: not opened.window.shots.card(0).approved)
    qtbot.keyClick(opened.window.board, Qt.Key.Key_D)
    assert len(order(opened)) == 8
    opened.project.undo()
    assert order(opened) == opened.shots


def test_shift_n_makes_a_shot_before_the_selected_one(qtbot: QtBot, opened: Opened) -> None:
    click(opened, opened.shots[2])
    qtbot.keyClick(opened.window.board, Qt.Key.Key_N, SHIFT)
    assert order(opened).index(opened.shots[2]) == 3


def test_a_filter_shows_only_its_shots_and_a_new_one_takes_it_away(qtbot: QtBot, opened: Opened) -> None:
    chips = opened.window.board_panel.filter
    qtbot.waitUntil(lambda: "4" in chips.chip("all").text())
    assert chips.chip("to_do").text() == "To do 3"
    chips.chip("to_do").click()
    assert shown(opened) == opened.shots[1:]
    chips.chip("approved").click()
    assert shown(opened) == []
    qtbot.keyClick(opened.window.board, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: len(shown(opened)) == 5)
    assert chips.chip("all").isChecked()


def test_cards_grow_and_shrink_and_all_can_be_seen_at_once(qtbot: QtBot, opened: Opened) -> None:
    board = opened.window.board
    with qtbot.waitSignal(board.size_changed):
        board.larger()
    assert board.rect_for_shot(opened.shots[0]).width() == board.card_width > 164
    board.fit()
    seen = board.viewport().rect()
    assert all(seen.contains(board.rect_for_shot(shot)) for shot in opened.shots)


def test_files_dropped_on_a_card_and_beside_it_are_told_apart(opened: Opened, tmp_path: Path) -> None:
    board = opened.window.board
    on_card, on_board = [], []
    board.files_dropped.disconnect()
    board.files_dropped_on_board.disconnect()
    board.files_dropped.connect(lambda shot, paths: on_card.append((shot, paths)))
    board.files_dropped_on_board.connect(lambda scene, paths: on_board.append((scene, paths)))
    files = tuple(a_picture(tmp_path / f"{n}.png") for n in range(3))
    box = board.rect_for_shot(opened.shots[1])
    drop_files(opened, files, box.center())
    drop_files(opened, files, QPoint(box.center().x(), box.bottom() + 5))
    assert on_card == [(opened.shots[1], files)]
    assert on_board == [(opened.card(opened.shots[1]).scene, files)]


def test_a_subject_let_go_over_a_card_joins_that_shot_and_nothing_beside_it(opened: Opened) -> None:
    board, mara = opened.window.board, opened.project.ask(queries.subject_cards)[0]
    box, data = board.rect_for_shot(opened.shots[1]), carry_subject(mara.id, mara.name)
    beside = QPoint(box.center().x(), box.bottom() + 5)
    refused = QDragEnterEvent(beside, Qt.DropAction.CopyAction, data, LEFT, NONE)
    board.dragEnterEvent(refused)
    assert not refused.isAccepted()
    drop(board, data, box.center())
    assert [one.name for one in opened.project.ask(queries.shot_cast, opened.shots[1])[1]] == ["@mara"]


def drop(board: QWidget, data: QMimeData, at: QPoint) -> None:
    board.dragEnterEvent(QDragEnterEvent(at, Qt.DropAction.CopyAction, data, LEFT, NONE))
    board.grab()
    board.dropEvent(QDropEvent(at.toPointF(), Qt.DropAction.CopyAction, data, LEFT, NONE))


def drop_files(opened: Opened, files: tuple[Path, ...], at: QPoint) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    drop(opened.window.board, data, at)


def test_files_over_a_card_are_told_as_what_they_become() -> None:
    assert words_on_shot(Held(3, 0, 0, 0), "1B") == "Become 3 panels of 1B"
    assert words_on_shot(Held(0, 1, 0, 0), "1B") == "Becomes a take of 1B"
    assert words_on_shot(Held(2, 1, 0, 0), "1B") == "Become 2 panels and a take of 1B"
    assert words_on_board(Held(0, 0, 0, 1, "refs"), "2") == "A shot for each picture and movie in “refs” in scene 2"
    assert words_on_board(Held(1, 0, 0, 0), "") == "Becomes a new shot"
