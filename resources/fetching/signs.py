"""The words by which sites say that a page is gone, in the languages we know: patterns, one a line, all in lower case.

`GONE` are titles and headings that say nothing else. `SENTENCES` are sentences that a page says of itself only.
"""

import re
import unicodedata


def one_of(*lines: str) -> re.Pattern[str]:
    """Matches any of the patterns, one a line (a backslash at its end leads on)\
; `~` is the rest of a short sentence."""
    patterns = (line.strip() for text in lines for line in text.replace("\\\n", "").splitlines())
    return re.compile("|".join(pattern.replace("~", "[^.!?。！？]{0,60}") for pattern in patterns if pattern))


_THING = "(?:(?:the |this |that |your )?(?:requested )?(?:page|site|url|link|file|document|content|article|post|\
story|entry|item|topic|thread|video|image|resource|object|repository|repo|project|package|model|dataset|space|notebook|user|\
profile|account|channel|playlist|product|event|job|listing|group|organi[sz]ation|course|paper|publication|record|collection|design|\
form|web ?page))"
_NOT = "(?:not|n't)"

_ENGLISH = rf"""
{_THING} (?:was |is |has |have )?{_NOT} (?:been |be )?(?:found|exist|available|here)(?: any ?more)?
{_THING} (?:could|can|does|do|is|was|has) ?{_NOT} (?:be |been )?(?:found|exist|available|here)(?: any ?more)?
{_THING} (?:cannot be found|no longer (?:exists?|available)|is no longer (?:available|here|online)|not exists?)
{_THING} (?:has been|was|is) (?:removed|deleted|taken down|gone|missing)
{_THING} (?:missing|gone|unavailable|removed|deleted|expired)
(?:page |content )?not found
(?:we )?(?:can't|cannot|can not|couldn't|could not) find (?:that|this|the|your)(?: \w+)?
nothing (?:was )?(?:found|here|to see here)(?: here)?
(?:no such|missing|lost|unknown|dead) (?:page|link|file|document|url)
you(?:'re| are) lost
does(?:n't| not) exist
"""
_GERMAN = r"""
(?:die |diese |der |dieser |das |dieses )?(?:angeforderte |gesuchte |gewünschte )?(?:(?:web)?seite|datei|inhalt|\
artikel|dokument|beitrag) \
(?:wurde |konnte |ist )?(?:leider )?nicht (?:mehr )?(?:gefunden(?: werden)?|vorhanden|verfügbar|auffindbar)
nicht gefunden
(?:diese )?seite (?:existiert nicht(?: mehr)?|gibt es nicht(?: mehr)?)
"""
_FRENCH = r"""
(?:la |cette |le |ce )?(?:page|fichier|ressource|contenu|article|document)\
(?: demandée?)? (?:est )?(?:introuvable|non trouvée?|inexistante?)
(?:la |cette |le |ce )?(?:page|fichier|ressource|contenu|article|document)(?: demandée?)? n'(?:existe (?:pas|\
plus)|a pas été trouvée?)
(?:la |cette )?page (?:demandée )?n'est (?:pas|plus) disponible
introuvable|non trouvée?
"""
_SPANISH = r"""
(?:la |esta |el |este )?(?:página|pagina|archivo|recurso|contenido|artículo|documento)\
(?: solicitad[ao])? no (?:se ha |ha sido |fue )?encontrad[ao]
(?:la |esta |el |este )?(?:página|pagina|archivo|recurso|contenido|artículo) no (?:existe|(?:está )?disponible|\
se (?:encontró|pudo encontrar|encuentra))
no encontrad[ao]
"""
_PORTUGUESE = r"""
(?:a |esta |o |este )?(?:página|pagina|arquivo|ficheiro|conteúdo|documento)\
(?: solicitad[ao])? não (?:foi )?encontrad[ao]
(?:a |esta |o |este )?(?:página|pagina|arquivo|ficheiro|conteúdo|documento)\
(?: solicitad[ao])? não (?:existe(?: mais)?|(?:está )?disponível)
não encontrad[ao]
"""
_ITALIAN = r"""
(?:la |questa )?(?:pagina|risorsa|documento|contenuto|file)(?: richiest[ao])? non (?:è stat[ao] )?trovat[ao]
(?:la |questa )?(?:pagina|risorsa|documento|contenuto|file)(?: richiest[ao])? non (?:esiste(?: più)?|\
(?:è )?(?:più )?disponibile)
non trovat[ao]
"""
_DUTCH = """
(?:de |deze |het |dit )?(?:pagina|bestand|artikel|document) (?:is |werd |kan |kon )?niet (?:gevonden|\
beschikbaar|worden gevonden)
(?:deze )?pagina bestaat niet(?: meer)?
niet gevonden
"""
_NORTHERN = """
sidan (?:hittades inte|kunde inte hittas|finns inte)
siden (?:blev ikke fundet|findes ikke|ble ikke funnet|finnes ikke)
sivua ei (?:löydy|löytynyt)
"""
_SLAVIC = r"""
nie (?:znaleziono|odnaleziono)(?: strony| pliku)?
(?:strona|strony) nie (?:została znaleziona|istnieje|znaleziona|znaleziono)
(?:запрашиваемая |запрошенная |эта |такая )?(?:страница|документ|файл|материал|статья) (?:не (?:найдена?|\
существует)|недоступна|удалена?)
(?:такой )?страницы (?:не существует|нет)
(?:запитувана |ця |така )?(?:сторінка|документ|файл) не (?:знайден[оаий]|існує)
(?:такої )?сторінк[иу] не (?:знайдено|існує)
не (?:найдено|знайдено)
stránka (?:nenalezena|nebyla nalezena|neexistuje)
"""
_OTHERS = """
(?:aradığınız )?(?:sayfa|içerik|dosya) (?:bulunamadı|mevcut değil)
bulunamadı
az oldal nem található
pagina nu (?:a fost găsită|există)
η σελίδα δεν βρέθηκε
(?:الصفحة|الصفحه|المحتوى)(?: المطلوبة)? (?:غير موجودة?|غير متوفرة?|غير متاحة?)
لم يتم العثور على الصفحة
صفحه(?: مورد نظر)? (?:پیدا نشد|یافت نشد|وجود ندارد)
(?:הדף|העמוד) לא נמצא
(?:पृष्ठ|पेज) नहीं मिला
(?:không tìm thấy trang|trang không (?:tồn tại|tìm thấy))
halaman (?:tidak ditemukan|tidak tersedia)
"""
_EAST_ASIAN = r"""
(?:抱歉 ?)?(?:您(?:所)?访问的|你访问的|您要找的|该|此)?(?:页面|网页|頁面|網頁|内容|文章|文件)(?:不存在|未找到|\
找不到了?|走丢了|已?被?删除了?|已刪除|没有找到|沒有找到)
(?:找不到|未找到|没有找到|沒有找到|无法找到|無法找到)(?:该|此|您要的|您访问的)?(?:页面|网页|页|頁面|網頁|内容|文件)
(?:お探しの|指定された|ご指定の)?(?:ページ|記事|ファイル)(?:が|は)(?:見つかりません(?:でした)?|存在しません|\
削除されました)
(?:요청하신 |찾으시는 )?(?:페이지|게시물|문서)(?:를|을|가|이)? ?(?:찾을 수 없습니다|존재하지 않습니다|없습니다)
"""
GONE = one_of(
    _ENGLISH, _GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _DUTCH, _NORTHERN, _SLAVIC, _OTHERS, _EAST_ASIAN
)
NUMBER = re.compile(
    r"(?:(?:http|status|error|errore|erreur|fehler|erro|błąd|ошибка|помилка|hata|code)[ -]?)*+(?:404|410)"
    r"(?![0-9])(?: ?error| page)?"
)
"""What may also be a name, where nothing else is said."""

_LOOKED_FOR = (
    "(?:requested|(?:that )?(?:you(?:'re| are| were|'ve| have)? )(?:just )?(?:looking for|requested|(?:trying|\
tried|attempted|attempting) to (?:reach|access|visit|view|find|open)|followed|clicked|entered|asked for|wanted))"
)
_LOST = f"(?:{_NOT} |n't\\b|cannot|no longer|moved|removed|deleted|gone\\b|missing|unavailable|expired)"
_SENTENCES = rf"""
(?:the|this|that) (?:page|url|link|file|document|content|resource|address|article|video|repository|model|item)\
s? {_LOOKED_FOR}\b~{_LOST}
(?:we|i) (?:can't|cannot|can not|couldn't|could not|(?:were|are) unable to|weren't able to)\
(?: seem to)? (?:find|locate) \
(?:the|that|this|a|your) (?:page|url|file|content|document|article|resource|repository|project)\b
(?:sorry|oops|oh no|whoops|uh oh|hmm+)\W{{1,4}}(?:but )?(?:we |the |this |that )~(?:not (?:be )?found|\
n't (?:be )?(?:find|found|exist)|no longer)
the requested (?:url|page|resource|document|file|address)\b~(?:not found|could not be found|does not exist|\
cannot be found)
this (?:video|page|post|content|account|profile|story|article|repository|notebook|model|dataset|file|item|\
document|listing|project|space) \
(?:is ?n't|is not|is no longer) available
nothing (?:was|could be) found at this (?:location|address)
it looks like nothing was found
the (?:page|link|url|address) (?:may|might) have (?:been )?(?:moved|removed|deleted|broken)
(?:author|user|owner) (?:has )?(?:deleted|removed|unpublished) (?:this|their) (?:story|post|article|account|\
page|repository)
die (?:von ihnen )?(?:gewünschte|angeforderte|gesuchte|aufgerufene) (?:seite|datei|webseite|url)\b~(?:nicht|\
verschoben|gelöscht)
(?:la|cette) page (?:que vous (?:recherchez|cherchez|demandez|avez demandée)|demandée)\b~(?:n'|introuvable|supprimée)
la página (?:que (?:busca|buscas|está buscando|estás buscando|has solicitado|ha solicitado)|solicitada)\
\b~(?:no |eliminad|movid)
a página que (?:você )?(?:procura|está procurando|procurava|tentou acessar|solicitou)\b~(?:não|removid)
la pagina (?:che (?:stai|stavi) cercando|che cerchi|richiesta|cercata)\b~(?:non|rimoss|spostat)
de (?:opgevraagde pagina|pagina die (?:je|u) (?:zoekt|zocht|probeert te openen))\b~(?:niet|verwijderd|verplaatst)
strona,? (?:której szukasz|o podanym adresie)\b~(?:nie |usunięta)
(?:запрашиваемая|запрошенная) (?:вами )?страница\b~(?:не |удалена)
страница,? которую вы (?:ищете|запрашиваете|запросили|искали)\b~(?:не |удалена)
сторінк[аиу],? яку ви (?:шукаєте|шукали)\b~(?:не |видалено)
aradığınız (?:sayfa|içerik)\b~(?:bulunamadı|kaldırılmış|mevcut değil|silinmiş)
[您你](?:所)?(?:要)?(?:访问|查找|寻找|请求|找|訪問|尋找)的(?:页面|网页|内容|文件|頁面|網頁)~(?:不存在|找不到|\
已删除|被删除|未找到|走丢|失效)
(?:お探し|ご指定|指定された|お求め)の?(?:ページ|記事|url)~(?:見つかり|存在しません|ありません|削除|移動)
(?:요청하신|찾으시는|찾고 계신) (?:페이지|문서|게시물)~(?:없습니다|않습니다|삭제)
الصفحة التي (?:تبحث عنها|طلبتها|تحاول)~(?:غير|لم|حذف)
"""
SENTENCES = one_of(_SENTENCES)

ABOUT_IT = re.compile(r"404|410|not[-_ ]?found|missing[-_ ]?page|error|broken[-_ ]?link", re.IGNORECASE)
"""In the address that was asked: then the page may well write about such pages."""

_APART = re.compile(r"\s+[|\-–—·•»«:~/]+\s+|[|•»｜：]|:\s+|[!?.…。！]+(?:\s+|$)|\s[–—]|[–—]\s|,\s+")
_ORNAMENT = re.compile(r"[()\[\]\"<>#*„“]+|!!+1*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "\u00a0": " "})


def folded(text: str) -> str:
    """Lower case, one kind of apostrophe, compatibility forms unified."""
    return unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold()


def parts_of(title: str) -> list[str]:
    """What a title says, part by part: what stands between its separators, without ornament."""
    parts = (" ".join(_ORNAMENT.sub(" ", part).split()) for part in _APART.split(folded(title[:300])))
    return [clean for part in parts if (clean := part.strip(" .!?…-:;,'"))]


def says_gone(part: str) -> bool:
    """Whether a part of a title says that nothing is here, with or without the number."""
    if "4" not in part:
        return bool(GONE.fullmatch(part))
    rest = NUMBER.sub("", part, count=1).strip(" -:")
    return rest == "gone" or bool(GONE.fullmatch(rest))
