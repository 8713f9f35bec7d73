"""Notes: on the frame on screen, kept with Enter, done with a click."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import NoteCard, TakeCard
from studio.project.note_queries import note_cards
from studio.project.timing import FrameRate
from studio.settings import Settings
from studio.ui.current_shot import CurrentShot
from studio.ui.film_watch import FilmWatch
from studio.ui.notes.desk import NotesDesk
from studio.ui.notes.dock import NotesPanel
from studio.ui.notes.note_delegate import status_rect
from studio.ui.parts.pictures import PictureStore
from studio.ui.selection import Selection
from studio.ui.strips import strip_maker
from studio.ui.theme import Look
from studio.ui.wishes.door import Door
from studio.ui.wishes.notes import NoteWishes


class Desk:
    """The panel on a film, and what the viewer shows meanwhile."""

    def __init__(self, project: OpenProject, look: Look, over: QWidget, settings: Settings) -> None:
        self.project, self.shown = project, None
        self.shot = project.ask(queries.shot_cards)[0].id
        self.take: TakeCard = project.ask(queries.take_cards, self.shot)[0]
        self.strips = PictureStore(over, strip_maker(project))
        self.panel = NotesPanel(look, FrameRate(24), self.strips, writable=True)
        self.panel.setParent(over)
        self.panel.resize(300, 600)
        self.panel.show()
        self.door, watch, selection = Door(project), FilmWatch(project), Selection()
        current = CurrentShot(project, watch, selection)
        wishes = NoteWishes(self.door, settings)
        self.desk = NotesDesk(self.door, watch, current, wishes, self.panel, lambda: self.shown)
        selection.choose(self.shot, [self.shot])
        self.watch = watch

    shown: tuple[Path, int] | None

    def notes(self) -> tuple[NoteCard, ...]:
        self.watch.flush()
        return self.project.ask(note_cards, self.shot)

    def write(self, text: str) -> None:
        self.panel.field.show_text(text)
        QTest.keyClick(self.panel.field, Qt.Key.Key_Return)


@pytest.fixture
def desk(qtbot: QtBot, project: OpenProject, look: Look, tmp_path: Path) -> Iterator[Desk]:
    over = QWidget()
    over.resize(400, 700)
    qtbot.addWidget(over)
    over.show()
    settings = Settings(tmp_path / "settings.json")
    settings["author"] = "Her"
    made = Desk(project, look, over, settings)
    yield made
    made.strips.close()


def test_a_note_is_on_the_frame_on_screen(desk: Desk) -> None:
    desk.shown = (desk.take.media, 9)
    desk.desk.playhead_moved()
    assert desk.panel.place.text() == f"on take {desk.take.name} at 0:09"
    desk.write("Hold a beat longer")
    (note,) = desk.notes()
    assert (note.text, note.take, note.take_frame, note.author) == ("Hold a beat longer", desk.take.id, 9, "Her")
    assert desk.panel.field.toPlainText() == "" and desk.panel.notes.rowCount() == 1


def test_a_note_kept_without_a_pause_leaves_the_field_empty(qtbot: QtBot, desk: Desk) -> None:
    desk.panel.show()
    desk.panel.activateWindow()
    desk.panel.write()
    qtbot.waitUntil(desk.panel.field.hasFocus)
    QTest.keyClicks(desk.panel.field, "Hold")
    QTest.keyClick(desk.panel.field, Qt.Key.Key_Return)
    assert desk.panel.field.toPlainText() == ""


def test_without_a_take_on_screen_it_is_on_the_shot(desk: Desk) -> None:
    desk.write("Too dark")
    (note,) = desk.notes()
    assert note.take is None and desk.panel.notes.where(note) == "the shot"


def test_a_note_that_says_nothing_is_not_kept(desk: Desk) -> None:
    desk.write("   ")
    assert desk.notes() == ()


def test_the_circle_marks_it_done_and_it_moves_to_the_other_side(qtbot: QtBot, desk: Desk) -> None:
    desk.write("Brighter flame")
    desk.notes()
    index = desk.panel.notes.index(0)
    at = status_rect(desk.panel.view.visualRect(index)).center()
    qtbot.mouseClick(desk.panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [note.status for note in desk.notes()] == ["done"]
    assert desk.panel.notes.rowCount() == 0
    desk.panel.sides.choose("done")
    desk.panel.show_side("done")
    assert desk.panel.notes.rowCount() == 1


def test_a_change_replaces_the_words_and_escape_leaves_them(desk: Desk) -> None:
    desk.write("Brigter flame")
    (note,) = desk.notes()
    desk.panel.change(note.id)
    assert desk.panel.field.toPlainText() == "Brigter flame"
    desk.write("Brighter flame")
    assert [one.text for one in desk.notes()] == ["Brighter flame"]
    desk.panel.change(note.id)
    QTest.keyClick(desk.panel.field, Qt.Key.Key_Escape)
    assert desk.panel.field.toPlainText() == "" and desk.panel.keep.text() == "Keep note"


def test_opening_a_note_asks_for_its_frame(qtbot: QtBot, desk: Desk) -> None:
    desk.shown = (desk.take.media, 5)
    desk.write("Here")
    desk.notes()
    with qtbot.waitSignal(desk.desk.frame_requested) as asked:
        desk.panel.view.setCurrentIndex(desk.panel.notes.index(0))
    assert asked.args == [desk.take.id, 5]


def test_delete_removes_it_and_undo_brings_it_back(desk: Desk) -> None:
    desk.write("Gone")
    desk.notes()
    desk.panel.view.setCurrentIndex(desk.panel.notes.index(0))
    QTest.keyClick(desk.panel.view, Qt.Key.Key_Delete)
    assert desk.notes() == ()
    desk.project.undo()
    assert [note.text for note in desk.notes()] == ["Gone"]


def test_long_text_is_cut_in_the_list_and_kept_whole(desk: Desk) -> None:
    words: Callable[[int], str] = lambda count: " ".join(["word"] * count)  # noqa: E731
    desk.write(words(400))
    (note,) = desk.notes()
    assert note.text == words(400)
    assert desk.panel.view.visualRect(desk.panel.notes.index(0)).height() < 140
