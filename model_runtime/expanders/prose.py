"""Full prompts in prose: the draft in its own words, with everybody described and what fields tell put into sentences.

An engine that reads prose reads any words, so the draft is kept as it is. It is told anew, in the words the lexicon
knows, only where the style reads another language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model_runtime import protocol
from model_runtime.expanders.captions import USUAL
from model_runtime.expanders.carried import carried
from model_runtime.expanders.introduced import Introducer, Subject, name_of
from model_runtime.expanders.lexicon import QUOTED, name_token, tokens
from model_runtime.expanders.people import Wish
from model_runtime.expanders.phrases import CHINESE_LANGUAGE, Phrases, language_of, sentence_case
from model_runtime.expanders.shot_words import LABEL, LIGHT, ShotWords
from model_runtime.expanders.styles import Style, filled
from model_runtime.expanders.things import ThingWish
from model_runtime.expanders.variants import turn
from model_runtime.mentions import mentions

SPEAKER = re.compile(r"\s*(@?[^\W\d_][\w '-]{0,30})\s*[:：]\s*(.+)", re.DOTALL)
STOPS = ".!?…。！？"
ENDED = re.compile(rf"[{re.escape(STOPS)}][”\"」』)）]*$")
OWN_PLACE = "location"
LOOK = "look"


class Prose:
    """One prompt in one style and language. `parts` in the style's order; `notes` say what is not in them."""

    def __init__(self, words: ShotWords, style: Style, phrases: Phrases) -> None:
        self._words, self._style, self._phrases = words, style, phrases
        self._request, self._fields = words.request, words.fields
        self._people = Introducer(self._request.subjects, phrases, words.lexicon)
        self._draft = _one_line(self._request.draft)
        self.notes: list[str] = []
        self._is_retold = False
        self.parts = self._in_order(self._told())

    def _told(self) -> dict[str, str]:
        """Every kind of part with its text, empty where there is nothing to say."""
        caption = self._caption()  # first: it introduces those it names
        told = {
            "caption": caption,
            "motion": self._motion(),
            "subjects": self._subjects(),
            "place": self._place(),
            "wardrobe": self._wardrobe(),
            "continuity": self._continuity(),
            "shot": self._shot(),
            "camera": self._camera(),
            "style": self._look(),
            "negative": self._style.negative.get(self._phrases.language, ""),
        }
        told["text"] = self._lost_quotes(" ".join(told.values()))
        return told

    def _in_order(self, told: Mapping[str, str]) -> tuple[protocol.PromptPart, ...]:
        locked = [part for part in self._request.locked if part.text.strip()]
        kinds = [*self._style.order, "text", *(part.kind for part in locked), "negative"]
        found: list[protocol.PromptPart] = []
        for kind in dict.fromkeys(sorted(kinds, key=lambda kind: kind == "negative")):
            mine = [part for part in locked if part.kind == kind]
            found += mine or ([protocol.PromptPart(kind, told[kind])] if told.get(kind) else [])
        return tuple(found)

    # --- what happens ------------------------------------------------------------------------------------------

    def _caption(self) -> str:
        draft = self._unlabelled()
        if draft and self._is_own(draft):
            return self._people.introduced(self._finished(draft))
        if draft and language_of(draft):
            self.notes.append(f"{self._style.title} does not read the draft's language: it is told in words both know.")
        action = self._fields.get("action", "")
        if not draft and action and self._is_own(action):
            return self._people.introduced(self._with_somebody(action))
        return self._told_anew()

    def _told_anew(self) -> str:
        """A sentence for everybody and everything that is seen, as far as it was understood."""
        self._is_retold = True
        sentences = [self._phrases.sentence(self._who(one), one) for one in self._seen]
        return self._sentences(sentences) or self._phrases.frame("nobody")

    def _who(self, one: Wish | ThingWish) -> str:
        subject = self._subject(one.name)
        if subject is not None:
            return self._people.by_name(subject)
        return self._phrases.looks(one.looks) if isinstance(one, Wish) else self._phrases.thing(one)

    def _motion(self) -> str:
        """What the action field tells beside the draft, and who speaks."""
        action, draft = self._fields.get("action", ""), self._unlabelled()
        adds = draft and action and self._is_own(action) and not self._is_retold and self._adds(action, draft)
        told = self._people.introduced(self._with_somebody(action)) if adds else ""
        return self._sentences([told, self._speech()])

    def _adds(self, text: str, to: str) -> bool:
        """Whether a text tells more than what another one says in its own words."""
        new, known = self._content(text), self._content(to)
        return len(new - known) > len(new) / 3

    def _content(self, text: str) -> set[str]:
        """Meanings of a text and its words without any; standing about is nothing to tell."""
        read, lexicon = tokens(text), self._words.lexicon
        meanings = {one.word for one in lexicon.find(read)} - {"standing", "spoken"}
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
        return self._sentence("speech", who=who, words=quoted)

    def _speaker(self, name: str) -> str:
        """A subject by its @name, anybody else as people write a name: scripts write MARA."""
        subject = self._subject("@" + name.strip().removeprefix("@").replace(" ", "_"))
        return name_of(subject) if subject else name.strip().title() if name.isupper() else name.strip()

    def _only_one(self) -> str:
        named = [name_of(one) for one in self._request.subjects if one.get("kind", "character") == "character"]
        return named[0] if len(named) == 1 else ""

    def _with_somebody(self, action: str) -> str:
        """ "waits for the ferry": whoever is alone in the shot does it."""
        gap = "" if self._is_chinese else " "
        who = self._only_one() if self._is_without_somebody(action) else ""
        return self._finished(f"{who}{gap}{action[:1].lower()}{action[1:]}" if who else action)

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
            if not name_of(subject) or subject.get("kind") in (OWN_PLACE, LOOK):
                continue
            there = name_of(subject) in self._people.mentioned
            sentences.append(self._added(subject) if not there else "" if self._is_retold else self._staged(subject))
        return self._sentences([*sentences, *self._people.afterwards()])

    def _staged(self, subject: Subject) -> str:
        """Where a field puts somebody and what it says they do, unless the draft says so."""
        name, said = name_of(subject), self._words.cast.said_of(name_token(name_of(subject)))
        told = {each: subject.get(each, "") for each in ("side", "facing") if all(one.field != each for one in said)}
        wish = self._wish(name)
        where = self._phrases.staged(
            *(getattr(wish, each, "") if told.get(each) else "" for each in ("side", "facing"))
        )
        sentences = [self._phrases.frame("where", who=name, where=where)] if where else []
        action = str(subject.get("action", "")).strip().rstrip(STOPS)
        does = action and self._is_own(action) and self._adds(action, f"{self._draft} {self._fields.get('action', '')}")
        if does:
            form = "is_doing" if action.partition(" ")[0].endswith("ing") else "does"
            sentences.append(self._phrases.frame(form, who=name, action=action))
        return self._sentences(sentences)

    def _added(self, subject: Subject) -> str:
        """A sentence of its own, which says who "she" or "the woman" of the draft is."""
        wish = self._wish(name_of(subject))
        meant = self._meant(wish.looks.kind) if isinstance(wish, Wish) else ""
        who = self._people.by_name(subject)
        if meant:
            return self._phrases.frame("same", who=meant, name=who.rstrip(","))
        if wish is None:
            return self._phrases.frame("there", who=who)
        return self._phrases.sentence(who, wish)

    def _meant(self, kind: str) -> str:
        """How the draft speaks of somebody of this kind without a name; empty where it does not, or of another one."""
        alike = [wish for wish in self._words.cast.wishes if wish.looks.kind == kind]
        if len(alike) != 1 or not self._is_own(self._draft):
            return ""
        said = {one.field for one in self._words.cast.draft_found if one.word == kind}
        noun = self._phrases.frame("the", noun=self._phrases.said("kind", kind))
        if "pronoun" in said:
            return sentence_case(self._phrases.said("pronoun", kind))
        return noun if "kind" in said else ""

    def _wardrobe(self) -> str:
        worn = [(name_of(one), self._people.worn(one)) for one in self._request.subjects]
        return self._sentences([self._sentence("worn", name=name, worn=titles) for name, titles in worn if titles])

    # --- place and light ---------------------------------------------------------------------------------------

    def _place(self) -> str:
        where, time, weather = self._where(), self._light("time"), self._light("weather")
        kind = "place" if where else "light" if time else "weather"
        return self._sentence(kind, location=where, time=time, weather=weather)

    def _where(self) -> str:
        place = next((one for one in self._request.subjects if one.get("kind") == OWN_PLACE and name_of(one)), None)
        if place is not None:
            return "" if name_of(place) in self._people.mentioned else self._people.by_name(place).rstrip(",")
        written, word = self._fields.get("location", ""), self._words.told("location")
        if self._is_said("location", word, written):
            return ""
        return self._phrases.field("location", written or word) if written or word else ""

    def _is_said(self, name: str, word: str, written: str) -> bool:
        """Whether the draft says it already: what a field tells, or where no field tells anything, anything."""
        said = {one.word for one in self._words.cast.draft_found if one.field in (name, f"weak_{name}")}
        return self._is_own(self._draft) and bool(said) and (not written or word in said)

    def _light(self, name: str) -> str:
        """Time or weather, unless the draft says it or nothing does."""
        written, word = self._fields.get(name, ""), self._words.told(name)
        if self._is_said(name, word, written):
            return ""
        return self._as_light(name, written or word)

    def _as_light(self, name: str, told: str) -> str:
        return self._phrases.field(name, told, inside=self._words.is_inside) if told else ""

    def _continuity(self) -> str:
        """What is in somebody's hands still, and the light where only the shot before tells it."""
        now = " ".join([self._draft, self._fields.get("action", "")])
        names = [name_of(one) for one in self._request.subjects if name_of(one)]
        held = carried(self._request.before, names, now, self._phrases.language)
        sentences = [self._sentence("held", name=name, thing=thing) for name, thing in held]
        light = {name: self._as_light(name, self._words.kept(name)) for name in LIGHT}
        kind = "kept_light" if light["time"] else "weather"
        return self._sentences([*sentences, self._sentence(kind, **light)])

    # --- camera and look ---------------------------------------------------------------------------------------

    def _shot(self) -> str:
        size, angle = self._size(), self._angle()
        lens, height = self._fields.get("lens", ""), self._fields.get("height", "")
        told = {"size": size, "a_size": self._phrases.noun(size), "angle": angle, "height": height}
        told["lens"] = self._phrases.frame("lens", lens=lens) if re.search(r"\d\s*(mm)?$", lens) else lens
        if size:
            return self._sentence("shot", **told)
        rest = self._phrases.joined([told["angle"], told["lens"], told["height"]])
        return self._finished(rest) if rest else ""

    def _size(self) -> str:
        written = self._fields.get("size", "")
        if written and (self._words.field_word("size") or not self._words.angle_in("size")):
            return self._phrases.field("size", written)
        labelled = self._unlabelled() != self._draft
        return "" if self._draft_says("size") and not labelled else self._phrases.said("size", self._words.size)

    def _angle(self) -> str:
        written = self._fields.get("angle", "")
        if written:
            return self._phrases.field("angle", written)
        if self._draft_says("angle") or self._words.angle == USUAL["angle"]:
            return ""
        return self._phrases.said("angle", self._words.angle)

    def _camera(self) -> str:
        written = self._fields.get("move", "")
        if not written:
            move = "" if self._draft_says("move") else self._phrases.said("move", self._words.move)
            return self._sentence("camera", move=move)
        move = self._phrases.has("move", written)
        known = self._phrases.field("move", written if move else self._phrases.meant("move", written))
        if known:
            return self._sentence("camera", move=known)
        return self._phrases.frame("camera", text=written.rstrip(STOPS)) if self._is_own(written) else ""

    def _look(self) -> str:
        looks = [_one_line(one.get("description", "")) for one in self._request.subjects if one.get("kind") == LOOK]
        notes = _one_line(self._request.style_notes)
        return self._sentences([*(self._finished(look) for look in looks if look), self._finished(notes)])

    # --- small things ------------------------------------------------------------------------------------------

    @property
    def _is_chinese(self) -> bool:
        return self._phrases.language == CHINESE_LANGUAGE

    def _is_own(self, text: str) -> bool:
        return language_of(text) in (self._phrases.language, "")

    def _draft_says(self, name: str) -> bool:
        return self._is_own(self._draft) and self._words.in_draft(name)

    def _unlabelled(self) -> str:
        """The draft without the shot size that may stand before a colon."""
        label = LABEL.match(self._draft)
        return self._draft[label.end() :].strip() if label and self._words.is_label(label[1]) else self._draft

    def _sentence(self, kind: str, **values: str) -> str:
        ways = self._style.sentences[self._phrases.language][kind]
        return sentence_case(filled(ways[turn(self._request.variant, len(ways))], values))

    def _finished(self, text: str) -> str:
        """With a capital at its start and a stop at its end."""
        text = text.strip()
        if not text:
            return ""
        stop = "" if ENDED.search(text) else self._phrases.frame("stop")
        return sentence_case(text.rstrip(",，;；:：")) + stop

    def _sentences(self, sentences: Sequence[str]) -> str:
        return ("" if self._is_chinese else " ").join(filter(None, sentences))

    def _lost_quotes(self, text: str) -> str:
        lost = [quote for quote in QUOTED.findall(self._draft) if quote not in text]
        lost_names = [name for name in mentions(self._draft) if name.casefold() not in text.casefold()]
        self.notes += [f"{name} is left out: it is no subject of this shot." for name in dict.fromkeys(lost_names)]
        return self._finished(self._phrases.frame("words", words=" ".join(lost))) if lost else ""

    @property
    def _seen(self) -> list[Wish | ThingWish]:
        return [*self._words.cast.wishes, *self._words.cast.animals]

    def _subject(self, name: str) -> Subject | None:
        return next((one for one in self._request.subjects if name_token(name_of(one)) == name_token(name)), None)

    def _wish(self, name: str) -> Wish | ThingWish | None:
        return next((one for one in self._seen if one.name == name_token(name)), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
