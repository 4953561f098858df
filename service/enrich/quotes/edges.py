"""Set the edges of drafts by rules, and add the passages that no cue claimed."""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.labels import METHOD as LABEL_METHOD
from service.enrich.quotes.checks.may_act import SPLIT, TRIM
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.read import FirstPass
from service.enrich.quotes.unclaimed import COLON, COMMA, SCARE_WORDS_MAX, SEMICOLON, Scene, claim, cue_of
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash

DASHES = frozenset(map(word_hash, "-–—"))
BRACKET, AND = word_hash("("), word_hash("and")
DATELINE_TOKENS_MAX = 12
LEAD_TOKENS = 5
"""Maximum number of tokens of a lead that a comma before a passage cuts off."""
SCARE_CONFIDENCE = 0.5
DENSE = 0.03
"""Share of marked passages among tokens above which a text is a dialogue, where short passages are speech."""
ADDED_MAX = 4_000
"""Maximum number of passages of a text, its first ones, that become claims without a cue."""


def apply_rules(view: View, first: FirstPass, drafts: list[Draft], taken: Labels) -> list[Draft]:
    """Set the edges of drafts, and add the missing passages. Returns drafts sorted by their first token."""
    passages = view.of_kind(c.PASSAGE)
    for draft in drafts:
        if draft.checks & TRIM and draft.source is not None:
            draft.source = trimmed(view, draft.source)
        if draft.checks & SPLIT and not draft.only_passages and draft.method != LABEL_METHOD:
            draft.content = _split_at_passages(view, passages, draft.content)
    kept = [draft for draft in drafts if not (draft.only_passages and _is_scare_quote(view, draft))]
    free = [token for token in passages if not taken[token]]
    if free:
        scene = _scene(view, first, drafts, taken, passages)
        kept += _unclaimed(scene, free, [draft.source for draft in kept if draft.source is not None])
    return sorted(_once(kept), key=lambda draft: draft.content[0])


def _scene(view: View, first: FirstPass, drafts: list[Draft], taken: Labels, passages: list[int]) -> Scene:
    by_cue = sorted([draft for draft in drafts if draft.cue is not None], key=cue_of)
    dense = len(passages) > DENSE * view.count
    cues = [cue_of(draft) for draft in by_cue]
    return Scene(view, first, first.labels.tobytes(), taken, passages, by_cue, cues, dense)


def _unclaimed(scene: Scene, free: list[int], sources: list[Range]) -> list[Draft]:
    """Make drafts of passages that are in no content and in no source."""
    in_sources = {token for source in sources for token in range(*source)}
    added: list[Draft] = []
    for token in free:
        if len(added) == ADDED_MAX:
            break
        if token in in_sources or scene.taken[token]:  # a draft made on the way may have taken it
            continue
        found = claim(scene, token)
        if found is not None:
            added.append(found)
    return added


def _once(drafts: list[Draft]) -> list[Draft]:
    """Remove drafts with identical content, keeping the one that was carried furthest, then the most confident."""
    best: dict[tuple[Range, ...] | Range, Draft] = {}
    for draft in drafts:
        pieces = draft.content
        content = tuple(sorted(pieces)) if len(pieces) > 1 else pieces[0]
        known = best.setdefault(content, draft)
        if known is not draft and (len(draft.via), draft.confidence) > (len(known.via), known.confidence):
            best[content] = draft
    return list(best.values())


def _is_scare_quote(view: View, draft: Draft) -> bool:
    """Tell whether a passage is a scare quote: `the so-called "ghost ferry"`.

    It has two or three words, no verb of saying, and no speaker who is sure.
    """
    if not draft.only_passages or len(draft.content) > 1 or draft.cue is None:
        return False
    if draft.source is not None and draft.confidence * draft.speaker_confidence >= SCARE_CONFIDENCE:
        return False
    short = view[draft.content[0][0]].count(" ") < SCARE_WORDS_MAX
    return short and c.SAYS not in view.kinds[slice(*draft.cue)]


def trimmed(view: View, source: Range) -> Range:
    """Cut the dateline before a source and the mark behind it."""
    return _after_dateline(view, _without_end_mark(view, source))


def _without_end_mark(view: View, source: Range) -> Range:
    """Cut the last comma off a source: `Lund, chairman of the union,`."""
    first, end = source
    while end > first + 1 and view.hashes[end - 1] in (COMMA, COLON, SEMICOLON):
        end -= 1
    return first, end


def _after_dateline(view: View, source: Range) -> Range:
    """Begin a source after the dash of a dateline that opens its paragraph: `OSTERMARK, Feb 11 - The bank`."""
    first, end = source
    paragraphs, hashes = view.paragraphs, view.hashes
    if DASHES.isdisjoint(hashes[first:end]):
        return source
    opening = max(0, first - DATELINE_TOKENS_MAX)
    if opening and paragraphs[opening] == paragraphs[first]:
        return source
    for token in range(first, min(end - 1, first + DATELINE_TOKENS_MAX)):
        if hashes[token] == BRACKET:
            return source  # "Rep. Ida Roth (R–Aske)"
        if hashes[token] in DASHES:
            return token + 1, end
    return source


def _is_glued(view: View, token: int) -> bool:
    """Tell whether a heading before a passage lost its blank: `Other Affairs"[The sides] will meet`."""
    return view.starts[token] == view.ends[token - 1] and view.kinds[token - 1] != c.PUNCTUATION


def _split_at_passages(view: View, passages: list[int], content: list[Range]) -> list[Range]:
    """Begin content with its passage (`and said: "Q"`), and split two passages side by side."""
    pieces: list[Range] = []
    if not view.holds(c.PASSAGE, content):
        return content
    for number, (first, end) in enumerate(content):
        inside = passages[bisect.bisect_right(passages, first) : bisect.bisect_left(passages, end)]
        for token in inside:
            before = view.hashes[token - 1]
            near = token < first + LEAD_TOKENS and before == COMMA
            led = near and (number == 0 or view.hashes[first] == AND)  # `"A," she said, and shrugged, "B"`
            if led or before in (COLON, SEMICOLON) or _is_glued(view, token):
                first = token
                break
        for token in inside:
            if token > first and view.is_passage(token - 1):
                pieces.append((first, token))
                first = token
        pieces.append((first, end))
    return pieces
