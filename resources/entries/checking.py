"""What every content must be before it goes live, whichever door it comes through."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from resources.entries.content import Content, content_fields
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Resource, Section
from resources.entries.naming import title_name
from resources.entries.refusals import Invalid
from resources.entries.row_checking import row_errors
from resources.entries.slugs import RESERVED
from resources.text.addresses import BadAddress, check_address, normalise

LONGEST_TAG = 100


def check_content(entry: Entry, content: Content) -> None:
    """Raises Invalid with every field's trouble; `entry` has the content already. Uniqueness is left to the database."""
    errors: dict[str, list[str]] = {}
    if isinstance(entry, Resource):
        try:
            entry.url = check_address(entry.url)
            entry.address = normalise(entry.url)
        except BadAddress as error:
            errors["url"] = [str(error)]
    if isinstance(entry, WikiPage):
        entry.name = title_name(entry.title)
    try:
        entry.clean_fields(exclude={"url", "entry_ptr", *_uneditable(type(entry))})
    except ValidationError as error:
        errors |= error.message_dict
    if entry.slug in RESERVED:
        errors["slug"] = [_("“%(slug)s” is a page of this site. Choose another address.") % {"slug": entry.slug}]
    errors |= _place_errors(entry) | _word_errors(entry, content) | row_errors(entry, content)
    if errors:
        raise Invalid(errors)


def _word_errors(entry: Entry, content: Content) -> dict[str, list[str]]:
    """Rows that are named twice, and tags that no address could have."""
    errors = {}
    for item in content_fields(type(entry)):
        keys = [row[item.row_key] for row in content[item.name]] if item.kind == "rows" else []
        if len(set(keys)) != len(keys):
            errors[item.name] = [_("Name each one once.")]
    nameless = [tag for tag in content["tags"] if not slugify(tag, allow_unicode=True)]
    if nameless:
        errors["tags"] = [_("“%(tag)s” has no letter and no digit. Write a word.") % {"tag": nameless[0]}]
    # One sign can become several in an address.
    long = [tag for tag in content["tags"] if max(len(tag), len(slugify(tag, allow_unicode=True))) > LONGEST_TAG]
    if long:
        given = {"tag": long[0][:40], "most": LONGEST_TAG}
        errors["tags"] = [_("“%(tag)s…” is too long: a tag has %(most)s characters at most.") % given]
    return errors


def _place_errors(entry: Entry) -> dict[str, list[str]]:
    """What stands under itself, or leads on to nowhere."""
    errors = {}
    if isinstance(entry, Section | WikiPage) and _is_below_itself(entry):
        errors["parent"] = [_("A page cannot stand under itself. Choose another one.")]
    if isinstance(entry, WikiPage) and entry.parent is not None and entry.parent.redirect_id is not None:
        errors["parent"] = [
            _("“%(title)s” only leads on to another guide. Choose that one.") % {"title": entry.parent.title}
        ]
    if isinstance(entry, WikiPage) and entry.redirect_id is not None:
        errors |= _redirect_errors(entry)
    return errors


def _redirect_errors(page: WikiPage) -> dict[str, list[str]]:
    """A page leads on to one that says something itself, never in a ring, and takes along what leans on it."""
    target = WikiPage.objects.filter(pk=page.redirect_id or 0).first()
    if target is None or target.pk == page.pk or target.redirect_id is not None:
        return {"redirect": [_("Choose a guide that is there and does not itself lead on to another.")]}
    if WikiPage.objects.leaning_on(page.pk).exists():
        return {
            "redirect": [_("Other guides stand under this one or lead on to it. Move them to another guide first.")]
        }
    return {}


def check_leading(entries: Iterable[Entry]) -> None:
    """Raises Invalid where one of these leads on to a removed guide. Asked when all of an act is done: a guide and what it
    leads on to may come back together.
    """
    leading = [page.redirect_id for page in entries if isinstance(page, WikiPage) and page.live and page.redirect_id]
    if leading and WikiPage.objects.filter(pk__in=leading, removed_at__isnull=False).exists():
        raise Invalid({"redirect": [_("Choose a guide that is there: the one that this leads on to was removed.")]})


def _uneditable(model: type[Model]) -> set[str]:
    return {item.name for item in model._meta.concrete_fields if not item.editable}


def _is_below_itself(entry: Section | WikiPage) -> bool:
    """Whether the way up from an entry leads back to it: it and all below would be cut off from the tree."""
    if entry.pk is None or entry.parent_id is None:
        return False
    parents = dict(type(entry).objects.exclude(parent=None).values_list("pk", "parent"))
    seen: set[int | None] = {entry.pk}
    above: int | None = entry.parent_id
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None
