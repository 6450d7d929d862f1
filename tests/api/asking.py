"""How tests ask the API: as a stranger, and with a person's token."""

import json
from typing import Any

from django.test import Client

from accounts.models import User
from accounts.tokens import make_token

ROOT = "/api/v1"


def a_secret(person: User, *scopes: str) -> str:
    """A token of this person with these scopes."""
    _token, secret = make_token(person, name="script", scopes=scopes or ("read", "propose", "publish"), days=30)
    return secret


def ask(path: str, *, method: str = "GET", secret: str = "", body: Any = None, **headers: str) -> Any:
    """What an address below /api/v1 answers."""
    given = {"Authorization": f"Bearer {secret}"} if secret else {}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = "" if body is None else body
    kind = given.pop("Content-Type", "application/json")
    if method in {"GET", "HEAD"}:
        return Client(SERVER_NAME="127.0.0.1").generic(method, f"{ROOT}{path}", headers=given)
    return Client(SERVER_NAME="127.0.0.1").generic(
        method, f"{ROOT}{path}", _written(data), content_type=kind, headers=given
    )


def _written(data: Any) -> Any:
    return data if isinstance(data, str | bytes) else json.dumps(data)


def said(answer: Any, status: int = 200) -> Any:
    """The JSON of an answer with this status; an error is a problem."""
    assert answer.status_code == status, (answer.status_code, answer.content[:2000])
    found = answer.json()
    if status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert found["status"] == status
        assert found["title"]
        assert found["detail"]
    else:
        assert answer.headers["Content-Type"] == "application/json"
    return found
