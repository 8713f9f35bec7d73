"""Frames to files: the movie of a take, stills, posters and latents, each written whole or not at all.

The recipe is embedded as opaque text: as the movie's comment, as the still's text chunk.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model_runtime import children, safe_files
from model_runtime.failures import BadInput

if TYPE_CHECKING:
    import numpy as np

MOVIE, STILL, POSTER, LATENTS = "take.mp4", "still.png", "poster.jpg", "latents.safetensors"
RECIPE_KEY = "recipe"
POSTER_WIDTH = 480
LARGEST_SIDE = 8192

# Near lossless. Measured on 50 drawn frames of 1280x720 with rain, two threads: 1.1 s, 1.8 MB, luma 53.9 dB; in RGB
# 42.8 dB, which is what halving the colour planes leaves. Slower presets took up to 3 s and gained 0.3 dB.
QUALITY = ["-crf", "8", "-preset", "veryfast", "-tune", "animation"]
# Exact seeking for the viewer: a key frame every 12, no frame that needs a later one.
GROUPS = ["-g", "12", "-keyint_min", "12", "-sc_threshold", "0", "-bf", "0"]
COLOUR = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
# Without the explicit matrix the converter would use BT.601's, whatever the tags say.
CONVERSION = "scale=in_range=pc:out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p"
TAGS = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
BYTES_PER_PIXEL_AT_MOST = 0.5
"""Upper bound of a frame's size in the movie, for the check of free space before encoding."""

LEAST_FREE = 1 << 16
FULL_DISK_WORDS = tuple(os.strerror(number) for number in safe_files.FULL_DISK_ERRORS)


class EncodingFailed(RuntimeError):
    """The encoder ended before its work was done; its own words are in the message."""


@dataclass(frozen=True)
class MovieSpec:
    """Everything the encoder needs beside the frames. `rate` is exact: numerator and denominator."""

    width: int
    height: int
    rate: tuple[int, int]
    recipe: str = ""
    timecode: str = ""
    reel: str = ""

    def check(self) -> None:
        if not (2 <= self.width <= LARGEST_SIDE and 2 <= self.height <= LARGEST_SIDE):
            raise BadInput(
                f"A movie of {self.width}x{self.height} cannot be made.",
                f"Choose a size between 2 and {LARGEST_SIDE} a side.",
            )
        if self.width % 2 or self.height % 2:
            raise BadInput(
                f"A movie of {self.width}x{self.height} cannot be made: both sides must be even.",
                "Change the film's output size by one pixel.",
            )
        if min(self.rate) <= 0:
            raise BadInput(f"A rate of {self.rate[0]}/{self.rate[1]} frames a second cannot be played.")


def write_movie(
    path: Path,
    frames: Iterable[np.ndarray],
    spec: MovieSpec,
    *,
    count: int,
    on_frame: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Encode exactly `count` RGB frames (h, w, 3) uint8 of the spec's size as the movie `path`; False when stopped.

    The encoder is a child that ends when we do; the file has its name only once it is whole and on the disk.
    """
    spec.check()
    safe_files.require_space(path.parent, int(spec.width * spec.height * BYTES_PER_PIXEL_AT_MOST * count) + (1 << 20))
    metadata = safe_files.temporary_beside(path.with_suffix(".ffmeta"))
    temporary = safe_files.temporary_beside(path)
    try:
        # MP4 has no place of its own for a reel name; the title is the one every editing program shows.
        safe_files.write_text(metadata, ffmetadata({"comment": spec.recipe, "title": spec.reel}))
        whole = _encode(temporary, metadata, frames, spec, count, on_frame, should_stop)
        if whole:
            safe_files.rename_into(temporary, path)
        return whole
    finally:
        temporary.unlink(missing_ok=True)
        metadata.unlink(missing_ok=True)


def write_still(path: Path, picture: np.ndarray, recipe: str) -> None:
    """A PNG with the recipe as international text, so that any UTF-8 survives."""
    from PIL import Image, PngImagePlugin

    text = PngImagePlugin.PngInfo()
    text.add_itxt(RECIPE_KEY, recipe, zip=len(recipe) > 1000)
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG", pnginfo=text, compress_level=4)
    safe_files.write_bytes(path, buffer.getvalue())


def write_poster(path: Path, picture: np.ndarray) -> None:
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    safe_files.write_bytes(path, buffer.getvalue())


def write_preview(path: Path, pictures: Sequence[np.ndarray]) -> None:
    """The first, the middle and the last of some RGB pictures of one size, side by side as one JPEG."""
    import numpy
    from PIL import Image

    chosen = sorted({0, len(pictures) // 2, len(pictures) - 1})
    buffer = io.BytesIO()
    Image.fromarray(numpy.hstack([pictures[one] for one in chosen])).save(buffer, "JPEG", quality=88)
    safe_files.write_bytes(path, buffer.getvalue())


def write_latents(path: Path, latents: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> None:
    """The final latents as float16, so that later work can start from them and not from a compressed picture.

    Whole numbers, which are pictures beside them, stay as they are.
    """
    import numpy
    from safetensors.numpy import save

    half = {
        name: numpy.ascontiguousarray(values, dtype=numpy.uint8 if values.dtype == numpy.uint8 else numpy.float16)
        for name, values in latents.items()
    }
    # One entry alone: safetensors writes several in an order of chance, and the same drawing must be the same file.
    metadata = {"facts": json.dumps(dict(facts), sort_keys=True)}
    safe_files.write_bytes(path, save(half, metadata=metadata))


def ffmetadata(values: Mapping[str, str]) -> str:
    """Metadata in FFmpeg's own file form; a command line would be too short for a long recipe on some systems."""
    lines = [";FFMETADATA1"]
    lines += [f"{key}={_escaped(value)}" for key, value in values.items() if value]
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    # FFmpeg reads one line feed too many after a value that ends in a backslash; a recipe, being JSON, never does.
    for special in ("\\", "=", ";", "#", "\n", "\r"):
        value = value.replace(special, "\\" + special)
    return value


def _encode(
    path: Path,
    metadata: Path,
    frames: Iterable[np.ndarray],
    spec: MovieSpec,
    count: int,
    on_frame: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> bool:
    # The encoder's words go to a file without a name: a full pipe would stop it, a thread would be one more to end.
    with tempfile.TemporaryFile() as words:
        child = children.start(_command(path, metadata, spec, count), stdin=subprocess.PIPE, stderr=words)
        try:
            sent = _feed(child, frames, spec, on_frame, should_stop)
            if sent < 0:
                return False
            status = child.wait()
        finally:
            # First the end, then the pipe: closing it writes what is left, and a hung encoder would never take that.
            children.kill(child)
            with contextlib.suppress(OSError):
                if child.stdin:
                    child.stdin.close()
        if status != 0 or sent != count:
            words.seek(0)
            _raise_for(path, words.read().decode(errors="replace"), sent, count)
        return True


def _feed(
    child: subprocess.Popen[bytes],
    frames: Iterable[np.ndarray],
    spec: MovieSpec,
    on_frame: Callable[[int], None],
    should_stop: Callable[[], bool],
) -> int:
    """Frames sent, or -1 when told to stop. An encoder that ended early is noticed by its status, not here."""
    assert child.stdin is not None
    sent = 0
    for frame in frames:
        if should_stop():
            return -1
        if frame.shape != (spec.height, spec.width, 3):
            raise ValueError(f"frame {sent} is {frame.shape}, not {(spec.height, spec.width, 3)}")
        try:
            child.stdin.write(frame.tobytes())
        except BrokenPipeError:
            return sent
        sent += 1
        on_frame(sent)
    with contextlib.suppress(BrokenPipeError):
        child.stdin.close()
    return sent


def _command(path: Path, metadata: Path, spec: MovieSpec, count: int) -> list[str]:
    import imageio_ffmpeg

    rate = f"{spec.rate[0]}/{spec.rate[1]}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", f"{spec.width}x{spec.height}"]
    command += ["-framerate", rate, "-i", "pipe:0", "-f", "ffmetadata", "-i", str(metadata)]
    command += [
        "-map",
        "0:v",
        "-map_metadata",
        "1",
        "-frames:v",
        str(count),
        "-vf",
        f"{CONVERSION},{TAGS}",
        "-fps_mode",
        "cfr",
    ]
    command += ["-r", rate, "-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-threads", "2"]
    command += [*QUALITY, *GROUPS, *COLOUR, "-movflags", "+faststart", "-video_track_timescale", str(spec.rate[0])]
    if spec.timecode:
        command += ["-timecode", spec.timecode]
    return [*command, "-f", "mp4", str(path)]


def _raise_for(path: Path, words: str, sent: int, count: int) -> None:
    # Where the encoder's words go may be just as full, and then it could not say why it ended.
    safe_files.require_space(path.parent, LEAST_FREE)
    if any(one in words for one in FULL_DISK_WORDS):
        raise safe_files.NoSpace(path.parent, 0, 0)
    said = " ".join(words.split())[:600]
    raise EncodingFailed(f"the encoder took {sent} of {count} frames of {path.name} and said: {said or 'nothing'}")


def seconds_facts(seconds: Mapping[str, float]) -> dict[str, Any]:
    return {stage: round(value, 3) for stage, value in seconds.items()}
