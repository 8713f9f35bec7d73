"""The one interface to a runtime, whoever stands behind it: a process here, a scripted fake, later another machine."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from model_runtime import protocol


class ClientState(StrEnum):
    STOPPED = "stopped"
    """Not started, or shut down on purpose."""
    STARTING = "starting"
    READY = "ready"
    LOST = "lost"
    """Gone without being asked. Started again by itself, until that has failed too often in a row."""


class RuntimeClient(QObject):
    """Talk with one runtime. Lives on the GUI thread; no call waits for an answer except `shut_down`."""

    reported = Signal(object)
    """Every message the runtime sent, in order, as a protocol dataclass; overtaken progress is left out."""

    lost = Signal(object)
    """A RuntimeOutcome: the runtime went away while it was wanted. Comes after its last message."""

    state_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ClientState.STOPPED
        self._ready: protocol.Ready | None = None

    @property
    def state(self) -> ClientState:
        return self._state

    @property
    def ready(self) -> protocol.Ready | None:
        """What the runtime said of itself; kept while it starts again, None before the first greeting."""
        return self._ready

    @property
    def given_up(self) -> bool:
        """Whether the runtime was lost too often in a row and waits for `start`."""
        return False

    def start(self) -> None:
        """Start the runtime, unless it runs or is starting. `state_changed` says how it went."""
        raise NotImplementedError

    def send(self, message: protocol.Down) -> None:
        """Send one wish. Raises RuntimeFailed unless the state is ready, BadMessage where it is too long."""
        raise NotImplementedError

    def job_finished(self) -> None:
        """Said by the queue when a job ended well: losses are counted anew from here."""

    def stop_now(self) -> None:
        """Kill the runtime and start another: `lost` follows, then a new Ready. What it had loaded is gone."""
        raise NotImplementedError

    def shut_down(self, timeout_s: float = 10.0) -> None:
        """Ask it to end, then terminate, then kill. Waits; called once when the film closes. No `lost` follows."""
        raise NotImplementedError

    def _change_state(self, state: ClientState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state.value)
