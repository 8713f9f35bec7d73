"""The board by mouse and keyboard, found by the shots' ids and never by pixels."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.project import queries
from studio.project.commands import shot as shots
from studio.ui.live import Live
from tests.builders import a_scene
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
    from studio.ui.storyboard.shot_list import Role

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
