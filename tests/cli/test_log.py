import logging
from pathlib import Path

import pytest

from studio import log


@pytest.fixture(autouse=True)
def stopped() -> object:
    yield
    log.stop()


def test_records_reach_the_file_once_however_often_it_is_started() -> None:
    path = log.start()
    assert log.start() == path
    logging.getLogger("shotwright.test").warning("the tide is out")
    log.stop()
    assert path.read_text().count("the tide is out") == 1


def test_a_crash_file_names_the_place_in_the_code() -> None:
    try:
        raise LookupError("no such pier")
    except LookupError as error:
        path = log.write_crash(error)
    assert path is not None and path.parent == log.folder()
    assert "no such pier" in path.read_text() and "test_log.py" in path.read_text()


def test_old_crash_files_go_and_the_newest_stay() -> None:
    made = [log.write_crash(ValueError(str(n))) for n in range(log.CRASHES_KEPT + 3)]
    assert sorted(log.folder().glob("crash-*.txt")) == made[3:]


def test_a_log_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "log")
    log.start()
    logging.getLogger("shotwright.test").error("said to nobody")
    assert log.write_crash(ValueError("x")) is None


def test_a_file_name_that_is_no_text_reaches_log_and_crash_file() -> None:
    path = log.start()
    logging.getLogger("shotwright.test").warning("no film in caf\udce9")
    log.stop()
    assert r"caf\udce9" in path.read_text()
    crash = log.write_crash(ValueError("caf\udce9"))
    assert crash is not None and r"caf\udce9" in crash.read_text()
