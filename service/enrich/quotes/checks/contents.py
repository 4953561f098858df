"""Where what was said begins and ends: not in the sentence before, not at the speaker's next verb."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.interrupted import is_predicate, with_other_half, without_stop
from service.enrich.quotes.checks.long_pieces import whole
from service.enrich.quotes.checks.occasions import behind_occasion
from service.enrich.quotes.checks.relative_clauses import (
    behind_relative,
    main_verb,
    relative_end,
    tells_more,
    without_aside,
)
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.subjects import clause_behind, is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    CLAUSE_SUBJECTS,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    FINITE_SAYING,
    PREPOSITIONS,
    SUBORDINATING,
    TELLING_VERBS,
    VERB_MARKS,
)

_NAMES = (c.CAPITAL, c.CAPITALS, c.TITLE)
_AND, _ACCORDING, _AS, _COMMA, _THAT, _WHO, _NO = (
    word_hash(word) for word in ("and", "according", "as", ",", "that", "who", "no")
)
SEMICOLON = word_hash(";")
_DASHES, _TELLING_VERBS = word_hashes(DASHES), word_hashes(TELLING_VERBS)
_JOINING, _SUBORDINATING = word_hashes(CONJUNCTIONS), word_hashes(SUBORDINATING)
_CLAUSAL = word_hashes(VERB_MARKS | CLAUSE_SUBJECTS)

OPENING_TOKENS = 6
"""Number of tokens at the head of a clause among which its auxiliary or pronoun stands."""


def set_content(view: View, draft: Draft) -> None:
    """Correct the edges of a statement; marked passages have rules of their own."""
    cue, source = draft.cue, draft.source
    if source is not None and len(draft.content) > 1:
        apart = [piece for piece in draft.content if piece[1] <= source[0] or source[1] <= piece[0]]
        draft.content = apart or draft.content
    if cue is not None and source is not None and len(draft.content) > 1:
        draft.content = without_aside(view, draft.content, max(cue[1], source[1]))
    if cue is not None and len(draft.content) > 1:
        draft.content = _beside_passage(view, draft.content, cue)
        if source is not None:
            draft.content = _before_conjunction(view, draft.content, source, cue)
    if cue is not None:
        draft.content[0] = behind_occasion(view, _behind_cue(view, draft.content[0], cue), cue)
        draft.content = with_other_half(view, draft)
        if not draft.only_passages:
            draft.content[-1] = whole(view, draft.content[-1], cue)
    if cue is None or draft.only_passages or view.holds(c.PASSAGE, draft.content):
        return
    accords = view.hashes[cue[0]] == _ACCORDING
    if source is not None and accords:
        _split_at_comma(view, draft, source)
        draft.content[0] = behind_relative(view, draft.content[0], source)
        _behind_accorded(view, draft, source, cue)
    content = [_trimmed(view, piece, cue) for piece in _without_lead(view, draft, cue)]
    if content and content[0][1] <= cue[0]:
        first = _with_first_name(view, content[0][0])
        content[0] = (_before_dashes(view, first), content[0][1])
    if content and accords and content[-1][1] <= cue[0]:
        content[0] = (_clause_start(view, content[0][0]), content[0][1])
    if content and content[-1][0] >= cue[1]:
        first, end = content[-1]
        end = _next_verb(view, (first, _behind_parenthesis(view, (first, end))))
        if draft.source is not None and tells_more(view, draft.source):
            end = relative_end(view, (first, end))
        elif view.hashes[cue[0] - 1] == _WHO and view.hashes[cue[0] - 2] != _COMMA:
            end = main_verb(view, (first, end), cue[0] - 1)
        if draft.source is not None and view.hashes[draft.source[0] - 1] in _SUBORDINATING:
            end = _main_clause(view, (first, end))
        content[-1] = (first, end)
    draft.content = [(first, end) for first, end in content if first < end] or draft.content


def _behind_accorded(view: View, draft: Draft, source: Range, cue: Range) -> None:
    """Take what stands behind in `The bridge is old and, according to | Falk |, it will close`: "and" leads to it.

    So does a semicolon.
    """
    last, high = draft.content[-1][1], without_stop(view, sentence_range(view, cue[0])[1])
    joined = view.hashes[last - 1] in _JOINING or view.hashes[cue[0] - 1] == SEMICOLON
    if last > cue[0] or not joined or view.hashes[source[1]] != _COMMA:
        return
    behind = (source[1] + 1, high)
    if behind[0] < high and is_clause(view, behind):
        draft.content = [behind]


def _split_at_comma(view: View, draft: Draft, source: Range) -> None:
    """Move `According to a study published | in a journal, one in eight died` apart at its comma."""
    first, end = draft.content[0]
    if first != source[1] or view.lows[first] not in PREPOSITIONS | DAYS_AND_TIMES:
        return
    comma = next((token for token in range(first, end - 1) if view.lows[token] == ","), -1)
    if comma > 0:
        draft.source = (source[0], comma)
        draft.content[0] = (comma + 1, end)


def _beside_passage(view: View, pieces: list[Range], cue: Range) -> list[Range]:
    """Keep, behind a marked passage and its cue, what belongs to it.

    Not `"...", Falk said in a letter about | the call`, and not the sentence behind: `"...", said Falk. | Roth left`.
    """
    if not view.holds(c.PASSAGE, pieces[:1]) or pieces[0][1] > cue[0]:
        return pieces
    occasion = cue[1] if view.lows[cue[1] - 1] in PREPOSITIONS else -1
    sentence = view.sentences[cue[1] - 1]
    return [
        (first, end)
        for first, end in pieces
        if view.is_passage(first) or (first != occasion and view.sentences[first] <= sentence)
    ]


def _before_conjunction(view: View, pieces: list[Range], source: Range, cue: Range) -> list[Range]:
    """Drop the clause before `The Courier could not reach Benn, and | his agent | said only: "No comment."`."""
    leads = pieces[0][1] <= source[0] < cue[0] <= pieces[-1][0] and view.hashes[source[0] - 1] in _JOINING
    told = [piece for piece in pieces if view.is_passage(piece[0]) and piece[0] >= cue[1]]
    return told if leads and told and not view.holds(c.PASSAGE, pieces[:1]) else pieces


def _behind_cue(view: View, piece: Range, cue: Range) -> Range:
    """Begin `was mocked | for claiming that the earth is flat` behind the cue, which runs up to "claiming"."""
    first, end = cue[1], piece[1]
    if view.hashes[piece[0]] == _AS and piece[0] + 2 == first < end:
        return first, end  # "was quoted | as saying the flour had run out"
    if not cue[0] < piece[0] < first < end or view.kinds[first - 1] != c.SAYS or view.lows[first - 2] == "as":
        return piece  # "quoted | Falk as saying that ..." is opened with its speaker
    opening = view.hashes[first : min(end, first + OPENING_TOKENS)]
    is_told = view.lows[first] not in PREPOSITIONS and not _CLAUSAL.isdisjoint(opening)
    return (first, end) if is_told or opening[0] == _THAT else piece


def _without_lead(view: View, draft: Draft, cue: Range) -> list[Range]:
    """Drop what stands before the speaker and is no half of what was said.

    `Three skip meals, and | four said prices had risen`; `No stranger to scandal, | Falk told us he would stay`;
    `Markets fell after | Governor Lin Baro said rates would rise`.
    """
    pieces, source = draft.content, draft.source
    if len(pieces) < 2 or source is None or not (pieces[0][1] <= source[0] < cue[0] <= pieces[-1][0]):
        return pieces
    before = source[0] - 1
    joined = view.lows[before] in CONJUNCTIONS
    whole = is_clause(view, pieces[-1]) and not is_predicate(view, pieces[-1][0])
    apposed = whole and view.hashes[pieces[0][0]] == _NO and not is_clause(view, pieces[0])
    led = whole and view.hashes[before] in _SUBORDINATING and pieces[0][1] >= before
    return [piece for piece in pieces if piece[0] > source[0]] if joined or apposed or led else pieces


def _trimmed(view: View, piece: Range, cue: Range) -> Range:
    """Cut a hearer, what stands in another sentence and line breaks from a piece."""
    first, end = _of_sentence(view, _without_hearer(view, piece, cue), cue)
    return first, _without_line(view, first, end)


def _without_hearer(view: View, piece: Range, cue: Range) -> Range:
    """Cut the hearer from `told | Moss | the dam was safe`."""
    if piece[0] < cue[1] or view.hashes[cue[1] - 1] not in _TELLING_VERBS:
        return piece
    told = clause_behind(view, cue[1] - 1, piece[1])
    if told is None or told[0] < piece[0]:
        return piece
    return told if piece[0] == cue[1] or view.hashes[told[0]] == _THAT else piece


def _of_sentence(view: View, piece: Range, cue: Range) -> Range:
    """Cut a piece that runs over the end of a sentence down to the part beside the cue."""
    first, end = piece
    if view.sentences[first] == view.sentences[end - 1]:
        return piece
    low, _ = sentence_range(view, cue[0])
    return (low, end) if first < low < end <= cue[0] else piece


def _without_line(view: View, first: int, end: int) -> int:
    """Leave out the line breaks at the end of a piece."""
    while end > first + 1 and view.kinds[end - 1] == c.NEWLINE:
        end -= 1
    return end


def _with_first_name(view: View, first: int) -> int:
    """Extend `Russia and | China's presidents met, the ministry said` to the head of a coordinated subject."""
    if view.hashes[first - 1] != _AND or view.kinds[first] not in _NAMES:
        return first
    low = first - 1
    while low > 0 and (view.kinds[low - 1] in _NAMES or view.lows[low - 1] == ","):
        low -= 1
    begins = low == 0 or view.sentences[low - 1] != view.sentences[low]
    return low if begins and low < first - 1 else first


def _clause_start(view: View, first: int) -> int:
    """Extend `Halden is a company with | 900 people, according to ...`, which is cut behind a preposition."""
    low, _ = sentence_range(view, first)
    if first == low or view.lows[first - 1] not in PREPOSITIONS:
        return first
    between = range(low, first)
    plain = not any(view.kinds[token] in (c.SAYS, c.PASSAGE, c.NEWLINE) for token in between)
    return low if plain and is_clause(view, (low, first)) else first


def _before_dashes(view: View, first: int) -> int:
    """Extend `Two mayors — Falk and Moss — | are late, the council said` to the subject before the dashes."""
    if view.hashes[first - 1] not in _DASHES:
        return first
    low, _ = sentence_range(view, first)
    opening = next((token for token in range(low, first - 1) if view.hashes[token] in _DASHES), low)
    return low if opening > low and is_noun_phrase(view, (low, opening)) else first


def _behind_parenthesis(view: View, content: Range) -> int:
    """Extend `that fees — as Falk put it — | would rise` to the end of its sentence."""
    first, end = content
    if view.hashes[first] != _THAT:
        return end
    dashes = sum(hashed in _DASHES for hashed in view.hashes[first:end])
    if not (dashes % 2 or (end < view.count and view.hashes[end] in _DASHES)):
        return end
    high = max(end, without_stop(view, sentence_range(view, first)[1]))
    closing = next((token for token in range(end + 1, high - 1) if view.hashes[token] in _DASHES), high)
    return high if closing < high and view.lows[closing + 1] in VERB_MARKS else end


def _next_verb(view: View, content: Range) -> int:
    """End `urged the court to free them | and slammed its silence`: an infinitive does not go on in the past."""
    first, end = content
    for verb, before in enumerate(view.hashes[first + 2 : end - 1], first + 3):
        if before not in _JOINING or (view.kinds[verb] > c.THINKS and not _leads_on(view, verb)):
            continue
        past = view.lows[verb].endswith("ed") or view.lows[verb] in FINITE_SAYING
        if past and _is_infinitive(view, (first, verb - 2)):
            return verb - 1 - (view.lows[verb - 2] == ",")
    return end


def _leads_on(view: View, verb: int) -> bool:
    """Tell whether a word in -ed is a verb: an adverb, a preposition or an object with its article follows."""
    behind = view.lows[verb + 1]
    return view.kinds[verb] == c.LOWER and (
        behind in PREPOSITIONS
        or behind in DETERMINERS
        or behind in ("out", "off", "up", "away", "down", "back")
    )


def _is_infinitive(view: View, content: Range) -> bool:
    """Tell whether a stretch holds an infinitive with "to" and no finite verb before it."""
    for token in range(*content):
        if view.lows[token] == "to":
            return True
        if view.lows[token] in VERB_MARKS:
            return False
    return False


def _main_clause(view: View, content: Range) -> int:
    """End `When Roth said the dam was safe, | the council voted` where the main clause begins."""
    first, end = content
    for comma in range(first + 2, end - 2):
        if view.lows[comma] != ",":
            continue
        opening, told = view.lows[comma + 1], is_clause(view, (first, comma))
        if opening in CLAUSE_SUBJECTS or (told and _opens_clause(view, comma + 1, end)):
            return comma
    return end


def _opens_clause(view: View, first: int, end: int) -> bool:
    """Tell whether a subject with its verb stands before the next comma."""
    if view.kinds[first] not in _NAMES and view.lows[first] not in DETERMINERS:
        return False
    comma = next((token for token in range(first, end) if view.lows[token] == ","), end)
    return is_clause(view, (first, comma))
