"""The window: builds the panels, puts them in their docks, connects wishes to those who carry them out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from studio import assets
from studio.generation.expanding import Expanding
from studio.generation.queue import JobQueue
from studio.generation.writers import Writers
from studio.open_project import OpenProject
from studio.project.cards import FilmCard
from studio.settings import Settings
from studio.ui import actions
from studio.ui.background import Background
from studio.ui.belonging import belong_to
from studio.ui.choices import read_choices
from studio.ui.collecting import Collecting
from studio.ui.continuity.desk import ContinuityDesk
from studio.ui.continuity.dock import ContinuityPanel
from studio.ui.current_shot import CurrentShot
from studio.ui.cut_selection import CutSelection
from studio.ui.cutting import Cutting
from studio.ui.cutting_out.opening import CuttingOut
from studio.ui.doable import Doable
from studio.ui.drawing import Drawing
from studio.ui.edit_in import EditIn, editing_folder
from studio.ui.exports import Exports
from studio.ui.film_finding import FilmFinder
from studio.ui.film_sheets import FilmSheets
from studio.ui.film_watch import FilmWatch
from studio.ui.frame import Dock, FocusLine, TopBar, put_at_foot
from studio.ui.frame_grab import FrameGrab
from studio.ui.gallery.desk import GalleryDesk
from studio.ui.gallery.dock import Gallery
from studio.ui.gallery.pages import SubjectPages
from studio.ui.going import END, Going
from studio.ui.imports import Imports
from studio.ui.inspector.dock import InspectorPanel
from studio.ui.jobs.desk import QueueDesk
from studio.ui.jobs.foot import QueueFoot
from studio.ui.layouts import Layouts, open_at_kept_size
from studio.ui.name_card import NameHover
from studio.ui.notes.desk import NotesDesk
from studio.ui.notes.dock import NotesPanel
from studio.ui.on_screen import OnScreen
from studio.ui.parts.controls import DockHeader
from studio.ui.parts.fields import KeyGuard
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.places import Places
from studio.ui.posters import poster_maker
from studio.ui.problems import Problems
from studio.ui.prompt.desk import PromptDesk
from studio.ui.prompt.dock import PromptPanel
from studio.ui.prompt_page.desk import PromptPageDesk
from studio.ui.prompt_page.scene_prompts import ScenePrompts
from studio.ui.prompt_styles import read_styles
from studio.ui.selection import Selection
from studio.ui.shell import Shell
from studio.ui.shortcuts import Keys
from studio.ui.sound.player import SoundPlayer
from studio.ui.sound.waveforms import WaveformStore
from studio.ui.storyboard.board.desk import BoardDesk
from studio.ui.storyboard.board.film_strip import FilmStrip
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.board.view import BoardView
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.strips import strip_maker
from studio.ui.takes.desk import TakesDesk
from studio.ui.takes.dock import TakesPanel
from studio.ui.theme import Look
from studio.ui.viewer.desk import ViewerDesk
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.kept import KeptViewing
from studio.ui.viewer.listening import Listening
from studio.ui.viewer.screening import Screenings
from studio.ui.wishes.cut_outs import CutOutWishes
from studio.ui.wishes.door import Door
from studio.ui.wishes.grading import Grading
from studio.ui.wishes.notes import NoteWishes
from studio.ui.wishes.panels import PanelWishes
from studio.ui.wishes.prompts import PromptWishes
from studio.ui.wishes.shots import ShotWishes
from studio.ui.wishes.subjects import SubjectWishes
from studio.ui.wishes.take_work import TakeWork
from studio.ui.wishes.takes import TakeWishes
from studio.ui.writers.opening import SettingUpWriters


class MainWindow(QMainWindow):
    def __init__(self, project: OpenProject, queue: JobQueue, settings: Settings) -> None:
        super().__init__()
        self.project, self.queue, self.settings = project, queue, settings
        self.going: Going = END
        """Where the program goes once this window is closed."""
        self.look = Look(assets.folder())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.look.dress(application)
        self._guard = KeyGuard(self)
        self._focus_changed = application.focusChanged
        self._focus_changed.connect(self._guard.follow_focus)
        self.keys = Keys(settings, assets.folder() / "keys")
        self.choices = read_choices(assets.folder() / "prompts" / "sketch.toml")
        self.prompt_styles = read_styles(assets.folder() / "prompts" / "styles")
        self.watch = FilmWatch(project)
        self.selection = Selection()
        self.background = Background(self)
        self.pictures, self.previews = PictureStore(self, poster_maker(project)), PreviewStore(self)
        self.strips = PictureStore(self, strip_maker(project))
        self.waveforms = WaveformStore(project.folder / "cache" / "waveforms" if project.writable else None, self)
        self.drawing = Drawing(project, queue, settings, self.selection, self.previews)
        self.exports = Exports(project, self.background)
        self.imports = Imports(project, self.background)
        self._build_wishes()
        self._build_panels(self.watch.film)
        self._build_desks()
        self._lay_out()
        self.problems = Problems(self.look, self)
        self._build_tools()
        self._build_actions()
        self._connect()
        self.collecting = Collecting(self)
        belong_to(self, (self, self.cutting, self.viewer_desk, self.viewer), others=(project, queue, settings))
        self._shown_before = self._closed = False
        open_at_kept_size(self, self.settings)
        self._show_film(self.watch.film)
        for desk in (self.gallery_desk, self.board_desk, self.prompt_desk, self.queue_desk):
            desk.show_all()
        self.current.refresh()
        if project.writable:
            self.edit_in.resume()

    # --- building ---

    def _build_wishes(self) -> None:
        self.door = Door(self.project)
        self.shot_wishes = ShotWishes(self.door, self.selection)
        self.panel_wishes = PanelWishes(self.door, self.selection, self.background)
        self.subject_wishes = SubjectWishes(self.door, self.imports)
        self.cut_out_wishes = CutOutWishes(self.door)
        self.expanding = Expanding(self.project, self.queue, self.settings)
        self.prompt_wishes = PromptWishes(self.door, self.selection, self.expanding, self.imports, self.settings)

    def _build_desks(self) -> None:
        """The board's first: it decides what stays selected, which the others show."""
        project, watch, drawing, previews = self.project, self.watch, self.drawing, self.previews
        self.board_desk = BoardDesk(project, watch, self.selection, drawing, self.shot_wishes, self.imports,
                                    self.board_panel, self.board, self.shots, previews)  # fmt: skip
        self.current = CurrentShot(project, watch, self.selection)
        self.viewer_desk = ViewerDesk(project, watch, self.current, self.selection, drawing, self.panel_wishes,
                                      self.viewer, previews)  # fmt: skip
        self.listening = Listening(project, watch, self.viewer, self.player)
        self.kept_viewing = KeptViewing(self.settings, self.viewer, self.player)
        self.prompt_desk = PromptDesk(project, watch, self.current, drawing, self.expanding, self.shot_wishes,
                                      self.prompt_wishes, self.prompt, self.prompt_styles)  # fmt: skip
        self.scene_prompts = ScenePrompts(self.look, self, project, watch, self.selection, self.expanding,
                                          self.prompt_wishes, self.pictures)  # fmt: skip
        self.prompt_page = PromptPageDesk(self.look, self, self.door, watch, self.current, drawing, self.expanding,
                                          self.prompt_wishes, self.shot_wishes, self.scene_prompts, self.choices,
                                          self.pictures, self.prompt_styles)  # fmt: skip
        self.take_wishes = TakeWishes(self.door, self.current)
        self.on_screen = OnScreen(self.viewer, self.current)
        self.take_work = TakeWork(self.door, self.current, drawing, self.background, self.on_screen.frame)
        self.grading = Grading(self.door, self.background)
        self.continuity_desk = ContinuityDesk(self.door, watch, self.current, self.background, self.grading,
                                              self.take_work, self.continuity)  # fmt: skip
        self.takes_desk = TakesDesk(self.look, self, self.door, watch, self.current, self.take_wishes,
                                    self.panel_wishes, self.take_work, self.takes, self.on_screen.marked)  # fmt: skip
        self.notes_desk = NotesDesk(self.door, watch, self.current, NoteWishes(self.door, self.settings), self.notes,
                                    self.on_screen.frame)  # fmt: skip
        self.edit_in = EditIn(self.door, self.background, self.current, self.settings, editing_folder(watch.film.id))
        self.cutting_out = CuttingOut(self.look, self, self.door, self.background, self.cut_out_wishes,
                                      self.on_screen.frame, lambda: self.gallery_desk.likely())  # fmt: skip
        self.subject_pages = SubjectPages(self.look, self, self.choices, self.pictures, self.door,
                                          self.subject_wishes, self.cutting_out.open_view,
                                          self.take_work.grab_frame)  # fmt: skip
        self.gallery_desk = GalleryDesk(self.door, watch, self.current, self.subject_wishes, self.subject_pages,
                                        self.gallery, self, self.prompt.references.strip.tiles)  # fmt: skip
        self.frame_grab = FrameGrab(self.look, self, self.door, self.take_work, self.subject_wishes,
                                    self.gallery_desk.likely, self.subject_pages.new_subject_of,
                                    self.cutting_out.open_file)  # fmt: skip
        self.queue_desk = QueueDesk(self.look, self, project, watch, drawing, self.exports, self.imports, self.door,
                                    self.foot, self.pictures, previews)  # fmt: skip

    def _build_panels(self, film: FilmCard) -> None:
        look, writable = self.look, self.project.writable
        self.shots = ShotList(film.rate, self)
        self.board = BoardView(look, self.shots, self.pictures, self.previews)
        self.board.can_edit = writable
        self.chosen = CutSelection()
        self.timeline = TimelineView(look, self.shots, self.pictures, self.strips, self.previews, self.waveforms,
                                     self.chosen, self.drawing.live.get, writable=writable)  # fmt: skip
        self.board_panel = BoardPanel(look, self.board, self.timeline, writable=writable)
        self.film_strip = FilmStrip(look, self.shots, self.pictures, self.previews)
        self.viewer = Viewer(look, self.pictures, film.rate, QSize(film.width, film.height), film.start_timecode)
        self.player = SoundPlayer(self)
        self.prompt = PromptPanel(look, film.rate, self.choices, self.pictures)
        self.prompt.takes.set_value(self.settings["takes"])
        self.takes = TakesPanel(look, self.pictures, self.strips, writable=writable)
        self.inspector = InspectorPanel(look)
        self.notes = NotesPanel(look, film.rate, self.strips, writable=writable)
        self.continuity = ContinuityPanel(look, writable=writable)
        self.gallery = Gallery(look, self.pictures, writable=writable)
        self.foot = QueueFoot(look, self.previews, self)

    def _lay_out(self) -> None:
        self.top_bar = TopBar(self.look, layouts=True)
        self.setMenuWidget(self.top_bar)
        self.setCentralWidget(self.viewer)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.docks = {
            "gallery": Dock("References", self.gallery, self.gallery.header),
            "board": Dock("Storyboard", self.board_panel, self.board_panel.header),
            "prompt": Dock("Shot and prompt", self.prompt, self.prompt.header),
            "takes": Dock("Takes", self.takes, self.takes.header),
            "strip": Dock("Film strip", self.film_strip, None),
            "notes": Dock("Notes", self.notes, self.notes.header),
            "inspector": Dock("Inspector", self.inspector, self.inspector.header),
            "continuity": Dock("Continuity", self.continuity, self.continuity.header),
        }
        self.layouts = Layouts(self.look, self.settings, self, self.docks)
        put_at_foot(self, self.foot)
        self.setWindowTitle("Shotwright")
        self.setMinimumSize(1024, 640)

    def _build_tools(self) -> None:
        """What the menus call that is no panel's."""
        look = self.look
        self.shell = Shell(look, self, self.settings, self.background, self.keys)
        self.writers = SettingUpWriters(look, self, Writers(self.settings, self.queue.expansion), self.background,
                                        assets.folder() / "prompts" / "writers.toml")  # fmt: skip
        self.cutting = Cutting(look, self, self.door, self.watch, self.selection, self.chosen, self.drawing,
                               self.board_panel, self.viewer_desk, self.listening, self.viewer.transport, self.imports,
                               self.settings, self.shots, self.shot_wishes, self.inspector)  # fmt: skip
        self.sheets = FilmSheets(look, self, self.choices, self.watch, self.door, self.shot_wishes)
        self.finder = FilmFinder(look, self, self.settings, self.project, self.watch, self.current, self.shots.cards)
        keyboard = {"board": self.board_panel.focus_view, "viewer": self.viewer.setFocus,
                    "prompt": self.prompt.box.take_keys, "takes": self.takes.takes.setFocus,
                    "gallery": self.gallery.take_keys,
                    "continuity": self.continuity.take_keys, "notes": self.notes.view.setFocus}  # fmt: skip
        self.screenings = Screenings(look, self.settings, self.viewer, self)
        self.places = Places(look, self, self.layouts, self.docks, keyboard, self.foot)

    def _build_actions(self) -> None:
        targets = {
            **self.cutting.targets, "board": self.board, "board_desk": self.board_desk,
            "window": self, "shell": self.shell, "sheets": self.sheets, "finder": self.finder, "places": self.places,
            "door": self.door, "prompts": self.prompt_wishes,
            "prompt_page": self.prompt_page, "scene_prompts": self.scene_prompts,
            "shots": self.shot_wishes, "takes": self.take_wishes,
            "takes_desk": self.takes_desk, "take_work": self.take_work, "frame_grab": self.frame_grab,
            "subject_pages": self.subject_pages, "gallery_desk": self.gallery_desk,
            "cutting_out": self.cutting_out, "writers": self.writers,
            "queue_desk": self.queue_desk, "edit_in": self.edit_in,
            "continuity": self.continuity_desk, "drawing": self.drawing,
            "viewer": self.viewer, "transport": self.viewer.transport,
            "steps": self.viewer.steps, "viewer_desk": self.viewer_desk, "compare": self.viewer_desk.compare,
            "drawing_row": self.viewer.drawing_row, "overlays": self.viewer.header, "screenings": self.screenings,
        }  # fmt: skip
        panels = {"board": self.board, "viewer": self.viewer, "timeline": self.timeline, "gallery": self.gallery}
        self.actions_by_id = actions.build(actions.ACTIONS, targets, panels, self, self.keys.of)
        self.finder.know(self.actions_by_id)
        self.cutting.know(self.actions_by_id)
        self.screenings.know([self.actions_by_id[one] for one in actions.play.SCREENED])
        self.places.follow(self.actions_by_id)
        self.viewer.header.know(self.actions_by_id)
        self.keys.changed.connect(lambda: actions.give_keys(actions.ACTIONS, self.actions_by_id, self.keys.of))
        self.doable = Doable(self.project, self.watch, self.current, self.chosen, self.actions_by_id)
        self.menus = actions.fill(self.top_bar.menus, actions.MENUS, actions.ACTIONS, self.actions_by_id)

    def _connect(self) -> None:
        """What one panel does to another; what it does to the film is its desk's."""
        self.watch.film_changed.connect(self._show_film)
        for heard in (self.current.changed, self.drawing.queue_changed, self.chosen.changed, self.watch.changed_last):
            heard.connect(self.doable.show)
        self._connect_outer()
        self._connect_board()
        self._connect_viewer()
        self._connect_takes()
        self._connect_prompt()
        self._connect_told()
        self._connect_focus()

    def _connect_outer(self) -> None:
        """Top bar, layouts, finder: what is around the panels."""
        self.top_bar.palette_requested.connect(self.finder.open)
        self.top_bar.layouts.chosen.connect(self.layouts.choose)
        self.layouts.chosen.connect(self.top_bar.layouts.choose)
        self.layouts.chosen.connect(self.cutting.follow_layout)
        self.shell.leaving.connect(self._leave)
        self.finder.shot_sought.connect(self.board.select_shot)
        self.finder.take_sought.connect(lambda take: self._look_at(take=take))
        self.finder.subject_sought.connect(self.subject_pages.open_subject)
        self.finder.frame_sought.connect(self.viewer_desk.seek_film)
        self.queue_desk.shot_requested.connect(self.board_desk.follow)

    def _connect_board(self) -> None:
        play = lambda _one: self.viewer.transport.toggle()  # noqa: E731
        for opened in (self.board.shot_opened, self.timeline.event_opened, self.film_strip.shot_opened):
            opened.connect(play)
        self.film_strip.shot_chosen.connect(self.board.select_shot)
        self.selection.changed.connect(lambda: self.film_strip.show_current(self.selection.shot))
        self.cutting.desk.shots_chosen.connect(self.board.select_shots)
        self.board.new_shot_requested.connect(self.sheets.new_shot)
        self.board.subject_dropped.connect(self.subject_wishes.put_in_shot)
        self.board.scene_opened.connect(self.sheets.open_scene)
        self.board.menu_requested.connect(lambda point: self.menus["Shot"].popup(point))
        self.board_panel.new_scene_requested.connect(self.sheets.new_scene)
        self.shot_wishes.made.connect(lambda _shot: self._write_what_is_seen())
        self.prompt.draft.left.connect(self.board_panel.focus_view)
        self.imports.shot_made.connect(self.board_desk.select_when_shown)

    def _connect_viewer(self) -> None:
        self.viewer.steps.neighbour_requested.connect(self.board_desk.select_neighbour)
        self.viewer.shot_reached.connect(self.board_desk.follow)
        self.viewer.frame_shown.connect(lambda _frame: self.notes_desk.playhead_moved())
        self.notes_desk.frame_requested.connect(self._show_frame)
        self.continuity_desk.frame_requested.connect(self.viewer_desk.seek_film)
        self.continuity_desk.shot_requested.connect(self.board.select_shot)

    def _connect_takes(self) -> None:
        self.takes.take_looked_at.connect(lambda take: self._look_at(take=take))
        self.takes.panel_looked_at.connect(lambda panel: self._look_at(panel=panel))
        self.takes.menu_requested.connect(self._open_menu_of_take)
        self.gallery.grab_requested.connect(self.frame_grab.grab_reference)
        self.gallery.told.connect(self.foot.say)
        self.subject_pages.shot_sought.connect(self.board.select_shot)
        self.subject_pages.continuity_requested.connect(self._show_continuity)

    def _connect_prompt(self) -> None:
        self.prompt.subject_wanted.connect(self.subject_pages.open_named)
        self.name_hover = NameHover(self.look, self.pictures, self, self.prompt.references.strip.tiles)
        for field in (self.prompt.draft, self.prompt.box.expanded.text):
            self.name_hover.watch(field, field.chips)
        self.name_hover.opened.connect(self.subject_pages.open_subject)
        self.prompt.box.page_requested.connect(self.prompt_page.open)
        self.prompt_page.neighbour_requested.connect(self.board_desk.select_neighbour)
        self.prompt_page.subject_sought.connect(self.subject_pages.open_subject)
        self.prompt_page.writers_requested.connect(self.writers.open)
        self.scene_prompts.shot_requested.connect(self._show_prompt_of)
        self.board.scene_expansion_requested.connect(self.scene_prompts.expand)
        self.board.scene_prompts_requested.connect(self.scene_prompts.open)
        self.layouts.chosen.connect(lambda _layout: self.prompt_page.close_page())

    def _connect_told(self) -> None:
        """Sentences in passing go to the foot, problems to their sheet."""
        for told in (self._guard.told, self.cutting.told, self.viewer_desk.told, self.take_work.noted,
                     self.edit_in.noted, self.grading.noted, self.prompt_desk.told,
                     self.prompt_wishes.told):  # fmt: skip
            told.connect(self.foot.say)
        for source in (self.prompt.refused, self.door.refused, self.drawing.refused, self.exports.failed,
                       self.imports.refused, self.shell.refused, self.viewer.steps.refused,
                       self.inspector.refused, self.prompt_desk.refused):  # fmt: skip
            source.connect(self.problems.show_error)
        self.door.refused.connect(lambda _error: self.prompt_desk.put_back())

    def _connect_focus(self) -> None:
        panels: dict[QWidget, DockHeader] = {
            self.board_panel: self.board_panel.header, self.viewer: self.viewer.header, self.takes: self.takes.header,
            self.prompt: self.prompt.header, self.gallery: self.gallery.header, self.notes: self.notes.header,
            self.inspector: self.inspector.header, self.continuity: self.continuity.header,
        }  # fmt: skip
        self._focus_line = FocusLine(panels, self)
        self._focus_changed.connect(self._focus_line.show)

    # --- the film itself ---

    def _show_film(self, film: FilmCard) -> None:
        self.setWindowTitle(f"{film.title} – Shotwright")
        self.top_bar.show_film(film, writable=self.project.writable)

    # --- hands ---

    def _look_at(self, take: str | None = None, panel: str | None = None) -> None:
        if self.viewer.mode != "shot":
            self.viewer_desk.show_mode("shot")
        self.selection.look_at(take, panel)

    # --- called by actions ---

    def _open_menu_of_take(self, kind: str, point: QPoint) -> None:
        self.menus["Take" if kind == "takes" else "Shot"].popup(point)

    def _write_what_is_seen(self) -> None:
        """A shot was made: it is shown at once, so that what is typed next goes into its draft and nowhere else."""
        self.watch.flush()
        self.prompt.draft.setFocus()

    def _show_continuity(self, subject: str) -> None:
        """All shots a subject is in, side by side."""
        self.places.to_continuity()
        self.continuity_desk.show_subject(subject)

    def _show_prompt_of(self, shot: str) -> None:
        self.board.select_shot(shot)
        self.prompt_page.open()

    def _show_frame(self, take: str, take_frame: int) -> None:
        """The frame a note is on."""
        self._look_at(take=take)
        card = self.current.take
        if card is not None and card.id == take:  # else the take went with an undo
            self.viewer.transport.seek(max(0, take_frame - card.head))

    def write_note(self) -> None:
        """Stops on the frame on screen and puts the keyboard into the field of the notes."""
        self.viewer.transport.stop()
        self.docks["notes"].show()
        self.notes.write()

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Pictures, movies and folders given with a new film: its first shots."""
        self.imports.to_board(None, paths)

    # --- export ---

    def export_movie(self) -> None:
        self.exports.ask_and_export("mp4", self)

    def export_timeline(self) -> None:
        self.exports.ask_and_export("otio", self)

    # --- place and size ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown_before:
            return
        self._shown_before = True
        self.pictures.set_scale(self.devicePixelRatioF())
        self.layouts.first_shown()
        self.board.setFocus()

    def _leave(self, going: Going) -> None:
        self.going = going
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps what is being typed and the layout; joins every thread the window started."""
        if self._closed:
            return
        self._closed = True
        for heard in (self._guard.follow_focus, self._focus_line.show):
            self._focus_changed.disconnect(heard)  # the keyboard still moves while the panels go
        self.collecting.close()
        self.prompt_desk.close()
        self.prompt_page.close()
        self.prompt_wishes.close()
        self.board_desk.close()
        self.continuity_desk.close()
        self.gallery_desk.close()
        self.current.close()
        self.layouts.keep()
        self.layouts.keep_size()
        self.keys.close()
        self.watch.close()
        self.exports.stop()
        self.imports.close()
        self.cutting_out.close()
        self.take_work.close()
        self.edit_in.close()
        self.screenings.close()
        self.kept_viewing.close()
        self.viewer.close_viewer()
        self.player.close()
        for one in (self.background, self.pictures, self.strips, self.waveforms, self.previews):
            one.close()
        super().closeEvent(event)
