"""Every message between the studio and a runtime, and the one way to write and read a line of them.

The written contract is PROTOCOL.md beside this file; a test compares the two. Standard library only, because the
window imports it too.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

VERSION = 3
MAX_LINE = 1 << 20
"""Bytes in one line, newline included. A longer one is dropped and answered with a Notice."""

STAGES = ("loading", "reading", "drawing", "decoding", "writing")
"""What an attempt goes through, in order; `Progress.stage` is one of these."""

FINISHED_FILE = "finished.json"
"""Written last into a job's folder: the Finished message, so that files made before a crash are found again."""

PREVIEW_FILE = "preview.jpg"
"""In the folder of a job that was held at a step it was told to stop at: how far its drawing was."""

PREVIEW_PICTURES = 8
PREVIEW_BYTES = 128 << 10


class BadMessage(ValueError):
    """A line that is no message: not JSON, of unknown type, or with a field missing or of the wrong type."""


@dataclass(frozen=True)
class InputFile:
    """A picture or clip the runtime reads: `<media>/<name>`, whose SHA-256 is `hash`."""

    hash: str
    name: str
    purpose: str = ""


@dataclass(frozen=True)
class GivenFrames:
    """Drawings `first` to `first + count - 1` of the new clip are drawings `file_first` and on of a file.

    A picture is any number of drawings alike. Of a movie a drawing is every `hold`th frame, and where the latents it
    was decoded from lie beside it, made with the same weights, they are used instead of the compressed frames.
    """

    file: InputFile
    first: int
    count: int = 1
    file_first: int = 0


@dataclass(frozen=True)
class Reference:
    """A picture of a subject: `<media>/<name>`, whose SHA-256 is `hash`. The prompt names the subject by its @name."""

    hash: str
    name: str
    purpose: str
    subject: str
    """With its @."""


@dataclass(frozen=True)
class OutputFile:
    """A file the runtime made: its name in the job's folder, its size in bytes and its SHA-256."""

    role: str
    name: str
    bytes: int
    hash: str


@dataclass(frozen=True)
class CardText:
    """What a missing-shot card says."""

    number: str = ""
    action: str = ""
    dialogue: str = ""
    length: str = ""


@dataclass(frozen=True)
class EngineInfo:
    """What one engine can take, as `Ready` publishes it. Frame counts are drawings of the engine, not film frames."""

    id: str
    title: str
    tasks: tuple[str, ...]
    frames: tuple[int, ...]
    """Legal numbers of drawings in a clip, ascending; empty: any number."""
    drawings_per_second: int
    """Native rate; 0: the engine draws at the film's own rate."""
    width: int
    height: int
    """Size it draws at before a take is enlarged; 0: draws at the film's output size."""
    steps: int
    guidance: float
    prompt_style: str
    max_prompt: int
    references: int = 0
    """Reference pictures it takes."""
    reference_kinds: tuple[str, ...] = ()
    """Kinds of subjects whose pictures it understands; empty: any."""
    views: int = 0
    """Pictures of one subject it makes use of; 0: as many as it takes."""
    reference_size: tuple[int, int] = (0, 0)
    """(width, height) it reads a reference picture at; 0: as it is."""
    purposes: tuple[str, ...] = ()
    """Purposes of references beside identity that it can make use of: look, composition."""
    negative: bool = False
    """Whether it reads what must not be seen."""
    part: int = 0
    """Most drawings made in one go; longer clips are drawn in parts that continue each other. 0: no such limit."""
    sizes: tuple[tuple[int, int], ...] = ()
    """Every (width, height) it can draw at, the usual first; empty: that of `width` and `height` alone."""
    weights: str = ""
    """Fingerprint of the weights; empty where the engine has none."""
    available: bool = True
    reason: str = ""
    hint: str = ""


# --- down: what the studio wishes ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hello:
    type: ClassVar[str] = "hello"
    version: int
    assets: str
    """Folder with the shipped weights, fonts and word lists."""
    media: str
    """Folder the inputs are read from."""
    jobs: str
    """Folder that holds one folder for each job."""


@dataclass(frozen=True)
class Load:
    type: ClassVar[str] = "load"
    engine: str


@dataclass(frozen=True)
class Generate:
    type: ClassVar[str] = "generate"
    job: str
    attempt: int
    engine: str
    kind: Literal["clip", "still"]
    prompt: str
    seed: int
    engine_frames: int
    """Drawings to make; 1 for a still."""
    hold: int
    """Film frames each drawing is held."""
    rate: tuple[int, int]
    width: int
    height: int
    """Size of the finished take: the film's output size."""
    recipe: str
    """JSON text the runtime embeds in the files it makes, without reading it."""
    negative: str = ""
    steps: int = 0
    guidance: float = 0.0
    """0 steps or guidance: the engine's own default."""
    given: tuple[GivenFrames, ...] = ()
    mask: InputFile | None = None
    """Light where the given drawings are to be redrawn; everywhere else they stay. Needs every drawing given."""
    strength: float = 1.0
    """Below 1: what is given is not kept but drawn anew, the more freely the higher."""
    loop: bool = False
    guide: InputFile | None = None
    guide_strength: float = 1.0
    references: tuple[Reference, ...] = ()
    reference_guidance: float = 0.0
    """0: the engine's own default."""
    draw_width: int = 0
    draw_height: int = 0
    """One of the engine's sizes; 0: its usual one."""
    card: CardText | None = None
    frames: int = 0
    """Film frames of the finished clip; 0: all that are drawn, engine_frames * hold."""
    skip: int = 0
    """Film frames of what is drawn that the finished clip leaves out before its first."""
    start_timecode: str = ""
    reel: str = ""
    stop_at: int = 0
    """Stop after this step with saved progress; 0: run to the end. Steps count on over all parts of a long clip."""
    resume: bool = False
    """Go on from the progress saved in the job's folder, where there is any."""


@dataclass(frozen=True)
class PromptPart:
    """One part of an expanded prompt."""

    kind: str
    """caption, shot, place, camera, motion, subjects, wardrobe, continuity, style, text or negative"""
    text: str


@dataclass(frozen=True)
class Writer:
    """A prompt writer the user set up. Its key is never here: the words runtime reads the keyring by `id`."""

    id: str
    adapter: Literal["openai", "claude", "gemini"]
    base_url: str = ""
    """Empty: the service's own."""
    model: str = ""
    sees: bool = False
    """The model is shown the subjects' reference pictures."""
    seconds: float = 60.0
    """How long it may take in all."""


@dataclass(frozen=True)
class ExpandPrompt:
    type: ClassVar[str] = "expand_prompt"
    job: str
    attempt: int
    provider: str
    """`grammar`, or the id of `writer`."""
    draft: str
    style: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """size, angle, move, action, location, time, weather and so on, by name."""
    subjects: tuple[Mapping[str, str], ...] = ()
    """One mapping for each subject: name (with @), kind, description, worn, side, facing, action; looks_by: what
    untold looks are chosen by, the name where it is missing; pictures: how many reference pictures of it the engine
    is sent."""
    max_length: int = 0
    writer: Writer | None = None
    """Of a provider that is not built in."""
    language: str = ""
    """en or zh; empty: what the draft is written in, where the style allows it."""
    variant: int = 1
    """1 is the plainest; the same request with the same variant gives the same text where the writer can."""
    locked: tuple[PromptPart, ...] = ()
    """Parts that stay word for word."""
    before: Mapping[str, str] = field(default_factory=dict)
    """The shot before in the same scene: number, size, angle, move, action, prompt. Empty: none."""
    style_notes: str = ""
    """The film notes: look and rules of the whole film."""
    pictures: tuple[Reference, ...] = ()
    """Reference pictures for a writer that sees."""


@dataclass(frozen=True)
class AskModels:
    """Which models a prompt writer offers."""

    type: ClassVar[str] = "ask_models"
    job: str
    attempt: int
    writer: Writer


@dataclass(frozen=True)
class TryWriter:
    """One short question to a prompt writer, to see that address, key and model are right."""

    type: ClassVar[str] = "try_writer"
    job: str
    attempt: int
    writer: Writer


@dataclass(frozen=True)
class FindServers:
    """Which local servers answer on their usual ports of this machine. Sent only when the user asks."""

    type: ClassVar[str] = "find_servers"
    job: str
    attempt: int


@dataclass(frozen=True)
class Estimate:
    type: ClassVar[str] = "estimate"
    job: str
    attempt: int
    engine: str
    engine_frames: int
    steps: int = 0


@dataclass(frozen=True)
class Cancel:
    type: ClassVar[str] = "cancel"
    job: str
    attempt: int


@dataclass(frozen=True)
class Unload:
    type: ClassVar[str] = "unload"
    engine: str = ""


@dataclass(frozen=True)
class Shutdown:
    type: ClassVar[str] = "shutdown"


# --- up: what the runtime reports ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ready:
    type: ClassVar[str] = "ready"
    version: int
    serve: Literal["frames", "words"]
    program: str
    engines: tuple[EngineInfo, ...] = ()
    providers: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of what makes the picture (torch, diffusers, shotwright), for the recipe."""
    pid: int = 0


@dataclass(frozen=True)
class Loaded:
    type: ClassVar[str] = "loaded"
    engine: str
    device: str
    memory: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Accepted:
    type: ClassVar[str] = "accepted"
    job: str
    attempt: int


@dataclass(frozen=True)
class Progress:
    type: ClassVar[str] = "progress"
    job: str
    attempt: int
    stage: str
    """loading, reading, drawing, decoding, writing: what is being done now."""
    done: int
    total: int
    seconds_left: float = -1.0


@dataclass(frozen=True)
class Preview:
    type: ClassVar[str] = "preview"
    job: str
    attempt: int
    pictures: tuple[str, ...]
    """JPEG files in base64: at most 8, at most 128 kB together."""


@dataclass(frozen=True)
class Waiting:
    type: ClassVar[str] = "waiting"
    job: str
    attempt: int
    reason: str


@dataclass(frozen=True)
class Finished:
    type: ClassVar[str] = "finished"
    job: str
    attempt: int
    files: tuple[OutputFile, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Measured, not asked for: frames, width, height, rate, native size, seconds by stage, peak_memory."""


@dataclass(frozen=True)
class Expanded:
    type: ClassVar[str] = "expanded"
    job: str
    attempt: int
    text: str
    unknown: tuple[str, ...] = ()
    """Words of the draft the reader of the prompt does not know."""
    notes: tuple[str, ...] = ()
    """What was left out and why, one sentence each."""
    parts: tuple[PromptPart, ...] = ()
    """The same in parts; `text` is theirs without the negative one."""
    negative: str = ""
    warnings: tuple[str, ...] = ()
    """Rules the text breaks, one sentence each: a @name or quotation lost, a new name, too long, wrong language."""
    model: str = ""


@dataclass(frozen=True)
class Expanding:
    """What a prompt writer has written so far, readable text and no markup; each carries all of it."""

    type: ClassVar[str] = "expanding"
    job: str
    attempt: int
    text: str


@dataclass(frozen=True)
class ModelInfo:
    id: str
    title: str = ""
    sees: bool | None = None
    """None: the service does not say."""
    ends: str = ""
    """Day it is switched off, in ISO 8601, where the service says so."""


@dataclass(frozen=True)
class Models:
    type: ClassVar[str] = "models"
    job: str
    attempt: int
    models: tuple[ModelInfo, ...]


@dataclass(frozen=True)
class Tried:
    """The prompt writer answered."""

    type: ClassVar[str] = "tried"
    job: str
    attempt: int
    sentence: str
    seconds: float


@dataclass(frozen=True)
class ServerInfo:
    name: str
    """Ollama, llama.cpp, LM Studio or vLLM."""
    base_url: str
    models: tuple[ModelInfo, ...] = ()


@dataclass(frozen=True)
class Servers:
    type: ClassVar[str] = "servers"
    job: str
    attempt: int
    servers: tuple[ServerInfo, ...]


@dataclass(frozen=True)
class Failed:
    type: ClassVar[str] = "failed"
    job: str
    attempt: int
    kind: str
    """input, weights, memory, space, cancelled_late, bug; of a prompt writer also: key (refused or missing), payment,
    model (unknown or gone), busy (too many questions), service (out of order), unreachable, timeout, answer (no usable
    text), refused (the writer would not write it)."""
    sentence: str
    hint: str = ""
    trace: str = ""
    """Path of the written trace where kind is bug."""


@dataclass(frozen=True)
class Cancelled:
    type: ClassVar[str] = "cancelled"
    job: str
    attempt: int


@dataclass(frozen=True)
class Held:
    type: ClassVar[str] = "held"
    job: str
    attempt: int
    step: int


@dataclass(frozen=True)
class Estimated:
    type: ClassVar[str] = "estimated"
    job: str
    attempt: int
    seconds: float
    memory: int


@dataclass(frozen=True)
class Notice:
    type: ClassVar[str] = "notice"
    level: Literal["info", "warning", "error"]
    text: str
    job: str = ""
    """The job it tells of; empty: none."""


Down = (
    Hello
    | Load
    | Generate
    | ExpandPrompt
    | AskModels
    | TryWriter
    | FindServers
    | Estimate
    | Cancel
    | Unload
    | Shutdown
)
Up = (
    Ready
    | Loaded
    | Accepted
    | Progress
    | Preview
    | Waiting
    | Finished
    | Expanded
    | Expanding
    | Models
    | Tried
    | Servers
    | Failed
    | Cancelled
    | Held
    | Estimated
    | Notice
)
Message = Down | Up
ENDINGS = (Finished, Expanded, Models, Tried, Servers, Failed, Cancelled, Held, Estimated)
"""Exactly one of these closes every accepted attempt, and it is the attempt's last message."""

BY_TYPE: dict[str, Any] = {kind.type: kind for kind in (*typing.get_args(Down), *typing.get_args(Up))}


def encode(message: Message) -> bytes:
    """One line of UTF-8 JSON with its newline. Raises BadMessage when it is no text or longer than MAX_LINE."""
    content = {"type": message.type, **_plain(message)}
    try:
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    except ValueError as error:
        raise BadMessage(f"a {message.type} message cannot be written: {error}") from None
    if len(line) > MAX_LINE:
        raise BadMessage(f"a {message.type} message of {len(line)} bytes is longer than a line may be ({MAX_LINE})")
    return line


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


def decode(line: bytes) -> Message:
    """The message in a line. Unknown fields are ignored; anything else that is wrong raises BadMessage."""
    if len(line) > MAX_LINE:
        raise BadMessage(f"a line of {len(line)} bytes is longer than a line may be ({MAX_LINE})")
    try:
        content = json.loads(line.decode(), parse_constant=_no_number, parse_float=_finite)
        if b"\\u" in line:
            # Half a character is legal in JSON and cannot be written again: it would fail wherever it is repeated.
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"a line is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise BadMessage("a line is JSON but no message: it is not an object")
    kind = BY_TYPE.get(content.get("type", "")) if isinstance(content.get("type"), str) else None
    if kind is None:
        raise BadMessage(f"a message has the unknown type {content.get('type')!r}")
    return typing.cast(Message, _built(kind, content, kind.type))


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _built(kind: type, content: Mapping[str, Any], where: str) -> Any:
    hints = typing.get_type_hints(kind)
    values = {}
    for one in dataclasses.fields(kind):
        if one.name in content:
            values[one.name] = _checked(hints[one.name], content[one.name], f"{where}.{one.name}")
        elif one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING:
            raise BadMessage(f"a message lacks {where}.{one.name}")
    return kind(**values)


def _checked(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type `hint` asks for, or BadMessage naming the field."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in args:
            return None
        return _checked(next(a for a in args if a is not type(None)), value, where)
    if origin is Literal:
        return _require(value in args if isinstance(value, str) else False, value, where, f"one of {args}")
    if origin is tuple:
        _require(isinstance(value, list), value, where, "a list")
        if args[-1] is Ellipsis:
            return tuple(_checked(args[0], one, where) for one in value)
        _require(len(value) == len(args), value, where, f"a list of {len(args)}")
        return tuple(_checked(a, one, where) for a, one in zip(args, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        _require(isinstance(value, dict), value, where, "an object")
        return {key: _checked(args[1], one, f"{where}.{key}") for key, one in value.items()}
    if dataclasses.is_dataclass(hint):
        _require(isinstance(value, dict), value, where, "an object")
        return _built(typing.cast(type, hint), value, where)
    if hint is float:
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(_require(fits, value, where, "a number"))
    if hint is int:
        return _require(isinstance(value, int) and not isinstance(value, bool), value, where, "a whole number")
    return _require(isinstance(value, hint), value, where, f"a {hint.__name__}")


def _require(fits: bool, value: Any, where: str, what: str) -> Any:
    if not fits:
        raise BadMessage(f"{where} is not {what} but {str(value)[:60]!r}")
    return value
