"""The gallery under the hands: keyboard, mouse, search, renaming, what is dropped on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.project.gallery_cards import MentionProblem
from studio.ui.gallery.dock import Gallery
from studio.ui.parts.carried import carried_subject, carried_view, carry_subject, carry_view
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look
from tests.builders import a_picture
from tests.ui.gallery_cards import change_card, subject_card, view_card

Key = Qt.Key
WORN = view_card("worn", wardrobe="c-1")
MARA = subject_card("@mara", description="yellow raincoat", shots=7, wardrobe=(change_card(1, 2),),
                    views=(view_card("one"), view_card("two"), WORN))  # fmt: skip
JON = subject_card("@jon", 1, shots=2)
LANTERN = subject_card("@lantern", kind="prop")


@pytest.fixture
def gallery(qtbot: QtBot, look: Look) -> Iterator[Gallery]:
    pictures, over = PictureStore(), QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    made = Gallery(look, pictures)
    made.setParent(over)
    made.resize(264, 600)
    made.show_subjects([MARA, JON, LANTERN])
    with qtbot.waitExposed(over):
        over.show()
    made.take_keys()
    yield made
    pictures.close()


def press(gallery: Gallery, *keys: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(gallery.view, key, held)


def current(gallery: Gallery) -> tuple[str, str]:
    row = gallery.view.current_row()
    return row.key if row is not None else ("", "")


def click(gallery: Gallery, point: QPoint) -> None:
    QTest.mouseClick(gallery.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


# --- keyboard ---


def test_up_and_down_go_through_kinds_subjects_and_changes(gallery: Gallery) -> None:
    assert current(gallery) == ("subject", "s-mara")
    press(gallery, Key.Key_Down)
    assert current(gallery) == ("change", "c-1")
    press(gallery, Key.Key_Down, Key.Key_Down)
    assert current(gallery) == ("group", "prop")
    press(gallery, Key.Key_Home)
    assert current(gallery) == ("group", "character")
    press(gallery, Key.Key_End)
    assert current(gallery) == ("subject", "s-lantern")


def test_left_and_right_go_through_the_views_of_a_row_and_stop_at_its_ends(gallery: Gallery) -> None:
    press(gallery, Key.Key_Right)
    assert gallery.view.current_view() == MARA.views[0]
    press(gallery, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert gallery.view.current_view() == MARA.views[1]
    press(gallery, Key.Key_Left, Key.Key_Left)
    assert gallery.view.current_view() is None and current(gallery) == ("subject", "s-mara")


def test_left_folds_a_kind_and_right_unfolds_it(gallery: Gallery) -> None:
    press(gallery, Key.Key_Home, Key.Key_Left)
    assert [row.key for row in gallery.rows.rows()][:2] == [("group", "character"), ("group", "prop")]
    assert current(gallery) == ("group", "character")
    press(gallery, Key.Key_Right)
    assert ("subject", "s-jon") in [row.key for row in gallery.rows.rows()]


def test_enter_opens_the_subject_at_the_view_that_is_chosen(qtbot: QtBot, gallery: Gallery) -> None:
    with qtbot.waitSignal(gallery.view.opened) as opened:
        press(gallery, Key.Key_Return)
    assert opened.args == ["s-mara", ""]
    with qtbot.waitSignal(gallery.view.opened) as opened:
        press(gallery, Key.Key_Right, Key.Key_Return)
    assert opened.args == ["s-mara", "one"]


def test_delete_removes_the_chosen_view_and_never_a_subject(qtbot: QtBot, gallery: Gallery) -> None:
    removed, told = [], []
    gallery.view.remove_view_requested.connect(removed.append)
    gallery.told.connect(told.append)
    press(gallery, Key.Key_Delete)
    assert removed == [] and "right arrow" in told[0]
    press(gallery, Key.Key_Right, Key.Key_Delete)
    assert removed == ["one"]


def test_alt_and_an_arrow_move_a_view_among_those_of_its_row(qtbot: QtBot, gallery: Gallery) -> None:
    press(gallery, Key.Key_Right)
    with qtbot.waitSignal(gallery.view.view_moved_requested) as moved:
        press(gallery, Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert moved.args == ["one", "s-mara", None, 1]
    with qtbot.assertNotEmitted(gallery.view.view_moved_requested):
        press(gallery, Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)


def test_the_clipboard_is_wished_for_by_its_key(qtbot: QtBot, gallery: Gallery) -> None:
    with qtbot.waitSignal(gallery.view.paste_requested):
        press(gallery, Key.Key_V, held=Qt.KeyboardModifier.ControlModifier)


# --- renaming in place ---


def test_a_name_is_written_where_it_stands(qtbot: QtBot, gallery: Gallery) -> None:
    press(gallery, Key.Key_F2)
    editor = gallery.view._editor
    assert editor.isVisible() and editor.selectedText() == "mara"
    QTest.keyClicks(editor, "marlow")
    with qtbot.waitSignal(gallery.view.rename_requested) as wished:
        QTest.keyClick(editor, Key.Key_Return)
    assert wished.args == ["s-mara", "@marlow"] and editor.isVisible()
    gallery.view.renamed()
    assert not editor.isVisible()


def test_a_name_that_is_refused_stays_to_be_mended_and_the_reason_is_under_it(gallery: Gallery) -> None:
    press(gallery, Key.Key_F2)
    editor = gallery.view._editor
    gallery.view.refuse_name("There is a subject @jon already.")
    assert editor.refusal.isVisible() and editor.isVisible()
    assert editor.refusal.geometry().top() > editor.geometry().bottom()
    QTest.keyClick(editor, Key.Key_X)
    assert not editor.refusal.isVisible()


def test_escape_leaves_the_name_as_it_was(qtbot: QtBot, gallery: Gallery) -> None:
    press(gallery, Key.Key_F2)
    QTest.keyClicks(gallery.view._editor, "marlow")
    with qtbot.assertNotEmitted(gallery.view.rename_requested):
        QTest.keyClick(gallery.view._editor, Key.Key_Escape)
    assert not gallery.view._editor.isVisible() and gallery.view.hasFocus()


def test_a_name_being_written_stays_with_its_subject_when_others_come(gallery: Gallery) -> None:
    press(gallery, Key.Key_F2)
    before = gallery.view._editor.geometry()
    gallery.show_subjects([subject_card("@adam", 1), MARA, JON, LANTERN])
    after = gallery.view._editor.geometry()
    assert gallery.view._editor.isVisible() and after.top() > before.top()
    assert after.contains(gallery.view.rect_of(("subject", "s-mara")).topLeft() + QPoint(20, 10))
    gallery.show_subjects([JON, LANTERN])
    assert not gallery.view._editor.isVisible()


def test_those_who_listen_hear_which_picture_is_chosen(gallery: Gallery) -> None:
    press(gallery, Key.Key_Right, Key.Key_Right)
    assert gallery.view.accessibleDescription() == "Picture 2 of 2"
    press(gallery, Key.Key_Down)
    assert gallery.view.accessibleDescription() == ""


# --- search ---


def test_search_shows_what_is_found_and_how_much_of_all(gallery: Gallery) -> None:
    gallery.open_search()
    gallery.sought.setText("raincoat")
    assert [row.key for row in gallery.rows.rows()] == [("group", "character"), ("subject", "s-mara"),
                                                        ("change", "c-1")]  # fmt: skip
    assert gallery.header.second.text() == "1 of 3"
    QTest.keyClick(gallery.sought, Key.Key_Down)
    assert gallery.view.hasFocus() and current(gallery) == ("subject", "s-mara")


def test_escape_ends_the_search_and_everything_is_there_again(gallery: Gallery) -> None:
    gallery.open_search()
    gallery.sought.setText("nobody")
    assert "nobody" in gallery.nothing.text() and gallery.nothing.isVisible()
    QTest.keyClick(gallery.sought, Key.Key_Escape)
    assert not gallery.sought.isVisible() and len(gallery.rows.rows()) == 6


def test_a_subject_that_is_sought_from_elsewhere_is_unfolded_for(gallery: Gallery) -> None:
    press(gallery, Key.Key_Home, Key.Key_Left)
    gallery.select("s-jon")
    assert current(gallery) == ("subject", "s-jon")


# --- what changed ---


def test_only_the_row_that_differs_is_announced(qtbot: QtBot, gallery: Gallery) -> None:
    changed: list[int] = []
    gallery.rows.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    resets: list[bool] = []
    gallery.rows.modelReset.connect(lambda: resets.append(True))
    gallery.show_subjects([MARA, subject_card("@jon", 1, shots=3), LANTERN])
    assert changed == [3] and resets == []


def test_the_hands_stay_on_their_view_when_a_subject_comes(gallery: Gallery) -> None:
    press(gallery, Key.Key_Right, Key.Key_Right)
    gallery.show_subjects([subject_card("@adam"), MARA, JON, LANTERN])
    assert current(gallery) == ("subject", "s-mara") and gallery.view.current_view() == MARA.views[1]


def test_things_about_names_are_counted_and_who_has_no_picture_is_marked(gallery: Gallery) -> None:
    gallery.show_problems([MentionProblem("bare", "@lantern", "…", "shot"), MentionProblem("unknown", "@x", "…", "s"),
                           MentionProblem("unused", "@lantern", "…")])  # fmt: skip
    assert gallery.names.isVisible() and gallery.names.text() == "2 things about names"
    assert "no pictures" in gallery.rows.rows()[-1].words
    gallery.show_problems([])
    assert not gallery.names.isVisible()


def test_a_narrow_panel_shows_the_first_picture_of_each_subject_alone(gallery: Gallery) -> None:
    gallery.resize(56, 600)
    assert gallery.view.geometry_.folded and not gallery.header.title.isVisible() and not gallery.files.isVisible()
    assert gallery.view.geometry_.shown(1) == MARA.views[:1]


def test_a_film_open_for_looking_offers_nothing_that_changes_it(qtbot: QtBot, look: Look) -> None:
    pictures = PictureStore()
    made = Gallery(look, pictures, writable=False)
    qtbot.addWidget(made)
    made.show_subjects([MARA])
    made.take_keys()
    with qtbot.assertNotEmitted(made.view.remove_view_requested):
        press(made, Key.Key_Right, Key.Key_Right, Key.Key_Delete)
    press(made, Key.Key_F2)
    assert made.view._editor.subject == "" and not made.add.isEnabled() and not made.files.isEnabled()
    pictures.close()


# --- the pointer ---


def test_a_click_on_a_picture_chooses_it_and_beside_it_the_subject_alone(gallery: Gallery) -> None:
    click(gallery, gallery.view.rect_of_view("two").center())
    assert gallery.view.current_view() == MARA.views[1]
    click(gallery, gallery.view.rect_of(("subject", "s-jon")).topLeft() + QPoint(20, 10))
    assert current(gallery) == ("subject", "s-jon") and gallery.view.current_view() is None


def test_a_picture_under_the_pointer_is_shown_larger_after_a_moment(qtbot: QtBot, gallery: Gallery) -> None:
    QTest.mouseMove(gallery.view.viewport(), gallery.view.rect_of_view("worn").center())
    popup = gallery._popup
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.name.text() == "@mara · Change 1" and "worn.png" in popup.words.text()
    assert "7 shots" in popup.shots.text()


# --- held over it ---


def hold(gallery: Gallery, data: QMimeData, point: QPoint) -> bool:
    """Over a point and let go; whether it was taken."""
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, data,
                            Qt.MouseButton.LeftButton, none)  # fmt: skip
    gallery.view.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    gallery.view.grab()  # what lights up can be drawn
    drop = QDropEvent(QPointF(point), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, none)
    gallery.view.dropEvent(drop)
    return True


def files(*paths: object) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_let_go_over_a_subject_or_a_change_become_its_views(qtbot: QtBot, gallery: Gallery, tmp_path) -> None:
    picture = a_picture(tmp_path / "mara.png")
    wished: list = []
    gallery.view.files_dropped.connect(lambda *args: wished.append(args))
    assert hold(gallery, files(picture), gallery.view.rect_of(("subject", "s-jon")).center())
    assert hold(gallery, files(picture), gallery.view.rect_of(("change", "c-1")).center())
    assert wished == [("s-jon", None, (picture,)), ("s-mara", "c-1", (picture,))]


def test_files_let_go_over_the_empty_part_or_a_kind_are_a_new_subject(qtbot: QtBot, gallery: Gallery, tmp_path) -> None:
    picture = a_picture(tmp_path / "boat.png")
    wished: list = []
    gallery.view.files_dropped_new.connect(lambda *args: wished.append(args))
    assert hold(gallery, files(picture), QPoint(30, gallery.view.viewport().height() - 4))
    assert hold(gallery, files(picture), gallery.view.rect_of(("group", "prop")).center())
    assert wished == [("", (picture,)), ("prop", (picture,))]


def test_movies_and_sounds_are_not_taken_and_what_may_be_a_picture_is(gallery: Gallery, tmp_path) -> None:
    over = gallery.view.rect_of(("subject", "s-jon")).center()
    assert not hold(gallery, files(tmp_path / "take.mp4", tmp_path / "horn.wav"), over)
    assert hold(gallery, files(tmp_path / "photo.heic"), over), "reading it says in a sentence why it cannot be used"


@pytest.mark.parametrize(("over", "wished"), [
    (("change", "c-1"), ("one", "s-mara", "c-1", 1)), (("subject", "s-jon"), ("one", "s-jon", None, 1)),
])  # fmt: skip
def test_a_view_let_go_over_a_change_or_another_subject_goes_there(
    qtbot: QtBot, gallery: Gallery, over: tuple[str, str], wished: tuple
) -> None:
    rect = gallery.view.rect_of(over)
    with qtbot.waitSignal(gallery.view.view_moved_requested) as moved:
        assert hold(gallery, carry_view("one"), QPoint(rect.right() - 20, rect.center().y()))
    assert tuple(moved.args) == wished


def test_a_view_let_go_behind_another_of_its_row_is_counted_without_itself(qtbot: QtBot, gallery: Gallery) -> None:
    second = gallery.view.rect_of_view("two")
    with qtbot.waitSignal(gallery.view.view_moved_requested) as moved:
        assert hold(gallery, carry_view("one"), QPoint(second.right() - 2, second.center().y()))
    assert moved.args == ["one", "s-mara", None, 1]


def test_a_view_cannot_be_let_go_over_a_kind(gallery: Gallery) -> None:
    assert not hold(gallery, carry_view("one"), gallery.view.rect_of(("group", "prop")).center())


@pytest.mark.parametrize(("begin", "carried"), [("view", ("", "two")), ("words", ("s-mara", ""))])
def test_a_picture_is_taken_up_by_itself_and_a_subject_by_its_words(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, begin: str, carried: tuple[str, str]
) -> None:
    taken: list[tuple[str, str]] = []

    def taken_up(drag: QDrag, *_actions: object) -> Qt.DropAction:
        taken.append((carried_subject(drag.mimeData()) or "", carried_view(drag.mimeData()) or ""))
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", taken_up)
    row = gallery.view.rect_of(("subject", "s-mara"))
    start = gallery.view.rect_of_view("two").center() if begin == "view" else row.topLeft() + QPoint(20, 12)
    viewport, left, none = gallery.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(viewport, left, none, start)
    QTest.mouseMove(viewport, start + QPoint(0, 40))
    QTest.mouseRelease(viewport, left, none, start + QPoint(0, 40))
    assert taken == [carried]


def test_a_carried_subject_is_known_and_its_name_is_text_for_a_field() -> None:
    data = carry_subject("s-mara", "@mara")
    assert carried_subject(data) == "s-mara" and data.text() == "@mara"
    assert carried_subject(files("/x")) is None
