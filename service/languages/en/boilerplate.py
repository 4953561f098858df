"""Lines of English news pages that are no part of the story, and what such lines look like."""

from __future__ import annotations

import re

from service.languages.lists import phrases, words

WHOLE_LINES = phrases(
    "ad|ads|advert|advertisement|advertisements|sponsored|sponsored content|promoted content",
    "paid content|advertisement - story continues below|advertisement continue reading the main story",
    "article continues below|story continues below|story continued below",
    "story continues below advertisement|continue reading below|article continues after advertisement",
    "story continues after advertisement|continue reading the main story|continue reading|read more",
    "read full story|read the full story|view more|see more|load more|show more|more|see also|also read",
    "watch live|watch now|click to play|play video|replay|loading|please wait|close|skip ad|share",
    "share this|share this article|share this story|share this post|share on facebook|share on twitter",
    "print|email|e-mail|whatsapp|telegram|copy link|link copied|save|bookmark|tweet|pin it|reddit",
    "linkedin|comments|leave a comment|post a comment|view comments|show comments|join the conversation",
    "no comments|photo|photos|video|image|gallery|slideshow|view gallery|pullquote|caption|hide caption",
    "toggle caption|image caption|go to the mediabank|back to top|skip to content|skip to main content",
    "home|menu|search|log in|sign in|sign up|subscribe|subscribe now|newsletter|newsletters",
    "newsletter sign-up|manage newsletters|all rights reserved|terms of use|terms of service",
    "privacy policy|cookie policy|accept cookies|accept all",
)

SHARE_WORDS = words(
    "share tweet email e-mail print pin post facebook twitter linkedin reddit whatsapp telegram pinterest copy link",
    "flipboard save comment comments messenger google+ pocket sms bluesky threads mastodon",
)
BETWEEN_SHARE_WORDS = words("x this article story on via by with more or and")


def _by_first_word(*rules: tuple[str, str]) -> dict[str, re.Pattern[str]]:
    """Map each first word, separated by blanks, to the pattern that a line must match to be dropped."""
    table: dict[str, list[str]] = {}
    for firsts, pattern in rules:
        for word in firsts.split():
            table.setdefault(word, []).append(f"(?:{pattern})")
    return {word: re.compile("|".join(patterns), re.IGNORECASE) for word, patterns in table.items()}


_NETWORKS = (
    r"(?:facebook|twitter|instagram|telegram|youtube|whatsapp|linkedin|tiktok|threads|flipboard|google news)"
)
_MAIL = r"\b(?:inbox|newsletters?|briefing|e-?mail alerts?|news alerts?|daily updates?|push notifications?)\b"
_AGENCY = (
    r"(?:getty|reuters|associated press|\bap\b|\bafp\b|\bepa\b|xinhua|sputnik|\btass\b|\bdpa\b|\bani\b|\bians\b|"
    r"\bupi\b|shutterstock|bloomberg|istock|alamy|pool|file photo|handout|courtesy|agencies|anadolu)"
)

RULES = _by_first_word(
    ("follow", rf".{{0,80}}\bon {_NETWORKS}\b.{{0,100}}$|follow (?:us|@\w+)\b(?!,)[^.!?]{{0,80}}$"),
    (
        "like join find",
        rf"(?:like|join|find) (?:us|me|him|her|them|our page|@\w+)\b.{{0,60}}{_NETWORKS}\b.{{0,60}}$",
    ),
    ("sign", rf"sign up\b.{{0,120}}{_MAIL}|sign up (?:here|now|today)\b.{{0,120}}$"),
    ("subscribe", rf"subscribe\b.{{0,120}}(?:{_MAIL}|\bpodcast|\bchannel\b|\btoday\b|\bnow\b)"),
    ("get want receive", r"(?:get|want|receive)\b.{0,200}\b(?:to|in|into) your inbox\b"),
    ("newsletter", r"newsletter sign.?up\b"),
    (
        "by",
        r"by (?:signing up|subscribing|clicking|registering|entering your),? .{0,80}(?:agree|acknowledge|consent)",
    ),
    (
        "this",
        r"this site is protected by recaptcha|this material may not be (?:published|reproduced)|"
        r"this article is more than \d+ (?:years?|months?) old\.?$|this (?:website|site) uses cookies",
    ),
    (
        "copyright ©",
        r"copyright (?:©|\(c\)|by\b|\d).{0,200}$|(?:©|copyright).{0,160}all rights reserved|"
        r"image copyright .{1,60}$",
    ),
    ("all", r"all rights reserved\b.{0,160}$"),
    ("©", rf"© ?(?:19|20)\d\d\b.{{0,120}}$|©.{{0,80}}{_AGENCY}.{{0,300}}$|© ?[^.]{{1,60}}$"),
    ("tap click", r"tap here\b.{0,100}$|click to get\b.{0,60}$"),
    ("download", r"download (?:the|our)\b.{0,60}\bapp\b.{0,80}$"),
    ("read see watch listen", r"(?:read|see|watch) (?:more|also|next)\s*[:|–—-].{1,200}[^.]$"),
    ("more:", r"more:.{1,160}[^.]$"),
    ("related: related:", r"related(?: (?:stories|articles|posts|news|links))?:(?:.{0,160}[^.])?$"),
    (
        "image photo photos: photo: photos picture: pictures: credit: credits: image: video:",
        rf"(?:image|photo|picture|video)s?(?: (?:credits?|source|courtesy(?: of)?|by|copyright))?\s*[:/]"
        rf".{{0,160}}{_AGENCY}.{{0,60}}$|(?:image|photo|picture) credits?\s*:.{{1,80}}$|image copyright\b.{{1,60}}$|"
        rf"photo (?:by|credit) [^.]{{1,60}}$|credits?: [^.!?]{{1,60}}$",
    ),
    ("file", r"file (?:photo|image|picture)\b.{0,300}$"),
    ("enlarge", r"enlarge this image\b"),
    ("media", r"media playback is (?:not supported|unsupported)"),
    ("slideshow", r"slideshow \(\d+ images?\)$"),
    ("prev next", r"(?:prev|next) image \d+ of \d+$"),
    (
        "please your",
        r"please (?:enable|turn on) (?:javascript|cookies)|your browser (?:does not|doesn.t) support|"
        r"please verify you.re not a robot",
    ),
    ("our", r"our standards: .{0,100}trust principles"),
    ("reporting (reporting", r"\(?reporting by .{1,200}\b(?:editing|writing|additional reporting) by\b"),
    ("(only", r"\(only the headline\b.{0,200}\b(?:syndicated|auto-generated)"),
    ("date", r"date \d{4}-\d\d-\d\d\b.{0,40}$"),
    ("-", rf"- follow .{{0,80}}$|- .{{0,80}}\bon {_NETWORKS}.{{0,40}}$"),
)

CALLS = words("follow like join find sign subscribe get want receive please download")
"""First words of lines that call on a reader: a story may quote such a call, and says who made it."""

CAPTION_BOX = re.compile(r"\b(?:toggle|hide) caption\b")
