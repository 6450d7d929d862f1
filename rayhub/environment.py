"""Settings from the environment: small readers that refuse a wrong value and name the accepted ones."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no variable."""
    word = os.environ.get(name, "1" if default else "0").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={word!r} is not a yes or a no. Use 1, true, yes, on or 0, false, no, off.")


def number(name: str, default: int, *, least: int = 0, most: int = 10**12) -> int:
    """A whole number between `least` and `most`."""
    word = os.environ.get(name, "").strip()
    if not word:
        return default
    if not word.isdecimal() or not least <= int(word) <= most:
        raise ImproperlyConfigured(f"{name}={word!r} is not a whole number from {least} to {most}.")
    return int(word)


def choice(name: str, default: str, accepted: tuple[str, ...]) -> str:
    """One of the accepted words, whatever its case."""
    word = text(name, default).upper()
    if word not in accepted:
        raise ImproperlyConfigured(f"{name}={word!r} is not known. Use {', '.join(accepted)}.")
    return word


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def numbers(name: str, default: str, *, least: int, most: int) -> frozenset[int]:
    """Whole numbers between `least` and `most`, separated by commas."""
    found = words(name, default)
    for word in found:
        if not word.isdecimal() or not least <= int(word) <= most:
            raise ImproperlyConfigured(f"{name}: {word!r} is not a whole number from {least} to {most}.")
    return frozenset(int(word) for word in found)


def addresses(name: str) -> dict[str, str]:
    """Host → address of an interface, written as host=https://…, separated by commas."""
    found = {}
    for word in words(name):
        host, sign, address = word.partition("=")
        parts = urlsplit(address)
        if not host or not sign or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ImproperlyConfigured(
                f"{name}={word!r} cannot be read. Write it as index.example=https://index.example/api, several separated by commas."
            )
        found[host.lower()] = address.rstrip("/")
    return found


def networks(name: str) -> tuple[str, ...]:
    """Networks in CIDR form, separated by commas."""
    found = []
    for word in words(name):
        try:
            found.append(str(ip_network(word)))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name}={word!r} is not a network: {error}. Write it as 10.0.0.0/8 or fd00::/8, several separated by commas."
            ) from error
    return tuple(found)


TRUST_RULE = "accepted=5 days=7 rejected=0.1 standing=3"


def trust_rule() -> dict[str, float] | None:
    """By which rule contributors become editors; None where TRUST_RULE=off."""
    word = text("TRUST_RULE", TRUST_RULE)
    try:
        return None if word.lower() == "off" else parse_trust_rule(word)
    except ValueError as error:
        raise ImproperlyConfigured(f"TRUST_RULE={word!r}: {error}") from error


def parse_trust_rule(word: str) -> dict[str, float]:
    """The four numbers of a rule; what is left out is as in TRUST_RULE. Raises ValueError with what is accepted."""
    known = dict(part.split("=") for part in TRUST_RULE.split())
    asked = known | dict(part.partition("=")[::2] for part in word.split())
    sound = all(re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", number) for number in asked.values())
    if set(asked) != set(known) or not sound or float(asked["rejected"]) > 1:
        raise ValueError(f"use numbers, as in {TRUST_RULE!r} (rejected is a part of 1), or off.")
    return {name: float(value) for name, value in asked.items()}


def site_url(default: str) -> str:
    """The public address of the site, without a final slash."""
    address = text("SITE_URL", default).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_URL={address!r} is not a site's address. Use http:// or https://, a host and, if need be, a port."
        )
    return address


def database(default_file: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's database settings.

    Accepted: sqlite:///relative.sqlite3, sqlite:////absolute.sqlite3,
    postgresql://user:password@host:5432/name (also ?host=/socket/folder&sslmode=…).
    """
    url = text("DATABASE_URL")
    if not url:
        return _sqlite(str(default_file))
    try:
        parts = urlsplit(url)
        _port = parts.port  # reading it checks it
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read: {error}. Write signs such as / in a password as %2F."
        ) from error
    if parts.scheme in {"sqlite", "sqlite3"} and not parts.netloc and len(parts.path) > 1:
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"} and len(parts.path) > 1:
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL={_without_password(url)!r} cannot be read. Use sqlite:////absolute/file.sqlite3 or "
        "postgresql://user:password@host:5432/name."
    )


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock when it begins, so that it waits for its turn and never fails half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; "
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def cache(default: str) -> dict[str, Any]:
    """CACHE_URL as Django's cache settings: database://, locmem://, file:///folder, redis://host:6379/0."""
    url = text("CACHE_URL") or default
    parts = urlsplit(url)
    if parts.scheme == "database":
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "rayhub_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    if parts.scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    if parts.scheme == "file" and len(parts.path) > 1:
        return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": unquote(parts.path)}
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ImproperlyConfigured(
        f"CACHE_URL={_without_password(url)!r} cannot be read. Use database://, locmem://, file:///folder or "
        "redis://host:6379/0."
    )


def email(folder: Path) -> dict[str, Any]:
    """EMAIL_URL as one of Django's MAILERS: unset keeps mails as files in `folder`; smtp://, smtps://, smtp+tls://."""
    url = text("EMAIL_URL")
    if not url:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(folder)}}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"EMAIL_URL={_without_password(url)!r} cannot be read. Use smtp://user:password@host:25, smtps://…:465 or "
            "smtp+tls://…:587, or leave it unset to keep mails as files."
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp+tls",
            "timeout": 20,
        },
    }


def _without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(password, "…") if password else url
