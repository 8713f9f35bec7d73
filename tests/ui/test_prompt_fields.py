"""Drafts with chips, the strip of references and one part of a prompt, each by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio.generation.budget import Budget
from studio.project.additions import additions
from studio.project.cards import BriefSubject, BriefView
from studio.project.commands import values
from studio.project.gallery_cards import ShotPictures, SubjectCard, ViewCard
from studio.project.prompt_cards import ACCEPTED, REFUSED, UNDECIDED, PromptPart
from studio.ui.draft_field import DraftField
from studio.ui.marked_text import MarkedText
from studio.ui.name_card import NameHover
from studio.ui.parts.pictures import PictureStore
from studio.ui.prompt.references import ReferencesSent
from studio.ui.prompt.strip import SentStrip
from studio.ui.prompt_page.part_row import PartRow
from studio.ui.sent_pictures import moved, summary, tiles_of, unplaced
from studio.ui.theme import Look
from tests.ui.test_prompt_words import BUDGET, a_subject_card

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pictures(qapp: QApplication) -> Iterator[PictureStore]:
    store = PictureStore()
    yield store
    store.close()


def held(qtbot: QtBot, widget: QWidget, width: int, height: int) -> QWidget:
    """The widget in a window that leaves it its size."""
    window = QWidget()
    qtbot.addWidget(window)
    widget.setParent(window)
    widget.setGeometry(10, 10, width, height)
    window.resize(700, 500)
    with qtbot.waitExposed(window):
        window.show()
    widget.show()
    return window


@pytest.fixture
def draft(qtbot: QtBot, look: Look, pictures: PictureStore) -> DraftField:
    field = DraftField(look, pictures, "An idea is enough.")
    qtbot.addWidget(field)
    field.know_subjects([a_subject_card("@mara"), a_subject_card("@marlow"), a_subject_card("@jon")])
    field.resize(320, 120)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    return field


def spots(field: DraftField) -> list[tuple[str, bool]]:
    return [(spot.name, spot.known) for spot in field.chips.spots()]


# --- the draft ------------------------------------------------------------------------------------------------------


def test_names_are_chips_whatever_their_case_and_others_are_not(draft: DraftField) -> None:
    draft.setPlainText("@MARA and @nobody write to jon@mara.com")
    assert spots(draft) == [("@MARA", True), ("@nobody", False)]


def test_the_text_is_what_was_typed_and_no_more(draft: DraftField) -> None:
    text = "@mara\nand 🌧 @jon, “late”"
    draft.setPlainText(text)
    assert draft.toPlainText() == text


def test_a_chip_leaves_room_for_its_picture(draft: DraftField) -> None:
    draft.setPlainText("@mara")
    (known,) = draft.chips.spots()
    draft.setPlainText("@moro")
    (stranger,) = draft.chips.spots()
    assert known.pieces[0].width() > stranger.pieces[0].width() + 14


def test_a_stranger_is_marked_by_more_than_a_colour(draft: DraftField) -> None:
    draft.setPlainText("@nobody")
    (marked,) = draft.document().firstBlock().layout().formats()
    assert marked.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline


def test_words_the_engine_does_not_know_are_underlined_quietly(draft: DraftField) -> None:
    draft.setPlainText("a Zeppelin, no zeppelins")
    draft.chips.mark_unknown_words(["zeppelin"])
    marked = draft.document().firstBlock().layout().formats()
    assert [(one.start, one.length) for one in marked] == [(2, 8)]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_name_is_completed_behind_an_emoji(qtbot: QtBot, draft: DraftField) -> None:
    draft.setPlainText("🌧🌧 ")
    draft.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(draft, "@jo")
    assert draft.is_offering()
    qtbot.keyClick(draft, Qt.Key.Key_Return)
    assert draft.toPlainText() == "🌧🌧 @jon"


def test_nothing_is_offered_in_a_mail_address(qtbot: QtBot, draft: DraftField) -> None:
    qtbot.keyClicks(draft, "jon@mar")
    assert not draft.is_offering()


def test_right_to_left_text_keeps_its_chips_inside_the_field(draft: DraftField) -> None:
    draft.setPlainText("אישה @mara עם מעיל צהוב בגשם ברציף הישן ליד הים")
    (spot,) = draft.chips.spots()
    room = draft.viewport().rect()
    assert spot.known and all(room.contains(piece.toAlignedRect()) for piece in spot.pieces)


def test_what_is_pasted_is_cut_to_what_fits_and_told(qtbot: QtBot, draft: DraftField) -> None:
    data = QMimeData()
    data.setText("@mara walks. " * 8_000)
    began = time.perf_counter()
    with qtbot.waitSignal(draft.cut_short):
        draft.insertFromMimeData(data)
    assert len(draft.toPlainText()) == values.LONG
    assert time.perf_counter() - began < 2.0


def test_a_key_in_the_longest_draft_is_heard_at_once(qtbot: QtBot, draft: DraftField) -> None:
    draft.setPlainText(("@mara walks to @jon, who waits in the rain. " * 100)[: values.LONG - 20])
    draft.moveCursor(QTextCursor.MoveOperation.End)
    began = time.perf_counter()
    for letter in "and goes":
        qtbot.keyClick(draft, letter)
    assert (time.perf_counter() - began) / 8 < 0.1


def test_rich_text_is_pasted_as_its_words(draft: DraftField) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    draft.insertFromMimeData(data)
    assert draft.toPlainText() == "bold"
    assert draft.document().firstBlock().layout().formats() == []


# --- the card of a name ---------------------------------------------------------------------------------------------


@pytest.fixture
def over(qtbot: QtBot, draft: DraftField) -> QWidget:
    window = held(qtbot, draft, 320, 120)
    draft.setFocus()
    return window


@pytest.fixture
def hover(look: Look, pictures: PictureStore, over: QWidget, draft: DraftField) -> NameHover:
    made = NameHover(look, pictures, over, lambda: tiles_of(BUDGET, ()))
    made.watch(draft, draft.chips)
    return made


def test_the_card_says_which_view_is_sent_and_where(qtbot: QtBot, draft: DraftField, hover: NameHover) -> None:
    view = ViewCard("@mara-face", "@mara", "", "", Path("p.png"), "face", None, 1, 1)
    draft.know_subjects([SubjectCard("@mara", "@mara", "character", "a sailor", (view,), 2, (), ("1A", "2C"))])
    draft.setPlainText("@mara")
    qtbot.keyClick(draft, Qt.Key.Key_Down, ALT)
    card = hover.card()
    assert card is not None
    assert (card.sent.text(), card.size_read.text()) == ("View “face” is sent", "2nd of 2, 64×96")
    assert (card.used.text(), card.numbers.text()) == ("In 2 shots", "1A, 2C")


def test_the_card_comes_to_a_resting_pointer(qtbot: QtBot, over: QWidget, draft: DraftField, hover: NameHover) -> None:
    draft.setPlainText("@mara waits")
    (spot,) = draft.chips.spots()
    QTest.mouseMove(draft.viewport(), spot.pieces[0].center().toPoint())
    qtbot.waitUntil(lambda: hover.card() is not None)
    QTest.mouseMove(over, QPoint(650, 450))
    qtbot.waitUntil(lambda: hover.card() is None)


def test_escape_closes_the_card_and_nothing_else(qtbot: QtBot, draft: DraftField, hover: NameHover) -> None:
    draft.setPlainText("@jon")
    qtbot.keyClick(draft, Qt.Key.Key_Down, ALT)
    with qtbot.assertNotEmitted(draft.left):
        qtbot.keyClick(draft, Qt.Key.Key_Escape)
    assert hover.card() is None


def test_a_stranger_has_a_card_too(qtbot: QtBot, draft: DraftField, hover: NameHover) -> None:
    draft.setPlainText("@nobody")
    qtbot.keyClick(draft, Qt.Key.Key_Down, ALT)
    card = hover.card()
    assert card is not None and "Nobody" in card.described.text() and card.pencil.isHidden()


# --- marked text ----------------------------------------------------------------------------------------------------


def test_what_is_copied_has_no_pluses(qtbot: QtBot, look: Look, pictures: PictureStore) -> None:
    field = MarkedText(look, pictures, "Prompt")
    qtbot.addWidget(field)
    text = "🌧 rain falls hard on the pier"
    field.show_marked(text, additions(text, "rain on the pier"))
    assert "+" in field.toPlainText()
    field.selectAll()
    assert field.createMimeDataFromSelection().text() == text


# --- the strip ------------------------------------------------------------------------------------------------------


@pytest.fixture
def strip(qtbot: QtBot, look: Look, pictures: PictureStore) -> Iterator[SentStrip]:
    made = SentStrip(look, pictures)
    made.show_tiles(tiles_of(BUDGET, ()), own_order=False, editable=True)
    window = held(qtbot, made, 330, 60)
    made.setFocus()
    yield made
    window.close()


def test_alt_and_an_arrow_send_a_picture_earlier(qtbot: QtBot, strip: SentStrip) -> None:
    strip.choose("@mara-face")
    with qtbot.waitSignal(strip.order_requested) as order:
        qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)
    assert order.args == [["@mara-face", "@mara-front", "@ferry-front"]]


def test_the_first_picture_cannot_be_sent_earlier(qtbot: QtBot, strip: SentStrip) -> None:
    strip.choose("@mara-front")
    with qtbot.assertNotEmitted(strip.order_requested):
        qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)


def test_del_leaves_out_and_enter_brings_back(qtbot: QtBot, strip: SentStrip) -> None:
    strip.choose("@mara-front")
    with qtbot.waitSignal(strip.left_out) as out:
        qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert out.args == ["@mara-front", True]
    strip.choose("@jon-front")
    with qtbot.waitSignal(strip.left_out) as back:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert back.args == ["@jon-front", False]


def test_pictures_are_ordered_and_left_out_before_the_engine_is_known() -> None:
    mara = BriefSubject("s1", "@mara", "character", "", views=tuple(BriefView(one, one, one) for one in "abcd"))
    tiles = unplaced((mara,), Path("media"), ShotPictures({"c": 0, "a": 1}, frozenset({"b"})))
    assert [(tile.id, tile.left_out) for tile in tiles] == [("c", False), ("a", False), ("d", False), ("b", True)]
    assert moved(tiles, "d", 0) == ["d", "c", "a"]
    assert summary(tiles) == ""


@pytest.mark.parametrize("width", [318, 260])
def test_the_head_of_the_references_asks_for_no_more_room_than_the_panel_has(
    qtbot: QtBot, look: Look, pictures: PictureStore, width: int
) -> None:
    mara = BriefSubject("s1", "@mara", "character", "", views=(BriefView("a", "a", "a"),))
    made = ReferencesSent(look, pictures)
    qtbot.addWidget(made)
    made.show_tiles(unplaced((mara,), Path("media"), ShotPictures({"a": 0})), own_order=True, editable=True)
    made.resize(width, 80)
    assert made.minimumSizeHint().width() <= width


def test_a_picture_is_dragged_to_another_place(qtbot: QtBot, strip: SentStrip) -> None:
    start, end = (strip.tile_rect(place).center() for place in (0, 1))
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(strip, end)
    with qtbot.waitSignal(strip.order_requested) as order:
        qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)
    assert order.args == [["@mara-face", "@mara-front", "@ferry-front"]]


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    "tile, entries",
    [
        ("@mara-face", ["Send earlier", "Send first", "Leave out", "All as usual"]),
        ("@jon-front", ["Bring back", "All as usual"]),
    ],
)
def test_the_menu_of_a_picture_offers_what_can_be_done_with_it(
    strip: SentStrip, tile: str, entries: list[str]
) -> None:
    strip.show_tiles(strip.tiles(), own_order=True, editable=True)
    strip.choose(tile)
    strip._open(strip._current)
    menu = strip.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == entries
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_pasted_picture_asks_what_it_is_for(qtbot: QtBot, strip: SentStrip) -> None:
    QApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    menu = strip.findChild(QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["As composition", "As look", "As first frame"]
    with qtbot.waitSignal(strip.picture_given) as given:
        menu.actions()[2].trigger()
    assert given.args[1] == "first_frame"
    menu.close()


def test_a_film_open_for_looking_lets_nothing_be_moved(qtbot: QtBot, strip: SentStrip) -> None:
    strip.show_tiles(strip.tiles(), own_order=False, editable=False)
    strip.choose("@mara-face")
    with qtbot.assertNotEmitted(strip.order_requested), qtbot.assertNotEmitted(strip.left_out):
        qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)
        qtbot.keyClick(strip, Qt.Key.Key_Delete)


def test_more_pictures_than_have_room_are_counted_and_lead_to_the_page(qtbot: QtBot, strip: SentStrip) -> None:
    many = tuple(tiles_of(Budget(BUDGET.sent * 8, (), (), "sketch", 16), ()))
    strip.show_tiles(many, own_order=False, editable=True)
    strip._choose(99)
    with qtbot.waitSignal(strip.page_requested):
        qtbot.keyClick(strip, Qt.Key.Key_Return)


def test_only_files_of_this_machine_are_taken(strip: SentStrip) -> None:
    from studio.ui.sent_hands import _files

    assert _files([QUrl("https://example.org/a.png"), QUrl.fromLocalFile("/tmp/b.png")]) == (Path("/tmp/b.png"),)


# --- one part -------------------------------------------------------------------------------------------------------


@pytest.fixture
def row(qtbot: QtBot, look: Look, pictures: PictureStore) -> Iterator[PartRow]:
    made = PartRow(look, pictures, 2)
    made.show_part(PromptPart("camera", "Slow push in."), "", writable=True)
    window = held(qtbot, made, 500, 120)
    made.setFocus()
    yield made
    window.close()


@pytest.mark.parametrize("key, state", [(Qt.Key.Key_Space, ACCEPTED), (Qt.Key.Key_Delete, REFUSED)])
def test_a_part_is_decided_by_a_key(qtbot: QtBot, row: PartRow, key: Qt.Key, state: str) -> None:
    with qtbot.waitSignal(row.decided) as decided:
        qtbot.keyClick(row, key)
    assert decided.args == [2, state]


def test_a_decision_is_taken_back(qtbot: QtBot, row: PartRow) -> None:
    row.show_part(PromptPart("camera", "Slow push in.", REFUSED), "", writable=True)
    with qtbot.waitSignal(row.decided) as decided:
        qtbot.keyClick(row, Qt.Key.Key_Backspace)
    assert decided.args == [2, UNDECIDED]
    assert not row.lock.isEnabled(), "what is refused is not kept for the next variant"


def test_enter_edits_in_place_and_enter_keeps(qtbot: QtBot, row: PartRow) -> None:
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert row.is_edited and row.field.hasFocus()
    qtbot.keyClicks(row.field, " Hold.")
    with qtbot.waitSignal(row.edited) as edited:
        qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert edited.args == [2, "Slow push in. Hold."]
    assert not row.is_edited and row.hasFocus()


def test_escape_leaves_the_part_as_it_was(qtbot: QtBot, row: PartRow) -> None:
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClicks(row.field, " Hold.")
    with qtbot.assertNotEmitted(row.edited):
        qtbot.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.text.text() == "Slow push in."


def test_news_of_the_film_does_not_end_the_editing(qtbot: QtBot, row: PartRow) -> None:
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.keyClicks(row.field, " Hold.")
    row.show_part(PromptPart("camera", "Slow push in."), "", writable=True)
    assert row.is_edited and row.field.toPlainText() == "Slow push in. Hold."


def test_a_part_of_a_film_open_for_looking_takes_no_key(qtbot: QtBot, row: PartRow) -> None:
    row.show_part(PromptPart("camera", "Slow push in."), "", writable=False)
    with qtbot.assertNotEmitted(row.decided):
        qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert not row.is_edited
