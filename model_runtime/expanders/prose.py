"""Full prompts in prose: the draft in its own words, with everybody described and what fields tell put into sentences.

An engine that reads prose reads any words, so the draft is kept as it is. It is told anew, in the words the lexicon
knows, only where the style reads another language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model_runtime import protocol
from model_runtime.expanders.carried import carried
from model_runtime.expanders.introduced import Introducer, Subject, name_of
from model_runtime.expanders.lexicon import name_token, tokens
from model_runtime.expanders.people import Wish
from model_runtime.expanders.phrases import Phrases, language_of, sentence_case
from model_runtime.expanders.setting import PLACE, Setting
from model_runtime.expanders.shot_words import ShotWords
from model_runtime.expanders.styles import Style
from model_runtime.expanders.telling import STOPS, Telling, one_line
from model_runtime.expanders.things import ThingWish
from model_runtime.mentions import mentions, names
from model_runtime.quotes import QUOTED

SPEAKER = re.compile(r"\s*(@?[^\W\d_][\w '-]{0,30})\s*[:：]\s*(.+)", re.DOTALL)
LOOK = "look"
"""Kind of the subjects that are no thing in the picture but its look."""
NOTHING_NEW = frozenset({"standing", "moving", "spoken"})
"""Meanings that add nothing to a sentence that tells more."""
NEGATIVE, TEXT = "negative", "text"


class Prose:
    """One prompt in one style and language. `parts` in the style's order; `notes` say what is not in them."""

    def __init__(self, words: ShotWords, style: Style, phrases: Phrases) -> None:
        self._words, self._style, self._phrases = words, style, phrases
        self._request, self._fields = words.request, words.fields
        self._tell = Telling(words, style, phrases)
        self._people = Introducer(self._request.subjects, phrases, words.lexicon)
        self._setting = Setting(self._tell, self._people)
        self._is_retold = False
        self.parts = self._in_order(self._told())
        self.notes = tuple(dict.fromkeys(self._tell.notes))

    def _told(self) -> dict[str, str]:
        """Every kind of part with its text, empty where there is nothing to say."""
        caption = self._caption()  # first: it introduces those it names
        return {
            "caption": caption,
            "motion": self._motion(),
            "subjects": self._subjects(),
            "place": self._setting.place(),
            "wardrobe": self._wardrobe(),
            "continuity": self._continuity(),
            "shot": self._setting.shot(),
            "camera": self._setting.camera(),
            "style": self._look(),
        }

    def _in_order(self, told: Mapping[str, str]) -> tuple[protocol.PromptPart, ...]:
        locked = [part for part in self._request.locked if part.text.strip()]
        found: list[protocol.PromptPart] = []
        for kind in dict.fromkeys([*self._style.order, *(part.kind for part in locked if part.kind != NEGATIVE)]):
            mine = [part for part in locked if part.kind == kind]
            found += mine or ([protocol.PromptPart(kind, told[kind])] if told.get(kind) else [])
        if lost := self._lost(" ".join(part.text for part in found)):
            found.append(protocol.PromptPart(TEXT, lost))
        negative = self._style.negative.get(self._phrases.language, "")
        kept_out = [part for part in locked if part.kind == NEGATIVE]
        return (*found, *(kept_out or ([protocol.PromptPart(NEGATIVE, negative)] if negative else [])))

    # --- what happens ------------------------------------------------------------------------------------------

    def _caption(self) -> str:
        draft = self._tell.unlabelled
        if draft and self._tell.is_own(draft):
            return self._people.introduced(self._tell.finished(draft))
        if language_of(draft):
            self._tell.notes.append(
                "The prompt is in another language than the draft: only what is known in both is told."
            )
        action = self._fields.get("action", "")
        if not draft and action and self._tell.is_own(action):
            return self._people.introduced(self._with_somebody(action))
        return self._told_anew()

    def _told_anew(self) -> str:
        """A sentence for everybody and everything that is seen, as far as it was understood."""
        self._is_retold = True
        people = self._words.cast.wishes
        if len(people) > 1 and all(one.action == "hugging" for one in people):
            first, second = (self._who(one).rstrip(",") for one in people[:2])
            return self._phrases.frame("embrace", first=first, second=second)
        sentences = [self._phrases.sentence(self._who(one), one) for one in self._seen]
        return self._tell.sentences(sentences) or self._phrases.frame("nobody")

    def _who(self, one: Wish | ThingWish) -> str:
        subject = self._subject(one.name)
        if subject is not None:
            return self._people.by_name(subject)
        return self._phrases.looks(one.looks) if isinstance(one, Wish) else self._phrases.thing(one)

    def _motion(self) -> str:
        """What the action field tells beside the draft, and who speaks."""
        action, draft = self._fields.get("action", ""), self._tell.unlabelled
        told = ""
        if draft and not self._is_retold and self._adds(action, draft):
            if self._tell.is_own(action):
                told = self._people.introduced(self._with_somebody(action))
            else:
                self._tell.leave_out("action", action)
        return self._tell.sentences([told, self._speech()])

    def _adds(self, text: str, to: str) -> bool:
        """Whether a text tells more than what another one says in its own words."""
        new, known = self._content(text), self._content(to)
        return len(new - known) > len(new) / 3

    def _content(self, text: str) -> set[str]:
        """Meanings of a text and its words without any; standing about is nothing to tell."""
        read, lexicon = tokens(text), self._words.lexicon
        meanings = {one.word for one in lexicon.find(read)} - NOTHING_NEW
        return meanings | set(lexicon.unknown(read, self._words.cast.names))

    def _speech(self) -> str:
        dialogue = self._fields.get("dialogue", "")
        if not dialogue:
            return ""
        named = SPEAKER.fullmatch(dialogue)
        who = self._speaker(named[1]) if named else self._only_one() or self._phrases.frame("somebody")
        words = named[2] if named else dialogue
        if not self._style.speech:
            is_told = any(one.word == "talking" for one in self._words.cast.all_found)
            return "" if is_told else self._phrases.frame("speaks", who=who)
        quoted = words if QUOTED.fullmatch(words) else f"“{words.strip()}”"
        return self._tell.sentence("speech", who=who, words=quoted)

    def _speaker(self, name: str) -> str:
        """A subject by its @name, anybody else as people write a name: scripts write MARA."""
        subject = self._subject("@" + name.strip().removeprefix("@").replace(" ", "_"))
        return name_of(subject) if subject else name.strip().title() if name.isupper() else name.strip()

    def _only_one(self) -> str:
        named = [name_of(one) for one in self._request.subjects if one.get("kind", "character") == "character"]
        return named[0] if len(named) == 1 else ""

    def _with_somebody(self, action: str) -> str:
        """ "waits for the ferry": whoever is alone in the shot does it."""
        who = self._only_one() if self._is_without_somebody(action) else ""
        return self._tell.finished(f"{who} {action[:1].lower()}{action[1:]}" if who else action)

    def _is_without_somebody(self, action: str) -> bool:
        """Whether it begins with a verb: one that is known, or a word in -s with a small word after it."""
        read, lexicon = tokens(action), self._words.lexicon
        if not read or any(token in self._words.cast.names for token in read):
            return False
        found = lexicon.find(read)
        if found and found[0].start == 0:
            return found[0].field in ("action", "motion")
        follows = read[1] if len(read) > 1 else ""
        return read[0].endswith("s") and not lexicon.knows(read[0]) and (not follows or follows in lexicon.ignored)

    # --- who is there ------------------------------------------------------------------------------------------

    def _subjects(self) -> str:
        """Those whom no sentence named, and where fields say that somebody stands."""
        sentences = []
        for subject in self._request.subjects:
            if not name_of(subject) or subject.get("kind") in (PLACE, LOOK):
                continue
            there = name_of(subject) in self._people.mentioned
            sentences.append(self._added(subject) if not there else "" if self._is_retold else self._staged(subject))
        return self._tell.sentences([*sentences, *self._people.afterwards()])

    def _staged(self, subject: Subject) -> str:
        """Where a field puts somebody and what it says they do, unless the draft says so."""
        name, said = name_of(subject), self._words.cast.said_of(name_token(name_of(subject)))
        told = {one for one in ("side", "facing") if subject.get(one) and all(found.field != one for found in said)}
        wish = self._wish(name)
        where = self._phrases.staged(*(getattr(wish, one, "") if one in told else "" for one in ("side", "facing")))
        action = str(subject.get("action", "")).strip().rstrip(STOPS)
        sentences = [self._phrases.frame("where", who=name, where=where)] if where else []
        if self._tell.is_own(action) and self._adds(action, f"{self._tell.draft} {self._fields.get('action', '')}"):
            form = "is_doing" if action.partition(" ")[0].endswith("ing") else "does"
            sentences.append(self._phrases.frame(form, who=name, action=action))
        return self._tell.sentences(sentences)

    def _added(self, subject: Subject) -> str:
        """A sentence of its own, which says who "she" or "the woman" of the draft is."""
        wish = self._wish(name_of(subject))
        meant = self._meant(wish.looks.kind) if isinstance(wish, Wish) else ""
        who = self._people.by_name(subject)
        if meant:
            return self._phrases.frame("same", who=meant, name=who.rstrip(","))
        return self._phrases.frame("there", who=who) if wish is None else self._phrases.sentence(who, wish)

    def _meant(self, kind: str) -> str:
        """How the draft speaks of somebody of this kind without a name; empty where it does not, or of another one."""
        alike = [wish for wish in self._words.cast.wishes if wish.looks.kind == kind]
        if len(alike) != 1 or not self._tell.is_own(self._tell.draft):
            return ""
        said = {one.field for one in self._words.cast.draft_found if one.word == kind}
        noun = self._phrases.frame("the", noun=self._phrases.said("kind", kind))
        if "pronoun" in said:
            return sentence_case(self._phrases.said("pronoun", kind))
        return noun if "kind" in said else ""

    def _wardrobe(self) -> str:
        worn = [(name_of(one), self._people.worn(one)) for one in self._request.subjects]
        return self._tell.sentences(
            [self._tell.sentence("worn", name=name, worn=titles) for name, titles in worn if titles]
        )

    def _continuity(self) -> str:
        """What is in somebody's hands still, and the light where only the shot before tells it."""
        now = " ".join([self._tell.draft, self._fields.get("action", "")])
        names = [name_of(one) for one in self._request.subjects if name_of(one)]
        held = carried(self._request.before, names, now, self._phrases.language)
        sentences = [self._tell.sentence("held", name=name, thing=thing) for name, thing in held]
        return self._tell.sentences([*sentences, self._setting.kept_light()])

    def _look(self) -> str:
        looks = [str(one.get("description", "")) for one in self._request.subjects if one.get("kind") == LOOK]
        return self._tell.sentences(
            [self._tell.finished(one_line(each)) for each in (*looks, self._request.style_notes)]
        )

    # --- small things ------------------------------------------------------------------------------------------

    def _lost(self, text: str) -> str:
        """The draft's quotations that stand nowhere in the text; names that do not are noted."""
        lost = [quote for quote in QUOTED.findall(self._tell.draft) if quote not in text]
        gone = [name for name in mentions(self._tell.draft) if not names(text, name)]
        self._tell.notes += [f"{name} is left out: it is no subject of this shot." for name in gone]
        return self._tell.finished(self._phrases.frame("words", words=" ".join(lost))) if lost else ""

    @property
    def _seen(self) -> Sequence[Wish | ThingWish]:
        return [*self._words.cast.wishes, *self._words.cast.animals]

    def _subject(self, name: str) -> Subject | None:
        return next((one for one in self._request.subjects if name_token(name_of(one)) == name_token(name)), None)

    def _wish(self, name: str) -> Wish | ThingWish | None:
        return next((one for one in self._seen if one.name == name_token(name)), None)
