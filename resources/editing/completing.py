"""Titles of entries for those who type "[[" in a text, or the title of a guide."""

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Lower
from django.http import HttpRequest, JsonResponse
from django.utils.text import slugify

from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.naming import TYPES, WORDS, Names, name_of

MOST = 8
LONGEST = 100


@read_only
def complete(request: HttpRequest) -> JsonResponse:
    """The live entries whose title or address has ?q= in it, best first; of one kind with ?kind= or "kind:".

    `mention` is what leads to each in a text, `short` the same for the cell of a table, where a bar would end the cell.
    """
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    kind, colon, rest = words.partition(":")
    named = TYPES.get(kind.strip().lower()) if colon else TYPES.get(request.GET.get("kind", ""))
    words = rest.strip() if colon and named else words
    if not words:
        return JsonResponse({"found": []})
    address = slugify(words) or words
    entries = Entry.objects.speaking().filter(Q(title__icontains=words) | Q(slug__contains=address))
    entries = entries.filter(type=named) if named else entries
    found = list(
        entries.annotate(fits=_fits(words, address))
        .order_by("fits", Lower("title"), "pk")
        .only("title", "slug", "type")[:MOST]
    )
    names = Names()
    names.learn(name_of(one.title) for one in found if one.type == Entry.Type.WIKIPAGE)
    return JsonResponse({"found": [_row(one, names.mention_of(one)) for one in found]})


def _fits(words: str, address: str) -> Case:
    """How well an entry fits: the title begins so, a word of it, a word of the address, or it stands within a word."""
    return Case(
        When(title__istartswith=words, then=Value(0)),
        When(title__icontains=f" {words}", then=Value(1)),
        When(Q(slug__startswith=address) | Q(slug__contains=f"-{address}"), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _row(entry: Entry, mention: str) -> dict[str, str]:
    short = mention if "|" not in mention else f"[[{WORDS[entry.type]}:{entry.slug}]]"
    return {
        "title": entry.title,
        "url": entry.get_absolute_url(),
        "kind": entry.get_type_display(),
        "mention": mention,
        "short": short,
    }
