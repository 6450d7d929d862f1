"""Our own middleware answers as Django's does, only sooner."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from rayhub.middleware import ready_policy
from tests.makers import a_guide

OURS = {
    "rayhub.middleware.Language": "django.middleware.locale.LocaleMiddleware",
    "rayhub.middleware.ready_policy": None,
    "rayhub.shortcut.Shortcut": None,
    "rayhub.shortcut.behind_all": None,
}
DJANGOS = [OURS.get(name, name) for name in settings.MIDDLEWARE if OURS.get(name, name)]
ADDRESSES = ["/", "/wiki/one/", "/wiki/one", "/wiki/none/", "/en/wiki/", "/de/", "/wiki/new/", "/README.md", "/healthz"]


def headers_of(address: str, **given: str) -> dict[str, str]:
    answer = Client(headers=given).get(address)
    found = {name: value for name, value in answer.headers.items() if name not in {"Last-Modified", "ETag", "Expires"}}
    return found | {"status": str(answer.status_code), "cookies": str(sorted(answer.cookies))}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["", "de,en;q=0.5", "en-GB", "*", "nonsense;;q=", "zz"])
@pytest.mark.parametrize("languages", [[("en", "English")], [("en", "English"), ("de", "Deutsch")]])
def test_every_header_is_as_from_djangos_own(address, language, languages):
    a_guide("One")
    given = {"accept-language": language} if language else {}
    with override_settings(LANGUAGES=languages):
        ours = headers_of(address, **given)
        with override_settings(MIDDLEWARE=DJANGOS):
            assert ours == headers_of(address, **given)


def test_a_page_can_have_a_policy_of_its_own():
    @csp_override({"default-src": [CSP.NONE]})
    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert str(CSP.HEADER_ENFORCE) not in ready_policy(page)(RequestFactory().get("/")).headers


def test_a_policy_that_changes_with_each_answer_is_left_to_django():
    with override_settings(SECURE_CSP={"script-src": [CSP.SELF, CSP.NONCE]}):
        respond = ready_policy(lambda _request: HttpResponse())
    assert str(CSP.HEADER_ENFORCE) not in respond(RequestFactory().get("/")).headers
