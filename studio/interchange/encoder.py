"""The encoder child: planes and samples in, one finished movie of H.264 and AAC out, or none at all."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

import imageio_ffmpeg

from model_runtime import safe_files
from studio.errors import ProjectError, StudioError
from studio.interchange.pictures import Planes
from studio.project.sound_time import SAMPLES
from studio.project.timing import FrameRate

CRF = "14"
KEY_FRAME_EVERY = "12"
SOUND_BITS = "256k"
"""A second of stereo."""
SOUND_CODEC = ("-c:a", "aac", "-b:a", SOUND_BITS)
LEAST_SPACE = 32 << 20
KEEPS_OUT = ("LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH")
"""Variables of ours that a foreign program must not inherit; those of Qt go too."""


class Encoder:
    """Writes the movie `out` beside its final name and renames it when everything is in.

    Used as a context: a block that ends with an exception leaves no file and no child. `sound` gives stretches of
    float32 stereo at 48 kHz as bytes; it is drawn from on a thread of the encoder's own, as far as the child reads.
    """

    def __init__(
        self, out: Path, width: int, height: int, rate: FrameRate, timecode: str, sound: Iterable[bytes] | None = None
    ) -> None:
        if width % 2 or height % 2:
            raise StudioError(f"The film's output size {width}x{height} is odd; H.264 movies need even sizes.",
                              "Set an even output size for the film and export again.")
        self.out = out
        self._part = safe_files.temporary_beside(out)
        self._picture = width, height, rate, timecode
        self._stretches = sound
        self._sound: _Sound | None = None

    def __enter__(self) -> Encoder:
        safe_files.require_space(self.out.parent, LEAST_SPACE)
        self._said: IO[bytes] = tempfile.TemporaryFile()
        if self._stretches is None:
            self._child = self._started(())
            return self
        to_read, to_write = os.pipe()
        with os.fdopen(to_read, "rb"), contextlib.ExitStack() as unless_started:
            unless_started.callback(os.close, to_write)
            self._child = self._started((to_read,))
            unless_started.pop_all()
        self._sound = _Sound(self._stretches, to_write)
        self._sound.start()
        return self

    def _started(self, sound: tuple[int, ...]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            _arguments(self._part, *self._picture, sound=sound), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=self._said, env=_environment(), pass_fds=sound,
        )  # fmt: skip

    def write(self, planes: Planes) -> None:
        assert self._child.stdin is not None
        if self._sound is not None:
            self._sound.raise_if_failed()
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
        if self._sound is not None:
            self._sound.end()
            self._sound.raise_if_failed()
        safe_files.rename_into(self._part, self.out)

    def _close(self) -> None:
        if self._child.stdin is not None and not self._child.stdin.closed:
            with contextlib.suppress(BrokenPipeError):  # it was killed on purpose a moment ago
                self._child.stdin.close()
        self._child.wait()
        if self._sound is not None:
            self._sound.end()
        self._said.close()

    def _complain(self) -> None:
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        if "No space left" in said:
            raise safe_files.NoSpace(self.out.parent, LEAST_SPACE, 0)
        last = said.splitlines()[-1] if said else f"it ended with status {self._child.returncode}"
        raise ProjectError(f"The encoder could not write {self.out.name}: {last}.",
                           f"See whether {self.out.parent} can be written to, then export again.")


class _Sound(threading.Thread):
    """Feeds the child through a pipe of its own: it reads pictures and sound in turns, and either may make it wait."""

    def __init__(self, sound: Iterable[bytes], to_write: int) -> None:
        super().__init__(name="sound of the export", daemon=True)
        self._stretches, self._to_write = sound, to_write
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            with os.fdopen(self._to_write, "wb") as pipe:
                for stretch in self._stretches:
                    pipe.write(stretch)
        except BrokenPipeError:
            pass  # the child ended; its status and its words say why
        except BaseException as error:  # noqa: BLE001  # handed to the thread that exports
            self._error = error

    def end(self) -> None:
        """Call when the child has ended: nothing reads any more, so that a write cannot wait."""
        self.join()

    def raise_if_failed(self) -> None:
        if self._error is not None:
            raise self._error


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in KEEPS_OUT and not k.startswith(("QT_", "QML"))}


def _arguments(
    part: Path, width: int, height: int, rate: FrameRate, timecode: str, *, sound: tuple[int, ...]
) -> list[str]:
    """`sound` is the file descriptor it can be read from, or nothing."""
    tags = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    fraction = f"{rate.num}/{rate.den}"
    samples = [["-f", "f32le", "-ar", str(SAMPLES), "-ac", "2", "-i", f"pipe:{pipe}"] for pipe in sound]
    return [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", f"{width}x{height}", "-framerate", fraction, *tags,
        "-i", "pipe:0", *(word for one in samples for word in one),
        "-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf", CRF, "-g", KEY_FRAME_EVERY,
        "-pix_fmt", "yuv420p", *tags, "-r", fraction, "-threads", "2", *(SOUND_CODEC if sound else ()),
        "-timecode", timecode, "-movflags", "+faststart", "-f", "mp4", f"file:{part}",
    ]
