"""Cuts to export, made of cards and of small real movies in which every frame can be told apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from PIL import Image

from studio.interchange import pictures
from studio.interchange.encoder import Encoder
from studio.interchange.shown_cut import ShownCut
from studio.project.cards import FilmCard, SceneCard, TakeCard, TakeState
from studio.project.cut_cards import EventCard
from studio.project.timing import FrameRate, timecode

RATE = FrameRate(24)
WIDTH, HEIGHT = 192, 108


def a_film(rate: FrameRate = RATE, width: int = WIDTH, height: int = HEIGHT, start: str = "01:00:00:00") -> FilmCard:
    return FilmCard(
        "film_a", "The Last Ferry", rate, "16:9", width, height, start, "tens", False, 2, 3, 0, "cut_a", "v001"
    )


def grey_of(shot: int, take_frame: int) -> int:
    """The grey of one frame: no two frames of a cut made here are less than 3 apart from their neighbours."""
    return 40 + (shot * 61 + take_frame * 3) % 180


def a_movie(path: Path, shot: int, frames: int, rate: FrameRate = RATE, size: tuple[int, int] = (WIDTH, HEIGHT),
            start: str = "02:00:00:00") -> Path:
    """Frame k is even grey `grey_of(shot, k)`, with a white block at its left edge."""
    with Encoder(path, *size, rate, start) as encoder:
        for k in range(frames):
            picture = Image.new("RGB", size, (grey_of(shot, k),) * 3)
            picture.paste((255, 255, 255), (0, 0, size[0] // 8, size[1]))
            encoder.write(pictures.from_rgb(picture))
    return path


def a_take(folder: Path, shot: int, frames: int, *, number: int = 1, rate: FrameRate = RATE,
           size: tuple[int, int] = (WIDTH, HEIGHT)) -> TakeCard:
    start = timecode((3600 * shot) * rate.nominal, rate)
    movie = a_movie(folder / f"shot {shot} take é{number}.mp4", shot, frames, rate, size, start)
    return TakeCard(
        f"take_{shot}_{number}", f"shot_{shot}", number, f"v{number:03}", TakeState.CHOSEN, False, False, movie,
        movie.with_suffix(".jpg"), frames, rate, *size, 0, 0, "slate", "", 7, "generated", json.dumps({"seed": 7}),
        "2026-11-20T12:00:00Z", reel=f"1_{shot:04}0_v{number:03}", timecode=start,
    )


def an_event(shot: int, frames: int, take: TakeCard | None = None, *, take_in: int = 0, scene: str = "scene_1",
             flop: bool = False, speed: tuple[int, int] = (1, 1), picture: Path | None = None) -> EventCard:
    return EventCard(
        f"event_{shot}_{take_in}", f"shot_{shot}", f"1_{shot:03}0", scene, 0, frames, take.id if take else None,
        take.name if take else "", take.media if take else None, take_in, take.frames if take else 0,
        picture=picture, speed_num=speed[0], speed_den=speed[1], flop=flop, action="Mara runs", dialogue="Wait",
    )


def a_cut(events: Sequence[EventCard], takes: Sequence[TakeCard] = (), film: FilmCard | None = None) -> ShownCut:
    scenes = tuple(
        SceneCard(f"scene_{n}", str(n), f"EXT. PLACE {n}", "pier", "night", "rain", 1, 2, 0) for n in (1, 2)
    )
    return ShownCut(film or a_film(), tuple(events), scenes, {take.id: take for take in takes})


def luma_frames(path: Path) -> list[np.ndarray]:
    """The luma plane of every frame, decoded one after the other."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray()[: frame.height] for frame in container.decode(container.streams.video[0])]


def grey(plane: np.ndarray) -> float:
    """The full-range grey in the middle of a luma plane."""
    height, width = plane.shape
    return float((plane[height // 3: 2 * height // 3, width // 3: 2 * width // 3].mean() - 16) * 255 / 219)
