"""Pages that stand before the page: "are you a person?", "who are you?", "agree first". A machine cannot tell what is behind."""

import re
from urllib.parse import urlsplit

from resources.fetching.scanning import Scan
from resources.fetching.signs import folded, one_of, parts_of

_SHORT = 150

_LONGEST = 400
# Found in the source of walls and of nothing else, in lower case.
_CERTAIN = (
    "window._cf_chl_opt",
    "cf-browser-verification",
    'id="cf-wrapper"',
    "cf-error-details",
    'id="challenge-error-text"',
    "anubis_challenge",
    "/.within.website/x/cmd/anubis",
    'id="px-captcha"',
    'id="sec-if-cpt-container"',
    "incapsula incident id",
    "ddos-guard/js-challenge",
    "/_sec/cp_challenge",
    "sucuri_cloudproxy_js",
    "go-away/cmd/challenge",
)
# Also found on pages behind such walls: counts only where hardly a word stands beside it.
_LIKELY = (
    "captcha-delivery.com",
    "_incapsula_resource",
    "token.awswaf.com",
    "awswafcookiedomainlist",
    "_pxappid",
    "perimeterx",
    "cdn-cgi/challenge-platform",
    "hcaptcha.com/1/api",
    "recaptcha/api",
    "challenges.cloudflare.com",
    "arkoselabs",
    "friendlycaptcha",
    "cpt-container",
    "/ips.js?",
)
_TITLES = one_of(
    """
    just a moment|one moment,? please|please wait|checking your browser(?: before.*)?|security check(?:point)?
    attention required|access denied|access to this page has been denied|request unsuccessful|pardon our interruption
    human verification|robot or human|are you (?:a )?(?:human|robot)|bot verification|captcha|bot or not|client challenge
    verif(?:y|ying) (?:that )?you(?:'re| are)(?: not)? (?:a )?(?:human|robot|bot)|making sure you(?:'re| are) not a bot
    vercel security checkpoint|ddos-guard|(?:sorry,? )?you have been blocked|sucuri website firewall|validation request
    403 forbidden|forbidden|blocked
    einen moment(?:,? bitte)?|un momento|un instant|один момент|请稍候|しばらくお待ちください|잠시만 기다리십시오
    """
)
_ASKS_A_PERSON = one_of(
    r"""
    verif(?:y|ying) (?:that )?(?:you(?:'re| are)|your) (?:not )?(?:a |an )?(?:human|robot|bot|browser|connection|person)
    are you a (?:robot|human)|confirm (?:that )?you(?:'re| are) (?:a )?(?:human|not a (?:robot|bot))
    prove (?:that )?you(?:'re| are) (?:a )?human|making sure you(?:'re| are) not a bot
    needs? to review the security of your connection|checking (?:if the site connection is secure|your browser)
    unusual traffic from your|enable (?:javascript|js) and (?:cookies to continue|disable any ad blocker)
    you don't have permission to access
    complete the (?:security check|captcha)|automated (?:access|requests|queries|traffic)|what code is in the image
    press (?:& hold|and hold)|your request has been (?:blocked|flagged)|type the characters you see|why have i been blocked
    sie (?:ein mensch|kein roboter) sind|que vous êtes (?:un )?humain|que (?:eres|es) (?:un )?humano|вы не робот
    确认您是真人|您是真人|人机验证|安全验证|ロボットではない|로봇이 아닙니다
    """
)
_SIGN_IN = one_of(
    r"""
    (?:please )?(?:sign|log)[ -]?in(?: (?:to|or) .*| required| page)?|sign up|authwall|authentication required
    (?:sso )?login(?: page| required)?|single sign-on|sign in required|you need (?:access|permission)|members only
    anmelden|anmeldung|einloggen|connexion|se connecter|identifiez-vous|iniciar sesión|inicia sesión|acceder|entrar
    iniciar sessão|accedi|inloggen|aanmelden|zaloguj się|logowanie|вход|войти|авторизация|увійти|giriş(?: yap)?
    登录|登入|ログイン|로그인|تسجيل الدخول
    """
)
_SIGN_IN_PATH = re.compile(
    r"log-?in|sign-?(?:in|up)|auth|account|sso|register|captcha|challenge|consent", re.IGNORECASE
)
_CONSENT = one_of(
    """
    before you continue(?: to .*)?|cookie consent
    bevor sie (?:fortfahren|zu .* weitergehen)
    avant (?:d'accéder|de continuer).*
    """
)


def wall(found: Scan, source: str, address: str) -> tuple[str, bool]:
    """The reason why this page is a wall ("" where it is none), and whether it asks for a name and password."""
    length = found.main_count
    if length > _LONGEST:
        return "", False
    lowered = source.lower()
    if any(sign in lowered for sign in _CERTAIN):
        return "the site asks whether a person is there", False
    if length > _SHORT:
        return "", False
    titles = [*parts_of(found.title), folded(found.title).strip(" .!?…")]
    beginning = folded(found.words[:1_500])
    titled = any(_TITLES.fullmatch(part) for part in titles)
    asked = _ASKS_A_PERSON.search(beginning) or _ASKS_A_PERSON.search(folded(found.without_scripts[:500]))
    likely = any(sign in lowered for sign in _LIKELY)
    if (
        (titled and (asked or likely or length <= 40))
        or (asked and (likely or length <= 80))
        or (likely and length <= 8 and not found.title)
    ):
        return "the site asks whether a person is there", False
    if any(_CONSENT.fullmatch(part) for part in titles):
        return "the site asks for consent first", False
    return _of_sign_in(found, titles, address)


def _of_sign_in(found: Scan, titles: list[str], address: str) -> tuple[str, bool]:
    try:
        path = urlsplit(address).path
    except ValueError:
        path = ""
    if _SIGN_IN_PATH.search(path) or path in {"", "/"}:
        return "", False  # a sign-in page is what was meant
    titled = any(_SIGN_IN.fullmatch(part) for part in titles)
    headed = any(_SIGN_IN.fullmatch(part) for heading in found.headings for part in parts_of(heading))
    if (titled and (found.passwords or found.main_count <= 60)) or (headed and found.passwords):
        return "the site asks who is there", True
    return "", False
