"""Domains that belong to somebody else now: for sale, parked, suspended, or taken over by a trade that lives from old links."""

import re

from resources.fetching.fingerprints import ALIKE, likeness
from resources.fetching.scanning import Scan
from resources.fetching.signs import folded, one_of

_SHORT = 200
_SHORTEST = 60

# What only providers of parked pages put into a page, in lower case.
_PROVIDERS = (
    "sedoparking.com",
    "parkingcrew.net",
    "d38psrni17bvxu.cloudfront.net",
    ".bodis.com",
    "parklogic.com",
    "img1.wsimg.com/parking-lander",
    "afternic.com/forsale",
    "hugedomains.com/domain_profile",
    "dan.com/buy-domain",
    "above.com/marketplace",
    "window.park=",
    "window.park =",
    "skenzo.com",
    "voodoo.com/parking",
    "parkingpage.namecheap.com",
    "dsparking.com",
    "undeveloped.com/buy",
)
_NAME = r"(?:[\w-]+\.)+[a-z]{2,18}"
_OFFERED = "(?:is|may be|might be|could be) (?:now |currently |still )?(?:for sale|available for purchase|parked)"
_FOR_SALE = one_of(
    rf"""
    (?:{_NAME}|this (?:premium )?(?:domain|web ?site)(?: name)?|the domain(?: name)?(?: {_NAME})?|domain(?: name)?) {_OFFERED}
    (?:buy|purchase|acquire|get) this domain|inquire about this domain|domain(?: name)? for sale|interested in this domain
    make an offer (?:on|for) (?:this domain|{_NAME})
    this domain (?:has|is) (?:recently |just )?(?:been )?(?:expired|registered|parked)
    (?:domain|page) (?:is )?parked (?:free|courtesy)
    (?:diese|die) (?:domain|internetadresse)(?: {_NAME})? (?:steht zum verkauf|zu verkaufen|ist (?:geparkt|zu verkaufen))
    (?:ce|le) (?:nom de )?domaine(?: {_NAME})? est (?:peut-être )?(?:à vendre|en vente)
    (?:este|el) dominio(?: {_NAME})? (?:está|puede estar) (?:en|a la) venta
    este domínio (?:está|pode estar) à venda
    (?:questo|il) dominio (?:è|potrebbe essere) in vendita
    (?:dit|deze) domein(?:naam)? is te koop
    (?:ta )?domena jest na sprzedaż
    (?:этот )?домен(?:ное имя)? (?:продаётся|продается|припаркован)|цей домен продається
    bu (?:alan adı|domain) satılık
    [此该本]?域名(?:正在)?(?:出售|转让|待售)
    このドメイン[はを](?:販売|売り出し|購入)
    이 도메인은? 판매
    هذا النطاق معروض للبيع
    """
)
# One of these is in every such sentence: looked for first, because that is quick.
_SALE_WORDS = frozenset({"sale", "offer", "purchase", "park", "dom", "adresse", "alan adı", "домен", "域名"}) | {
    "ドメイン",
    "도메인",
    "النطاق",
}
_NOTHING_YET = one_of(
    r"""
    (?:this )?account (?:has been )?suspended
    (?:this )?(?:web ?site|domain|site) (?:has )?(?:been |is )?(?:suspended|expired|deactivated|disabled)
    (?:this )?site (?:is )?(?:no longer|not) available|future home of something quite cool
    apache2? (?:\w+ )?default page(?:: it works)?|welcome to nginx|iis windows(?: server)?|http server test page
    domain default page|default plesk page|(?:default|test) (?:web )?page
    """
)
_TRADE = re.compile(
    r"\b(?:casinos?|slots?|poker|baccarat|betting|sportsbook|jackpots?|roulette|judi|togel|gacor|situs|taruhan|bola88|slot88|bandar|"
    r"viagra|cialis|levitra|pharmacy|porn|escorts?|xxx|payday loans?|essay writing|replica watches|bahis|казино|ставки|слоты)\b"
    r"|博彩|娱乐城|赌场|百家乐|棋牌|彩票|カジノ|카지노|바카라|토토사이트|슬롯"
)


def parked(found: Scan, source: str) -> str:
    """The reason why this page is only a place-holder for a domain, "" where it is none."""
    length = found.count
    if length > _SHORT:
        return ""
    title = folded(found.title)
    heads = " ".join([title, *map(folded, found.headings)])
    in_heads = _offers(heads)
    offered = in_heads or _offers(folded(found.words[:800]))
    if offered or length <= _SHORTEST:
        lowered = source.lower()
        if any(sign in lowered for sign in _PROVIDERS):
            return "the domain is parked"
    if in_heads or (offered and length <= _SHORTEST):
        return "the domain is for sale"
    if _NOTHING_YET.fullmatch(title.strip(" .!:")):
        return f"the site is not there any more: “{found.title[:80]}”"
    return ""


def _offers(text: str) -> bool:
    return any(word in text for word in _SALE_WORDS) and _FOR_SALE.search(text) is not None


def taken_over(title: str, text: str, mark: str, accepted: str) -> str:
    """The reason why this page is another trade's that took the domain over, "" where it is none.

    Only a page with nothing left of the one that was accepted (`accepted` is its fingerprint, `mark` this one's) can be.
    """
    if not accepted or likeness(mark, accepted) >= ALIKE:
        return ""
    words = folded(f"{title} {text[:6_000]}")
    trades = _TRADE.findall(words)
    if len(trades) >= (4 if _TRADE.search(folded(title)) else 12) and len(set(trades)) >= 2:
        return "another trade has taken the domain over"
    return ""
