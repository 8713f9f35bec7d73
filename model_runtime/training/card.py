"""Writes the model card beside the weights: what they are, how they were made, what was measured, what is weak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model_runtime.video.weights import MANIFEST, fingerprint

CARD = "README.md"

TEXT = """# The sketch engine's weights

Storyboard drawings of captioned scenes, as stills and as clips of 9, 17 or 25 drawings at 12 a second.
Preset `{preset}`: the networks think in {width}x{height}, the decoder draws {drawn_width}x{drawn_height}.
Fingerprint `{fingerprint}`. Apache-2.0, like the program.

## What they are

| part | parameters |
|---|---|
{parts}
| together | {total:.2f} M, {megabytes:.1f} MB in bf16 |

A temporal autoencoder (8x8x8, 16 channels, causal: 1 + 8n drawings are 1 + n latents), a transformer with flow
matching, and a text encoder over the words of `assets/prompts/sketch.toml`; text beyond them is read as bytes, which
were never trained and say little. A prompt counts up to its first {tokens} tokens.

## How they were made

From nothing but the drawings of `model_runtime/stage`, on one core of a shared machine without a GPU:
{training}. No picture, text or weight from elsewhere went in. 12 % of all combinations of place, time, weather,
shot size and action were held out of every training by a rule fixed before the first run.
`python -m model_runtime.training autoencoder|latents|transformer|ship|evaluate` makes them again.

## Measured

On held-out combinations, {steps} steps, guidance {guidance}; read by a small classifier that was trained on drawings
and their autoencoder round trips with other seeds. Walking or standing is asked of clips of one person in a wide
shot before a resting camera, shot size only where somebody is shown. One line a picture: `evaluation.csv`.

{table}

| figure | value | target |
|---|---|---|
| autoencoder, {width}x{height}, PSNR over {psnr_clips} unseen clips | {autoencoder_psnr:.1f} dB | 28 dB |
| the same, first drawings alone (what a still is) | {autoencoder_psnr_stills:.1f} dB | 28 dB |
| autoencoder over clips, at the size it draws | {autoencoder_psnr_drawn:.1f} dB | - |
| drawing after a given first frame, against the real one | {after_first_frame_psnr:.1f} dB | - |
| one still, 30 steps with guidance, {threads} thread(s) | {seconds_still:.1f} s | 6 s |
| one clip of 25 drawings, likewise | {seconds_clip:.1f} s | 20 s |

## What is weak

{weak}
"""

WEAK = """- The autoencoder misses its target over clips: it draws stills well, but what moves (pans, running, rain) is
  softer in later drawings. It had 50 minutes of a contended core, and the loss was still falling; the decoder
  can go on alone, with the encoder as it is, without training the transformer again.
- Faces and hands are rough, small figures more so than large ones, and two figures more so than one.
- Only the words of the list are understood; other places, things and actions are not.
- Classifiers are easier to please than eyes: a full score here says that the right thing is shown, not that it is
  shown well.
"""


def write_card(folder: Path, *, rows_table: str, threads: int, figures: dict[str, float]) -> None:
    """Write `README.md` in the weights' folder from its manifest and what was just measured, and how."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    preset, counts = manifest["preset"], manifest["parameters"]
    draws = preset["autoencoder"]["draws"]
    text = TEXT.format(
        preset=preset["name"],
        width=preset["width"],
        height=preset["height"],
        drawn_width=preset["width"] * draws,
        drawn_height=preset["height"] * draws,
        fingerprint=fingerprint(folder),
        parts="\n".join(f"| {name} | {count / 1e6:.2f} M |" for name, count in counts.items()),
        total=sum(counts.values()) / 1e6,
        megabytes=sum(facts["bytes"] for facts in manifest["files"].values()) / 1e6,
        tokens=preset["text"]["max_tokens"],
        training=", ".join(
            f"{name} {facts['steps']} steps in {facts['minutes']:.0f} minutes"
            for name, facts in manifest["training"].items()
        ),
        table=rows_table,
        threads=threads,
        weak=WEAK,
        **figures,
    )
    (folder / CARD).write_text(text, "utf-8")
