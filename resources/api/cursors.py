"""Pages of a list: each begins after the last one of the page before, so that nothing is shown twice or left out while
others write. A cursor says where; it is signed, so that it says what we said.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from resources.api.refusing import Refusal

PATTERN = "^[A-Za-z0-9_-]{1,1500}$"


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted, and after it by the key."""

    column: str
    descending: bool = False
    key: str = "pk"

    @property
    def names(self) -> tuple[str, str]:
        """What order_by() takes."""
        sign = "-" if self.descending else ""
        return (f"{sign}{self.column}", f"{sign}{self.key}")


@dataclass(frozen=True, slots=True)
class Cut:
    """One page, and the cursor of the next; "" on the last."""

    items: list[Any]
    after: str = ""

    def body(self, request: HttpRequest, items: list[Any]) -> dict[str, Any]:
        """The page as plain data."""
        return {"items": items, "next": self._address(request)}

    def headers(self, request: HttpRequest) -> dict[str, str]:
        """Where the next page is, as a header says it."""
        address = self._address(request)
        return {"Link": f'<{address}>; rel="next"'} if address else {}

    def _address(self, request: HttpRequest) -> str | None:
        if not self.after:
            return None
        query = request.GET.copy()
        query["cursor"] = self.after
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def cut(found: QuerySet[Any], order: Order, *, limit: int, cursor: str | None) -> Cut:
    """The page of a queryset that the cursor names, or the first one."""
    if cursor:
        value, key = _read(cursor, order)
        word = "lt" if order.descending else "gt"
        later = Q(**{f"{order.column}__{word}": value}) | Q(**{order.column: value, f"{order.key}__{word}": key})
        # The first condition alone lets the database begin at the right place of its index.
        found = found.filter(later, **{f"{order.column}__{word}e": value})
    rows = list(found.order_by(*order.names)[: limit + 1])
    items = rows[:limit]
    return Cut(items, _write(items[-1], order) if len(rows) > limit else "")


def _write(last: Any, order: Order) -> str:
    value = getattr(last, order.column)
    said = value.isoformat() if isinstance(value, datetime) else value
    said = json.dumps([order.column, said, getattr(last, order.key)], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(_signer().sign(said).encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[Any, Any]:
    """The sort value and the key. Raises Refusal for what was no cursor of this list, sorted so."""
    try:
        said = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        column, value, key = json.loads(_signer().unsign(said))
    except (ValueError, BadSignature):
        column = None
    if column != order.column:
        raise Refusal(404, _("This cursor leads nowhere. Begin again without one."))
    return (datetime.fromisoformat(value) if column.endswith("_at") else value), key


def _signer() -> Signer:
    return Signer(salt="resources.api.cursors")
