"""Commands run inside this process, on the application the other tests use."""

from pathlib import Path

import pytest

from tests.calls import call


@pytest.fixture(autouse=True)
def application(qapp: object) -> object:
    return qapp


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """An empty film, small so that drawing and encoding are quick."""
    call("new", tmp_path / "film", "--size", "192x108").ok()
    return tmp_path / "film"


@pytest.fixture
def board(film: Path) -> Path:
    """A film of two scenes and three shots."""
    call("add-subject", film, "@mara", "--kind", "character", "--description", "woman in a yellow raincoat").ok()
    call("add-scene", film, "--heading", "EXT. PIER - NIGHT", "--location", "pier", "--time", "night").ok()
    call("add-shot", film, "--prompt", "@mara walks", "--frames", 8, "--subject", "@mara:left:right:walking").ok()
    call("add-shot", film, "--action", "The light goes out", "--frames", 6, "--size", "close-up").ok()
    call("add-scene", film, "--heading", "EXT. FERRY DECK - DAWN").ok()
    call("add-shot", film, "--prompt", "船が出る 🚢", "--frames", 5, "--dialogue", "JON: 再见").ok()
    return film
