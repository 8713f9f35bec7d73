"""What a board artist or a previs file would give as a guide for a scene: a rough line drawing, a grey blocking.

Both are taken from the clip as it would look on a clear day without shadows, so that camera, sets and figures move
exactly as in the clip itself while nothing of its light, weather or colours can be copied from the guide.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from model_runtime.stage.camera import CLIP_DRAWINGS
from model_runtime.stage.draw import render_plain
from model_runtime.stage.pen import Picture
from model_runtime.stage.scene import Scene

EDGE_FROM, EDGE_FULL = 26.0, 110.0  # steps between neighbouring colours: where a line begins to show and is darkest
OUTLINE = 230  # how dark the line around a figure is
SET_TONES = (150, 184, 212, 236)  # of the set in a blocking, by lightness
FIGURE_TONE = 92
_AROUND = np.ones((3, 3), np.uint8)


def line_drawing(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Picture:
    """Dark lines on white paper without fills, (t, h, w, 3) RGB."""
    drawn = render_plain(scene, frames=frames, width=width, height=height)
    return np.stack([_lines(frame, mask) for frame, mask in zip(drawn.frames, drawn.subjects, strict=True)])


def blocking(scene: Scene, *, frames: int = CLIP_DRAWINGS, width: int = 144, height: int = 80) -> Picture:
    """A set of a few flat greys with figures of one darker grey, (t, h, w, 3) RGB."""
    drawn = render_plain(scene, frames=frames, width=width, height=height)
    return np.stack([_greys(frame, mask) for frame, mask in zip(drawn.frames, drawn.subjects, strict=True)])


def _lines(frame: Picture, mask: Picture) -> Picture:
    # a step to the lighter side only, so that an inked line stays one line instead of becoming two
    lighter = cv2.dilate(frame, _AROUND)
    steps = cv2.subtract(lighter, frame).max(axis=2).astype(np.float32)
    dark = np.clip((steps - EDGE_FROM) / (EDGE_FULL - EDGE_FROM), 0.0, 1.0) * 255
    return _on_paper(np.maximum(dark, _outline(mask)))


def _outline(mask: Picture) -> NDArray[np.float32]:
    """Around each subject, also where it stands before another one."""
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, _AROUND[:2, :2]) > 0
    return np.where(edge, np.float32(OUTLINE), np.float32(0))


def _on_paper(dark: NDArray[np.float32]) -> Picture:
    paper = (255 - dark).astype(np.uint8)
    return np.repeat(paper[..., None], 3, axis=2)


def _greys(frame: Picture, mask: Picture) -> Picture:
    light = cv2.medianBlur(np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), dtype=np.uint8), 5)
    tones = np.array(SET_TONES, np.uint8)[np.minimum(light // 64, len(SET_TONES) - 1)]
    tones[mask > 0] = FIGURE_TONE
    return np.repeat(tones[..., None], 3, axis=2)
