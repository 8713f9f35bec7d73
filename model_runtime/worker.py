"""One job at a time: takes requests in order, runs them on a thread of its own, and gives each exactly one ending.

What waits for a service stands beside that line, in lanes of its own.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from model_runtime import failures, protocol, safe_files
from model_runtime.engines.base import (
    JOB_NAME,
    REQUEST_FILE,
    Engine,
    JobFolder,
    LoadFacts,
    Made,
    picture_key,
)
from model_runtime.engines.sketch import SketchEngine
from model_runtime.engines.slate import SlateEngine
from model_runtime.expanders.base import Expander, Stop
from model_runtime.expanders.grammar import GrammarExpander
from model_runtime.lanes import Lanes
from model_runtime.reporter import AttemptReporter

if TYPE_CHECKING:
    from model_runtime.expanders.hosted import ServiceRequest

log = logging.getLogger(__name__)

SPACE_RETRY_S = 2.0
REMEMBERED_ENDINGS = 10_000

SERVICE_LANES = 4
"""Attempts that wait for a service at the same time; more wait in line."""

Request = (
    protocol.Generate
    | protocol.ExpandPrompt
    | protocol.AskModels
    | protocol.TryWriter
    | protocol.FindServers
    | protocol.Estimate
)
Housekeeping = protocol.Load | protocol.Unload
Key = tuple[str, int]


@dataclass(frozen=True)
class Folders:
    assets: Path
    media: Path
    jobs: Path

    @classmethod
    def of(cls, hello: protocol.Hello) -> Folders:
        return cls(Path(hello.assets), Path(hello.media), Path(hello.jobs))


@dataclass
class Attempt:
    """One accepted request until its ending. `stop` is what the engine looks at; `cancelled` says why."""

    request: Request
    stop: Stop = field(default_factory=Stop)
    cancelled: bool = False
    begun: bool = False
    aside: bool = False
    """It waits for a service, and ends the moment it is stopped: nothing of it is saved."""

    @property
    def ends_at_once(self) -> bool:
        return self.aside or not self.begun


class Services(Protocol):
    """What is asked of services. Called on the lanes' threads; raises what has a sentence, or stops when told to."""

    def answered(
        self, request: ServiceRequest, stop: Stop, tell: Callable[[protocol.Message], None]
    ) -> protocol.Message: ...


class Worker:
    """Requests come in on the reader's thread and are answered through `send`, which never blocks."""

    def __init__(
        self,
        serve: Literal["frames", "words"],
        folders: Folders,
        send: Callable[[protocol.Message], None],
        engines: Mapping[str, Engine] | None = None,
        expanders: Mapping[str, Expander] | None = None,
        services: Services | None = None,
    ) -> None:
        self.serving = serve
        self.folders = folders
        self.send = send
        self.engines = dict(engines if engines is not None else _engines(serve, folders.assets))
        self.expanders = dict(expanders if expanders is not None else _expanders(serve, folders.assets))
        self.services = services
        self.services_lock = threading.Lock()
        self.loaded: dict[str, LoadFacts] = {}
        self.lock = threading.Lock()
        self.live: dict[Key, Attempt] = {}
        self.ended: deque[Key] = deque(maxlen=REMEMBERED_ENDINGS)
        self.ending = threading.Event()
        self.todo: queue.SimpleQueue[Attempt | Housekeeping | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self.lanes: Lanes[Attempt] = Lanes(self._attempt, SERVICE_LANES)

    def engine_infos(self) -> tuple[protocol.EngineInfo, ...]:
        return tuple(engine.info() for engine in self.engines.values())

    def providers(self) -> tuple[str, ...]:
        return tuple(self.expanders)

    def start(self) -> None:
        self.thread.start()

    # --- from the reader's thread ------------------------------------------------------------------------------

    def submit(self, request: Request) -> bool:
        """Accept a request and put it in line; False where this job and attempt were accepted before."""
        key, attempt = (request.job, request.attempt), Attempt(request, aside=self._waits_for_a_service(request))
        with self.lock:
            if key in self.live or key in self.ended:
                return False
            self.live[key] = attempt
            self.send(protocol.Accepted(*key))
        (self.lanes if attempt.aside else self.todo).put(attempt)
        return True

    def submit_housekeeping(self, message: Housekeeping) -> None:
        self.todo.put(message)

    def cancel(self, job: str, number: int) -> bool:
        """Stop a running attempt at its next step, or end one that waits at once; False where none lives."""
        key = (job, number)
        with self.lock:
            attempt = self.live.get(key)
            if attempt is None:
                return False
            attempt.cancelled = True
            # Under the same lock: between two the worker could begin it, and talk after its ending.
            if attempt.ends_at_once:
                self._end_attempt(key, protocol.Cancelled(*key))
        attempt.stop.set()
        return True

    def end(self, timeout_s: float) -> bool:
        """Let the running attempt save its progress and stop; hold the ones in line. Called when the talk ends.

        False where the running attempt did not stop in time: it has no ending then, and the process must leave.
        """
        self.ending.set()
        with self.lock:
            for key, attempt in list(self.live.items()):
                attempt.stop.set()
                if attempt.ends_at_once:
                    self._end_attempt(key, protocol.Held(*key, step=0))
        self.todo.put(None)
        self.thread.join(timeout_s)
        return not self.thread.is_alive()

    # --- on the worker's thread --------------------------------------------------------------------------------

    def _run(self) -> None:
        while (one := self.todo.get()) is not None and not self.ending.is_set():
            if isinstance(one, Attempt):
                self._attempt(one)
            else:
                self._keep_house(one)

    def _attempt(self, attempt: Attempt) -> None:
        key = (attempt.request.job, attempt.request.attempt)
        with self.lock:
            if key not in self.live:
                return
            attempt.begun = True
        ending = self._ending_of(attempt)
        with self.lock:
            self._end_attempt(key, ending)

    def _ending_of(self, attempt: Attempt) -> protocol.Message:
        request = attempt.request
        try:
            if isinstance(request, protocol.Generate):
                return self._generate(request, attempt)
            if isinstance(request, protocol.Estimate):
                return protocol.Estimated(request.job, request.attempt, *self._engine(request.engine).estimate(request))
            if isinstance(request, protocol.ExpandPrompt) and not attempt.aside:
                return self._expander(request).expand(request)
            return self._services(request).answered(request, attempt.stop, lambda message: self._tell(attempt, message))
        except BaseException as error:
            if attempt.aside and attempt.stop.is_set():
                # It has its ending; how the connection broke is nobody's news.
                return protocol.Cancelled(request.job, request.attempt)
            # Also what is no Exception: a library that calls sys.exit must not take the other jobs with it.
            if _is_ours(error):
                log.exception("job %s attempt %s failed", request.job, request.attempt)
            failure = failures.describe(error, self._trace_folder(request))
            return protocol.Failed(
                request.job, request.attempt, failure.kind, failure.sentence, failure.hint, failure.trace
            )

    def _generate(self, request: protocol.Generate, attempt: Attempt) -> protocol.Message:
        weights = self._engine(request.engine).info().weights
        folder = self._job_folder(request)
        reporter = AttemptReporter(request, attempt.stop, self.send)
        while True:
            try:
                return self._made_in(folder, request, weights) or self._run_engine(request, attempt, reporter, folder)
            except safe_files.NoSpace as error:
                self.send(protocol.Waiting(request.job, request.attempt, error.sentence))
                if attempt.stop.wait(SPACE_RETRY_S):
                    return self._stopped(request, attempt, step=0)
                # What was saved before the disk filled up is worth as much as after a crash.
                request = replace(request, resume=True)

    def _run_engine(
        self, request: protocol.Generate, attempt: Attempt, reporter: AttemptReporter, folder: JobFolder
    ) -> protocol.Message:
        engine = self._engine(request.engine)
        safe_files.make_folder(folder.path)
        safe_files.remove_temporaries(folder.path)
        (folder.path / protocol.FINISHED_FILE).unlink(missing_ok=True)
        safe_files.write_bytes(folder.path / REQUEST_FILE, protocol.encode(request))
        reporter.progress("loading", 0, 1)
        self._load(request.engine, engine)
        reporter.progress("loading", 1, 1)
        outcome = engine.generate(request, reporter, folder)
        if not isinstance(outcome, Made):
            return self._stopped(request, attempt, outcome.step)
        finished = protocol.Finished(request.job, request.attempt, outcome.files, outcome.facts)
        safe_files.write_bytes(folder.path / protocol.FINISHED_FILE, protocol.encode(finished))
        return finished

    def _stopped(self, request: protocol.Generate, attempt: Attempt, step: int) -> protocol.Message:
        if attempt.cancelled:
            return protocol.Cancelled(request.job, request.attempt)
        return protocol.Held(request.job, request.attempt, step)

    def _made_in(self, folder: JobFolder, request: protocol.Generate, weights: str) -> protocol.Message | None:
        """The ending of an earlier attempt of this job, where its files are all there: nothing is drawn twice."""
        path = folder.path / protocol.FINISHED_FILE
        if not request.resume or not path.is_file():
            return None
        try:
            earlier = protocol.decode((folder.path / REQUEST_FILE).read_bytes())
            finished = protocol.decode(path.read_bytes())
        except (OSError, protocol.BadMessage):
            return None
        if not isinstance(earlier, protocol.Generate) or not isinstance(finished, protocol.Finished):
            return None
        same = earlier.recipe == request.recipe and picture_key(earlier, weights) == picture_key(request, weights)
        if same and finished.facts.get("weights", "") == weights and _all_there(folder, finished):
            return protocol.Finished(request.job, request.attempt, finished.files, finished.facts)
        return None

    def _load(self, name: str, engine: Engine) -> None:
        if name in self.loaded:
            return
        for other in list(self.loaded):
            self._unload(other)
        began = time.monotonic()
        facts = engine.load()
        self.loaded[name] = facts
        self.send(protocol.Loaded(name, facts.device, facts.memory, time.monotonic() - began))

    def _unload(self, name: str) -> None:
        if self.loaded.pop(name, None) is not None:
            self.engines[name].unload()

    def _keep_house(self, message: Housekeeping) -> None:
        try:
            if isinstance(message, protocol.Load):
                self._load(message.engine, self._engine(message.engine))
            else:
                for name in [message.engine] if message.engine else list(self.loaded):
                    self._unload(name)
        except BaseException as error:
            # As for a job: whatever happens, the jobs behind it are still done.
            log.exception("%s failed", message.type)
            failure = failures.describe(error)
            self.send(protocol.Notice("error", f"{failure.sentence} {failure.hint}".strip()))

    def _end_attempt(self, key: Key, message: protocol.Message) -> None:
        """Send the ending unless the attempt already has one. The caller holds the lock."""
        if self.live.pop(key, None) is not None:
            self.ended.append(key)
            self.send(message)

    def _tell(self, attempt: Attempt, message: protocol.Message) -> None:
        """From a lane: nothing is told of an attempt after its ending."""
        with self.lock:
            if (attempt.request.job, attempt.request.attempt) in self.live:
                self.send(message)

    def _waits_for_a_service(self, request: Request) -> bool:
        if isinstance(request, protocol.ExpandPrompt):
            return request.provider not in self.expanders and request.writer is not None
        return isinstance(request, (protocol.AskModels, protocol.TryWriter, protocol.FindServers))

    def _services(self, request: ServiceRequest) -> Services:
        if self.serving != "words":
            raise failures.BadInput("This runtime makes frames and asks no prompt writer.")
        with self.services_lock:
            if self.services is None:
                # Late: the built-in prompt writer should not wait for what speaks with the network.
                from model_runtime.expanders.hosted import HostedWriters

                self.services = HostedWriters(self.folders.assets, self.folders.media)
            return self.services

    def _engine(self, name: str) -> Engine:
        if name not in self.engines:
            known = ", ".join(self.engines) or "none: this runtime makes words"
            raise failures.BadInput(f"There is no engine named {name!r}.", f"Engines here: {known}.")
        return self.engines[name]

    def _expander(self, request: protocol.ExpandPrompt) -> Expander:
        if request.provider not in self.expanders:
            known = ", ".join(self.expanders) or "none: this runtime makes frames"
            raise failures.BadInput(
                f"There is no prompt writer named {request.provider!r}.", f"Prompt writers here: {known}."
            )
        return self.expanders[request.provider]

    def _job_folder(self, request: protocol.Generate) -> JobFolder:
        if not JOB_NAME.fullmatch(request.job):
            raise failures.BadInput(f"The job id {request.job[:80]!r} cannot be a folder's name.")
        if not self.folders.jobs.is_dir():
            raise failures.BadInput(
                f"The folder for jobs, {self.folders.jobs}, is not there.", "Open the film again from where it lies."
            )
        return JobFolder(self.folders.jobs / request.job, self.folders.media)

    def _trace_folder(self, request: Request) -> Path | None:
        return self.folders.jobs / request.job if JOB_NAME.fullmatch(request.job) else None


def _all_there(folder: JobFolder, finished: protocol.Finished) -> bool:
    paths = [(folder.path / one.name, one.hash) for one in finished.files]
    return bool(paths) and all(path.is_file() and safe_files.sha256(path) == hash for path, hash in paths)


def _is_ours(error: BaseException) -> bool:
    return failures.describe(error).kind == "bug"


def _engines(serve: str, assets: Path) -> Mapping[str, Engine]:
    if serve != "frames":
        return {}
    return {"sketch": SketchEngine(assets), "slate": SlateEngine(assets)}


def _expanders(serve: str, assets: Path) -> Mapping[str, Expander]:
    return {"grammar": GrammarExpander(assets)} if serve == "words" else {}
