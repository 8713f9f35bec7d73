"""Prompt writers the user set up: kept in the settings, tried, asked for their models, keys handed to the keyring."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from model_runtime import keys, protocol
from studio.errors import BadValue, NotFound, RuntimeFailed, StudioError
from studio.generation.expansion import Expansion, Question, Result
from studio.generation.question import GRAMMAR
from studio.settings import Settings

ADAPTERS = {"openai": "OpenAI-compatible", "claude": "Claude", "gemini": "Gemini"}
GRAMMAR_TITLE = "Film grammar"
SECONDS = 60.0
SHORTEST_S, LONGEST_S = 5.0, 600.0
LONGEST_LINE = 200
KEY_FORGOTTEN = "Its key was forgotten, since it would have gone to another host."
MODELS_WITHIN_S, SERVERS_WITHIN_S, STARTS_WITHIN_S = 30.0, 15.0, 20.0
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class PromptWriter:
    """One prompt writer as the settings keep it. Its key is never here: the keyring has it under the writer's id."""

    id: str
    title: str
    adapter: str
    """A key of ADAPTERS."""
    base_url: str = ""
    """Empty: the service's own."""
    model: str = ""
    sees: bool = False
    """It is shown the subjects' reference pictures."""
    seconds: float = SECONDS
    """How long one text may take."""

    def as_message(self) -> protocol.Writer:
        adapter = cast(Literal["openai", "claude", "gemini"], self.adapter)
        return protocol.Writer(self.id, adapter, self.base_url, self.model, self.sees, self.seconds)


@dataclass(frozen=True)
class OfferedModel:
    """A model a prompt writer offers."""

    id: str
    title: str = ""
    sees: bool | None = None
    """None: the service does not say."""
    ends: str = ""
    """Day it is switched off, in ISO 8601; empty: not told."""


@dataclass(frozen=True)
class FoundServer:
    """A local server that answered on its usual port."""

    name: str
    base_url: str
    models: tuple[OfferedModel, ...] = ()


@dataclass(frozen=True)
class Tried:
    """A prompt writer answered."""

    sentence: str
    seconds: float


# --- in the settings ---------------------------------------------------------------------------------------------


def prompt_writers(settings: Settings) -> tuple[PromptWriter, ...]:
    """In the order they were set up; what cannot be read is passed over, as with every setting."""
    found = []
    for kept in settings["prompt_writers"]:
        try:
            found.append(_read(kept))
        except (BadValue, TypeError):
            continue
    return tuple(found)


def prompt_writer(settings: Settings, wanted: str) -> PromptWriter:
    """By id, else by title. Raises NotFound."""
    writers = prompt_writers(settings)
    folded = wanted.strip().casefold()
    found = next((one for one in writers if one.id == wanted), None) or next(
        (one for one in writers if folded in (one.id, one.title.casefold())), None
    )
    if found is None:
        known = ", ".join(one.id for one in writers) or "none yet; add one with shotwright add-writer"
        raise NotFound(f"There is no prompt writer {wanted[:60]!r}.", f"Set up are: {known}.")
    return found


def providers(settings: Settings) -> tuple[tuple[str, str], ...]:
    """(id, title) of everybody who can write a prompt, the built-in one first."""
    return ((GRAMMAR, GRAMMAR_TITLE), *((one.id, one.title) for one in prompt_writers(settings)))


def keep_writer(settings: Settings, writer: PromptWriter) -> None:
    """Put a writer among the settings, or in place of the one with its id. Raises BadValue."""
    checked = _fitting(settings, writer)
    kept = [checked if one.id == checked.id else one for one in prompt_writers(settings)]
    if checked not in kept:
        kept.append(checked)
    settings["prompt_writers"] = [dataclasses.asdict(one) for one in kept]


def leads_elsewhere(settings: Settings, writer: PromptWriter) -> bool:
    """Whether a key kept for the writer would go to another host once this is put in its place. Raises BadValue."""
    checked = _fitting(settings, writer)
    return any(one.id == checked.id and _goes_to(one) != _goes_to(checked) for one in prompt_writers(settings))


def _goes_to(writer: PromptWriter) -> tuple[str, str]:
    """Whom its key is told. Without an address the adapter knows the host."""
    return writer.adapter, urlsplit(writer.base_url).hostname or ""


def drop_writer(settings: Settings, wanted: str) -> PromptWriter:
    """Take a writer off the settings; the one taken off. Raises NotFound."""
    found = prompt_writer(settings, wanted)
    left = [dataclasses.asdict(one) for one in prompt_writers(settings) if one.id != found.id]
    settings["prompt_writers"] = left
    if settings["expander"] == found.id:
        settings.put_back("expander")
    return found


def free_id(settings: Settings, title: str) -> str:
    """An id nobody has, made from a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "writer"
    taken = {GRAMMAR, *(one.id for one in prompt_writers(settings))}
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _read(kept: Mapping[str, Any]) -> PromptWriter:
    fields = {one.name for one in dataclasses.fields(PromptWriter)}
    return _checked(PromptWriter(**{name: value for name, value in kept.items() if name in fields}))


def _fitting(settings: Settings, writer: PromptWriter) -> PromptWriter:
    checked = _checked(writer)
    named_alike = (one for one in prompt_writers(settings) if one.title.casefold() == checked.title.casefold())
    if any(one.id != checked.id for one in named_alike):
        raise BadValue(f"There is a prompt writer called {checked.title} already.", "Give it another name.")
    return checked


def _checked(one: PromptWriter) -> PromptWriter:
    title = _line(one.title, "name of the prompt writer")
    if not title:
        raise BadValue("The prompt writer has no name.", "Give it one, such as Ollama on this machine.")
    if not isinstance(one.id, str) or not _ID.fullmatch(one.id) or one.id == GRAMMAR:
        raise BadValue(f"A prompt writer cannot have the id {str(one.id)[:60]!r}.", "Use small letters and digits.")
    if one.adapter not in ADAPTERS:
        raise BadValue(f"There is no way to talk {str(one.adapter)[:60]!r}.", f"It is one of {', '.join(ADAPTERS)}.")
    if not isinstance(one.seconds, (int, float)) or not SHORTEST_S <= one.seconds <= LONGEST_S:
        raise BadValue(
            f"A prompt writer cannot be waited for {one.seconds} seconds.",
            f"Give {SHORTEST_S:.0f} to {LONGEST_S:.0f} seconds.",
        )
    return PromptWriter(
        one.id, title, one.adapter, _address(one.base_url), _line(one.model, "model"), one.sees is True,
        float(one.seconds),
    )  # fmt: skip


def _line(text: Any, what: str) -> str:
    line = " ".join(str(text).split())
    if len(line) > LONGEST_LINE:
        raise BadValue(f"The {what} has {len(line)} characters; {LONGEST_LINE} are the most.", "Shorten it.")
    return line


def _address(text: Any) -> str:
    """A web address without a key in it; empty for the service's own."""
    address = str(text).strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", address)
        secret = "@" in parts.netloc or bool(parts.query) or bool(parts.fragment)
    except ValueError:
        fits = secret = False
    if secret:
        raise BadValue("The address carries a name, a key or a question of its own.", "Give the bare address.")
    if not fits or len(address) > LONGEST_LINE:
        raise BadValue(f"{address[:60]!r} is no web address.", "Write it as http://127.0.0.1:11434/v1.")
    return address


# --- asked -------------------------------------------------------------------------------------------------------


class Writers:
    """The prompt writers on screen and in commands; answers come later, each once.

    Used on the GUI thread, but for its keys: a keyring may wait for its owner, so it is asked on any other.
    """

    def __init__(self, settings: Settings, expansion: Expansion | None) -> None:
        self._settings, self._expansion = settings, expansion

    def all(self) -> tuple[PromptWriter, ...]:
        return prompt_writers(self._settings)

    def providers(self) -> tuple[tuple[str, str], ...]:
        return providers(self._settings)

    def keep(self, writer: PromptWriter) -> bool:
        """Set it up or change it; whether its key was forgotten, since it would have gone to another host.

        Raises BadValue where it cannot be one, and StudioError where the keyring does not let go of the key.
        """
        forgotten = self.leads_elsewhere(writer) and self.let_go_of_key(writer.id)
        self.put(writer)
        return forgotten

    def leads_elsewhere(self, writer: PromptWriter) -> bool:
        """Whether its key has to be let go of before it is put. Raises BadValue where it cannot be one."""
        return leads_elsewhere(self._settings, writer)

    def put(self, writer: PromptWriter) -> None:
        """The same as `keep` of a writer whose key is let go of already. Raises BadValue."""
        keep_writer(self._settings, writer)

    def free_id(self, title: str) -> str:
        return free_id(self._settings, title)

    def remove(self, writer: str) -> None:
        """Its key goes with it. Raises NotFound, and StudioError where the keyring does not let go of it."""
        self.forget_key(prompt_writer(self._settings, writer).id)
        self.drop(writer)

    def drop(self, writer: str) -> None:
        """The same of a writer whose key is forgotten already. Raises NotFound."""
        drop_writer(self._settings, writer)

    def ask_models(
        self, writer: PromptWriter, answer: Callable[[tuple[OfferedModel, ...] | StudioError], None]
    ) -> None:
        """Which models it offers."""

        def told(result: Result | StudioError) -> None:
            answer(_models(result.models) if isinstance(result, protocol.Models) else _failure(result))

        self._ask(protocol.AskModels("", 0, _checked(writer).as_message()), told, MODELS_WITHIN_S)

    def try_writer(self, writer: PromptWriter, answer: Callable[[Tried | StudioError], None]) -> None:
        """One short question, to see that address, key and model are right."""

        def told(result: Result | StudioError) -> None:
            found = isinstance(result, protocol.Tried)
            answer(Tried(result.sentence, result.seconds) if found else _failure(result))  # type: ignore[union-attr]

        self._ask(protocol.TryWriter("", 0, _checked(writer).as_message()), told, writer.seconds)

    def find_servers(self, answer: Callable[[tuple[FoundServer, ...] | StudioError], None]) -> None:
        """Which local servers answer on their usual ports. Only ever asked because the user wants to know."""

        def told(result: Result | StudioError) -> None:
            if isinstance(result, protocol.Servers):
                answer(tuple(FoundServer(one.name, one.base_url, _models(one.models)) for one in result.servers))
            else:
                answer(_failure(result))

        self._ask(protocol.FindServers("", 0), told, SERVERS_WITHIN_S)

    def _ask(self, wanted: Question, answer: Callable[[Result | StudioError], None], seconds: float) -> None:
        if self._expansion is None:
            answer(_no_runtime())
        else:
            self._expansion.ask(wanted, answer, patience_s=seconds + STARTS_WITHIN_S)

    # --- keys ----------------------------------------------------------------------------------------------------

    def keep_key(self, writer: str, key: str) -> str:
        """Hand a key over to where keys are kept on this machine; where that is, in words. It is never shown again.

        Raises BadValue for what can be no key, StudioError where it cannot be kept.
        """
        try:
            where = keys.store(writer, key)
        except keys.BadKey as error:
            raise BadValue(error.sentence, error.hint) from None
        except keys.NotForgotten as error:
            raise StudioError(error.sentence, error.hint) from None
        except OSError as error:
            raise _unwritable(error) from None
        return where

    def forget_key(self, writer: str) -> None:
        """Raises StudioError where the keyring, or its file, does not let go of it."""
        try:
            keys.forget(writer)
        except keys.NotForgotten as error:
            raise StudioError(error.sentence, error.hint) from None
        except OSError as error:
            raise _unwritable(error) from None

    def let_go_of_key(self, writer: str) -> bool:
        """Forget its key; whether there was one. Raises StudioError like `forget_key`."""
        had = self.has_key(writer)
        self.forget_key(writer)
        return had

    def has_key(self, writer: str) -> bool:
        """Where the keyring is locked this waits for the user to unlock it."""
        return bool(keys.read(writer))

    def where_keys_go(self) -> str:
        """One sentence: the system's keyring, or what stands in for it."""
        return keys.where()


def _models(found: Sequence[protocol.ModelInfo]) -> tuple[OfferedModel, ...]:
    return tuple(OfferedModel(one.id, one.title, one.sees, one.ends) for one in found)


def _failure(result: Result | StudioError) -> StudioError:
    """An answer to another question is a fault of the runtime."""
    return result if isinstance(result, StudioError) else RuntimeFailed("The words runtime answered something else.")


def _unwritable(error: OSError) -> StudioError:
    """The file of keys cannot be written; the error's own words may name it, never the key."""
    return StudioError(
        f"The key cannot be kept: {(error.strerror or 'the system said no').lower()}.",
        f"See whether you may write {keys.file_path()}.",
    )


def _no_runtime() -> StudioError:
    return RuntimeFailed("There is no words runtime here.", "Open the film again.")
