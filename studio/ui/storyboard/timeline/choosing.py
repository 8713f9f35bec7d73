"""Choosing on the timeline: events by click, range, rubber band and keys; clips and markers one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent

from studio.project.cut_cards import EventCard
from studio.ui.storyboard.timeline.geometry import STRIP, Hit, strip_top

if TYPE_CHECKING:
    from studio.ui.storyboard.timeline.view import TimelineView

Modifier = Qt.KeyboardModifier
Key = Qt.Key


class TimelineChoosing:
    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._anchor: str | None = None
        """Where a range begins that Shift extends."""

    # --- by mouse ---

    def event(self, event: str, held: Modifier) -> None:
        """A press: alone it chooses one, unless that is among the chosen already and they may be about to be moved."""
        selection = self._view.selection
        if held & Modifier.ShiftModifier:
            self._range(event)
        elif held & Modifier.ControlModifier:
            chosen = [one for one in selection.events if one != event]
            if event not in selection.events:
                chosen.append(event)
            self._anchor = event
            self._choose(chosen, event if event in chosen else None)
        elif event not in selection.events or selection.sound or selection.marker:
            self.only(event)
        else:
            selection.choose(selection.events, event)

    def click_again(self, hit: Hit) -> None:
        """Released without a drag on one of several: only that one stays chosen."""
        card = self._view.cut.event(hit.id)
        if card is not None and card.scene not in self._view.cut.folded:
            self.only(hit.id)

    def only(self, event: str) -> None:
        self._anchor = event
        self._view.selection.choose([event], event)

    def scene(self, event: EventCard, held: Modifier) -> None:
        """Every event of the run of its scene."""
        run = self._view.cut.run_at(event.film_frame)
        if run is None:
            return
        chosen = [one.id for one in self._view.cut.events_of(run)]
        kept = self._view.selection.events if held & (Modifier.ControlModifier | Modifier.ShiftModifier) else []
        self._choose([*kept, *chosen], chosen[0])

    def sound(self, sound: str) -> None:
        self._view.selection.choose_sound(sound)

    def marker(self, marker: str) -> None:
        self._view.selection.choose_marker(marker)

    def nothing(self) -> None:
        """No clip and no marker; a shot stays chosen, because the other panels show it."""
        self._view.selection.choose_sound(None)

    def band(self, band: QRect) -> None:
        """Every event the rubber band touches."""
        view = self._view
        row, scroll = view.geometry_now.shots_row, view.verticalScrollBar().value()
        if band.bottom() < strip_top(row) - scroll or band.top() >= strip_top(row) + STRIP - scroll:
            return
        places = view.geometry_now.events_between(band.left() + view.scrolled, band.right() + view.scrolled)
        touched = [view.cut.events[place].id for place in places]
        if touched:
            self._choose(touched, touched[0])

    def scene_numbers(self) -> dict[str, str]:
        """The number each scene is shown with, by id."""
        return self._view.scene_numbers()

    # --- by keys ---

    def claims(self, event: QKeyEvent) -> bool:
        """Delete takes off a chosen clip or marker, and omits no shot then."""
        chosen = self._view.selection.sound or self._view.selection.marker
        return bool(chosen) and event.key() in (Key.Key_Delete, Key.Key_Backspace) and not event.modifiers()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        held, view = event.modifiers(), self._view
        if held & (Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier):
            return held == Modifier.ControlModifier and event.key() == Key.Key_A and self._all()
        extends = bool(held & Modifier.ShiftModifier)
        match event.key():
            case Key.Key_Up | Key.Key_Down if not extends:
                return self._step(-1 if event.key() == Key.Key_Up else 1)
            case Key.Key_Left | Key.Key_Right:
                frames = view.cut.rate.nominal if extends else 1
                return self._go_to(view.selection.film_frame + (frames if event.key() == Key.Key_Right else -frames))
            case Key.Key_Home | Key.Key_End:
                return self._go_to_event(0 if event.key() == Key.Key_Home else len(view.cut.events) - 1)
            case Key.Key_Return | Key.Key_Enter if view.selection.current is not None:
                view.event_opened.emit(view.selection.current)
                return True
            case Key.Key_Delete | Key.Key_Backspace if view.selection.sound or view.selection.marker:
                view.remove_requested.emit()
                return True
            case Key.Key_Menu:
                kind = "sound" if view.selection.sound else "marker" if view.selection.marker else "event"
                place = view.rect_for_event(view.selection.current or "").center()
                view.menu_requested.emit(kind, view.viewport().mapToGlobal(place))
                return True
        return False

    def _step(self, step: int) -> bool:
        """To the cut before or after, choosing what begins there."""
        view = self._view
        place = view.cut.place_of(view.selection.current or "")
        if place is None:
            return self._go_to_event(0)
        return self._go_to_event(max(0, min(len(view.cut.events) - 1, place + step)))

    def _go_to_event(self, place: int) -> bool:
        view = self._view
        if not 0 <= place < len(view.cut.events):
            return False
        event = view.cut.events[place]
        self.only(event.id)
        view.reveal(event.film_frame)
        view.frame_requested.emit(event.film_frame)
        return True

    def _go_to(self, film_frame: int) -> bool:
        self._view.frame_requested.emit(max(0, min(film_frame, self._view.cut.frames - 1)))
        return True

    def _all(self) -> bool:
        events = [event.id for event in self._view.cut.events]
        self._choose(events, self._view.selection.current)
        return True

    def _range(self, event: str) -> None:
        cut = self._view.cut
        first, last = cut.place_of(self._anchor or self._view.selection.current or event), cut.place_of(event)
        if first is None or last is None:
            self.only(event)
            return
        low, high = min(first, last), max(first, last)
        self._choose([one.id for one in cut.events[low : high + 1]], event)

    def _choose(self, events: list[str], current: str | None) -> None:
        places = {event: self._view.cut.place_of(event) for event in events}
        known = sorted((place, event) for event, place in places.items() if place is not None)
        chosen = [event for _place, event in known]
        self._view.selection.choose(chosen, current if current in chosen else None)
