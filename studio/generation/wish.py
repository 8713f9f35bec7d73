"""What the user asks of a shot beside the shot's own fields: plain drawing, or work on takes there are already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from studio.project.media import Imported


@dataclass(frozen=True)
class Extend:
    """More frames before or after a take; the take itself stands in the new one as it is."""

    task: ClassVar[str] = "extend"
    take: str
    end: Literal["head", "tail"] = "tail"
    frames: int = 0
    """Film frames more at least; 0: what the shot lacks, or one part of the engine where it lacks nothing."""


@dataclass(frozen=True)
class Bridge:
    """A clip of the shot's length that begins where one take's shot ends and ends where another's begins."""

    task: ClassVar[str] = "bridge"
    before: str
    after: str


@dataclass(frozen=True)
class Redo:
    """A take drawn again from shot_frame `first` to `last`, both included; the rest of it stays."""

    task: ClassVar[str] = "redo"
    take: str
    first: int
    last: int


@dataclass(frozen=True)
class Inpaint:
    """A take, or a panel, drawn again where a mask is light. `source` is its id, `mask` the hash of its file."""

    task: ClassVar[str] = "inpaint"
    source: str
    mask: str


@dataclass(frozen=True)
class Restyle:
    """A take, or a panel, drawn anew from the prompt; the higher the strength, the less of it stays."""

    task: ClassVar[str] = "restyle"
    source: str
    strength: float


Work = Extend | Bridge | Redo | Inpaint | Restyle
USUAL_STRENGTH = 0.6


@dataclass(frozen=True)
class Wish:
    """Pictures and clips are named by the hash of their file in media/, takes and panels by their id."""

    kind: Literal["clip", "still"] = "clip"
    engine: str = "sketch"
    seed: int | None = None
    """None: drawn when it is planned."""
    first_frame: str | None = None
    last_frame: str | None = None
    guide: str | None = None
    steps: int = 0
    guidance: float = 0.0
    """0: the engine's own default."""
    use_panel: bool = True
    """Begin a clip with the shot's chosen panel where no first frame is given and the engine can."""
    guide_strength: float = 1.0
    loop: bool = False
    references: bool = True
    """Send the pictures of the subjects in the shot, where the engine takes any."""
    reference_guidance: float = 0.0
    """0: the engine's own default."""
    stop_at: int = 0
    """Hold after this step, to look at it before it is continued; 0: draw to the end."""
    work: Work | None = None
    imported: tuple[tuple[Imported, str], ...] = ()
    """Those of its files that are staged, each with its purpose: they enter the film with the job, or not at all."""

    @property
    def files(self) -> tuple[str, ...]:
        """Hashes of every picture and clip it gives."""
        mask = self.work.mask if isinstance(self.work, Inpaint) else None
        return tuple(one for one in (self.first_frame, self.last_frame, self.guide, mask) if one)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of every take or panel it works on."""
        match self.work:
            case Extend() | Redo():
                return (self.work.take,)
            case Bridge():
                return (self.work.before, self.work.after)
            case Inpaint() | Restyle():
                return (self.work.source,)
        return ()
