"""Writing an entry's own row and the addresses that it has and had. For publish() alone."""

from collections.abc import Iterable

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from resources.entries.knowledge import WikiPage
from resources.entries.models import Alias, Entry
from resources.entries.refusals import Taken


def plain_entry(entry: Entry) -> Entry:
    """The entry as a row of the base table, as the ForeignKeys of Revision and Event want it."""
    base: Entry = getattr(entry, "entry_ptr", entry)
    return base


def new_key(entry: Entry) -> str:
    """A key that no entry ever had."""
    key, number = f"{entry.type}-{entry.slug}", 2
    while Entry.objects.filter(key=key).exists():
        key, number = f"{entry.type}-{entry.slug}-{number}", number + 1
    return key


_TREE = 7_243_900_118_032
"""A number of ours among PostgreSQL's advisory locks."""


def hold_tree() -> None:
    """Lets nobody else change what stands under what, or what leads on where, until the transaction ends.

    Two such changes at the same instant could otherwise close a ring that neither sees. SQLite holds the whole database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE])


def save_columns(entry: Entry) -> None:
    """Saves the entry's columns; a twin's address is refused in words."""
    try:
        # Said of both tables, a new row is not looked for in vain before it is put in.
        entry.save(force_insert=(Entry, type(entry)) if entry._state.adding else False)
    except IntegrityError as error:
        if "slug" in str(error):
            raise Taken(
                _("Another page already has the address “%(slug)s”. Choose another one.") % {"slug": entry.slug}
            ) from error
        if "address" in str(error):
            raise Taken(
                _("This link is already listed: %(url)s. Edit the entry that has it.")
                % {"url": getattr(entry, "url", "")}
            ) from error
        raise


def keep_aliases(entry: Entry, slug: str, name: str, others: Iterable[str] = ()) -> None:
    """Addresses and names that it once had lead on; one that is in use again is an alias no more.

    `slug` and `name` are what it had until now, "" for a new entry.
    """
    if slug != entry.slug:
        Alias.objects.filter(type=entry.type, slug=entry.slug).delete()
    gone = {slug, *others}
    if isinstance(entry, WikiPage) and name != entry.name:
        gone.add(name)
    for one in sorted(gone - {"", entry.slug}):
        Alias.objects.update_or_create(type=entry.type, slug=one, defaults={"entry": plain_entry(entry)})
