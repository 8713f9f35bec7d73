"""Cuts to export, made of cards and of small real movies in which every frame can be told apart."""

from __future__ import annotations

import json
import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw

from studio.interchange import pictures
from studio.interchange.encoder import Encoder
from studio.interchange.shown_cut import ShownCut
from studio.project.cards import FilmCard, SceneCard, TakeCard, TakeState
from studio.project.cut_cards import EventCard, LaneCard, SoundCard
from studio.project.sound_time import SAMPLES, frame_at, sample_of
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
             speed: tuple[int, int] = (1, 1), **other: Any) -> EventCard:
    """`other` are fields of the card."""
    event = EventCard(
        f"event_{shot}_{take_in}", f"shot_{shot}", f"1_{shot:03}0", scene, 0, frames, take.id if take else None,
        take.name if take else "", take.media if take else None, take_in, take.frames if take else 0,
        speed_num=speed[0], speed_den=speed[1], action="Mara runs", dialogue="Wait",
        take_rate=take.rate if take else None,
    )
    return replace(event, **other)


def a_cut(events: Sequence[EventCard], takes: Sequence[TakeCard] = (), film: FilmCard | None = None,
          **other: Any) -> ShownCut:
    """Events one after the other; `other` are fields of the cut."""
    scenes = tuple(
        SceneCard(f"scene_{n}", str(n), f"EXT. PLACE {n}", "pier", "night", "rain", 1, 2, 0) for n in (1, 2)
    )
    placed, film_frame = [], 0
    for event in events:
        placed.append(replace(event, film_frame=film_frame))
        film_frame += event.frames
    return ShownCut(film or a_film(), tuple(placed), scenes, {take.id: take for take in takes}, **other)


def a_drawing(shot: int, frame: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """A picture in which every part and every frame looks different: soft grounds, hard edges, colours."""
    width, height = size
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    ground = np.stack([60 + 120 * across, 50 + 140 * down, 90 + 60 * np.sin(6 * across + shot)], -1)
    picture = Image.fromarray(ground.astype(np.uint8))
    pen, unit = ImageDraw.Draw(picture), height / 108
    left = (12 + 5 * frame) * unit
    pen.rectangle((left, 20 * unit, left + 34 * unit, 60 * unit), fill=(225, 190, 60), outline=(20, 20, 20))
    pen.ellipse((110 * unit, (50 - frame) * unit, 150 * unit, (90 - frame) * unit), fill=(170, 40, 40))
    return picture


def a_drawn_take(folder: Path, shot: int, frames: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> TakeCard:
    """A take that shows `a_drawing` of each of its frames."""
    movie = folder / f"drawn {shot}.mp4"
    with Encoder(movie, *size, RATE, "01:00:00:00") as encoder:
        for k in range(frames):
            encoder.write(pictures.from_rgb(a_drawing(shot, k, size)))
    return TakeCard(
        f"take_{shot}_1", f"shot_{shot}", 1, "v001", TakeState.CHOSEN, False, False, movie, movie.with_suffix(".jpg"),
        frames, RATE, *size, 0, 0, "slate", "", 7, "generated", "{}", "2026-11-20T12:00:00Z", reel="r",
        timecode="01:00:00:00",
    )


def a_lane(name: str = "dialogue", **other: Any) -> LaneCard:
    return replace(LaneCard(f"lane_{name}", name, True, 0.0, False, False, True), **other)


def a_sound(folder: Path, film_frame: int, samples: int, *, lane: str = "lane_dialogue", rate: FrameRate = RATE,
            click: int | None = None, source_start: int = 0, name: str = "voice") -> SoundCard:
    """A clip of a stereo tone of 440 Hz, or of silence with one click at sample `click`."""
    media = folder / f"{name} {film_frame}.wav"
    wave_form = 8000 * np.sin(np.arange(samples + source_start) * (2 * np.pi * 440 / SAMPLES))
    if click is not None:
        wave_form[:] = 0
        wave_form[click: click + 24] = 16000
    with wave.open(str(media), "wb") as file:
        file.setparams((2, 2, SAMPLES, 0, "NONE", ""))
        file.writeframes(np.repeat(wave_form.astype("<i2"), 2).tobytes())
    frames = frame_at(sample_of(film_frame, rate) + samples - 1, rate) - film_frame + 1
    return SoundCard(f"sound_{name}_{film_frame}", lane, name, media, film_frame, frames, source_start, samples,
                     samples + source_start, 0.0, None)


def heard(path: Path) -> np.ndarray:
    """What a movie's sound track plays, (n, 2), full scale is 1."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(container.streams.audio[0])])


def luma_frames(path: Path) -> list[np.ndarray]:
    """The luma plane of every frame, decoded one after the other."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray()[: frame.height] for frame in container.decode(container.streams.video[0])]


def grey(plane: np.ndarray) -> float:
    """The full-range grey in the middle of a luma plane."""
    height, width = plane.shape
    return float((plane[height // 3: 2 * height // 3, width // 3: 2 * width // 3].mean() - 16) * 255 / 219)
