"""Pixel, latent and token sizes of a clip as one value, and which of them are legal. No torch here."""

from __future__ import annotations

from dataclasses import dataclass

from model_runtime.video.presets import LATENT_STRIDE, PATCH


def legal_frames(longest: int = 25) -> tuple[int, ...]:
    """Frame counts an engine whose longest clip has `longest` frames can draw: 1 still, then 1 + 8n."""
    return tuple(range(1, longest + 1, LATENT_STRIDE))


def latent_frames(frames: int) -> int:
    """Latents of 1 + 8n frames, causal in time: 1 + n."""
    if frames < 1 or (frames - 1) % LATENT_STRIDE:
        raise ValueError(
            f"a clip of {frames} frames cannot be drawn: it must have 1 + {LATENT_STRIDE}n frames, such as "
            f"{', '.join(map(str, legal_frames()))}"
        )
    return 1 + (frames - 1) // LATENT_STRIDE


def drawn_frames(latents: int) -> int:
    """Frames that so many latents decode to."""
    if latents < 1:
        raise ValueError(f"{latents} latents decode to nothing: there must be at least 1")
    return 1 + LATENT_STRIDE * (latents - 1)


@dataclass(frozen=True)
class ClipShape:
    """A clip of drawings and its sizes in latents and tokens; refuses what the grid cannot hold."""

    frames: int
    height: int
    width: int

    def __post_init__(self) -> None:
        latent_frames(self.frames)
        step = LATENT_STRIDE * PATCH
        for name, size in (("height", self.height), ("width", self.width)):
            if size < step or size % step:
                raise ValueError(f"a {name} of {size} pixels cannot be drawn: it must be a multiple of {step}")

    @property
    def latents(self) -> tuple[int, int, int]:
        """(time, height, width) in latents."""
        return latent_frames(self.frames), self.height // LATENT_STRIDE, self.width // LATENT_STRIDE

    @property
    def grid(self) -> tuple[int, int, int]:
        """(time, height, width) in tokens."""
        time, height, width = self.latents
        return time, height // PATCH, width // PATCH

    @property
    def tokens(self) -> int:
        time, height, width = self.grid
        return time * height * width

    def check_fits(self, grid: tuple[int, int, int]) -> None:
        """ValueError if the clip needs more positions than a transformer's `grid` has."""
        if any(mine > limit for mine, limit in zip(self.grid, grid, strict=True)):
            raise ValueError(
                f"a clip of {self.frames} frames of {self.width}x{self.height} needs {self.grid} tokens; "
                f"these weights reach {grid}"
            )


def cover_box(width: int, height: int, target_width: int, target_height: int) -> tuple[int, int, int, int]:
    """The largest centred (left, top, right, bottom) of a picture that has the target's aspect."""
    if width * target_height > target_width * height:
        kept = max(1, round(height * target_width / target_height))
        left = (width - kept) // 2
        return left, 0, left + kept, height
    kept = max(1, round(width * target_height / target_width))
    top = (height - kept) // 2
    return 0, top, width, top + kept
