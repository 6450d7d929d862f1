"""What every content must be before it goes live, whichever door it comes through."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from resources.entries.content import Content, content_fields
from resources.entries.models import Entry, Resource, Section
from resources.entries.refusals import Invalid
from resources.entries.slugs import RESERVED
from resources.text.addresses import BadAddress, check_address, normalise


def check_content(entry: Entry, content: Content) -> None:
    """Raises Invalid with every field's trouble; `entry` has the content already. Uniqueness is left to the database."""
    errors: dict[str, list[str]] = {}
    if isinstance(entry, Resource):
        try:
            entry.url = check_address(entry.url)
            entry.address = normalise(entry.url)
        except BadAddress as error:
            errors["url"] = [str(error)]
    try:
        entry.clean_fields(exclude={"url", "entry_ptr", *_uneditable(type(entry))})
    except ValidationError as error:
        errors |= error.message_dict
    if entry.slug in RESERVED:
        errors["slug"] = [_("“%(slug)s” is a page of this site. Choose another address.") % {"slug": entry.slug}]
    for item in content_fields(type(entry)):
        keys = [row[item.row_key] for row in content[item.name]] if item.kind == "rows" else []
        if len(set(keys)) != len(keys):
            errors[item.name] = [_("Name each one once.")]
    nameless = [tag for tag in content["tags"] if not slugify(tag, allow_unicode=True)]
    if nameless:
        errors["tags"] = [_("“%(tag)s” has no letter and no digit. Write a word.") % {"tag": nameless[0]}]
    if isinstance(entry, Section) and _is_below_itself(entry):
        errors["parent"] = [_("A section cannot stand under itself. Choose another one.")]
    if errors:
        raise Invalid(errors)


def _uneditable(model: type[Model]) -> set[str]:
    return {item.name for item in model._meta.concrete_fields if not item.editable}


def _is_below_itself(section: Section) -> bool:
    """Whether the way up from a section leads back to it: it and all below would be cut off from the list."""
    if section.pk is None or section.parent_id is None:
        return False
    parents = dict(Section.objects.values_list("pk", "parent"))
    seen: set[int | None] = {section.pk}
    above: int | None = section.parent_id
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None
