"""The film on the pictures: the example with takes, panels, sound, markers, notes, two versions of its cut."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path

import numpy as np
from camera import wait

from studio import app
from studio.cli.example import make_example
from studio.generation.wish import Wish
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.commands import cut as cuts
from studio.project.commands import marker as markers
from studio.project.commands import note as notes
from studio.project.commands import shot as shots
from studio.project.commands import sound as sounds
from studio.project.commands import take as takes
from studio.project.commands import trim
from studio.project.cut_queries import event_cards
from studio.project.sound_queries import lane_cards

MADE = Path(__file__).resolve().parents[2] / "runs" / "the-last-ferry"
DRAWN = 5
"""Shots drawn for a new film; the others show what a card looks like before."""
NEW = (
    {"size": "close-up", "action": "@mara hears the horn and lifts the lantern.", "frames": 36, "subjects": ("@mara",)},
    {"size": "wide shot", "action": "The ferry comes out of the dark.", "frames": 48},
    {"action": "The ramp comes down.", "frames": 24},
)
"""Shots at the end of the first scene that have no take: they are queued and drawn on the pictures."""
SOUND_RATE = 48_000


def available_engine() -> str:
    """sketch where its weights are, else slate."""
    found = {engine.id: engine for engine in app.engines(60)}
    return "sketch" if found["sketch"].available else "slate"


def prepare(film: Path, engine: str) -> None:
    if (MADE / "project.sqlite").exists():
        shutil.copytree(MADE, film, ignore=shutil.ignore_patterns(".project.lock*", "exports"))
    else:
        make_example("the-last-ferry", film)
    with app.build(film) as studio:
        project, queue = studio.project, studio.queue
        cards = project.ask(queries.shot_cards)
        for card in [card for card in cards[:DRAWN] if not card.takes]:
            queue.submit(card.id, Wish("clip", engine))
        for seed in (11, 12):
            queue.submit(cards[1].id, Wish("clip", engine, seed))
        queue.submit(cards[6].id, Wish("still", engine))
        wait(lambda: not queue.busy and not project.ask(queries.live_jobs), 900, "the takes of the film")
        write(project, film.parent)


def write(project: OpenProject, place: Path) -> None:
    """What a director leaves behind in a morning."""
    cards = project.ask(queries.shot_cards)
    project.run(shots.approve_shot, cards[0].id, True)
    project.run(shots.omit_shot, cards[-1].id)
    last = [card for card in cards if card.scene == cards[0].scene][-1].id
    for fields in NEW:
        last = project.run(shots.add_shot, after=last, **fields).new("shot")
    _choose_among_takes(project, cards[1].id)
    _hear(project, place)
    _cut(project)
    project.run(shots.edit_shot, cards[3].id, move="push in")


def _choose_among_takes(project: OpenProject, shot: str) -> None:
    made = project.ask(queries.take_cards, shot)
    project.run(takes.star_take, made[-1].id, True)
    project.run(takes.reject_take, made[-2].id, True)
    first = made[0]
    project.run(notes.add_note, shot, "Hold a beat longer before she turns.", author="Director", take=first.id,
                take_frame=first.head + 8)  # fmt: skip
    project.run(notes.add_note, shot, "Keep this rain for the whole scene.", author="Editor", take=first.id,
                take_frame=first.head + 20)  # fmt: skip
    project.run(notes.add_note, shot, "Eyes to the ferry, not to the camera.", author="Director")


def _hear(project: OpenProject, place: Path) -> None:
    lanes = {lane.name: lane for lane in project.ask(lane_cards)}
    storm, horn = place / "Storm.wav", place / "Horn.wav"
    write_sound(storm, 15.0, swells=(0.15, 0.5, 0.32))
    write_sound(horn, 2.0, swells=(0.4,), pitch=110.0)
    project.run(sounds.add_sounds, lanes["Effects"].id, [project.media.import_sound(horn)], 96)
    project.run(sounds.add_sounds, lanes["Music"].id, [project.media.import_sound(storm)], 0)
    for frame, name in ((40, "Lamp flickers"), (96, "Horn"), (250, "Dawn")):
        project.run(markers.add_marker, frame, name)


def _cut(project: OpenProject) -> None:
    """A version is kept, and the cut goes on from there."""
    project.run(cuts.save_cut, "First assembly")
    events = project.ask(event_cards)
    project.run(trim.trim_tail, events[2].id, -12)
    project.run(trim.trim_tail, events[4].id, -8)


def write_sound(file: Path, seconds: float, swells: tuple[float, ...], pitch: float = 0.0) -> None:
    """Wind that rises and falls, or a horn: something to see in a lane."""
    count = int(seconds * SOUND_RATE)
    time = np.arange(count) / SOUND_RATE
    loud = np.interp(time, np.linspace(0, seconds, len(swells) + 2), (0.02, *swells, 0.02))
    wind = np.convolve(np.random.default_rng(4).standard_normal(count), np.ones(24) / 24, "same") * 1.6
    tone = np.sin(2 * np.pi * pitch * time) + 0.4 * np.sin(4 * np.pi * pitch * time)
    wave_form = np.clip(loud * (tone if pitch else wind), -1, 1)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SOUND_RATE)
        out.writeframes((wave_form * 32767).astype("<i2").tobytes())
