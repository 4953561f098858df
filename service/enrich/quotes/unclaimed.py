"""Find whose words an unclaimed passage is: of a quotation that goes on, a report without a cue, a transcript."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.checks.worded import worded_at
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.read import FirstPass
from service.enrich.quotes.subjects import SUBJECT_TOKENS_MAX, is_finite_saying, is_noun_phrase, subject_end
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en.lexicon import SAYING

COMMA, COLON, SEMICOLON = word_hash(","), word_hash(":"), word_hash(";")
WORDS_ALONE = 7
WORDS_SURELY = 15
"""Minimum words of an unclaimed passage that counts as speech: if the first pass says so too, and without it."""
SCARE_WORDS_MAX = 3
"""Maximum number of words of a scare quote."""
CONTENT_LIKELY = 0.5
CONTENT_POSSIBLE = 0.2
"""Minimum probability of content from which a long passage, and a whole sentence, counts as speech."""
CUE_TOKENS_AWAY = 40
SENTENCES_ON = 2
PARAGRAPHS_ON = 2
CLAUSE_CHARS_MAX = 120
CLAUSE_WORDS_MAX = 8
"""Maximum length of the clause that says who speaks, in characters and in words."""
PARAGRAPHS_QUOTED_MAX = 8
"""Maximum number of paragraphs of one quotation whose end is looked for."""
NEIGHBOURS_MAX = 8
"""Maximum number of drafts to either side of an unclaimed passage that are looked at, so that rules stay linear."""

_LEADS_ON = frozenset(",?!")
"""Marks at the end of a passage behind which its own sentence goes on."""
_ENDS_SUBJECT = (c.PUNCTUATION, c.NEWLINE, c.PASSAGE)
_LABEL = re.compile(r"[“\"]([A-Z][A-Z.’' ]{2,24}):\s*")
_MARKS = "“”\"'«»‘’„ "


@dataclass(slots=True)
class Scene:
    """What the rules see: the tokens, the first pass and the tokens held; drafts with a cue, by their cue."""

    view: View
    first: FirstPass
    labels: bytes  # of the first pass
    taken: Labels
    passages: list[int]
    by_cue: list[Draft]
    cues: list[int]
    dense: bool = False
    silent_until: int = 0  # end of the words around the last passage beside which no cue stands

    def is_cue(self, token: int) -> bool:
        """Tell whether a token stands in the cue of a draft."""
        at = bisect.bisect_right(self.cues, token) - 1
        cue = self.by_cue[at].cue if at >= 0 else None
        return cue is not None and token < cue[1]


def claim(scene: Scene, token: int) -> Draft | None:
    """Make a draft of an unclaimed passage; None if it is no speech, or joined to the draft that it continues."""
    if _goes_on(scene, token):
        return None
    draft = _said_beside(scene, token) or worded_at(scene.view, token) or _led_in(scene, token)
    return _place(scene, token) if draft is None and _is_speech(scene, token) else draft


def _goes_on(scene: Scene, token: int) -> bool:
    """Join `"The sea," said Falk, standing up, | "is calm"` to the half before the clause; tell whether it was that."""
    view = scene.view
    if view.hashes[token - 1] != COMMA or not view[token].lstrip(_MARKS)[:1].islower():
        return False
    before, _ = _neighbours(scene, token)
    last = before[0] if before else None
    if last is None or not last.only_passages or view.sentences[cue_of(last)] != view.sentences[token]:
        return False
    half = last.content[-1][1] - 1
    goes_on = half < cue_of(last) and view[half].rstrip(_MARKS)[-1:] == ","
    if goes_on:
        last.content.append((token, token + 1))
    return goes_on


def _led_in(scene: Scene, token: int) -> Draft | None:
    """Read `As the Courier reported, the port is shut:` before a paragraph that is a passage and nothing else."""
    view = scene.view
    colon = token - 2
    alone = view.kinds[token + 1] == c.NEWLINE if token + 1 < view.count else True
    if colon < 1 or view.kinds[token - 1] != c.NEWLINE or view.hashes[colon] != COLON or not alone:
        return None
    low, _ = sentence_range(view, colon)
    for verb in range(low + 1, colon):
        if view.kinds[verb] == c.SAYS and is_finite_saying(view, verb):
            first = low + (view.lows[low] == "as")
            source = (first, subject_end(view, verb))
            if not is_noun_phrase(view, source):
                return None
            return Draft([(token, token + 1)], source, (verb, verb + 1), True, 0.75, 0.95, "rule: lead-in")
    return None


def cue_of(draft: Draft) -> int:
    """Return the first token of a draft's cue; -1 if it has none."""
    return draft.cue[0] if draft.cue is not None else -1


def _is_speech(scene: Scene, token: int) -> bool:
    """Tell whether an unclaimed passage looks like speech rather than a title or a scare quote."""
    wording = scene.view[token]
    words = wording.count(" ") + 1
    if words >= WORDS_SURELY:
        return True
    content = scene.first.posteriors[token, f.CONTENT_B] + scene.first.posteriors[token, f.CONTENT_I]
    if words >= WORDS_ALONE and content >= CONTENT_LIKELY:
        return True
    inner = wording.strip(_MARKS)
    sentence = inner[:1].isupper() and inner[-1:] in ".?!,;…—-"
    beside = scene.view.is_passage(token - 1) or scene.view.is_passage(token + 1)
    return sentence and (beside or content >= CONTENT_POSSIBLE or scene.dense)


def _place(scene: Scene, token: int) -> Draft | None:
    """Join an unclaimed passage to the draft it continues, or make it one of its own."""
    label = _LABEL.match(scene.view[token][:40])
    if label is not None:
        start = scene.view.starts[token]
        places = (start + label.start(1), start + label.end(1), start + label.end())
        return Draft([(token, token + 1)], None, None, True, 0.6, 0.6, "rule: label", places)
    whole = _that_closes(scene, token)
    if whole is not None:
        whole.content.insert(0, (token, token + 1))
        return None
    if _in_mid_sentence(scene, token):
        return _from_first_pass(scene, token)
    before, after = _neighbours(scene, token)
    last = next((d for d in before if d.content[0][0] < token), None)
    if last is not None and last.only_passages and _near(scene, last.content[-1][1] - 1, token):
        last.content.append((token, token + 1))  # "A," he said. "B"
        return None
    following = next((d for d in after if d.content[0][0] > token), None)
    if following is not None and following.only_passages and _near(scene, token, cue_of(following)):
        following.content.insert(0, (token, token + 1))
        return None
    if (
        not before
        and not after
        and (token == 0 or scene.view.paragraphs[token - 1] != scene.view.paragraphs[token])
    ):
        earlier = _of_paragraphs_before(scene, token)
        if earlier is not None and earlier.only_passages:
            earlier.content.append((token, token + 1))  # the quotation goes on in a paragraph of its own
            return None
    if last is not None and scene.view.sentences[token] - scene.view.sentences[cue_of(last)] <= 1:
        return Draft([(token, token + 1)], last.source, last.cue, True, 0.5, 0.5, "rule: same cue")
    return Draft([(token, token + 1)], None, None, True, 0.4, 0.0, "rule: marks")


def _that_closes(scene: Scene, token: int) -> Draft | None:
    """Find the draft in which a quotation over several paragraphs closes: each opens anew, only the last one closes."""
    view = scene.view
    last = token
    for _ in range(PARAGRAPHS_QUOTED_MAX):
        if view[last][-1:] in _MARKS:
            break
        following = last + 1
        while following < view.count and view.kinds[following] == c.NEWLINE:
            following += 1
        if following == last + 1 or not view.is_passage(following) or _ends_in_saying(view[last]):
            return None
        last = following
    if last == token:
        return None
    at = bisect.bisect_left(scene.cues, last)
    near = scene.by_cue[at : at + NEIGHBOURS_MAX]
    holds = (one for one in near if any(first <= last < end for first, end in one.content))
    found = next(holds, None)
    return found if found is not None and found.only_passages else None


def _ends_in_saying(wording: str) -> bool:
    """Tell whether a mark was only forgotten: `"We will build it, Brandt said.` ends with who speaks."""
    clause = wording[-CLAUSE_CHARS_MAX:].rpartition(",")[2].lower().rstrip(".").split()
    return len(clause) <= CLAUSE_WORDS_MAX and not SAYING.isdisjoint(clause)


def _said_beside(scene: Scene, token: int) -> Draft | None:
    """Read `"No deal is better", says Lund`, and `"No deal is better," Lund told Brandt`, where no cue was found."""
    view = scene.view
    first = token + 1 + (view.lows[token + 1] == ",")
    stop = min(view.count, first + SUBJECT_TOKENS_MAX)
    verb = first
    while verb < stop and not (is_finite_saying(view, verb) or (verb == first and _is_present(view, verb))):
        if view.kinds[verb] in _ENDS_SUBJECT:
            return None
        verb += 1
    if verb > first and view[token].rstrip(_MARKS)[-1:] not in _LEADS_ON:
        return None
    if verb >= stop or scene.is_cue(verb) or view[token].count(" ") < SCARE_WORDS_MAX:
        return None
    source = (first, subject_end(view, verb))
    if verb == first:
        end = verb + 1
        while end < stop and view.kinds[end] not in _ENDS_SUBJECT:
            end += 1
        source = (verb + 1, end)
    if not is_noun_phrase(view, source):
        return None
    return Draft([(token, token + 1)], source, (verb, verb + 1), True, 0.7, 0.9, "rule: beside")


def _is_present(view: View, verb: int) -> bool:
    """Tell whether a word of saying in -s has a name behind it: `"We will not sell", | vows | Holm`."""
    names = view.kinds[verb + 1] in (c.CAPITAL, c.CAPITALS, c.TITLE) if verb + 1 < view.count else False
    return names and view.kinds[verb] == c.SAYS and view.lows[verb].endswith("s")


def _near(scene: Scene, token: int, other: int) -> bool:
    return scene.view.sentences[other] - scene.view.sentences[token] <= SENTENCES_ON


def _neighbours(scene: Scene, token: int) -> tuple[list[Draft], list[Draft]]:
    """Return the drafts of the same paragraph with cues before the token, and after it; nearest first."""
    at = bisect.bisect_left(scene.cues, token)
    before = reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at])
    after = scene.by_cue[at : at + NEIGHBOURS_MAX]
    paragraph = scene.view.paragraphs[token]
    same = [[d for d in side if scene.view.paragraphs[cue_of(d)] == paragraph] for side in (before, after)]
    return same[0], same[1]


def _of_paragraphs_before(scene: Scene, token: int) -> Draft | None:
    """Find the last draft that ends before the token and whose cue stands one or two paragraphs above."""
    at = bisect.bisect_left(scene.cues, token)
    for draft in reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at]):
        above = scene.view.paragraphs[token] - scene.view.paragraphs[cue_of(draft)]
        if 0 < above <= PARAGRAPHS_ON and draft.content[-1][1] <= token:
            return draft
    return None


def _in_mid_sentence(scene: Scene, token: int) -> bool:
    if token == 0 or scene.view.is_passage(token - 1):
        return False
    if scene.view.tokens.flags[token - 1] & (c.ENDS | c.BREAKS):
        return False
    begins_low = scene.view[token].lstrip(_MARKS)[:1].islower()
    return begins_low or scene.view.hashes[token - 1] not in (COMMA, COLON)


def _from_first_pass(scene: Scene, token: int) -> Draft | None:
    """Make a draft of a passage in mid-sentence and the words around it, as the first pass labelled them."""
    labels = scene.labels
    first, end = token, token + 1
    if token < scene.silent_until:
        return None
    if labels[token] >= f.CONTENT_B:
        while labels[first] == f.CONTENT_I and first > 0 and labels[first - 1] >= f.CONTENT_B:
            if scene.taken[first - 1]:
                break
            first -= 1
        while end < len(labels) and labels[end] == f.CONTENT_I and not scene.taken[end]:
            end += 1
    if end - first < 2:
        return None
    cue = _nearest(scene, f.CUE_B, (first, end), {scene.view.sentences[first], scene.view.sentences[end - 1]})
    if cue is None:
        scene.silent_until = end
        return None
    source = _nearest(scene, f.SOURCE_B, cue, {scene.view.sentences[cue[0]]})
    scene.taken[first:end] = 1
    return Draft([(first, end)], source, cue, False, 0.4, 0.4, "rule: first pass")


def _nearest(scene: Scene, begin: int, to: Range, sentences: set[int]) -> Range | None:
    """Find the span of a label of the first pass that is nearest to a range, in one of the sentences."""
    labels = scene.labels
    best: Range | None = None
    distance = CUE_TOKENS_AWAY
    token, stop = max(0, to[0] - CUE_TOKENS_AWAY), min(len(labels), to[1] + CUE_TOKENS_AWAY)
    while True:
        starts = labels.find(begin, token, stop), labels.find(begin + 1, token, stop)
        if max(starts) < 0:
            return best
        token = min(at for at in starts if at >= 0)
        end = token + 1
        while end < len(labels) and labels[end] == begin + 1:
            end += 1
        away = min(abs(token - to[1]), abs(to[0] - end))
        if away < distance and scene.view.sentences[token] in sentences:
            best, distance = (token, end), away
        token = end
