"""The pages where administrators keep webhooks."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from resources.history.models import Event
from resources.webhooks.acting import MOST, WebhookRefused, make_webhook
from resources.webhooks.models import Delivery, Webhook
from tests.makers import a_person

pytestmark = pytest.mark.django_db

GIVEN: dict[str, Any] = {"name": "Chat", "address": "https://chat.example/hook", "happenings": ["published", "decided"]}


@pytest.fixture
def admin() -> User:
    return a_person("admin", role="administrator")


@pytest.fixture
def hook(admin: User) -> Webhook:
    return make_webhook(**GIVEN, by=admin)


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_one_is_made_and_its_secret_shown_once(admin):
    client = as_person(admin)
    page = client.post("/webhooks/", GIVEN).content.decode()
    hook = Webhook.objects.get()
    assert (hook.name, hook.happenings, hook.state) == ("Chat", ["published", "decided"], "on")
    assert hook.secret in page
    for path in ("/webhooks/", f"/webhooks/{hook.pk}/"):
        assert hook.secret not in client.get(path).content.decode()
    event = Event.objects.get(act="webhook_made")
    assert event.details == {"webhook": "Chat", "address": "https://chat.example/hook"}
    assert hook.secret not in str(event.details)


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://127.0.0.1/"},
        {"address": "http://169.254.169.254/latest"},
        {"address": "ftp://chat.example/"},
        {"address": "https://a:b@chat.example/"},
        {"address": "chat"},
        {"happenings": []},
        {"happenings": ["nonsense"]},
        {"happenings": ["test"]},
        {"name": ""},
    ],
)
def test_what_cannot_be_is_refused(admin, wrong):
    answer = as_person(admin).post("/webhooks/", GIVEN | wrong)
    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_it_is_changed(admin, hook):
    client = as_person(admin)
    assert client.post(f"/webhooks/{hook.pk}/", GIVEN | {"name": "Team"}).status_code == 302
    hook.refresh_from_db()
    assert hook.name == "Team"
    assert client.post(f"/webhooks/{hook.pk}/", GIVEN | {"address": "nonsense"}).status_code == 422


def test_buttons_do_what_they_say(admin, hook):
    client, before = as_person(admin), hook.secret

    def press(act: str) -> Any:
        return client.post(f"/webhooks/{hook.pk}/{act}/", follow=True).content.decode()

    assert "on its way" in press("test")
    assert Delivery.objects.get().happening == "test"
    assert "It is switched off" in press("off")
    assert "Switch it on first" in press("test")
    assert "It is switched on" in press("on")
    page = press("secret")
    hook.refresh_from_db()
    assert hook.secret != before
    assert hook.secret in page
    assert "is gone" in press("delete")
    assert not Webhook.objects.exists()
    assert client.post(f"/webhooks/{hook.pk}/test/").status_code == 404


@pytest.mark.parametrize("path", ["/webhooks/", "/webhooks/{}/", "/webhooks/{}/test/", "/webhooks/{}/delete/"])
def test_they_are_for_administrators_alone(hook, path):
    path = path.format(hook.pk)
    stranger = Client().post(path, GIVEN)
    assert stranger.headers["Location"].startswith("/accounts/login/")
    assert as_person(a_person("mo", role="moderator")).post(path, GIVEN).status_code == 403
    assert Webhook.objects.get().name == "Chat"


def test_buttons_need_a_post(admin, hook):
    assert as_person(admin).get(f"/webhooks/{hook.pk}/delete/").status_code == 405
    assert as_person(admin).get("/webhooks/999/").status_code == 404


def test_the_doors_ask_who_acts_and_how_many_there_are(admin, hook):
    with pytest.raises(WebhookRefused, match="administrators"):
        make_webhook(**GIVEN, by=a_person("mo", role="moderator"))
    for _number in range(MOST - 1):
        make_webhook(**GIVEN, by=admin)
    with pytest.raises(WebhookRefused, match="already"):
        make_webhook(**GIVEN, by=admin)
