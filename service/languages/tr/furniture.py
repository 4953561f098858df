"""Tell the furniture of Turkish news pages from the story: whole lines, how lines begin, headings of link lists."""

from __future__ import annotations

from service.languages.lists import phrases, words

LINES = phrases(
    "son dakika haberleri için tıklayın|tüm haberler için tıklayın|yorum yaz",
    "haberin devamı aşağıda|haberi paylaş",
    "izinsiz kopyalanamaz|izinsiz yayınlanamaz|kabul et ve devam et|uygulamayı indir|arşiv fotoğrafı|temsili fotoğraf",
    "hata bildir",
    "reklam|ilan|paylaş|facebook'ta paylaş|twitter'da paylaş|x'te paylaş|whatsapp'ta paylaş",
    "linki kopyala|bağlantıyı kopyala|ana sayfaya dön|anasayfaya dön|yukarı çık|başa dön|haberin devamı",
    "devamını oku|daha fazla göster|daha fazlası|yorumları göster|yorum yap|yorum yaz|abone ol",
    "hemen abone ol|giriş yap|üye ol|kaydol|tümünü kabul et|çerezleri kabul et|tümünü reddet",
    "tercihleri yönet|çerez ayarları|çerez politikası|haberi dinle|makaleyi dinle|sponsorlu içerik",
    "haberin devamı için tıklayın|reklamdan sonra devam ediyor",
    "tüm hakları saklıdır|bizi takip edin|sayfa bulunamadı|erişim engellendi|ilgili haber|i̇lgili haber",
)
"""Lines that are furniture wherever they stand."""

DOUBTFUL = phrases(
    "son dakika haberleri",
    "bildirimleri aç|bildirimlere izin ver|hesap oluştur|abonelere özel|diğer haberler için tıklayın",
    "haberin devamını okuyun|sonraki haber|önceki haber|e-posta ile gönder|bunları da okuyun",
    "ayrıca bakınız|üye girişi|yorum gönder|bunlar da ilginizi çekebilir",
    "aa|dha|iha|anka|kabul et|reddet",
    "gizlilik politikası|kullanım koşulları|künye|iletişim|hakkımızda|aydınlatma metni",
    "ana sayfa|anasayfa|menü|ara|yorumlar|yazdır|kaydet|bülten|daha fazla|video|foto|fotoğraf|galeri",
    "etiketler|konular|en çok okunanlar|çok okunanlar|son dakika|son haberler|diğer haberler|gündem",
)
"""Lines that are furniture only beside other furniture, or at an end of the text."""

STARTS = phrases(
    "ilginizi çekebilir|bu da ilginizi çekebilir|bu haber de ilginizi çekebilir",
    "ayrıca okuyun|ayrıca bakınız|bunu da okuyun|şunu da okuyun|ilgili haber|ilgili haberler",
    "ayrıntılar için|devamını oku|daha fazlası için|i̇lgili haber|i̇lgili haberler",
    "bunlar da ilginizi çekebilir|okumadan geçme|ayrıca oku",
)
"""What a link to another story begins with, before a colon or a bar."""

RELATED = phrases(
    "ilgili haberler|i̇lgili haberler|ilgili içerikler|i̇lgili i̇çerikler|benzer haberler",
    "bunlar da ilginizi çekebilir|ilginizi çekebilir|i̇lginizi çekebilir|önerilen haberler",
    "ayrıca okuyun|sizin için seçtiklerimiz",
)
"""Headings of lists of other stories."""

RELATED_DOUBTFUL = phrases(
    "en çok okunanlar|çok okunanlar|son haberler|diğer haberler|son dakika haberleri|öne çıkanlar",
)
"""Headings that a story may have too: a list below one is furniture only at the end of the text."""

CREDITS = words(
    "fotoğraf fotoğraflar foto görsel kaynak video",
)
"""Words before the colon of a credit."""

UPDATED = phrases(
    "yayınlanma|güncelleme|güncellendi|son güncelleme|yayın tarihi|giriş|oluşturulma tarihi",
    "güncelleme tarihi|yayınlanma tarihi|giriş tarihi",
)
"""What stands before a date of publication."""

TEASERS = (
    r"içerik reklamdan sonra\b.{0,40}$",
    r"google news[ '’]?(?:te|ten|de|den) (?:abone ol|takip et).{0,20}$",
    r"videoyu izlemek için\b.{0,40}$",
    r"yorumlar \(\d+\)$",
    r"(?:web |internet )?sitemiz(?:de)? çerez[^.!?]{0,100}$",
    r"uygulamamızı indir[^.!?]{0,40}$",
    r"bu (?:içerik|makale|haber|yazı) (?:sadece |yalnızca )?(?:aboneler|üyeler)",
    r"zaten (?:abone|üye) m",
    r"(?:okumaya devam etmek|devamını okumak|tamamını okumak) için\b",
    r"(?:abone ol|üye ol|kaydol|giriş yap)\b.{0,100}(?:için|bülten)",
    r"(?:bizi )?(?:sosyal medyada|facebook|twitter|instagram|telegram|whatsapp|google news).{0,60}takip ed",
    r"lütfen javascript",
    r"\d+ yorum$",
    r"(?:okuma süresi:? .{0,20}|\d+ dk(?:\.|ika)? (?:okuma|okunma).{0,10})$",
    r"(?:etiketler|konular)\s*: .{1,120}$",
    r"(?:kanalımıza|whatsapp kanal).{0,60}$",
    r"(?:lütfen )?(?:bir )?robot olmadığınızı (?:doğrulayın|onaylayın)",
    r"(?:ana sayfa|anasayfa)(?: ?[>/»›|] ?[^>/»›|.!?]{2,30}){1,5}$",
)
"""Patterns of lines, in small letters: consent, paywalls, newsletters, notes of feeds, walls."""

MARKS: tuple[tuple[str, str], ...] = (
    ("çerez", r".{0,200}çerez\w* (?:kullanıyor|kullanmakta|kullanır)"),
    ("bülten", r".{0,200}bülten\w* (?:abone|kayıt|kaydol)"),
)
"""Words that furniture holds anywhere, and the pattern of the whole line."""

DOUBTFUL_STARTS: tuple[str, ...] = ()
"""Patterns of lines that are furniture only beside other furniture: none."""

SAID = words("dedi diyor sordu söyledi diyordu yazdı")
"""Verbs by which a sentence shows who spoke: it is the story's, whatever it begins with."""

PAGE_SIGNS = phrases(
    "çerez|bülten|abone|üyelik|hesab|e-posta|kanal",
)
"""Parts of words that pages have and stories seldom: a teaser in one sentence without them is furniture only beside other."""
