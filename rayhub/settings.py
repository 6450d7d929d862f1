"""Every setting of the site. docs/operating.md explains those that come from the environment."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from rayhub import environment

BASE_DIR = Path(__file__).resolve().parent.parent
RAYHUB_DATA = Path(environment.text("RAYHUB_DATA") or BASE_DIR / "var").resolve()
RAYHUB_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = environment.flag("DEBUG", default=False)
SITE_URL = environment.site_url("http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or sorted({*LOCAL_HOSTS, urlsplit(SITE_URL).hostname or "localhost"})


def _secret_key() -> str:
    """SECRET_KEY, or on a machine of one's own a generated one that is kept in RAYHUB_DATA."""
    given = environment.text("SECRET_KEY")
    if given:
        return given
    public = sorted(set(ALLOWED_HOSTS) - set(LOCAL_HOSTS))
    if public and not DEBUG:
        raise ImproperlyConfigured(
            f"SECRET_KEY is missing and the site answers to {', '.join(public)}. Set SECRET_KEY to at least 50 random "
            "characters, for instance the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    file = RAYHUB_DATA / "secret_key"
    try:
        with file.open("x") as new:
            file.chmod(0o600)
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text()


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "accounts",
    "resources",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.admin",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks_db",
]

MIDDLEWARE = [
    "rayhub.shortcut.Shortcut",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "rayhub.middleware.ready_policy",
    "rayhub.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rayhub.middleware.Language",
    "rayhub.middleware.no_zero_bytes",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rayhub.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rayhub.shortcut.behind_all",
]

ROOT_URLCONF = "rayhub.urls"
WSGI_APPLICATION = "rayhub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "resources.home.context.frame",
            ],
        },
    },
]

DATABASES = {"default": environment.database(RAYHUB_DATA / "rayhub.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# "default" counts attempts and must be one for all processes; "pages" only saves work, so each process may keep its own.
CACHES = {"default": environment.cache("database://"), "pages": environment.cache("locmem://")}

MAILERS = {"default": environment.email(RAYHUB_DATA / "mail")}
MAIL_FOLDER = None if environment.text("EMAIL_URL") else RAYHUB_DATA / "mail"
# What nobody waits for (mails) is left to manage.py worker, or done at once by whoever caused it.
_TASKS = {
    "DATABASE": "django_tasks_db.backend.DatabaseBackend",
    "IMMEDIATE": "django.tasks.backends.immediate.ImmediateBackend",
}
TASKS = {
    "default": {
        "BACKEND": _TASKS[environment.choice("TASKS", "IMMEDIATE" if DEBUG else "DATABASE", tuple(_TASKS))],
    }
}
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"rayhub@{urlsplit(SITE_URL).hostname}")

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.NewEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "RayHub: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Attempts per address of the network ("ip"), per account or address that is tried ("key"), per person who is signed in.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "20/h/ip,3/h/key",
    "confirm_email": "1/m/key",
    "manage_email": "10/h/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.SecondStepAgainForm",
    "activate_totp": "accounts.forms.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "RayHub"
MFA_TOTP_TOLERANCE = 1
GITHUB_CLIENT_ID = environment.text("GITHUB_CLIENT_ID")
GITHUB_CLIENT_SECRET = environment.text("GITHUB_CLIENT_SECRET")
GITHUB_SIGN_IN = bool(GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET)
_GITHUB_APP = {"client_id": GITHUB_CLIENT_ID, "secret": GITHUB_CLIENT_SECRET, "key": ""}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.ConnectedSignUpForm"}
SOCIALACCOUNT_PROVIDERS = {"github": {"SCOPE": ["user:email"], "APPS": [_GITHUB_APP] if GITHUB_SIGN_IN else []}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = RAYHUB_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# No inline script or style anywhere; pictures in what people write may come from any https host.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "https:", "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # A form that leads to GitHub is stopped at the redirect unless the policy names it.
    "form-action": [CSP.SELF, "https://github.com"] if GITHUB_SIGN_IN else [CSP.SELF],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "rayhub_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "rayhub_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "resources.editing.stale_forms.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# The form of the longest section has 200 rows with nine fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500

# Limits of what people write and what is imported, in bytes.
MARKDOWN_LIMIT = environment.number("MARKDOWN_LIMIT", 200_000, least=1_000)
README_LIMIT = environment.number("README_LIMIT", 10_000_000, least=10_000)

# How much one person may do in an hour: the table is in resources/history/limits.py.
TRUST_RULE = environment.trust_rule()
RATE_LIMITS = environment.flag("RATE_LIMITS", default=True)

# Links are tested by whoever runs manage.py worker or check_links: see docs/links.md.
LINK_CHECKS = environment.flag("LINK_CHECKS", default=True)
LINK_CHECK_ALLOW_PRIVATE = environment.networks("LINK_CHECK_ALLOW_PRIVATE")
LINK_CHECK_PORTS = environment.numbers("LINK_CHECK_PORTS", "80,443,8080,8443", least=1, most=65_535)
LINK_CHECK_EXCLUDE = environment.words("LINK_CHECK_EXCLUDE")
GITHUB_TOKEN = environment.text("GITHUB_TOKEN")
PACKAGE_INDEXES = environment.addresses("PACKAGE_INDEXES")
LINK_CHECK_CONTACT = environment.text("LINK_CHECK_CONTACT", DEFAULT_FROM_EMAIL)
# Where archived copies of gone pages are asked for, as https://archive.org/wayback/available; empty: nowhere.
ARCHIVE_URL = environment.text("ARCHIVE_URL")
# Visits on different days that must agree on a new address before the link keeper proposes it.
LINK_REPAIR_VISITS = environment.number("LINK_REPAIR_VISITS", 2, least=1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "rayhub.logs.OneLine"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["one_line"]}},
    "root": {
        "handlers": ["stderr"],
        "level": environment.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    # The package behind /mcp tells of each request that it began and ended.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}, "mcp": {"level": "WARNING"}},
}
