"""Lines of pages and lines of stories, labelled by hand in eight languages: what goes and what stays."""

from __future__ import annotations

import pytest

from service.intake.cleaning.boilerplate import drop_boilerplate
from service.intake.cleaning.clean import clean

STORIES = {
    "en": "The lock at Tarnhill stays shut until Friday, the canal office said.\n\n"
    "A gate had jammed on a sunken cart.\n\n“Nobody misses a cart for forty years,” said keeper Oda Tamm.",
    "de": "Die Schleuse bei Tarnhill bleibt bis Freitag zu, teilte das Kanalamt mit.\n\n"
    "Ein Tor hatte sich an einem Karren verklemmt.\n\n„Den Karren hat niemand vermisst“, sagte Oda Tamm.",
    "es": "La esclusa de Tarnhill seguirá cerrada hasta el viernes, informó la oficina.\n\n"
    "Una compuerta se trabó con un carro hundido.\n\n«Nadie echó de menos el carro», dijo Oda Tamm.",
    "fr": "L'écluse de Tarnhill restera fermée jusqu'à vendredi, a indiqué l'office.\n\n"
    "Une porte s'était bloquée sur une charrette.\n\n« Personne ne la cherchait », a dit Oda Tamm.",
    "it": "La chiusa di Tarnhill resta chiusa fino a venerdì, ha detto l'ufficio.\n\n"
    "Una porta si era bloccata su un carro.\n\n«Nessuno lo cercava», ha detto Oda Tamm.",
    "pt": "A eclusa de Tarnhill fica fechada até sexta-feira, disse o gabinete.\n\n"
    "Uma comporta prendeu numa carroça afundada.\n\n“Ninguém deu pela falta dela”, disse Oda Tamm.",
    "tr": "Tarnhill kanal kapısı cumaya kadar kapalı kalacak, dedi kanal dairesi.\n\n"
    "Kapak batık bir arabaya takılmıştı.\n\n“Kimse arabayı aramadı,” dedi Oda Tamm.",
    "ru": "Шлюз в Тарнхилле закрыт до пятницы, сообщили в управлении канала.\n\n"
    "Створку заклинило на затонувшей телеге.\n\n«Её никто не искал», — сказала Ода Тамм.",
}

FURNITURE = [
    ("en", "Story continues below this ad"),
    ("en", "ALSO READ | Canal office to hire divers"),
    ("en", "READ ALSO: Why carts end up in canals"),
    ("en", "Read more: The cart was sold at auction."),
    ("en", "A barge waits at Tarnhill on Monday, May 5, 2025. (AP Photo/Finn Quill, File)"),
    ("en", "The lock at dusk on Monday [Finn Quill/Reuters]"),
    ("en", "Photo: Finn Quill/Canal Press"),
    ("en", "Share on X Share on Bluesky Share on Facebook Copy link"),
    ("en", "We use cookies to measure how many people read this page."),
    ("en", "Already a subscriber? Log in"),
    ("en", "Subscribe to continue reading"),
    ("en", "This article is for subscribers only."),
    ("en", "Updated 4:05 PM EDT, May 5, 2025"),
    ("en", "4 min read"),
    ("en", "17 Comments"),
    ("en", "Log in to leave a comment"),
    ("en", "Canal Press writers Finn Quill and Iris Moss contributed to this report."),
    ("en", "(Except for the headline, this story has not been edited by our staff.)"),
    ("en", "Follow us on WhatsApp, X and Bluesky"),
    ("en", "Unsubscribe at any time."),
    ("en", "A barge waits below the lock. Finn Quill/AFP/Getty Images"),
    ("en", "A barge waits below the lock. | Finn Quill/Getty Images"),
    ("en", "The keeper opens a gate by hand, May 5, 2025. Finn Quill/Reuters"),
    ("en", "0:00 / 4:12"),
    ("en", "Print this article"),
    ("en", "Additional reporting by Iris Moss"),
    ("en", "Additional reporting by Iris Moss in Venn, Finn Quill and the Canal Press."),
    ("en", "Further reporting from Finn Quill"),
    ("en", "Get our free morning newsletter"),
    ("en", "We've updated our privacy policy"),
    ("en", "We have updated our terms of service and privacy policy"),
    ("de", "Der Wärter am Tor. Foto: imago/Quill"),
    ("es", "Sigue leyendo tras la publicidad"),
    ("es", "Continúa leyendo después del anuncio"),
    ("pt", "VÍDEOS: mais assistidos da semana"),
    ("en", "This story has been published from an agency feed without changes to the text."),
    ("es", "Continúa leyendo después de la publicidad"),
    ("de", "Die Schleuse am Montag. © dpa/Finn Quill"),
    ("de", "Schon Abonnent? Hier anmelden"),
    ("de", "(dpa)"),
    ("pt", "Ouça esta matéria"),
    ("tr", "İlginizi çekebilir: Kanala ikinci kapak"),
    ("ru", "Поделиться в соцсетях"),
    ("de", "Anzeige"),
    ("de", "Lesen Sie auch: Taucher für das Kanalamt gesucht"),
    ("de", "Foto: Finn Quill/dpa"),
    ("de", "Quelle: dpa"),
    ("de", "Dieser Artikel ist nur für Abonnenten lesbar."),
    ("de", "Wir verwenden Cookies, um Inhalte zu personalisieren."),
    ("de", "12 Kommentare"),
    ("de", "Aktualisiert am 5. Mai 2025, 16:05 Uhr"),
    ("es", "Publicidad"),
    ("es", "Lea también: Buscan buzos para el canal"),
    ("es", "Foto: Finn Quill"),
    ("es", "Suscríbete para seguir leyendo"),
    ("es", "Utilizamos cookies propias y de terceros."),
    ("es", "Publicado el 5 de mayo de 2025"),
    ("fr", "Publicité"),
    ("fr", "À lire aussi : Le canal cherche des plongeurs"),
    ("fr", "La suite après cette publicité"),
    ("fr", "Cet article est réservé aux abonnés."),
    ("fr", "Déjà abonné ? Connectez-vous"),
    ("fr", "Publié le 5 mai 2025 à 16h05"),
    ("it", "Pubblicità"),
    ("it", "Leggi anche: Cercasi sommozzatori per il canale"),
    ("it", "Riproduzione riservata"),
    ("it", "Iscriviti alla nostra newsletter"),
    ("it", "Utilizziamo cookie tecnici e di terze parti."),
    ("pt", "Continua após a publicidade"),
    ("pt", "Leia também: Canal procura mergulhadores"),
    ("pt", "Conteúdo exclusivo para assinantes"),
    ("pt", "Foto: Finn Quill/Divulgação"),
    ("pt", "Atualizado em 5 de maio de 2025"),
    ("tr", "Reklam"),
    ("tr", "İlgili Haber: Kanal dalgıç arıyor"),
    ("tr", "Fotoğraf: Finn Quill"),
    ("tr", "Okumaya devam etmek için abone olun"),
    ("tr", "Güncelleme: 05.05.2025 16:05"),
    ("ru", "Реклама"),
    ("ru", "Читайте также: Каналу нужны водолазы"),
    ("ru", "Фото: Финн Квилл"),
    ("ru", "Подписывайтесь на наш канал в Telegram"),
    ("ru", "Опубликовано: 5 мая 2025, 16:05"),
    ("en", "More on this story"),
    ("en", "You might also like"),
    ("en", "Comments (12)"),
    ("en", "Home > Region > Canals"),
    ("en", "Photo Getty Images"),
    ("en", "Support independent journalism with a small gift."),
    ("en", "The post Lock stays shut appeared first on Canal Press."),
    ("en", "Finn Quill can be reached at fquill@canalpress.example."),
    ("en", "-30-"),
    ("en", "Sign up for our daily mail"),
    ("de", "Mehr zum Thema"),
    ("de", "Alle Rechte vorbehalten."),
    ("de", "Startseite / Region / Kanal"),
    ("es", "Lee también"),
    ("es", "Todos los derechos reservados"),
    ("es", "Comparte esta noticia"),
    ("fr", "À lire aussi"),
    ("fr", "Crédit photo : Finn Quill"),
    ("fr", "Tous droits réservés"),
    ("it", "Condividi questo articolo"),
    ("pt", "Todos os direitos reservados"),
    ("tr", "Tüm hakları saklıdır"),
    ("tr", "Bizi takip edin"),
    ("ru", "Материалы по теме"),
    ("ru", "Все права защищены"),
    ("en", "Image source, Canal Pictures"),
    ("en", "Media caption, Watch the gate close"),
    ("en", "REUTERS/Finn Quill"),
    ("en", "Barges at Tarnhill on Monday. Photograph: Finn Quill/Canal Post"),
    ("en", "View comments (23)"),
    ("en", "You have 3 free articles left this month"),
    ("en", "By submitting, you agree to our Terms of Service and Privacy Policy."),
    ("en", "Disclaimer: This post has been auto-published from a feed and not been reviewed by an editor"),
    ("en", "Contact Finn Quill at finn@canalpost.example"),
    ("en", "Do you live in Tarnhill? Email us at voices@canalpost.example"),
    ("de", "Lesen Sie hier mehr: Taucher gesucht"),
    ("de", "Dieser Inhalt ist nur mit Abo verfügbar"),
    ("de", "Lesedauer: 4 Min."),
    ("de", "Diesen Artikel lesen mit Kanal Plus"),
    ("en", "The page you requested could not be found."),
    ("en", "Your access to this service has been limited"),
    ("fr", "Recevez chaque matin l'essentiel de l'actualité"),
    ("fr", "Photo Finn Quill/AFP"),
    ("pt", "Compartilhe no Facebook"),
    ("tr", "Giriş Tarihi: 05.05.2025 14:05"),
]

OWN = [
    ("en", "The agency had sued Getty Images. It lost to Reuters"),
    ("en", "The court named two owners of the picture. Finn Quill, of Canal Press, sold it to Getty Images."),
    ("en", "Additional reporting by the office would cost 3 million crowns, the court said."),
    (
        "en",
        "Tamm will resign on Friday, Lund said. The council votes in June. Finn Quill/Getty Images",
    ),
    ("en", "Tamm will resign on Friday. Finn Quill/Getty Images"),
    ("en", "The office must pay 2 million crowns, Lund said. © Canal Press/Finn Quill"),
    ("en", "The office pays 2 million crowns, the court ruled. Finn Quill/Reuters"),
    ("en", "The office pays 2 million crowns. © The Tarnhill Courier"),
    ("en", "The index rose 3 percent. That beat the poll by Ipsos/Reuters"),
    ("en", "Tamm will resign on Friday, Lund said. The council votes in June. Photo: Finn Quill"),
    ("en", "Tamm must pay, the court said. The council votes in June. Reuters/Finn Quill"),
    ("en", "Tamm leads by 3 points – Ipsos/Reuters"),
    ("en", "The keeper lost twice. He had sued Thomson/Reuters"),
    ("en", "The lawyer smiled. © is the sign for copyright"),
    ("en", "Further reporting by the Courier showed that Tamm had lied about 200 jobs"),
    ("en", "Further reporting by the Courier showed that Tamm had lied."),
    ("en", "Additional reporting from the commission showed the dam leaked."),
    ("en", "We have updated our privacy rules so that this cannot happen again"),
    ("es", "Continúa leyendo tras la guerra en su celda"),
    ("pt", "Vídeos: os mais vistos foram apagados pela polícia"),
    ("en", "“We've updated our privacy policy,” the keeper said."),
    ("en", "The final score was 2:11 / 4:12, the club said."),
    ("en", "The sign on the gate read “© Canal Office”, and nobody had asked why."),
    ("de", "Schon Abonnenten hätten das gewusst, sagte Oda Tamm."),
    ("en", "Home"),
    ("en", "Video source, police said, showed the man had run"),
    ("en", "Image caption, police said, is all they have"),
    ("fr", "L'armée et ses partenaires utilisent des drones contre les rebelles"),
    ("fr", "Recevez tous les invités avec le sourire"),
    ("en", "The post had appeared first on Monday, prosecutors said."),
    ("en", "(Photo: the barge was sold a year later.)"),
    ("en", "By submitting the plan on Monday, the council kept to the terms of the court."),
    ("en", "View comments of that kind as a compliment, she wrote."),
    ("en", "Contact with Finn at the lock was lost at noon."),
    ("fr", "Abonnez-vous à la patience, a lancé le maire."),
    ("fr", "Recevez le juge, a demandé la ministre."),
    ("en", "Subscribe now"),
    ("en", "Photo: the word stood under every second picture of the show, and nobody had taken one."),
    ("en", "Published 4 May 2025: tolls of all locks"),
    ("en", "Click here to claim your refund of 312 euros"),
    ("en", "Readers asked whether cookies were to blame, and the baker said no."),
    ("en", "The newsletter of the canal office has 40 readers."),
    ("en", "Heavy rain had contributed to this, the report said."),
    ("en", "Follow the towpath on foot for two miles."),
    ("en", "By then the water had gone."),
    ("en", "Image and reality differ, said the mayor: nobody swims here."),
    ("de", "Die Anzeige erstattete ein Schiffer."),
    ("de", "Werbung für den Kanal lohnt sich nicht, sagte Tamm."),
    ("de", "Foto und Film sind am Tor verboten: Das Amt fürchtet Nachahmer."),
    ("es", "La publicidad del canal costó 312 euros."),
    ("es", "Compartir el carro era costumbre, dijo."),
    ("fr", "La publicité du canal a coûté 312 euros."),
    ("fr", "Suivez le chemin de halage sur deux kilomètres."),
    ("it", "La pubblicità del canale è costata 312 euro."),
    ("it", "Accedi al canale solo a piedi, dice un cartello."),
    ("pt", "A publicidade do canal custou 312 euros."),
    ("pt", "Entrar na eclusa é proibido."),
    ("tr", "Reklam kampanyası 312 avroya mal oldu."),
    ("ru", "Реклама канала обошлась в 312 евро."),
    ("ru", "Читать вывеску никто не стал."),
    ("en", "Follow us, he shouted to the crew."),
    ("en", "Credit: that is what boatmen need, she said."),
    ("en", "Home 2, Away 1"),
    ("en", "Photo Getty bought in 1998 shows the lock, she said."),
    ("en", "404 carts were found in ten years, the office said."),
    ("de", "Bild und Ton waren gestört, sagte Tamm."),
    ("ru", "Фото из архива опознали трое."),
    ("en", '"I accept."'),
    ("en", "By signing up, boatmen had accepted a privacy policy that let the office sell their names."),
    ("en", "Reuters/Ipsos poll finds Tamm ahead"),
    ("en", "EPA/Army rule on canals is struck down"),
    ("en", "Media source, 41, was hurt by a gate"),
    ("en", "You have 3 stories left to tell, his editor said"),
    ("en", "The page you requested does not exist, the office told Tamm on Monday"),
    ("en", "Your access to this service has been limited by the strike"),
    ("en", "Have you seen Lena Voss, 9, missing since Monday? Contact us at tips@police.example"),
    ("en", "He showed a picture. Photograph: two men at a gate"),
    ("de", "Lesedauer: 40 Jahre"),
    ("de", "Diesen Beitrag lesen mit Venn"),
]


def inside(language: str, line: str) -> str:
    """Put a line between the paragraphs of a story."""
    first, rest = STORIES[language].split("\n\n", 1)
    return f"{first}\n\n{line}\n\n{rest}"


@pytest.mark.parametrize(("language", "line"), FURNITURE)
def test_furniture_goes_and_the_story_stays(language: str, line: str) -> None:
    assert drop_boilerplate(inside(language, line)) == STORIES[language]


@pytest.mark.parametrize(("language", "line"), OWN)
def test_lines_of_the_story_stay(language: str, line: str) -> None:
    assert drop_boilerplate(inside(language, line)) == inside(language, line)


@pytest.mark.parametrize(("language", "line"), OWN[1:15])
def test_lines_like_those_of_a_page_stay_in_a_whole_article(language: str, line: str) -> None:
    assert line in clean(inside(language, line)).text
    assert clean(f"{STORIES[language]}\n\n{line}").text.endswith(line)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Video source, Canal Pictures"),
        ("fr", "Le Canal et ses 12 partenaires stockent des informations sur votre terminal"),
        ("fr", "Recevez tous les matins l'essentiel de l'actualité"),
    ],
)
def test_their_siblings_of_pages_go(language: str, line: str) -> None:
    assert clean(inside(language, line)).text == clean(STORIES[language]).text


@pytest.mark.parametrize("language", STORIES)
def test_a_clean_story_stays_as_it_is(language: str) -> None:
    assert drop_boilerplate(STORIES[language]) == STORIES[language]


def test_doubtful_lines_go_beside_furniture_and_at_the_ends() -> None:
    story = STORIES["en"]
    assert (
        drop_boilerplate(f"Home\nMenu\n\n{story}\n\nSubscribe now\n\nAlready a subscriber? Log in") == story
    )


def test_a_list_that_a_story_has_below_a_doubtful_heading_stays() -> None:
    text = (
        f"{STORIES['en']}\n\nMost popular\n\n1. Barge, 412 trips\n\n2. Punt, 398 trips\n\nAll were counted."
    )
    assert drop_boilerplate(text) == text
    links = "Latest news\n\nDivers find a second cart\n\nToll rises by a tenth"
    assert drop_boilerplate(f"{STORIES['en']}\n\n{links}") == STORIES["en"]
    short = f"Lock shut\n\nThe gate jammed.\n\n{links}"
    assert drop_boilerplate(short) == short


@pytest.mark.parametrize(
    "wall",
    [
        "We value your privacy. We and our 512 partners store and access information on a device, such as cookies.",
        "Please enable JS and disable any ad blocker",
        "Access Denied\nYou don't have permission to access this page.\nReference #7.1f",
        "Access denied. You don't have permission to view this page on this server. Reference #8.2",
        "403 Forbidden",
        "Pardon our interruption. Something about your browser made us think you were a bot.",
        "Unfortunately, our website is currently unavailable in most European countries.",
        "451: Unavailable for legal reasons. Your visit comes from a place that we do not serve.",
        "Create a free account to continue reading. Already have an account? Sign in.",
        "ONLY AVAILABLE IN PAID PLANS",
        "Our site uses cookies. Accept them and read on.",
        "Are you a robot? Please confirm that you are not.",
        "Diese Seite verwendet Cookies. Bitte stimmen Sie zu.",
        "Zugriff verweigert. Bitte bestätigen Sie, dass Sie kein Roboter sind.",
        "Mit Werbung weiterlesen oder ein Abo nehmen.",
        "Veuillez confirmer que vous êtes un humain.",
        "Confirme que no es un robot.",
        "Verifica di non essere un robot.",
        "Вы не робот? Подтвердите это.",
        "Lütfen robot olmadığınızı doğrulayın.",
        "Just a moment...\nVerifying you are human. This may take a few seconds.",
        "403 Forbidden\n\nnginx",
        "Subscribe to read\n\nGet unlimited access\n\nAlready a subscriber? Log in",
        "Pardon our interruption\n\nAs you were browsing, something made us think you were a bot.",
        "Your access to this site has been limited by the site owner",
        "Diese Webseite verwendet Cookies\n\nAlle akzeptieren\n\nAblehnen",
        "Le Corran et ses partenaires utilisent des cookies\n\nTout accepter",
        "Utilizamos cookies propias.\n\nAceptar\n\nRechazar",
        "Questo sito utilizza cookie tecnici.\n\nAccetta",
        "Este site usa cookies.\n\nAceitar",
        "Bu site çerez kullanmaktadır.\n\nKabul et",
        "Мы используем файлы cookie.\n\nПринять",
    ],
)
def test_a_wall_leaves_nothing(wall: str) -> None:
    assert clean(wall).text == ""


@pytest.mark.parametrize(
    "story",
    [
        "Are you a robot? That is what the new ticket machine asks, passengers said on Monday.",
        "The bakery uses cookies shaped like locks, owner Lena Voss said.",
        "The page you requested from the archive was burnt in 1944, she said.",
        "Access was denied to the towpath, the canal office said.",
        "Only subscribers of the lock newsletter may vote, the office said on Monday.",
    ],
)
def test_a_story_about_a_wall_stays(story: str) -> None:
    assert clean(story).text == story
