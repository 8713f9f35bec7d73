"""Files other editing programs open, written from the one timeline. Built so far: .otio itself."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from model_runtime import safe_files
from studio.interchange import read_back
from studio.interchange.shown_cut import ShownCut, refuse_to_export
from studio.interchange.timeline import to_otio


def export_otio(cut: ShownCut, out: Path) -> Path:
    """Write the cut as an .otio file; it is read again and compared with the cut before this returns."""
    refuse_to_export(cut, out)
    safe_files.make_folder(out.parent)
    text = otio.adapters.write_to_string(to_otio(cut, out.parent), "otio_json")
    safe_files.write_text(out, text)
    read_back.check_otio(cut, out)
    return out
