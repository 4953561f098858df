"""Words by which English says who spoke, who was spoken to, and what nobody said."""

from __future__ import annotations

from service.languages.lists import words

BE = words("is are was were be been being 's 're 'm am isn wasn aren weren ain get gets got gotten")
"""Forms of "be" and "get": before a participle they make a passive."""

HAVE = words("has have had having 've hasn haven hadn")
DO = words("do does did don doesn didn")
MODALS = words(
    "will would can could may might must shall should 'll 'd won wouldn couldn cannot shouldn ought"
)

NOT = words("not n't 't never no neither nor cannot")
"""Words that deny the verb behind them."""

BETWEEN_VERBS = words(
    "also already just now then still again later recently once twice ever even often always only first himself "
    "herself themselves itself both all not n't 't never been being since long yet so widely publicly"
)
"""Words that may stand between an auxiliary and its verb, besides those that end in -ly."""

SAID_OF = words("said reported alleged believed thought understood rumored rumoured claimed known expected")
"""Participles of "is said to": what follows is told of the subject by someone else."""

ACTIVE_PARTICIPLES = words(
    "agreed determined sworn spoken written concerned worried convinced committed prepared quoted cited interviewed"
)
"""Participles of saying that behind "be" do not make their subject the one spoken to."""

ASKING = words(
    "ask asks asked asking inquire inquired wonder wonders wondered question questioned query queried"
)
"""Verbs of asking: what follows with "if", "why" or "about" is a question, no statement."""

QUESTION_WORDS = words("if whether why how what when where who whom whose which about for after")
"""Words that open what was asked or was left unsaid."""

REFUSING = words("decline declines declined declining refuse refuses refused refusing")
"""Verbs of which the object was not done: "declined to say"."""

LEFT_UNSAID = words("comment answer respond reply elaborate say disclose discuss reveal specify identify")
"""Verbs that behind "did not" or "would not" leave nothing said."""

UNNAMED = words("named identified quoted anonymous anonymity anonymously")
"""Words of a wish for anonymity: "asked not to be named"."""

CLAUSE_HEADS = words("that to as of")
"""Words that lead from a verb of telling to what was told."""

AGENT_ENDS = words(
    "that to as for in on at after before during over when while who which whose and but because if whether "
    ", ; : . ( - – —"
)
"""Words that end the agent of a passive: "by two aides | that"."""

TIME_ADVERBS = words(
    "shortly later earlier late early soon before after during twice once again yesterday today tonight tomorrow "
    "monday tuesday wednesday thursday friday saturday sunday recently repeatedly publicly privately separately"
)
"""Words that open an adverbial of time or manner."""

ADVERBIAL_HEADS = words(
    "in on at for by with from over against during throughout amid under via through since until"
)
"""Prepositions that open an adverbial; what follows is no content by itself."""

VERB_MARKS = words(
    "is are was were be been being am 's 're 'm isn wasn aren weren has have had 've hasn haven hadn do does did don "
    "doesn didn will would can could may might must shall should 'll 'd won wouldn couldn cannot shouldn"
)
"""Auxiliaries and forms of "be": a stretch with one of them is a clause."""

FINITE_MARKS = VERB_MARKS - words(
    "isn wasn aren weren hasn haven hadn don doesn didn won wouldn couldn shouldn be been being 's 're 'm 've 'll 'd"
)
"""Those of VERB_MARKS that are finite and whole: "don" and "haven" are names as well."""

TIME_OPENINGS = words(
    "last this next that one several few some many about nearly almost just more less early late"
)
"""Words that, besides determiners, open a time: "last month", "several days later", "more than a year ago"."""

DASHES = ("—", "–", "--", "-")
"""Marks around a parenthesis."""

SUBJECTS = words("he she it they we i you there this that these those who")
"""Pronouns that begin a clause of their own."""

DETERMINERS = words(
    "the a an this that these those his her its their our my your some any no every each all many most two three "
    "four five six seven eight nine ten"
)


CLAUSE_SUBJECTS = SUBJECTS - DETERMINERS
"""Pronouns that are a subject and no determiner: a stretch with one is a clause."""
PARTICIPLES = words("told said put read written spoken held quoted known thought understood sworn")
"""Past participles without -ed of verbs of saying and thinking."""

IRREGULAR_PARTICIPLES = words(
    "seen heard written held sent given taken made shown sworn brought sold drawn known"
)
"""Participles without -ed that with a preposition tell more of a noun: "a letter seen by the Courier"."""

BARE_PASSIVES = words("accused criticised criticized condemned denounced charged described alleged")
"""Participles that are passive without a form of "be" before BARE_PASSIVES_BEFORE: "Benn, accused of arson, said"."""
BARE_PASSIVES_BEFORE = words("of by with as for")
BARE_PASSIVES_AFTER = words(", ( and or who been stands stand stood sits sat")

NO_COMMENT = words("comment comments")
"""Words that alone, or behind "no", say nothing: `"No comment," said Falk`."""
NAMES_AFTER = words("name nickname nicknamed titled entitled")
"""Words behind which a short marked passage is a name."""

CITING = words("citing cited cites quoting")
"""Verbs of which the object is a source."""

ASIDES = words("attributing blaming citing noting quoting")
"""Words behind a statement and its speaker that tell how it was said, not what."""

WISHING_UNNAMED = ASKING | REFUSING | words("requested insisted spoke speak speaking agreed")
"""Verbs before a wish for anonymity."""

PREPOSITIONS = words(
    "of in for at on from with to by near about as against under over among between after before during behind "
    "than like unlike into onto without through via since until within including close familiar beside alongside"
)
"""Words that lead on from a noun: what follows is not its head."""

PHRASE_BREAKS = words(
    "of in for at on from with to by near about as against under over among between after before during than like "
    "and or but that who which is are was were be has have had said says told . , ; : ( ) — – -"
)
"""Words before which the phrase begins that a relative pronoun stands for."""

HEAD_ENDS = PREPOSITIONS | words(
    "not who which that whose whom when where while , ; : — – - -- and & or but is are was were has have had "
    "said says told"
)
"""Words that end the head of a speaker's phrase."""

RELATIVES = words("who which that whose whom")
INTRODUCING = words("a an another one")
"""Words that bring in someone new."""

CUE_NEGATIONS = words("not never")
"""Words in a cue by which something was not said: "did not say"."""

NEGATES_NOTHING = (
    "no doubt", "without doubt", "without a doubt", "without question", "no question", "not only", "not just",
    "not merely", "not simply", "not least", "not to mention", "nothing less than", "nothing short of",
    "nothing but", "no less than", "no fewer than", "no later than", "no earlier than", "no sooner", "no wonder",
    "no matter", "none other than", "never mind", "can't wait", "cannot wait", "couldn't wait",
)  # fmt: skip
"""Phrases that begin with a negation and say that nothing is not so."""
NEGATES_NOTHING_BEHIND = ("why ", "or ")
"""Words behind which a negation asks or leaves open: "why not", "or not"."""
HEDGES_NOTHING_BEHIND = ("than ", "as ")
"""Words behind which "expected" compares: "earlier than expected"."""

PLAIN_VERBS = words(
    "said says told tells added adds announced announces reported insisted insists warned warns"
)
"""Verbs that report a clause wherever a subject stands before them and a clause behind."""
RULING = words("ruled rules")
"""Verbs by which a court or a judge tells what holds: "ruled that the law was void"."""
FINDING = words("found finds concluded concludes determined determines")
"""Verbs by which a body or a document tells what it came to know: "the report found that"."""
INQUIRERS = words(
    "scientists researchers auditors investigators inspectors examiners detectives prosecutors regulators economists "
    "analysts experts jurors judges lawmakers inquiry court commission committee tribunal panel jury board agency "
    "ministry department regulator watchdog police council parliament institute authority government university bureau"
)
"""Who by FINDING tells what was found: those who inquire for others, not the driver who finds the road closed."""
TEAMS = words("team group pair")
"""Nouns for those of INQUIRERS who are named behind: "a team of researchers found that"."""
SHOWING = words("show shows showed suggest suggests suggested")
"""Verbs by which only a document tells something: "the poll shows that"."""
SUPPOSING = words("if unless whether")
"""Words before a speaker who may say something or not."""
CALLING = words("called labeled labelled branded dubbed")
"""Verbs by which something is called a name: `called it "a farce"`."""
READING = words("read reads")
"""Verbs by which documents say: "the dam is safe, the letter read"."""
TELLING_VERBS = words("told tells telling informed reminded warned assured")
"""Verbs of saying that name the hearer before what is said: "told reporters | the treaty was dead"."""
ADMITTING_VERBS = words("denied denies admitted admits")
"""Verbs of which the object may be an act: "denied taking bribes"."""
NO_ACTS = words("nothing anything something everything wrongdoing during")
"""Words in -ing that are no act: "denied wrongdoing"."""
FINITE_SAYING = words("said says told tells wrote writes read reads")
"""Finite verbs of saying that do not end in -ed."""
CONJUNCTIONS = words("and but or yet so")
LEADING_IN = words("and but so well")
"""Words before a report that say nothing on whether it is so: "Well, Roth said ..."."""
DOUBTING = words(
    "suppose supposing supposedly assume assuming say imagine allegedly reportedly apparently maybe perhaps possibly "
    "falsely wrongly if unless whether"
)
"""Words before a name that leave open whether he said it: "Suppose Roth says ..."."""
CONTRASTING = words("while whereas")
"""Words that like CONJUNCTIONS may lead to what another says: "it would close, while the union said"."""
COMPARING = words("than that from")
"""Words behind which somebody says no more than a measure: "more than Ada Brandt said"."""
CLAUSE_BREAKS = words(
    "that whether if because while although though when after before as since until unless which who"
)
"""Words that open a clause: what stands before them is no part of its subject."""
SUBORDINATING = words("when after while as although though because since once whereas")
"""Words before a speaker whose clause only leads in: "When Roth said it was safe, | they voted"."""
ADVERBIAL_CLAUSES = words("before after until although though because")
"""Words that open a clause about the saying, where no comma follows: "issued | before he was sworn in"."""
COMMANDING = words(
    "urged urges ordered orders told tells asked asks advised advises warned warns promised promises vowed vows agreed "
    "threatened threatens offered offers pledged pledges called calls begged implored instructed"
)
"""Verbs of saying behind which "to" opens what is to be done."""
IRREGULAR_PAST = words(
    "fell rose won came went took made gave got began became grew paid sold bought kept held met sent spent led "
    "ran saw stood struck threw wore wrote beat broke brought built caught chose drew drove fled flew fought "
    "froze heard knew lost sank shot shrank slept sought spoke stole swam tore woke"
)
"""Past forms without -ed of verbs that are no nouns."""
PAST_OR_NOUN = words("left wept sat lay quit felt shook rode hid swore bent sang")
"""Past forms that may be other words, and behind a name are verbs: "Koch left and Moss said"."""
NAMED_AS = words(
    "named known identified described listed seen regarded dressed disguised quoted cited billed recognised recognized"
)
"""Participles behind which "as" tells what someone is: "a man identified as Orr"."""
PLURALS_WITHOUT_S = words("people men women children police")
"""Nouns of several that, as those in -s, may have a participle behind them: "People displaced by the flood"."""
NOUNS_OF_SAYING = words(
    "statement statements remark remarks interview tweet tweets letter letters speech speeches testimony argument "
    "arguments assertion claim claims allegation allegations announcement comments comment warning warnings criticism "
    "support praise offer offers demand demands request requests response question questions complaint view views plan "
    "plans decision order orders protest protests report reports story call calls"
)
"""Words that are nouns behind a determiner, and make no clause: "his support for the strikers"."""
CARRYING = words("quoted quotes quoting cited cites citing")
"""Verbs of passing on: "quoted Lund as saying"."""
QUOTED = words("quoted cited")
"""Participles behind which "as saying" leads to what somebody said."""
MEDIA = words("media television tv radio press newspapers agencies broadcasters")
"""Nouns for outlets that without an article pass on what others say: "state media reported"."""
AS_SAYING = words("saying telling writing")
"""Words behind "as" that lead on to what somebody else said."""
NO_SPEAKERS = words(
    "the a an this that these those no some any each every of in on at by for with to from and or but"
)
"""Words that alone are nobody."""

ABBREVIATED_ENDS = words("u.s u.k u.n e.u d.c inc co corp ltd plc llc jr sr etc a.m p.m")
"""Abbreviations behind which a sentence may end, without their last full stop."""

JUDGING_VERBS = words(
    "denounced condemned criticised criticized rejected welcomed praised demanded stressed denied"
)
"""Verbs of saying of which the object alone tells what was said: "denounced the sanctions"."""
ACTING_VERBS = words("rejected welcomed demanded")
"""Verbs of JUDGING_VERBS that may be acts: of "Falk said the party rejected his plan" Falk is the one who speaks."""
INNER_VERBS = PLAIN_VERBS | words(
    "claimed argued wrote confirmed acknowledged promised vowed complained stated testified"
)
"""Verbs that, inside what somebody reports, make their subject the one who speaks."""

PUBLISHING = words("published titled entitled headlined authored")
"""Verbs of which a short marked object is a title."""

OCCASIONS = words("in on at during through by via after before following")
"""Prepositions behind a verb of saying that lead to where or how something was said: "said in a letter that"."""

NOBODY = words("neither nobody none no-one")
"""Words that begin a speaker who did not speak: "None of them said the dam was safe"."""
NOT_EVERYBODY = words("all every everyone everybody each many one a")
"""Words behind "not" that begin such a speaker."""
NO_AMOUNT = words("less fewer doubt .")
"""Words behind "no" that begin another speaker: "No less a judge than Roth", "No. 10"."""
EXCEPTING = words("but except save other besides")
"""Words behind which stands who alone did speak: "No one but Roth said the dam was safe"."""

OBJECTS_BEFORE = words(
    "described called attended hosted arranged recorded organised organized posted published released joined held led "
    "wrote gave sent made"
)
"""Verbs that, with no object behind them, have it in the "that" of a relative clause: "a call that Roth attended"."""
ACCUSED = words("accused suspected acquitted cleared")
"""Participles behind which "of" tells what someone may not have done: "was accused of saying the judge lied"."""

FLOATING = words("both all each also himself herself itself themselves")
"""Words between a subject and its verb: "Falk and Roth both said"."""

PLACE_PREPOSITIONS = words("in on at near outside inside across")
"""Prepositions behind which places stand."""
