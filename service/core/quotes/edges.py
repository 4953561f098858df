"""Rules for marked passages: edges, passages no cue claimed, quotations that go on, transcripts."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from service.core.quotes import columns as c
from service.core.quotes import features as f
from service.core.quotes.codepoints import Int32s
from service.core.quotes.crf import Labels
from service.core.quotes.drafts import Draft, Range
from service.core.quotes.read import FirstPass
from service.core.quotes.tokens import Tokens
from service.core.quotes.vocabulary import word_hash

COMMA, COLON, SEMICOLON = word_hash(","), word_hash(":"), word_hash(";")
LEAD_TOKENS = 5
"""A comma before a passage cuts off so short a lead only."""
WORDS_ALONE = 7
WORDS_SURELY = 15
"""An unclaimed passage counts as speech from WORDS_ALONE words if the first pass thinks so too, or from
WORDS_SURELY."""
CONTENT_LIKELY = 0.5
CONTENT_POSSIBLE = 0.2
DENSE = 0.03
"""A text with more marked passages per token is a dialogue: short ones are speech there."""
CUE_TOKENS_AWAY = 40
SENTENCES_ON = 2
PARAGRAPHS_ON = 2
NEIGHBOURS_MAX = 8
"""So many drafts to either side of an unclaimed passage are looked at: the rules stay linear."""

_LABEL = re.compile(r"[“\"]([A-Z][A-Z.’' ]{2,24}):\s*")
_MARKS = "“”\"'«»‘’„ "


@dataclass(slots=True)
class Scene:
    """What the rules see: the tokens, the first pass, the drafts so far and the tokens they hold."""

    tokens: Tokens
    first: FirstPass
    drafts: list[Draft]
    taken: Labels
    kinds: list[int]
    words: Int32s
    sentences: list[int]
    paragraphs: list[int]
    by_cue: list[Draft]
    cues: list[int]
    dense: bool = False

    def is_passage(self, token: int) -> bool:
        return 0 <= token < len(self.kinds) and self.kinds[token] == c.PASSAGE

    def wording(self, token: int) -> str:
        return self.tokens.text[self.tokens.starts[token] : self.tokens.ends[token]]


def apply_rules(tokens: Tokens, first: FirstPass, drafts: list[Draft], taken: Labels) -> list[Draft]:
    """The drafts with their edges set and the missing passages added, by their first token."""
    kinds = tokens.attributes[:, c.KIND].tolist()
    by_cue = sorted((d for d in drafts if d.cue is not None), key=_cue)
    scene = Scene(
        tokens,
        first,
        drafts,
        taken,
        kinds,
        tokens.attributes[:, c.WORD],
        tokens.sentences.tolist(),
        tokens.paragraphs.tolist(),
        by_cue,
        [_cue(draft) for draft in by_cue],
    )
    passages = [token for token, kind in enumerate(kinds) if kind == c.PASSAGE]
    scene.dense = len(passages) > DENSE * len(kinds)
    for draft in drafts:
        draft.content = _split_at_passages(scene, draft.content)
    added: list[Draft] = []
    for token in passages:
        if not taken[token] and _is_speech(scene, token):
            draft_or_none = _place(scene, token)
            if draft_or_none is not None:
                added.append(draft_or_none)
    drafts += added
    drafts.sort(key=lambda draft: draft.content[0])
    return drafts


def _split_at_passages(scene: Scene, content: list[Range]) -> list[Range]:
    """`him, "Q"` and `and said: "Q"` begin with the passage; two passages side by side are two pieces."""
    pieces: list[Range] = []
    for number, (first, end) in enumerate(content):
        for token in range(first + 1, end):
            if not scene.is_passage(token):
                continue
            before = scene.words[token - 1]
            led = number == 0 and token < first + LEAD_TOKENS and before == COMMA
            if led or before in (COLON, SEMICOLON):
                first = token
                break
        for token in range(first + 1, end):
            if scene.is_passage(token) and scene.is_passage(token - 1):
                pieces.append((first, token))
                first = token
        pieces.append((first, end))
    return pieces


def _is_speech(scene: Scene, token: int) -> bool:
    """Whether an unclaimed passage looks like something said rather than a title or a scare quote."""
    wording = scene.wording(token)
    words = wording.count(" ") + 1
    content = scene.first.posteriors[token, f.CONTENT_B] + scene.first.posteriors[token, f.CONTENT_I]
    if words >= WORDS_ALONE and (content >= CONTENT_LIKELY or words >= WORDS_SURELY):
        return True
    inner = wording.strip(_MARKS)
    sentence = inner[:1].isupper() and inner[-1:] in ".?!,;…—-"
    beside = scene.is_passage(token - 1) or scene.is_passage(token + 1)
    return sentence and (beside or content >= CONTENT_POSSIBLE or scene.dense)


def _place(scene: Scene, token: int) -> Draft | None:
    """Join an unclaimed passage to the draft it continues, or make it one of its own."""
    label = _LABEL.match(scene.wording(token)[:40])
    if label is not None:
        start = int(scene.tokens.starts[token])
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
    if not before and not after and (token == 0 or scene.paragraphs[token - 1] != scene.paragraphs[token]):
        earlier = _of_paragraphs_before(scene, token)
        if earlier is not None and earlier.only_passages:
            earlier.content.append((token, token + 1))  # the quotation goes on in a paragraph of its own
            return None
    if last is not None and scene.sentences[token] - scene.sentences[_cue(last)] <= 1:
        return Draft([(token, token + 1)], last.source, last.cue, True, 0.5, 0.5, "rule: same cue")
    return Draft([(token, token + 1)], None, None, True, 0.4, 0.0, "rule: marks")


def _near(scene: Scene, token: int, other: int) -> bool:
    return scene.sentences[other] - scene.sentences[token] <= SENTENCES_ON


def _cue(draft: Draft) -> int:
    return draft.cue[0] if draft.cue is not None else -1


def _neighbours(scene: Scene, token: int) -> tuple[list[Draft], list[Draft]]:
    """The nearest drafts of the same paragraph whose cues stand before the token, and after it; nearest first."""
    at = bisect.bisect_left(scene.cues, token)
    before = reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at])
    after = scene.by_cue[at : at + NEIGHBOURS_MAX]
    paragraph = scene.paragraphs[token]
    same = [[d for d in side if scene.paragraphs[_cue(d)] == paragraph] for side in (before, after)]
    return same[0], same[1]


def _of_paragraphs_before(scene: Scene, token: int) -> Draft | None:
    """The last draft that ends before the token and whose cue stands one or two paragraphs above."""
    at = bisect.bisect_left(scene.cues, token)
    for draft in reversed(scene.by_cue[max(0, at - NEIGHBOURS_MAX) : at]):
        above = scene.paragraphs[token] - scene.paragraphs[_cue(draft)]
        if 0 < above <= PARAGRAPHS_ON and draft.content[-1][1] <= token:
            return draft
    return None


def _in_mid_sentence(scene: Scene, token: int) -> bool:
    if token == 0 or scene.is_passage(token - 1):
        return False
    if scene.tokens.flags[token - 1] & (c.ENDS | c.BREAKS):
        return False
    begins_low = scene.wording(token).lstrip(_MARKS)[:1].islower()
    return begins_low or scene.words[token - 1] not in (COMMA, COLON)


def _from_first_pass(scene: Scene, token: int) -> Draft | None:
    """In mid-sentence the words around belong to it: the first pass says which, and where cue and source are."""
    labels = scene.first.labels
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
    cue = _nearest(scene, f.CUE_B, (first, end), {scene.sentences[first], scene.sentences[end - 1]})
    if cue is None:
        return None
    source = _nearest(scene, f.SOURCE_B, cue, {scene.sentences[cue[0]]})
    scene.taken[first:end] = 1
    return Draft([(first, end)], source, cue, False, 0.4, 0.4, "rule: first pass")


def _nearest(scene: Scene, begin: int, to: Range, sentences: set[int]) -> Range | None:
    """The span of the first pass's label nearest to a range, in one of the sentences."""
    labels = scene.first.labels
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
        if away < distance and scene.sentences[token] in sentences:
            best, distance = (token, end), away
        token = end
    return best
