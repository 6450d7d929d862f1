"""Who may open what: every address of ours, asked for by everybody, in both ways.

`measured()` asks; docs/access.md holds what was decided; test_access.py compares the two.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import User
from accounts.roles import give_role
from resources.discussion.actions import open_thread
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.links.models import Link
from resources.moderation.actions import propose
from resources.moderation.reporting import report
from resources.publishing import publish
from resources.repairs.models import Repair
from resources.repairs.proposing import propose_repairs
from resources.webhooks.acting import make_webhook
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

ROLES = ("stranger", "reader", "contributor", "editor", "moderator", "administrator", "blocked")
"""In the order of the table's columns; "blocked" is an editor who is blocked."""

ELSEWHERE = re.compile(r"^(admin/.+|accounts/(github|connected)/.*)")
"""Django's administration has rules of its own behind its first page; GitHub's pages exist only with its keys."""

BESIDE = re.compile(
    r"^(sections|wiki|case-studies|compare)/<slug:slug>(\.md|/(edit|remove|restore|history|protect|unprotect|watch|talk|backlinks|links|rewrite).*)"
)
"""What every kind of entry has beside its page: asked of a resource alone."""

SAMPLES = {
    "slug": "raydp", "kind": "resources", "rest": "none", "number": 1, "pair": (1, 2), "name": "owner", "key": "none",
    "uidb36": "1", "pk": 0, "token": "none", "section": "none",
}  # fmt: skip

OTHERS = {"sections": "libraries", "wiki": "ray-core", "case-studies": "uber", "compar": "engines",
    "cards/section": "libraries", "cards/wikipage": "ray-core", "cards/casestudy": "uber", "cards/comparison": "engines",
}  # fmt: skip
"""The sample entries of other kinds, by the first word of their addresses."""

BODY = {"version": 1, "seen": 2, "note": "Because.", "reason": "Because.", "text": "Words.", "type": "resource"}
"""What every POST brings along, so that it is the right that decides and not a missing word."""

QUERIES = {"/report/": "?person=owner", "/api/v1/<kind>/<slug>/compare/": "?old=1&new=2"}


def measured() -> dict[str, list[str]]:
    """ "GET /address/" → a word for each role, in their order. Writes its own people and entries; call it in a test."""
    samples = _samples()
    clients = {role: _client(role) for role in ROLES}
    found = {}
    for address, name in addresses():
        path = _filled(address, name, samples)
        for method in ("GET", "POST"):
            # A method that a page does not know is refused before anybody asks who it is.
            if (first := _word(_answer(clients["stranger"], method, path))) != "-":
                others = [_word(_answer(clients[role], method, path)) for role in ROLES[1:]]
                found[f"{method} {address}"] = [first, *others]
    return found


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of ours with its name, each once; what stands beside an entry is asked of a resource."""
    seen = set()
    for pattern, name in _walk(get_resolver(), ""):
        if not ELSEWHERE.match(pattern) and not BESIDE.match(pattern):
            address = "/" + re.sub(r"\(\?P<(\w+)>[^/]*\)", r"<\1>", pattern).replace("^", "").replace("$", "")
            if address not in seen:
                seen.add(address)
                yield re.sub(r"<\w+:(\w+)>", r"<\1>", address), name


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.name or ""


def _samples() -> dict[str, Any]:
    """One of everything: the keys that addresses with <pk> need, by the first word of the address."""
    owner = _person("owner", "contributor")
    section = a_section("Libraries", author=_person("founder", "editor"))
    entry = a_resource("RayDP", sections=(section,), tags=["spark"], author=_person("founder", "editor"))
    publish(read_content(entry) | {"summary": "Twice."}, entry=entry, author=owner, base=1)
    for maker in (a_guide, a_comparison):
        maker(author=owner)
    a_case_study(author=owner, claims=(a_claim("none"),))
    proposal = propose(read_content(entry) | {"summary": "Thrice."}, author=owner, entry=entry, base=2)
    post = open_thread(entry=entry, title="Why?", text="Because.", author=owner)
    keeper = _person("keeper", "administrator")
    hook = make_webhook(name="Chat", address="https://chat.example/", happenings=["test"], by=keeper)
    told = report(entry, reporter=_person("finder", "contributor"), reason="wrong", words="It is not so.")
    return {
        "links": Link.objects.get(resources=entry).pk, "links/repairs": a_repair(entry).pk,
        "proposals": proposal.pk, "talk": post.thread_id, "talk/posts": post.pk, "reports": told.pk, "webhooks": hook.pk,
    }  # fmt: skip


def a_repair(entry: Resource) -> Repair:
    """A repair that waits, as the link keeper proposes it where the address of an entry has trackers."""
    tracked = f"{entry.url}?utm_source=list"
    publish(read_content(entry) | {"url": tracked}, entry=entry, author=a_person("founder"), base=2)
    return Repair.objects.get(pk__in=propose_repairs().proposed)


def _person(name: str, role: str) -> User:
    person = a_person(name)
    give_role(person, role)
    return person


def _client(role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role != "stranger":
        person = _person(f"the-{role}", "editor" if role == "blocked" else role)
        if role == "blocked":
            year = timezone.now() + timedelta(days=365)
            User.objects.filter(pk=person.pk).update(blocked_until=year, blocked_reason="Spam.")
        client.force_login(User.objects.get(pk=person.pk))
    return client


def _filled(address: str, name: str, samples: dict[str, Any]) -> str:
    """The address with the sample's keys in place of its parameters."""
    path = address.strip("/").removeprefix("api/v1/")
    key = next((samples[start] for start in sorted(samples, key=len, reverse=True) if path.startswith(start)), 0)
    values = SAMPLES | {"pk": key}
    if path.startswith("proposals/<number>"):
        values["number"] = key
    if "<pair>" in address:
        return re.sub(r"<slug>", "raydp", address).replace("<pair>", "1..2")
    if address.startswith("/tags/"):
        values["slug"] = "spark"
    values["slug"] = next((slug for start, slug in OTHERS.items() if path.startswith(start)), values["slug"])
    return re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), address + QUERIES.get(address, ""))


def _answer(client: Client, method: str, path: str) -> HttpResponse:
    """What a request answers; what it wrote is taken back, also a signing out."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answer: Any = client.get(path) if method == "GET" else client.post(path, BODY)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _word(answer: HttpResponse) -> str:
    """ok · sign in · confirm (with one's password) · token (401: no cookie helps) · no (403) · 404 · - (no such method)."""
    target = answer.headers.get("Location", "")
    if target.startswith(("/accounts/reauthenticate/", "/accounts/2fa/reauthenticate")):
        return "confirm"
    if target.startswith(("/accounts/login/", "/admin/login/")):
        return "sign in"
    return {401: "token", 403: "no", 404: "404", 405: "-"}.get(answer.status_code, "ok")
