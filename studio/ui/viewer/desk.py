"""Connects the viewer with the film: what it plays in each mode, and what runs while the shot has nothing else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal

from studio.open_project import OpenProject
from studio.project.cards import FilmCard, ShotCard
from studio.project.changes import Changes
from studio.project.cut_cards import EventCard, MarkerCard, Stroke
from studio.project.sound_queries import marker_cards
from studio.ui.current_shot import CurrentShot
from studio.ui.drawing import Drawing
from studio.ui.film_watch import FilmWatch
from studio.ui.parts.pictures import PreviewStore
from studio.ui.selection import Selection
from studio.ui.viewer.compare_desk import CompareDesk
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.overlays import ratio_of
from studio.ui.viewer.playing import Played, Playing, take_frame_to_film
from studio.ui.viewer.presenter import Side
from studio.ui.viewer.sequence import Stretch
from studio.ui.wishes.panels import PanelWishes


class ViewerDesk(QObject):
    film_frame_shown = Signal(int)
    """The frame of the cut under the playhead, in every mode that knows it."""
    told = Signal(str)
    """a sentence in passing"""

    def __init__(
        self, project: OpenProject, watch: FilmWatch, current: CurrentShot, selection: Selection, drawing: Drawing,
        panels: PanelWishes, viewer: Viewer, previews: PreviewStore,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._current, self._selection, self._drawing = project, current, selection, drawing
        self._panels, self._viewer, self._previews = panels, viewer, previews
        self._playing = Playing(project, watch)
        self._mode = "shot"
        self._going_to: int | None = None
        """A frame of the cut on the way to which another shot is selected."""
        self.compare = CompareDesk(current, viewer, self._playing)
        self.compare.told.connect(self.told)
        self.compare.began.connect(self._begin_compare)
        self._connect(watch)
        self._film_changed(watch.film)

    # --- wishes ---

    def show_mode(self, mode: str) -> None:
        """Another stretch of the film is played: take, shot, scene or cut."""
        self._mode = mode
        if mode != "shot" and self.compare.on:
            self.compare.stop()
        self._show(keep_frame=False)

    def seek_film(self, film_frame: int) -> None:
        """Shows a frame of the cut, in the scene where it is played and holds it, else in the whole cut."""
        inside = self._viewer.sequence.frame_of(film_frame) if self._mode in ("scene", "cut") else None
        if inside is None:
            self._mode = "cut"
            self._going_to = film_frame
            self._show(keep_frame=False)
            self._going_to = None
        else:
            self._viewer.steps.go_to(inside)

    def look_at(self, cut: str | None) -> None:
        """Plays an earlier cut, or the current one again (None)."""
        self._playing.look_at(cut)
        self.show_mode("cut")

    def show_trim(self, before: EventCard | None, after: EventCard | None, words: str, edge: str = "") -> None:
        """While a cut is trimmed: the last picture before it and the first after it, beside each other.

        The events are as they would be. `words` say what is trimmed; `edge` is `tail` where the hands are on the end
        of `before`, `head` where they are on the start of `after`.
        """
        left = self._side(before, -1, "last frame", active=edge == "tail")
        right = self._side(after, 0, "first frame", active=edge == "head")
        self._viewer.show_sides((left, right), words)

    def end_trim(self) -> None:
        self._viewer.show_sides(None)

    # --- called by actions ---

    def play_take(self) -> None:
        self.show_mode("take")

    def play_shot(self) -> None:
        self.show_mode("shot")

    def play_scene(self) -> None:
        self.show_mode("scene")

    def play_cut(self) -> None:
        self.show_mode("cut")

    def match_frame(self) -> None:
        """From the cut to the take it shows, at the very picture; from a take back to the cut where it shows that."""
        if self._mode == "take":
            film_frame = self._viewer.film_frame
            if film_frame is not None and 0 <= film_frame < self._playing.cut.frames:
                self.seek_film(film_frame)
            return
        shown = self._viewer.sequence.shown(self._viewer.transport.frame)
        stretch = self._viewer.sequence.at(self._viewer.transport.frame)
        if shown is None or stretch is None or stretch.event.take is None or shown.wanted is None:
            self.told.emit("There is no take under the playhead.")
            return
        self._look_into(stretch, shown.wanted.take_frame)

    def add_blank_panel(self) -> None:
        """An empty panel of the shot, to draw on."""
        if self._mode != "shot":
            self.show_mode("shot")
        self._panels.add_blank()

    # --- the film ---

    def _film_changed(self, film: FilmCard) -> None:
        self._viewer.show_film(film.rate, QSize(film.width, film.height), film.start_timecode)
        self._viewer.picture.set_delivery(ratio_of(film.aspect))

    def _changed(self, changes: Changes) -> None:
        if changes["marker"] or changes["cut"] or changes["event"]:
            self._show_markers()
        if self._mode in ("scene", "cut") and self._playing.behind:
            self._show_kept()  # another shot of it than the one the hands are on

    def _show_markers(self) -> None:
        markers: tuple[MarkerCard, ...] = self._project.ask(marker_cards)
        self._viewer.show_markers([marker.film_frame for marker in markers])

    def _show_kept(self) -> None:
        self.compare.refresh()
        self._show(keep_frame=True)

    def _show(self, *, keep_frame: bool) -> None:
        card, played = self._current.card, self._played()
        self._viewer.show_scenes(played.scene_starts)
        frame = self._first_frame(played, card, keep_frame=keep_frame)
        self._viewer.show_sequence(self._mode, played.sequence, frame, self._card_foot(card), subject=played.subject,
                                   before=played.before)  # fmt: skip
        self._show_panel()
        self._show_live()

    def _played(self) -> Played:
        card = self._current.card
        if self._mode == "cut":
            return self._playing.of_cut()
        if self._mode == "scene":
            return self._playing.of_scene(card.scene if card else None)
        if self._mode == "take":
            return self._playing.of_take(card, self._current.take)
        return self._playing.of_shot(card, self._current.take, self._current.panel)

    def _first_frame(self, played: Played, card: ShotCard | None, *, keep_frame: bool) -> int:
        if self._mode in ("take", "shot"):
            return self._viewer.transport.frame if keep_frame and played.subject == self._viewer.subject else 0
        if self._going_to is not None:
            return played.sequence.frame_of(self._going_to) or 0
        if keep_frame and self._under_playhead() == (card.id if card else None):
            return self._viewer.transport.frame
        return (played.sequence.start_of(card.id) if card else None) or 0

    def _under_playhead(self) -> str | None:
        stretch = self._viewer.sequence.at(self._viewer.transport.frame)
        return stretch.shot if stretch else None

    def _card_foot(self, card: ShotCard | None) -> str:
        return "" if card is None or self._mode != "shot" or card.job else "Ctrl Enter draws a panel"

    def _show_live(self) -> None:
        card = self._current.card
        now = self._drawing.live.get(card.job or "") if card else None
        if card is None or now is None or self._mode != "shot":
            self._viewer.show_live(None, None)
            return
        self._viewer.show_live(self._previews.pixmap(card.job), (*now.bar, now.words))

    # --- one shot ---

    def _begin_compare(self) -> None:
        if self._mode != "shot":
            self.show_mode("shot")

    def _look_into(self, stretch: Stretch, take_frame: int) -> None:
        """The take of a stretch by itself, at one of its frames."""
        self._viewer.transport.stop()  # which tells the board what shot it has come to
        self._mode = "take"
        self._selection.look_at(take=stretch.event.take)
        if (take := self._current.take) is not None:
            self._viewer.steps.go_to(take_frame_to_film(take, take_frame, self._playing.rate))

    def _show_panel(self) -> None:
        alone = self._mode == "shot" and self._current.card is not None and self._project.writable
        panel = alone and self._current.panel is not None and self._current.take is None
        self._viewer.show_panel(can_draw=bool(panel), can_add=alone and self._current.take is None)

    def _draw(self, lines: tuple[Stroke, ...]) -> None:
        if (panel := self._current.panel) is not None:
            kept = self._panels.draw_lines(panel.id, lines)
            if not kept:
                self._viewer.picture.forget_drawn()

    def _side(self, event: EventCard | None, frame: int, what: str, *, active: bool) -> Side:
        if event is None:
            return Side(None, "", "nothing here", active=active)
        stretch = self._playing.alone(event)
        shown = stretch.shown(frame % max(1, event.frames))
        detail = f"frame {frame % event.frames + 1} of {event.frames}" if event.frames else ""
        if shown.wanted is not None and shown.wanted.take_frame >= 0:
            detail = f"take {event.take_name}, frame {shown.wanted.take_frame + 1} of {event.take_frames}"
        return Side(shown, event.shot_number, f"{what}, held" if shown.frame.held else what, detail, active)

    # --- building ---

    def _connect(self, watch: FilmWatch) -> None:
        viewer = self._viewer
        self._project.changed.connect(self._playing.forget)
        watch.film_changed.connect(self._film_changed)
        watch.changed_next.connect(self._changed)
        self._current.changed.connect(self._show_kept)
        self._drawing.progressed.connect(lambda _job: self._show_live())
        self._drawing.queue_changed.connect(self._show_live)
        self._previews.arrived.connect(lambda _job: self._show_live())
        viewer.mode_requested.connect(self.show_mode)
        viewer.frame_moved.connect(self._tell_film_frame)
        viewer.steps.film_frame_requested.connect(self.seek_film)
        viewer.picture.pen.drawn.connect(self._draw)
        viewer.drawing_row.blank_requested.connect(self.add_blank_panel)
        self._show_markers()

    def _tell_film_frame(self, _frame: int) -> None:
        film_frame = self._viewer.film_frame
        if film_frame is not None and film_frame >= 0:
            self.film_frame_shown.emit(film_frame)
