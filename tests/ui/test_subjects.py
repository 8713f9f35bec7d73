"""The gallery with a film behind it: wishes, the sheet of a subject, its wardrobe, what is odd about names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from studio import assets
from studio.open_project import OpenProject
from studio.project import gallery_queries, queries
from studio.project.commands import scene as scenes
from studio.project.commands import shot as shots
from studio.project.commands import subject as subjects
from studio.project.gallery_cards import SubjectCard
from studio.ui.background import Background
from studio.ui.choices import read_choices
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.gallery.desk import GalleryDesk
from studio.ui.gallery.dock import Gallery
from studio.ui.gallery.names_sheet import NamesSheet
from studio.ui.gallery.new_subject import NewSubjectSheet
from studio.ui.gallery.pages import SubjectPages
from studio.ui.gallery.scene_strip import SceneWorn
from studio.ui.gallery.subject_sheet import SubjectSheet
from studio.ui.gallery.wardrobe_page import NEVER, add_worn_entries
from studio.ui.imports import Imports
from studio.ui.palette import Palette
from studio.ui.parts.carried import carry_view
from studio.ui.parts.pictures import PictureStore
from studio.ui.selection import Selection
from studio.ui.sent_pictures import DROPPED, SENT, Tile
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.subjects import SubjectWishes
from tests.builders import a_picture, a_project, a_reference, a_scene, a_shot, a_subject
from tests.ui.conftest import Opened
from tests.ui.test_words import nameless, shown_texts, wrong_words

Key = Qt.Key


@dataclass
class AtHand:
    project: OpenProject
    gallery: Gallery
    desk: GalleryDesk
    pages: SubjectPages
    wishes: SubjectWishes
    watch: FilmWatch
    selection: Selection
    over: QWidget
    refused: list = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    cut_out: list[str] = field(default_factory=list)
    sent: list[Tile] = field(default_factory=list)

    def card(self, name: str = "@mara") -> SubjectCard:
        return self.project.ask(gallery_queries.subject_named, name)

    def names(self) -> list[str]:
        return [card.name for card in self.project.ask(gallery_queries.subject_cards)]

    def open(self, name: str = "@mara") -> SubjectSheet:
        self.watch.flush()
        self.pages.open_subject(self.card(name).id)
        sheet = self.pages.open_sheet
        assert sheet is not None
        return sheet


@pytest.fixture
def film(tmp_path: Path) -> Iterator[OpenProject]:
    """@mara with three pictures, @jon with one, two scenes on days 1 and 2, @mara in the shots of both."""
    made = a_project(tmp_path)
    mara, jon = a_subject(made), a_subject(made, "@jon")
    for content in ("one", "two", "three"):
        made.run(subjects.add_view, mara, a_reference(made, content))
    made.run(subjects.add_view, jon, a_reference(made, "jon"))
    for day in (1, 2):
        scene = a_scene(made, f"EXT. PIER {day}")
        made.run(scenes.edit_scene, scene, story_day=day)
        a_shot(made, action="@mara walks", prompt="@mara walks", subjects=("@mara",))
    yield made
    made.close()


@pytest.fixture
def at_hand(qtbot: QtBot, look: Look, film: OpenProject, tmp_path: Path) -> Iterator[AtHand]:
    over, pictures = QWidget(), PictureStore()
    qtbot.addWidget(over)
    over.resize(1200, 900)
    gallery = Gallery(look, pictures)
    gallery.setParent(over)
    gallery.resize(264, 800)
    door, watch, selection, background = Door(film), FilmWatch(film), Selection(), Background(over)
    imports = Imports(film, background)
    wishes = SubjectWishes(door, imports)
    cut_out: list[str] = []
    sent: list[Tile] = []
    choices = read_choices(assets.folder() / "prompts" / "sketch.toml")
    pages = SubjectPages(
        look, over, choices, pictures, door, wishes, cut_out.append, lambda keep: keep(tmp_path / "frame.png")
    )
    desk = GalleryDesk(door, watch, CurrentShot(film, watch, selection), wishes, pages, gallery, over, lambda: sent)
    made = AtHand(film, gallery, desk, pages, wishes, watch, selection, over, cut_out=cut_out, sent=sent)
    door.refused.connect(made.refused.append)
    imports.refused.connect(made.refused.append)
    door.noted.connect(made.noted.append)
    with qtbot.waitExposed(over):
        over.show()
    desk.show_all()
    gallery.take_keys()
    yield made
    desk.close()
    imports.close()
    watch.close()
    background.close()
    pictures.close()


def sheet_of(at_hand: AtHand, kind: type) -> QWidget:
    return next(one for one in at_hand.over.findChildren(kind) if one.isVisible())


# --- wishes of the panel ---


def test_a_name_taken_is_told_in_place_and_the_film_keeps_the_old_one(at_hand: AtHand) -> None:
    QTest.keyClick(at_hand.gallery.view, Key.Key_F2)
    editor = at_hand.gallery.view._editor
    QTest.keyClicks(editor, "JÓN")
    QTest.keyClick(editor, Key.Key_Return)
    assert at_hand.names() == ["@mara", "@jon"]
    assert "@jon" in editor.refusal.text() and editor.isVisible() and not at_hand.refused


def test_a_name_is_changed_everywhere_in_one_step(qtbot: QtBot, at_hand: AtHand) -> None:
    at_hand.gallery.view.rename_requested.emit(at_hand.card().id, "@marlow")
    assert [card.action for card in at_hand.project.ask(queries.shot_cards)] == ["@marlow walks"] * 2
    qtbot.waitUntil(lambda: [one.name for one in at_hand.gallery.subjects()] == ["@marlow", "@jon"])
    at_hand.project.undo()
    assert [card.action for card in at_hand.project.ask(queries.shot_cards)] == ["@mara walks"] * 2


def test_a_view_removed_by_its_key_is_told_and_comes_back_with_undo(qtbot: QtBot, at_hand: AtHand) -> None:
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Delete):
        QTest.keyClick(at_hand.gallery.view, key)
    assert len(at_hand.card().views) == 2 and "Ctrl Z" in at_hand.noted[0]
    qtbot.waitUntil(lambda: len(at_hand.gallery.subjects()[0].views) == 2)
    at_hand.project.undo()
    assert len(at_hand.card().views) == 3


def test_a_view_goes_to_another_subject_in_one_step(at_hand: AtHand) -> None:
    view, jon = at_hand.card().views[1], at_hand.card("@jon")
    at_hand.wishes.place_view(view.id, jon.id, None, 0)
    assert [one.hash for one in at_hand.card("@jon").views] == [view.hash, jon.views[0].hash]
    assert len(at_hand.card().views) == 2
    at_hand.project.undo()
    assert len(at_hand.card().views) == 3 and at_hand.card().views[1].id == view.id


def test_a_view_is_given_to_another_subject_by_typing_its_name(at_hand: AtHand) -> None:
    at_hand.pages.give_view(at_hand.card().views[0])
    palette = sheet_of(at_hand, Palette)
    QTest.keyClicks(palette.field, "jon")
    QTest.keyClick(palette.field, Key.Key_Return)
    assert len(at_hand.card("@jon").views) == 2 and len(at_hand.card().views) == 2


def test_a_view_is_placed_among_those_of_its_change(at_hand: AtHand) -> None:
    mara = at_hand.card()
    change = at_hand.project.run(subjects.add_wardrobe, mara.id, 2).new("wardrobe_change")
    first, second, third = (one.id for one in mara.views)
    at_hand.wishes.place_view(first, mara.id, change, 0)
    at_hand.wishes.place_view(third, mara.id, change, 0)
    worn = [one.id for one in at_hand.card().views if one.wardrobe == change]
    assert worn == [third, first]
    at_hand.wishes.place_view(first, mara.id, None, 0)
    assert [one.id for one in at_hand.card().views if one.wardrobe is None] == [first, second]


def test_a_picture_another_subject_has_already_is_refused_and_stays(at_hand: AtHand) -> None:
    same = at_hand.card("@jon").views[0].reference
    at_hand.project.run(subjects.add_view, at_hand.card().id, same)
    at_hand.wishes.place_view(at_hand.card("@jon").views[0].id, at_hand.card().id, None, 0)
    assert len(at_hand.refused) == 1 and len(at_hand.card("@jon").views) == 1


def test_a_subject_let_go_over_a_card_joins_the_shot_and_is_not_added_twice(at_hand: AtHand) -> None:
    shot = at_hand.project.ask(queries.shot_cards)[0].id
    jon = at_hand.card("@jon").id
    at_hand.wishes.put_in_shot(jon, shot)
    assert [one.name for one in at_hand.project.ask(queries.shot_cast, shot)[1]] == ["@mara", "@jon"]
    at_hand.wishes.put_in_shot(jon, shot)
    assert "already" in at_hand.noted[-1] and at_hand.card("@jon").shots == 1


def test_whose_picture_a_frame_is_begins_with_the_chosen_subject_then_the_shots(at_hand: AtHand) -> None:
    shot = at_hand.project.ask(queries.shot_cards)[0].id
    at_hand.selection.choose(shot, [shot])
    at_hand.gallery.select(at_hand.card("@jon").id)
    assert at_hand.desk.likely() == [at_hand.card("@jon").id, at_hand.card().id]


def test_a_view_says_whether_the_current_shot_sends_it(at_hand: AtHand) -> None:
    shot = at_hand.project.ask(queries.shot_cards)[0]
    at_hand.selection.choose(shot.id, [shot.id])
    first, second, third = at_hand.card().views
    why = "Over the 1 sketch reads"
    at_hand.sent += [
        Tile(first.id, SENT, 1, first.picture, "@mara", "face", "identity"),
        Tile(second.id, DROPPED, 2, second.picture, "@mara", "dropped", "identity", reason=why),
    ]
    said = [at_hand.gallery.sent_words(view) for view in (first, second, third)]
    assert said == [f"Sent 1st in {shot.number}", f"Not sent in {shot.number}: {why}", ""]


# --- new subjects ---


def test_a_name_taken_is_told_in_the_form_of_a_new_subject(at_hand: AtHand) -> None:
    at_hand.pages.new_subject(name="@Mara")
    sheet = sheet_of(at_hand, NewSubjectSheet)
    QTest.keyClick(sheet.name, Key.Key_Return)
    assert sheet.isVisible() and "@mara" in sheet.refusal.text() and at_hand.names() == ["@mara", "@jon"]
    sheet.name.setText("@eve")
    QTest.keyClick(sheet.name, Key.Key_Return)
    assert not sheet.isVisible() and at_hand.names() == ["@mara", "@jon", "@eve"]


def test_a_new_subject_is_chosen_in_the_gallery_when_it_is_there(qtbot: QtBot, at_hand: AtHand) -> None:
    at_hand.wishes.add_subject("@eve", "prop", "", [])
    qtbot.waitUntil(lambda: at_hand.gallery.view.current_subject() == at_hand.card("@eve"))


def test_files_let_go_over_the_empty_part_ask_for_a_name_with_a_guess(at_hand: AtHand, tmp_path: Path) -> None:
    at_hand.gallery.view.files_dropped_new.emit("prop", (tmp_path / "lantern_front.png",))
    sheet = sheet_of(at_hand, NewSubjectSheet)
    assert sheet.name.text() == "@lantern" and sheet.kind.currentText() == "Prop"


@pytest.mark.process
def test_a_new_subject_comes_with_its_pictures_in_one_step(qtbot: QtBot, at_hand: AtHand, tmp_path: Path) -> None:
    assert at_hand.wishes.add_subject("@eve", "character", "", [a_picture(tmp_path / "eve.png", (300, 200))])
    qtbot.waitUntil(lambda: [len(one.views) for one in at_hand.gallery.subjects()] == [3, 1, 1], timeout=30_000)
    at_hand.project.undo()
    assert at_hand.names() == ["@mara", "@jon"]


@pytest.mark.process
def test_a_picture_that_is_a_text_file_is_refused_by_name_and_no_subject_comes(
    qtbot: QtBot, at_hand: AtHand, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    at_hand.wishes.add_subject("@eve", "character", "", [broken])
    qtbot.waitUntil(lambda: bool(at_hand.refused), timeout=30_000)
    assert "broken.png" in at_hand.refused[0].sentence and at_hand.names() == ["@mara", "@jon"]


@pytest.mark.process
def test_a_picture_on_the_clipboard_becomes_a_view_of_the_chosen_subject(qtbot: QtBot, at_hand: AtHand) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    QGuiApplication.clipboard().setImage(image)
    at_hand.gallery.select(at_hand.card("@jon").id)
    at_hand.desk.paste()
    qtbot.waitUntil(lambda: len(at_hand.card("@jon").views) == 2, timeout=30_000)


def test_an_empty_clipboard_is_told_and_changes_nothing(at_hand: AtHand) -> None:
    QGuiApplication.clipboard().clear()
    at_hand.desk.paste()
    assert at_hand.noted == ["There is no picture on the clipboard."]


# --- the sheet of one subject ---


def test_a_name_that_cannot_be_used_is_told_beside_its_field(at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.name.setText("@jon")
    QTest.keyClick(sheet.name, Key.Key_Return)
    assert sheet.refusal.isVisible() and "@jon" in sheet.refusal.text() and at_hand.names() == ["@mara", "@jon"]
    sheet.name.setText("@marlow")
    QTest.keyClick(sheet.name, Key.Key_Return)
    assert not sheet.refusal.isVisible() and at_hand.names() == ["@marlow", "@jon"]


def test_each_edit_is_one_step_and_undone_from_the_sheet(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.description.setText("in a red coat")
    QTest.keyClick(sheet.description, Key.Key_Return)
    assert at_hand.card().description == "in a red coat"
    sheet.views.setFocus()
    QTest.keyClick(sheet.views, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at_hand.card().description == "a woman in a yellow raincoat"
    qtbot.waitUntil(lambda: sheet.description.text() == "a woman in a yellow raincoat")


def test_keys_say_what_a_picture_shows_and_where_it_stands(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    first = at_hand.card().views[0].id
    QTest.keyClick(sheet.views, Key.Key_4)
    assert at_hand.card().views[0].view == "face"
    QTest.keyClick(sheet.views, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert at_hand.card().views[1].id == first
    qtbot.waitUntil(lambda: sheet.views.currentIndex().row() == 1)
    assert sheet.views.current().id == first


def test_a_picture_let_go_behind_another_on_the_sheet_follows_it(at_hand: AtHand) -> None:
    sheet = at_hand.open()
    first, second, third = (one.id for one in at_hand.card().views)
    behind = sheet.views.visualRect(sheet.views.views.index(1)).center() + QPoint(20, 0)
    assert sheet.views.place_at(behind) == 2
    data = carry_view(first)
    drop = QDropEvent(QPointF(behind), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    sheet.views.dropEvent(drop)
    assert [one.id for one in at_hand.card().views] == [second, first, third]


def test_a_picture_removed_on_the_sheet_leaves_its_neighbour_chosen(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    second = at_hand.card().views[1].id
    QTest.keyClick(sheet.views, Key.Key_Delete)
    qtbot.waitUntil(lambda: len(sheet.views.views.views()) == 2)
    assert sheet.views.current().id == second


def test_the_cutting_sheet_is_asked_for_the_chosen_picture(at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.views.choose_place(2)
    sheet.cut.click()
    assert at_hand.cut_out == [at_hand.card().views[2].id]


def test_escape_takes_back_what_is_typed_before_it_closes_the_sheet(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.name.setFocus()
    QTest.keyClicks(sheet.name, "low")
    QTest.keyClick(sheet.name, Key.Key_Escape)
    assert sheet.isVisible() and sheet.name.text() == "@mara"
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.name, Key.Key_Escape)
    assert at_hand.names() == ["@mara", "@jon"]


@pytest.mark.parametrize("page", ["pictures", "wardrobe", "shots"])
def test_everything_on_the_sheet_has_a_name_and_the_words_of_the_trade(at_hand: AtHand, page: str) -> None:
    at_hand.project.run(subjects.add_wardrobe, at_hand.card().id, 2)
    sheet = at_hand.open()
    sheet.show_page(page)
    assert not nameless(sheet) and not wrong_words(shown_texts(sheet))


def test_the_shots_are_listed_and_lead_there(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.show_page("shots")
    assert sheet.shots.table.topLevelItemCount() == 2
    with qtbot.waitSignal(at_hand.pages.shot_sought) as sought:
        QTest.keyClick(sheet.shots.table, Key.Key_Return)
    assert sought.args == [at_hand.project.ask(queries.shot_cards)[0].id] and sheet.isHidden()


def test_all_shots_side_by_side_are_asked_for_by_the_subject(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    with qtbot.waitSignal(at_hand.pages.continuity_requested) as asked:
        sheet.continuity.click()
    assert asked.args == [at_hand.card().id]


def test_a_sheet_closes_when_its_subject_is_gone(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    with qtbot.waitSignal(sheet.closed):
        at_hand.wishes.remove_subject(at_hand.card().id)
    assert at_hand.pages.open_sheet is None and "@mara" in at_hand.noted[-1]


# --- wardrobe ---


def test_a_change_is_added_edited_and_worn_from_its_day(qtbot: QtBot, at_hand: AtHand) -> None:
    sheet = at_hand.open()
    sheet.show_page("wardrobe")
    sheet.wardrobe.add.click()
    qtbot.waitUntil(lambda: len(sheet.wardrobe.fields) == 1)
    (change,) = at_hand.card().wardrobe
    fields = sheet.wardrobe.fields[change.id]
    fields.name.setText("soaked")
    QTest.keyClick(fields.name, Key.Key_Return)
    assert at_hand.card().wardrobe[0].title == "Change 1, soaked"
    qtbot.waitUntil(lambda: sheet.wardrobe.strip.scenes.cell(1).worn.words == "Change 1, soaked")
    assert sheet.wardrobe.strip.scenes.cell(0).worn.words == "as described"


def test_a_last_day_before_the_first_is_told_and_leaves_the_change(qtbot: QtBot, at_hand: AtHand) -> None:
    at_hand.project.run(subjects.add_wardrobe, at_hand.card().id, 5)
    sheet = at_hand.open()
    sheet.show_page("wardrobe")
    fields = next(iter(sheet.wardrobe.fields.values()))
    assert fields.last.value() == NEVER
    fields.last.setValue(2)
    fields.last.editingFinished.emit()
    assert sheet.refusal.isVisible() and at_hand.card().wardrobe[0].last_day is None


def test_a_scene_says_otherwise_than_its_day_and_takes_it_back(qtbot: QtBot, at_hand: AtHand) -> None:
    change = at_hand.project.run(subjects.add_wardrobe, at_hand.card().id, 2).new("wardrobe_change")
    sheet = at_hand.open()
    sheet.show_page("wardrobe")
    strip = sheet.wardrobe.strip
    choose(at_hand, strip.scenes.cell(0), "Change 1")
    qtbot.waitUntil(lambda: [one.id for one in strip.scenes.cell(0).worn.changes] == [change])
    assert [one.worn for one in at_hand.card().wardrobe[0].exceptions] == [True]
    choose(at_hand, strip.scenes.cell(0), "As the story days say")
    qtbot.waitUntil(lambda: strip.scenes.cell(0).worn.changes == ())
    assert at_hand.card().wardrobe[0].exceptions == ()


def choose(at_hand: AtHand, cell: SceneWorn, words: str) -> None:
    """An entry of the menu of a scene."""
    menu = QMenu()
    add_worn_entries(menu, at_hand.wishes, at_hand.card(), cell.worn, scene=cell.scene.id)
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_a_scene_goes_to_another_day_on_the_strip(qtbot: QtBot, at_hand: AtHand) -> None:
    at_hand.project.run(subjects.add_wardrobe, at_hand.card().id, 2)
    sheet = at_hand.open()
    sheet.show_page("wardrobe")
    cell = sheet.wardrobe.strip.scenes.cell(0)
    menu = QMenu()
    sheet.wardrobe._add_days(menu, cell.scene)
    days = menu.actions()[0].menu().actions()
    assert [day.text() for day in days] == ["Day 1", "Day 2", "Day 3"] and days[0].isChecked()
    days[1].trigger()
    qtbot.waitUntil(lambda: sheet.wardrobe.strip.scenes.cell(0).worn.words == "Change 1")


def test_what_is_said_of_shots_is_listed_and_goes_with_a_click(qtbot: QtBot, at_hand: AtHand) -> None:
    change = at_hand.project.run(subjects.add_wardrobe, at_hand.card().id, 1).new("wardrobe_change")
    shot = at_hand.project.ask(queries.shot_cards)[0]
    at_hand.wishes.wear(change, shot=shot.id, worn=False)
    sheet = at_hand.open()
    sheet.show_page("wardrobe")
    chip = sheet.wardrobe.exceptions.itemAt(0).widget()
    assert chip.text() == f"{shot.number}: not Change 1"
    chip.click()
    assert at_hand.card().wardrobe[0].exceptions == ()


# --- names ---


def test_things_about_names_are_found_after_an_edit_and_lead_to_their_shot(qtbot: QtBot, at_hand: AtHand) -> None:
    shot = at_hand.project.ask(queries.shot_cards)[1].id
    at_hand.project.run(shots.edit_shot, shot, prompt="@mara meets @nobody")
    qtbot.waitUntil(at_hand.gallery.names.isVisible)
    at_hand.gallery.names.click()
    sheet = sheet_of(at_hand, NamesSheet)
    row = next(at for at in range(sheet.list.count()) if "@nobody" in sheet.list.item(at).text())
    sheet.list.setCurrentRow(row)
    with qtbot.waitSignal(at_hand.pages.shot_sought) as sought:
        QTest.keyClick(sheet.list, Key.Key_Return)
    assert sought.args == [shot]


# --- in the window ---


def test_keys_of_the_gallery_are_no_commands_of_the_window(qtbot: QtBot, opened: Opened) -> None:
    window = opened.window
    window.gallery.take_keys()
    qtbot.waitUntil(window.gallery.view.hasFocus)
    for key in (Key.Key_Delete, Key.Key_Right, Key.Key_Delete, Key.Key_Down, Key.Key_F2):
        QTest.keyClick(window.focusWidget(), key)
    assert not any(opened.card(shot).omitted for shot in opened.shots)
    assert window.gallery.view._editor.isVisible()
    QTest.keyClick(window.focusWidget(), Key.Key_Escape)
    QTest.keyClick(window.focusWidget(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.gallery.sought.hasFocus)


def test_a_shot_of_a_subject_is_selected_on_the_board(qtbot: QtBot, opened: Opened) -> None:
    opened.window.board.select_shot(opened.shots[2])
    opened.window.subject_pages.open_subject(opened.window.gallery.subjects()[0].id)
    opened.window.subject_pages.open_sheet.shots.shot_sought.emit(opened.shots[0])
    assert opened.window.board.current_shot() == opened.shots[0]
