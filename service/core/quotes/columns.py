"""What is known of a token: the columns of the attribute matrix, their codes and flags.

The first TYPE_COLUMNS belong to the word type and are looked up; the others depend on the sentence around it.
"""

from __future__ import annotations

# of the type
WORD, SHAPE, KIND, SUFFIX3, SUFFIX2, COARSE, MIDDLE, FINE, OPENER, FLAGS = range(10)
TYPE_COLUMNS = 10
# of the place
(
    CUE_BEFORE,  # nearest cue word before, its hash
    CUE_AFTER,
    CUE_BEFORE_FAR,  # its kind and distance
    CUE_AFTER_FAR,
    SENTENCE_FROM,  # distance from the sentence's start
    COMMAS,  # commas since the last cue and until the next
    PASSAGE_FAR,  # distance to the marked passage before and after
    SENTENCE_TO,
    PARAGRAPH,  # 0, 1, 2, 3+
    SENTENCE_HOLDS,  # how many cue words and passages
    OPENER_BEFORE,
    OPENER_AFTER,
    OPENER_AFTER_FAR,
    OPENER_BEFORE_FAR,
    NEIGHBOUR_HOLDS,  # passage in the sentence before, and here
) = range(TYPE_COLUMNS, TYPE_COLUMNS + 15)
PLACE_COLUMNS = TYPE_COLUMNS + 15

# KIND
(SAYS, THINKS, CUES, PRONOUN, TITLE, DIGITS, PUNCTUATION, CAPITALS, CAPITAL, LOWER, PASSAGE, NEWLINE) = range(
    12
)

# FLAGS
ENDS = 1  # full stop, question or exclamation mark
ABBREVIATED = 2
MAY_BEGIN = 4  # a sentence may begin with it
BREAKS = 8  # new line
MARKED = 16  # marked passage
MARKED_ENDS = 32  # its last character ends a sentence
MARKED_STOPS = 64  # and is a full stop
SHUTS = 128  # closing bracket
