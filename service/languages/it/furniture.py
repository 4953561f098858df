"""Tell the furniture of Italian news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "vai alla homepage|guarda il video",
    "accetta e continua|accetta e chiudi|ascolta questo articolo|scarica l'app|segnala un errore|foto d'archivio",
    "foto di archivio|foto di repertorio|immagine d'archivio|immagine di repertorio",
    "pubblicità|annuncio|condividi|condividi su facebook|condividi su twitter|condividi su x",
    "condividi su whatsapp|copia link|copia il link|link copiato|torna alla home|torna su",
    "vai al contenuto|continua a leggere|leggi tutto|leggi di più|mostra altro|carica altro",
    "vedi i commenti|lascia un commento|scrivi un commento|abbonati|abbonati ora|accedi|registrati",
    "iscriviti|accetta tutto|accetta tutti|accetta cookie|accetta i cookie|rifiuta tutto",
    "gestisci preferenze|gestisci cookie|impostazioni cookie|ascolta l'articolo|contenuto sponsorizzato",
    "stampa l'articolo|salva articolo|l'articolo continua dopo la pubblicità",
    "tutti i diritti riservati|condividi questo articolo|condividi l'articolo|pagina non trovata|accesso negato",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "attiva le notifiche|crea un account|contenuto per abbonati|solo per abbonati|leggi altre notizie",
    "leggi l'articolo completo|guarda anche|da non perdere|segui|invia per email|articolo precedente",
    "articolo successivo|prossimo articolo|prova gratis|contenuto riservato|commenta",
    "vai ai commenti|accetta|rifiuta",
    "informativa sulla privacy|informativa privacy|informativa sui cookie|note legali|condizioni d'uso",
    "termini e condizioni|contatti|chi siamo",
    "home|menu|cerca|commenti|stampa|salva|newsletter|altro|video|foto|argomenti|tag|i più letti",
    "più letti|ultime notizie|ultima ora|altre notizie|in evidenza|correlati",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "leggi anche|leggi pure|vedi anche|guarda anche|approfondisci|ti potrebbe interessare",
    "potrebbe interessarti|per saperne di più|da non perdere|notizie correlate|articoli correlati",
    "leggi qui|correlati|scopri anche",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "potrebbe interessarti anche|ti potrebbe interessare anche|potrebbe anche interessarti",
    "leggi anche|articoli correlati|notizie correlate|ti potrebbe interessare|ti potrebbero interessare",
    "potrebbe interessarti|potrebbero interessarti|approfondimenti|per approfondire|correlati",
    "sullo stesso argomento|contenuti correlati",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "i più letti|più letti|ultime notizie|ultima ora|altre notizie|in evidenza|consigliati",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "foto immagine immagini credito crediti fonte video ph",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "pubblicato|aggiornato|ultimo aggiornamento|pubblicato il|aggiornato il|modificato il",
)
"""What stands before a date of publication."""

TEASERS = (
    r"continua a leggere\b[^.!?]{0,60}$",
    r"segui il nostro canale\b.{0,60}$",
    r"commenti \(\d+\)$",
    r"hai trovato un errore\?.{0,60}$",
    r"clicca qui\b.{0,60}$",
    r"hai (?:già )?un account\?? .{0,40}$",
    r"scarica (?:la nostra |l')app\b[^.!?]{0,60}$",
    r"(?:utilizziamo|usiamo|questo sito (?:utilizza|usa)|noi e i nostri) .{0,60}(?:cookie|partner)",
    r"(?:questo|questa) (?:articolo|contenuto|notizia) è (?:riservat|solo)",
    r"(?:contenuto|articolo) riservato agli abbonati",
    r"(?:sei|hai) già (?:abbonato|registrato|un abbonamento|un account)",
    r"(?:abbonati|iscriviti|registrati|accedi) (?:ora |qui |gratis )?(?:per|alla (?:nostra )?newsletter|al nostro canale)\b",
    r"per continuare a leggere\b",
    r"ricevi .{0,100}(?:newsletter|e-?mail|posta)",
    r"seguici\b",
    r"(?:si prega di )?attiva(?:re)? javascript",
    r"\d+ comment[oi]$",
    r"(?:tempo di lettura:? .{0,20}|\d+ min(?:uti)? di lettura)$",
    r"riproduzione riservata\b.{0,60}$|© ?riproduzione riservata.{0,40}$",
    r"(?:argomenti|tag)\s*: .{1,120}$",
    r"unisciti al (?:nostro )?canale\b",
    r"(?:verifica|conferma) di (?:non )?essere (?:un |una )?(?:robot|umano|persona)",
    r"accesso negato[ .,:;!–-]+(?:non|errore)\b",
    r"foto (?:ansa|afp|ap|reuters|epa|lapresse|getty images?)\b[^.!?:]{0,40}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = ()
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = ()
"""Patterns of lines that are furniture only beside other furniture: none."""

SAID = words("disse detto dice gridò chiese chiesto spiegato scrive")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "abbon|questo sito|nostro sito|nostro canale|registrati|tua casella",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
