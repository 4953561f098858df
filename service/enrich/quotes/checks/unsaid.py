"""What nobody said: questions that were asked, answers that were refused, wishes for anonymity, mere adverbials."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.hypothetical import is_hypothetical, is_inferred
from service.enrich.quotes.checks.no_comment import is_no_comment
from service.enrich.quotes.checks.nobody import is_nobody
from service.enrich.quotes.checks.occasions import is_mere_occasion
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, is_denied, saying_word
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.lexicon import NEGATING_CUES
from service.languages.en.not_said import WAITING
from service.languages.en.reporting import (
    ADVERBIAL_CLAUSES,
    ADVERBIAL_HEADS,
    ASKING,
    CITING,
    CLAUSE_SUBJECTS,
    COMMANDING,
    DETERMINERS,
    IRREGULAR_PAST,
    JUDGING_VERBS,
    LEFT_UNSAID,
    NAMES_AFTER,
    NO_COMMENT,
    NOUNS_OF_SAYING,
    PREPOSITIONS,
    PUBLISHING,
    QUESTION_WORDS,
    REFUSING,
    SUPPOSING,
    TIME_ADVERBS,
    UNNAMED,
    VERB_MARKS,
    WISHING_UNNAMED,
)

_SUPPOSING, _WHAT = word_hashes(SUPPOSING), word_hash("what")
_ASKING, _CITING, _WISHING_UNNAMED = word_hashes(ASKING), word_hashes(CITING), word_hashes(WISHING_UNNAMED)
_REFUSING, _LEFT_UNSAID, _NEGATING_CUES = map(word_hashes, (REFUSING, LEFT_UNSAID, NEGATING_CUES))
_QUESTION_WORDS, _SAID_IN_FULL = word_hashes(QUESTION_WORDS), word_hashes({"that", "the"})
_PREPOSITIONS, _BEFORE_NOUNS = word_hashes(PREPOSITIONS), word_hashes(PREPOSITIONS | DETERMINERS)
_TO, _ED, _NG = word_hash("to"), word_hash("ed"), word_hash("ng")

_FOR, _THAT, _WAITING = word_hash("for"), word_hash("that"), word_hashes(WAITING)
_REPORTED, _TO_OR_FOR = word_hashes({"reported", "reports", "report"}), frozenset({_TO, _FOR})

_YET = word_hash("yet")
_NOT_DONE = _REFUSING | {_YET}
"""Words before "to" by which it was not said: `declined to say`, `has yet to say`."""

UNNAMED_TOKENS_MAX = 8
"""Maximum length of `not to be named because ...`, in tokens, up to the word that tells it."""
ADVERBIAL_TOKENS_MAX = 7
"""Maximum length of a mere adverbial, in tokens."""
PART_TOKENS_MAX = 3
"""Maximum length of `For his part`, in tokens."""
TOPIC_TOKENS_MAX = 16
"""Maximum length of a topic, in tokens."""
SILENCE_TOKENS_MAX = 7
"""Maximum length of `nothing of the plan`, in tokens."""
NAME_TOKENS_MAX = 5
"""Maximum length of a name, in tokens."""
TITLE_WORDS_MAX = 6
"""Maximum length of the title of a book or a piece, in words."""
_SILENCE = word_hashes({"nothing", "little"})
_VERBAL = word_hashes(VERB_MARKS | CLAUSE_SUBJECTS | IRREGULAR_PAST | {"to"})
_NOUNS_OF_SAYING, _OWNERS = word_hashes(NOUNS_OF_SAYING), word_hashes({"'s", "'"})
_ADVERBIAL_CLAUSES = word_hashes(ADVERBIAL_CLAUSES)
_SAYING = frozenset({c.SAYS, c.THINKS})
_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})


def is_unsaid(view: View, draft: Draft) -> bool:
    """Tell whether a draft holds no statement of anyone."""
    if draft.cue is None or not draft.content:
        return False
    verb = saying_word(view, draft.cue)
    if is_nobody(view, draft) or is_hypothetical(view, verb):
        return True
    first, end = draft.content[0]
    if view.kinds[first] == c.PASSAGE or draft.only_passages:
        return _is_nickname(view, draft)
    return (
        is_mere_occasion(view, draft)
        or _is_refused(view, draft.cue, verb, first)
        or _is_question(view, verb, first)
        or _is_wish_for_anonymity(view, verb, (first, end))
        or _is_mere_adverbial(view, draft)
        or _is_cited_source(view, draft, verb)
        or _is_mere_name(view, draft)
        or _is_owned(view, draft, verb)
        or _is_supposed(view, draft)
        or _is_silence(view, draft)
        or _is_awaited(view, draft, verb)
        or _is_reporting_to(view, draft, verb)
        or is_inferred(view, draft, verb)
        or (len(draft.content) == 1 and is_no_comment(view, (first, end)))
    )


def is_topic(view: View, draft: Draft) -> bool:
    """Tell whether a statement names only what was spoken of or done: no verb stands in it."""
    if draft.cue is None or draft.only_passages or len(draft.content) > 1:
        return False
    first, end = draft.content[0]
    if end - first > TOPIC_TOKENS_MAX or view.lows[saying_word(view, draft.cue)] in JUDGING_VERBS:
        return False
    if c.PASSAGE in view.kinds[first:end]:
        return False
    hashes, endings = view.hashes, view.endings
    for token in range(first, end):
        if view.kinds[token] in _SAYING and not _is_noun(view, token):
            return False
        if hashes[token] in _VERBAL or endings[token] == _ED:
            return False
        if (
            endings[token] == _NG
            and view.lows[token].endswith("ing")
            and hashes[token - 1] not in _BEFORE_NOUNS
        ):
            return False
    return True


def _is_noun(view: View, token: int) -> bool:
    """Tell whether a word of saying is a noun: `his | support |`, `the court's | order |`."""
    before = view.hashes[token - 1]
    return view.hashes[token] in _NOUNS_OF_SAYING and (before in _BEFORE_NOUNS or before in _OWNERS)


def _is_supposed(view: View, draft: Draft) -> bool:
    """Tell whether somebody only may say it, or says something else: `if the court rules that`, `than what he says`."""
    if draft.source is None:
        return False
    before = view.hashes[draft.source[0] - 1]
    if before != _WHAT:
        return before in _SUPPOSING
    teaser = draft.content[0][0] == draft.source[0] - 1  # "What the minister said about the dam"
    return teaser or draft.content[-1][1] <= draft.source[0]


def _is_awaited(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether it was only hoped for: `waiting for | the minister | to say that the law will change`."""
    if draft.source is None or view.hashes[verb - 1] != _TO or draft.source[1] > verb:
        return False
    return view.hashes[draft.source[0] - 1] == _FOR and view.hashes[draft.source[0] - 2] in _WAITING


def _is_reporting_to(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether someone only went there: `reported | to prison on Friday`, `reported | for work`."""
    first, end = draft.content[0]
    goes = view.hashes[verb] in _REPORTED and first == verb + 1 and view.hashes[first] in _TO_OR_FOR
    return goes and len(draft.content) == 1 and _THAT not in view.hashes[first:end]


def _is_owned(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether a participle only describes what belongs to someone: `Falk's | proposed | law`."""
    if draft.source is None or draft.source[1] != verb or view.endings[verb] != _ED:
        return False
    return view.lows[verb - 1] in ("'s", "'")


def _is_mere_name(view: View, draft: Draft) -> bool:
    """Tell whether the content is a name and nothing else: `praised | Tom Lund`."""
    first, end = draft.content[0]
    is_short = end - first <= NAME_TOKENS_MAX and len(draft.content) == 1
    return is_short and _NAMES.issuperset(view.kinds[first:end])


def _is_refused(view: View, cue: Range, verb: int, first: int) -> bool:
    """Tell whether the speaker refused to say it: `declined to say whether`, `would not say how much`."""
    hashes = view.hashes
    if hashes[first - 1] in _REFUSING or not _REFUSING.isdisjoint(hashes[cue[0] : cue[1]]):
        return True
    if hashes[verb - 1] == _TO and hashes[verb - 2] in _NOT_DONE:
        return True
    if _YET in hashes[cue[0] : cue[1]] and _TO in hashes[cue[0] : cue[1]]:
        return True  # "have yet to call for"
    word, opening = hashes[verb], hashes[first]
    leaves_unsaid = (
        opening in _QUESTION_WORDS
        or word in _NEGATING_CUES
        or (word in _LEFT_UNSAID and opening not in _SAID_IN_FULL)
    )
    return leaves_unsaid and is_denied(view, verb)


def _is_question(view: View, verb: int, first: int) -> bool:
    """Tell whether it was only asked: `Asked if he would resign`. A request (`asked him to`) is no question."""
    if view.hashes[verb] not in _ASKING:
        return False
    opening = set(view.words((verb + 1, first + 1)))
    return not opening & {"that", "to"} or bool(opening & QUESTION_WORDS)


def _is_wish_for_anonymity(view: View, verb: int, content: Range) -> bool:
    if view.hashes[verb] not in _WISHING_UNNAMED:
        return False
    first, end = content
    return not UNNAMED.isdisjoint(view.words((first, min(end, first + UNNAMED_TOKENS_MAX))))


def _is_mere_adverbial(view: View, draft: Draft) -> bool:
    """Tell whether the content is words about the saying: `conceded | shortly before midnight`."""
    if len(draft.content) > 1:
        return False
    first, end = draft.content[0]
    if c.PASSAGE in view.kinds[first:end]:
        return False
    if end - first <= PART_TOKENS_MAX and view.hashes[first] in _PREPOSITIONS:
        return view.lows[first] != "to" or COMMANDING.isdisjoint(view.words(draft.cue or (first, first)))
    behind = draft.cue is not None and first >= draft.cue[1]
    if (
        behind
        and view.hashes[first] in _ADVERBIAL_CLAUSES
        and all(view.lows[token] != "," for token in range(first, end))
    ):
        return True
    if end - first > ADVERBIAL_TOKENS_MAX or is_clause(view, (first, end)):
        return False
    word = view.lows[first]
    if word in TIME_ADVERBS or (word.endswith("ly") and word != "only"):
        return True
    if word not in ADVERBIAL_HEADS:
        return False
    return c.DIGITS in view.kinds[first:end] or not TIME_ADVERBS.isdisjoint(view.words((first, end)))


def _is_cited_source(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether the content is whom it was heard from: `the paper reported, citing | a union leader`."""
    return view.hashes[verb] in _CITING or view.hashes[draft.content[0][0] - 1] in _CITING


def _is_nickname(view: View, draft: Draft) -> bool:
    """Tell whether the content is a name that someone goes by, `who goes by the name "Shorty"`, or "no comment"."""
    first, end = draft.content[0]
    if end - first != 1 or view[first].count(" ") >= TITLE_WORDS_MAX:
        return False
    words = view[first].strip("“”‘’\"', .!").lower().split()
    if len(draft.content) == 1 and words and words[-1] in NO_COMMENT and words[:-1] in ([], ["no"]):
        return True
    if draft.cue is not None and view.lows[draft.cue[1] - 1] in PUBLISHING:
        return True
    if view[first].count(" ") > 2:
        return False
    return view.lows[first - 1] in NAMES_AFTER


def _is_silence(view: View, draft: Draft) -> bool:
    """Tell whether somebody said nothing: `said | nothing of the plan`, but `said | nothing had changed`."""
    first, end = draft.content[0]
    if end - first > SILENCE_TOKENS_MAX or view.hashes[first] not in _SILENCE:
        return False
    return end - first == 1 or view.hashes[first + 1] in _PREPOSITIONS
