"""Reference pictures for a prompt writer that sees: a few, small, and each with what it shows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from model_runtime import protocol
from model_runtime.engines.base import JobFolder
from model_runtime.expanders.base import ShownPicture
from model_runtime.failures import BadInput

MOST = 8
LONGEST_SIDE = 768
QUALITY = 85


def of(wished: Sequence[protocol.Reference], media: Path) -> tuple[tuple[ShownPicture, ...], tuple[str, ...]]:
    """The pictures to show, and a sentence for each that is not shown."""
    shown: list[ShownPicture] = []
    notes: list[str] = []
    for one in wished[:MOST]:
        try:
            shown.append(ShownPicture(f"{one.subject}, {one.purpose or 'reference'}:", _jpeg(one, media)))
        except BadInput as error:
            notes.append(f"A picture of {one.subject} was not shown to the prompt writer: {error.sentence}")
    if len(wished) > MOST:
        notes.append(f"{MOST} of {len(wished)} pictures were shown to the prompt writer.")
    return tuple(shown), tuple(notes)


def _jpeg(one: protocol.Reference, media: Path) -> bytes:
    # Late: an expansion without pictures needs none of it.
    from PIL import Image

    path = JobFolder(media, media).input_path(one)
    try:
        with Image.open(path) as image:
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            whole = image.convert("RGBA")
    except (OSError, ValueError) as error:
        raise BadInput(f"{one.name} is no picture: {error}.") from None
    ground = Image.new("RGBA", whole.size, (255, 255, 255, 255))
    buffer = io.BytesIO()
    Image.alpha_composite(ground, whole).convert("RGB").save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
