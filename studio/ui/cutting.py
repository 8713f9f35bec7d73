"""Everything that works on the cut, built together: what the timeline shows, its wishes, its sheets, tapping, menus."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from studio.settings import Settings
from studio.ui.actions.cut import MENUS_AT
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.imports import Imports
from studio.ui.inspector.desk import InspectorDesk
from studio.ui.inspector.dock import InspectorPanel
from studio.ui.selection import Selection
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.storyboard.timeline.desk import TimelineDesk
from studio.ui.storyboard.timeline.sheets import CutSheets
from studio.ui.storyboard.timeline.taps import Tapping
from studio.ui.theme import Look
from studio.ui.viewer.desk import ViewerDesk
from studio.ui.viewer.listening import Listening
from studio.ui.viewer.transport import Transport
from studio.ui.wishes.cuts import CutWishes
from studio.ui.wishes.door import Door
from studio.ui.wishes.events import EventWishes
from studio.ui.wishes.shots import ShotWishes
from studio.ui.wishes.sound import SoundWishes


class Cutting(QObject):
    told = Signal(str)
    """a sentence in passing"""

    def __init__(
        self, look: Look, over: QWidget, door: Door, watch: FilmWatch, selection: Selection, chosen: CutSelection,
        drawing: Drawing, panel: BoardPanel, viewer: ViewerDesk, listening: Listening, transport: Transport,
        imports: Imports, settings: Settings, shots: ShotList, shot_wishes: ShotWishes, inspector: InspectorPanel,
    ) -> None:  # fmt: skip
        super().__init__(over)
        self.watch, self.chosen = CutWatch(door.project, watch), chosen
        self.events = EventWishes(door, self.watch, chosen)
        self.sound = SoundWishes(door, self.watch, chosen)
        self.cuts = CutWishes(door, self.watch, chosen)
        self.desk = TimelineDesk(self.watch, selection, chosen, drawing, self.events, self.sound, self.cuts, panel,
                                 shots)  # fmt: skip
        self.inspector = InspectorDesk(door, watch, self.watch, chosen, drawing, self.events, shot_wishes, inspector)
        self.sheets = CutSheets(look, over, watch, self.watch, chosen, self.events, self.sound, self.cuts,
                                writable=door.project.writable)  # fmt: skip
        inspector.reframe_requested.connect(self.sheets.open_reframe)
        self._viewer, self._listening, self._over = viewer, listening, over
        self._looked_at: str | None = None
        self._layout = settings["layout"]
        self._built: Mapping[str, QAction] = {}
        self.tapping = Tapping(self.watch, chosen, self.events, panel.timeline, transport,
                               lambda: self._play(transport))  # fmt: skip
        self._panel, self._imports, self._settings = panel, imports, settings
        self._connect()
        panel.show_view(settings["storyboard_view"])

    @property
    def targets(self) -> dict[str, object]:
        """What the entries of the menu Cut call."""
        return {"events": self.events, "sound": self.sound, "cuts": self.cuts, "cut_sheets": self.sheets,
                "tapping": self.tapping, "board_panel": self._panel, "timeline": self._panel.timeline}  # fmt: skip

    def know(self, built: Mapping[str, QAction]) -> None:
        """The entries the menus under the pointer are made of."""
        self._built = built

    def _connect(self) -> None:
        view, viewer = self._panel.timeline, self._viewer
        for asks in (
            view.frame_requested,
            self.events.frame_requested,
            self.cuts.frame_requested,
            self.tapping.frame_requested,
            self.sheets.frame_requested,
        ):
            asks.connect(viewer.seek_film)
        viewer.film_frame_shown.connect(self.desk.show_playhead)
        self.watch.changed.connect(self._follow_cut)
        self._panel.current_cut_requested.connect(lambda: self.watch.look_at(None))
        view.trim_previewed.connect(self._show_trim)
        view.menu_requested.connect(self.open_menu)
        view.marker_opened.connect(self.sheets.open_marker)
        view.heads.rename_requested.connect(self.sheets.rename_lane)
        view.heads.gain_requested.connect(self.sheets.open_lane_gain)
        view.heads.add_requested.connect(self.sheets.add_lane)
        self._panel.tools.tap_requested.connect(self.tapping.tap)
        self._panel.tools.sound_requested.connect(self.sheets.add_sound)
        view.drop_requested.connect(self._imports.to_lane)
        view.files_dropped.connect(self._imports.to_shot)
        self.sheets.sounds_chosen.connect(self._imports.to_lane)
        self._panel.view_shown.connect(lambda view: self._settings.__setitem__("storyboard_view", view))
        for told in (self.events.told, self.cuts.told, self.tapping.told):
            told.connect(self.told)

    def follow_layout(self, layout: str) -> None:
        """Another layout was chosen: Board shows the board, Edit the timeline, Review leaves the view as it is."""
        if layout == self._layout:
            return
        self._layout = layout
        view = {"board": "board", "edit": "timeline"}.get(layout)
        if view is not None and view != self._panel.view:
            self._panel.show_view(view)

    def open_menu(self, kind: str, on_screen: QPoint) -> None:
        """The menu of what lies under the pointer: entries of the menus above, nothing else."""
        menu = self.menu_of(kind)
        if not menu.isEmpty():
            menu.popup(on_screen)

    def menu_of(self, kind: str) -> QMenu:
        menu = QMenu(self._over)
        menu.aboutToHide.connect(menu.deleteLater)
        for entry in MENUS_AT.get(kind, ()):
            if entry:
                menu.addAction(self._built[entry])
            else:
                menu.addSeparator()
        return menu

    def _play(self, transport: Transport) -> None:
        self._viewer.play_cut()
        self._viewer.seek_film(self.chosen.film_frame)
        transport.play(1)

    def _follow_cut(self) -> None:
        """The viewer plays, and sounds like, the cut that is looked at."""
        if self.watch.looked_at != self._looked_at:
            self._looked_at = self.watch.looked_at
            self._viewer.look_at(self._looked_at)
            self._listening.look_at(self._looked_at)
            self._panel.show_view("timeline")

    def _show_trim(self, shown: object) -> None:
        if shown is None:
            self._viewer.end_trim()
        else:
            self._viewer.show_trim(shown.left, shown.right, shown.words, shown.edge)  # type: ignore[attr-defined]
