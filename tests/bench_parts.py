"""The measurements of `tests.bench_window`, one function a part; `python -m tests.bench_parts PART` runs one."""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]

FIRST_PAINT = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from studio import app
from studio.settings import Settings
class Watch(QObject):
    first = board = 0.0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType():
            now = time.time() - float(sys.argv[2])
            self.first = self.first or now
            if not self.board and type(watched.parentWidget()).__name__ == "BoardView":
                self.board = now
                QTimer.singleShot(0, lambda: [window.close() for window in application.topLevelWidgets()])
        return False
application, watch = app.graphical(), Watch()
application.installEventFilter(watch)
app.show(Path(sys.argv[1]), Settings(Path(sys.argv[3])), lambda name, place: None)
print(watch.first, watch.board, "torch" in sys.modules)
"""


def row(what: str, value: float, unit: str, bar: float | None = None) -> Row:
    return {"what": what, "value": round(value, 2), "unit": unit, "bar": bar}


def part_of(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


# --- parts ---


def start() -> list[Row]:
    """A fresh process on a film of twelve shots, until anything and until the board is painted for the first time.

    Bytecode is kept from the run before, as it is on a user's machine.
    """
    from tests.builders import a_project, a_shot

    first, board, torch = [], [], False
    with tempfile.TemporaryDirectory() as place:
        made = a_project(Path(place))
        for _ in range(12):
            a_shot(made)
        made.close()
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{place}/bytecode"}
        for number in range(6):
            call = [sys.executable, "-c", FIRST_PAINT, str(made.folder), str(time.time()), f"{place}/s{number}.json"]
            done = subprocess.run(call, capture_output=True, text=True, check=True, env={**os.environ, **kept})
            said = done.stdout.split()
            first.append(float(said[0]) * 1000)
            board.append(float(said[1]) * 1000)
            torch |= said[2] == "True"
    first, board = first[1:], board[1:]
    return [row("first paint, fresh process, median of 5", part_of(first, 0.5), "ms", 1000),
            row("board painted, fresh process, best of 5", min(board), "ms"),
            row("board painted, median of 5", part_of(board, 0.5), "ms"),
            row("torch imported", int(torch), "times", 0)]


def film() -> list[Row]:
    """From an open database to the first screen of cards, to every row placed, and to every card read."""
    from studio.project import queries
    from studio.project.shot_queries import board_order
    from studio.ui.storyboard.board.desk import FIRST

    first, placed, every = [], [], []
    for _ in range(5):
        with _board() as (project, board, shots, _pictures):
            began = time.perf_counter()
            shots.read_with(lambda ids: project.ask(queries.shot_cards, ids))
            places = project.ask(board_order, FIRST)
            shots.show_order(project.ask(queries.scene_cards, {place.scene for place in places}), places)
            board.viewport().repaint()
            first.append(_ms(began))
            shots.show_order(project.ask(queries.scene_cards), project.ask(board_order))
            board.viewport().repaint()
            placed.append(_ms(began))
            while shots.read_some(100):
                pass
            every.append(_ms(began))
    return [row("first screen of cards after the database opens, median of 5", part_of(first, 0.5), "ms", 50),
            row("first screen, best of 5", min(first), "ms", 50),
            row("whole list shown and scrollable, median of 5", part_of(placed, 0.5), "ms", 150),
            row("every one of 10,000 cards read, in chunks between events", part_of(every, 0.5), "ms")]


def scroll() -> list[Row]:
    """Frames of a board of 10,000 shots on 1600 x 1000 while it scrolls, pictures arriving."""
    rows = []
    for width, name in ((164, "usual cards"), (92, "smallest cards")):
        with _full_board() as (board, _pictures):
            board.set_card_width(width)
            _settle(board, _pictures)
            for speed in (24, 240):
                times = [_frame(board, place * speed) for place in range(1, 400)]
                rows += [row(f"{name}, {speed} pixels a frame, median", 1000 / part_of(times, 0.5), "fps", 60),
                         row(f"{name}, {speed} pixels a frame, 99th percentile", 1000 / part_of(times, 0.99), "fps",
                             60)]  # fmt: skip
    return rows


def jump() -> list[Row]:
    """From a jump to a place never seen until every picture on the screen is painted."""
    times, seen = [], []
    with _full_board() as (board, pictures):
        board.resize(2200, 1300)
        board.set_card_width(92)
        _settle(board, pictures)
        bar, chance = board.verticalScrollBar(), random.Random(3)
        for _ in range(15):
            place = chance.randrange(bar.maximum())
            began = time.perf_counter()
            bar.setValue(place)
            _settle(board, pictures)
            times.append(_ms(began))
            seen.append(len(board.rows_seen()))
    return [row("every picture on the screen visible after a jump, median", part_of(times, 0.5), "ms", 100),
            row("every picture visible after a jump, worst of 15", max(times), "ms", 100),
            row("pictures on the screen, fewest of 15", min(seen), "pictures")]


def stalls() -> list[Row]:
    """Gaps between ticks of a 1 ms timer while both cores are busy, 300 jobs finish, 500 references come in."""
    from tests.bench_stalls import gaps_at_work

    gaps, done, references = gaps_at_work(jobs=300, references=500)
    return [row("99th percentile of gaps on the GUI thread", part_of(gaps, 0.99), "ms", 16),
            row("longest gap", max(gaps), "ms", 50), row("median gap", part_of(gaps, 0.5), "ms"),
            row("gaps over 16 ms", sum(gap > 16 for gap in gaps), "gaps"), row("ticks", len(gaps), "ticks"),
            row("jobs finished", done, "jobs"), row("references come in", references, "references")]


def edits() -> list[Row]:
    """What an edit, and a key held, cost the window's thread in a film of 2,000 shots."""
    from tests.bench_turns import edits_in_a_long_film

    rows = []
    for what, turns in edits_in_a_long_film().items():
        rows += [row(f"{what}, 99th percentile of turns", part_of(turns.walls, 0.99), "ms", 16),
                 row(f"{what}, longest turn", max(turns.walls), "ms", 50),
                 row(f"{what}, longest turn, this thread's own work", max(turns.works), "ms")]
    return rows


def seek() -> list[Row]:
    from PySide6.QtWidgets import QApplication

    from studio.ui.viewer.seeking import measure_seek
    from tests.fakes import write_movie

    application = QApplication([])
    with tempfile.TemporaryDirectory() as place:
        movie = Path(place) / "take.mp4"
        write_movie(movie, 240, (24, 1), (1280, 720))
        times = measure_seek(movie, 240, count=80)
    application.quit()
    return [row("any frame of a 720p take, median", part_of(times, 0.5), "ms", 60),
            row("any frame of a 720p take, 99th percentile", part_of(times, 0.99), "ms")]


def memory() -> list[Row]:
    """The window on the long film, scrolled from end to end with its pictures."""
    from tests.bench_film import large_film
    from tests.bench_stalls import opened_window

    with opened_window(large_film(), writable=False) as window:
        _settle(window.board, window.pictures)
        for width in (92, 164, 328):
            window.board.set_card_width(width)
            bar = window.board.verticalScrollBar()
            for place in range(0, bar.maximum(), max(1, bar.maximum() // 60)):
                bar.setValue(place)
                _settle(window.board, window.pictures)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [row("peak memory of the window on 10,000 shots", peak, "MiB", 400)]


def gallery() -> list[Row]:
    """The reference gallery of 500 subjects with four pictures each."""
    from tests import bench_gallery

    frames, keys, edits_ = bench_gallery.scrolled(24), bench_gallery.keyed(), bench_gallery.refreshed()
    return [row("gallery, 24 pixels a frame, median", 1 / part_of(frames, 0.5), "fps", 60),
            row("gallery, 24 pixels a frame, 99th percentile", 1 / part_of(frames, 0.99), "fps", 60),
            row("gallery, Down until the row is chosen, 99th percentile", part_of(keys, 0.99) * 1000, "ms", 100),
            row("gallery, one subject of 500 differs, median", part_of(edits_, 0.5) * 1000, "ms", 50)]


PARTS: dict[str, Callable[[], list[Row]]] = {
    "start": start, "film": film, "scroll": scroll, "jump": jump, "stalls": stalls, "edits": edits, "seek": seek,
    "memory": memory, "gallery": gallery,
}  # fmt: skip


# --- what they share ---


@contextmanager
def _board() -> Iterator[tuple[Any, Any, Any, Any]]:
    """The long film, open, and a shown board that knows nothing of it yet."""
    from PySide6.QtWidgets import QApplication

    from studio import assets
    from studio.open_project import OpenProject
    from studio.project.timing import FrameRate
    from studio.ui.parts.pictures import PictureStore, PreviewStore
    from studio.ui.storyboard.board.shot_list import ShotList
    from studio.ui.storyboard.board.view import BoardView
    from studio.ui.theme import Look
    from tests.bench_film import large_film

    application = QApplication.instance() or QApplication([])
    look = Look(assets.folder())
    look.dress(application)
    folder = large_film()
    shots, pictures, previews = ShotList(FrameRate(24)), PictureStore(), PreviewStore()
    board = BoardView(look, shots, pictures, previews)
    board.resize(1600, 1000)
    board.show()
    application.processEvents()
    gc.collect()
    gc.freeze()
    project = OpenProject.open(folder, writable=False)
    yield project, board, shots, pictures
    project.close()
    for store in (pictures, previews):
        store.close()
    board.close()
    board.deleteLater()
    application.processEvents()


@contextmanager
def _full_board() -> Iterator[tuple[Any, Any]]:
    """The same with the film on it, read whole."""
    from studio.project import queries
    from studio.project.shot_queries import board_order

    with _board() as (project, board, shots, pictures):
        shots.read_with(lambda ids: project.ask(queries.shot_cards, ids))
        shots.show_order(project.ask(queries.scene_cards), project.ask(board_order))
        board.lay_out()
        shots.cards()
        yield board, pictures


def _frame(board: Any, place: int) -> float:
    """What one frame took; what is left of its 60th of a second passes by, as it does between two refreshes."""
    from PySide6.QtWidgets import QApplication

    began = time.perf_counter()
    board.verticalScrollBar().setValue(place)
    QApplication.processEvents()
    took = max(0.01, _ms(began))
    time.sleep(max(0.0, 1 / 60 - took / 1000))
    return took


def _settle(board: Any, pictures: Any) -> None:
    """Until every picture on the screen has come and is painted."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    while pictures.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]]()))
