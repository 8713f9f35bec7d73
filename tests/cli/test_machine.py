import json
import stat
from pathlib import Path

import pytest

from studio.cli import machine, run


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"), ("libEGL.so.1", "libegl1"), ("libGL.so.1", "libgl1"),
        ("libglib-2.0.so.0", "libglib2.0-0"), ("libdbus-1.so.3", "libdbus-1-3"), ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"), ("libfontconfig.so.1", "libfontconfig1"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ],
)
def test_a_missing_library_is_named_by_its_package(library: str, package: str) -> None:
    assert machine.debian_package(library) == package
    shipped = Path(__file__).resolve().parents[2] / "packaging" / "system-packages.txt"
    assert package in shipped.read_text().splitlines()


def test_libraries_the_loader_does_not_find_become_one_line_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ldd = tmp_path / "ldd"
    ldd.write_text("#!/bin/sh\necho '\tlibxcb-cursor.so.0 => not found'\necho '\tlibc.so.6 => /lib/libc.so.6 (0x7)'\n")
    ldd.chmod(ldd.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(machine.shutil, "which", lambda name: str(ldd))
    missing = machine.missing_libraries([tmp_path / "libqxcb.so"])
    assert missing == ["libxcb-cursor.so.0"]
    assert machine.install_line(missing) == "sudo apt-get install -y libxcb-cursor0"


def test_nothing_missing_asks_for_nothing() -> None:
    assert machine.install_line([]) == ""


@pytest.mark.process
def test_doctor_reports_versions_devices_and_memory(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert report["versions"]["torch"] and report["versions"]["PySide6-Essentials"]
    assert any(device["device"] == "cpu" for device in report["devices"]) and report["problems"] == []
    assert report["memory"]["total"] > 0 and isinstance(report["missing"], list)


def test_doctor_says_when_torch_cannot_be_loaded(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "DEVICES", "raise ImportError('libgomp.so.1: cannot open shared object file')")
    assert run(["doctor"]) == 0
    assert "torch cannot be loaded: ImportError: libgomp.so.1" in capfd.readouterr().out
