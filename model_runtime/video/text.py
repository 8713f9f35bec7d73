"""Text to tokens to vectors: a small vocabulary of the stage's own words, bytes for everything else.

A prompt longer than the encoder's limit is cut: the first `max_tokens` tokens count, the rest is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional

from model_runtime.video.layers import FeedForward, RmsNorm, SelfAttention
from model_runtime.video.presets import MOST_REFERENCES

PAD, START = 0, 1
BYTES_FROM = 2
WORDS_FROM = BYTES_FROM + 256
PUNCTUATION = (".", ",")
SENTENCES = 8  # sentences told apart by number; later ones share the last
PLACES = 48  # places within a sentence told apart; later ones share the last
NEIGHBOURS = 5  # tokens the first layer mixes, so that "red hair" and "red coat" differ at once

MARKS = tuple(f"<s{number}>" for number in range(1, MOST_REFERENCES + 1))
"""Words that stand for a subject shown by reference pictures; they follow the other words of a vocabulary."""

_PIECES = re.compile(r"<s\d>|[A-Za-z]+(?:-[A-Za-z]+)*|\s+|.", re.DOTALL)


class Vocabulary:
    """Tokens of a text: the start token, then a token for each known word, and bytes for everything else."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._ids = {word: WORDS_FROM + number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return WORDS_FROM + len(self.words)

    def tokens(self, text: str, limit: int) -> list[int]:
        """At most `limit` tokens. Known words match in any case; unknown ones are kept as written."""
        found = [START]
        after_unknown = False
        for match in _PIECES.finditer(text):
            piece = match.group()
            if piece.isspace():
                continue
            known = self._ids.get(piece.lower())
            if known is not None:
                found.append(known)
            else:
                # spaces are told only between unknown words, where they are needed to part them
                spaced = after_unknown and match.start() > 0 and text[match.start() - 1].isspace()
                found.extend(BYTES_FROM + byte for byte in ((b" " if spaced else b"") + _utf8(piece)))
            after_unknown = known is None
            if len(found) >= limit:
                break
        return found[:limit]

    def marks(self, slots: Sequence[int]) -> list[int]:
        """Tokens of the marks of slots, which count from 1; ValueError for a slot that has none."""
        wrong = [slot for slot in slots if not 1 <= slot <= len(MARKS) or MARKS[slot - 1] not in self._ids]
        if wrong:
            raise ValueError(f"there is no mark for slot {wrong[0]}: slots are 1 to {len(MARKS)}")
        return [self._ids[MARKS[slot - 1]] for slot in slots]

    def places(self, tokens: Sequence[int]) -> tuple[list[int], list[int]]:
        """For each token the number of its sentence and its place in it."""
        stop = self._ids.get(".")
        sentences, places = [], []
        sentence = place = 0
        for token in tokens:
            sentences.append(min(sentence, SENTENCES - 1))
            places.append(min(place, PLACES - 1))
            place += 1
            if token == stop:
                sentence, place = sentence + 1, 0
        return sentences, places


def _utf8(piece: str) -> bytes:
    return piece.encode("utf-8", errors="replace")  # a lone surrogate has no bytes


class SketchTextEncoder(ModelMixin, ConfigMixin):
    """Tokens (b, m) to vectors (b, m, d), two bidirectional layers over words that know their sentence."""

    @register_to_config
    def __init__(
        self,
        words: list[str] | tuple[str, ...] = (),
        width: int = 128,
        layers: int = 2,
        heads: int = 4,
        max_tokens: int = 128,
    ) -> None:
        super().__init__()
        self.vocabulary = Vocabulary(words)
        self.max_tokens = max_tokens
        self.embed_token = nn.Embedding(len(self.vocabulary), width)
        self.embed_sentence = nn.Embedding(SENTENCES, width)
        self.embed_place = nn.Embedding(PLACES, width)
        self.neighbours_table = nn.Parameter(torch.zeros(width, 1, NEIGHBOURS))
        self.blocks = nn.ModuleList(TextBlock(width, heads) for _ in range(layers))
        self.norm_out = RmsNorm(width)
        self.initialize_weights()

    def initialize_weights(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.3)
        nn.init.normal_(self.neighbours_table, std=0.3)

    def forward(self, tokens: Tensor, sentences: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        """(b, m) each -> (b, m, d)"""
        x = self.embed_token(tokens) + self.embed_sentence(sentences) + self.embed_place(places)
        x = x * mask[:, :, None].to(x.dtype)
        table = self.neighbours_table.to(x.dtype)
        x = x + functional.conv1d(x.transpose(1, 2), table, padding=NEIGHBOURS // 2, groups=x.shape[2]).transpose(1, 2)
        for block in self.blocks:
            x = block(x, mask[:, None, None, :])
        return cast(Tensor, self.norm_out(x))

    def encode(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Vectors (b, m, d) and mask (b, m) of texts, padded to the longest."""
        return self.encode_tokens([self.vocabulary.tokens(text, self.max_tokens) for text in texts])

    def marks(self, slots: Sequence[int]) -> Tensor:
        """The vectors (p, d) of the words `<s1>` to `<s8>`; slots count from 1. ValueError for a slot there is not."""
        ids = self.vocabulary.marks(slots)
        return cast(Tensor, self.embed_token(torch.tensor(ids, device=self.embed_token.weight.device)))

    def encode_tokens(self, lists: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        longest = max(len(tokens) for tokens in lists)
        device = self.embed_token.weight.device
        tokens, sentences, places = (torch.zeros(len(lists), longest, dtype=torch.long) for _ in range(3))
        for row, each in enumerate(lists):
            tokens[row, : len(each)] = torch.tensor(each)
            where, place = self.vocabulary.places(each)
            sentences[row, : len(each)] = torch.tensor(where)
            places[row, : len(each)] = torch.tensor(place)
        mask = tokens != PAD
        inputs = (each.to(device) for each in (tokens, sentences, places))
        return self(*inputs, mask.to(device)), mask.to(device)


class TextBlock(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = RmsNorm(width)
        self.attention = SelfAttention(width, heads)
        self.norm_2 = RmsNorm(width)
        self.feed_forward = FeedForward(width, 2 * width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = x + self.attention(self.norm_1(x), mask)
        return x + cast(Tensor, self.feed_forward(self.norm_2(x)))
