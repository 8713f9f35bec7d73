"""The one way to the network: led nowhere else, telling nothing of the machine, reading no endless answer."""

from __future__ import annotations

import ipaddress
import re
import urllib.request
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from model_runtime.expanders.base import WriterFailed
from model_runtime.keys import Secret

if TYPE_CHECKING:
    import httpx2

CONNECT_S = 10.0
MOST_BYTES = 8 << 20
"""Of one response as it comes over the wire: a stream wraps every few letters in some hundred bytes."""
MOST_PACKED_BYTES = 64 << 10
"""Of a compressed one, which may be a thousand times as long unpacked; it was not asked for."""

SENT = frozenset(
    {"host", "connection", "accept", "content-type", "content-length", "transfer-encoding", "accept-encoding"}
    | {"authorization", "x-api-key", "x-goog-api-key", "anthropic-version", "user-agent"}
)
"""Every header that is sent. The libraries would add system, processor, versions and what the environment says."""
KEYS = ("authorization", "x-api-key", "x-goog-api-key")
OURS = ("localhost", "local", "lan", "home", "internal")
"""Ends of host names inside a house."""
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
"""A host that the system may take for an address anywhere, written as one number."""


class TooMuch(Exception):
    """A response is longer than any answer may be."""


def address(given: str, usual: str, ends: tuple[str, ...] = ()) -> str:
    """The base address to ask; `usual` where none is given. Of `given` the first of `ends` it ends with is cut off.

    Raises WriterFailed of kind input where it is no address, or would carry a key elsewhere.
    """
    text = (given.strip() or usual).rstrip("/")
    for end in ends:
        if text.endswith(end):
            text = text.removesuffix(end).rstrip("/")
            break
    try:
        parts = urlsplit(text)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        port_is_one = False
    if not port_is_one or parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        raise WriterFailed("input", f"{text!r} is no web address.", "Write it as http://127.0.0.1:8080/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WriterFailed(
            "input", "The address must not contain a key or a password.", "Enter the key in its own field."
        )
    return text


def check_privacy(base_url: str, key: Secret) -> None:
    """A key goes to another house only where nobody on the way can read it."""
    parts = urlsplit(base_url)
    if key and parts.scheme == "http" and not is_near(parts.hostname or ""):
        raise WriterFailed(
            "input",
            f"The key would go to {parts.hostname} where anybody on the way can read it.",
            "Use an address that begins with https.",
        )


def is_near(host: str) -> bool:
    """This machine or the local network."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        name_here = "." not in host and not NUMBER.fullmatch(host)
        return name_here or host.rsplit(".", 1)[-1] in OURS
    return found.is_loopback or found.is_private or found.is_link_local


def is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def client(base_url: str, key: Secret) -> httpx2.AsyncClient:
    """An HTTP client for one question to `base_url`. Its time is limited by whoever asks."""
    import httpx2

    proxy = _proxy(base_url)
    # Certificates take a while to read, and nothing but https asks for one.
    secure = any(one.startswith("https:") for one in (base_url, proxy or ""))
    transport = _transport_class()(proxy, secure, keyless=not key)
    return httpx2.AsyncClient(
        transport=transport,
        timeout=httpx2.Timeout(None, connect=CONNECT_S),
        follow_redirects=False,
        headers={"accept-encoding": "identity"},
        trust_env=False,
    )


def _proxy(base_url: str) -> str | None:
    """The proxy the user's system names for this address; never one for this machine."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_this_machine(host) or urllib.request.proxy_bypass(host):
        return None
    named = urllib.request.getproxies()
    found = named.get(parts.scheme) or named.get("all")
    return str(found) if found else None


def _transport_class() -> Any:
    import httpx2

    class Transport(httpx2.AsyncBaseTransport):
        """What every request and response passes: headers taken off, bytes counted."""

        def __init__(self, proxy: str | None, secure: bool, keyless: bool) -> None:
            self.inner = httpx2.AsyncHTTPTransport(verify=secure, proxy=proxy)
            self.keyless = keyless

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            # The libraries insist on a key; what stands in for none is not sent.
            sent = SENT.difference(KEYS) if self.keyless else SENT
            for name in [one for one in request.headers if one.lower() not in sent]:
                del request.headers[name]
            request.headers["user-agent"] = "shotwright"
            response = await self.inner.handle_async_request(request)
            packed = response.headers.get("content-encoding", "identity") != "identity"
            response.stream = Counted(response.stream, MOST_PACKED_BYTES if packed else MOST_BYTES)
            return response

        async def aclose(self) -> None:
            await self.inner.aclose()

    class Counted(httpx2.AsyncByteStream):
        def __init__(self, inner: Any, most: int) -> None:
            self.inner, self.most = inner, most

        async def __aiter__(self) -> AsyncIterator[bytes]:
            read = 0
            async for data in self.inner:
                read += len(data)
                if read > self.most:
                    raise TooMuch
                yield data

        async def aclose(self) -> None:
            await self.inner.aclose()

    return Transport
