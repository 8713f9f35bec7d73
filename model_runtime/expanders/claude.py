"""Claude's own messages. Imported when Claude is asked: its library takes a second."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from anthropic import AsyncAnthropic

from model_runtime import protocol
from model_runtime.expanders import connection
from model_runtime.expanders.answer import WouldNot
from model_runtime.expanders.base import Question
from model_runtime.keys import Secret

USUAL = "https://api.anthropic.com"
ENDS = ("/v1/messages", "/v1/models", "/v1")
MOST_TOKENS = 4096
"""Of an answer; the service wants to be told."""
MOST_MODELS = 1000


class ClaudeAdapter:
    """See base.Adapter."""

    def __init__(self, writer: protocol.Writer, key: Secret) -> None:
        address = connection.address(writer.base_url, USUAL, ENDS)
        connection.check_privacy(address, key)
        self.model = writer.model
        self.finished = False
        self.http = connection.client(address, key)
        # A given key keeps it from looking for others in the environment; it sends traces to nobody.
        self.client = AsyncAnthropic(
            api_key=key.reveal() or "none", base_url=address, http_client=self.http, max_retries=0, open_telemetry=False
        )

    async def stream(self, question: Question) -> AsyncIterator[str]:
        self.finished = False
        system = {"system": question.system} if question.system else {}
        events = await self.client.messages.create(
            model=self.model, max_tokens=MOST_TOKENS, messages=_messages(question), stream=True, **system
        )
        async with events:
            async for event in events:
                if event.type == "content_block_delta" and event.delta.type == "text_delta":
                    yield event.delta.text
                elif event.type == "message_delta" and event.delta.stop_reason:
                    self.finished = True
                    if event.delta.stop_reason == "refusal":
                        raise WouldNot("")

    async def models(self) -> list[protocol.ModelInfo]:
        page = await self.client.models.list(limit=MOST_MODELS)
        return [_model(one.model_dump()) for one in page.data if getattr(one, "lifecycle", "") != "retired"]

    async def aclose(self) -> None:
        await self.http.aclose()


def _messages(question: Question) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = [{"role": turn.role, "content": turn.text} for turn in question.turns]
    if question.pictures:
        turns[0]["content"] = [*_pictures(question), {"type": "text", "text": turns[0]["content"]}]
    return turns


def _pictures(question: Question) -> list[dict[str, Any]]:
    pieces: list[dict[str, Any]] = []
    for one in question.pictures:
        data = base64.b64encode(one.jpeg).decode("ascii")
        pieces.append({"type": "text", "text": one.told})
        source = {"type": "base64", "media_type": "image/jpeg", "data": data}
        pieces.append({"type": "image", "source": source})
    return pieces


def _model(facts: dict[str, Any]) -> protocol.ModelInfo:
    able = facts.get("capabilities") or {}
    images = able.get("image_input") if isinstance(able, dict) else None
    sees = images.get("supported") if isinstance(images, dict) else None
    ends = facts.get("retires_at")
    day = ends.date().isoformat() if isinstance(ends, datetime) else ""
    return protocol.ModelInfo(
        str(facts.get("id", "")), str(facts.get("display_name") or ""), sees if isinstance(sees, bool) else None, day
    )
