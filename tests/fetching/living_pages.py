"""Pages that are there, though something in them looks as if they were not: none may be called dead, parked or walled."""

from tests.fetching.dead_pages import LOREM, Kind, app, page, site

_LONG = f"<p>{LOREM}</p>" * 25
_DOCS = "https://docs.example.org/guide/"
_FORGE = "https://github.com/somebody/something"

LIVING = [
    Kind(
        "a docs page about it",
        "alive",
        site("Handling 404 Not Found - Docs", f"<h1>Handling 404 Not Found</h1><p>Raise an error.</p>{LOREM}"),
    ),
    Kind(
        "an encyclopedia's entry",
        "alive",
        site(
            "404 Not Found - Web Docs",
            "<h1>404 Not Found</h1><p>The status code says that the server cannot find the requested resource.</p>"
            + _LONG,
        ),
        "https://docs.example.org/Web/HTTP/Status/404",
    ),
    Kind(
        "a short entry about it",
        "alive",
        site(
            "404 Not Found",
            "<h1>404 Not Found</h1><p>The server cannot find the requested resource. Links to such a page are called broken.</p>",
        ),
        "https://docs.example.org/http/404",
    ),
    Kind(
        "an article",
        "alive",
        site(
            "Page not found: how to design one", f"<article><h1>Page not found: how to design one</h1>{_LONG}</article>"
        ),
    ),
    Kind(
        "an article with a sentence",
        "alive",
        site(
            "Better errors",
            f"<h1>Better errors</h1><p>“Sorry, we can't find the page you are looking for” is rude.</p>{_LONG}",
        ),
    ),
    Kind(
        "a repository called 404",
        "alive",
        site(
            "GitHub - somebody/404: A page for lost visitors · GitHub",
            "<h1>somebody/404</h1><p>A page for lost visitors</p>",
        ),
        "https://github.com/somebody/404",
    ),
    Kind(
        "a repository called not-found",
        "alive",
        site("somebody/not-found: Not found", "<h1>not-found</h1><p>Not found pages for all.</p>"),
        "https://github.com/somebody/not-found",
    ),
    Kind(
        "an issue about it",
        "alive",
        site(
            "Page not found · Issue #12 · somebody/something · GitHub",
            "<h1>Page not found #12</h1><p>The docs link is dead.</p>",
        ),
        f"{_FORGE}/issues/12",
    ),
    Kind(
        "a short issue",
        "alive",
        site(
            "404 · Issue #7 · somebody/something",
            "<h1>404 #7</h1><p>When I open the dashboard, the page is not found.</p>",
        ),
        f"{_FORGE}/issues/7",
    ),
    Kind(
        "a question",
        "alive",
        site(
            "django - Page not found (404) - Answers",
            f"<h1>Page not found (404)</h1><p>Why?</p>{LOREM}<time>2020</time>",
        ),
        "https://answers.example.org/questions/1",
    ),
    Kind(
        "a forum's topic",
        "alive",
        site(
            "Model not found - Ray Serve - Ray",
            f"<h1>Model not found</h1><p>I get this error when I deploy.</p>{LOREM}",
        ),
        "https://discuss.example.org/t/1",
    ),
    Kind(
        "a question, marked",
        "alive",
        site(
            "Repository not found - Answers",
            '<h1>Repository not found</h1><p>git says so.</p><script type="application/ld+json">{"@type": "QAPage"}</script>',
        ),
    ),
    Kind(
        "a song",
        "alive",
        site("404 | Music", "<h1>404</h1><p>A song by Somebody. Released in 2019. Listen to it here.</p>"),
    ),
    Kind("a car", "alive", page("404 - Peugeot", "<h1>404</h1><p>Built from 1960 to 1975.</p>")),
    Kind("a room", "alive", page("Room 404", "<h1>Room 404</h1><p>For up to twelve people.</p>")),
    Kind("a film", "alive", site("Gone - Films", "<h1>Gone</h1><p>A thriller from 2012.</p>")),
    Kind("lost and found", "alive", site("Lost and found", "<h1>Lost and found</h1><p>Bags and umbrellas.</p>")),
    Kind(
        "missing data",
        "alive",
        site("Missing data - Guide", "<h1>Missing data</h1><p>Fill what is not available with the mean.</p>"),
    ),
    Kind("nothing found in a search", "alive", site("Search: ray", f"<h1>Search</h1><p>3 results</p>{LOREM}")),
    Kind("an empty application", "alive", app("Example App")),
    Kind("an application without title", "alive", page("", '<div id=app></div><script src="/a.js"></script>')),
    Kind(
        "an application's hidden error",
        "alive",
        app(
            "Dashboard",
            "<div hidden><h1>Page not found</h1><p>The page you requested does not exist.</p></div><p>Loading…</p>",
        ),
    ),
    Kind(
        "an application's template",
        "alive",
        app("Dashboard", "<template><h1>404</h1><p>Page not found</p></template>Loading"),
    ),
    Kind(
        "an application's words in a script",
        "alive",
        app("Dashboard", '<script>const words = {"404": "Page not found", title: "<h1>Not found</h1>"}</script>'),
    ),
    Kind(
        "scripts are wanted",
        "alive",
        app("Example", "<noscript>You need to enable JavaScript to run this app.</noscript>"),
    ),
    Kind("a short page", "alive", page("Hello", "<p>Hello.</p>")),
    Kind("no words", "alive", page("", "")),
    Kind("nothing", "alive", ""),
    Kind("a picture", "alive", page("photo.jpg", "<img src=photo.jpg>")),
    Kind(
        "a list of files",
        "alive",
        page("Index of /data", "<h1>Index of /data</h1><pre><a href=a.csv>a.csv</a> 2020</pre>"),
    ),
    Kind(
        "moved by hand",
        "alive",
        page("Moved", '<p>This project has moved to <a href="https://new.example.org">a new home</a>.</p>'),
    ),
    Kind(
        "an old project",
        "alive",
        site("Tool - unmaintained", f"<h1>Tool</h1><p>This project is no longer maintained.</p>{LOREM}"),
    ),
    Kind(
        "not available in a version",
        "alive",
        site(
            "ray.data.read_mongo - Docs",
            "<h1>ray.data.read_mongo</h1><p>This page is not available in version 1.0. Sorry.</p>" + LOREM * 3,
        ),
    ),
    Kind(
        "an error's reference",
        "alive",
        site("ObjectLostError - Docs", f"<h1>ObjectLostError</h1><p>The object could not be found.</p>{LOREM}"),
        _DOCS + "exceptions",
    ),
    Kind(
        "a page that selling domains is about",
        "alive",
        site("This domain is for sale: how parking works", f"<h1>How parking works</h1>{_LONG}"),
    ),
    Kind(
        "a dealer's help",
        "alive",
        site(
            "Sell your domain",
            f"<h1>Sell your domain</h1><p>Put “this domain is for sale” on your page.</p>{LOREM * 8}",
        ),
    ),
    Kind(
        "a house for sale",
        "alive",
        site("House for sale", "<h1>House for sale</h1><p>Four rooms and a garden. Buy this house.</p>"),
    ),
    Kind(
        "a server's manual",
        "alive",
        site("Welcome to nginx! page - Manual", f"<h1>The “Welcome to nginx!” page</h1>{LOREM * 4}"),
    ),
    Kind("coming soon", "alive", site("Ray Summit", "<h1>Ray Summit</h1><p>Tickets are coming soon.</p>")),
    Kind(
        "a page behind the cloud",
        "alive",
        site(
            "A fine page",
            f"<h1>A fine page</h1>{LOREM * 6}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        ),
    ),
    Kind(
        "a form with a captcha",
        "alive",
        site(
            "Contact us",
            f"<h1>Contact us</h1><form>{LOREM}</form><script src='https://www.google.com/recaptcha/api.js'></script>",
        ),
    ),
    Kind(
        "a guarded shop",
        "alive",
        site("Shop", f"<h1>Shop</h1>{LOREM * 4}<script src='https://js.datadome.co/tags.js'></script>"),
    ),
    Kind(
        "about walls",
        "alive",
        site("Are you a robot? On captchas", f"<h1>Are you a robot?</h1>{_LONG}<p>anubis_challenge</p>"),
    ),
    Kind(
        "a manual about access",
        "alive",
        site("Access denied - Docs", f"<h1>Access denied</h1>{LOREM * 4}"),
        _DOCS + "access",
    ),
    Kind(
        "docs of signing in",
        "alive",
        site("Sign in with a token - Docs", f"<h1>Sign in with a token</h1>{LOREM * 4}"),
        _DOCS + "tokens",
    ),
    Kind(
        "a sign-in page that was meant",
        "alive",
        page("Sign in", "<h1>Sign in</h1><input type=password>"),
        "https://www.example.org/login",
    ),
    Kind(
        "a page with a sign-in form beside",
        "alive",
        site("A fine page", f"<h1>A fine page</h1>{LOREM * 3}<form>Log in <input type=password></form>"),
    ),
    Kind(
        "a front page that asks",
        "alive",
        page("Example", "<h1>Sign in</h1><input type=password>"),
        "https://www.example.org/",
    ),
    Kind(
        "a betting library",
        "alive",
        site(
            "casino-bandit: bandits in Python", f"<h1>casino-bandit</h1><p>Slots and poker as test problems.</p>{LOREM}"
        ),
    ),
    Kind(
        "Chinese docs about it",
        "alive",
        site("处理 404 页面 - 文档", f"<h1>处理 404 页面</h1><p>如何处理找不到的页面。</p>{LOREM}"),
    ),
    Kind(
        "German blog about it",
        "alive",
        site("Seite nicht gefunden: Zehn Beispiele", f"<h1>Zehn schöne Fehlerseiten</h1>{_LONG}"),
    ),
    Kind(
        "noindex",
        "alive",
        page(
            "Draft",
            "<h1>Draft</h1><p>A text that search engines shall not find.</p>",
            '<meta name=robots content="noindex">',
        ),
    ),
]
