"""The small vocabulary the claim rules know by heart: saying, thinking, titles, abbreviations, negation, hedging."""

from __future__ import annotations

from service.languages.lists import words

_DOUBLED = frozenset(
    {
        "quip",
        "admit",
        "blurt",
        "rebut",
        "submit",
        "chat",
        "refer",
        "rap",
        "rip",
        "slam",
        "blab",
        "plan",
        "pen",
    }
)
"""Bases that double their last consonant before -ed and -ing."""


def inflect(base: str) -> frozenset[str]:
    """List the regular forms of an English verb: base, -s, -ed, -ing.

    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    if base.endswith("e"):
        return frozenset({base, base + "s", base + "d", base[:-1] + "ing"})
    if base.endswith("y") and base[-2] not in "aeou":
        return frozenset({base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"})
    stem = base + base[-1] if base in _DOUBLED else base
    plural = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return frozenset({base, base + plural, stem + "ed", stem + "ing"})


def _forms(regular: str, irregular: str = "") -> frozenset[str]:
    return frozenset(irregular.split()).union(*(inflect(verb) for verb in regular.split()))


SAYING = _forms(
    "accuse acknowledge add address admit advise affirm agree allege announce answer argue articulate ask assail "
    "assert assure attest boast brag call caution challenge charge chide cite claim clarify comment complain "
    "concede conclude condemn confess confide confirm contend counter criticize criticise cry declare decline "
    "declaim decry demand denounce deny depict deride describe detail disclose dismiss dispute divulge elaborate "
    "emphasize emphasise enthuse estimate exclaim explain express fume gripe grumble hint hiss implore imply "
    "highlight indicate inform inquire insinuate insist interject interview intone issue jest joke joke jot lament "
    "lash lecture liken maintain mention mock moan mumble murmur muse mutter note observe offer opine order "
    "outline plead pledge point posit post praise preach predict proclaim profess promise proffer propose "
    "protest purport query question quip quote rail rant reaffirm reason reassure rebuff rebuke rebut recall "
    "recite recommend recount refer refute reiterate reject relate relay remark remind reminisce repeat reply "
    "report repudiate respond restate retort reveal roar scoff scold scream share shout shriek signal slam "
    "sneer snap snipe sob speculate spout state stipulate stress submit suggest surmise swear talk taunt "
    "tease testify text threaten thunder tout trumpet tweet underline underscore urge utter venture vent "
    "volunteer voice vow wail warn whine whisper wonder yell",
    "according said say says saying told tell tells telling spoke speak speaks speaking spoken wrote write "
    "writes writing written read reads reading swore sworn sworn reportedly reported allegedly statement "
    "statements remarks interview tweet letter speech testimony words message argument assertion claim "
    "allegation announcement comments warning criticism",
)
"""Words that make a cue one of saying: verbs in all forms, and the nouns of "in a statement"."""

THINKING = _forms(
    "anticipate assume back believe conceive conclude consider decide desire despise disagree dislike doubt "
    "endorse envision expect fancy favor favour fear figure hope imagine intend judge like love oppose "
    "plan ponder prefer presume reckon realize realise regard regret refuse reject suppose support surmise "
    "suspect trust try view vow want welcome wish worry",
    "believe felt feel feels feeling found find finds finding foresaw foresee foresees hate hates hated "
    "knew know knows knowing known meant mean means saw see sees seen seeing seek seeks sought think thinks "
    "thought thinking understand understands understood convinced confident optimistic skeptical sceptical "
    "poll survey study show shows showed shown",
)
"""Words of belief, wish and intention: attribution, but nothing was said."""

PRONOUNS = words(
    "he she him her his hers they them their i me my we us our you it its who which that this these those"
)

ROLES = words(
    "mr mrs ms miss dr prof sir dame lord lady rev fr gen col maj capt lt sgt sen rep gov president "
    "chairman chairwoman chair director minister secretary senator governor mayor judge justice professor "
    "spokesman spokeswoman spokesperson official officials adviser advisor aide aides strategist "
    "ambassador commissioner chancellor premier congressman congresswoman councillor councilman analyst "
    "economist executive manager officer sheriff bishop pope king queen prince princess leader head chief "
    "founder co-founder ceo lawyer attorney author expert researcher scientist coach teacher activist reporter "
    "counterpart lawmaker representative prosecutor detective historian editor journalist columnist "
    "host anchor critic engineer doctor nurse owner partner member legislator delegate envoy diplomat "
    "superintendent principal dean provost curator trustee treasurer auditor inspector captain general "
    "colonel commander sergeant major pastor reverend rabbi imam farmer farmers resident residents witness"
)
"""Words that name what a person does: before a name, in an apposition, or instead of a name."""

LEADERS = words("president leader premier chancellor minister chairman head chief")
"""Roles of which a country or a body has one at a time."""

ROLE_ENDS = words("who whose which that said says . ; — – ( and but")
"""Words and marks at which a role behind a name ends."""

TITLES = ROLES | {"campaign"}
"""Words of ROLES, and the one noun that speaks most often in political news."""

SHORT_RANKS = words(
    "adm det insp supt cpl lcpl pvt pte pfc spc cmdr cdr brig vadm radm asst assoc msgr amb atty dist const cllr ald "
    "treas sec"
)
"""Ranks and offices that are written short before a name, besides those of ROLES: of police, army, church, council."""
SHORT_PLURALS = words("dets gens sgts sens reps profs drs")
"""Short forms before the names of several people."""

HONORIFICS = (
    SHORT_RANKS
    | SHORT_PLURALS
    | words(
        "mr mrs ms miss dr prof sir dame lord lady rev fr gen col maj capt lt sgt sen rep gov hon mme "
        "president chairman chairwoman director minister secretary senator governor mayor judge justice professor "
        "chancellor premier ambassador congressman congresswoman commissioner sheriff bishop pope king queen prince "
        "princess king spokesman spokeswoman chief prime vice deputy former"
    )
)
"""Words dropped from the front of a name when names are compared."""

NO_ROLES = words(
    "victim witness suspect defendant plaintiff complainant attacker assailant gunman killer robber thief bystander "
    "onlooker passer-by passenger caller patient customer prisoner inmate hostage"
)
"""Nouns for people by what befell them, which nobody is called beside an office: "a witness and Sheriff Rex Benn"."""

CAPITALISED_ABBREVIATIONS = words(
    "no nos st mt mr mrs ms dr prof rev fr gen col maj capt lt sgt sen rep gov hon messrs jan feb mar apr jun jul aug "
    "sep sept oct nov dec ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb "
    "nev okla ore pa tenn tex va vt wash wis wyo"
)
CAPITALISED_ABBREVIATIONS |= SHORT_RANKS | SHORT_PLURALS
"""Those that are other words without a capital: "he fell ill. Roth left", "she said no. Roth left"."""
ABBREVIATIONS = CAPITALISED_ABBREVIATIONS | words(
    "a.m p.m e.g i.e etc v vs ft jr sr inc ltd co corp plc dept est approx u.s u.n u.k e.u d.c n.y n.j n.c s.c n.h n.m"
)
"""Words after which a full stop does not end a sentence by itself."""
ACRONYMS = words("sec va")
"""Those that in capitals are names: "sued by the SEC. Roth left"."""
JOINING_ABBREVIATIONS = words("v vs e.g i.e approx")
"""Those behind which the sentence goes on: "Johnson v. The United States"."""
SENTENCE_OPENERS = words(
    "the a an this that these those his her their our my your its he she they we i you it who what where when while "
    "how why there here and but or if as although though because since in on at by for from to of with without about "
    "after before during between among against despite"
)
"""Words that open a sentence behind an abbreviation: no ordinals, numbers and ranks, as in "the U.S. First Army"."""

_OPENERS = (
    "that , who which and but as if because while when after before ; : — – - -- where since although "
    "though to whether what how why ( )"
)
CLAUSE_OPENERS = tuple(_OPENERS.split())
"""Where a clause may begin or end; their order is their number in the features."""

NEGATIONS = words(
    "no not never none nobody nothing neither nor nowhere cannot without hardly scarcely barely"
)
NEGATING_CUES = _forms("deny reject refute dispute dismiss disavow repudiate rebut")
"""Cues that turn what follows into what is not held."""

HEDGES = words(
    "may might could can would perhaps maybe possibly probably likely unlikely reportedly allegedly apparently "
    "seemingly presumably purportedly supposedly potentially seems seem seemed appears appear appeared suggests "
    "suggest suggested believed thought rumored rumoured unconfirmed expected arguably roughly"
) - {"can", "would", "roughly", "thought"}

FEMALE = frozenset({"she", "her", "hers", "mrs", "ms", "miss", "dame", "lady", "madam", "mme"})
MALE = frozenset({"he", "him", "his", "mr", "sir", "lord"})

FOREIGN = words(
    "de la le les des du un une et est pour que qui dans sur par au aux ce cette il elle ne pas se son sa ses avec "
    "el los las del y en con una su lo al es por como pero ha fue son esta este der das den dem und ist von zu mit im "
    "ein eine einen nicht auf des sich dass auch nach bei aus wie het een van en dat op te zijn voor met aan ook door "
    "niet naar om bij di il che non per della dei nel gli alla anche o e os uma da do dos na em para mais foi dan yang "
    "ini itu untuk dari pada akan ve bir bu og av som det til att och"
) - {"do", "son", "dan", "per", "den", "met", "van", "e", "o", "y"}
"""Commonest words of other languages, which English news has in names only: they tell against English."""

COMMON = words(
    "the and with from were has have been would could should their they them its it's his him she her you your this "
    "that these those who what when where there because about after before than then more into out up down not by said "
    "says year years week weeks month months people two three four five seven first third next quarter half "
    "another other both each every any some such only still just against between during through until since while "
    "billion percent pct share shares rose fell sees cuts mln bln dlr dlrs cts vs shr shrs revs qtly qtrly avg oper yoy"
)
"""Commonest words and shorthand of English news that hardly another language writes alike: they tell for English."""
