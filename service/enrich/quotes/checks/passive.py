"""Passives: the subject of "was told" or "is accused" is spoken to or spoken of, and does not speak."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import (
    AGENT_TOKENS_MAX,
    agent,
    auxiliaries,
    is_participle,
    is_passive,
    saying_word,
)
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.not_said import UNPROVEN
from service.languages.en.reporting import (
    ACCUSED,
    ACTIVE_PARTICIPLES,
    BARE_PASSIVES,
    BARE_PASSIVES_AFTER,
    BARE_PASSIVES_BEFORE,
    BETWEEN_VERBS,
    PREPOSITIONS,
    SAID_OF,
)

_LY, _NG, _OF = word_hash("ly"), word_hash("ng"), word_hash("of")
_PREPOSITIONS, _UNPROVEN = word_hashes(PREPOSITIONS), word_hashes(UNPROVEN)
_ACTIVE_PARTICIPLES, _BARE_PASSIVES = word_hashes(ACTIVE_PARTICIPLES), word_hashes(BARE_PASSIVES)

BY_TOKENS = 3
"""Number of tokens behind the participle among which "by" is looked for."""
AGENT_CONFIDENCE = 0.75
"""Least confidence of a claim whose speaker is the agent of a passive, and of that speaker."""
NOBODY_CONFIDENCE = 0.5
"""Factor on the confidence of a statement that a passive leaves without a speaker."""


def set_agents(view: View, draft: Draft) -> bool:
    """Take the agent of a passive as the speaker, or no speaker; False where nothing is left that was said."""
    cue = draft.cue
    if cue is None:
        return True
    verb = saying_word(view, cue)
    if _is_accused_of(view, verb, draft):
        draft.source = None
        return False
    if not _is_spoken_to(view, verb):
        if not _is_told_of(view, verb, draft):
            return True
        draft.source = None
        return False
    if draft.source is not None and draft.source[0] > verb:
        return True  # the model found the agent
    found = _agent(view, verb)
    if found is not None and view.lows[found[1]] == "for" and view.kinds[found[1] + 1] == c.SAYS:
        draft.source = None  # "criticised by unions for saying that ...": it was not the unions who said so
        return False
    if found is not None:
        return _speak(view, draft, found)
    if draft.source is None or draft.source[0] >= verb:
        return True
    draft.source = None
    if not draft.only_passages and view.lows[draft.content[0][0]] != "that":
        return False
    draft.confidence *= NOBODY_CONFIDENCE
    return True


def _is_spoken_to(view: View, verb: int) -> bool:
    """Tell whether the verb makes its subject a listener: `was told`, `is being accused`, `Benn, accused of arson,`."""
    if view.kinds[verb] != c.SAYS:
        return False
    word = view.hashes[verb]
    if word in _ACTIVE_PARTICIPLES:
        return False
    if is_passive(view, verb):
        return True
    if word not in _BARE_PASSIVES:
        return False
    return view.lows[verb + 1] in BARE_PASSIVES_BEFORE and view.lows[verb - 1] in BARE_PASSIVES_AFTER


def _is_told_of(view: View, verb: int, draft: Draft) -> bool:
    """Tell whether others tell this of the subject: `Sefu is reported to have told aides`. Then nobody says it here."""
    if draft.source is None or draft.source[0] > verb:
        return False
    before = auxiliaries(view, verb)
    if "to" not in before:
        return False
    at = verb - before.index("to") - 2
    return view.lows[at] in SAID_OF and is_participle(view.lows[at]) and is_passive(view, at)


def _is_accused_of(view: View, verb: int, draft: Draft) -> bool:
    """Tell whether the subject may not have said it: `Falk was accused of (falsely) claiming that the judge lied`.

    So it is in `Falk is under investigation for claiming that ...`, and not where somebody else says it at a trial.
    """
    of = verb - 1 - (view.endings[verb - 1] == _LY)
    if view.endings[verb] == _NG and view.hashes[of] in _PREPOSITIONS and view.hashes[of - 1] in _UNPROVEN:
        return draft.source is None or draft.source[1] <= of
    if view.hashes[of] != _OF or (draft.source is not None and draft.source[0] >= of):
        return False
    if view.lows[of - 1] in ACCUSED:
        return True
    return any(
        view.lows[token] in ACCUSED and view.lows[token + 1] == "by"
        for token in range(max(0, of - AGENT_TOKENS_MAX), of)
    )


def _agent(view: View, verb: int) -> Range | None:
    end = min(view.count, verb + 1 + BY_TOKENS)
    for token in range(verb + 1, end):
        if view.lows[token] == "by":
            return agent(view, token, view.count)
        if view.lows[token] not in BETWEEN_VERBS and not view.lows[token].endswith("ly"):
            return None
    return None


def _speak(view: View, draft: Draft, found: Range) -> bool:
    """Give the agent the words behind it; False where none are left."""
    draft.source = found
    draft.confidence = max(draft.confidence, AGENT_CONFIDENCE)
    draft.speaker_confidence = max(draft.speaker_confidence, AGENT_CONFIDENCE)
    content: list[Range] = []
    for first, end in draft.content:
        if first < found[1] and end > found[0] - 1:
            first = found[1]
        if first < end:
            content.append((first, end))
    draft.content = content or draft.content
    if draft.cue is not None and draft.cue[1] > found[0] - 1:
        draft.cue = (draft.cue[0], max(draft.cue[0] + 1, found[0] - 1))
    return bool(content)
