import sys

import pytest

from studio.cli import progress


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock)
    return clock


def test_where_there_is_no_terminal_a_line_comes_every_few_seconds(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress.show() as lines:
        lines.start("a", "1_0010 motion")
        for second in range(11):
            clock.now = 100.0 + second
            lines.update("a", second, 10, "drawing")
        lines.end("a", "done")
    out = capsys.readouterr().out.splitlines()
    assert out == ["1_0010 motion: 4 of 10, drawing", "1_0010 motion: 8 of 10, drawing", "1_0010 motion: done (10.0 s)"]


def test_the_time_of_a_job_does_not_count_its_wait(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress.show() as lines:
        lines.start("a", "1_0010 motion")
        clock.now += 60
        lines.update("a", 1, 10)
        clock.now += 2
        lines.end("a", "done")
    assert capsys.readouterr().out.endswith("1_0010 motion: done (2.0 s)\n")


def test_a_terminal_gets_bars(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with progress.show() as bars:
        assert isinstance(bars, progress.Bars)
        bars.start("a", "1_0010 motion")
        bars.start("a", "1_0010 motion")
        bars.update("a", 3, 10, "drawing")
        bars.end("a", "done")
    assert capsys.readouterr().out.count("1_0010 motion") >= 1


def test_beside_json_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.show(quiet=True) as nothing:
        nothing.start("a", "x")
        nothing.update("a", 1, 2)
        nothing.end("a", "done")
    assert capsys.readouterr().out == ""
