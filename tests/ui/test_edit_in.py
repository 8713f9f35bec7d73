"""A panel drawn on in another program comes back with every save."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import PanelCard
from studio.settings import Settings
from studio.ui.background import Background
from studio.ui.current_shot import CurrentShot
from studio.ui.edit_in import EditIn, start
from studio.ui.film_watch import FilmWatch
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door
from tests.builders import a_panel, a_picture

Make = Callable[[], EditIn]


@pytest.fixture
def shot(project: OpenProject) -> str:
    found = project.ask(queries.shot_cards)[1].id
    a_panel(project, found)
    return found


@pytest.fixture
def make(project: OpenProject, tmp_path: Path) -> Iterator[Make]:
    """The object as each opening of the film makes it, over one folder."""
    made: list[tuple[EditIn, Background]] = []

    def one() -> EditIn:
        background, selection = Background(), Selection()
        current = CurrentShot(project, FilmWatch(project), selection)
        settings = Settings(tmp_path / "settings.json")
        made.append((EditIn(Door(project), background, current, settings, tmp_path / "editing"), background))
        return made[-1][0]

    yield one
    for edit, background in made:
        edit.close()
        background.close()


def panels(project: OpenProject, shot: str) -> tuple[PanelCard, ...]:
    return project.ask(queries.panel_cards, shot)


def drawn_on(tmp_path: Path) -> Path:
    return next((tmp_path / "editing").glob("*/*.png"))


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A drawing program that paints the file over as it opens it, once."""
    script = tmp_path / "paint it.py"
    script.write_text("import sys; from PIL import Image; Image.new('RGB', (160, 90), 'teal').save(sys.argv[1])")
    return f"{sys.executable} '{script}'"


@pytest.mark.process
def test_what_the_program_saves_becomes_the_chosen_version(
    qtbot: QtBot, project: OpenProject, shot: str, make: Make, program: str
) -> None:
    edit, (before,) = make(), panels(project, shot)
    edit.open(before, "1_0020", program)
    qtbot.waitUntil(lambda: len(panels(project, shot)) == 2, timeout=15_000)
    old, new = panels(project, shot)
    assert old == before or old.id == before.id
    assert new.chosen and new.origin == "drawn" and new.picture.is_file()
    assert project.undo_text()
    project.undo()
    assert [panel.id for panel in panels(project, shot)] == [before.id]


def test_a_second_save_is_a_version_of_the_first(
    qtbot: QtBot, project: OpenProject, shot: str, make: Make, tmp_path: Path
) -> None:
    edit, (before,) = make(), panels(project, shot)
    edit.open(before, "1_0020", f"{sys.executable} -c pass")
    for count, colour in ((2, "one"), (3, "two")):
        a_picture(drawn_on(tmp_path), colour=colour)
        qtbot.waitUntil(lambda count=count: len(panels(project, shot)) == count, timeout=10_000)
    assert [panel.chosen for panel in panels(project, shot)] == [False, False, True]


def test_the_same_picture_saved_again_is_no_version(
    qtbot: QtBot, project: OpenProject, shot: str, make: Make, tmp_path: Path
) -> None:
    edit, (before,) = make(), panels(project, shot)
    edit.open(before, "1_0020", f"{sys.executable} -c pass")
    file = drawn_on(tmp_path)
    file.write_bytes(file.read_bytes())
    a_picture(tmp_path / "other.png", colour="one").replace(file)
    qtbot.waitUntil(lambda: len(panels(project, shot)) == 2, timeout=10_000)
    assert [panel.number for panel in panels(project, shot)] == [1, 2]


def test_a_save_made_while_the_film_was_closed_is_found_at_the_next_opening(
    qtbot: QtBot, project: OpenProject, shot: str, make: Make, tmp_path: Path
) -> None:
    first, (before,) = make(), panels(project, shot)
    first.open(before, "1_0020", f"{sys.executable} -c pass")
    first.close()
    a_picture(drawn_on(tmp_path), colour="later")
    make().resume()
    qtbot.waitUntil(lambda: len(panels(project, shot)) == 2, timeout=10_000)


def test_a_broken_file_is_refused_by_name_and_the_panel_stays(
    qtbot: QtBot, project: OpenProject, shot: str, make: Make, tmp_path: Path
) -> None:
    edit, (before,) = make(), panels(project, shot)
    edit.open(before, "1_0020", f"{sys.executable} -c pass")
    with qtbot.waitSignal(edit._door.refused, timeout=10_000) as refused:
        drawn_on(tmp_path).write_bytes(b"half a picture")
    assert "panel 1.png" in refused.args[0].sentence
    assert panels(project, shot) == (before,)


def test_a_panel_whose_picture_is_gone_is_refused_by_name(project: OpenProject, shot: str, make: Make) -> None:
    edit, (panel,) = make(), panels(project, shot)
    panel.picture.unlink()
    with pytest.raises(NotFound, match="Panel 1 of 1_0020"):
        edit.open(panel, "1_0020", "")


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no-such-painter"):
        start("no-such-painter", a_picture(tmp_path / "panel.png"))
