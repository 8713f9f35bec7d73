"""OpenAI's chat completions, which most services and every local server speak.

Imported when such a writer is asked: its library takes half a second.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from openai import APIStatusError, AsyncOpenAI

from model_runtime import protocol
from model_runtime.expanders import connection
from model_runtime.expanders.answer import WouldNot
from model_runtime.expanders.base import Question
from model_runtime.keys import Secret

USUAL = "https://api.openai.com/v1"
ENDS = ("/chat/completions", "/completions", "/models")
NOT_TAKEN = (400, 422)
"""Status of servers that know no JSON mode or no seed."""
MOST_MODELS = 1000
ENDINGS = ("shutdown_date", "deprecation_date", "deprecation", "expiration_date", "retires_at")
"""Names under which services tell the day a model is switched off."""


def base_url(given: str) -> str:
    """The address to ask; a bare host gets the `/v1` that local servers have."""
    found = connection.address(given, USUAL, ENDS)
    return found if urlsplit(found).path else f"{found}/v1"


class OpenAiAdapter:
    """See base.Adapter."""

    def __init__(self, writer: protocol.Writer, key: Secret) -> None:
        address = base_url(writer.base_url)
        connection.check_privacy(address, key)
        self.model = writer.model
        self.finished = False
        self.http = connection.client(address, key)
        self.client = AsyncOpenAI(
            api_key=key.reveal() or "none", base_url=address, http_client=self.http, max_retries=0, webhook_secret=""
        )

    async def stream(self, question: Question) -> AsyncIterator[str]:
        self.finished = False
        async with await self._begin(question) as chunks:
            async for chunk in chunks:
                for choice in (chunk.choices or [])[:1]:
                    if choice.finish_reason:
                        self._end(choice)
                    if choice.delta is None:
                        continue
                    if refusal := getattr(choice.delta, "refusal", None):
                        raise WouldNot(str(refusal))
                    if text := choice.delta.content:
                        yield str(text)

    async def models(self) -> list[protocol.ModelInfo]:
        page = await self.client.models.list()
        return [_model(one) for one in page.data[:MOST_MODELS]]

    async def aclose(self) -> None:
        await self.http.aclose()

    async def _begin(self, question: Question) -> Any:
        asked = {"model": self.model, "messages": _messages(question), "stream": True}
        wishes: dict[str, Any] = {"seed": question.variant}
        if question.structured:
            wishes["response_format"] = {"type": "json_object"}
        try:
            return await self.client.chat.completions.create(**asked, **wishes)
        except APIStatusError as error:
            if error.status_code not in NOT_TAKEN:
                raise
        return await self.client.chat.completions.create(**asked)

    def _end(self, choice: Any) -> None:
        self.finished = True
        if choice.finish_reason == "content_filter":
            raise WouldNot("")


def _messages(question: Question) -> list[dict[str, Any]]:
    system = [{"role": "system", "content": question.system}] if question.system else []
    turns: list[dict[str, Any]] = [{"role": turn.role, "content": turn.text} for turn in question.turns]
    if question.pictures:
        turns[0]["content"] = [{"type": "text", "text": turns[0]["content"]}, *_pictures(question)]
    return [*system, *turns]


def _pictures(question: Question) -> list[dict[str, Any]]:
    pieces: list[dict[str, Any]] = []
    for one in question.pictures:
        data = base64.b64encode(one.jpeg).decode("ascii")
        pieces.append({"type": "text", "text": one.told})
        pieces.append({"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{data}"}})
    return pieces


def _model(told: Any) -> protocol.ModelInfo:
    facts = told.model_dump()
    title = facts.get("name") or facts.get("display_name") or ""
    ends = next((day for name in ENDINGS if (day := _day(facts.get(name)))), "")
    return protocol.ModelInfo(str(facts.get("id", "")), str(title), _sees(facts), ends)


def _sees(facts: dict[str, Any]) -> bool | None:
    """Whether a model sees pictures, in the ways services tell it; None where they do not."""
    inputs = (facts.get("architecture") or {}).get("input_modalities") if _is_table(facts, "architecture") else None
    inputs = inputs or facts.get("input_modalities")
    if isinstance(inputs, list):
        return "image" in inputs
    if _is_table(facts, "capabilities") and isinstance(facts["capabilities"].get("vision"), bool):
        return bool(facts["capabilities"]["vision"])
    return {"vlm": True, "llm": False}.get(str(facts.get("type", "")))


def _is_table(facts: dict[str, Any], name: str) -> bool:
    return isinstance(facts.get(name), dict)


def _day(told: Any) -> str:
    """A day told as a date, a date with time, or seconds; empty where it is none."""
    if isinstance(told, (int, float)) and not isinstance(told, bool) and 0 < told < 1e11:
        return datetime.fromtimestamp(told, UTC).date().isoformat()
    try:
        return datetime.fromisoformat(str(told)).date().isoformat() if told else ""
    except ValueError:
        return ""
