"""What English calls people, bodies and documents, when it does not name them."""

from __future__ import annotations

from service.languages.en.lexicon import FEMALE, HONORIFICS, MALE, ROLES
from service.languages.lists import named, words

FEMALE_NOUNS = words(
    "actress spokeswoman congresswoman chairwoman businesswoman councilwoman assemblywoman policewoman saleswoman "
    "sportswoman stateswoman wife ex-wife mother grandmother stepmother daughter sister widow queen princess duchess "
    "baroness countess empress woman girl mom mum aunt niece nun waitress heroine heiress girlfriend fiancee lady "
    "hostess schoolgirl bride midwife mistress"
)
MALE_NOUNS = words(
    "spokesman congressman chairman businessman councilman assemblyman policeman salesman sportsman statesman husband "
    "ex-husband father grandfather stepfather son brother widower king prince duke baron count emperor pope man boy "
    "dad uncle nephew priest monk waiter hero boyfriend fiance gentleman fisherman fireman anchorman clergyman groom "
    "cardinal imam rabbi"
)

KIN = words(
    "wife husband mother father son daughter brother sister grandmother grandfather aunt uncle niece nephew cousin "
    "widow widower girlfriend boyfriend fiancee fiance partner mom mum dad friend"
)
"""Nouns behind which a first name alone may stand: "his wife, Jane,"."""

SPOKEN_WITH = words("i me my mine myself we us our ours you your yours")
"""Words by which somebody speaks of himself or to somebody."""
PERSON_NOUNS = (
    ROLES
    | FEMALE_NOUNS
    | MALE_NOUNS
    | words(
        "candidate nominee frontrunner front-runner rival challenger incumbent contender hopeful politician democrat "
        "republican conservative liberal independent socialist progressive billionaire millionaire mogul tycoon "
        "magnate businessperson entrepreneur investor trader broker banker actor singer musician rapper star celebrity "
        "comedian performer artist painter writer novelist poet playwright filmmaker producer presenter broadcaster "
        "commentator pundit blogger striker midfielder defender goalkeeper quarterback pitcher forward winger batsman "
        "bowler golfer boxer driver rider skipper player athlete champion veteran newcomer native resident pollster "
        "demographer statistician biologist chemist physicist geologist astronomer psychologist sociologist "
        "anthropologist archaeologist veterinarian surgeon physician dentist pharmacist paramedic therapist "
        "counsellor counselor psychiatrist cardiologist epidemiologist virologist meteorologist forecaster architect "
        "designer builder plumber electrician carpenter mechanic technician machinist miner shopkeeper baker butcher "
        "chef cook brewer grocer barber tailor trader seller buyer dealer landlord tenant homeowner lawmaker "
        "parliamentarian mp mep peer backbencher minister-designate president-elect vice-president secretary-general "
        "ombudsman magistrate barrister solicitor defendant plaintiff suspect victim survivor prisoner inmate hacker "
        "whistleblower whistle-blower insider source assailant gunman attacker killer robber thief student pupil "
        "graduate scholar academic lecturer tutor chairperson co-chair co-owner co-author chief-of-staff speaker "
        "spokesperson whip undersecretary negotiator mediator peacemaker inspector investigator regulator auditor "
        "cleric priest monk nun pilgrim missionary soldier marine sailor pilot airman astronaut cosmonaut admiral "
        "lieutenant corporal private brigadier rebel militant fighter guerrilla warlord dictator ruler monarch "
        "neighbor neighbour passer-by bystander onlooker passenger commuter customer shopper visitor guest tourist "
        "guide volunteer organizer organiser campaigner protester protestor demonstrator delegate supporter fan critic "
        "opponent colleague classmate roommate teammate boss employee staffer worker foreman supervisor secretary "
        "clerk cashier receptionist nanny housekeeper gardener janitor watchman guard sheriff deputy constable "
        "trooper ranger firefighter lifeguard dispatcher translator interpreter librarian archivist conductor composer "
        "violinist pianist drummer guitarist dancer ballerina choreographer model photographer cameraman stylist "
        "person individual teenager youth toddler child adult pensioner retiree centenarian immigrant migrant refugee "
        "soprano tenor baritone jockey skier rower swimmer sprinter runner goalkeeper sculptor vicar deacon abbot "
        "friar shepherd vet winemaker vintner jeweller jeweler weaver potter glazier roofer bricklayer welder "
        "blacksmith locksmith forester warden coroner registrar bailiff marshal consultant contractor surveyor purser "
        "steward stewardess caretaker janitor porter waitress bartender barista caterer headmaster headmistress "
        "headteacher schoolteacher umpire referee linesman beekeeper grower breeder rancher herder courier diver "
        "moderator interviewer host newscaster newsman newswoman correspondent biographer publisher bookseller "
        "councilor"
    )
)
"""Singular nouns for a person."""

OFFICES = words(
    "president pope king queen premier chancellor emperor mayor governor prime minister judge chief director speaker "
    "secretary ambassador spokesman spokeswoman spokesperson police officer source official aide adviser lawyer "
    "attorney prosecutor doctor expert analyst resident witness victim suspect interviewer reporter journalist host "
    "anchor moderator correspondent editor photographer general counsel commissioner sheriff detective inspector "
    "superintendent captain commander colonel sergeant admiral treasurer auditor executive manager coach bishop "
    "cardinal"
)
"""Nouns for someone that a text may speak of without having named: a description with one needs a role that fits."""

BODY_NOUNS = words(
    "company firm group bank agency ministry committee commission court campaign administration government department "
    "party university union board council office newspaper magazine paper network station institute association "
    "foundation team club airline carmaker automaker retailer manufacturer developer operator lender insurer broker "
    "brokerage utility regulator watchdog panel parliament congress senate cabinet embassy army navy force police "
    "federation league organisation organization charity church school college hospital museum library authority "
    "bureau coalition alliance movement militia corporation conglomerate startup start-up subsidiary unit division "
    "website outlet broadcaster publisher channel service firm giant chain maker supplier group trust fund treasury "
    "presidency kremlin palace junta regime state nation country tribunal jury body think-tank nonprofit"
)
"""Singular nouns for a body of people."""

NAMED_ALONE = words("congress kremlin parliament treasury reuters axios forbes")
"""Nouns for a body, and words that end as plurals do, that with a capital are its name."""

DOCUMENT_NOUNS = words(
    "report statement study poll survey letter memo memorandum document documents filing filings email emails e-mail "
    "tweet transcript readout figures data article story book lawsuit complaint complaints affidavit indictment record "
    "records post results result bill order ruling guidelines account message missive text note card ad advert speech "
    "release website summary analysis estimate estimates review release paper papers minutes note notice communique "
    "dispatch editorial column review website page interview video recording warrant petition motion brief audit "
    "verdict decision decree contract agreement announcement prospectus leaflet booklet brochure diary census index "
    "testimony evidence guidance rules law constitution excerpt excerpts footage headline gaffe findings research"
)
"""Nouns for what was written or recorded, in which someone speaks."""

PUBLISHED = words("poll survey study report analysis statement memo memorandum release")
"""Documents that are called after the body that published them: "a Harbour Council report"."""

NO_PUBLISHERS = words(
    "state states kingdom republic park river road sea street valley mountain north south east west white democratic "
    "republican republicans democrats european american british great monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october november december"
)
"""Words of BODIES that end the names of places, times and beliefs as well, which publish nothing."""

PARTS_OF_DOCUMENTS = words("results result findings summary transcript copy version text")
"""Documents that are part of another: "the results of a poll"."""

OFFICE_FIELDS = words(
    "state defense defence staff treasury interior education energy labor labour transportation transport commerce "
    "agriculture health justice security war homeland veterans affairs house"
)
"""Words behind "secretary of" and the like that belong to the office."""

AUTHORS_BEFORE = words("by from")
"""Words between a document and who wrote it."""
AUTHORING = words(
    "written published conducted compiled issued prepared signed posted produced filed drafted authored penned "
    "submitted"
)
"""Participles before AUTHORS_BEFORE that tell who wrote it; others tell who read it: "a letter seen by the Courier"."""

PERSONAL_DOCUMENTS = {
    noun: alike
    for alike in (
        words("letter missive"), words("memo memorandum"), words("tweet post"), words("email e-mail message"),
        words("statement release"), words("essay column editorial article"),
    )
    for noun in alike
}  # fmt: skip
"""Nouns for what someone writes or sends -> the nouns that may mean the same."""

WRITING = words(
    "wrote writes written writing sent sends sending signed released issued published posted tweeted"
)
"""Verbs between who writes and what is written."""

PAIRS = words("two both pair couple duo")
"""Words for two people or bodies that were named side by side."""

LAWMAKERS = words("lawmaker legislator representative senator mp parliamentarian")
"""Roles that "the lawmaker" may mean."""

CAMPAIGNS = words("campaign administration camp team government presidency")
"""Nouns that make a name of the one before them: "the Lund campaign"."""

PARTIES = words(
    "democrat democrats republican republicans gop conservative conservatives labour labor liberal liberals green "
    "greens independent libertarian socialist tory tories democratic progressive"
)
"""Words of a party or a belief before a person's name."""

PARTY_MEMBERS = words("democrat republican independent libertarian socialist tory")
"""Nouns for one member of a party: "the Aske Democrat" describes someone and names nobody."""

POSTS = words(
    "adviser advisor secretary minister director commissioner ambassador spokesman spokeswoman spokesperson counsel "
    "chairman chairwoman administrator undersecretary superintendent"
)
"""Nouns for a post that are no surnames: "the Deputy Harbour Adviser" names nobody."""

POSTS_WITH_PLACES = words(
    "ambassador envoy secretary undersecretary minister premier governor mayor president chairman chairwoman chair "
    "director commissioner speaker head chief ceo"
)
"""Posts behind which the place or the body stands, and then the name: "ambassador to Northland Robert Moss"."""

BEFORE_PLACES = words("san santa saint st fort port los las new mount lake el")
"""Words that begin the name of a place whose next word may be a given name: "San Jose"."""

OFFICE_SUBJECTS = words(
    "affairs agriculture aging armed arms budget business commerce children culture defense defence development drug "
    "economic economy education energy environment ethics families family finance fisheries food foreign forests "
    "health homeland housing human immigration industry infrastructure innovation intelligence interior investment "
    "judiciary justice labor labour land law media nutrition oversight parks pensions planning policy prevention "
    "recreation reform relations research resources roads rules safety science security social sports tax technology "
    "tourism trade training transport transportation urban veterans ways welfare wildlife workforce youth"
)
"""Subjects of committees and departments: before "and" they begin one name, "Education and Labour Committee"."""

NOUNS_IN_LY = words("supply family assembly monopoly ally rally reply elderly bully folly anomaly")
"""Nouns that end as adverbs do: "food supply experts" go on behind "supply"."""

NO_NAMES_ALONE = words("people authorities police half let starting others critics")
"""Words that begin a sentence and name nobody: "Half of the residents", "Authorities say"."""

BUTTONS = words(
    "facebook twitter pinterest whatsapp instagram linkedin reddit tumblr email print share image photo photos video "
    "caption credit slideshow gallery watch watched"
)
"""Words of a page's buttons and captions that stand before what they show."""

LABELS = words(
    "ex-president ex-wife former acting then-president vice deputy assistant associate senior junior chief interim "
    "incoming outgoing reporter correspondent host anchor columnist moderator pollster candidate nominee billionaire "
    "actor actress singer comedian rapper filmmaker novelist spokesman spokeswoman spokesperson lawyer attorney "
    "attorneys majority minority speaker whip counsel undersecretary "
    "vice-president vice-chairman vice-chancellor president-elect secretary-general attorney-general director-general "
    "justices messrs speaker editor staff state affairs treasury news mr mrs tem tempore mp mep "
    "councilor comptroller selectman councilmember "
    "assemblyman assemblywoman councilwoman alderman alderwoman undersheriff constable trooper superintendent "
    "administrator freshman sophomore secretary-general archbishop taoiseach presidents judges senators governors "
    "representatives president-elect governor-elect mayor-elect"
)
"""Words with a capital before a name that are no part of it, besides roles and titles."""

TITLE_WORDS = ROLES | HONORIFICS | FEMALE | MALE | PARTIES | LABELS

DAYS_AND_TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thur thurs fri sat sun today yesterday tomorrow tonight "
    "age aged late early earlier later again also then now recently afterward afterwards meanwhile reportedly"
)
"""Words that may stand between a speaker and the verb and are no part of the name."""

NO_NAMES = words(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight overall instead still "
    "meanwhile however also later earlier then now next first second third finally moreover nevertheless indeed perhaps"
)
"""Words that with a capital open a sentence or tell a day, and alone are nobody."""

STATES = {
    "ala": "alabama", "ariz": "arizona", "ark": "arkansas", "calif": "california", "ca": "california",
    "colo": "colorado", "conn": "connecticut", "del": "delaware", "fla": "florida", "ga": "georgia", "ill": "illinois",
    "ind": "indiana", "kan": "kansas", "ky": "kentucky", "la": "louisiana", "mass": "massachusetts",
    "md": "maryland", "mich": "michigan", "minn": "minnesota", "miss": "mississippi", "mo": "missouri",
    "mont": "montana", "neb": "nebraska", "nev": "nevada", "n.c": "north carolina", "n.d": "north dakota",
    "n.h": "new hampshire", "n.j": "new jersey", "n.m": "new mexico", "n.y": "new york", "okla": "oklahoma",
    "ore": "oregon", "pa": "pennsylvania", "r.i": "rhode island", "s.c": "south carolina", "s.d": "south dakota",
    "tenn": "tennessee", "tex": "texas", "tx": "texas", "ut": "utah", "va": "virginia", "vt": "vermont",
    "wash": "washington", "wis": "wisconsin", "w.va": "west virginia", "wyo": "wyoming",
}  # fmt: skip
"""Abbreviations of American states, as in "(R-Ky.)", without the last full stop."""

PARTY_LETTERS = {"r": "republican", "d": "democrat", "i": "independent"}
"""The letter before the state in "(R-Ky.)"."""

CONNECTIVES = words("of for on to and the in")
"""Words inside the name of a body: "Office for National Statistics"."""

NAME_BODIES_OF = words(
    "center centre centers centres department board committee subcommittee institute institutes university bank "
    "ministry alliance council office bureau federation association society academy agency commission house college "
    "school court league union directorate organisation organization campaign coalition foundation service services "
    "museum church republic kingdom authority chamber conference congress fund confederation"
)
"""Heads of names that go on behind "of" or "for"."""

FEMALE_COURTESIES = words("mrs ms miss dame lady madam mme baroness")
MALE_COURTESIES = words("mr sir lord messrs baron")
FEMALE_TITLES = FEMALE_COURTESIES | FEMALE_NOUNS | {"sister"}
MALE_TITLES = MALE_COURTESIES | MALE_NOUNS

FIRM_ENDS = words("sons sisters daughters brothers bros partners associates company co nephews family")
"""Words with a capital that end the name of a firm behind "and": `Dunne and Sons`."""
COURTESIES = words("mr mrs ms miss dr prof sir dame")
"""Titles that anybody may have."""
PERSONAL_TITLES = COURTESIES | words("sen rep gov")
"""Titles behind which there is always a person, even where the name is that of a body."""

PRONOUNS_SPEAKING = words(
    "he she it they we i you him her them me us himself herself his hers theirs their our my"
)
POSSESSIVES = words("his her their our my its your")

GENDER_OF = named(
    "male: he him his himself", "female: she her hers herself",
)  # fmt: skip
"""Pronouns of one person -> the gender they show."""

ADDING = words("added adds adding continued continues concluded concludes")
"""Verbs beside "he" or "she" by which the one who spoke last goes on."""

LEADERS = words("president leader premier chancellor minister chairman head chief")
"""Roles that "the leader" may mean."""

PERSON_ENDINGS = ("ist", "ian", "man", "woman", "person")
"""Endings of nouns for a person."""
AGENT_ENDINGS = (*PERSON_ENDINGS, "er", "or", "ant")
"""Endings of PERSON_ENDINGS, and some that other nouns have too."""

NO_GROUPS = words("analysis news business press congress politics")
"""Nouns that end in -s and name no group."""

ROLE_ENDS = words("who whom whose which that said says . ; : — – ( ) and but told added")
"""Where a role behind a name ends."""
ROLE_ARTICLES = ("a ", "an ", "the ", "his ", "her ", "their ")

MONTH_SURNAMES = words("may march june april")
"""Months that are surnames as well."""
