"""Every line of the card's tables, computed from the rows that were measured and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from model_runtime.training.evaluation.attributes import attribute
from model_runtime.training.evaluation.expansions import EXPANDED, FIGURE, RAW
from model_runtime.training.evaluation.intervals import Estimate, bootstrap, mean, share
from model_runtime.training.evaluation.references import CASTS, IN_WORDS, WITH, WITHOUT
from model_runtime.training.evaluation.rows import Row

DECIBELS, SHARE, PLAIN = "dB", "%", ""
BY_PIXELS = " by pixels"  # after an attribute's name: the answer of the check without learning


@dataclass(frozen=True)
class AnswerLine:
    """How often pictures show what was asked, beside the two controls: real drawings, and captions shuffled."""

    name: str
    chance: float
    generated: Estimate
    real: Estimate
    shuffled: Estimate
    confusion: str = ""  # what is most often shown in whose place


@dataclass(frozen=True)
class ValueLine:
    name: str
    value: Estimate
    unit: str


@dataclass(frozen=True)
class _Asked:
    """One line of answers: rows of a figure, those with `given` alone where it is told, and their attribute."""

    name: str
    figure: str
    attribute: str
    given: str | None = None
    answers: int | None = None  # how many there are to choose from, where the attribute's own number is not it


_ASKED = (
    *(_Asked(name, "stills", name) for name in ("location", "time of day", "weather", "shot size", "angle", "people")),
    *(_Asked(name, "singles", name) for name in ("top colour", "side", "facing", "garment", "kind", "hair", "hat")),
    _Asked("walks or stands", "walks", "walks or stands", answers=2),
    _Asked("action", "actions", "action"),
    _Asked("camera move", "moves", "camera move"),
    _Asked("top colour from a reference", "casts", "top colour", WITH),
    _Asked("top colour, reference withheld", "casts", "top colour", WITHOUT),
    _Asked("which of 8 casts, from a reference", "casts", "cast", WITH, CASTS),
    _Asked("which of 8 casts, reference withheld", "casts", "cast", WITHOUT, CASTS),
    _Asked("which of 8 casts, told in words", "casts", "cast", IN_WORDS, CASTS),
)


def answer_lines(rows: Sequence[Row]) -> list[AnswerLine]:
    lines = []
    for each in _ASKED:
        mine = [row for row in rows if row.figure == each.figure and each.given in (None, row.given)]
        mine = [row for row in mine if each.attribute in row.told]
        if mine:
            chance = 1 / each.answers if each.answers else attribute(each.attribute).chance
            lines.append(_line(each.name, chance, mine, itemgetter(each.attribute)))
    swapped = [row for row in rows if row.figure == "swaps"]
    if swapped:
        lines.append(_line("both colours of a pair, from references", 1 / 64, swapped, _before))
        lines.append(
            _line("and exchanged with the references", 1 / 4096, swapped, lambda answers: tuple(answers.values()))
        )
    return lines


def _before(answers: Mapping[str, str]) -> tuple[str, str]:
    return answers["colour left"], answers["colour right"]


def _line(name: str, chance: float, rows: Sequence[Row], answer: Callable[[Mapping[str, str]], object]) -> AnswerLine:
    asked = [answer(row.told) for row in rows]
    shown, real = [answer(row.generated) for row in rows], [answer(row.drawing) for row in rows]
    half = len(rows) // 2
    others = asked[half:] + asked[:half]  # each picture against the caption of another one
    return AnswerLine(
        name,
        chance,
        _agreeing(asked, shown),
        _agreeing(asked, real),
        _agreeing(others, shown),
        _confusion(asked, shown),
    )


def _agreeing(one: Sequence[object], other: Sequence[object]) -> Estimate:
    return share(sum(a == b for a, b in zip(one, other, strict=True)), len(one))


def _confusion(asked: Sequence[object], shown: Sequence[object]) -> str:
    wrong = Counter(pair for pair in zip(asked, shown, strict=True) if pair[0] != pair[1] and isinstance(pair[0], str))
    if not wrong:
        return ""
    (wanted, drawn), count = wrong.most_common(1)[0]
    return f"{wanted} shown as {drawn} ({count} times)"


def value_lines(rows: Sequence[Row]) -> list[ValueLine]:
    of = {figure: [row.measured for row in rows if row.figure == figure] for figure in {row.figure for row in rows}}
    return [
        *_autoencoder(of.get("autoencoder", [])),
        *_losses(of.get("losses", [])),
        *_given(of),
        *_guides(of.get("guides", [])),
        *_expansions([row for row in rows if row.figure == FIGURE]),
        *_pixels([row for row in rows if row.figure == "pixels"]),
    ]


Measured = Sequence[Mapping[str, float]]


def _mean(name: str, measured: Measured, key: str, unit: str) -> ValueLine:
    return ValueLine(name, mean([each[key] for each in measured]), unit)


def _autoencoder(measured: Measured) -> list[ValueLine]:
    if not measured:
        return []
    return [
        _mean("autoencoder, clips", measured, "clip PSNR", DECIBELS),
        _mean("autoencoder, stills", measured, "still PSNR", DECIBELS),
        _mean("autoencoder, clips at the size the decoder draws", measured, "drawn PSNR", DECIBELS),
        _mean("autoencoder, clips, SSIM", measured, "clip SSIM", PLAIN),
        _mean("autoencoder, stills, SSIM", measured, "still SSIM", PLAIN),
    ]


def _losses(measured: Measured) -> list[ValueLine]:
    if not measured:
        return []
    means = [sum(each.values()) / len(each) for each in measured]
    at = [_mean(f"flow-matching loss at time {time}", measured, time, PLAIN) for time in measured[0]]
    return [ValueLine("flow-matching loss, held-out clips", mean(means), PLAIN), *at]


def _given(of: Mapping[str, Measured]) -> list[ValueLine]:
    lines: list[ValueLine] = []
    ends, bridges, loops = (of.get(figure, []) for figure in ("first and last", "bridges", "loops"))
    if ends:
        lines.append(_lost("first drawing given, before writing back", ends, "first"))
        lines.append(_lost("last drawing given, before writing back", ends, "others"))
        lines.append(_smooth("step from a given first drawing", ends, "first seam"))
        lines.append(_smooth("step to a given last drawing", ends, "last seam"))
    if bridges:
        lines.append(_lost("nine drawings given at each end, before writing back", bridges, "others"))
        lines.append(_smooth("step into a bridge", bridges, "first seam"))
        lines.append(_smooth("step out of a bridge", bridges, "last seam"))
    if loops:
        lines.append(_smooth("step from a loop's end to its start", loops, "loop seam"))
    return lines


def _lost(name: str, measured: Measured, which: str) -> ValueLine:
    """Decibels below the autoencoder's round trip of the same drawings."""
    return ValueLine(name, mean([each[f"{which} round trip"] - each[which] for each in measured]), DECIBELS)


def _smooth(name: str, measured: Measured, seam: str) -> ValueLine:
    """Share of clips whose step at the seam is no larger than the 95th percentile of their other steps."""
    return ValueLine(name, share(sum(each[seam] <= each["own steps"] for each in measured), len(measured)), SHARE)


def _guides(measured: Measured) -> list[ValueLine]:
    if not measured:
        return []
    return [
        _mean("edges of guided clips, correlation with the guide's scene", measured, "guided", PLAIN),
        _mean("the same without the guide", measured, "not guided", PLAIN),
        _mean("the same against another clip's guide", measured, "another's guide", PLAIN),
    ]


def _expansions(rows: Sequence[Row]) -> list[ValueLine]:
    """Shares of what an idea tells that its picture shows: of the ideas, of their expansions, and their difference."""
    shown: dict[str, dict[int, dict[str, float]]] = {}
    for row in rows:
        group, _, given = row.given.rpartition(", ")
        right = sum(row.generated[name] == answer for name, answer in row.told.items()) / len(row.told)
        shown.setdefault(group, {}).setdefault(row.clip, {})[given] = right
    if not shown:
        return []
    every = [pair for pairs in shown.values() for pair in pairs.values()]
    lines = [
        ValueLine("short ideas as they are, shown of what they tell", bootstrap([one[RAW] for one in every]), SHARE),
        ValueLine("the same expanded by the grammar", bootstrap([one[EXPANDED] for one in every]), SHARE),
        ValueLine("expanded minus raw", _gained(every), SHARE),
    ]
    return lines + [
        ValueLine(f"expanded minus raw, {group}", _gained(list(pairs.values())), SHARE)
        for group, pairs in shown.items()
    ]


def _gained(pairs: Sequence[Mapping[str, float]]) -> Estimate:
    return bootstrap([one[EXPANDED] - one[RAW] for one in pairs])


def _pixels(rows: Sequence[Row]) -> list[ValueLine]:
    """How often the check by pixels and the scorer agree about the same pictures, generated and real."""
    if not rows:
        return []
    lines = []
    for name in rows[0].told:
        for pictures, answers in (
            ("", [row.generated for row in rows]),
            (", real drawings", [row.drawing for row in rows]),
        ):
            agreeing = sum(each[name] == each[name + BY_PIXELS] for each in answers)
            found = share(agreeing, len(rows))
            lines.append(ValueLine(f"scorer and pixel check agree on {name}{pictures}", found, SHARE))
    return lines


def compression(preset: Mapping[str, Any]) -> tuple[float, float]:
    """How many values of a clip, and of a still, stand for one value of its latents."""
    channels = preset["autoencoder"]["latent_channels"]
    cells = preset["width"] // 8 * (preset["height"] // 8) * channels
    pixels = 3 * preset["width"] * preset["height"]
    frames = preset["max_frames"]
    return frames * pixels / ((1 + (frames - 1) // 8) * cells), pixels / cells
