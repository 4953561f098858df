"""English words that decide what counts as a fact: small words, negations, reversals, numbers, notes to editors."""

from __future__ import annotations

from typing import Final

from service.languages.en.lexicon import SAYING, THINKING
from service.languages.lists import words

STOP: Final = words(
    "the a an and or but in on at of to for from by with as is are was were be been has have had it "
    "its he she they we you i his her their our this that these those there here not no if when while "
    "after before then so than what who which how why where also still just more most one two can "
    "could will would should may might must do does did all some any many much even now new said says "
    "over into about up out off down per each both between against under during because since until "
    "through"
)
"""Words that carry no fact by themselves, however they are written."""

AUXILIARIES: Final = words(
    "will would can could should must is are was were has have had did does do may might"
)
NEGATIONS: Final = words("not no never cannot none nobody nothing neither nor without")

REVERSING: Final = words(
    "rejected approved won lost rose fell supports opposes supported opposed accepted refused "
    "confirmed denied increased decreased higher lower guilty innocent passed failed allow forbid "
    "allowed barred above below majority minority agreed declined praised condemned strong weak "
    "likely unlikely legal illegal always fewer against yes raised cut gained shed beat missed win "
    "lose support oppose wins loses rises falls accepts rejects approves blocks blocked allows bans "
    "banned lifted imposed opened closed hired fired arrested released convicted acquitted alive dead "
    "safe unsafe profit loss gain gains buy sell bought sold upheld overturned defeated defeats beats "
    "edged edges topped trailed acquires acquired sued sues backs backed attacked attacks killed buys "
    "sells succeeds succeeded joins quits top miss tops misses widened narrowed surged slumped jumped "
    "dropped"
)
"""Words that reverse a statement if another takes their place, or if its subject and object change places."""

AGENCIES: Final = words(
    "reuters ap afp sputnik tass xinhua upi ians dpa ani staff editing reporting photo image file "
    "copyright by credit caption rpt refile urgent flash newsflash newswire"
)

CREDIT_WORDS: Final = words(
    "and for of in from the with via to a an at on this our writing written compiled produced edited reported "
    "additional report story article contributed courtesy illustration graphic graphics map maps photos images "
    "photograph photographs writer writers correspondent correspondents bureau desk agencies agency pool handout "
    "screenshot source credits editor editors all rights reserved newsroom tel phone email twitter"
)
"""Words of lines that say who made a text, beside agencies and names."""

DATE_WORDS: Final = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec am pm"
)
"""Words that make the figures of a dateline or a credit those of a date or a time."""

UNITS: Final = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        2,
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES: Final = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mln": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bln": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}
"""Powers of ten that a word behind a figure multiplies it by."""

ORDINAL_ENDS: Final = words("st nd rd th")
GLUED_UNITS: Final = words(
    "am pm pc pct percent km kms kg kgs mph kph mm cm ft in lb lbs oz gb mb kb tb mw kw gw kwh mwh "
    "min mins hr hrs sec s yr yrs c p x g l ml b yo year day hz mhz ghz bps bp pp pts"
)
"""Units that may be glued to a figure without making it part of a name."""

COMMON: Final = (
    words(
        "people police government president minister state city company court year years day days "
        "week weeks month months time times home house world country national international public "
        "local federal official officials group party leader leaders chief head top high low big "
        "small large long short old young good bad best worst first second third last next early late "
        "left right report reports news live update updates breaking video exclusive watch analysis "
        "opinion death deaths toll dead killed kills injured hurt dies died fire fires crash attack "
        "attacks bomb blast explosion shooting storm floods flood quake earthquake rescue rescuers "
        "workers worker firefighters police officer officers man men woman women child children boy "
        "girl family families student students teacher school schools university hospital health care "
        "market markets stock stocks share shares price prices oil gas gold bank banks money tax "
        "taxes budget trade deal deals talks plan plans bill law laws vote votes election elections "
        "poll polls race campaign candidate candidates win wins won lose loses lost beat beats game "
        "games match season final team teams player players coach club league cup title goal goals "
        "points run runs hit hits rise rises rose fall falls fell up down cut cuts gain gains drop "
        "drops jump jumps surge surges slump record records profit profits loss losses revenue sales "
        "earnings quarter quarterly annual results growth economy economic jobs job work back get "
        "gets got make makes made take takes took give gives gave go goes went come comes came set "
        "sets put keep keeps find finds found show shows face faces call calls called ask asks tell "
        "tells name named names near inside outside amid around without again once another other "
        "others several million billion percent morning evening night today tomorrow yesterday "
        "weather rain snow wind winds forecast warning watch road roads street bridge train trains "
        "bus car cars plane flight airport port water power energy food farm land building charge "
        "charged charges trial judge jury guilty sentence prison jail arrest arrested arrests suspect "
        "suspects murder crime drug drugs gun guns war peace army military troops soldiers border "
        "nuclear security terror threat crisis protest protests strike strikes rights freedom history "
        "culture art film movie music book show star stars life love free open close closed opens "
        "closes start starts begin begins end ends ended stop stops stopped could need needs want "
        "wants help helps hope hopes issue issues problem problems question questions change changes "
        "study research science technology data internet online media press video photo photos story "
        "stories letter statement speech interview meeting visit tour trip conference summit "
        "agreement decision order orders action effort move moves step case cases part place point "
        "number level rate rates index total average major key former senior general special joint "
        "private foreign political social human central north south east west northern southern "
        "eastern western yes never always often soon later earlier ago already almost only really "
        "very well too like unlike same such own every everyone someone everything something nothing "
        "anything however although though despite meanwhile according instead perhaps maybe indeed "
        "finally recently currently let see look looks say think know want use used using being "
        "having doing going making taking getting coming jobless unemployed unemployment employment "
        "inflation housing rents rent wages pay pensions mortgages exports imports output factories factory "
        "nearly least"
    )
    | SAYING
    | THINKING
    | REVERSING
)
"""Words that are not names if they have a capital in a headline or at the start of a sentence."""

CORRECTION_WORDS: Final = words(
    "corrects correction corrections corrected correcting refiles recasts clarifies clarification"
)
WITHDRAWAL_WORDS: Final = words(
    "kill kills killed withdrawn withdrawal retraction retracted retracts withdraws"
)
