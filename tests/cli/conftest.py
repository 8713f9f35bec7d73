"""Commands run inside this process, on the application the other tests use."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from studio.open_project import OpenProject
from studio.project import queries
from tests.builders import a_take
from tests.calls import call


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


@pytest.fixture(scope="session")
def once_film(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = tmp_path_factory.mktemp("empty") / "film"
    call("new", film, "--size", "192x108").ok()
    return film


@pytest.fixture(scope="session")
def once_board(once_film: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = copied(once_film, tmp_path_factory.mktemp("board"))
    call("add-subject", film, "@mara", "--kind", "character", "--description", "woman in a yellow raincoat").ok()
    call("add-scene", film, "--heading", "EXT. PIER - NIGHT", "--location", "pier", "--time", "night").ok()
    call("add-shot", film, "--prompt", "@mara walks", "--frames", 8, "--subject", "@mara:left:right:walking").ok()
    call("add-shot", film, "--action", "The light goes out", "--frames", 6, "--size", "close-up").ok()
    call("add-scene", film, "--heading", "EXT. FERRY DECK - DAWN").ok()
    call("add-shot", film, "--prompt", "船が出る 🚢", "--frames", 5, "--dialogue", "JON: 再见").ok()
    return film


@pytest.fixture(scope="session")
def once_taken(once_board: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = copied(once_board, tmp_path_factory.mktemp("taken"))
    with closing(OpenProject.open(film)) as project:
        a_take(project, project.ask(queries.find_shot, "1"), movie=True, width=192, height=108)
    return film


@pytest.fixture
def film(once_film: Path, tmp_path: Path) -> Path:
    """An empty film, small so that drawing and encoding are quick."""
    return copied(once_film, tmp_path)


@pytest.fixture
def board(once_board: Path, tmp_path: Path) -> Path:
    """A film of two scenes and three shots."""
    return copied(once_board, tmp_path)


@pytest.fixture
def taken(once_taken: Path, tmp_path: Path) -> Path:
    """The board with a take of its first shot, two frames longer than that."""
    return copied(once_taken, tmp_path)


def copied(film: Path, folder: Path) -> Path:
    """Making a film takes a third of a second, copying one does not."""
    return Path(shutil.copytree(film, folder / "film"))
