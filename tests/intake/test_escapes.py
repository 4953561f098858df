"""Escapes, quoted-printable and percent signs that exports left in a text."""

from __future__ import annotations

import pytest

from service.intake.cleaning.clean import clean
from service.intake.cleaning.escapes import repair_escapes


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"It wasn\'t old. \"It\'s from 1931,\" she said.", "It wasn't old. \"It's from 1931,\" she said."),
        ("It wasnu2019t old. u201cIt is from 1931,u201d she said.", "It wasn’t old. “It is from 1931,” she said."),
        (r"b'The gate stays shut.\n\nIt wasn\xe2\x80\x99t old.'", "The gate stays shut.\n\nIt wasn’t old."),
        (r'"The gate stays shut.\n\n\"It is old,\" she said."', 'The gate stays shut.\n\n"It is old," she said.'),
        ("The gate stays shut._x000D_\nNobody was hurt._x000D_\n", "The gate stays shut.\nNobody was hurt.\n"),
        ("The%20gate%20stays%20shut%2C%20she%20said.", "The gate stays shut, she said."),
        (r"<p>The gate stays shut.<\/p>", "<p>The gate stays shut.</p>"),
        ("It stays sh=\nut. =E2=80=9CIt is old,=E2=80=\n=9D she said.", "It stays shut. “It is old,” she said."),
    ],
)  # fmt: skip
def test_escapes_are_resolved(raw: str, text: str) -> None:
    assert repair_escapes(raw) == text


@pytest.mark.parametrize(
    "text",
    [
        r"The file lay in C:\new\table on the server.",
        "The U2019 model costs 5 euros, and x=4 holds.",
        "A grade of =C3 counts, the office said.\nIt was =\nno more.",
        "Prices rose by 20%20 times, she said.",
        "The site eu2019.fi was opened by @eu2018at, she said.",
        "== Early life ==\nShe was born at Merrin.\n== Career ==\nShe ran the lock; x=20 there.",
        "b'x'",
        r'"C:\temp\"',
        r'"\beta lies below \frac{1}{2}, he said"',
    ],
)
def test_what_only_looks_like_an_escape_stays(text: str) -> None:
    assert repair_escapes(text) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>It stays\nshut, she\n  said.</p>\n<p>It is old.</p>", "It stays shut, she said.\n\nIt is old."),
        ("<pre>One line,\nand another.</pre><p>It is old.</p>", "One line,\nand another.\n\nIt is old."),
        ("It is <b>shut</b>.\n\nIt is <i>old</i>.\nIt was new.", "It is shut.\n\nIt is old.\nIt was new."),
        ("The gate stays shut.<p>It is old.", "The gate stays shut.\n\nIt is old."),
        ("The gate stays shut.<br/>It is old.", "The gate stays shut.\nIt is old."),
        ("The level fell to <5 cm.", "The level fell to <5 cm."),
        ("The gate&nbsp stays shut, &quotshe&quot said.", 'The gate stays shut, "she" said.'),
        ("[b]The gate[/b] stays [url=https://a.example]shut[/url].", "The gate stays shut."),
        ("The '''gate''' at [[Tarnhill]] stays [[closed|shut]].", "The gate at Tarnhill stays shut."),
        ('"[I] was there; [S]he saw the plan[s]," [i]he[/i] said.', '"[I] was there; [S]he saw the plan[s]," he said.'),
        ('"We [the office] will open it [on Friday]," she said.', None),
        ("> The gate stays shut.\n>\n> It is old.", "The gate stays shut.\n\nIt is old."),
        ("ï»¿The gate stays shut.", "The gate stays shut."),
        ("The gateÂ stays shut,Â she said.", "The gate stays shut, she said."),
        ("The gate is shut ðŸ˜€ until Friday.", "The gate is shut 😀 until Friday."),
        ("It â€œwasnâ€™t oldâ€, she said.", "It “wasn’t old”, she said."),
    ],
)  # fmt: skip
def test_marks_of_pages_and_mail_go(raw: str, text: str | None) -> None:
    assert clean(raw).text == (text or raw)


VERSE = """The poem was read at the opening of the new lock:

The water stands behind the gate
and does not know that it must wait,
the barge is late, the keeper sleeps,
the heron counts the fish he keeps.

The crowd applauded."""


def test_verse_keeps_its_lines_and_capitals_are_joined() -> None:
    assert clean(VERSE).text == VERSE
    capitals = (
        "THE GATE STAYS SHUT UNTIL FRIDAY, THE OFFICE\nSAID, BECAUSE IT HAD JAMMED ON A SUNKEN BIG\nCART."
    )
    assert "OFFICE SAID" in clean(capitals).text
    assert "BIG CART" in clean(capitals).text
