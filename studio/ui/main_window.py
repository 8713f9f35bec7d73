"""The window: builds the panels, puts them in their docks, connects wishes to those who carry them out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QByteArray, QRegularExpression, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QToolButton, QWidget

from studio import assets
from studio.generation.queue import JobQueue
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard
from studio.settings import Settings
from studio.ui import actions
from studio.ui.background import Background
from studio.ui.choices import read_choices
from studio.ui.drawing import Drawing
from studio.ui.exports import Exports
from studio.ui.forms import SceneSheet, SubjectSheet
from studio.ui.frame import Dock, FocusLine, Foot, TopBar
from studio.ui.gallery.dock import Gallery
from studio.ui.jobs.foot import QueueFoot
from studio.ui.palette import Entry, Palette
from studio.ui.parts.controls import DockHeader
from studio.ui.parts.fields import KeyGuard
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.posters import poster_maker
from studio.ui.presenter import Panels, Presenter
from studio.ui.problems import Problems
from studio.ui.prompt.dock import PromptPanel
from studio.ui.selection import Selection
from studio.ui.storyboard.board_view import BoardView
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.storyboard.shot_list import ShotList
from studio.ui.takes.dock import TakesPanel
from studio.ui.theme import Look
from studio.ui.viewer.dock import Viewer
from studio.ui.wishes import Wishes

LAYOUT = "main-1"
"""Name the layout is kept under; another number forgets layouts an older arrangement of docks left."""
STARTS_AT = QSize(1600, 1000)
TITLE_BAR = 40
"""Room the desktop keeps for itself over a window."""
NARROW = 1400
"""Below this width the gallery starts folded."""


class MainWindow(QMainWindow):
    def __init__(self, project: OpenProject, queue: JobQueue, settings: Settings) -> None:
        super().__init__()
        self.project, self.queue, self.settings = project, queue, settings
        self.look = Look(assets.folder())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.look.dress(application)
        self._guard = KeyGuard(self)
        application.focusChanged.connect(self._guard.follow_focus)
        self.choices = read_choices(assets.folder() / "prompts" / "sketch.toml")
        film: FilmCard = project.ask(queries.film_card)
        self.selection = Selection()
        self.background = Background(self)
        self.pictures, self.previews = PictureStore(self, poster_maker(project)), PreviewStore(self)
        self.wishes = Wishes(project, self.selection, self.background)
        self.drawing = Drawing(project, queue, settings, self.selection, self.previews)
        self.exports = Exports(project, self.background)
        self._build_panels(film)
        panels = Panels(self.board, self.viewer, self.prompt, self.takes, self.gallery, self.foot)
        self.presenter = Presenter(project, self.drawing, self.selection, self.shots, panels, self.previews)
        self._lay_out()
        self.problems = Problems(self.look, self)
        self._build_actions()
        self._connect()
        self._shown_before = self._closed = False
        self.open_at_kept_size()
        self.presenter.show_all()
        self.prompt.show_engines(self.drawing.engines(), self.drawing.engine)

    # --- building ---

    def _build_panels(self, film: FilmCard) -> None:
        look, writable = self.look, self.project.writable
        self.shots = ShotList(film.rate, self)
        self.board = BoardView(look, self.shots, self.pictures, self.previews)
        self.board.can_edit = writable
        self.board_panel = BoardPanel(look, self.board, writable=writable)
        self.viewer = Viewer(look, film.rate, QSize(film.width, film.height), film.start_timecode)
        self.viewer.transport.set_loop(self.settings["loop"])
        self.prompt = PromptPanel(look, film.rate, self.choices)
        self.prompt.takes.set_value(self.settings["takes"])
        self.takes = TakesPanel(look, self.pictures, writable=writable)
        self.gallery = Gallery(look, self.pictures)
        self.gallery.add.setEnabled(writable)
        self.foot = QueueFoot(look, self.previews, self)
        self.drawing.seed = self.prompt.chosen_seed

    def _lay_out(self) -> None:
        self.top_bar = TopBar(self.look)
        self.setMenuWidget(self.top_bar)
        self.setCentralWidget(self.viewer)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.docks = {
            "gallery": Dock("References", self.gallery, self.gallery.header),
            "board": Dock("Storyboard", self.board_panel, self.board_panel.header),
            "prompt": Dock("Shot and prompt", self.prompt, self.prompt.header),
            "takes": Dock("Takes", self.takes, self.takes.header),
        }
        area = Qt.DockWidgetArea
        for name, where in (("gallery", area.LeftDockWidgetArea), ("board", area.BottomDockWidgetArea),
                            ("prompt", area.RightDockWidgetArea), ("takes", area.RightDockWidgetArea)):  # fmt: skip
            self.addDockWidget(where, self.docks[name])
        strip = QToolBar("Queue")
        strip.setObjectName("queue_strip")
        strip.setMovable(False)
        strip.addWidget(Foot(self.foot, self))
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, strip)
        for button in self.findChildren(QToolButton, QRegularExpression("^qt_.*_ext_button$")):
            button.setAccessibleName("More")
        self.setWindowTitle("Shotwright")
        self.setMinimumSize(1024, 640)

    def _build_actions(self) -> None:
        targets = {"window": self, "wishes": self.wishes, "drawing": self.drawing, "viewer": self.viewer,
                   "transport": self.viewer.transport}  # fmt: skip
        self.actions_by_id = actions.build(targets, {"viewer": self.viewer}, self)
        actions.fill(self.top_bar.menus, self.actions_by_id)

    def _connect(self) -> None:
        self._connect_board()
        self._connect_shot_panels()
        self._connect_queue()
        self.presenter.film_shown.connect(self._show_film)
        self.presenter.state_changed.connect(self._show_what_can_be_done)
        self.top_bar.palette_requested.connect(self.open_palette)
        self.viewer.mode_requested.connect(self.presenter.show_mode)
        self.viewer.neighbour_requested.connect(self._select_neighbour)
        self.viewer.shot_reached.connect(self._follow_playhead)
        self.viewer.loop_changed.connect(lambda loop: self.settings.__setitem__("loop", loop))
        self.gallery.add_requested.connect(self.new_subject)
        self.gallery.subject_opened.connect(self._open_subject)
        panels: dict[QWidget, DockHeader] = {
            self.board_panel: self.board_panel.header, self.viewer: self.viewer.header, self.takes: self.takes.header,
            self.prompt: self.prompt.header, self.gallery: self.gallery.header,
        }  # fmt: skip
        self._focus_line = FocusLine(panels, self)
        QApplication.instance().focusChanged.connect(self._focus_line.show)  # type: ignore[union-attr]

    def _connect_board(self) -> None:
        self.board.selectionModel().currentChanged.connect(self._board_selection_changed)
        self.board.selectionModel().selectionChanged.connect(self._board_selection_changed)
        self.board.shot_moved_requested.connect(self.wishes.move_shot)
        self.board.shot_opened.connect(lambda _shot: self.viewer.transport.toggle())
        self.board.new_shot_requested.connect(self.new_shot)
        self.board.scene_opened.connect(self._open_scene)
        self.board_panel.new_scene_requested.connect(self.new_scene)
        self.board_panel.missing_requested.connect(self.drawing.generate_missing)
        self.wishes.made.connect(self._shot_made)

    def _connect_shot_panels(self) -> None:
        self.prompt.fields_edited.connect(self.wishes.edit_shot)
        self.prompt.cast_edited.connect(self.wishes.edit_cast)
        self.prompt.generate_requested.connect(self.drawing.generate)
        self.prompt.takes_changed.connect(self.drawing.keep_takes)
        self.prompt.engine_chosen.connect(self.drawing.choose_engine)
        self.takes.take_looked_at.connect(lambda take: self._look_at(take=take))
        self.takes.panel_looked_at.connect(lambda panel: self._look_at(panel=panel))
        self.takes.take_choose_requested.connect(self.wishes.choose_take)
        self.takes.panel_choose_requested.connect(self.wishes.choose_panel)
        self.takes.star_requested.connect(self.wishes.star_take)
        self.takes.reject_requested.connect(self.wishes.reject_take)
        self.wishes.refused.connect(lambda _error: self.presenter.put_back())
        for source in (self.prompt.refused, self.wishes.refused, self.drawing.refused, self.exports.failed):
            source.connect(self.problems.show_error)

    def _connect_queue(self) -> None:
        self.foot.pause_requested.connect(self.drawing.pause)
        self.foot.cancel_requested.connect(self.drawing.cancel)
        self.foot.stop_now_requested.connect(self.drawing.stop_now)
        self.foot.retry_requested.connect(self.drawing.retry)
        self.foot.dismiss_requested.connect(self.drawing.dismiss)
        self.foot.sooner_requested.connect(self.drawing.sooner)
        for told in (self.wishes.noted, self.drawing.noted):
            told.connect(self.foot.say)
        self.exports.progressed.connect(self.foot.show_export)
        self.exports.ended.connect(self.foot.export_ended)
        self.foot.export_stop_requested.connect(self.exports.stop)

    # --- what can be done ---

    def _show_film(self, film: FilmCard) -> None:
        self.setWindowTitle(f"{film.title} – Shotwright")
        self.top_bar.show_film(film, writable=self.project.writable)
        self.board_panel.show_counts(self.shots.cards())

    def _show_what_can_be_done(self) -> None:
        shot, undo, redo = self.presenter.shot(), self.project.undo_text(), self.project.redo_text()
        actions.enable(self.actions_by_id, {
            "writable": self.project.writable, "shot": shot is not None, "take": self.selection.take is not None,
            "undo": bool(undo), "redo": bool(redo), "frames": self.presenter.film.frames > 0,
            "out_of_date": bool(shot and shot.cause),
        })  # fmt: skip
        self.actions_by_id["undo"].setText(f"Undo {_lowered(undo)}".strip())
        self.actions_by_id["redo"].setText(f"Redo {_lowered(redo)}".strip())
        self.board_panel.show_counts(self.shots.cards())

    # --- hands ---

    def _board_selection_changed(self) -> None:
        if self.presenter.showing_board:
            return
        self.selection.choose(self.board.current_shot(), self.board.selected_shots())
        self.board_panel.show_selected(len(self.selection.shots))

    def _select_neighbour(self, step: int) -> None:
        row = self.shots.row_of(self.selection.shot or "")
        if row is not None and 0 <= row + step < self.shots.rowCount():
            self.board.select_shot(self.shots.card(row + step).id)

    def _follow_playhead(self, shot: str) -> None:
        if shot != self.selection.shot:
            self.board.select_shot(shot)

    def _look_at(self, take: str | None = None, panel: str | None = None) -> None:
        if self.viewer.mode != "shot":
            self.presenter.show_mode("shot")
        self.selection.look_at(take, panel)

    def _shot_made(self, shot: str) -> None:
        self.presenter.select_when_shown(shot)
        self.prompt.draft.setFocus()

    # --- called by actions ---

    def new_shot(self) -> None:
        """In a film without a scene the scene is asked for first, and the shot follows."""
        if self.presenter.film.scenes:
            self.wishes.new_shot()
        else:
            SceneSheet(self.look, self, self.choices, None, self._first_scene).open()

    def _first_scene(self, fields: Mapping[str, str]) -> bool:
        if not self.wishes.add_scene(fields):
            return False
        self.wishes.new_shot()
        return True

    def new_scene(self) -> None:
        SceneSheet(self.look, self, self.choices, None, self.wishes.add_scene).open()

    def new_subject(self) -> None:
        SubjectSheet(self.look, self, None, self.wishes.add_subject).open()

    def _open_scene(self, scene: str) -> None:
        card = self.shots.scene(scene)
        if card is not None and self.project.writable:
            SceneSheet(self.look, self, self.choices, card, lambda fields: self.wishes.edit_scene(scene, fields)).open()

    def _open_subject(self, subject: str) -> None:
        card = next((card for card in self.gallery.subjects() if card.id == subject), None)
        if card is not None and self.project.writable:
            keep = lambda *fields: self.wishes.edit_subject(subject, *fields)  # noqa: E731
            SubjectSheet(self.look, self, card, keep).open()

    def open_palette(self) -> None:
        Palette(self.look, self, [*self._action_entries(), *self._shot_entries()]).open()

    def _action_entries(self) -> list[Entry]:
        entries = []
        for action in actions.ACTIONS:
            built = self.actions_by_id[action.id]
            reason = "" if built.isEnabled() else built.toolTip()
            keys = QKeySequence(action.keys[0]).toString() if action.keys else ""
            entries.append(Entry(built.text().rstrip("…"), action.menu, keys, built.trigger, reason))
        return entries

    def _shot_entries(self) -> list[Entry]:
        return [
            Entry(f"Go to shot {card.number}", card.action or card.prompt, "", partial(self.board.select_shot, card.id))
            for card in self.shots.cards()
        ]

    def play_forwards(self) -> None:
        self.viewer.transport.faster(1)

    def play_backwards(self) -> None:
        self.viewer.transport.faster(-1)

    def toggle_loop(self) -> None:
        self.viewer.loop_button.toggle()

    def frame_back(self) -> None:
        self.viewer.transport.step(-1)

    def frame_on(self) -> None:
        self.viewer.transport.step(1)

    def second_back(self) -> None:
        self.viewer.step_seconds(-1)

    def second_on(self) -> None:
        self.viewer.step_seconds(1)

    def show_shot_mode(self) -> None:
        self.presenter.show_mode("shot")

    def show_scene_mode(self) -> None:
        self.presenter.show_mode("scene")

    def show_cut_mode(self) -> None:
        self.presenter.show_mode("cut")

    def focus_board(self) -> None:
        self.board.setFocus()

    def focus_viewer(self) -> None:
        self.viewer.setFocus()

    def focus_prompt(self) -> None:
        self.prompt.draft.setFocus()

    def toggle_queue(self) -> None:
        self.foot.open.toggle()

    def toggle_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    # --- export ---

    def export_movie(self) -> None:
        self.exports.ask_and_export("mp4", self)

    def export_timeline(self) -> None:
        self.exports.ask_and_export("otio", self)

    # --- place and size ---

    def reset_layout(self) -> None:
        """Every dock in its first place, sized for the window as it is."""
        for dock in self.docks.values():
            dock.setFloating(False)
        self._size_docks()

    def _size_docks(self) -> None:
        size, small = self.look.size, self.height() < 900
        gallery = size("gallery-folded") if self.width() < NARROW else size("gallery")
        board = size("board") if not small else max(252, int(self.height() * 0.38))
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.resizeDocks([self.docks["gallery"], self.docks["prompt"]], [gallery, size("right-column")], across)
        self.resizeDocks([self.docks["board"]], [board], down)
        takes = 280 if not small else 176
        self.resizeDocks([self.docks["prompt"], self.docks["takes"]], [self.height() - takes, takes], down)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown_before:
            return
        self._shown_before = True
        self.pictures.set_scale(self.devicePixelRatioF())
        if not self.restoreState(QByteArray(self.settings.layout(LAYOUT))):
            QTimer.singleShot(0, self, self._size_docks)  # docks take no size before the window has its own
        self.board.setFocus()

    def open_at_kept_size(self) -> None:
        """As large as it was, else as large as the screen has room for. Called before the window is shown."""
        if not self.restoreGeometry(QByteArray(self.settings.layout(f"{LAYOUT}-geometry"))):
            room = self.screen().availableGeometry().size()
            self.resize(STARTS_AT.boundedTo(room))
            if STARTS_AT.boundedTo(room - QSize(0, TITLE_BAR)) != STARTS_AT:
                self.setWindowState(Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps what is being typed and the layout; joins every thread the window started."""
        if self._closed:
            return
        self._closed = True
        self.prompt.keep()
        self.settings.keep_layout(LAYOUT, bytes(self.saveState().data()))
        self.settings.keep_layout(f"{LAYOUT}-geometry", bytes(self.saveGeometry().data()))
        self.presenter.close()
        self.exports.stop()
        self.viewer.close_viewer()
        for one in (self.background, self.pictures, self.previews):
            one.close()
        super().closeEvent(event)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
