"""Releases and verifications in content files: there and back."""

from datetime import date

import pytest
import yaml

from accounts.models import User
from resources.entries.content import read_content
from resources.management.commands.prepare_site import STARTER
from resources.publishing import publish
from resources.verifying.files import keep_verifications, read_releases, verifications_of, write_releases
from resources.verifying.models import RayRelease, Verification
from resources.verifying.refusals import BadRecord
from tests.makers import a_guide, a_person, a_release, a_verification

pytestmark = pytest.mark.django_db


def test_the_starter_knows_the_releases_and_writes_the_same_file():
    text = (STARTER / "releases.yaml").read_text()
    assert read_releases(text) == RayRelease.objects.count() > 50
    assert write_releases() == text
    assert read_releases(text) == 0
    assert RayRelease.objects.newest()[0].version == "2.60.0"
    assert read_releases("2.60.0: 2026-11-05") == 1
    assert RayRelease.objects.newest()[0].released_on == date(2026, 11, 5)
    assert read_releases("") == 0


@pytest.mark.parametrize(
    "text",
    [
        "2.60.0: soon",
        "2.60: 2026-11-04",
        "9999999.0.0: 2026-11-04",
        "- 2.60.0",
        "2.60.0: [",
        "2.60.0: 2026-11-04 12:00:00",
        "2.60.0: 2026-13-45",
        "2.60.0: " + "9" * 5_000,
        "[" * 20_000,
    ],
)
def test_a_bad_file_of_releases_is_refused_in_words(text):
    with pytest.raises(BadRecord, match=r"releases\.yaml"):
        read_releases(text)
    assert not RayRelease.objects.exists()


def test_verifications_go_there_and_back():
    guide = a_guide()
    a_verification(guide, "2.59.0", person=a_person("bob"), note="All samples.")
    publish(read_content(guide) | {"body": "Otherwise."}, entry=guide, author=a_person())
    guide.refresh_from_db()
    a_verification(guide, "2.60.0")
    records = verifications_of([guide])[guide.pk]
    assert records == [
        {"ray": "2.59.0", "on": date(2026, 11, 12), "by": "bob", "revision": 1, "note": "All samples."},
        {"ray": "2.60.0", "on": date(2026, 11, 12), "by": "ada"},
    ]
    assert keep_verifications({guide: records}) == 0
    Verification.objects.all().delete()
    assert keep_verifications({guide: records}) == 2
    assert verifications_of([guide])[guide.pk] == records
    assert verifications_of([]) == {}


def test_a_verifier_without_an_account_gets_a_credit():
    a_release()
    guide = a_guide()
    keep_verifications({guide: yaml.safe_load("[{ray: 2.60.0, on: 2026-11-12, by: zoe}]")})
    assert not User.objects.get(name="zoe").is_active
    assert verifications_of([guide])[guide.pk] == [{"ray": "2.60.0", "on": date(2026, 11, 12), "by": "zoe"}]


@pytest.mark.parametrize(
    "change", [{"ray": "9.9.9"}, {"on": "soon"}, {"by": ""}, {"revision": 0}, {"revision": "x"}, {"when": 1}]
)
def test_a_bad_verification_is_refused_in_words(change):
    a_release()
    record = {"ray": "2.60.0", "on": date(2026, 11, 12), "by": "ada"} | change
    with pytest.raises(BadRecord, match="ray-core: verified"):
        keep_verifications({a_guide(): [record]})
