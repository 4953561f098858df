"""Tell the furniture of French news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "s'abonner à la newsletter|réagir à cet article|soyez le premier à commenter",
    "signaler une erreur dans le texte|tout accepter|tout refuser|continuer sans accepter",
    "paramétrer les cookies",
    "accepter et continuer|accepter et fermer|écouter cet article|télécharger l'application|signaler une erreur",
    "image d'illustration|photo d'illustration|photo d'archives",
    "publicité|annonce|partager|partager l'article|partager sur facebook|partager sur twitter",
    "partager sur x|partager sur whatsapp|copier le lien|lien copié|retour à l'accueil|retour en haut",
    "haut de page|aller au contenu|lire la suite|la suite après la publicité",
    "la suite après cette publicité|voir plus|afficher plus|voir les commentaires",
    "laisser un commentaire|ajouter un commentaire|réagir|s'abonner|je m'abonne|abonnez-vous",
    "se connecter|s'inscrire|tout accepter|accepter tout|tout refuser|accepter les cookies",
    "gérer les cookies|paramétrer les cookies|gérer mes choix|continuer sans accepter|écouter l'article",
    "lire plus tard|contenu sponsorisé|article réservé aux abonnés|réservé aux abonnés",
    "offrir cet article|imprimer l'article",
    "tous droits réservés|partager cet article|page introuvable|page non trouvée|accès refusé|poursuivre la lecture",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "paramétrer",
    "activer les notifications|créer un compte|contenu réservé aux abonnés|plus d'infos",
    "lire également",
    "lire plus|ajouter à mes favoris|envoyer par e-mail|je me connecte|inscription gratuite",
    "à ne pas manquer|sujets liés|réagissez à cet article|article abonné|offrir l'article",
    "article suivant|article précédent|commenter|classer",
    "accepter|refuser|ajouter à vos favoris|avec l'afp|avec l'agence france-presse",
    "politique de confidentialité|mentions légales|conditions générales|conditions d'utilisation|en savoir plus",
    "gestion des cookies|nous contacter|contact",
    "accueil|menu|recherche|rechercher|commentaires|imprimer|enregistrer|newsletter|newsletters|plus",
    "vidéo|photo|thèmes|mots-clés|les plus lus|à la une|dernières actualités|plus d'actualités",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "lire aussi|à lire aussi|à lire également|lire également|voir aussi|à voir aussi|sur le même sujet",
    "pour aller plus loin|à découvrir|notre dossier|à lire|lire plus|relire|en savoir plus",
    "retrouvez aussi",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "lire aussi|à lire aussi|à lire également|sur le même sujet|sur le même thème|articles liés",
    "articles similaires|vous aimerez aussi|à découvrir|pour aller plus loin|notre sélection|voir aussi",
    "contenus sponsorisés|dans la même rubrique",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "les plus lus|à la une|dernières actualités|dernières nouvelles|plus d'actualités",
    "les plus populaires|recommandé",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "photo photos crédit crédits image images vidéo illustration source",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "publié|mis à jour|modifié|publié le|mis à jour le|modifié le|dernière mise à jour|créé le",
)
"""What stands before a date of publication."""

TEASERS = (
    r"suite de l'article\b.{0,40}$",
    r"l[ea'] ?[^.!?]{2,30} et ses (?:\d+ )?partenaires (?:utilisent|stockent)\b.{0,80}\b(?:cookies|traceurs|votre terminal|un terminal|votre appareil|un appareil)\b.{0,80}$",
    r"recevez (?:chaque|tous les|toutes les|gratuitement) [^.!?]{0,60}(?:l'essentiel|l'actu|newsletter|e-?mail|alertes)[^.!?]{0,60}$",
    r"photos? [^.!?:,]{3,40} ?/ ?(?:afp|ap|reuters|epa|sipa|maxppp|belga)$",
    r"(?:vous avez )?déjà un compte ?\?.{0,40}$",
    r"ce contenu (?:est|a été) bloqué\b.{0,120}$",
    r"cliquez (?:ici|sur l'image)\b.{0,80}$",
    r"retrouvez (?:toute l'actualité|tous nos|toutes nos)\b.{0,80}$",
    r"commentaires? \(\d+\)$",
    r"une erreur est survenue\b.{0,40}$",
    r"rejoignez (?:notre|la|nos) (?:chaîne|canal|communauté|groupe)\b[^.!?]{0,60}$",
    r"téléchargez (?:notre |l')(?:application|appli|app)\b[^.!?]{0,60}$",
    r"(?:nous utilisons|ce site utilise|nous et nos|avec nos) .{0,60}(?:cookies|partenaires)",
    r"cet article est (?:réservé|en accès)",
    r"(?:contenu|article) réservé (?:à nos|aux) abonnés",
    r"(?:vous êtes )?déjà abonné",
    r"(?:abonnez-vous|inscrivez-vous|connectez-vous|identifiez-vous)\b.{0,120}(?:pour|à (?:notre|la)|newsletter)\b",
    r"pour (?:lire la suite|continuer)\b.{0,100}$",
    r"il vous reste .{0,60}à (?:lire|découvrir)",
    r"recevez .{0,100}(?:newsletter|e-?mail|boîte)",
    r"suivez[- ]nous\b",
    r"veuillez activer javascript",
    r"\d+ commentaires?$",
    r"(?:temps de )?lecture ?:? .{0,20}min.{0,10}$|\d+ min de lecture$",
    r"\(?avec (?:afp|reuters|agences?)\)?\.?$",
    r"(?:thèmes|mots-clés|tags)\s*: .{1,120}$",
    r"veuillez (?:vérifier|confirmer) que vous (?:êtes|n'êtes)\b",
    r"(?:êtes-vous|je ne suis pas) un robot\b",
    r"accès (?:refusé|interdit)[ .,:;!–-]+(?:vous|veuillez|erreur)\b",
    r"photos? (?:afp|ap|reuters|epa|getty images?|sipa|belga)\b[^.!?:]{0,40}$",
    r"(?:crédits?|légende) photos?\s*:.{1,80}$",
    r"accueil(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = ()
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = ()
"""Patterns of lines that are furniture only beside other furniture: none."""

SAID = words("crié lancé dit demandé cria conseille conseille-t-elle déclaré expliqué lance écrit")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "abonn|un compte|votre compte|mon compte|ce site|notre site|confidentialité|notre chaîne",
    "boîte mail",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
