"""The one place where the parts are built and connected: for the command line without a screen, and for the window."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from studio import assets, log
from studio.errors import ProjectError, RuntimeFailed, StudioError
from studio.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from model_runtime.protocol import EngineInfo
    from studio.generation.queue import JobQueue
    from studio.open_project import OpenProject
    from studio.runtime.client import RuntimeClient
    from studio.ui.going import Going
    from studio.ui.main_window import MainWindow
    from studio.ui.start.opening import OpeningWindow
    from studio.ui.start.window import MakeExample, StartWindow

    Begin = Callable[["Studio", MainWindow], None]

RUNTIME_ENDS_WITHIN_S = 10.0
HEAR_SIGNALS_EVERY_MS = 100


def core() -> QCoreApplication:
    """The Qt application this process runs on; without a window where none was made."""
    return QCoreApplication.instance() or QCoreApplication(["shotwright"])


def graphical() -> QApplication:
    """The same, able to show windows. Asked for before anything asked for `core`: there is one for a process."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["shotwright"])
    assert isinstance(application, QApplication)
    application.setApplicationName("shotwright")
    return application


class Studio:
    """An open film with the two runtimes and the queue between them. `close` takes it apart in the right order."""

    def __init__(self, project: OpenProject, frames: RuntimeClient, words: RuntimeClient, queue: JobQueue) -> None:
        self.project = project
        self.frames = frames
        self.words = words
        self.queue = queue

    def close(self) -> None:
        """The queue lets go first, so that a runtime's end is no loss; the film is closed when nobody can write."""
        with ExitStack() as last:
            last.callback(self.project.close)
            for runtime in (self.words, self.frames):
                last.callback(runtime.shut_down, RUNTIME_ENDS_WITHIN_S)
            self.queue.close()

    def __enter__(self) -> Studio:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()


def build(folder: Path, *, writable: bool = True) -> Studio:
    """Open the film in `folder` with everything that draws it. No runtime is started before it is needed."""
    # Late, because commands that only read a film need no queue, a fifth of their time, and the start screen no film.
    from studio.generation.queue import JobQueue
    from studio.open_project import OpenProject

    core()
    project = OpenProject.open(folder, writable=writable)
    media = project.media
    frames, words = (runtime(serve, media=media.media, jobs=media.jobs) for serve in ("frames", "words"))
    studio = Studio(project, frames, words, JobQueue(project, frames, words))
    try:
        studio.queue.recover()
    except BaseException:
        studio.close()
        raise
    return studio


def runtime(serve: str, *, media: Path, jobs: Path) -> RuntimeClient:
    """A runtime process on this machine, not started yet; its own words go to a file beside our log."""
    from studio.runtime.local import LocalRuntime
    from studio.runtime.process import Launch

    launch = Launch.runtime(serve, log.folder() / f"runtime-{serve}.log")
    return LocalRuntime(launch, assets=assets.folder(), media=media, jobs=jobs)


def engines(timeout_s: float) -> tuple[EngineInfo, ...]:
    """What the frames runtime of this machine offers; asked of a runtime of its own, without any film."""
    from studio.runtime.client import ClientState

    core()
    with tempfile.TemporaryDirectory(prefix="shotwright-") as place:
        client = runtime("frames", media=Path(place), jobs=Path(place))
        loop = QEventLoop()
        settled = ClientState.READY
        client.state_changed.connect(lambda state: loop.quit() if state is settled or client.given_up else None)
        client.lost.connect(lambda outcome: loop.quit() if outcome.given_up else None)
        QTimer.singleShot(int(timeout_s * 1000), loop, loop.quit)
        client.start()
        loop.exec()
        found = client.ready.engines if client.ready else None
        client.shut_down(RUNTIME_ENDS_WITHIN_S)
    if found is None:
        raise RuntimeFailed(
            "The runtime that draws did not start.", f"Its own words are in {log.folder() / 'runtime-frames.log'}."
        )
    return found


@contextmanager
def words_runtime() -> Iterator[RuntimeClient]:
    """A runtime that writes prompts, without any film; started when it is first asked, ended with the block."""
    core()
    with tempfile.TemporaryDirectory(prefix="shotwright-") as place:
        client = runtime("words", media=Path(place), jobs=Path(place))
        try:
            yield client
        finally:
            client.shut_down(RUNTIME_ENDS_WITHIN_S)


def build_for_looking_or_work(folder: Path) -> Studio:
    """Writable where that can be; a film held elsewhere or on a read-only place is opened for looking."""
    try:
        return build(folder)
    except ProjectError as refusal:
        try:
            return build(folder, writable=False)
        except ProjectError:
            raise refusal from None


def open_window(studio: Studio, settings: Settings) -> MainWindow:
    """The window on an open film, shown."""
    from studio.ui.main_window import MainWindow

    window = MainWindow(studio.project, studio.queue, settings)
    window.show()
    return window


def show(
    folder: Path | None, settings: Settings, make_example: MakeExample, begin: Begin | None = None
) -> int:
    """Windows until the last one is closed: the film in `folder`, else the start screen, and wherever these lead.

    `begin` is called once the window of the first film is on the screen. Raises ProjectError where that film cannot
    be opened; a film chosen later that cannot is told on the start screen.
    """
    from studio.ui.going import START, Going

    graphical()
    windows = Windows(settings, make_example)
    with log.hard_faults():
        going = windows.show_film(Going(folder), begin) if folder else START
        while going.start or going.folder is not None:
            going = windows.show_start() if going.start else windows.try_film(going)
    return 0


@contextmanager
def collected_later() -> Iterator[None]:
    """While it lasts no garbage is looked for: half a second of imports makes much that stays and little that goes."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Windows:
    """The start screen and the windows of films, one after the other: a film is closed before the next is opened."""

    def __init__(self, settings: Settings, make_example: MakeExample) -> None:
        self._settings, self._make_example = settings, make_example
        self._start: StartWindow | None = None
        self._refused: StudioError | None = None

    def show_start(self) -> Going:
        """The start screen until it is left. It stays on the screen until the film it leads to stands over it."""
        from studio.ui.start.window import StartWindow

        application = graphical()
        if self._start is None:
            self._start = start = StartWindow(self._settings, self._make_example)
            start.leaving.connect(lambda: application.exit(0))
            start.show()
            start.problems.offer_crash(self._settings)
        else:
            start = self._start
            start.stay()
        if self._refused is not None:
            start.problems.show_error(self._refused)
            self._refused = None
        with Faults(lambda error, path: start.problems.show_error(told(error, path))), stop_signals(start.close):
            application.exec()
        going = start.going
        if going.folder is None:
            self._close_start()
        return going

    def try_film(self, going: Going) -> Going:
        """As `show_film`; where the film cannot be opened, back to the start screen, which tells why."""
        from studio.ui.going import START

        try:
            return self.show_film(going)
        except StudioError as refusal:
            self._refused = refusal
            return START

    def show_film(self, going: Going, begin: Begin | None = None) -> Going:
        """The window on a film until it is left; the queue and its runtimes have ended when it returns."""
        assert going.folder is not None
        studio, window = self._open(going.folder)
        with studio:
            self._settings.remember_film(studio.project.folder)
            window.problems.offer_crash(self._settings)
            if begin is not None:
                QTimer.singleShot(0, window, lambda: begin(studio, window))
            if going.bring:
                QTimer.singleShot(0, window, lambda: window.bring_in(going.bring))
            with Faults(lambda error, path: window.problems.show_error(told(error, path))), stop_signals(window.close):
                graphical().exec()
            window.deleteLater()
            return window.going

    def _open(self, folder: Path) -> tuple[Studio, MainWindow]:
        """Something stands on the screen from the first moment: the start screen, else the window of the film, bare."""
        opening = self._show_opening(folder) if self._start is None else None
        try:
            with collected_later():
                studio = build_for_looking_or_work(folder)
                try:
                    window = open_window(studio, self._settings)
                except BaseException:
                    studio.close()
                    raise
        finally:
            if opening is not None:
                opening.close()
                opening.deleteLater()
        self._close_start()
        return studio, window

    def _show_opening(self, folder: Path) -> OpeningWindow:
        from studio.ui.start.opening import OpeningWindow

        opening = OpeningWindow(self._settings, folder)
        opening.show_now()
        return opening

    def _close_start(self) -> None:
        if self._start is not None:
            self._start.close()
            self._start.deleteLater()
            self._start = None


def told(error: BaseException, crash_file: Path | None) -> StudioError:
    """A fault of ours in the words the user hears."""
    kept = f"What is needed to mend it was written to {crash_file}." if crash_file else ""
    return StudioError(f"Something went wrong inside Shotwright ({type(error).__name__}: {error}).", kept)


class Faults:
    """While it lasts, a fault in a slot is written to a crash file and the log and handed to `then`; work goes on.

    `first` keeps the first one.
    """

    def __init__(self, then: Callable[[BaseException, Path | None], None]) -> None:
        self.first: BaseException | None = None
        self._then = then

    def __enter__(self) -> Faults:
        self._before = sys.excepthook
        sys.excepthook = self._note
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        sys.excepthook = self._before

    def _note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.first = self.first or error
        logging.getLogger("shotwright.app").error("a fault in a slot", exc_info=(kind, error, trace))
        self._then(error, log.write_crash(error))


@contextmanager
def stop_signals(stop: Callable[[], object]) -> Iterator[None]:
    """While it lasts, Ctrl+C and a polite kill call `stop`. Qt's loop sleeps in C; a timer lets Python hear them."""
    tick = QTimer()
    tick.timeout.connect(lambda: None)
    tick.start(HEAR_SIGNALS_EVERY_MS)
    before = {one: signal.signal(one, lambda number, frame: stop()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        tick.stop()
