"""Tell the furniture of Portuguese news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "ouça esta matéria|ouvir esta matéria|ouça esta reportagem|leia mais sobre|leia mais sobre o assunto",
    "ouvir o artigo|ouça o artigo|ouça a notícia|ouça este artigo|aceitar e continuar|baixar o aplicativo",
    "foto de arquivo|imagem de arquivo|foto ilustrativa|imagem ilustrativa|comunicar erro",
    "publicidade|anúncio|compartilhar|compartilhe|partilhar|compartilhar no facebook",
    "compartilhar no whatsapp|compartilhar no x|copiar link|link copiado|voltar ao topo",
    "voltar ao início|ir para o conteúdo|continua após a publicidade|continua depois da publicidade",
    "continuar lendo|continue lendo|leia mais|ler mais|ver mais|carregar mais|ver comentários",
    "deixe um comentário|deixe seu comentário|assine|assine já|assine agora|entrar|fazer login",
    "cadastre-se|aceitar tudo|aceitar todos|aceitar cookies|rejeitar tudo|gerenciar preferências",
    "gerir preferências|configurações de cookies|política de cookies|ouvir notícia|ouvir artigo",
    "conteúdo patrocinado|imprimir artigo|salvar artigo",
    "todos os direitos reservados|compartilhe esta notícia|compartilhar esta notícia|página não encontrada|acesso negado",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "ative as notificações|ativar notificações|crie sua conta|criar conta|conteúdo para assinantes",
    "só para assinantes|leia mais notícias",
    "leia a matéria completa|veja mais|não perca|enviar por e-mail|próxima notícia|notícia anterior",
    "próximo artigo|artigo anterior|matéria exclusiva|compartilhe esta matéria|comentar|saiba mais",
    "aceitar|rejeitar|recusar",
    "política de privacidade|termos de uso|termos e condições|aviso legal|contato|fale conosco|quem somos",
    "início|página inicial|menu|busca|buscar|pesquisar|comentários|imprimir|salvar|newsletter|mais",
    "vídeo|foto|temas|tópicos|mais lidas|mais lidos|últimas notícias|mais notícias|em destaque",
    "relacionadas",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "leia também|leia mais|veja também|veja mais|ler também|saiba mais|confira também|não perca",
    "notícia relacionada|notícias relacionadas|assista também|relacionadas",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "leia também|veja também|notícias relacionadas|matérias relacionadas|artigos relacionados",
    "você pode gostar|você também pode gostar|recomendado para você|recomendados para você",
    "conteúdo relacionado|relacionadas|saiba mais",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "mais lidas|mais lidos|últimas notícias|mais notícias|em destaque|em alta|destaques",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "foto fotos imagem imagens crédito créditos vídeo fonte divulgação",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "publicado|atualizado|última atualização|publicado em|atualizado em|criado em|publicada em",
    "atualizada em",
)
"""What stands before a date of publication."""

TEASERS = (
    r"v[íi]deos: (?:mais assistidos|veja mais|os mais vistos)(?: (?:d[aeo]|n[ao]) [^\s]{1,20}(?: [^\s]{1,3})?(?: nos últimos \d+ dias)?)?$",
    r"clique aqui\b.{0,60}$",
    r"compartilhe (?:no|na|via|pelo) [a-z]{1,12}$",
    r"comentários? \(\d+\)$",
    r"encontrou (?:um|algum) erro\?.{0,40}$",
    r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}h\d{2}\b[^.!?]{0,60}$",
    r"tem conta\? .{0,40}$",
    r"baixe (?:o nosso |nosso |o )(?:aplicativo|app)\b[^.!?]{0,60}$",
    r"(?:descarregue|transfira) a (?:nossa )?(?:aplicação|app)\b[^.!?]{0,60}$",
    r"(?:utilizamos|usamos|este site (?:utiliza|usa)|nós e nossos|nós e os nossos) .{0,60}(?:cookies|parceiros)",
    r"(?:este|esta|essa|esse) (?:artigo|conteúdo|matéria|notícia) é (?:exclusiv|só|apenas)",
    r"(?:conteúdo|artigo) exclusivo para assinantes",
    r"já (?:é|sou|tem|possui) (?:assinante|cadastro|conta|uma conta)",
    r"(?:assine|inscreva-se|cadastre-se|faça login|subscreva)\b.{0,120}(?:para|newsletter|canal)\b",
    r"para continuar (?:lendo|a ler)\b",
    r"receba .{0,100}(?:newsletter|e-?mail|whatsapp|caixa)",
    r"siga(?:-nos| a gente| o canal| nosso)\b",
    r"(?:por favor,? )?(?:ative|habilite) o? ?javascript",
    r"\d+ comentários?$",
    r"(?:tempo de leitura:? .{0,20}|\d+ min(?:utos)? de leitura)$",
    r"(?:com informações d[aeo]|\*com informações) [^.!?]{1,40}\.?$",
    r"(?:temas|tópicos|tags|mais sobre)\s*: .{1,120}$",
    r"(?:entre|participe) (?:no|do) (?:nosso )?canal\b",
    r"(?:verifique|confirme) que (?:você )?(?:não )?é (?:um |uma )?(?:robô|humano|pessoa)",
    r"acesso negado[ .,:;!–-]+(?:você|erro)\b",
    r"(?:início|página inicial)(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = ()
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = ()
"""Patterns of lines that are furniture only beside other furniture: none."""

SAID = words("disse diz pediu gritou observou afirmou explicou escreveu")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "assinan|assine|cadastr|uma conta|sua conta|este site|nosso site|privacidade|robô|nosso canal",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
