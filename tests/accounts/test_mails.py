"""Mails that no server took, read by administrators."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from tests.accounts.acting import sign_in
from tests.makers import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"
    (tmp_path / "outside.log").write_text("Subject: secret\n\nnot a mail")
    return settings.MAIL_FOLDER


def send(folder, *subjects: str) -> None:
    """One file with these messages."""
    backend = EmailBackend(file_path=str(folder))
    backend.send_messages(
        [
            EmailMessage(
                subject,
                "Open <b>this</b>: http://127.0.0.1/accounts/confirm-email/x/ — grüße",
                "a@b.example",
                ["c@d.example"],
            )
            for subject in subjects
        ]
    )


def test_an_administrator_reads_them_newest_first_with_links(client, folder):
    a_person("admin", role="administrator")
    sign_in(client, "admin")
    assert "There is none yet" in client.get("/accounts/mails/").content.decode()
    send(folder, "Erste")
    send(folder, "Zweite", "Dritte")
    page = client.get("/accounts/mails/").content.decode()
    assert page.index("Zweite") < page.index("Erste")
    name = max(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns).stem
    mail = client.get(f"/accounts/mails/{name}/").content.decode()
    assert "Zweite" in mail
    assert "Dritte" in mail
    assert "&lt;b&gt;this&lt;/b&gt;" in mail
    assert "<b>this" not in mail
    assert 'href="http://127.0.0.1/accounts/confirm-email/x/"' in mail
    assert "grüße" in mail


@pytest.mark.parametrize("role", ["", "contributor", "editor", "moderator"])
def test_nobody_else_reads_them(client, folder, role):
    a_person("ada", role=role)
    send(folder, "Geheim")
    name = next(folder.iterdir()).stem
    assert client.get(f"/accounts/mails/{name}/")["Location"].startswith("/accounts/login/")
    sign_in(client)
    for path in ("", f"{name}/", "nothing/"):
        answer = client.get(f"/accounts/mails/{path}")
        assert answer.status_code == 403
        assert "Geheim" not in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["../outside", "..%2Foutside", "%2e%2e/outside", "outside", "..", "nothing", "x" * 300]
)
def test_no_other_file_is_read(client, folder, name):
    a_person("admin", role="administrator")
    send(folder, "Erste")
    sign_in(client, "admin")
    assert client.get(f"/accounts/mails/{name}/").status_code == 404


def test_a_file_that_is_no_mail_is_shown_as_it_is_and_pages_are_bounded(client, folder):
    a_person("admin", role="administrator")
    sign_in(client, "admin")
    folder.mkdir()
    (folder / "20200101-000000-1.log").write_bytes(b"\xff\xfe\0 no headers")
    (folder / "empty.log").touch()
    for number in range(60):
        (folder / f"20210101-000000-{number:03}.log").write_text(
            f"Subject: s{number}\nTo: x@y.example\nDate: nonsense\n\ntext\n"
        )
    assert client.get("/accounts/mails/20200101-000000-1/").status_code == 200
    assert client.get("/accounts/mails/empty/").status_code == 200
    for page in ("2", "-1", "0", "99999999999", "abc"):
        assert client.get(f"/accounts/mails/?page={page}").status_code == 200
    assert client.post("/accounts/mails/").status_code == 405
