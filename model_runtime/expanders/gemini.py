"""Gemini's own generateContent. Imported when Gemini is asked: its library takes a quarter of a second and 30 MB."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from google import genai
from google.genai import types
from google.genai.errors import APIError

from model_runtime import protocol
from model_runtime.expanders import connection
from model_runtime.expanders.answer import WouldNot
from model_runtime.expanders.base import Question
from model_runtime.keys import Secret

USUAL = "https://generativelanguage.googleapis.com"
ENDS = ("/v1beta/models", "/v1beta", "/v1")
NOT_TAKEN = 400
"""Status of models that know no JSON mode."""
BLOCKED = ("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "IMAGE_SAFETY")
WRITES = "generateContent"
MOST_MODELS = 1000


class GeminiAdapter:
    """See base.Adapter."""

    def __init__(self, writer: protocol.Writer, key: Secret) -> None:
        address = connection.address(writer.base_url, USUAL, ENDS)
        connection.check_privacy(address, key)
        self.model = writer.model
        self.finished = False
        self.http = connection.client(address, key)
        # Said in full, so that nothing of the environment leads it to another service.
        self.client = genai.Client(
            vertexai=False,
            api_key=key.reveal() or "none",
            http_options=types.HttpOptions(
                base_url=f"{address}/", api_version="v1beta", httpx_async_client=self.http, timeout=None
            ),
        )

    async def stream(self, question: Question) -> AsyncIterator[str]:
        self.finished = False
        async with aclosing(await self._begin(question)) as chunks:
            async for chunk in chunks:
                if getattr(chunk.prompt_feedback, "block_reason", None):
                    raise WouldNot("")
                for candidate in (chunk.candidates or [])[:1]:
                    for part in (candidate.content.parts or []) if candidate.content else []:
                        if part.text and not part.thought:
                            yield part.text
                    self._end(candidate.finish_reason)

    async def models(self) -> list[protocol.ModelInfo]:
        found: list[protocol.ModelInfo] = []
        async for one in await self.client.aio.models.list(config={"page_size": MOST_MODELS}):
            if WRITES in (one.supported_actions or [WRITES]) and len(found) < MOST_MODELS:
                name = str(one.name or "").removeprefix("models/")
                found.append(protocol.ModelInfo(name, str(one.display_name or "")))
        return found

    async def aclose(self) -> None:
        await self.http.aclose()

    def _end(self, reason: Any) -> None:
        self.finished = self.finished or bool(reason)
        if str(getattr(reason, "value", reason)) in BLOCKED:
            raise WouldNot("")

    async def _begin(self, question: Question) -> AsyncGenerator[Any, None]:
        contents, structured = self._contents(question), question.structured
        ask = self.client.aio.models.generate_content_stream
        try:
            # The first piece is asked for here: only then is the answer's status known.
            return await _begun(
                await ask(model=self.model, contents=contents, config=self._config(question, structured))
            )
        except APIError as error:
            if error.code != NOT_TAKEN or "mime" not in str(error).lower():
                raise
        return await _begun(await ask(model=self.model, contents=contents, config=self._config(question, False)))

    def _config(self, question: Question, structured: bool) -> Any:
        return types.GenerateContentConfig(
            system_instruction=question.system or None,
            response_mime_type="application/json" if structured else None,
            seed=question.variant,
            candidate_count=1,
        )

    def _contents(self, question: Question) -> list[Any]:
        part, content = types.Part, types.Content
        found = []
        for number, turn in enumerate(question.turns):
            pictures = question.pictures if number == 0 else ()
            pieces = [
                piece
                for one in pictures
                for piece in (part(text=one.told), part.from_bytes(data=one.jpeg, mime_type="image/jpeg"))
            ]
            role = "user" if turn.role == "user" else "model"
            found.append(content(role=role, parts=[*pieces, part(text=turn.text)]))
        return found


async def _begun(chunks: Any) -> AsyncGenerator[Any, None]:
    """The same stream after its first piece has come."""
    try:
        first = [await anext(chunks)]
    except StopAsyncIteration:
        first = []
    return _of(first, chunks)


async def _of(first: list[Any], rest: Any) -> AsyncGenerator[Any, None]:
    # The library leaves its own streams open when nobody reads on.
    async with aclosing(rest):
        for one in first:
            yield one
        async for one in rest:
            yield one
