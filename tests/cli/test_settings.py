import json
from pathlib import Path

import pytest

from studio import settings
from studio.errors import BadValue
from studio.settings import DECLARED, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_a_setting_is_there_at_the_next_start(path: Path) -> None:
    Settings(path)["engine"] = "slate"
    assert Settings(path)["engine"] == "slate"


def test_nothing_is_written_before_something_changes(path: Path) -> None:
    loaded = Settings(path)
    loaded["engine"] = loaded["engine"]
    assert not path.exists()


def test_every_default_is_a_value_the_setting_may_have() -> None:
    assert all(one.checked(one.default) == one.default for one in DECLARED.values())


@pytest.mark.parametrize(("key", "value"), [("engine", "crayon"), ("engine", 3), ("layouts", []), ("recent_films", {})])
def test_a_value_it_may_not_have_is_refused_and_nothing_is_kept(path: Path, key: str, value: object) -> None:
    with pytest.raises(BadValue, match=key):
        Settings(path)[key] = value
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"engine": "crayon", "recent_films": [1]}'])
def test_a_broken_file_counts_as_the_defaults(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert [Settings(path)[key] for key in DECLARED] == [one.default for one in DECLARED.values()]


def test_one_wrong_value_does_not_cost_the_others(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"engine": "slate", "layouts": 3, "unknown": True}))
    assert (Settings(path)["engine"], Settings(path)["layouts"]) == ("slate", {})


def test_what_is_handed_out_cannot_change_what_is_kept(path: Path) -> None:
    loaded = Settings(path)
    loaded["recent_films"].append("elsewhere")
    loaded["layouts"]["main"] = "x"
    assert (loaded["recent_films"], loaded["layouts"]) == ([], {})


def test_a_layout_comes_back_byte_for_byte(path: Path) -> None:
    Settings(path).keep_layout("main", bytes(range(256)))
    assert Settings(path).layout("main") == bytes(range(256))
    assert Settings(path).layout("other") == b""


def test_films_opened_last_come_first_once_and_only_while_they_are_there(path: Path, tmp_path: Path) -> None:
    films = [tmp_path / f"film {n}" for n in range(13)]
    for film in films:
        film.mkdir()
        (film / "project.sqlite").write_bytes(b"")
        Settings(path).remember_film(film)
    Settings(path).remember_film(films[5])
    (films[12] / "project.sqlite").unlink()
    assert Settings(path).recent_films() == [films[n] for n in (5, 11, 10, 9, 8, 7, 6, 4, 3)]


def test_a_folder_that_cannot_be_written_costs_no_work(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    loaded = Settings(tmp_path / "config" / "settings.json")
    loaded["engine"] = "slate"
    assert loaded["engine"] == "slate" and "not saved" in caplog.text


def test_the_file_lies_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings.file().is_relative_to(tmp_path)
