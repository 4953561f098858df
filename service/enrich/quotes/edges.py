"""Rules for marked passages: edges, passages no cue claimed, quotations that go on, transcripts."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.read import FirstPass
from service.enrich.quotes.subjects import SUBJECT_TOKENS_MAX, is_finite_saying, is_noun_phrase, subject_end
from service.enrich.quotes.view import Range, View, numbers
from service.enrich.quotes.vocabulary import word_hash

COMMA, COLON, SEMICOLON = word_hash(","), word_hash(":"), word_hash(";")
DASHES = frozenset(map(word_hash, "-–—"))
DATELINE_TOKENS_MAX = 12
LEAD_TOKENS = 5
"""Maximum number of tokens of a lead that a comma before a passage cuts off."""
WORDS_ALONE = 7
WORDS_SURELY = 15
"""Minimum words of an unclaimed passage that counts as speech: if the first pass says so too, and without it."""
SCARE_WORDS_MAX = 3
SCARE_CONFIDENCE = 0.5
CONTENT_LIKELY = 0.5
CONTENT_POSSIBLE = 0.2
DENSE = 0.03
"""Share of marked passages among tokens above which a text is a dialogue, where short passages are speech."""
CUE_TOKENS_AWAY = 40
SENTENCES_ON = 2
PARAGRAPHS_ON = 2
ADDED_MAX = 4_000
"""Passages without a cue that become claims of their own, the first ones of a text."""
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
    labels: Sequence[int]  # of the first pass
    taken: Labels
    passages: list[int]
    by_cue: list[Draft]
    cues: list[int]
    dense: bool = False

    def is_cue(self, token: int) -> bool:
        """Tell whether a token stands in the cue of a draft."""
        at = bisect.bisect_right(self.cues, token) - 1
        cue = self.by_cue[at].cue if at >= 0 else None
        return cue is not None and token < cue[1]


def apply_rules(view: View, first: FirstPass, drafts: list[Draft], taken: Labels) -> list[Draft]:
    """Set the edges of drafts, and add the missing passages. Returns drafts sorted by their first token."""
    by_cue = sorted((d for d in drafts if d.cue is not None), key=_cue)
    passages = np.nonzero(view.tokens.attributes[:, c.KIND] == c.PASSAGE)[0].tolist()
    dense = len(passages) > DENSE * view.count
    scene = Scene(
        view, first, numbers(first.labels), taken, passages, by_cue, [_cue(draft) for draft in by_cue], dense
    )
    for draft in drafts:
        if draft.source is not None:
            draft.source = _after_dateline(scene, _without_end_mark(scene, draft.source))
        if not draft.only_passages:
            draft.content = _split_at_passages(scene, draft.content)
    drafts = [draft for draft in drafts if not _is_scare_quote(scene, draft)]
    added: list[Draft] = []
    in_sources = {token for draft in drafts if draft.source is not None for token in range(*draft.source)}
    for token in passages:
        if len(added) == ADDED_MAX:
            break
        if taken[token] or token in in_sources:
            continue
        draft_or_none = _said_beside(scene, token)
        if draft_or_none is None and _is_speech(scene, token):
            draft_or_none = _place(scene, token)
        if draft_or_none is not None:
            added.append(draft_or_none)
    return sorted(_once(drafts + added), key=lambda draft: draft.content[0])


def _once(drafts: list[Draft]) -> list[Draft]:
    """Remove drafts with identical content, keeping the most confident."""
    best: dict[tuple[Range, ...], Draft] = {}
    for draft in drafts:
        content = tuple(sorted(draft.content))
        if content not in best or draft.confidence > best[content].confidence:
            best[content] = draft
    return list(best.values())


def _is_scare_quote(scene: Scene, draft: Draft) -> bool:
    """Tell whether a passage is a scare quote: `the so-called "ghost ferry"`.

    It has two or three words, no verb of saying, and no speaker who is sure.
    """
    if not draft.only_passages or len(draft.content) > 1 or draft.cue is None:
        return False
    if draft.source is not None and draft.confidence * draft.speaker_confidence >= SCARE_CONFIDENCE:
        return False
    short = scene.view[draft.content[0][0]].count(" ") < SCARE_WORDS_MAX
    return short and c.SAYS not in scene.view.kinds[slice(*draft.cue)]


def _without_end_mark(scene: Scene, source: Range) -> Range:
    """Cut the last comma off a source: `Lund, chairman of the union,`."""
    first, end = source
    while end > first + 1 and scene.view.hashes[end - 1] in (COMMA, COLON, SEMICOLON):
        end -= 1
    return first, end


def _after_dateline(scene: Scene, source: Range) -> Range:
    """Begin a source after the dash of a dateline that opens its paragraph: `OSTERMARK, Feb 11 - The bank`."""
    first, end = source
    paragraphs, hashes = scene.view.paragraphs, scene.view.hashes
    opening = max(0, first - DATELINE_TOKENS_MAX)
    if opening and paragraphs[opening] == paragraphs[first]:
        return source
    for token in range(first, min(end - 1, first + DATELINE_TOKENS_MAX)):
        if hashes[token] in DASHES:
            return token + 1, end
    return source


def _split_at_passages(scene: Scene, content: list[Range]) -> list[Range]:
    """Begin content with its passage (`and said: "Q"`), and split two passages side by side."""
    pieces: list[Range] = []
    view, passages = scene.view, scene.passages
    for number, (first, end) in enumerate(content):
        inside = passages[bisect.bisect_right(passages, first) : bisect.bisect_left(passages, end)]
        for token in inside:
            before = view.hashes[token - 1]
            led = number == 0 and token < first + LEAD_TOKENS and before == COMMA
            if led or before in (COLON, SEMICOLON):
                first = token
                break
        for token in inside:
            if token > first and view.is_passage(token - 1):
                pieces.append((first, token))
                first = token
        pieces.append((first, end))
    return pieces


def _is_speech(scene: Scene, token: int) -> bool:
    """Tell whether an unclaimed passage looks like speech rather than a title or a scare quote."""
    wording = scene.view[token]
    words = wording.count(" ") + 1
    content = scene.first.posteriors[token, f.CONTENT_B] + scene.first.posteriors[token, f.CONTENT_I]
    if words >= WORDS_ALONE and (content >= CONTENT_LIKELY or words >= WORDS_SURELY):
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
    if _in_mid_sentence(scene, token):
        return _from_first_pass(scene, token)
    before, after = _neighbours(scene, token)
    last = next((d for d in before if d.content[0][0] < token), None)
    if last is not None and last.only_passages and _near(scene, last.content[-1][1] - 1, token):
        last.content.append((token, token + 1))  # "A," he said. "B"
        return None
    following = next((d for d in after if d.content[0][0] > token), None)
    if following is not None and following.only_passages and _near(scene, token, _cue(following)):
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
    if last is not None and scene.view.sentences[token] - scene.view.sentences[_cue(last)] <= 1:
        return Draft([(token, token + 1)], last.source, last.cue, True, 0.5, 0.5, "rule: same cue")
    return Draft([(token, token + 1)], None, None, True, 0.4, 0.0, "rule: marks")


def _said_beside(scene: Scene, token: int) -> Draft | None:
    """Read `"No deal is better", says Lund`, and `"No deal is better," Lund told Brandt`, where no cue was found."""
    view = scene.view
    first = token + 1 + (view.lows[token + 1] == ",")
    stop = min(view.count, first + SUBJECT_TOKENS_MAX)
    verb = first
    while verb < stop and not is_finite_saying(view, verb):
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


def _near(scene: Scene, token: int, other: int) -> bool:
    return scene.view.sentences[other] - scene.view.sentences[token] <= SENTENCES_ON


def _cue(draft: Draft) -> int:
    return draft.cue[0] if draft.cue is not None else -1


def _neighbours(scene: Scene, token: int) -> tuple[list[Draft], list[Draft]]:
    """Return the drafts of the same paragraph with cues before the token, and after it; nearest first."""
    at = bisect.bisect_left(scene.cues, token)
    before = reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at])
    after = scene.by_cue[at : at + NEIGHBOURS_MAX]
    paragraph = scene.view.paragraphs[token]
    same = [[d for d in side if scene.view.paragraphs[_cue(d)] == paragraph] for side in (before, after)]
    return same[0], same[1]


def _of_paragraphs_before(scene: Scene, token: int) -> Draft | None:
    """Find the last draft that ends before the token and whose cue stands one or two paragraphs above."""
    at = bisect.bisect_left(scene.cues, token)
    for draft in reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at]):
        above = scene.view.paragraphs[token] - scene.view.paragraphs[_cue(draft)]
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
    if labels[token] >= f.CONTENT_B:
        while first > 0 and labels[first] == f.CONTENT_I and labels[first - 1] >= f.CONTENT_B:
            if scene.taken[first - 1]:
                break
            first -= 1
        while end < len(labels) and labels[end] == f.CONTENT_I and not scene.taken[end]:
            end += 1
    if end - first < 2:
        return None
    cue = _nearest(scene, f.CUE_B, (first, end), {scene.view.sentences[first], scene.view.sentences[end - 1]})
    if cue is None:
        return None
    source = _nearest(scene, f.SOURCE_B, cue, {scene.view.sentences[cue[0]]})
    scene.taken[first:end] = 1
    return Draft([(first, end)], source, cue, False, 0.4, 0.4, "rule: first pass")


def _nearest(scene: Scene, begin: int, to: Range, sentences: set[int]) -> Range | None:
    """Find the span of a label of the first pass that is nearest to a range, in one of the sentences."""
    labels = scene.labels
    best: Range | None = None
    distance = CUE_TOKENS_AWAY
    token = max(0, to[0] - CUE_TOKENS_AWAY)
    while token < min(len(labels), to[1] + CUE_TOKENS_AWAY):
        if labels[token] != begin and labels[token] != begin + 1:
            token += 1
            continue
        end = token + 1
        while end < len(labels) and labels[end] == begin + 1:
            end += 1
        away = min(abs(token - to[1]), abs(to[0] - end))
        if away < distance and scene.view.sentences[token] in sentences:
            best, distance = (token, end), away
        token = end
    return best
