"""What holds of cleaning whatever the text is."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.intake.cleaning.clean import Repair, clean, clean_line
from service.sketch.normal_form import normal_bytes

PIECES = st.sampled_from(
    [
        "The dam held, officials said.",
        "The river fell.",
        "“We will rebuild,” the mayor said.",
        '"We will rebuild," the mayor said.',
        "When divers arrived, the crew was safe.",
        "Rescue At Northport Harbour",
        "Related posts",
        "Advertisement",
        "Share Tweet Email",
        "Read more: Five harbours",
        "Photo: Reuters",
        "© 2024 Wire Service",
        "#Northport #Harbour",
        "<p>",
        "</p>",
        "<br>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<b",
        ">",
        "&amp;",
        "&amp;lt;p&amp;gt;",
        "&lt;",
        "&#10;",
        "&nbsp;",
        "amp;",
        "â€™",
        "Ã©",
        "\u00a0",
        "\u200b",
        "\u200d",
        "\u0301",
        "\u0f73",
        "ﬁ",
        "\ud800",
        "\x00",
        "\r",
        "\n",
        "\n\n",
        " ",
        " .",
        " ,",
        ".",
        '"',
        "A",
        "U.S.",
    ]
)
MESSY = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join)
TEXTS = st.one_of(st.text(), MESSY, MESSY.map(lambda text: text * 2))


@example("0.AaaaShe a", None)
@example("Â\x1f\x80Â\x80Â\x80", None)
@example("0 , , 0", None)
@example("U.S.AaaaShe a", None)
@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS, st.one_of(st.none(), PIECES))
def test_cleaning_a_clean_text_changes_nothing(text: str, title: str | None) -> None:
    once = clean(text, title=title).text
    assert clean(once, title=title).text == once
    assert clean(once, title=title).repairs == ()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_a_clean_text_can_be_sent_and_is_no_longer_than_what_came(text: str) -> None:
    cleaned = clean(text)
    cleaned.text.encode()
    assert len(cleaned.text) <= 3 * len(text)
    assert set(cleaned.repairs) <= {repair.value for repair in Repair}
    assert (cleaned.repairs == ()) == (cleaned.text == text)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_a_clean_text_has_no_characters_that_drive_a_terminal_or_hide(text: str) -> None:
    kept = {char for char in clean(text).text if not char.isprintable() and char != "\n"}
    assert not kept & set(
        map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), 0xAD, 0x200B, 0xFEFF])
    )


@given(
    st.lists(st.sampled_from("the river fell dam held mayor said they would rebuild it".split()), min_size=3)
)
def test_plain_words_are_never_touched(words: list[str]) -> None:
    text = " ".join(words)
    if len(words) < 40:
        assert clean(text).text == text


@settings(deadline=None, derandomize=True)
@given(TEXTS)
def test_cleaning_off_changes_nothing_and_still_has_a_normal_form(text: str) -> None:
    assert clean(text, cleaning="off").text == text
    normal_bytes(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_a_plain_line_needs_no_more_than_its_blanks_put_right(line: str) -> None:
    assert clean_line(line) == clean_line(f"{line}\u200b")  # the invisible mark has it looked at closely
