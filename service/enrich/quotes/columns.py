"""What is known of a token: the columns of the attribute matrix, their codes and flags.

The first WORD_COLUMNS belong to the word itself, the others to its place in the sentence.
"""

from __future__ import annotations

# of the word
WORD, SHAPE, KIND, SUFFIX3, SUFFIX2, COARSE, MIDDLE, FINE, OPENER = range(9)
WORD_COLUMNS = 9
# of the place
(
    CUE_BEFORE,  # nearest cue word before, its hash
    CUE_AFTER,
    CUE_BEFORE_FAR,  # its kind and distance
    CUE_AFTER_FAR,
    SENTENCE_FROM,  # distance from the sentence's start
    SENTENCE_TO,
    COMMAS,  # commas since the last cue and until the next
    PASSAGE_FAR,  # distance to the marked passage before and after
    PARAGRAPH,  # 0, 1, 2, 3+
    SENTENCE_HOLDS,  # how many cue words and passages
    OPENER_BEFORE,
    OPENER_AFTER,
    OPENER_BEFORE_FAR,
    OPENER_AFTER_FAR,
    NEIGHBOUR_HOLDS,  # a passage in the sentence before, and here
) = range(WORD_COLUMNS, WORD_COLUMNS + 15)
COLUMNS = WORD_COLUMNS + 15

# KIND
(SAYS, THINKS, CUES, PRONOUN, TITLE, DIGITS, PUNCTUATION, CAPITALS, CAPITAL, LOWER, PASSAGE, NEWLINE) = range(
    12
)

# SHAPE
(
    SHAPE_DIGITS,
    SHAPE_PUNCTUATION,
    SHAPE_CAPITALS,
    SHAPE_CAPITAL,
    SHAPE_LOWER,
    SHAPE_PASSAGE,
    SHAPE_NEWLINE,
) = range(7)

# flags
ENDS = 1  # full stop, question or exclamation mark
ABBREVIATED = 2
MAY_BEGIN = 4  # a sentence may begin with it
BREAKS = 8  # new line
MARKED = 16  # marked passage
OPENS = 32  # behind an abbreviation it opens a sentence: "The"
GOES_ON = 64  # an abbreviation behind which the sentence goes on: "v."
ACRONYM = 128  # an abbreviation that in capitals is a name: "SEC"
SPEAKS = 256  # a verb of saying
FOREIGN = 512  # one of the commonest words of other languages
NEVER_NAMES = 1024  # carries a capital only at the head of a sentence
TITLED = 2048  # a role or an honorific
PARTICLE = 4096  # a small word inside names
COMMON = 8192  # one of the commonest words of the language, and hardly of another
CAPITALISED = 16384  # an abbreviation only with a capital: "Ill."
INITIALS = 32768  # letters with full stops between them: "J.T"
MARKED_ENDS = 65536  # the last character of a marked passage ends a sentence
MARKED_STOPS = 131072  # and is a full stop
SHUTS = 262144  # closing bracket
"""No flag of the vocabulary is above 16384: it keeps them in 16 bits."""

OPENER_LINE = 99
"""OPENER of a new line: it closes clauses, and is no word."""
COMMA_OPENER = 1
"""OPENER of the comma: its place in lexicon.CLAUSE_OPENERS."""
