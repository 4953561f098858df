"""Tell the furniture of Spanish news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "continúa leyendo después de la publicidad|lo más visto|enviar por correo",
    "ver más noticias",
    "escuchar el artículo|escucha el artículo|escuchar esta noticia|inicia sesión|aceptar y continuar|archivado en",
    "foto de archivo|imagen de archivo|descargar la aplicación|reportar un error",
    "publicidad|anuncio|compartir|compartir en facebook|compartir en twitter|compartir en x",
    "compartir en whatsapp|copiar enlace|enlace copiado|volver al inicio|volver arriba|ir al contenido",
    "seguir leyendo|continuar leyendo|leer más|ver más|cargar más|ver comentarios",
    "escribir un comentario|dejar un comentario|suscríbete|suscríbete ahora|suscribirse|iniciar sesión",
    "aceptar todo|aceptar cookies|aceptar todas|rechazar todo|configurar cookies",
    "configuración de cookies|política de cookies|gestionar preferencias|escuchar artículo",
    "escuchar noticia|contenido patrocinado|la publicidad continúa abajo",
    "el artículo continúa después de la publicidad",
    "todos los derechos reservados|comparte esta noticia|compartir esta noticia|sigue leyendo|seguir leyendo|página no encontrada",
    "acceso denegado",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "aceptar|rechazar|configurar",
    "activa las notificaciones|activar notificaciones|crear una cuenta|contenido para suscriptores",
    "solo para suscriptores|regístrate gratis",
    "leer también|comparte|hazte socio|hazte suscriptor|prueba gratis|ir a la portada",
    "enviar por correo|no te pierdas|siguiente noticia|noticia anterior|artículo siguiente",
    "artículo anterior|suscríbete gratis|comentar",
    "política de privacidad|aviso legal|términos y condiciones|términos de uso|condiciones de uso|contacto",
    "inicio|portada|menú|buscar|comentarios|imprimir|guardar|boletín|newsletter|más|vídeo|video|foto",
    "temas|etiquetas|lo más leído|lo más visto|últimas noticias|más noticias|relacionado|relacionados",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "lea además",
    "lea también|lee también|le puede interesar|te puede interesar|le recomendamos|te recomendamos",
    "más información|leer también|lea más|lee más|vea también|ver también|mira también|no te pierdas",
    "además lea|noticia relacionada|noticias relacionadas|relacionado|siga leyendo",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "lea también|lee también|te puede interesar|le puede interesar|noticias relacionadas|artículos relacionados",
    "relacionado|relacionados|más sobre este tema|te recomendamos|también te puede interesar",
    "contenido relacionado|más información",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "lo más leído|lo más visto|últimas noticias|más noticias|lo último|recomendados|tendencias",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "foto fotos fotografía imagen imágenes crédito créditos vídeo fuente",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "publicado|actualizado|última actualización|publicado el|actualizado el|creado",
)
"""What stands before a date of publication."""

TEASERS = (
    r"(?:continúa|sigue|siga) leyendo (?:más abajo|debajo|(?:después|debajo|tras) (?:del |de )?(?:la |el |este |esta )?(?:publicidad|anuncio|pausa))\.?$",
    r"publicidad[ .,:–-]+(?:la|el|sigue|continúa) [^.!?]{0,60}$",
    r"escuchar \d+ min\b.{0,10}$",
    r"síguenos en\b[^.!?]{0,60}$",
    r"¿has (?:encontrado|detectado|visto) un error\?.{0,60}$",
    r"¿encontraste un error\?.{0,60}$",
    r"apúnt(?:ate|ese) a\b[^.!?]{0,60}$",
    r"comentarios? \(\d+\)$",
    r"ha(?:z|ga) clic aquí\b.{0,60}$",
    r"regístrate gratis\b[^.!?]{0,60}$",
    r"ver comentarios \(\d+\)$",
    r"conviértete en (?:suscriptor|socio)\b[^.!?]{0,40}$",
    r"prohibid[oa] (?:la|su) reproducción\b[^.!?]{0,80}\.?$",
    r"desc[aá]rga(?:te)? (?:nuestra|la) (?:aplicación|app)\b[^.!?]{0,60}$",
    r"(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)|nosotros y nuestros) .{0,60}(?:cookies|socios)",
    r"(?:este|esta) (?:artículo|contenido|noticia) es (?:solo |exclusiv)",
    r"(?:contenido|artículo) exclusivo para (?:suscriptores|socios)",
    r"¿?ya (?:eres|es|está) (?:suscriptor|suscrito|socio|usted suscriptor)",
    r"(?:suscríb[ae](?:te|se)|regístr[ae](?:te|se)|inici[ae] sesión)\b.{0,120}(?:para|a nuestro|boletín|newsletter|leer|canal)\b",
    r"para (?:seguir|continuar) leyendo\b",
    r"recib[ae] .{0,100}(?:correo|boletín|newsletter|bandeja)",
    r"s[ií]g[ua]e?n?os\b.{0,60}(?:facebook|twitter|instagram|whatsapp|telegram|x|tiktok)\b",
    r"por favor,? (?:active|habilite|activa|habilita) javascript",
    r"\d+ comentarios?$",
    r"\d+ min(?:utos)? de lectura$|tiempo de lectura:? .{0,20}$",
    r"con información de [^.!?,]{1,40}\.?$",
    r"(?:temas|etiquetas|archivado en|más sobre)\s*: .{1,120}$",
    r"únete (?:a nuestro|al) canal\b",
    r"(?:verifica|confirma|verifique|confirme) que (?:no )?(?:eres|es) (?:un |una )?(?:robot|humano|persona)",
    r"¿eres un robot\b",
    r"acceso denegado[ .,:;!–-]+(?:no|error|usted)\b",
    r"fotos? (?:efe|afp|ap|reuters|epa|getty images?|archivo)\b[^.!?:]{0,40}$",
    r"(?:inicio|portada)(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = ()
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = (r"más en [^.!?,]{2,30}$",)
"""Patterns of lines that are furniture only beside other furniture."""

SAID = words("dijo dice pidió gritó según explicó preguntó advirtió escribió")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "boletín|suscri|tu cuenta|una cuenta|su correo|tu correo|sitio web|privacidad|nuestro canal",
    "al canal",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
