"""What files and folders dropped on the film hold: found, put in order, and told apart by their first bytes.

Slow for large folders: not for the GUI thread.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.errors import BadValue

MOST_FILES = 5_000
MOST_ENTRIES = 100_000
"""Looked at in folders, whatever they are: a whole disk dropped by mistake is refused, not read through."""
HEAD = 4_096
JUNK = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders without a dot before its name."""

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"8BPS", b"\0\0\0\x0cjP  ",
             b"qoif", b"\0\0\x01\0", b"P4\n", b"P5\n", b"P6\n", b"\x0a\x05\x01\x08")
_CLIPS = (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"\0\0\0\x01", b"FLV\x01",
          b"\x06\x0e+4\x02\x05\x01\x01", b"DKIF", b"YUV4MPEG2")
_SOUNDS = (b"fLaC", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"caff", b"\x0bw",
           b"riff\x2e\x91\xcf\x11", b"wvpk")
_RIFF = {b"WAVE": "sound", b"AVI ": "clip", b"WEBP": "picture"}
_BRANDS = {b"M4A ": "sound", b"M4B ": "sound", b"avif": "picture", b"avis": "picture"}
_STILLS = (b"mif1", b"msf1", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"heif")
"""Brands of stills in an MP4's boxes; those that are not AVIF are HEIC."""
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_ASF = b"0&\xb2u\x8ef\xcf\x11"
_NOT_READ = {
    "svg": ("is an SVG drawing, which is not opened because it can hold programs", "Save it as PNG first."),
    "ps": ("is PostScript, which is not opened because it is a program", "Save it as PNG first."),
    "pdf": ("is a PDF, which holds pages and is no picture", "Save the page as PNG first."),
    "heic": ("is a HEIC picture, which this program cannot read", "Save it as JPEG or PNG first."),
    "exr": ("is an OpenEXR picture, which this program cannot read", "Save it as PNG or TIFF first."),
    "dpx": ("is a DPX picture, which this program cannot read", "Save it as PNG or TIFF first."),
}
"""Kinds people have that are not brought in: why, and the way out."""
_HEADS = {b"%PDF": "pdf", b"%!PS": "ps", b"\xc5\xd0\xd3\xc6": "ps", b"v/1\x01": "exr", b"SDPX": "dpx", b"XPDS": "dpx"}
_SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)


@dataclass(frozen=True)
class IncomingFile:
    path: Path
    kind: str
    """picture, clip or sound, by its first bytes"""


@dataclass(frozen=True)
class Incoming:
    files: tuple[IncomingFile, ...]
    """In natural order of their names, folder by folder, each once."""
    others: tuple[str, ...]
    """Why each of the others is left out, as the end of a sentence: `notes.txt is no picture, movie or sound`."""


def incoming(paths: Iterable[Path], check: Callable[[], None] = lambda: None) -> Incoming:
    """Sort what was dropped. Hidden files in folders are passed over; `check` is called often and may raise.

    Raises BadValue where there are too many.
    """
    seen: set[str] = set()
    files, others = [], []
    for path in _files(sorted(paths, key=lambda one: natural(one.name)), check):
        place = os.path.realpath(path)
        if place in seen:
            continue
        seen.add(place)
        kind = kind_of(path)
        if kind in ("picture", "clip", "sound"):
            files.append(IncomingFile(path, kind))
        else:
            others.append(f"{path.name} {kind}")
        if len(seen) > MOST_FILES:
            raise BadValue(f"More than {MOST_FILES:,} files cannot be brought in at once.", "Bring them in parts.")
    return Incoming(tuple(files), tuple(others))


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts `frame 2` before `frame 10`, whatever the case."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts if part]


def kind_of(path: Path) -> str:
    """picture, clip or sound by the first bytes; else what is wrong, as in `is empty`."""
    try:
        with path.open("rb") as file:
            begins = file.read(HEAD)
    except FileNotFoundError:
        return "is not there" if not path.is_symlink() else "is a link to nothing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not begins:
        return "is empty"
    refused = not_read(begins)
    if refused is not None:
        why, way_out = refused
        return f"{why}: {way_out[0].lower()}{way_out[1:-1]}"
    return known(begins) or "is no picture, movie or sound"


def not_read(begins: bytes) -> tuple[str, str] | None:
    """Why a kind of file people have is not brought in, as the end of a sentence, and the way out; by its first bytes.

    None for any other, whether it can be read or not.
    """
    kind = next((kind for head, kind in _HEADS.items() if begins.startswith(head)), "")
    if begins[4:8] == b"ftyp" and begins[8:12] in _STILLS and b"avif" not in begins[: _box_length(begins)]:
        kind = "heic"
    if begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _SVG.search(begins):
        kind = "svg"
    return _NOT_READ.get(kind)


def _box_length(begins: bytes) -> int:
    return min(int.from_bytes(begins[:4], "big"), HEAD)


def _files(paths: Iterable[Path], check: Callable[[], None]) -> Iterator[Path]:
    looked_at = 0
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            check()
            looked_at += len(folders) + len(names)
            if looked_at > MOST_ENTRIES:
                raise BadValue(f"The folder {path.name} holds more than {MOST_ENTRIES:,} files.",
                               "Choose the folder the pictures lie in.")
            folders[:] = sorted((one for one in folders if not one.startswith(".")), key=natural)
            for name in sorted(names, key=natural):
                if not name.startswith(".") and name.lower() not in JUNK:
                    yield Path(folder) / name


def known(begins: bytes) -> str:
    """picture, clip or sound by a file's first bytes; empty: none of them."""
    for kind, heads in (("picture", _PICTURES), ("clip", _CLIPS), ("sound", _SOUNDS)):
        if begins.startswith(heads):
            return kind
    if begins[:4] == b"RIFF" or begins[:4] == b"RF64":
        return _RIFF.get(begins[8:12], "")
    if begins[:4] == b"FORM":
        return "sound" if begins[8:12] in (b"AIFF", b"AIFC") else ""
    if begins[4:8] == b"ftyp" and begins[8:12] in _STILLS:
        return "picture"
    if begins[4:8] in _BOXES:
        return _BRANDS.get(begins[8:12], "clip")
    if begins[:4] == b"OggS":
        return "clip" if b"theora" in begins[:200] else "sound"
    if begins[:8] == _ASF:
        return "clip"
    # A transport stream begins every packet of 188 bytes with the same byte; with 4 bytes of time in front on discs.
    if any(len(begins) > at + 376 and begins[at] == begins[at + step] == 0x47 for at, step in ((0, 188), (4, 192))):
        return "clip"
    return ""
