"""The encoder child: planes in, one finished H.264 movie out, or none at all."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

import imageio_ffmpeg

from model_runtime import safe_files
from studio.errors import ProjectError, StudioError
from studio.interchange.pictures import Planes
from studio.project.timing import FrameRate

CRF = "14"
KEY_FRAME_EVERY = "12"
LEAST_SPACE = 32 << 20
KEEPS_OUT = ("LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH")
"""Variables of ours that a foreign program must not inherit; those of Qt go too."""


class Encoder:
    """Writes the movie `out` beside its final name and renames it when everything is in.

    Used as a context: a block that ends with an exception leaves no file and no child.
    """

    def __init__(self, out: Path, width: int, height: int, rate: FrameRate, timecode: str) -> None:
        if width % 2 or height % 2:
            raise StudioError(f"The film's output size {width}x{height} is odd; H.264 movies need even sizes.",
                              "Set an even output size for the film and export again.")
        self.out = out
        self._part = safe_files.temporary_beside(out)
        self._arguments = _arguments(self._part, width, height, rate, timecode)

    def __enter__(self) -> Encoder:
        safe_files.require_space(self.out.parent, LEAST_SPACE)
        self._said: IO[bytes] = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            self._arguments, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._said, env=_environment()
        )
        return self

    def write(self, planes: Planes) -> None:
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(planes.tobytes())
        except BrokenPipeError:
            self._child.wait()
            self._complain()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self._finish()
            else:
                self._child.kill()
        finally:
            self._close()
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the child's own words, read below, say why it went
            self._child.stdin.close()
        if self._child.wait() != 0:
            self._complain()
        safe_files.rename_into(self._part, self.out)

    def _close(self) -> None:
        if self._child.stdin is not None and not self._child.stdin.closed:
            with contextlib.suppress(BrokenPipeError):  # it was killed on purpose a moment ago
                self._child.stdin.close()
        self._child.wait()
        self._said.close()

    def _complain(self) -> None:
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        if "No space left" in said:
            raise safe_files.NoSpace(self.out.parent, LEAST_SPACE, 0)
        last = said.splitlines()[-1] if said else f"it ended with status {self._child.returncode}"
        raise ProjectError(f"The encoder could not write {self.out.name}: {last}.",
                           f"See whether {self.out.parent} can be written to, then export again.")


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in KEEPS_OUT and not k.startswith(("QT_", "QML"))}


def _arguments(part: Path, width: int, height: int, rate: FrameRate, timecode: str) -> list[str]:
    tags = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    fraction = f"{rate.num}/{rate.den}"
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", f"{width}x{height}", "-framerate", fraction, *tags,
        "-i", "pipe:0",
        "-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", CRF, "-g", KEY_FRAME_EVERY,
        "-pix_fmt", "yuv420p", *tags, "-r", fraction, "-threads", "2",
        "-timecode", timecode, "-movflags", "+faststart", "-f", "mp4", f"file:{part}",
    ]
