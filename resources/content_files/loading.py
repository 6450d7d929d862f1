"""A folder of content files into the database, all or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from accounts.credits import account_named
from accounts.models import User
from resources.content_files.folders import Files, read_folder, read_text
from resources.content_files.form import BadFile, ContentFile, trouble
from resources.content_files.planning import AT_ONCE, Plan, content_of, make_plan, present_of, troubles_of
from resources.entries.content import MODELS, content_fields, read_content
from resources.entries.models import Entry
from resources.entries.naming import Found
from resources.entries.rows import Checked
from resources.history.models import Revision
from resources.publishing import Change, PublishRefused, publish_many
from resources.text.render_limits import TextTooComplex, TextTooLarge
from resources.verifying.files import FILE, keep_verifications, read_releases
from resources.verifying.refusals import BadRecord

type Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Loaded:
    """What a folder did: the names of files by what became of them, and the new revisions."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    unchanged: int = 0
    revisions: int = 0
    releases: int = 0
    verifications: int = 0

    @property
    def anything(self) -> bool:
        """Whether something changed at all."""
        return bool(self.revisions or self.addresses or self.releases or self.verifications)


def load_folder(
    folder: Path, *, author: User, summary: str, dry_run: bool = False, progress: Progress | None = None
) -> Loaded:
    """Publishes the entries of a folder's files. What the folder lacks stays as it is.

    Raises BadFile with every trouble that was found, and then nothing is written.
    """
    files = read_folder(folder)
    with transaction.atomic():
        releases = _read_releases(folder / FILE)
        loaded = _Loading(files, author, summary, progress or (lambda _done, _total: None)).run()
        loaded.releases = releases
        transaction.set_rollback(dry_run)
    return loaded


def _read_releases(file: Path) -> int:
    try:
        return read_releases(read_text(file, file.name) if file.exists() else "")
    except BadRecord as error:
        raise BadFile(str(error)) from error


class _Loading:
    """One folder on its way into the database."""

    def __init__(self, files: Files, author: User, summary: str, progress: Progress) -> None:
        self.files, self.author, self.summary, self.progress = files, author, summary, progress
        self.plan: Plan = make_plan(files)
        self.people: dict[str, User] = {}
        self.loaded = Loaded()
        self.done, self.total = 0, sum(len(some) for some in files.values())
        self.expected = [
            Found(0, type_, file.slug, str(file.content["title"])) for type_, some in files.items() for file in some
        ]

    def run(self) -> Loaded:
        troubles = [words for some in self.files.values() for file in some for words in troubles_of(file)]
        if troubles:
            raise BadFile(*troubles)
        for type_, some in self.files.items():
            for batch in _in_order(some, type_, self.plan):
                for start in range(0, len(batch), AT_ONCE):
                    self.publish(batch[start : start + AT_ONCE])
        self.verify()
        return self.loaded

    def publish(self, files: list[ContentFile]) -> None:
        present = present_of(self.plan, files)
        changes = [change for file in files if (change := self.change(file, present.get(file.name))) is not None]
        try:
            revisions = publish_many(changes, author=self.author, summary=self.summary, expected=self.expected)
        except (PublishRefused, TextTooLarge, TextTooComplex) as error:
            name = next(iter(getattr(error, "__notes__", [])), "")
            raise BadFile(trouble(name or files[0].name.partition("/")[0], None, str(error))) from error
        for change, revision in zip(changes, revisions, strict=True):
            self.plan.known[revision.entry.type, str(change.content["slug"])] = revision.entry_id
        self.done += len(files)
        self.progress(self.done, self.total)

    def change(self, file: ContentFile, entry: Entry | None) -> Change | None:
        """What is to be published for a file; None where its entry is as the file says already."""
        content = content_of(file, entry, self.plan)
        aliases = self.new_aliases(file, entry)
        checked = {key: Checked(self.person(by), _day(on)) for key, (by, on) in file.beside.checks.items()}
        change = Change(
            content, entry, file.type, Revision.Act.IMPORTED,
            details={"file": file.name}, key=file.key, aliases=aliases, checked=checked,
        )  # fmt: skip
        if entry is None:
            self.loaded.new.append(file.name)
        elif content != read_content(entry) or not entry.live:
            self.loaded.changed.append(file.name)
        else:
            self.loaded.unchanged += 1
            if not aliases:
                return None
            self.loaded.addresses.append(file.name)
            return change
        self.loaded.revisions += 1
        return change

    def new_aliases(self, file: ContentFile, entry: Entry | None) -> tuple[str, ...]:
        if not file.beside.aliases or entry is None:
            return tuple(file.beside.aliases)
        known = set(entry.aliases.values_list("slug", flat=True))
        return tuple(alias for alias in file.beside.aliases if alias not in known)

    def person(self, name: str) -> User:
        """Who goes by that name here."""
        if name not in self.people:
            self.people[name] = account_named(name)
        return self.people[name]

    def verify(self) -> None:
        """Adds the verifications that files tell of, when all of their entries are live."""
        files = {(file.type, file.slug): file for some in self.files.values() for file in some if file.beside.verified}
        pks = [pk for key in files if (pk := self.plan.known[key]) is not None]
        entries = {(entry.type, entry.slug): entry for entry in Entry.objects.filter(pk__in=pks)}
        for key, file in files.items():
            try:
                self.loaded.verifications += keep_verifications({entries[key]: [*map(dict, file.beside.verified)]})
            except BadRecord as error:
                raise BadFile(file.trouble(str(error).partition(": verified: ")[2], "verified")) from error


def _day(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def _in_order(files: list[ContentFile], type_: str, plan: Plan) -> Iterable[list[ContentFile]]:
    """Files in batches, so that what one waits for was loaded before it. Raises BadFile."""
    own = [item.name for item in content_fields(MODELS[type_]) if item.pointers.get("") == type_]
    holders = {plan.slugs[pk]: file.slug for file in files if (pk := plan.entry_of(file)) in plan.slugs}
    awaited = {
        file.slug: {
            *(str(slug) for name in own if (slug := file.content.get(name))),
            # An address is free when the entry that has it now has got its new one.
            *({holders[file.slug]} - {file.slug} if file.slug in holders else ()),
        }
        for file in files
    }
    waiting = {file.slug: file for file in files}
    while waiting:
        batch = [file for file in waiting.values() if not awaited[file.slug] & waiting.keys()]
        if not batch:
            file = _in_a_ring(waiting, awaited)
            field = next((name for name in own if file.content.get(name)), "slug")
            raise BadFile(file.trouble(_RING, field))
        yield batch
        for file in batch:
            del waiting[file.slug]


_RING = "it stands under itself, leads on to itself, or swaps its address with another. Do it in two steps."


def _in_a_ring(waiting: dict[str, ContentFile], awaited: dict[str, set[str]]) -> ContentFile:
    """A file that waits for itself, not one that only waits for such a ring."""
    slug = next(iter(waiting))
    seen: set[str] = set()
    while slug not in seen:
        seen.add(slug)
        slug = min(awaited[slug] & waiting.keys())
    return waiting[slug]
