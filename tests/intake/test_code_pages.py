"""UTF-8 that was read in another code page becomes what it was; a text that only looks like it stays."""

from __future__ import annotations

import pytest

from service.intake.cleaning.clean import clean

TEXTS = {
    "de": "Die Bürgermeisterin von Köln sagte, die Brücke über den Fluß sei für Züge zu schmal. Es kostet 5 €.",
    "fr": "L'été sera « très » chaud à l'école, où qu'on aille, a déclaré le maire. Ça coûte 5 €.",
    "es": "Mañana habrá votación en España. ¿Quién ganará? Nadie lo sabe, añadió la señora Núñez.",
    "pt": "A eleição não será adiada. A população já sabe, afirmou a secretária de Educação.",
    "pl": "Burmistrz powiedział, że most będzie otwarty we wtorek. Mieszkańcy są szczęśliwi.",
    "tr": "Köprü yarın açılacak, İstanbul’da yağış bekleniyor, dedi Işık Şahin.",
    "ru": "Мэр заявил, что мост откроют во вторник. Жители рады, сказала Анна Петрова.",
    "uk": "Мер заявив, що міст відкриють у вівторок. Її це тішить.",
    "el": "Η γέφυρα θα ανοίξει την Τρίτη, είπε ο δήμαρχος. Όλοι χαίρονται.",
    "ar": "قال العمدة إن الجسر سيفتح يوم الثلاثاء.",
    "en": "“We’re not sure,” she said – it’s the mayor’s café… The price is £5.",
}
PAGES = "cp1252 latin-1 cp1250 cp1251 cp1253 cp1254 cp437 cp850 mac_roman koi8_r cp1256 iso8859_9".split()


def misread(text: str, page: str) -> str:
    """Return a text as a reader gets it that takes its UTF-8 for a code page; open bytes become controls."""
    shown = []
    for byte in text.encode():
        try:
            shown.append(bytes((byte,)).decode(page))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", TEXTS)
def test_a_misread_text_is_read_anew(language: str, page: str) -> None:
    text = TEXTS[language]
    read = clean(misread(text, page))
    assert read.text == clean(text).text
    assert "mojibake" in read.repairs


@pytest.mark.parametrize("language", TEXTS)
def test_a_sound_text_stays(language: str) -> None:
    assert "mojibake" not in clean(TEXTS[language]).repairs


@pytest.mark.parametrize("language", ["es", "pl", "en"])
def test_a_text_that_was_misread_twice_is_read_twice(language: str) -> None:
    twice = misread(misread(TEXTS[language], "cp1252"), "cp1252")
    assert clean(twice).text == clean(TEXTS[language]).text


def test_an_editor_s_own_quotation_marks_do_not_hide_what_was_misread() -> None:
    broken = f"“Read this,” she wrote. {misread(TEXTS['ru'], 'cp1251')}"
    assert clean(broken).text.endswith(TEXTS["ru"])


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ("Unwetter Ã¼ber KÃ¶ln, sagte die Polizei.", "Unwetter über Köln, sagte die Polizei."),
        ("The cafÃ© owner said so.", "The café owner said so."),
        ("The price is Â£5.", "The price is £5."),
    ],
)
def test_a_few_misread_letters_are_enough_where_nothing_else_can_be_meant(broken: str, text: str) -> None:
    assert clean(broken).text == text


@pytest.mark.parametrize(
    "text", ["The screen showed Ã© and nothing more.", "ÄŒ is a row of the table, Ł is not."]
)
def test_a_lone_pair_may_be_meant(text: str) -> None:
    assert clean(text).text == text
