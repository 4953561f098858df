"""Notices are told from news about killing, withdrawing and correcting."""

from __future__ import annotations

import json

import pytest

from service.intake.article import intake
from service.intake.notices import named_in, read_notice
from service.records import Origin, RawRecord, Reason, Rejected
from service.settings import IntakeSettings

STORY = (
    "A fire broke out at the Ostby timber yard on Tuesday, killing three workers, the fire service said. " * 6
)


@pytest.mark.parametrize(
    "text",
    [
        "EDITORS: Please KILL ostby-7, yard fire. A replacement will follow. The story to be killed is:\n\n"
        + STORY,
        "KILL. A kill is mandatory.\n\n" + STORY,
        "BULLETIN KILL\n\nThis story has been withdrawn for legal reasons.\n\n" + STORY,
        "WITHDRAWN: Editors, do not use the story below.\n\n" + STORY,
        "ADVISORY: The following story has been withdrawn. No substitute will be issued.\n" + STORY,
        "RETRACTION. This report is withdrawn because its source proved wrong.\n" + STORY,
        "EDITORS: The Canal Press has withdrawn its story about a fire. The story should be eliminated.",
        'The May 5 story headlined "Yard burns" is withdrawn. There will be no substitute story.',
        "BITTE NICHT VERWENDEN\n\nDie Meldung wird zurückgezogen.\n" + STORY,
        "Prière d'annuler notre dépêche.\n" + STORY,
        "ANULACIÓN. Rogamos anulen la noticia.\n" + STORY,
        "ANNULLAMENTO\n\nSi prega di annullare la notizia.\n" + STORY,
        "Favor desconsiderar a nota sobre o incêndio.\n" + STORY,
        "İPTAL: Haberimiz iptal edilmiştir.\n" + STORY,
        "АННУЛИРОВАНО. Просьба не использовать сообщение.\n" + STORY,
    ],
)
def test_a_withdrawal_is_seen(text: str) -> None:
    assert read_notice("Fire at yard", text, None) == "withdrawal"


@pytest.mark.parametrize(
    "text",
    [
        "(Corrects number of dead in first paragraph to five from three)\n\n" + STORY,
        "(Refiles to correct name in second paragraph)\n" + STORY,
        "CORRECTION: " + STORY,
        "(This version corrects the figure, fourth paragraph.)\n" + STORY,
        STORY + "\n\nCorrection: An earlier version of this story gave a wrong name.",
        STORY + "\n\nThis article has been updated to correct the spelling of a name.",
        STORY + "\n\nThis article was amended on 5 May 2025. It had said four.",
        "(This May 5 story corrects the number of dead)\n" + STORY,
        "(Berichtigt Name im vierten Absatz)\n" + STORY,
        STORY + "\n\nIn einer früheren Version dieses Artikels hieß es vier.",
        "RECTIFICATIF: " + STORY,
        "(Corrige nombre en el cuarto párrafo)\n" + STORY,
        "Errata corrige: " + STORY,
        "CORREÇÃO: " + STORY,
        "DÜZELTME: " + STORY,
        "(Исправлено имя в четвертом абзаце)\n" + STORY,
    ],
)
def test_a_correction_is_seen(text: str) -> None:
    assert read_notice("Fire at yard", text, None) == "correction"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Withdrawal of troops begins", STORY),
        ("Man retracts confession", "His lawyer said the story was withdrawn from the jury.\n" + STORY),
        ("Der DAX vor einer Korrektur", "Der Bericht wurde zurückgezogen, sagte das Amt.\n" + STORY),
        ("Multa anulada", "La nota ha sido retirada, y el vuelo fue anulado.\n" + STORY),
        ("Le vol est annulé", "Le ministre corrige le tir.\n" + STORY),
        ("Matéria foi retirada de pauta", "A multa foi anulada pela corte.\n" + STORY),
        ("Рейс аннулирован", "Билеты аннулированы, сказали в порту.\n" + STORY),
        ("Uçuş iptal edildi", STORY),
        (
            "Kill switch for boats",
            "The bill would kill the tax, and the minister has withdrawn his support.\n" + STORY,
        ),
        ("Market correction", "Shares fell in a correction. The candidate withdrew.\n" + STORY),
        (
            "Corrections officer charged",
            "A corrections officer was charged. Police correct the record daily.\n" + STORY,
        ),
    ],
)
def test_news_of_such_things_is_no_notice(title: str, text: str) -> None:
    assert read_notice(title, text, "usable") is None


ORDINARY = """\
Uncorrected: proofs of a life|The charter was amended to correct a gap in the tolls|The game is updated to fix a bug
Harbour needs a course-correction|Bank signals self-correction|The item should be eliminated from the budget, Falk said.
Uproar at a journal: article retracted|Kill-switch law passes|The story killed his career, friends said.
Please do not use the lift, the office said.|The report was withdrawn after an outcry.|Minister withdraws the report
Mandatory kill switch for scooters|The story corrects a myth about pirates.|Cancelled: 400 flights as the storm nears
This article was amended on the order of parliament|Nasdaq enters correction|Journal retracts its article on eels
The story was revised to fix a hole in the plot, she said.|Weather advisory: stay inside|Embargo lifted on grain
Die Anmeldung zum Rennen wurde zurückgezogen|Seine Krankmeldung hat er zurückgezogen|Korrektur – der Markt fällt
Die Wortmeldung des Rates wurde zurückgezogen.|Bitte nicht verwenden: Rückruf von Brei|Annulliert: Tor zählt nicht
In einer ersten Fassung des Berichts stand es nicht.|Zurückgezogen: Kandidat gibt auf|Korrekturen am Haushalt
Annulé - le match de Tarn|Annulation: le concert de samedi|Corrigé : le sujet du bac|Veuillez ne pas utiliser la porte
Se ruega no usar el ascensor|Anulado: el gol del domingo|El despacho fue anulado por el juez|Corrección - la bolsa cae
Si prega di non usare l'ascensore|Annullato: il concerto|La notizia è stata ritirata dal giornale
Por favor não usar o elevador|Anulado - gol no fim|Correção da prova
Просьба не использовать лифт|Поправка: дума голосует|Аннулирована: виза певца|(Уточняется)
İptal: konser yapılmayacak|Lütfen kullanmayın: musluk suyu kirli|Düzeltme - borsa düştü"""


@pytest.mark.parametrize("line", ORDINARY.replace("\n", "|").split("|"))
def test_ordinary_news_is_no_notice_as_title_lead_or_last_line(line: str) -> None:
    assert read_notice(line, STORY, None) is None
    assert read_notice("Boats wait", f"{line}\n{STORY}", None) is None
    assert read_notice("Boats wait", f"{STORY}\n{line}", None) is None


def test_titles_and_status_fields_say_it_too() -> None:
    assert read_notice("CORRECTED-Five dead in fire", STORY, None) == "correction"
    assert read_notice("Five dead in fire (corrected)", STORY, None) == "correction"
    assert read_notice("Korrektur: Fünf Tote", STORY, None) == "correction"
    assert read_notice("Five dead in fire - story withdrawn", STORY, None) == "withdrawal"
    assert read_notice("Achtung Redaktionen: Meldung zurückgezogen", STORY, None) == "withdrawal"
    assert read_notice("KILL: Five dead in fire", STORY, None) == "withdrawal"
    assert read_notice("Five dead in fire", STORY, "canceled") == "withdrawal"
    assert named_in(None, "EDITORS: Please KILL ostby-7, yard fire.") == ("ostby-7",)


def raw(key: bytes | None, value: bytes | None) -> RawRecord:
    return RawRecord(key, value, (), Origin("articles.raw", 0, 0, 1_000))


def test_a_record_without_a_value_withdraws_the_article_its_key_names() -> None:
    article = intake(raw(b"ostby-7", None), IntakeSettings()).article
    assert (article.article_id, article.notice, article.text) == ("ostby-7", "withdrawal", "")
    with pytest.raises(Rejected) as refused:
        intake(raw(None, None), IntakeSettings())
    assert refused.value.reason is Reason.NO_VALUE


def test_an_article_carries_its_notice() -> None:
    value = json.dumps({"body": STORY, "pubstatus": "canceled"}).encode()
    assert intake(raw(None, value), IntakeSettings()).article.notice == "withdrawal"


@pytest.mark.parametrize(
    "text", ["Editors: please K\u0130LL the ferry story.", "ED\u0130TORS, please w\u0131thdraw it."]
)
def test_a_notice_in_turkish_capitals_is_seen(text: str) -> None:
    assert read_notice(None, text, None) == "withdrawal"
