"""A crash or a full disk leaves the old file or the new one, never half of either."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from model_runtime import safe_files


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_written_file_holds_what_was_given(tmp_path: Path) -> None:
    safe_files.write_bytes(tmp_path / "take.bin", b"\x00\xff" * 1000)
    safe_files.write_text(tmp_path / "note.txt", "Fähre\r\n渡輪\n")
    assert (tmp_path / "take.bin").read_bytes() == b"\x00\xff" * 1000
    assert (tmp_path / "note.txt").read_bytes() == "Fähre\r\n渡輪\n".encode()
    assert names(tmp_path) == ["note.txt", "take.bin"]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    safe_files.write_text(path, "old")
    with pytest.raises(KeyError), safe_files.open_new(path) as file:
        file.write(b"half of the new")
        raise KeyError("stopped in the middle")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["film.json"]


def test_the_old_file_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    safe_files.write_text(path, "old")
    with safe_files.open_new(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append("sync"), real_sync(fd))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (calls.append("rename"), real_replace(a, b))[1])
    safe_files.write_bytes(tmp_path / "take.bin", b"1")
    assert calls == ["sync", "rename", "sync"]


def test_a_full_disk_is_named_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(safe_files.NoSpace) as refused:
        safe_files.require_space(tmp_path, 1 << 62)
    assert str(tmp_path) in refused.value.sentence and refused.value.hint
    assert refused.value.errno == errno.ENOSPC


def test_a_disk_that_fills_up_while_writing_raises_no_space(tmp_path: Path) -> None:
    with pytest.raises(safe_files.NoSpace), safe_files.open_new(tmp_path / "take.bin"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


def test_other_errors_of_the_disk_are_not_called_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        safe_files.write_bytes(tmp_path / "nowhere" / "take.bin", b"1")


def test_rename_into_replaces_the_target_and_ends_the_source(tmp_path: Path) -> None:
    (tmp_path / "jobs").mkdir()
    safe_files.write_bytes(tmp_path / "jobs" / "take.mp4", b"new")
    safe_files.write_bytes(tmp_path / "take.mp4", b"old")
    safe_files.rename_into(tmp_path / "jobs" / "take.mp4", tmp_path / "take.mp4")
    assert (tmp_path / "take.mp4").read_bytes() == b"new"
    assert names(tmp_path / "jobs") == []


def test_copy_into_keeps_the_source(tmp_path: Path) -> None:
    safe_files.write_bytes(tmp_path / "a.png", b"p" * 3_000_000)
    safe_files.copy_into(tmp_path / "a.png", tmp_path / "b.png")
    assert safe_files.sha256(tmp_path / "a.png") == safe_files.sha256(tmp_path / "b.png")


def test_sha256_is_the_known_digest(tmp_path: Path) -> None:
    safe_files.write_bytes(tmp_path / "abc", b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert safe_files.sha256(tmp_path / "abc") == known


def test_only_left_over_temporaries_are_removed(tmp_path: Path) -> None:
    safe_files.write_bytes(tmp_path / "take.mp4", b"1")
    left = safe_files.temporary_beside(tmp_path / "take.mp4")
    left.touch()
    assert left.suffix == ".mp4"
    assert safe_files.remove_temporaries(tmp_path) == [left.name]
    assert names(tmp_path) == ["take.mp4"]


def test_a_folder_is_made_with_its_parents_and_may_exist(tmp_path: Path) -> None:
    folder = safe_files.make_folder(tmp_path / "jobs" / "job_1")
    assert folder.is_dir() and safe_files.make_folder(folder) == folder
