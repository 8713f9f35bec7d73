"""The start screen: the program's name and three steps, example films, films opened before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from studio import assets
from studio.errors import ProjectError, StudioError
from studio.settings import Settings
from studio.ui import actions
from studio.ui.background import Background
from studio.ui.finding import Finder
from studio.ui.frame import TopBar
from studio.ui.going import END, Going
from studio.ui.layouts import open_at_kept_size
from studio.ui.parts.controls import KeyButton, clear_layout, scrolling, text_label
from studio.ui.parts.fields import KeyGuard
from studio.ui.parts.painting import mark_pixmap
from studio.ui.parts.sheet import paragraph
from studio.ui.problems import Problems, WayOut
from studio.ui.shell import DATABASE, Shell
from studio.ui.shortcuts import Keys
from studio.ui.start.examples import Example, read_examples
from studio.ui.start.film_form import free_folder
from studio.ui.start.recent import RecentFilm, RecentFilms
from studio.ui.start.tiles import STEPS, DropPlace, ExampleTile, RecentRow, Step, short_place
from studio.ui.theme import Look

MakeExample = Callable[[str, Path], None]
"""Makes the example of this name in a folder that is not there yet; on a worker. Raises StudioError."""

WIDEST, HIGHEST = 1408, 760
LEFT, LEFT_NARROW = 400, 320
WIDE_FROM = 1500
READ_AFTER_MS = 60
"""What recent films are is read once the window has been painted."""


class StartWindow(QMainWindow):
    leaving = Signal()
    """`going` says where to"""

    def __init__(self, settings: Settings, make_example: MakeExample) -> None:
        super().__init__()
        self.settings, self._make_example = settings, make_example
        self.going: Going = END
        self.look = Look(assets.folder())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.look.dress(application)
        self._guard = KeyGuard(self)
        application.focusChanged.connect(self._guard.follow_focus)
        self.background = Background(self)
        self.keys = Keys(settings, assets.folder() / "keys")
        self.problems = Problems(self.look, self)
        self.shell = Shell(self.look, self, settings, self.background, self.keys)
        self.finder = Finder(self.look, self, settings)
        self.recent = RecentFilms(settings, self.background)
        self._rows: dict[Path, RecentRow] = {}
        self._read_later = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._read_later.timeout.connect(self.recent.read)
        self._build()
        self._build_actions()
        self._connect()
        self.show_recent()

    # --- building ---

    def _build(self) -> None:
        self.setWindowTitle("Shotwright")
        self.setMinimumSize(1024, 640)
        open_at_kept_size(self, self.settings)
        self.top_bar = TopBar(self.look)
        self.setMenuWidget(self.top_bar)
        self.body = QWidget()
        self.body.setObjectName("well")
        self.body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._held = QWidget()
        columns = QHBoxLayout(self._held)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(80)
        columns.addWidget(self._build_left())
        columns.addWidget(self._build_right(), 1)
        self._columns = columns
        outer = QGridLayout(self.body)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.addWidget(self._held, 1, 1)
        for edge in (0, 2):
            outer.setColumnStretch(edge, 1)
            outer.setRowStretch(edge, 1)
        outer.setColumnStretch(1, 100)
        outer.setRowStretch(1, 100)
        self._held.setMaximumSize(WIDEST, HIGHEST)
        self.body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCentralWidget(self.body)
        self.body.setFocus()

    def _build_left(self) -> QWidget:
        box = QWidget()
        self._left = box
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._build_name())
        column.addWidget(paragraph("Board a film shot by shot and keep its people and locations the same, on your own "
                                   "machine.", "tagline"))  # fmt: skip
        column.addSpacing(8)
        for number, (title, second) in enumerate(STEPS, 1):
            column.addWidget(Step(self.look, number, title, second))
        column.addSpacing(8)
        self.drop = DropPlace(self.look)
        column.addWidget(self.drop, 1)
        column.addLayout(self._build_buttons())
        return box

    def _build_name(self) -> QHBoxLayout:
        row, mark = QHBoxLayout(), text_label()
        mark.setPixmap(mark_pixmap(self.look, 40, self.devicePixelRatioF()))
        row.setSpacing(12)
        row.addWidget(mark)
        row.addWidget(text_label("Shotwright", "hero"), 1)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.size("gap"))
        self.new_button = KeyButton(self.look, "New film…", "Ctrl N", kind="large", icon="plus")
        self.open_button = KeyButton(self.look, "Open film…", "Ctrl O", kind="large", icon="folder")
        self.new_button.clicked.connect(self.shell.new_film)
        self.open_button.clicked.connect(self.shell.open_film)
        for button in (self.new_button, self.open_button):
            row.addWidget(button, 1)
        return row

    def _build_right(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._build_examples_head())
        column.addLayout(self._build_examples(), 5)
        column.addSpacing(12)
        column.addWidget(text_label("Recent films", "head"))
        self.nothing = text_label("Films you open stand here, the newest first.", "second")
        column.addWidget(self.nothing)
        list_ = QWidget()
        list_.setObjectName("well")
        list_.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QVBoxLayout(list_)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list_area = scrolling(list_)
        self._list_area.setMinimumHeight(self.look.size("recent-row"))
        column.addWidget(self._list_area, 3)
        return box

    def _build_examples_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(text_label("Example films", "head"))
        row.addStretch(1)
        self.copies = text_label("", "second")
        self.place = KeyButton(self.look, "Choose another folder…", kind="link", ink="accent")
        self.place.clicked.connect(self._choose_place)
        row.addWidget(self.copies)
        row.addWidget(self.place)
        self._show_place()
        return row

    def _build_examples(self) -> QHBoxLayout:
        row, grid = QHBoxLayout(), QGridLayout()
        row.setSpacing(16)
        grid.setSpacing(16)
        self.tiles: list[ExampleTile] = []
        for number, example in enumerate(read_examples(assets.examples())):
            tile = ExampleTile(self.look, example, large=number == 0)
            tile.clicked.connect(partial(self.open_example, example))
            self.tiles.append(tile)
            if number == 0:
                row.addWidget(tile, 1)
            else:
                grid.addWidget(tile, (number - 1) // 2, (number - 1) % 2)
        row.addLayout(grid, 1)
        return row

    def _build_actions(self) -> None:
        targets = {"shell": self.shell, "finder": self.finder}
        offered = [one for one in actions.ACTIONS if one.calls.partition(".")[0] in targets]
        self.actions_by_id = actions.build(offered, targets, {}, self, self.keys.of)
        actions.enable(offered, self.actions_by_id, dict.fromkeys(actions.NEEDS, False))
        actions.fill(self.top_bar.menus, actions.MENUS, offered, self.actions_by_id)
        self.keys.changed.connect(lambda: actions.give_keys(offered, self.actions_by_id, self.keys.of))
        self.finder.know(self.actions_by_id)

    def _connect(self) -> None:
        self.top_bar.palette_requested.connect(self.finder.open)
        self.shell.leaving.connect(self._leave)
        self.shell.refused.connect(self.problems.show_error)
        self.recent.known.connect(self._show_known)
        self.drop.dropped.connect(lambda paths: self.shell.ask_for_film(tuple(paths)))
        self.drop.choose_requested.connect(self._choose_folder)
        self.settings.heard.append(self._heard)

    # --- hands ---

    def open_example(self, example: Example) -> None:
        """Makes a copy of its own, on a worker, and opens it."""
        folder = free_folder(self.settings.films_folder(), example.folder.name)
        self._busy(True)
        self.copies.setText(f"Making a copy of {example.title}…")
        self.background.run(partial(self._make_example, example.folder.name, folder),
                            lambda _done: self._leave(Going(folder)), self._not_made)  # fmt: skip

    def open_recent(self, folder: Path) -> None:
        film = self._rows[folder].film
        if film.trouble:
            gone = ProjectError(f"{film.title} is not there: {film.trouble}.",
                                f"It was in {folder}. Connect its drive, or show where it is now.")  # fmt: skip
            self.problems.show_error(gone, WayOut("Find its folder…", partial(self._find, folder)))
        else:
            self.shell.open_folder(folder)

    def show_recent(self) -> None:
        """The list as the settings have it; what each film is, is read beside."""
        clear_layout(self._list)
        self._rows = {folder: self._row(folder) for folder in self.recent.folders()}
        for row in self._rows.values():
            self._list.addWidget(row)
        self._list.addStretch(1)
        self.nothing.setVisible(not self._rows)
        self._list_area.setVisible(bool(self._rows))
        self._read_later.start()

    def _row(self, folder: Path) -> RecentRow:
        row = RecentRow(self.look, folder, self.recent.opened_at(folder))
        row.clicked.connect(partial(self.open_recent, folder))
        row.show_requested.connect(lambda place: QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))))
        row.forget_requested.connect(self._forget)
        row.find_requested.connect(self._find)
        return row

    def _show_known(self, film: RecentFilm) -> None:
        if film.folder in self._rows:
            self._rows[film.folder].show_film(film)

    def _forget(self, folder: Path) -> None:
        self.recent.forget(folder)
        self.show_recent()

    def _find(self, folder: Path) -> None:
        """The user shows where a film went that is not in its place any more."""
        found = QFileDialog.getExistingDirectory(self, f"Find {folder.name}", str(Path.home()))
        if not found:
            return
        if not (Path(found) / DATABASE).is_file():
            self.shell.open_folder(Path(found))
            return
        self.recent.move(folder, Path(found))
        self.show_recent()

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "Choose a folder of pictures or movies", str(Path.home()))
        if found:
            self.shell.ask_for_film((Path(found),))

    def _choose_place(self) -> None:
        begin = self.settings.films_folder()
        found = QFileDialog.getExistingDirectory(self, "Folder for new films", str(begin if begin.is_dir() else ""))
        if found:
            self.settings["films_folder"] = found

    # --- how ---

    def _heard(self, key: str) -> None:
        if key == "films_folder":
            self._show_place()

    def _show_place(self) -> None:
        self.copies.setText(f"Opens a copy in {short_place(self.settings.films_folder())}. Play with it.")

    def _busy(self, busy: bool) -> None:
        for tile in self.tiles:
            tile.setEnabled(not busy)

    def _not_made(self, error: StudioError) -> None:
        self._busy(False)
        self._show_place()
        self.problems.show_error(error)

    def _leave(self, going: Going) -> None:
        self.going = going
        self.leaving.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.size() - QSize(0, self.look.size("top-bar"))
        wide = room.width() >= WIDE_FROM
        self._columns.setSpacing(80 if wide else 40)
        self._left.setFixedWidth(LEFT if wide else LEFT_NARROW)

    def stay(self) -> None:
        """The film could not be opened: the start screen goes on."""
        self.going = END
        self._busy(False)
        self._show_place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is read and nothing is heard any more."""
        self._read_later.stop()
        self.keys.close()
        if self._heard in self.settings.heard:
            self.settings.heard.remove(self._heard)
        self.background.close()
        super().closeEvent(event)
