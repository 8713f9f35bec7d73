"""Prompt writers of the user's own: from one question to a checked answer, with all its patience and limits."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from model_runtime import keys, protocol
from model_runtime.expanders import answer, pictures, prompting, rules, servers, trouble
from model_runtime.expanders.base import Adapter, Question, Stop, WriterFailed
from model_runtime.expanders.connection import TooMuch
from model_runtime.expanders.styles import load_style

log = logging.getLogger(__name__)

ServiceRequest = protocol.ExpandPrompt | protocol.AskModels | protocol.TryWriter | protocol.FindServers
Tell = Callable[[protocol.Message], None]

TELL_EVERY_S = 0.1
BACK_OFF_S = (0.5, 1.5)
"""Before the second and the third asking, where the service names no time."""
MOST_SECONDS = 600.0
LONGEST_NAME = 200
"""Letters of a model's id or title."""
NOISY = ("httpx2", "httpcore2", "openai", "anthropic", "google_genai")
"""Libraries whose logs tell addresses and questions."""


class HostedWriters:
    """Answers what is asked of a service. `answered` blocks its thread; several threads may be in it."""

    def __init__(self, assets: Path, media: Path, read_key: Callable[[str], keys.Secret] = keys.read) -> None:
        self.folder, self.media, self.read_key = assets / "prompts", media, read_key
        for name in NOISY:
            logging.getLogger(name).setLevel(logging.WARNING)

    def answered(self, request: ServiceRequest, stop: Stop, tell: Tell) -> protocol.Message:
        """The ending of an attempt. Raises WriterFailed, failures.BadInput, or asyncio.CancelledError where stopped."""
        if isinstance(request, protocol.FindServers):
            return protocol.Servers(request.job, request.attempt, servers.found())
        if request.writer is None:
            raise WriterFailed("input", "The question names no prompt writer.", "Choose one in Prompt writers.")
        return _run(_Asking(self, request.writer, request, tell).answered(), stop)


class _Asking:
    """One attempt at one writer."""

    def __init__(self, home: HostedWriters, writer: protocol.Writer, request: Any, tell: Tell) -> None:
        self.home, self.writer, self.request, self.tell = home, writer, request, tell
        self.key = keys.Secret("")
        self.next_tell = 0.0

    async def answered(self) -> protocol.Message:
        seconds = min(self.writer.seconds, MOST_SECONDS)
        if seconds <= 0:
            raise WriterFailed("input", "A prompt writer needs some seconds to answer.", "Give it a minute.")
        # Before the clock starts: the libraries take up to a second each, more on a busy machine.
        self.adapter = _adapter_class(self.writer)
        self.ends = time.monotonic() + seconds
        try:
            async with asyncio.timeout(seconds):
                # The keyring may wait for the user to unlock it.
                self.key = await asyncio.to_thread(self.home.read_key, self.writer.id)
                return await self._ending()
        except TimeoutError:
            raise trouble.too_late(self.writer) from None

    async def _ending(self) -> protocol.Message:
        request = self.request
        if not self.key and not self.writer.base_url:
            name = trouble.SERVICES[self.writer.adapter]
            raise WriterFailed("key", f"There is no key for {name}.", "Enter it in Prompt writers.")
        if isinstance(request, protocol.AskModels):
            return protocol.Models(request.job, request.attempt, tuple(await self._patiently(self._models)))
        if not self.writer.model.strip():
            raise WriterFailed("model", "No model was chosen.", "Ask for the list of models in Prompt writers.")
        if isinstance(request, protocol.TryWriter):
            return await self._tried(request)
        return await self._expanded(request)

    # --- the three questions -----------------------------------------------------------------------------------

    async def _models(self) -> list[protocol.ModelInfo]:
        async with aclosing(self.adapter(self.writer, self.key)) as adapter:
            return [_written_model(one) for one in await adapter.models() if 0 < len(one.id) <= LONGEST_NAME]

    async def _tried(self, request: protocol.TryWriter) -> protocol.Tried:
        began = time.monotonic()
        said = answer.spoken(await self._written(prompting.trial(self.home.folder), str.strip, quiet=True))
        if not said:
            raise trouble.no_answer(self.writer, "it was empty")
        seconds = time.monotonic() - began
        sentence = f"{trouble.who(self.writer)} answered in {seconds:.1f} s."
        return protocol.Tried(request.job, request.attempt, sentence, seconds)

    async def _expanded(self, request: protocol.ExpandPrompt) -> protocol.Expanded:
        folder, style = self.home.folder, load_style(self.home.folder, request.style)
        shown, notes = pictures.of(request.pictures, self.home.media) if self.writer.sees else ((), ())
        asked = prompting.question(request, style, folder, shown)
        said = await self._read(asked, request)
        language = prompting.language_of(request, style)
        parts = prompting.parts(vars(said), request, style, language)
        text = prompting.joined(parts)
        if not text:
            raise trouble.no_answer(self.writer, "it says nothing")
        return protocol.Expanded(
            request.job,
            request.attempt,
            text,
            notes=notes,
            parts=parts,
            negative=", ".join(one.text for one in parts if one.kind == "negative"),
            warnings=rules.warnings(request, style, language, parts, folder),
            model=self.writer.model,
        )

    async def _read(self, asked: Question, request: protocol.ExpandPrompt) -> answer.Answer:
        """The answer; asked for once more where the first is no use."""
        needs_caption = all(one.kind != "caption" for one in request.locked)
        for last in (False, True):
            said = await self._written(asked, lambda text: answer.read(text, needs_caption))
            try:
                return answer.read(said, needs_caption)
            except answer.NoAnswer as why:
                if last:
                    raise trouble.no_answer(self.writer, str(why)) from None
                asked = prompting.again(asked, answer.spoken(said), str(why), self.home.folder)
            except answer.WouldNot as refusal:
                raise trouble.understood(refusal, self.writer, self.key).failed from None
        raise AssertionError("the second time ends")

    # --- asking ------------------------------------------------------------------------------------------------

    async def _written(self, asked: Question, use: Callable[[str], object], quiet: bool = False) -> str:
        async def once() -> str:
            async with aclosing(self.adapter(self.writer, self.key)) as adapter:
                text = await self._streamed(adapter, asked, quiet)
                if not text and not adapter.finished:
                    raise trouble.no_answer(self.writer, "nothing came")
                if not adapter.finished and not _is_usable(use, text):
                    raise trouble.CutOff
                return text

        return await self._patiently(once)

    async def _streamed(self, adapter: Adapter, asked: Question, quiet: bool) -> str:
        pieces: list[str] = []
        length = 0
        async with aclosing(adapter.stream(asked)) as stream:  # type: ignore[type-var]
            async for piece in stream:
                pieces.append(piece)
                length += len(piece)
                if length > answer.LONGEST:
                    raise TooMuch
                if not quiet and time.monotonic() >= self.next_tell:
                    self._tell_text(self._without_key(pieces))
        return self._without_key(pieces)

    def _without_key(self, pieces: list[str]) -> str:
        """A service may write down what it was sent; an answer goes into the film."""
        return self.key.hidden_in("".join(pieces))

    def _tell_text(self, text: str) -> None:
        if shown := answer.readable(text):
            self.next_tell = time.monotonic() + TELL_EVERY_S
            self.tell(protocol.Expanding(self.request.job, self.request.attempt, shown))

    async def _patiently(self, ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """What `ask` gives; asked again where that may help, at most twice more and within the writer's time."""
        for pause in (*BACK_OFF_S, None):
            try:
                return await ask()
            except Exception as error:  # noqa: BLE001 - told apart and raised again just below
                found = trouble.understood(error, self.writer, self.key)
                wait = found.wait_s if found.wait_s is not None else pause
                if pause is None or wait is None or not found.again or time.monotonic() + wait >= self.ends:
                    # Without what caused it: a library's own words may repeat the key.
                    raise found.failed from None
            self.tell(protocol.Waiting(*self._key(), f"{found.failed.sentence} Asking again in {wait:.0f} s."))
            await asyncio.sleep(wait)
        raise AssertionError("the third time ends")

    def _key(self) -> tuple[str, int]:
        return self.request.job, self.request.attempt


def _written_model(one: protocol.ModelInfo) -> protocol.ModelInfo:
    return replace(one, id=answer.one_line(one.id), title=answer.one_line(one.title)[:LONGEST_NAME])


def _is_usable(use: Callable[[str], object], text: str) -> bool:
    try:
        return bool(use(text))
    except ValueError:
        return False


def _adapter_class(writer: protocol.Writer) -> Callable[[protocol.Writer, keys.Secret], Adapter]:
    """Imported when it is needed: most never ask more than one of them."""
    if writer.adapter == "claude":
        from model_runtime.expanders.claude import ClaudeAdapter

        return ClaudeAdapter
    if writer.adapter == "gemini":
        from model_runtime.expanders.gemini import GeminiAdapter

        return GeminiAdapter
    from model_runtime.expanders.openai_compatible import OpenAiAdapter

    return OpenAiAdapter


def _run(work: Coroutine[Any, Any, protocol.Message], stop: Stop) -> protocol.Message:
    """`work` to its end on a loop of its own, or until `stop` is set."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(_not_news)
    try:
        task = loop.create_task(work)

        def cancel() -> None:
            # The loop may have closed in between: then there is nothing left to stop.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(task.cancel)

        stop.when_set(cancel)
        return loop.run_until_complete(task)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        # Does not wait for a look-up of a name or a keyring that hangs.
        loop.close()


def _not_news(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Streams that a library left open are closed all at once at the end, and complain of each other."""
    log.debug("after an attempt: %s (%s)", context.get("message"), type(context.get("exception")).__name__)
