"""Tell the furniture of English news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "print this article|print article|save article|save this article|save story|video unavailable",
    "enter your email address|enter your email|email address|your email address|skip to comments",
    "share this article|article share options|listen to this article now|gift article|play video",
    "skip advertisement|skip promotion|remove ads|view image in fullscreen|expand image",
    "click image to enlarge|open image in gallery|swipe to see more photos|be the first to comment",
    "comments are closed|read our comment policy|promoted links by taboola|powered by taboola",
    "powered by outbrain|bot verification|robot or human?",
    "story continues below this ad|story continues below this advertisement",
    "article continues after this ad|scroll to continue|story continues|manage preferences",
    "manage cookies|manage settings|reject all|accept all cookies|cookie settings|privacy settings",
    "access denied|just a moment|list of items|end of list|recommended stories|share on bluesky",
    "share on threads|share via email|log in to leave a comment|sign in to comment|load comments",
    "add a comment|read in app|open in app|listen to this article|listen to article|gift this article",
    "save for later|add to bookmarks|terms and conditions apply|log in to your account|create account",
    "create an account|create a free account|subscribe to continue reading|sign in to continue",
    "become a member|support our journalism|donate now|back to homepage|back to home page",
    "return to homepage|article continues below this ad|copy link to clipboard",
    "404 page not found|page not found|404 not found|403 forbidden|401 unauthorized|too many requests",
    "429 too many requests|502 bad gateway|503 service unavailable|504 gateway time-out",
    "jump to recipe|print recipe|your privacy|cookie notice|privacy notice|report a typo|report an error",
    "report a correction|accept and continue|listen to this story|download our app|download the app",
    "stock photo|representational image|representative image",
    "your privacy is important to us|get unlimited access|nginx",
    "toggle navigation|enable accessibility|report this ad|read full article|read full story",
    "500 internal server error|terms and conditions|become a subscriber|view in browser",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "recommended by|join the discussion|free to read|sign up here",
    "enable notifications|turn on notifications|keep me signed in|manage my choices|give us feedback",
    "most commented|trending stories|you might like|view in app|not now",
    "next article|previous article|next story|previous story|read the full article|view all comments",
    "email address|enter your email|text size|copy url|like this|our newsletters",
    "our weekly newsletter|latest videos|get in touch|corrections|unlock this article",
    "thanks for signing up|getty images|opens in new window|contact the reporter|send us a tip",
    "home|menu|search|more|close|report|reply|like|save|share|print|email|e-mail|subscribe",
    "subscribe now|subscribe today|newsletter|newsletters|sign up|sign up now|log in|sign in|register",
    "comments|topics|tags|photo|photos|video|image|gallery|most popular|most read|top stories",
    "facebook|twitter|instagram|pinterest|youtube|tiktok|bluesky|threads|flipboard",
    "messenger|вконтакте|privacy|imprint|about us|contact us",
    "accept|i accept|decline|reject|deliver and maintain services|track outages",
    "editors' picks|be the first to know|trending now",
    "latest news|trending|recommended|more news|more stories|follow|skip|tweet|pin it|bookmark|ends|end",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "also read|read also|read more|read next|read|see also|watch also|related|related story",
    "related stories|related article|related articles|related news|related coverage|more|must read",
    "don't miss|recommended|recommended reading|in case you missed it|icymi|you may also like",
    "more on this|watch more|also watch|also see|read this|read here|what to read next|further reading",
    "explore more|also in the news",
    "watch|listen|video|live updates|live blog|opinion|analysis|explainer|editor's pick",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "related|related posts|related post|related stories|related story|related articles|related article",
    "related news|related content|related links|related coverage|related topics|related reading",
    "read also|also read|more on this|more on this story|more on this topic|read next",
    "more from this section|you may also like|you might also like|recommended for you",
    "recommended stories|recommended reading|don't miss|what to read next|more from us",
    "from our partners|around the web",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "more stories|more news|top stories|most read|most popular|trending|trending now|latest news",
    "popular stories|recommended|editor's picks|latest|latest stories|must read|popular|more",
    "also in the news",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "photograph photographs illustration pic pics photo photos image images picture pictures credit credits file",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "published|updated|posted|last updated|last modified|first published|date",
)
"""What stands before a date of publication."""

TEASERS = (
    r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d$",
    r"get (?:our|the) free\b[^.!?]{0,40}\b(?:e-?mail|newsletter|alerts|briefing)s?$",
    r"we(?:'ve| have) updated our (?:(?:and )?(?:our )?(?:privacy|terms|cookie)(?: (?:policy|notice|statement|settings|of service|of use))? ?){1,2}$",
    r"(?:image|media|video) source, [^.!?,\d]{1,80}$",
    r"(?:image|media|video) caption, (?!\w+ (?:said|says)\b).{1,200}$",
    r"(?:reuters|afp|epa|getty) ?/ ?[^\s\d.!?,:/]+(?: [^\s\d.!?,:/]+){1,2}$",
    r"(?:view|show|load) (?:all )?(?:\d+ )?comments(?: ?\(\d+\))?$",
    r"by (?:submitting|subscribing|registering|signing up)\b[^.!?]{0,80}\b(?:you agree|you accept)\b.{0,80}$",
    r"please make sure your browser supports\b.{0,120}$",
    r"for more information you can review our\b.{0,80}$",
    r"as you were browsing\b.{0,100}\bbot\b.{0,20}$",
    r"we've detected that (?:javascript|cookies)\b.{0,160}$",
    r"your access to this (?:site|service|page) has been (?:limited|blocked|denied)(?: by the (?:site|page)(?:'s)? owner)?\.?$",
    r"listen to this (?:article|story)\b[ ,:·–-]{1,3}\d{1,2} ?(?:min|:\d\d).{0,12}$",
    r"you have \d+ (?:free )?(?:articles?|stories) (?:left|remaining)(?: (?:this|for this|until next) (?:week|month))?\.?$",
    r"disclaimer ?: this (?:post|story|article|report|content)\b.{0,250}$",
    r"get (?:full|unlimited) access to (?:all|every|our) [^.!?]{0,40}$",
    r"e-?mail ?: ?[^\s@]{1,80}@[^\s@]{3,80}$",
    r"story continues after this (?:message|advertisement|ad|video|sponsored message)\b.{0,40}$",
    r"read(?:ing)? time\s*: .{1,20}$",
    r"to play this (?:video|audio|content)\b.{0,100}$",
    r"(?:sorry,? )?this (?:video|media|audio) (?:has expired|is (?:no longer |not |un)available|can ?not be played)\b.{0,60}$",
    r"invalid e-?mail address\b.{0,60}$",
    r"you can unsubscribe\b.{0,60}$",
    r"open the .{1,40}\bapp\b[^.!?]{0,60}$",
    r"support (?:the|our|us)\b.{0,60}\bfrom as little as\b.{0,30}$",
    r"unlock (?:exclusive|premium|unlimited|full) (?:stories|content|access|articles)\b.{0,120}$",
    r"more from [^.!?,]{2,40}$",
    r"have thoughts about this\b.{0,100}$",
    r"want more (?:stories|news)\b.{0,120}$",
    r"published in [^.!?,]{2,40}, [a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}$",
    r"catch all the latest\b.{0,160}$",
    r"stay tuned (?:to|for|with) .{2,80}\bupdates$",
    r"for (?:more|all the latest) (?:stories|news|updates)\b.{0,100}\b(?:follow|visit|click|download|sign up|subscribe)\b.{0,60}$",
    r"to read more\b.{0,60}\bclick here\.?$",
    r"\(\([^()]{0,80}@[^()]{3,120}\)\)$",
    r"(?:sorry,? )?you have been blocked$",
    r"you are unable to access\b.{0,80}$",
    r"verify you are human\b.{0,100}$",
    r"attention required! \| cloudflare$",
    r"javascript is (?:disabled|not enabled|not available|required)\b.{0,80}$",
    r"error \d{3}$",
    r"this (?:content|page|video|article) is not available in your\b.{0,40}$",
    r"activate and hold the button\b.{0,100}$",
    r"we've detected unusual activity\b.{0,100}$",
    r"to continue, please click the box below\b.{0,100}$",
    r"verifying that you are not a robot\b.{0,10}$",
    r"you need to enable javascript\b.{0,60}$",
    r"hmm\. we're having trouble finding\b.{0,60}$",
    r"subscribe for full access\b.{0,20}$",
    r"\[ad_\d\]$",
    r"(?:click to )?share on .{1,40}\(opens in (?:a )?new window\)$",
    r"advertisement\b[ .,:–-]+(?:scroll|continue|story|article)\b[^.!?]{0,60}$",
    r"(?:sign in|log in|register) or (?:create|sign up|register|subscribe)\b[^.!?]{0,60}$",
    r"you are reading your (?:last |first )?free\b.{0,60}$",
    r"enjoy unlimited (?:access|articles|digital)\b.{0,80}$",
    r"please enter a valid e-?mail\b.{0,40}$",
    r"tagged(?: with| in| as)?\s*: .{1,160}$",
    r"(?:afp|ap|reuters|epa|pool)?[ /]?(?:via )?getty images$",
    r"read our (?:privacy|cookie) [a-z]{4,10}$",
    r"\[(?:removed|deleted|content removed)\]$",
    r"we value your privacy\b[^.!?]{0,60}$",
    r"(?:spotted|found|see) (?:a|an) (?:typo|error|mistake)\b.{0,100}$",
    r"(?:download|get) (?:our|the) (?:free |mobile |news ){0,2}app\b[^.!?]{0,60}$",
    r"we (?:use|value your privacy|and our (?:\d+ )?(?:[a-z]+ )?partners)\b.{0,60}(?:cookies?|privacy|partners|store)",
    r"by continuing to (?:use|browse)\b",
    r"this (?:article|content|story|page) is (?:for|available to|only for|only available to) (?:\w+ ){0,3}(?:subscribers|members|readers)",
    r"already (?:a |an )?(?:subscriber|member|registered|subscribed|have an account)\b",
    r"(?:subscribe|sign in|log in|register|sign up) (?:now |today |here )?to (?:continue|keep|read|unlock|access|leave|comment|view)\b",
    r"to (?:continue|keep) reading\b",
    r"you(?:'ve| have) (?:used|reached|read) .{0,40}(?:free|articles|limit)",
    r"get the .{0,80}(?:delivered|sent|inbox|newsletter)",
    r"unsubscribe (?:at )?any ?time",
    r"\(?except for the headline\b",
    r"\(?this (?:story|article|report) (?:has not been edited|was (?:auto-?generated|originally published|first published)|is (?:auto-?generated|published)|has been published from)\b",
    r"\(?with inputs from\b.{0,60}$",
    r"do you have a (?:story|tip|news tip)\b",
    r"got a (?:story|tip|news tip|confidential tip)\b",
    r"have a (?:news )?tip\?",
    r"list (?:of \d+ items|\d+ of \d+)",
    r"please enable (?:js|javascript|cookies)\b",
    r"please (?:verify|confirm) (?:that )?you are\b",
    r"you don.t have permission to (?:access|view)\b",
    r"checking (?:if the site connection is secure|your browser)\b",
    r"verifying you are human\b",
    r"enable javascript and cookies to continue\b",
    r"our systems have detected unusual traffic",
    r"why did this happen\?$",
    r"(?:cloudflare )?ray id\b",
    r"reference #[\w.]+$",
    r"your (?:privacy|privacy choices|cookie choices)$",
    r"click here (?:to|for) (?:read|subscribe|sign|watch|see|view|download|join|follow|more|get|listen|register|continue|the)\b.{0,100}$",
    r"click here\.?$",
    r"join (?:our|us on|the conversation|\d+)\b.{0,80}(?:whatsapp|telegram|channel|newsletter|facebook|conversation)",
    r"follow .{0,80}\bon (?:whatsapp|x|bluesky|threads|google news|twitter|facebook|instagram|telegram|youtube|linkedin|tiktok)\b.{0,80}$",
    r"\d+ (?:comments?|shares?|likes?|views?)$",
    r"\d+ min(?:ute)?s? read$",
    r"sign up (?:for|to) (?:our|the) .{0,80}(?:newsletter|briefing|inbox|alerts?|e-?mails?|mails?|updates)\b",
    r"(?:topics|tags|filed under|categories|keywords)\s*: .{0,160}[^.!?]$",
    r"access (?:to this (?:page|site) (?:has been |is )?)?denied[ .,:;!–-]+(?:you|reference|error|to this)\b",
    r"451[ .,:;!–-]+unavailable (?:due to|for) legal reasons\b",
    r"pardon our interruption\b",
    r"(?:are you|i'm not) a robot\?? *(?:$|please|confirm|verify|complete|to continue)",
    r"please wait while (?:we|your) .{0,60}(?:verif|check|browser|request)",
    r"(?:unfortunately|sorry)[ .,:;!–-]+(?:our|this|the) (?:web ?site|site|page|content|article) .{0,60}(?:unavailable|not available|not be found|no longer)",
    r"create an? (?:free )?account to (?:continue|keep|read|unlock|access)\b",
    r"only available in (?:the )?(?:paid|premium|professional|corporate) plans?[ .!]*$",
    r"(?:our|this) (?:web ?)?site uses (?:\w+ ){0,2}cookies\b",
    r"enable javascript\b",
    r"support (?:independent|local|quality|our) journalism\b.{0,80}$",
    r"this (?:story|article|post) has been shared [\d,]+ times",
    r"comments? \(\d+\)$",
    r"-{1,2} ?30 ?-{1,2}$",
    r"home(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
    r"photos? (?:afp|ap|reuters|epa|getty images?|upi|pa|file)\b[^.!?:]{0,40}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = (
    (
        "page you requested",
        r"the page you requested (?:was not found|could not be found|cannot be found|can't be found|does not exist)\.?$",
    ),
    ("before you continue to", r"before you continue to (?:google|youtube)$"),
    ("needs to review the security", r".{0,100}needs to review the security of your connection\b.{0,60}$"),
    ("looking for could", r"(?:sorry, )?(?:the|this) page you(?: are|'re| were) looking for could .{0,60}$"),
    (
        "@",
        r".{0,200}\b(?:contact|reach|e-?mail)\b.{0,20}\b(?:reporter|author|writer|editor|newsroom|us|me)\b.{0,40}\S@\S{3,60}$",
    ),
    ("googletag", r".{0,400}$"),
    ("adsbygoogle", r".{0,400}$"),
    ("window._", r".{0,400}[;)}]$"),
    ("; }", r"[.#@a-z][^{}]{0,120}\{[^{}]{1,340}\}$"),
    ("@", r"(?:contact|write to|e-?mail) [^.!?,:@]{3,60} (?:at|on|via) [^\s@]{1,80}@[^\s@]{3,80}$"),
    (
        "@",
        r"(?:do|did|are|were) you [^?\d]{0,100}\? (?:e-?mail|write to|contact) us (?:at|on) [^\s@]{1,80}@[^\s@]{3,80}$",
    ),
    ("can be reached at", r".{3,120}can be reached at [^\s@]{1,80}@[^\s@]{3,80}$"),
    ("appeared first on", r"the post .{1,250}(?<!had )appeared first on [^,!?]{1,80}$"),
    (
        "european economic area",
        r".{0,120}attempting to access this (?:web ?)?site from .{0,120}european economic area\b",
    ),
    ("contributed to this", r".{0,300}contributed to this (?:report|story|article)\.?$"),
    (
        "may not be ",
        r"(?:(?:copyright|©|\(c\)).{0,80}|[^.]{0,40}\. )?(?:all rights reserved\. )?(?:this |the |our )?"
        r"(?:material|content|article|report|story|text) may not be "
        r"(?:published|reproduced|rewritten|broadcast|copied|used|redistributed|distributed)\b"
        r".{0,120}\bpermission\b.{0,40}$",
    ),
)
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS = (
    r"sign up for [^.!?]{1,60}$",
    r"subscribe to [^.!?]{1,60}$",
    r"get [^.!?]{1,60}newsletter$",
    r"(?:topics|tags): [^.!?]{1,100}$",
)
"""Patterns of lines that are furniture only beside other furniture."""

SAID = words("said says told tells asked joked begged warned wrote added shouted chanted")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "agency feed|syndicated feed|wire feed|news feed",
    "click here|this video|looking for",
    "cookie|newsletter|subscri|javascript|inbox|e-mail|email|account|this site|this website|our site",
    "web site|browser|privacy|free article|captcha|whatsapp|telegram|our app|permission|this page",
    "robot|are human|a human|logged in|journalism",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
