"""The two networks that are trained together, and the words they are trained on."""

from __future__ import annotations

from string import Formatter

from torch import nn

from model_runtime.stage.words import load_words
from model_runtime.video.presets import SketchPreset
from model_runtime.video.text import MARKS, PUNCTUATION, SketchTextEncoder
from model_runtime.video.transformer import SketchTransformer


def vocabulary_words() -> list[str]:
    """Punctuation, every single word captions are made of, in a fixed order, and the marks of subjects."""
    words = load_words()
    lists = {name: value for name, value in vars(words).items() if name != "caption"}
    phrases = [phrase for each in lists.values() for phrase in each]
    phrases += [part for text in vars(words.caption).values() for part, *_ in Formatter().parse(text)]
    single = [word for phrase in phrases for word in phrase.replace(",", " ").replace(".", " ").split()]
    return [*PUNCTUATION, *dict.fromkeys(single), *MARKS]


class Networks(nn.Module):
    def __init__(self, preset: SketchPreset) -> None:
        super().__init__()
        self.text_encoder = SketchTextEncoder(vocabulary_words(), **vars(preset.text))
        self.transformer = SketchTransformer(**vars(preset.transformer))
