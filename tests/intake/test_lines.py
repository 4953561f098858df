"""Hard-wrapped copy, literal escapes, Markdown and cut texts."""

from __future__ import annotations

import pytest

from service.intake.cleaning.clean import clean

WRAPPED = (
    "CORRAN, May 5 (Canal Press) - The lock at Tarnhill stays shut\nuntil Friday, the office said, because a gate "
    "had\njammed on a sunken cart.\n    \"Nobody misses a cart for forty years,\" said\nkeeper Oda Tamm. She has kept "
    "the lock since\n1985."
)  # fmt: skip


def test_lines_of_agency_copy_are_joined_and_indents_begin_paragraphs() -> None:
    assert clean(WRAPPED).text.split("\n") == [
        "CORRAN, May 5 (Canal Press) - The lock at Tarnhill stays shut until Friday, the office said, because a gate "
        "had jammed on a sunken cart.",
        '"Nobody misses a cart for forty years," said keeper Oda Tamm. She has kept the lock since 1985.',
    ]
    assert "lines" in clean(WRAPPED).repairs


def test_empty_lines_begin_paragraphs_too() -> None:
    assert clean(WRAPPED.replace("\n    ", "\n\n")).text == clean(WRAPPED).text.replace("\n", "\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "Result of the final:\n\nHome\nTarnhill Otters 3\nAway\nCorran Herons 1\n\nIt rained.",
        "The office counted:\nBarges 412\nPunts 398\nRafts 3\nThat is all.",
        "First paragraph ends here.\nSecond paragraph ends here.\nThird one too.",
        "C:\\news\\table is where the file lies.",
        "A price [of 3] (about 4) * 2 stays.",
        "snake_case_names and __init__ stay",
    ],
)
def test_lists_paths_and_marks_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The lock is shut.\\n\\nIt wasn\\u2019t old.", "The lock is shut.\n\nIt wasn’t old."),
        ("Rain \\ud83c\\udf27 fell.\\nIt stopped.", "Rain 🌧 fell.\nIt stopped."),
        ("## Lock shut\n\nThe [office](https://o.example/a) said **no**.\n\n![A](https://o.example/a.jpg)",
         "Lock shut\n\nThe office said no."),
        ("The keeper told report… [+1234 chars]", "The keeper told report…"),
        ("The keeper complained... [2534 chars]", "The keeper complained…"),
        ("<![CDATA[<p>The lock is shut.</p><p>A gate jammed.</p>]]>", "The lock is shut.\n\nA gate jammed."),
        ("<![CDATA[<p>The lock is shut.</p>]]]]><![CDATA[><p>A gate jammed.]]>", "The lock is shut.\n\nA gate jammed."),
        ("<p><![CDATA[The lock is shut.]]></p><p>A gate jammed.</p>", "The lock is shut.\n\nA gate jammed."),
        ("The gate wasn‚Äôt old, caf√© guests said.", "The gate wasn’t old, café guests said."),
        ("РЁР»СЋР· Р·Р°РєСЂС‹С‚ РґРѕ РїСЏС‚РЅРёС†С‹.", "Шлюз закрыт до пятницы."),
        ("Ø§Ù„Ù‚Ù†Ø§Ø© Ù…ØºÙ„Ù‚Ø©.", "القناة مغلقة."),
        (r"He said: \"We will.\" The caf\xe9 closed.", 'He said: "We will." The café closed.'),
        (r"Caf\xc3\xa9 owners met.", "Café owners met."),
    ],
)  # fmt: skip
def test_what_tools_did_to_a_text_is_undone(text: str, wanted: str) -> None:
    assert clean(text).text == wanted
    assert clean(wanted).text == wanted


def test_a_word_that_a_line_end_divides_is_one_word_where_the_text_has_it_so() -> None:
    text = (
        "The towpath at Tarnhill is shut for as long as the tow-\npath is under water, the office said, and the well-\n"
        "known lock stays shut until the gate has been\nmended by divers."
    )
    assert clean(text).text == (
        "The towpath at Tarnhill is shut for as long as the towpath is under water, the office said, and the "
        "well-known lock stays shut until the gate has been mended by divers."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            'The lock is shut.\n\n[caption id="attachment_7" align="left"]The lock[/caption]\n\nA gate jammed. '
            '[gallery ids="1,2"]',
            "The lock is shut.\n\nA gate jammed.",
        ),
        ('[vc_row width="1/2"][vc_column]The lock is shut.[/vc_column][/vc_row]', "The lock is shut."),
        ('She wrote [sic] "shut" [/] and left.', 'She wrote [sic] "shut" [/] and left.'),
    ],
)
def test_shortcodes_of_wordpress_go_with_their_captions(text: str, wanted: str) -> None:
    assert clean(text).text == wanted


def test_cells_of_a_table_stand_on_the_line_of_their_row() -> None:
    page = "<p>Boats waited.</p><table><tr><th>Tarnhill</th><td>14</td></tr> <tr><td>Corran</td><td>3</td></tr></table>"
    assert [line for line in clean(page).text.split("\n") if line] == [
        "Boats waited.",
        "Tarnhill 14",
        "Corran 3",
    ]
