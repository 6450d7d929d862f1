"""Mails that no server took: files in RAYHUB_DATA/mail, which administrators read in the site."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

BETWEEN = re.compile(rb"^-{79}$", re.MULTILINE)
"""What Django's backend writes after every message."""

LARGEST = 1_000_000
"""Bytes of a file that are read."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message: the headers that matter and the text."""

    subject: str
    to: str
    sent: datetime | None
    text: str


def kept_mails() -> list[str]:
    """The names of the files, what was written last first."""
    folder: Path | None = settings.MAIL_FOLDER
    if folder is None or not folder.is_dir():
        return []
    files = (file for file in folder.iterdir() if file.suffix == ".log" and file.is_file())
    return [file.stem for file in sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)]


def read_mail(name: str) -> list[Mail] | None:
    """The messages in one file; None where there is no such file. Only names that kept_mails() gives are looked up."""
    if settings.MAIL_FOLDER is None or name not in kept_mails():
        return None
    with (settings.MAIL_FOLDER / f"{name}.log").open("rb") as file:
        data = file.read(LARGEST)
    return [_mail(part.strip() + b"\n") for part in BETWEEN.split(data) if part.strip()]


def _mail(data: bytes) -> Mail:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  # that is what the policy makes
    body = message.get_body(("plain",))
    date = message["date"]
    return Mail(
        subject=str(message["subject"] or ""),
        to=str(message["to"] or ""),
        sent=date.datetime if date is not None else None,
        text=str(body.get_content()) if body is not None else "",
    )
