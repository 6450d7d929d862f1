"""Pages that answer 200 and are not there, walls before pages, and domains that belong to others: in the words of real kinds."""

from typing import NamedTuple

LOREM = "Our team builds tools that many people use every day, and here are some of the pages that others have liked to read. "


class Kind(NamedTuple):
    """One page. `reading` is what has to be read from it: gone, parked, wall, sign-in, or alive."""

    name: str
    reading: str
    html: str
    address: str = "https://www.example.org/docs/a-page"


def page(title: str, body: str, head: str = "") -> str:
    """The plainest page that has both."""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def site(title: str, main: str, head: str = "") -> str:
    """A page within the frame of its site."""
    around = "<header><nav><a href=/>Home</a> <a href=/docs>Docs</a> <a href=/blog>Blog</a></nav></header>"
    return page(title, f"{around}<main>{main}</main><footer>© Example. Privacy. Terms. Contact us.</footer>", head)


def app(title: str, inside: str = "", head: str = "") -> str:
    """A page that scripts fill."""
    return page(title, f'<div id="root">{inside}</div><script src="/static/app.js"></script>', head)


_SHORT_TITLES = {
    "English": ("Page not found", "Sorry, we can't find the page you are looking for."),
    "English, numbered": ("404 - Page Not Found | Example", "The page you requested could not be found."),
    "English, number last": ("Page Not Found (404)", "It might have been removed or renamed."),
    "English, shouted": (
        "Error 404 (Not Found)!!1",
        "The requested URL /x was not found on this server. That’s all we know.",
    ),
    "English, oops": (
        "Oops! That page can’t be found. – A Blog",
        "It looks like nothing was found at this location. Maybe try a search?",
    ),
    "Server's own": ("404 Not Found", "nginx/1.18.0 (Ubuntu)"),
    "Gone": ("410 Gone", "The requested resource is no longer available on this server."),
    "German": ("Seite nicht gefunden – Beispiel", "Die gewünschte Seite konnte leider nicht gefunden werden."),
    "French": ("Page introuvable | Exemple", "La page que vous recherchez n’existe pas ou a été déplacée."),
    "Spanish": ("Página no encontrada - Ejemplo", "La página que buscas no existe o ha sido eliminada."),
    "Portuguese": ("Página não encontrada", "A página que você procura não existe mais."),
    "Italian": ("Pagina non trovata", "La pagina che stai cercando non esiste."),
    "Dutch": ("Pagina niet gevonden", "De pagina die je zoekt bestaat niet meer."),
    "Polish": ("Nie znaleziono strony", "Strona, której szukasz, nie istnieje."),
    "Russian": ("Страница не найдена", "Запрашиваемая вами страница не существует или удалена."),
    "Ukrainian": ("Сторінку не знайдено", "Сторінка, яку ви шукали, не існує."),
    "Turkish": ("Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir."),
    "Chinese": ("404 页面不存在", "抱歉，您访问的页面不存在或已删除。"),
    "Chinese, traditional": ("找不到頁面", "抱歉，找不到您要的頁面。"),
    "Japanese": ("ページが見つかりません", "お探しのページは見つかりませんでした。"),
    "Korean": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 존재하지 않습니다."),
    "Arabic": ("الصفحة غير موجودة", "عذراً، الصفحة التي تبحث عنها غير موجودة."),
    "Swedish": ("Sidan hittades inte", "Sidan du letade efter finns inte längre här."),
    "Repository": (
        "Repository not found · Example Forge",
        "The repository you are looking for does not exist or is private.",
    ),
    "Model": ("Model not found", "This model does not exist. It may have been deleted by its author."),
    "Dataset": ("Dataset not found - Hub", "This dataset is no longer available."),
    "Project": ("Project not found", "We couldn't find that project."),
    "Video": ("Video unavailable - Tube", "This video isn't available any more."),
    "Shared file": (
        "Page Not Found",
        "Sorry, unable to open the file at this time. Please check the address and try again.",
    ),
    "Story": ("Story unavailable – Stories", "The author deleted this story."),
}

GONE = [
    *[Kind(name, "gone", site(t, f"<h1>{t}</h1><p>{s}</p>")) for name, (t, s) in _SHORT_TITLES.items()],
    Kind(
        "only the heading says it",
        "gone",
        site("Example", "<h1>404</h1><h2>Page not found</h2><p>The page you are looking for does not exist.</p>"),
    ),
    Kind("the site's usual title", "gone", page("Example Docs", "<h1>Not found</h1><p>Go back home.</p>")),
    Kind(
        "only a sentence says it",
        "gone",
        page("Example", "<p>Sorry, the page you requested has been removed.</p><a href=/>Home</a>"),
    ),
    Kind("an app that sets its title", "gone", app("Page not found | Example")),
    Kind(
        "suggestions below",
        "gone",
        site(
            "Page not found - Example",
            "<h1>Page not found</h1><p>The page you were looking for has moved or no longer exists.</p><h3>Popular</h3>"
            + f"<p>{LOREM}</p>" * 9,
            '<meta name="robots" content="noindex,follow">',
        ),
    ),
    Kind(
        "a film that is gone",
        "gone",
        app(
            " - YouTube",
            head='<script>var r = {"playabilityStatus":{"status":"ERROR","reason":"Video unavailable"}};</script>',
        ),
        "https://www.youtube.com/watch?v=abcdefghijk",
    ),
    Kind(
        "a document that is gone",
        "gone",
        page(
            "Docs",
            "<p>Sorry, the file you have requested does not exist.</p><p>Please check the address and try again.</p>",
        ),
        "https://docs.google.com/document/d/abc/edit",
    ),
]

PARKED = [
    Kind(
        "for sale, in the title",
        "parked",
        page("example-things.com is for sale", "<p>Buy this domain. Related searches: insurance, hotels.</p>"),
    ),
    Kind(
        "for sale, by a dealer",
        "parked",
        page("ExampleThings.com", "<h1>The domain name ExampleThings.com is for sale</h1><p>Buy now: $2,495</p>"),
    ),
    Kind(
        "a provider's frame",
        "parked",
        page("example-things.com", '<script src="//img1.wsimg.com/parking-lander/static/js/main.js"></script>'),
    ),
    Kind(
        "a provider's links",
        "parked",
        page(
            "example-things.com",
            "<p>Related links</p><p>Cars Hotels Loans</p><a href='https://www.sedoparking.com/x'>This domain may be for sale</a>",
        ),
    ),
    Kind(
        "German", "parked", page("beispiel.de", "<h1>Diese Domain steht zum Verkauf</h1><p>Jetzt Angebot abgeben.</p>")
    ),
    Kind("French", "parked", page("exemple.fr", "<h1>Ce domaine est à vendre</h1>")),
    Kind("Russian", "parked", page("Домен продаётся", "<h1>Домен example.ru продаётся</h1>")),
    Kind("Chinese", "parked", page("example.cn", "<h1>此域名正在出售</h1><p>联系我们购买</p>")),
    Kind(
        "the host has shut it",
        "parked",
        page(
            "Account Suspended", "<h1>Account Suspended</h1><p>Contact your hosting provider for more information.</p>"
        ),
    ),
    Kind(
        "nothing but a server",
        "parked",
        page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the web server is working.</p>"),
    ),
]

_CHALLENGE = (
    "<h1>www.example.org</h1><p>Verifying you are human. This may take a few seconds.</p>"
    "<noscript>Enable JavaScript and cookies to continue</noscript>"
)
WALLS = [
    Kind(
        "a moment, in the cloud",
        "wall",
        page("Just a moment...", _CHALLENGE, "<script>window._cf_chl_opt={cvId:'3'}</script>"),
    ),
    Kind(
        "blocked, in the cloud",
        "wall",
        page(
            "Attention Required! | Cloudflare",
            "<div id=cf-wrapper><h1>Sorry, you have been blocked</h1><p>Why have I been blocked?</p></div>",
        ),
    ),
    Kind(
        "a captcha in a frame",
        "wall",
        page(
            "example.org",
            "<p>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>",
        ),
    ),
    Kind(
        "press and hold",
        "wall",
        page(
            "Access to this page has been denied",
            "<div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>",
        ),
    ),
    Kind(
        "denied with a number",
        "wall",
        page(
            "Access Denied",
            '<h1>Access Denied</h1><p>You don\'t have permission to access "/x" on this server.</p><p>Reference #18.2d351ab8</p>',
        ),
    ),
    Kind(
        "proof of work",
        "wall",
        page(
            "Making sure you're not a bot!",
            "<h1>Making sure you're not a bot!</h1><p>Loading...</p><script id=anubis_challenge>{}</script>",
        ),
    ),
    Kind(
        "an incident",
        "wall",
        page("", "<iframe src='/_Incapsula_Resource?x'>Request unsuccessful. Incapsula incident ID: 7</iframe>"),
    ),
    Kind(
        "a shop's question",
        "wall",
        page("Robot or human?", "<p>Activate and hold the button to confirm that you're human. Thank You!</p>"),
    ),
    Kind(
        "a checkpoint",
        "wall",
        page("Vercel Security Checkpoint", "<p>We're verifying your browser</p><p>Enable JavaScript to continue</p>"),
    ),
    Kind(
        "a client's challenge",
        "wall",
        page(
            "Client Challenge",
            "<noscript>JavaScript is disabled in your browser. Please enable JavaScript to proceed.</noscript>",
        ),
    ),
    Kind(
        "unusual traffic",
        "wall",
        page(
            "Search",
            "<p>Our systems have detected unusual traffic from your computer network. Please show that you're not a robot.</p>",
        ),
    ),
    Kind(
        "pardon",
        "wall",
        page(
            "Pardon Our Interruption",
            "<p>As you were browsing something about your browser made us think you were a bot.</p>",
        ),
    ),
    Kind("Chinese", "wall", page("安全验证", "<p>请完成人机验证后继续访问</p>")),
    Kind(
        "consent first",
        "wall",
        page(
            "Before you continue to YouTube",
            "<p>We use cookies and data to deliver and maintain our services.</p><button>Accept all</button>",
        ),
    ),
    Kind(
        "sign in",
        "sign-in",
        page(
            "Sign in · Example", "<h1>Sign in to Example</h1><form><input name=user><input type=password name=p></form>"
        ),
    ),
    Kind(
        "log in to go on",
        "sign-in",
        page("Log in to Example Space", "<h1>Log in</h1><form><input type='password'></form><a href=/join>Sign up</a>"),
    ),
    Kind(
        "ask for access",
        "sign-in",
        page("You need access", "<h1>You need access</h1><p>Ask for access, or switch to an account with access.</p>"),
    ),
    Kind("German sign-in", "sign-in", page("Anmelden – Beispiel", "<form><input type=password></form>")),
    Kind("Japanese sign-in", "sign-in", page("ログイン | 例", "<form><input type=password></form>")),
]
