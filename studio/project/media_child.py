"""The child process that reads foreign files of one kind: `python -m studio.project.media_child KIND`.

It lives within limits of memory, time and file size, so that a hostile or broken file can do no more than fail. Each
line of its input is JSON: source, target, wish. For each it writes the working copy to the target and lines of JSON
to its output: how much is done (`part`, from 0 to 1), any number of times, then what it found, or a sentence and a
hint. It ends with its input.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from studio.project import incoming

MOST_PIXELS = 120_000_000
SMALLEST_SIDE, LONGEST_SIDE = 8, 30_000
"""Of a picture: less shows nothing, more cannot be painted."""
PICTURES = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "PSD", "PPM", "JPEG2000", "AVIF", "TGA", "ICO", "QOI",
            "PCX", "SGI", "DDS")
"""Formats that are read, all by Pillow itself. PostScript is not among them: it would run another program on it."""
MEMORY = {"picture": 3 << 30, "clip": 6 << 30, "sound": 3 << 30}
"""Bytes of address space: a picture of MOST_PIXELS is read, converted and written within it."""
SECONDS = {"picture": 60, "clip": 3600, "sound": 1800}
"""Of processor time."""
LARGEST = {"picture": 2 << 30, "clip": 128 << 30, "sound": (4 << 30) - 1}
"""Bytes of a working copy, so that a file that lies about its length cannot fill the disk. A WAV counts to 4 GB."""
LARGEST_SIDE = 4096
"""Of a clip's working copy."""
LONGEST_CLIP_S = 2 * 3600
LONGEST_SOUND_S = 6 * 3600
SAMPLES = 48_000

# As our own takes: near lossless, a key frame every 12, no frame that needs a later one, BT.709 tagged.
CODEC = ["-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-crf", "8", "-preset", "veryfast",
         "-g", "12", "-keyint_min", "12", "-sc_threshold", "0", "-bf", "0",
         "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
         "-movflags", "+faststart"]
FORMATS = ("mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,mxf,asf,flv,dv,gif,apng,ogg,wav,w64,aiff,flac,mp3,aac,ac3,"
           "caf,h264,hevc,ivf,yuv4mpegpipe")
"""Containers that are opened. Playlists and scripts are not among them: they would name other files to read."""
CONVERTED = {"CMYK": "printing colours (CMYK)", "LAB": "Lab colours", "YCbCr": "YCbCr colours", "HSV": "HSV colours"}
"""Modes of a picture whose colours its working copy tells in another way, in words."""
OTHERS = {"picture": "picture", "clip": "movie", "sound": "sound"}
"""What a file of each kind is called."""
HDR = (16, 18)
"""FFmpeg's numbers of the transfers PQ and HLG."""
UNSAID = 2
"""FFmpeg's number where a stream does not say how its colours are coded: small ones are BT.601 then."""
RATES = ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")


class Unreadable(Exception):
    def __init__(self, sentence: str, hint: str, *, full: bool = False) -> None:
        """`full`: the disk is, whatever the file is like."""
        super().__init__(sentence)
        self.sentence, self.hint, self.full = sentence, hint, full


def main(arguments: list[str]) -> None:
    kind = arguments[0]
    for line in sys.stdin:
        asked = json.loads(line)
        limit(kind)
        _say(read(kind, Path(asked["source"]), Path(asked["target"]), asked["wish"]))


def read(kind: str, source: Path, target: Path, wish: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"picture": read_picture, "clip": read_clip, "sound": read_sound}[kind](source, target, wish)
    except Unreadable as error:
        return {"sentence": error.sentence, "hint": error.hint, "full": error.full}
    except MemoryError:
        return {"sentence": f"{source.name} needs more memory than a foreign {kind} is given.",
                "hint": "Make it smaller with another program first."}


def limit(kind: str) -> None:
    """Memory, file size, and processor time for the next file, of this process and its children.

    Windows has no such call; the parent waits no longer than its patience there.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS[kind], hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST[kind], LARGEST[kind]))
    # macOS refuses a limit on address space.
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY[kind], MEMORY[kind]))


def read_picture(source: Path, target: Path, _wish: dict[str, Any]) -> dict[str, Any]:
    """Upright, 8 bits a channel, RGB or RGBA, the first picture of a moving one."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(source, formats=PICTURES) as opened:
            _refuse_size(source, *opened.size)
            opened.seek(0)
            notes = _conversions(opened)
            picture = _plain(ImageOps.exif_transpose(opened))
            notes += _see_through(source, picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise _not_readable(source, "picture", "Save it as PNG or JPEG and try again.") from error
    try:
        picture.save(target, "PNG", compress_level=4)
    except OSError as error:
        raise _no_space(source) from error
    return {"width": picture.width, "height": picture.height, "notes": [f"{source.name} {note}." for note in notes]}


def _refuse_size(source: Path, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unreadable(
            f"{source.name} has {width * height / 1e6:.0f} megapixels; at most {MOST_PIXELS // 10**6} fit.",
            "Make it smaller with another program first.")
    if min(width, height) < SMALLEST_SIDE:
        raise Unreadable(f"{source.name} is {width} × {height} pixels; a picture has at least {SMALLEST_SIDE} a side.",
                         "Choose a larger one.")
    if max(width, height) > LONGEST_SIDE:
        raise Unreadable(
            f"{source.name} is {width} × {height} pixels; a side has at most {LONGEST_SIDE:,}.",
            "Cut it into parts first.")


def _see_through(source: Path, picture: Any) -> list[str]:
    """Its see-through parts stay so in the working copy. Unreadable where there is nothing else."""
    if picture.mode != "RGBA":
        return []
    lowest, highest = picture.getchannel("A").getextrema()
    if not highest:
        raise Unreadable(f"{source.name} is see-through all over: there is nothing to see in it.",
                         "Choose another picture.")
    return ["has see-through parts, which engines are shown as white"] if lowest < 255 else []


def _conversions(opened: Any) -> list[str]:
    """What the working copy will show otherwise than the file."""
    notes = []
    if opened.mode.startswith(("I", "F")) or _is_deep(opened):
        notes.append("has more than 8 bits a channel and is kept with 8")
    if opened.mode in CONVERTED:
        notes.append(f"has {CONVERTED[opened.mode]} and is kept as RGB")
    if getattr(opened, "n_frames", 1) > 1:
        notes.append(f"holds {opened.n_frames} pictures; the first is kept")
    return notes


def _is_deep(opened: Any) -> bool:
    """Whether a picture of colours has 16 bits a channel, of which Pillow reads the high 8 without a word."""
    layouts = (part for tile in opened.tile for part in (tile[3] if isinstance(tile[3], tuple) else (tile[3],)))
    return any(isinstance(layout, str) and "16" in layout for layout in layouts)


def read_clip(source: Path, target: Path, wish: dict[str, Any]) -> dict[str, Any]:
    found = _probe(source)
    if wish.get("facts_only"):
        return {"width": found.width, "height": found.height, "rate": found.nearest}
    if found.seconds > LONGEST_CLIP_S:
        raise Unreadable(f"{source.name} is {found.seconds / 3600:.1f} hours long; at most 2 fit.",
                         "Cut it shorter first.")
    rate = wish.get("rate") or found.nearest
    width, height, scale = _fitted(found.width, found.height, wish.get("size") or [])
    scale = scale.replace(":flags=lanczos", f":flags=lanczos:{found.matrix}")
    filters = f"fps={rate},{scale},setsar=1,format=yuv420p"
    _encode(source, target, ["-map", "0:v:0", "-an", "-sn", "-dn", "-map_metadata", "-1", "-vf", filters, *CODEC],
            "movie", found.seconds)
    frames = _count(target)
    if not frames:
        raise Unreadable(f"{source.name} holds no picture that lasts a frame of the film.", "Choose a longer movie.")
    notes = [f"{source.name} {note}." for note in _clip_notes(found, rate, width, height, frames, wish)]
    return {"width": width, "height": height, "frames": frames, "rate": rate, "notes": notes}


def read_sound(source: Path, target: Path, _wish: dict[str, Any]) -> dict[str, Any]:
    seconds = _probe_sound(source)
    if seconds > LONGEST_SOUND_S:
        raise Unreadable(f"{source.name} is {seconds / 3600:.1f} hours long; at most 6 fit.", "Cut it shorter first.")
    _encode(source, target, ["-map", "0:a:0", "-vn", "-ac", "2", "-ar", str(SAMPLES), "-c:a", "pcm_s16le",
                             "-map_metadata", "-1"], "sound", seconds)
    import wave

    with wave.open(str(target), "rb") as sound:
        samples = sound.getnframes()
    if not samples:
        raise Unreadable(f"{source.name} holds no sound.", "Choose another sound.")
    return {"samples": samples}


@dataclass(frozen=True)
class Found:
    """What a movie says of itself."""

    width: int
    height: int
    """As shown: upright, with square pixels."""
    seconds: float
    """0 where it does not say."""
    rate: Fraction
    nearest: str
    """The legal rate nearest to its own."""
    sound: bool
    wide: bool
    """High dynamic range."""
    matrix: str
    """How its colours are read, as the encoder's scaler is told."""


def _clip_notes(
    found: Found, rate: str, width: int, height: int, frames: int, wish: dict[str, Any]
) -> list[str]:  # fmt: skip
    """What the working copy shows otherwise than the movie."""
    notes = []
    if abs(found.rate - Fraction(rate)) > Fraction(1, 100):
        notes.append(f"has {_shown(found.rate)} frames a second and is kept at {_shown(Fraction(rate))}")
    shape, kept = found.width / found.height, width / height
    if wish.get("size") and max(shape / kept, kept / shape) > 1.01:
        where = "left and right" if shape > kept else "at top and bottom"
        notes.append(f"is {found.width} × {found.height} and is cut {where} to {width} × {height}")
    elif not wish.get("size") and max(found.width, found.height) > LARGEST_SIDE:
        notes.append(f"is {found.width} × {found.height} and is kept at {width} × {height}")
    if found.wide:
        notes.append("has high dynamic range (HDR), which looks flat here")
    if 0 < frames < found.seconds * Fraction(rate) * Fraction(9, 10) - 2:
        notes.append("ends earlier than it says; the rest of it cannot be read")
    if found.sound:
        notes.append("has sound, which is no part of a take; put it on a lane to hear it")
    return notes


def _shown(rate: Fraction) -> str:
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")


def _plain(picture: Any) -> Any:
    """8-bit RGB, or RGBA where something is seen through it; colours as on an ordinary screen."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        # 16 bits a channel: the high byte is the picture.
        _, high = picture.getextrema()
        scale = 255 / max(high, 255 if high <= 255 else 65535)
        return picture.convert("F").point(lambda value: value * scale).convert("L").convert("RGB")
    see_through = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    mode = "RGBA" if see_through else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        picture = _from_profile(picture, profile, "RGB" if picture.mode != "RGBA" else "RGBA")
    plain = picture.convert(mode)
    clean = Image.new(mode, plain.size)
    clean.paste(plain)
    return clean


def _from_profile(picture: Any, profile: bytes, mode: str) -> Any:
    import io

    from PIL import ImageCms

    try:
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, io.BytesIO(profile), screen, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _probe(source: Path) -> Found:
    import av

    try:
        with av.open(str(source), options={"format_whitelist": FORMATS}) as movie:
            if movie.streams.audio and not movie.streams.video:
                raise Unreadable(f"{source.name} holds sound and no picture.", "Put it on a lane to hear it.")
            stream = movie.streams.video[0]
            frame = next(movie.decode(stream))
            turned = abs(int(getattr(frame, "rotation", 0) or 0)) % 180 == 90
            width, height = (frame.height, frame.width) if turned else (frame.width, frame.height)
            shape = stream.sample_aspect_ratio or Fraction(1)
            seconds = float(movie.duration or 0) / 1e6
            own = Fraction(stream.average_rate or stream.guessed_rate or 24)
            sound = bool(movie.streams.audio)
            wide, known = stream.codec_context.color_trc in HDR, stream.codec_context.colorspace != UNSAID
    except (OSError, ValueError, IndexError, StopIteration) as error:
        raise _not_readable(source, "movie", "Save it as H.264 in an .mp4 or .mov and try again.") from error
    width = round(width * shape) if Fraction(1, 8) < shape < 8 else width
    nearest = min(RATES, key=lambda one: abs(Fraction(one) - own))
    matrix = "auto" if known else "bt709" if height >= 720 else "bt601"
    return Found(width, height, seconds, own, nearest, sound, wide,
                 f"in_color_matrix={matrix}:out_color_matrix=bt709:out_range=tv")


def _probe_sound(source: Path) -> float:
    import av

    try:
        with av.open(str(source), options={"format_whitelist": FORMATS}) as sound:
            stream = sound.streams.audio[0]
            next(sound.decode(stream))
            return float(sound.duration or 0) / 1e6
    except (OSError, ValueError, IndexError, StopIteration) as error:
        raise _not_readable(source, "sound", "Save it as WAV, FLAC or MP3 and try again.") from error


def _fitted(width: int, height: int, size: list[int]) -> tuple[int, int, str]:
    """The working copy's size, and the filter that makes it: covering `size`, else its own, even and not too large."""
    if size:
        wide, high = size
        cover = f"scale={wide}:{high}:force_original_aspect_ratio=increase:flags=lanczos,crop={wide}:{high}"
        return wide, high, cover
    smaller = min(Fraction(1), Fraction(LARGEST_SIDE, max(width, height)))
    wide, high = (max(2, round(one * smaller / 2) * 2) for one in (width, height))
    return wide, high, f"scale={wide}:{high}:flags=lanczos"


def _encode(source: Path, target: Path, options: list[str], what: str, seconds: float) -> None:
    """Run the encoder, telling how far it is."""
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", "-threads", "2", "-nostats",
               "-progress", "pipe:1", "-protocol_whitelist", "file", "-format_whitelist", FORMATS,
               "-i", f"file:{source}", *options, f"file:{target}"]
    with tempfile.TemporaryFile() as complaints:
        encoder = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints)
        assert encoder.stdout is not None
        for line in encoder.stdout:
            _tell_part(line, seconds)
        if not encoder.wait():
            return
        complaints.seek(0)
        words = complaints.read(1 << 16).decode("utf-8", "replace")
    if "No space left" in words:
        raise _no_space(source)
    raise _not_readable(source, what, "Convert it with another program and try again.")


def _tell_part(line: bytes, seconds: float) -> None:
    name, _, value = line.strip().partition(b"=")
    if name == b"out_time_us" and value.isdigit() and seconds > 0:
        _say({"part": min(int(value) / 1e6 / seconds, 1.0)})


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _count(movie: Path) -> int:
    import av

    with av.open(str(movie)) as opened:
        stream = opened.streams.video[0]
        return int(stream.frames or sum(1 for packet in opened.demux(stream) if packet.size))


def _no_space(source: Path) -> Unreadable:
    return Unreadable(f"There is no space left for {source.name}.", "Free some space and try again.", full=True)


def _not_readable(source: Path, what: str, hint: str) -> Unreadable:
    with source.open("rb") as file:
        begins = file.read(incoming.HEAD)
    refused = incoming.not_read(begins)
    if refused is not None:
        return Unreadable(f"{source.name} {refused[0]}.", refused[1])
    really = incoming.known(begins)
    if really and OTHERS[really] != what and not (what == "sound" and really == "clip"):
        return Unreadable(f"{source.name} is a {OTHERS[really]} and no {what}.", f"Choose a {what} file.")
    if _is_text(begins):
        return Unreadable(f"{source.name} is no {what}: it holds text.", f"Choose a {what} file.")
    return Unreadable(f"{source.name} is no {what} this program can read, or it is broken.", hint)


def _is_text(begins: bytes) -> bool:
    if b"\0" in begins:
        return False
    try:
        begins[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
