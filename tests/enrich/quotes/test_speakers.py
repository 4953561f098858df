"""Mentions -> people: the fullest name in the article, how it was concluded, the role; or nothing."""

from __future__ import annotations

import pytest

from service.enrich.quotes.found import Attribution
from service.enrich.quotes.speakers import Resolver
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary
from service.records import Speaker

VOCABULARY = Vocabulary()


def resolved(text: str, *mentions: str) -> list[Speaker]:
    """The speakers of mentions that follow each other in `text`."""
    resolver = Resolver(View(tokenise(text, VOCABULARY)))
    found: list[Speaker] = []
    position = 0
    for mention in mentions:
        start = text.index(mention, position)
        position = start + len(mention)
        attribution = Attribution(((0, 1),), (start, position), None, (0, 1), False, True, 1.0, "test")
        speaker = resolver.resolve(attribution)
        assert speaker is not None
        assert text[speaker.start : speaker.end] == speaker.text == mention
        found.append(speaker)
    return found


@pytest.mark.parametrize(
    ("text", "mentions", "name", "how", "role"),
    [
        (
            "Harbour director Ada Brandt came. The vote was late, Brandt said.",
            ("Ada Brandt", "Brandt"),
            "Ada Brandt",
            "last_name",
            "Harbour director",
        ),
        (
            "Ada Brandt, the director of the harbour, said so.",
            ("Ada Brandt, the director of the harbour",),
            "Ada Brandt",
            "same_mention",
            "director of the harbour",
        ),
        (
            "Northland President Olle Skarin met Ada Brandt. The Northland leader said no.",
            ("The Northland leader",),
            "Olle Skarin",
            "role",
            "Northland President",
        ),
        (
            "Council aide Ruth Amsel spoke. The council aide said more.",
            ("Ruth Amsel", "The council aide"),
            "Ruth Amsel",
            "role",
            "Council aide",
        ),
        ("Anna Brandt arrived. She said yes.", ("She",), "Anna Brandt", "pronoun", None),
        (
            "Anna Brandt met Peter Lund. She said yes.",
            ("She",),
            "Anna Brandt",
            "pronoun",
            None,
        ),
        (
            "Ada Brandt said yes. Later Ruth Amsel came by. He, she said, was late.",
            ("Ada Brandt", "she"),
            None,
            None,
            None,
        ),
        (
            "Anna Brandt said Ruth Amsel was late. She added that it rained.",
            ("Anna Brandt", "She"),
            "Anna Brandt",
            "pronoun",
            None,
        ),
        ("The ministry said no. It said so twice.", ("The ministry", "It"), None, None, None),
        (
            "The Kestrel Ministry said no. It said so twice.",
            ("Kestrel Ministry", "It"),
            "Kestrel Ministry",
            "pronoun",
            None,
        ),
        (
            "Ada Brandt and Paul Brandt came. Brandt said no.",
            ("Ada Brandt", "Paul Brandt", "Brandt"),
            None,
            None,
            None,
        ),
        ("President Lin Tao came. Lin said no.", ("Lin Tao", "Lin"), "Lin Tao", "last_name", "President"),
        ("The Brandt campaign said no. Ada Brandt left.", ("The Brandt campaign",), None, None, None),
        ("Ada Brandt and Peter Lund said no.", ("Ada Brandt and Peter Lund",), None, None, None),
        ("He said no.", ("He",), None, None, None),
        ("They said no.", ("They",), None, None, None),
    ],
)
def test_the_last_mention_resolves(
    text: str, mentions: tuple[str, ...], name: str | None, how: str | None, role: str | None
) -> None:
    speaker = resolved(text, *mentions)[-1]
    assert (speaker.name, speaker.resolved_by, speaker.role) == (name, how, role)
