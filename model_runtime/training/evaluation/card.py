"""The model card beside the weights: what they are, how they were made, what was measured, what is weak.

Its text is a function of the manifest, the measured rows and the timing file; a test writes it again from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from model_runtime.training.evaluation.bench import STEPS
from model_runtime.training.evaluation.card_lines import (
    SHARE,
    AnswerLine,
    ValueLine,
    answer_lines,
    compression,
    value_lines,
)
from model_runtime.training.evaluation.cost import TIMING_FILE
from model_runtime.training.evaluation.expansions import STEPS as EXPANSION_STEPS
from model_runtime.training.evaluation.intervals import Estimate
from model_runtime.training.evaluation.rows import ROWS_FILE, read_rows
from model_runtime.training.evaluation.targets import TARGETS, TIERS, Target
from model_runtime.video.presets import GUIDANCE, REFERENCE_GUIDANCE
from model_runtime.video.weights import MANIFEST, fingerprint

CARD = "CARD.md"
WEAKEST = 5
BLUNT = 0.8  # below this share of real drawings read right a scorer says little about generated ones

TEXT = """# The sketch engine's weights

Storyboard drawings of captioned scenes, as stills and as clips of up to {frames} drawings at 12 a second.
Preset `{preset}`: the networks think in {width}x{height}, the decoder draws {drawn_width}x{drawn_height}.
Fingerprint `{fingerprint}`. Apache-2.0, like the program.

## What they are

| part | parameters |
|---|---|
{parts}
| together | {total:.2f} M, {megabytes:.1f} MB in bf16 |

A temporal autoencoder (8x8x8, {channels} channels, causal: 1 + 8n drawings are 1 + n latents; one value of a clip's
latents stands for {clip_values:.1f} values of its pixels, of a still's for {still_values:.1f}), a transformer with flow
matching, and a text encoder over the words of `assets/prompts/sketch.toml`; text beyond them is read as bytes, which
were never trained and say little. A prompt counts up to its first {tokens} tokens. One set of weights draws stills,
text to video, given frames, masks, loops, guides and up to eight references.

## How they were made

**Trained in the {tier} tier.** From nothing but the drawings of `model_runtime/stage`; no picture, text or weight from
elsewhere went in. Held-out combinations of place, time, weather, shot size and action, and of what was added later,
were never trained on, by a rule fixed before the first run.

| training | steps | minutes | machine |
|---|---|---|---|
{training}

## Measured

On held-out combinations only, {steps} steps in bf16, guidance {guidance:g} on text and {reference_guidance:g} on
references. Read by small classifiers trained on drawings and their autoencoder round trips with other seeds. *Real
drawings* are the stage's own drawings of the same captions, the most a scorer can read; *shuffled* compares each
generated picture with the caption of another one, and must fall to chance. Targets are met by the measured value
itself; a target in brackets belongs to the tier these weights were not trained in. One line a clip: `evaluation.csv`.

{answers}

People alone are asked about where they are large enough, garments not in close-ups; walking or standing and actions
of clips of nine drawings of one person in a wide shot before a resting camera; camera moves, each as often as the
others, of whole clips. With references the caption names subjects by their marks alone.

| figure | value | 95 % | clips | CPU target | GPU target |
|---|---|---|---|---|---|
{values}

Decibels of given drawings are below the autoencoder's own round trip of the same drawings. Steps at seams are counted
as right where they are no larger than the 95th percentile of the clip's own steps, after writing back, which carries
the detail of given drawings into those around them and leads a loop that does not come back by itself to its start.
Short ideas are the 160 of `model_runtime/training/evaluation/ideas.toml`, fixed before they were measured: 100 of
held-out scenes, 30 free ones in English and 30 in Chinese. Each is drawn as it is and as the built-in prompt writer
expands it, with the same seed and {expansion_steps} steps; counted is the share of what the idea tells that the scorers
find shown, with intervals of the paired differences by bootstrap. `ideas.png` shows every ninth, the idea left of its
expansion.

{costs}

## What is weak

{weak}
"""

ALWAYS_WEAK = (
    "Only the words of the list are understood; other places, things and actions are not.",
    "Classifiers are easier to please than eyes: a full score here says that the right thing is shown, not that it is "
    "shown well.",
)


def write_card(folder: Path) -> None:
    """Write `CARD.md` beside the weights, from the manifest, rows and timing that are there."""
    (folder / CARD).write_text(card_text(folder), "utf-8")


def card_text(folder: Path) -> str:
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    rows = read_rows(folder / ROWS_FILE)
    timing_path = folder / TIMING_FILE
    timing = json.loads(timing_path.read_text("utf-8")) if timing_path.exists() else None
    preset, counts, tier = manifest["preset"], manifest["parameters"], tier_of(manifest)
    draws = preset["autoencoder"]["draws"]
    per_clip, per_still = compression(preset)
    answers, values = answer_lines(rows), value_lines(rows)
    return TEXT.format(
        frames=preset["max_frames"],
        preset=preset["name"],
        width=preset["width"],
        height=preset["height"],
        drawn_width=preset["width"] * draws,
        drawn_height=preset["height"] * draws,
        fingerprint=fingerprint(folder),
        parts="\n".join(f"| {name} | {count / 1e6:.2f} M |" for name, count in counts.items()),
        total=sum(counts.values()) / 1e6,
        megabytes=sum(facts["bytes"] for facts in manifest["files"].values()) / 1e6,
        channels=preset["autoencoder"]["latent_channels"],
        clip_values=per_clip,
        still_values=per_still,
        tokens=preset["text"]["max_tokens"],
        tier=tier,
        training="\n".join(_training(name, facts) for name, facts in manifest["training"].items()),
        steps=STEPS,
        expansion_steps=EXPANSION_STEPS,
        guidance=GUIDANCE,
        reference_guidance=REFERENCE_GUIDANCE,
        answers=_answers_table(answers, tier),
        values="\n".join(_value_row(line, tier) for line in values),
        costs=_costs_table(timing, tier),
        weak="\n".join(f"- {sentence}" for sentence in weaknesses(answers, values, timing, tier)),
    )


def tier_of(manifest: Mapping[str, Any]) -> str:
    """GPU if any part was trained on one."""
    devices = [_device(facts) for facts in manifest["training"].values()]
    return "CPU" if all(device.lower().startswith("cpu") for device in devices) else "GPU"


def _device(facts: Mapping[str, Any]) -> str:
    return str(facts.get("device", "CPU"))


def _training(name: str, facts: Mapping[str, Any]) -> str:
    return f"| {name} | {facts['steps']} | {facts['minutes']:.0f} | {_device(facts)} |"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _bounds(estimate: Estimate) -> str:
    return f"{100 * estimate.low:.0f}-{100 * estimate.high:.0f}"


def _target_cells(name: str, value: float, ceiling: float, tier: str, shown: str) -> str:
    """The two last cells of a row: CPU target and GPU target, with whether they are met."""
    cells = []
    for each in TIERS:
        target = TARGETS[each].get(name)
        if target is None:
            cells.append("-")
            continue
        limit = target.limit(ceiling)
        text = f"{_percent(limit) if shown == SHARE else f'{limit:g} {shown}'.strip()}"
        verdict = "met" if target.is_met(value, ceiling) else "missed"
        cells.append(f"{text}, {verdict}" if each == tier else f"({text}, {verdict})")
    return " | ".join(cells)


def _answers_table(lines: Sequence[AnswerLine], tier: str) -> str:
    table = [
        "| attribute | chance | shuffled | real drawings | generated | 95 % | pictures | CPU target | GPU target |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    table += [
        f"| {line.name} | {_percent(line.chance)} | {_percent(line.shuffled.value)} | {_percent(line.real.value)} "
        f"| {_percent(line.generated.value)} | {_bounds(line.generated)} | {line.generated.count} "
        f"| {_target_cells(line.name, line.generated.value, line.real.value, tier, SHARE)} |"
        for line in lines
    ]
    return "\n".join(table)


def _value_row(line: ValueLine, tier: str) -> str:
    value = line.value
    if line.unit == SHARE:
        shown, bounds = _percent(value.value), _bounds(value)
    else:
        shown, bounds = f"{value.value:.3g} {line.unit}".strip(), f"{value.low:.3g} to {value.high:.3g}"
    targets = _target_cells(line.name, value.value, 1.0, tier, line.unit)
    return f"| {line.name} | {shown} | {bounds} | {value.count} | {targets} |"


def _cost_values(timing: Mapping[str, Any]) -> list[tuple[str, float, str, str]]:
    """(name, value, unit, how) of every measured cost."""
    found = []
    for each in timing["costs"]:
        how = f"{each['drawings']} drawings, {each['steps']} steps, guidance on {each['guidances']}"
        how += f", {each['references']} references" if each["references"] else ""
        found.append((f"one {each['kind']}", each["seconds"], "s", how))
        found.append((f"memory of one {each['kind']}", each["megabytes"], "MB", how))
    return found


def _costs_table(timing: Mapping[str, Any] | None, tier: str) -> str:
    if timing is None:
        return "Time and memory were not measured."
    table = [
        f"Time and memory in a process of its own, on {timing['threads']} threads of {timing['machine']}:",
        "",
        "| cost | value | of | CPU target | GPU target |",
        "|---|---|---|---|---|",
    ]
    table += [
        f"| {name} | {value:g} {unit} | {how} | {_target_cells(name, value, 1.0, tier, unit)} |"
        for name, value, unit, how in _cost_values(timing)
    ]
    return "\n".join(table)


def weaknesses(
    answers: Sequence[AnswerLine], values: Sequence[ValueLine], timing: Mapping[str, Any] | None, tier: str
) -> list[str]:
    """Every target of the tier that was missed, then the answers furthest below what real drawings reach."""
    targets = TARGETS[tier]
    found = [
        _missed(line.name, targets[line.name], line.generated.value, line.real.value, SHARE)
        for line in answers
        if line.name in targets
    ]
    found += [
        _missed(line.name, targets[line.name], line.value.value, 1.0, line.unit)
        for line in values
        if line.name in targets
    ]
    if timing is not None:
        found += [
            _missed(name, targets[name], value, 1.0, unit)
            for name, value, unit, _ in _cost_values(timing)
            if name in targets
        ]
    told_apart = [line for line in answers if line.generated.value < line.real.value and "withheld" not in line.name]
    furthest = sorted(told_apart, key=lambda line: line.generated.value / line.real.value)[:WEAKEST]
    for line in furthest:
        below = f"{line.name}: {_percent(line.generated.value)} where real drawings reach {_percent(line.real.value)}"
        found.append(below + (f"; most often {line.confusion}." if line.confusion else "."))
    blunt = [f"{line.name} {_percent(line.real.value)}" for line in answers if line.real.value < BLUNT]
    if blunt:
        found.append(f"The scorers themselves read little of some things, even off real drawings: {', '.join(blunt)}.")
    return [*(sentence for sentence in found if sentence), *ALWAYS_WEAK]


def _missed(name: str, target: Target, value: float, ceiling: float, unit: str) -> str:
    if target.is_met(value, ceiling):
        return ""
    wanted = target.limit(ceiling)
    if unit == SHARE:
        return f"Missed: {name}, {_percent(value)} where {_percent(wanted)} were asked."
    return f"Missed: {name}, {value:.3g} {unit} where {wanted:g} {unit} were asked."
