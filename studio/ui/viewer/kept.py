"""What the viewer keeps for the person from film to film: overlays, loop, loudness."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.settings import Settings
from studio.ui.sound.player import SoundPlayer
from studio.ui.viewer.dock import Viewer
from studio.ui.viewer.overlays import Overlays, read_overlays


class KeptViewing(QObject):
    def __init__(self, settings: Settings, viewer: Viewer, player: SoundPlayer) -> None:
        super().__init__()
        self._settings, self._viewer, self._player = settings, viewer, player
        viewer.show_overlays(read_overlays(settings["overlays"]))
        viewer.transport.set_loop(settings["loop"])
        viewer.header.overlays_chosen.connect(self._keep_overlays)
        viewer.loop_changed.connect(lambda loop: self._keep("loop", loop))
        viewer.panel.volume_chosen.connect(lambda volume: self._keep("volume", volume))
        viewer.panel.mute_toggled.connect(lambda muted: self._keep("muted", muted))
        player.available_changed.connect(lambda _there: self._show_sound())
        settings.heard.append(self._heard)
        self._show_sound()

    def close(self) -> None:
        self._settings.heard.remove(self._heard)

    def _keep(self, key: str, value: object) -> None:
        self._settings[key] = value

    def _keep_overlays(self, overlays: Overlays) -> None:
        self._keep("overlays", overlays.as_dict())

    def _heard(self, key: str) -> None:
        """A setting was changed, here or in the preferences."""
        if key in ("volume", "muted"):
            self._show_sound()
        elif key == "loop" and self._settings["loop"] != self._viewer.transport.loop:
            self._viewer.transport.set_loop(self._settings["loop"])

    def _show_sound(self) -> None:
        volume, muted = self._settings["volume"], self._settings["muted"]
        self._player.volume, self._player.muted = volume / 100, muted
        self._viewer.panel.show_sound(volume, muted, self._player.note)
