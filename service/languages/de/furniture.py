"""Tell the furniture of German news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "nach der anzeige weiterlesen|jetzt newsletter bestellen|newsletter bestellen|weiterlesen mit plus|dpa",
    "hier klicken, um den inhalt anzuzeigen|inhalt anzeigen|externen inhalt anzeigen",
    "empfohlener externer inhalt|zum vergrößern anklicken|mehr dazu lesen sie hier",
    "diskutieren sie mit|zur übersicht",
    "bildunterschrift einblenden|bildunterschrift anzeigen|feedback senden|rezept drucken|fehler melden",
    "akzeptieren und weiter|akzeptieren und schließen|app herunterladen|zum newsletter anmelden|archivfoto",
    "archivbild|symbolbild|symbolfoto",
    "anzeige|werbung|artikel hören|artikel anhören|artikel teilen|beitrag teilen|zur startseite",
    "zurück zur startseite|nach oben|zum seitenanfang|auf facebook teilen|auf x teilen",
    "auf whatsapp teilen|per e-mail teilen|link kopieren|link kopiert|kommentare anzeigen",
    "kommentar schreiben|zu den kommentaren|alle kommentare|newsletter bestellen|newsletter abonnieren",
    "jetzt abonnieren|jetzt anmelden|jetzt testen|alle akzeptieren|alles akzeptieren",
    "cookies akzeptieren|cookie-einstellungen|datenschutzeinstellungen|alle ablehnen",
    "einstellungen verwalten|mehr anzeigen|mehr laden|weiterlesen|bildergalerie",
    "empfohlener redaktioneller inhalt|externer inhalt|inhalt laden|inhaltsverzeichnis|bitte warten",
    "advertorial|nächster artikel|artikel drucken|artikel merken",
    "artikel weiterlesen|weiterlesen nach der anzeige|jetzt kostenlos registrieren|zum weiterlesen anmelden",
    "alle rechte vorbehalten|lesen sie hier weiter|hier weiterlesen|seite nicht gefunden|zugriff verweigert",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "benachrichtigungen aktivieren|jetzt abo abschließen|video abspielen|mehr aus dem ressort",
    "konto erstellen|nur für abonnenten",
    "zum thema|auch lesenswert|mit plus weiterlesen|plus-artikel|schließen|zurück|vorlesen",
    "kommentieren|beitrag hören|nächster beitrag|vorheriger artikel|vorheriger beitrag",
    "diesen artikel weiterempfehlen|artikel vorlesen|link in zwischenablage kopiert|lesen sie dazu",
    "zurück zur übersicht|ablehnen|zustimmen|akzeptieren",
    "datenschutz|datenschutzerklärung|impressum|agb|nutzungsbedingungen|cookie-richtlinie|kontakt|über uns",
    "startseite|menü|suche|teilen|drucken|merken|kommentare|anmelden|abonnieren|newsletter|mehr|video",
    "foto|themen|schlagworte|meistgelesen|meist gelesen|top-themen|aktuelles|neueste nachrichten",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "lesen sie hierzu auch|lesen sie dazu auch|lesen sie dazu",
    "lesen sie auch|lesen sie mehr|lesen sie hier|lesen sie dazu|mehr dazu|mehr zum thema",
    "auch interessant|passend dazu|siehe auch|zum thema|lies auch|das könnte sie auch interessieren",
    "weiterlesen|mehr lesen|lesen sie hier mehr",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "lesen sie mehr zum thema|mehr zu diesem thema|lesen sie mehr",
    "lesen sie auch|mehr zum thema|das könnte sie auch interessieren|das könnte dich auch interessieren",
    "auch interessant|verwandte artikel|ähnliche artikel|weitere artikel|passend dazu|weitere themen",
    "mehr aus diesem ressort|empfehlungen der redaktion",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "meistgelesen|meistgelesene artikel|meist gelesen|top-themen|neueste nachrichten",
    "aktuelle nachrichten|weitere nachrichten|empfehlungen",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "foto fotos bild bilder bildquelle quelle grafik video symbolbild symbolfoto",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "veröffentlicht|aktualisiert|stand|erstellt|zuletzt aktualisiert|veröffentlicht am|aktualisiert am",
)
"""What stands before a date of publication."""

TEASERS = (
    r"(?:schon|bereits) (?:abonnent|abonnentin|abonniert|registriert|kunde|mitglied)\w{0,4}\? (?:hier |jetzt )?(?:anmelden|einloggen)\.?$",
    r"(?:der )?artikel (?:wird|geht) (?:nach|unter) der anzeige\b.{0,30}$",
    r"diesen (?:artikel|beitrag) (?:weiterlesen|lesen) mit [^.!?,]{0,20}(?:plus|\+|abo|premium)\b\+?.{0,10}$",
    r"diese[rs]? (?:inhalt|artikel|beitrag|text) ist nur (?:mit|im) [^.!?]{0,20}(?:abo|plus)\b.{0,30}$",
    r"besuchen sie .{0,40}mit werbung und tracking\b.{0,60}$",
    r"an dieser stelle finden sie\b.{0,80}$",
    r"ich bin (?:damit )?einverstanden, dass mir\b.{0,120}$",
    r"artikel anhören \(.{1,20}\)$",
    r"dieser artikel (?:erschien|stammt) (?:zuerst|erstmals)\b.{0,80}$",
    r"kommentare? \(\d+\)$",
    r"fehler gefunden\?.{0,60}$",
    r"alle (?:nachrichten|artikel|infos|meldungen) .{1,60}(?:finden|lesen) sie hier\.?$",
    r"dieses thema im programm\b.{0,160}$",
    r"mit material (?:von|der) [^.!?,]{2,40}\.?$",
    r"hier geht(?:'s| es) zu[rm]? .{2,60}$",
    r"(?:jetzt )?push-?(?:nachrichten|mitteilungen)\b[^.!?]{0,40}$",
    r"quellen?\s?: (?:[^.!?,]{0,30}(?:\.de)?, ?)?[a-z/]{0,12}\b(?:dpa|afp|sid|rtr|reuters|ap|kna|epd)(?:/[a-z]{2,4})?$",
    r"haben sie (?:fragen|hinweise|anregungen|einen fehler)\b.{0,60}schreiben sie\b.{0,40}$",
    r"mehr von [^.!?]{2,40}$",
    r"diese[rs]? (?:text|artikel|beitrag|meldung) wurde (?:automatisch|maschinell)\b.{0,80}$",
    r"zum newsletter\b[^.!?]{0,60}$",
    r"(?:laden sie|lade|jetzt) (?:sich )?(?:unsere|die) [^.!?]{0,30}\bapp\b[^.!?]{0,40}$",
    r"(?:bild|foto|fotos|bilder)\s?: picture[ -]alliance\b[^.!?]{0,80}$",
    r"wir (?:verwenden|nutzen|setzen) .{0,40}cookies",
    r"wir und unsere .{0,20}partner",
    r"dieser (?:artikel|beitrag|inhalt|text) ist (?:nur )?(?:für|kostenpflichtig|exklusiv)\b",
    r"(?:sie haben|haben sie|du hast) (?:schon|bereits) ein (?:abo|abonnement|konto)",
    r"bereits (?:abonnent|registriert|kunde|mitglied)",
    r"jetzt (?:weiterlesen|anmelden|abonnieren|registrieren|testen)\b.{0,80}$",
    r"um (?:weiterzulesen|den artikel|diesen artikel)\b",
    r"melden sie sich (?:hier |jetzt )?(?:an|für)\b",
    r"abonnieren sie\b",
    r"bitte aktivieren sie javascript",
    r"folgen sie uns\b",
    r"\d+ kommentare?$",
    r"\d+ min(?:uten)?\.? (?:lesezeit|lesedauer)$|(?:lesezeit|lesedauer):? (?:ca\. |etwa )?\d+(?::\d\d)? ?(?:min|sek)\w*\.?(?: lesezeit)?$",
    r"© ?(?:dpa|afp)\b.{0,60}$|dpa-infocom\b.{0,80}$",
    r"(?:themen|schlagworte|mehr zu)\s*: .{1,120}$",
    r"erhalten sie .{0,100}(?:newsletter|postfach|posteingang)",
    r"diese (?:web)?(?:seite|site) (?:verwendet|nutzt|benutzt) cookies",
    r"wir benötigen ihre (?:zustimmung|einwilligung)\b",
    r"mit werbung (?:und tracking )?(?:weiterlesen|lesen|nutzen|weiter)\b",
    r"(?:zugriff verweigert[ .,:;!–-]+)?bitte (?:bestätigen|beweisen) sie,? dass sie (?:kein|ein|nicht)\b",
    r"zugriff verweigert[ .,:;!–-]+(?:bitte|sie|ihr|fehler)\b",
    r"(?:sind sie|ich bin) (?:ein|kein) roboter\b",
    r"(?:foto|bild)s? (?:dpa|afp|ap|reuters|imago|apa|epa|getty images?)\b[^.!?:]{0,40}$",
    r"startseite(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = (
    ("adblocker", r".{0,80}\bdeaktivieren sie\b.{0,40}adblocker\b.{0,20}$"),
)
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = ()
"""Patterns of lines that are furniture only beside other furniture: none."""

SAID = words("sagte sagt riet rief forderte stand erklärte schrieb warnte meinte")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "externe inhalte|drittanbieter|sie hier",
    "abonn|ein abo|im abo|probeabo|konto|postfach|diese seite|website|webseite|datenschutz|roboter",
    "lesezeit|lesedauer|einwilligung|zustimmung",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
