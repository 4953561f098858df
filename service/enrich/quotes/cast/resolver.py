"""Speakers' phrases -> speakers: the fullest name in the article, how it was concluded, how sure that is.

Resolution never changes the mention. A wrong name is worse than none: what is not clear stays unresolved.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from operator import itemgetter

from service.enrich.quotes.cast.asked import Asked
from service.enrich.quotes.cast.asking import asked_by
from service.enrich.quotes.cast.describe import described_body, described_person, kind_of_noun, named_later
from service.enrich.quotes.cast.documents import authors
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.focus import Focus, Meant, Mention, gender_of, unnamed
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.heads import is_surely_name
from service.enrich.quotes.cast.introduced import introduced_as
from service.enrich.quotes.cast.last_names import with_last_name
from service.enrich.quotes.cast.names import Gender, Naming
from service.enrich.quotes.cast.offices import office_before
from service.enrich.quotes.cast.others import is_another
from service.enrich.quotes.cast.owners import tell_apart
from service.enrich.quotes.cast.phrase_tokens import Phrase
from service.enrich.quotes.cast.phrases import read_phrase
from service.enrich.quotes.cast.relatives import antecedent
from service.enrich.quotes.cast.side_by_side import is_counted, means_two, pair_meant
from service.enrich.quotes.cast.turns import Turn, joined, kind_of_entity, may_be_meant, token_ranges
from service.enrich.quotes.view import Offsets, Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import ADDING, BODY_NOUNS, PARTIES, TITLE_WORDS
from service.languages.en.reporting import RELATIVES
from service.records import Speaker

FULL_NAME, SHORT_NAME, ROLE, DESCRIPTION, BODY, RELATIVE = 0.97, 0.95, 0.88, 0.75, 0.85, 0.92
AUTHOR, FORMER_AUTHOR = 0.86, 0.7
"""Confidence in a name by the way in which it was concluded, from 0 to 1; set by hand, not measured."""
SENTENCES_BACK = 4
"""Number of sentences before "it" or "they" in which the one meant spoke."""
SPEAKERS_BACK = 2
"""Number of speakers before "it" or "they" among which the one meant is."""
TURNS_BACK = 40
"""Number of speakers' phrases before "who" among which the one it stands for is looked for."""
_ADDING = word_hashes(ADDING)
_COLON = word_hash(":")
_NO_ROLE_KINDS = ("organisation", "document")


class Resolver:
    """Resolves the speakers of one article."""

    _cast: Cast
    """Whom the text names, gathered once it is known who is asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def resolve(self, phrases: Iterable[Offsets]) -> dict[Offsets, Speaker]:
        """Return the speaker behind each phrase, which is given by its place in the text."""
        spans = sorted(set(phrases))
        if not spans:
            return {}
        turns = list(map(self._turn, spans, token_ranges(self._view, spans)))
        asked = asked_by(self._view, turns)
        self._cast = Cast(self._view, asked)
        for turn in turns:
            self._by_name(turn)
        tell_apart(self._view, self._cast, turns)
        self._walk(turns, asked)
        return {turn.span: self._speaker(turn) for turn in turns}

    def _turn(self, span: Offsets, tokens: Range) -> Turn:
        first, last = tokens
        phrase = with_last_name(self._view, tokens, read_phrase(self._view, tokens))
        whole = self._with_body(tokens)
        if whole != tokens:
            return Turn(span, whole, read_phrase(self._view, whole), [], [], instead=whole)
        if phrase.relative:
            return Turn(span, tokens, phrase, [], [], antecedent=antecedent(self._view, first))
        names = phrase.names
        if self._is_label(last):
            if phrase.maybe is not None and is_surely_name(phrase.head.removesuffix("s")):
                names = [phrase.maybe]  # "JONES: ...", but "STUDENTS: ..."
            if len(names) == 1:
                names = [names[0]._replace(sort="unknown")]
        return Turn(span, tokens, phrase, names, [])

    def _is_label(self, end: int) -> bool:
        """Tell whether a colon follows a phrase: `BELK:` is no acronym."""
        return self._view.hashes[end] == _COLON

    def _with_body(self, tokens: Range) -> Range:
        """Take in the noun that a name only describes: `the Republican` in `the Republican party said`."""
        view, (first, last) = self._view, tokens
        if last - first != 2 or view.lows[first] != "the" or view.lows[first + 1] not in PARTIES:
            return tokens
        return (first, last + 1) if view.lows[last] in BODY_NOUNS else tokens

    def _by_name(self, turn: Turn) -> None:
        """Resolve a turn that has a name. These come first, because they depend on no other turn."""
        phrase = turn.phrase
        if phrase.maybe is not None and self._cast.has_surname(phrase.maybe):
            turn.names = [phrase.maybe]
        if not turn.names:
            return
        found = [self._entity(naming, turn.tokens[0]) for naming in turn.names]
        turn.entities = [one for one in found if one is not None]
        if len(turn.entities) < len(found):
            turn.entities = []
            return
        short = (
            len(found) == 1 and turn.entities[0].key != turn.names[0].key and len(turn.names[0].words) == 1
        )
        turn.how = "last_name" if short else "author" if phrase.author else "same_mention"
        turn.confidence = AUTHOR if phrase.author else SHORT_NAME if short else FULL_NAME
        turn.kind = (
            "group" if len(found) > 1 else "document" if phrase.author else kind_of_entity(turn.entities[0])
        )
        if turn.kind == "organisation" and self._is_label(turn.tokens[1]) and turn.entities[0].name.isupper():
            turn.kind = None

    def _entity(self, naming: Naming, token: int) -> Entity | None:
        known = self._cast.named(naming, token)
        if known is not None:
            self._cast.complete(known)
            known.gender = known.gender or naming.gender
            known.sort = naming.sort if known.sort == "unknown" else known.sort
        if known is not None or not naming.words:
            return known
        if len(naming.words) == 1 and self._cast.has_surname(naming):
            return self._cast.last_named(naming, token)
        known = self._cast.adopt(naming, token)
        self._cast.complete(known)
        return known

    def _walk(self, turns: list[Turn], asked: Asked) -> None:
        """Resolve all other turns from left to right: pronouns, descriptions, `who`."""
        focus = Focus(self._view, self._mentions(turns, asked.tokens[-1]) if asked.tokens else ())
        pronouns = deque(asked.pronouns)
        last: list[Turn] = []
        for turn in turns:
            token = turn.tokens[0]
            while pronouns and pronouns[0] < token:
                focus.pass_pronoun(pronouns.popleft())
            self._resolve(turn, focus, last)
            last.append(turn)
            if len(turn.entities) == 1:
                focus.hear(token, turn.entities[0])
            if not turn.entities and turn.kind == "person" and turn.phrase.pronoun is None:
                focus.hear(token, unnamed(turn.phrase.head))

    def _mentions(self, turns: list[Turn], until: int) -> list[Mention]:
        """List the mentions outside the speakers' phrases, by token; no pronoun asks how prominent a body is."""
        inside = {token: turn for turn in turns for token in range(*turn.tokens)}
        found = [
            (token, entity)
            for entity in self._cast.entities
            if entity.sort != "body"
            for token in entity.tokens
            if token < until and (token not in inside or entity not in inside[token].entities)
        ]
        found.sort(key=itemgetter(0))
        return found

    def _resolve(self, turn: Turn, focus: Focus, last: list[Turn]) -> None:
        phrase = turn.phrase
        if turn.entities or turn.names:
            return
        if phrase.pronoun is not None:
            self._pronoun(turn, phrase.pronoun, focus, last)
        elif phrase.relative:
            self._relative(turn, last)
        elif phrase.head:
            self._description(turn, focus, last)
            if not turn.entities:
                turn.role = introduced_as(self._view, last, turn)

    def _pronoun(self, turn: Turn, pronoun: str, focus: Focus, last: list[Turn]) -> None:
        gender = gender_of(pronoun)
        if gender is not None:
            turn.kind = "person"
            meant = self._goes_on(turn, gender, last) or focus.meant_by(turn.tokens[0], gender)
            office = office_before(self._view, turn.tokens[0])
            if office >= 0 and not (meant and meant.entity.is_named_between(office, turn.tokens[0])):
                meant = self._holder(office, gender)
            if meant is not None:
                turn.mean([meant.entity], "pronoun", meant.confidence)
        elif pronoun in ("it", "they") and last:
            self._it_or_they(turn, pronoun, last)

    def _goes_on(self, turn: Turn, gender: Gender, last: list[Turn]) -> Meant | None:
        """Return who spoke just before `he added`."""
        token, hashes = turn.tokens[0], self._view.hashes
        before = last[-1] if last else None
        if (
            before is None
            or len(before.entities) != 1
            or _ADDING.isdisjoint(hashes[max(0, token - 1) : token + 2])
        ):
            return None
        speaker, sentences = before.entities[0], self._view.sentences
        near = sentences[token] - sentences[before.tokens[0]] <= SENTENCES_BACK
        fits = speaker.is_person and speaker.gender in (gender, None)
        return Meant(speaker, SHORT_NAME) if near and fits else None

    def _holder(self, office: int, gender: Gender) -> Meant | None:
        """Return the one person of the text who holds an office, where a pronoun of a gender may mean that person."""
        phrase = Phrase([], self._view.lows[office], set(), True)
        person = described_person(self._cast.entities, phrase)
        return Meant(person, DESCRIPTION) if person is not None and person.gender in (gender, None) else None

    def _it_or_they(self, turn: Turn, pronoun: str, last: list[Turn]) -> None:
        """Resolve "it" to the body, "they" to the group, that spoke last."""
        turn.kind = "group" if pronoun == "they" else None
        before = next((one for one in reversed(last[-SPEAKERS_BACK:]) if may_be_meant(one, pronoun)), None)
        sentences = self._view.sentences
        if before is None or sentences[turn.tokens[0]] - sentences[before.tokens[0]] > SENTENCES_BACK:
            return
        turn.entities, turn.how, turn.confidence = before.entities, "pronoun", BODY
        turn.kind = before.kind

    def _relative(self, turn: Turn, last: list[Turn]) -> None:
        """Resolve "who" to its antecedent: `Ivo Brandt, who said`; `Officials, who declined to be named, said`."""
        found = turn.antecedent
        if found is None:
            return
        phrase = read_phrase(self._view, found)
        first, end = found
        spoke = any(other.tokens[0] < end and first < other.tokens[1] for other in last[-TURNS_BACK:])
        if phrase.names:
            entities = [self._cast.named(naming) for naming in phrase.names]
            turn.entities = [one for one in entities if one is not None]
            if len(turn.entities) == len(entities) == 1:
                turn.how, turn.confidence, turn.kind = "relative", RELATIVE, kind_of_entity(turn.entities[0])
            else:
                turn.entities = []
        else:
            turn.kind = kind_of_noun(phrase.head)
        if spoke or not phrase.names:
            turn.instead = found

    def _description(self, turn: Turn, focus: Focus, last: list[Turn]) -> None:
        phrase = turn.phrase
        turn.kind = kind_of_noun(phrase.head)
        if means_two(self._view, phrase, turn.tokens):
            turn.kind = "group"
            pair = pair_meant(self._cast, phrase, turn.tokens)
            if not turn.mean(pair, "role", DESCRIPTION) and is_counted(self._view, turn.tokens):
                self._it_or_they(turn, "they", last)
            return
        if turn.kind == "document" and phrase.definite and not phrase.possessed:
            turn.mean(authors(self._cast, last, phrase.head, turn.tokens[0]), "author", FORMER_AUTHOR)
            return
        if phrase.possessed or not phrase.definite:
            person = named_later(self._cast, phrase, turn.tokens)
            turn.mean([person] if person is not None else [], "role", DESCRIPTION)
            return
        body = described_body(self._cast, phrase, turn.tokens[0])
        if body is not None:
            turn.mean([body], "role", BODY)
            return
        if turn.kind != "person":
            return
        person = described_person(self._cast.entities, phrase, at=turn.tokens[0])
        if person is not None:
            another = is_another(self._view, turn.tokens, phrase.head, person)
            turn.mean([] if another else [person], "role", ROLE)
            return
        if self._is_told_apart(turn) or self._is_paper(turn):
            return
        person = described_person(focus.foremost(turn.tokens[0], phrase.head), phrase, loosely=True)
        if person is not None and not is_another(self._view, turn.tokens, phrase.head, person):
            turn.mean([person], "role", DESCRIPTION)

    def _is_told_apart(self, turn: Turn) -> bool:
        """Tell whether a clause says who is meant: `the aide who wrote the speech` is somebody new."""
        return any(self._view.lows[token] in RELATIVES for token in range(*turn.tokens))

    def _is_paper(self, turn: Turn) -> bool:
        """Tell whether a noun has a capital that no title has: `the Courier` is no courier."""
        capital = self._view.is_capital(turn.tokens[1] - 1) and turn.tokens[1] - turn.tokens[0] == 2
        return capital and turn.phrase.head not in TITLE_WORDS

    def _speaker(self, turn: Turn) -> Speaker:
        start, end = turn.span
        if turn.instead is not None:
            start, end = self._view.offsets(turn.instead)
        names = [entity.name for entity in turn.entities]
        role = turn.entities[0].role if len(names) == 1 and turn.kind not in _NO_ROLE_KINDS else None
        text = self._view.text[start:end]
        if not names:
            return Speaker(start, end, text, None, None, turn.role, turn.kind)
        return Speaker(start, end, text, joined(names), turn.how, role, turn.kind, turn.confidence)
