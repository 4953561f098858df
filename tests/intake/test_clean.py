"""Cleaning: what scraping broke is repaired, and the author's words stay."""

from __future__ import annotations

import pytest

from service.intake.cleaning.clean import Repair, clean

REPAIRED = [
    # a blank lost after a full stop
    (
        "The dam held, officials said.The river fell overnight.",
        "The dam held, officials said. The river fell overnight.",
    ),
    ("He left in 2019.She stayed.", "He left in 2019. She stayed."),
    ("Is it over?The mayor would not say.", "Is it over? The mayor would not say."),
    ("“We will rebuild.”The mayor left.", "“We will rebuild.” The mayor left."),
    ("The mayor left.“We will rebuild,” he said.", "The mayor left. “We will rebuild,” he said."),
    ('"We will rebuild."The mayor left.', '"We will rebuild." The mayor left.'),
    ('The mayor left."We will rebuild," he said.', 'The mayor left. "We will rebuild," he said.'),
    ("Talks went on ...The envoy left.", "Talks went on ... The envoy left."),
    ("The U.S.Senate voted at 5 p.m.The bill passed.", "The U.S. Senate voted at 5 p.m. The bill passed."),
    ("It joined NATO.The vote was close.", "It joined NATO. The vote was close."),
    # a blank that link markup left behind
    ("The hotel , which closed , reopened .", "The hotel, which closed, reopened."),
    # a heading run into the text
    (
        "The ferry sank.Rescue At Northport HarbourWhen divers arrived, the crew was safe.",
        "The ferry sank.\nRescue At Northport Harbour\nWhen divers arrived, the crew was safe.",
    ),
    (
        'The ferry sank.Ferries And Their Owners"[The owners] knew about the leak for months," she said.',
        'The ferry sank.\nFerries And Their Owners\n"[The owners] knew about the leak for months," she said.',
    ),
    # characters
    ("The co\u00adunc\u200bil met.\ufeff", "The council met."),
    ("The\u00a0council\u2009met\u3000today.", "The council met today."),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("The \x1b[31mcouncil\x00 met\x07.", "The [31mcouncil met."),
    ("The ﬁrst ﬂoor of the oﬃce.", "The first floor of the office."),
    ("Re\u0301sume\u0301", "Résumé"),
    ("\x93It\x92s over,\x94 she said \x96 at last\x85", "“It’s over,” she said – at last…"),
    ("It\xe2\x80\x99s over \xe2\x80\x94 at last", "It’s over — at last"),
    # a box over a linked name
    (
        "Sen. Ann Miller Ann Jane MillerDam holds at Northport Ferry sinks off the coast MORE (Ind.) said so.",
        "Sen. Ann Miller (Ind.) said so.",
    ),
    ("safe \u202egnp.exe\u202c file", "safe gnp.exe file"),
    ("Itâ€™s over, she said â€“ itâ€™s done.", "It’s over, she said – it’s done."),
    # markup
    (
        "<p>The dam held.</p><script>var a = '<p>no</p>';</script><p>The river <b>fell</b> &amp; rose.</p>",
        "The dam held.\n\nThe river fell & rose.",
    ),
    ("First line<br/>second line<br>third &quot;line&quot;", 'First line\nsecond line\nthird "line"'),
    ("AT&amp;T said it&#8217;s done &amp;quot;soon&amp;quot;.", 'AT&T said it’s done "soon".'),
    ("&lt;p&gt;The dam held.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;", "The dam held.\n\nIt rained."),
    # white space
    ("  One   two \n\n\n\n three\t four ", "One two\n\nthree four"),
]


@pytest.mark.parametrize(("dirty", "wanted"), REPAIRED)
def test_what_scraping_broke_is_repaired(dirty: str, wanted: str) -> None:
    assert clean(dirty).text == wanted


KEPT = [
    "He works for the U.S.A. and lives at example.com, not Example.Com.",
    "Growth was 3.5 per cent, or 1,234.5 a head; see v2.1 and section 4.B of the act.",
    "Write to Ann.Miller@Example.Org or see https://example.org/News.Today/Index.Html?a=B.C",
    '“Curly” and "straight" ‘marks’ stay as they are – so do dashes — and … dots.',
    "McConnell, DeSantis and MacDonald met at YouTube. However LinkedIn said nothing at all.",
    "J.K.Smith and A.B. Jones signed.",
    "Dr. Ann Miller of HarbourWatch said the dam held. A NorthportPolitics survey found otherwise.",
    "Rep. Ann Miller Ann Jane MillerDam holds at Northport",
    "He met Watch officers.\nNorthport HarbourWatch said that the dam held on Friday.",
    "TELL ME MORE about Ann Miller, he said.",
    "NORTHPORT (Wire Service) - The dam held on Friday.",
    "If a < b and b > c, she wrote, use <b> for bold.",
    "He paid 5 .50 for it ... and .5 more.",
    "AT&T, R&D; and Marks & Spencer",
    "Der Fluß stieg. Приехал президент. 東京で会議が開かれた。",
    "می‌خواهم",
    "She asked readers to subscribe to the newsletter, and to share it on Facebook.",
    "Follow the money, he said.",
    "Related work at the harbour went on for months.",
    "Image is everything, the minister said.",
    "#1 in sales",
    "Like many others on Facebook, she posted the pictures.",
    "Copyright law was changed in 1998, and the harbour's lawyers know it.",
    "Updated rules for harbours take effect in May.",
    "Read more: below is a list of harbours that the ministry wants to close.",
    "Published works include a history of the harbour.",
    "Follow the talks on Twitter, the minister told readers who had asked for a way to hear what goes on behind "
    "the doors of the harbour office, and bring your own questions.",
    "Photo albums were lost in the flood, she said.",
    "Share prices fell by a third.",
    "Get out of the way, the police shouted.",
    "© is the sign that lawyers look for. It was missing here, they said.",
]


@pytest.mark.parametrize("text", KEPT)
def test_the_authors_words_stay(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).repairs == ()


BOILERPLATE = [
    "Advertisement",
    "ADVERTISEMENT - STORY CONTINUES BELOW",
    "Story continues below",
    "Share this article",
    "Share Tweet Email Print",
    "Facebook | Twitter | WhatsApp",
    "Read more: Five harbours you should see",
    "Follow us on Twitter, Facebook and Telegram.",
    "Sign up for our daily newsletter and never miss a story.",
    "Subscribe to our YouTube channel.",
    "By signing up you agree to our Terms of Service and Privacy Policy.",
    "This site is protected by reCAPTCHA and the Privacy Policy applies.",
    "Copyright © 2021 The Northport Times. All rights reserved.",
    "© 2024 Wire Service. All rights reserved. This material may not be published, broadcast or redistributed.",
    "© Wire . Ann Miller / Go to the mediabankThe harbour of Northport at dawn",
    "The harbour of Northport at dawn - Wire Africa, 1920, 18.10.2023",
    "FILE PHOTO: The harbour of Northport, July 1, 2023. Reuters/File Photo",
    "Image credit: Getty Images",
    "Enlarge this image toggle caption Ann Miller/AP Ann Miller/AP",
    "#Northport #Harbour #News",
    "Reporting by Ann Miller; Editing by Bo Jones",
    "Slideshow (5 Images)",
    "CLICK HERE TO GET THE NORTHPORT APP",
    "date 2024-02-08 International",
    "Please enable JavaScript to view this page.",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_lines_that_are_no_part_of_the_story_are_dropped(line: str) -> None:
    story = "The dam held on Friday.\n{}\nThe river fell, officials said."
    cleaned = clean(story.format(line))
    assert cleaned.text == "The dam held on Friday.\nThe river fell, officials said."
    assert Repair.BOILERPLATE in cleaned.repairs


def test_related_stories_go_until_prose_begins_again() -> None:
    related = "Related posts\n\nHarbour reopens\n\nFerry sinks off Northport"
    text = f"The dam held.\n\n{related}\n\nThe river fell, officials said."
    assert clean(text).text == "The dam held.\n\nThe river fell, officials said."


def test_related_stories_at_the_end_go_altogether() -> None:
    assert (
        clean("The dam held.\nRelated posts:\n- Five harbours\n- Opinion: the river").text == "The dam held."
    )


def test_the_title_above_the_body_goes_and_is_only_missed_with_a_title() -> None:
    text = "DAM HOLDS AT NORTHPORT\n\nThe dam held on Friday."
    cleaned = clean(text, title="Dam holds at Northport")
    assert cleaned.text == "The dam held on Friday."
    assert cleaned.repairs == (Repair.TITLE,)
    assert clean(text).text == text


def test_a_text_that_is_only_its_title_stays() -> None:
    assert clean("Dam holds", title="Dam holds").text == "Dam holds"


def test_cleaning_off_leaves_the_text_code_point_for_code_point() -> None:
    text = "<p>A\u0301 &amp; said.The\r\n\x00\u200b Advertisement\n" * 3
    cleaned = clean(text, cleaning="off", title="x")
    assert cleaned.text is text
    assert cleaned.repairs == ()


def test_repairs_are_named_in_the_order_they_are_done() -> None:
    cleaned = clean("<p>The dam held.The  river\u00a0fell.</p><p>Advertisement</p>")
    assert cleaned.text == "The dam held. The river fell."
    assert cleaned.repairs == ("html", "unicode", "whitespace", "boilerplate", "spacing")


def test_a_story_in_one_line_with_a_caption_behind_it_is_not_thrown_away() -> None:
    line = "The ferry sails again on Monday, the harbour master said. toggle caption Ann Holm/AP"
    assert clean(line).text == line
    assert clean(f"{line}\nThe storm had kept it in port.").text == "The storm had kept it in port."
