"""All tables in one step, for a new site: what the seventeen migrations before made one after the other."""

from importlib import import_module

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import resources.entries.fields
import taggit.managers
from django.conf import settings
from django.db import migrations, models

from rayhub.migrating import MakeTogether
from resources.history import immutability
from resources.proposals import moves

words, titles, kept = (
    import_module(f"resources.migrations.{name}")
    for name in ("0010_search", "0015_titles_are_found", "0017_words_of_titles")
)


def install(apps, schema_editor):
    """What no model knows of."""
    immutability.install(schema_editor)
    moves.install(schema_editor)
    for one in (words, titles, kept):
        one.make(apps, schema_editor)


def uninstall(apps, schema_editor):
    kept.unmake(apps, schema_editor)
    titles.drop(apps, schema_editor)
    words.unmake(apps, schema_editor)
    moves.uninstall(schema_editor)
    immutability.uninstall(schema_editor)


class Migration(migrations.Migration):
    replaces = [
        ("resources", "0001_the_spine"),
        ("resources", "0002_history_is_kept"),
        ("resources", "0003_many_hands"),
        ("resources", "0004_how_often_mails_come"),
        ("resources", "0005_knowledge"),
        ("resources", "0006_guides_in_order"),
        ("resources", "0007_links_are_tested"),
        ("resources", "0008_readme_in_step"),
        ("resources", "0009_links_are_put_right"),
        ("resources", "0010_search"),
        ("resources", "0011_programs"),
        ("resources", "0012_projects_are_alive_or_not"),
        ("resources", "0013_who_works"),
        ("resources", "0014_search_traits"),
        ("resources", "0015_titles_are_found"),
        ("resources", "0016_what_stands_around"),
        ("resources", "0017_words_of_titles"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_tokens_and_addresses"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTogether(
            [
                migrations.CreateModel(
                    name="BannedWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=100, unique=True, verbose_name="word")),
                        ("why", models.CharField(blank=True, max_length=200, verbose_name="why")),
                    ],
                    options={
                        "verbose_name": "banned word",
                        "verbose_name_plural": "banned words",
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("resource", "Resource"),
                                    ("section", "Section"),
                                    ("wikipage", "Guide"),
                                    ("casestudy", "Case study"),
                                    ("comparison", "Comparison"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                default="", editable=False, max_length=160, unique=True, verbose_name="key"
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "slug",
                            models.SlugField(
                                help_text="The last part of the page's address: lower-case, with hyphens.",
                                max_length=120,
                                verbose_name="address",
                            ),
                        ),
                        ("html", models.TextField(default="", editable=False)),
                        ("words", models.PositiveIntegerField(default=0, editable=False)),
                        ("renderer", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("revision_number", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("removed_at", models.DateTimeField(default=None, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                    },
                ),
                migrations.CreateModel(
                    name="Host",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=260, unique=True)),
                        (
                            "at_once",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="requests at once"),
                        ),
                        ("a_second", models.FloatField(blank=True, null=True, verbose_name="requests a second")),
                        ("crawl_delay", models.FloatField(editable=False, null=True)),
                        ("robots_at", models.DateTimeField(editable=False, null=True)),
                        ("rests_until", models.DateTimeField(editable=False, null=True)),
                        ("nonsense", models.CharField(blank=True, editable=False, max_length=200)),
                        ("nonsense_at", models.DateTimeField(editable=False, null=True)),
                        ("held_by", models.CharField(blank=True, editable=False, max_length=120)),
                        ("held_until", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "host",
                        "verbose_name_plural": "hosts",
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=300, unique=True)),
                        ("source", models.CharField(blank=True, max_length=60)),
                        ("told_at", models.DateTimeField(null=True)),
                        ("archived", models.BooleanField(default=False)),
                        ("archived_at", models.DateTimeField(null=True)),
                        ("renamed_to", models.CharField(blank=True, max_length=300)),
                        ("last_commit", models.DateTimeField(null=True)),
                        ("last_release", models.DateTimeField(null=True)),
                        ("release_name", models.CharField(blank=True, max_length=100)),
                        ("asked_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "project",
                        "verbose_name_plural": "projects",
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True)),
                        ("counts", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "tally",
                        "verbose_name_plural": "tallies",
                    },
                ),
                migrations.CreateModel(
                    name="Worker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True)),
                        ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "worker",
                        "verbose_name_plural": "workers",
                    },
                ),
                migrations.CreateModel(
                    name="CaseStudy",
                    fields=[
                        (
                            "entry_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        ("organisation", models.CharField(db_index=True, max_length=120, verbose_name="organisation")),
                        (
                            "industry",
                            models.CharField(
                                choices=[
                                    ("technology", "technology"),
                                    ("transport", "transport"),
                                    ("finance", "finance"),
                                    ("media", "media"),
                                    ("retail", "retail"),
                                    ("social", "social networks"),
                                    ("games", "games"),
                                    ("software", "software"),
                                    ("research", "research"),
                                    ("industry", "manufacturing and energy"),
                                    ("health", "health"),
                                    ("other", "other"),
                                ],
                                db_index=True,
                                default="other",
                                max_length=20,
                                verbose_name="industry",
                            ),
                        ),
                        (
                            "use_case",
                            models.CharField(
                                help_text="What they do with Ray, in one line.", max_length=300, verbose_name="use case"
                            ),
                        ),
                        (
                            "libraries",
                            resources.entries.fields.WordsField(blank=True, default=list, verbose_name="Ray libraries"),
                        ),
                        (
                            "scale",
                            models.CharField(
                                blank=True,
                                help_text="How much of it there is: machines, data, requests.",
                                max_length=300,
                                verbose_name="scale",
                            ),
                        ),
                        (
                            "benefit",
                            models.CharField(
                                blank=True,
                                help_text="What they gain, in one line; figures go to the claims.",
                                max_length=300,
                                verbose_name="key benefit",
                            ),
                        ),
                        (
                            "since",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="A year.", null=True, verbose_name="uses Ray since"
                            ),
                        ),
                        ("body", resources.entries.fields.MarkdownField(blank=True, verbose_name="text")),
                        ("headings", models.JSONField(default=list, editable=False)),
                    ],
                    options={
                        "verbose_name": "case study",
                        "verbose_name_plural": "case studies",
                    },
                    bases=("resources.entry",),
                ),
                migrations.CreateModel(
                    name="Comparison",
                    fields=[
                        (
                            "entry_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, help_text="What is compared, in one sentence.", verbose_name="summary"
                            ),
                        ),
                        ("body", resources.entries.fields.MarkdownField(blank=True, verbose_name="text")),
                        (
                            "subjects",
                            resources.entries.fields.RowsField(blank=True, default=list, verbose_name="subjects"),
                        ),
                        (
                            "criteria",
                            resources.entries.fields.RowsField(blank=True, default=list, verbose_name="criteria"),
                        ),
                        ("cells", resources.entries.fields.RowsField(blank=True, default=list, verbose_name="cells")),
                        ("headings", models.JSONField(default=list, editable=False)),
                        ("cells_html", models.JSONField(default=dict, editable=False)),
                    ],
                    options={
                        "verbose_name": "comparison",
                        "verbose_name_plural": "comparisons",
                    },
                    bases=("resources.entry",),
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "entry_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        (
                            "heading",
                            models.TextField(
                                blank=True,
                                help_text="Markdown, where the heading is more than its title: badges, a link.",
                                verbose_name="heading",
                            ),
                        ),
                        (
                            "introduction",
                            resources.entries.fields.MarkdownField(blank=True, verbose_name="introduction"),
                        ),
                        ("position", models.BigIntegerField(default=0, verbose_name="position")),
                        (
                            "passages",
                            resources.entries.fields.RowsField(blank=True, default=list, verbose_name="passages"),
                        ),
                        ("passages_html", models.JSONField(default=dict, editable=False)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="resources.section",
                                verbose_name="parent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                    },
                    bases=("resources.entry",),
                ),
                migrations.CreateModel(
                    name="Surroundings",
                    fields=[
                        (
                            "guide",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="surroundings",
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        ("gathered", models.TextField()),
                        ("made_by", models.PositiveSmallIntegerField()),
                        ("gathered_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    ],
                    options={
                        "verbose_name": "surroundings",
                        "verbose_name_plural": "surroundings",
                    },
                ),
                migrations.CreateModel(
                    name="Chore",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "chore",
                        "verbose_name_plural": "chores",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="chore_has_a_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=2000, unique=True)),
                        ("address", models.CharField(max_length=2000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("untested", "not tested yet"),
                                    ("ok", "works"),
                                    ("moved", "moved"),
                                    ("failing", "failed, tested again soon"),
                                    ("broken", "broken"),
                                    ("blocked", "cannot be tested"),
                                    ("skipped", "not tested"),
                                ],
                                default="untested",
                                max_length=10,
                            ),
                        ),
                        ("cause", models.CharField(blank=True, max_length=20)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("final", models.CharField(blank=True, max_length=2000)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("fingerprint", models.CharField(blank=True, max_length=200)),
                        ("likeness", models.FloatField(null=True)),
                        ("etag", models.CharField(blank=True, max_length=300)),
                        ("modified", models.CharField(blank=True, max_length=100)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("failing_since", models.DateTimeField(null=True)),
                        ("worked_at", models.DateTimeField(null=True)),
                        ("checked_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ignored_until", models.DateTimeField(null=True)),
                        ("ignored_reason", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("unused_since", models.DateTimeField(null=True)),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="resources.host"
                            ),
                        ),
                        (
                            "ignored_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="ignored_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="links",
                                to="resources.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link",
                        "verbose_name_plural": "links",
                    },
                ),
                migrations.CreateModel(
                    name="MailRhythm",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="mail_rhythm",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("at_once", "at once"), ("daily", "once a day"), ("never", "never")],
                                default="at_once",
                                max_length=10,
                                verbose_name="What concerns you: decisions, questions, answers",
                            ),
                        ),
                        (
                            "watched",
                            models.CharField(
                                choices=[("at_once", "at once"), ("daily", "once a day"), ("never", "never")],
                                default="daily",
                                max_length=10,
                                verbose_name="Changes to what you watch",
                            ),
                        ),
                        ("watches_own", models.BooleanField(default=True, verbose_name="Watch what I write")),
                        ("digest_at", models.DateTimeField(editable=False, null=True)),
                        ("feed_version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rhythm__in", ["at_once", "daily", "never"])),
                                name="mail_rhythm_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("watched__in", ["at_once", "daily", "never"])),
                                name="mail_watched_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NearWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form", models.CharField(max_length=24)),
                        ("word", models.CharField(max_length=24)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(models.F("form"), models.F("word"), name="near_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", models.TextField(default="", editable=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("edited_at", models.DateTimeField(null=True)),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PostVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="resources.post",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("resource", "Resource"),
                                    ("section", "Section"),
                                    ("wikipage", "Guide"),
                                    ("casestudy", "Case study"),
                                    ("comparison", "Comparison"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[("create", "a new entry"), ("edit", "an edit"), ("remove", "a removal")],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("content", models.JSONField()),
                        ("base", models.PositiveIntegerField(null=True)),
                        ("summary", models.TextField(blank=True)),
                        (
                            "significance",
                            models.CharField(
                                choices=[
                                    ("typo", "typo: the meaning is the same"),
                                    ("content", "content: something is said otherwise"),
                                    ("major", "major: readers should look again"),
                                ],
                                default="content",
                                max_length=10,
                            ),
                        ),
                        ("batch", models.CharField(blank=True, db_index=True, max_length=80)),
                        ("seconds", models.PositiveIntegerField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "under review"),
                                    ("changes_requested", "changes asked for"),
                                    ("accepted", "accepted"),
                                    ("rejected", "rejected"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=20,
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("applies", "still applies"),
                                    ("merges", "merged with newer edits"),
                                    ("needs_you", "needs its author"),
                                ],
                                default="applies",
                                max_length=10,
                            ),
                        ),
                        ("tested_at", models.PositiveIntegerField(default=0)),
                        ("checks", models.JSONField(default=list)),
                        (
                            "check_state",
                            models.CharField(
                                choices=[
                                    ("passed", "checks passed"),
                                    ("warned", "checks have a doubt"),
                                    ("failed", "a check failed"),
                                ],
                                default="passed",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("waiting_since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("claimed_until", models.DateTimeField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.TextField(blank=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="resources.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("act", models.CharField(max_length=40)),
                        ("why", models.TextField(blank=True)),
                        ("details", models.JSONField(default=dict)),
                        ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events_about",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="resources.proposal",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ProposalVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        ("base", models.PositiveIntegerField(null=True)),
                        ("summary", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="resources.proposal",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RayRelease",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.CharField(
                                max_length=20,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]+\\.[0-9]+\\.[0-9]+\\Z", "Write the version as 2.60.0."
                                    )
                                ],
                                verbose_name="version",
                            ),
                        ),
                        ("released_on", models.DateField(verbose_name="released on")),
                        ("order", models.BigIntegerField(db_index=True, editable=False)),
                        ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entered_releases",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "release of Ray",
                        "verbose_name_plural": "releases of Ray",
                        "ordering": ["-order"],
                    },
                ),
                migrations.CreateModel(
                    name="ReadmeSync",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("repository", models.CharField(max_length=64)),
                        ("branch", models.CharField(max_length=200)),
                        ("commit", models.CharField(max_length=64)),
                        ("readme", models.TextField()),
                        ("revision", models.BigIntegerField()),
                        ("synced_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "README in step",
                        "verbose_name_plural": "READMEs in step",
                        "constraints": [
                            models.UniqueConstraint(models.F("repository"), models.F("branch"), name="readme_sync_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        (
                            "answer",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.JSONField()),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("created", "created"),
                                    ("edited", "edited"),
                                    ("merged", "edited, merged with another edit"),
                                    ("imported", "imported"),
                                    ("removed", "removed"),
                                    ("restored", "restored"),
                                    ("undone", "an edit undone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("summary", models.TextField(blank=True)),
                        (
                            "significance",
                            models.CharField(
                                choices=[
                                    ("typo", "typo: the meaning is the same"),
                                    ("content", "content: something is said otherwise"),
                                    ("major", "major: readers should look again"),
                                ],
                                default="content",
                                max_length=10,
                            ),
                        ),
                        ("size", models.IntegerField(default=0)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted_revisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="resources.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("spam", "spam or advertising"),
                                    ("wrong", "wrong"),
                                    ("outdated", "outdated"),
                                    ("abuse", "abuse of people"),
                                    ("copyright", "copyright"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="what is not right")),
                        ("weight", models.FloatField(default=1.0)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("upheld", "upheld"), ("dismissed", "dismissed")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.TextField(blank=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports_about",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="resources.post",
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="resources.revision",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="revision",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="resources.revision",
                    ),
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("act", models.CharField(max_length=40)),
                        ("since", models.PositiveIntegerField(null=True)),
                        ("words", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("mailed_at", models.DateTimeField(null=True)),
                        ("mailing_since", models.DateTimeField(null=True)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="resources.post",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="resources.proposal",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="resources.revision",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SearchPage",
                    fields=[
                        ("number", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=300)),
                        ("folded", models.CharField(db_index=True, max_length=300)),
                        ("summary", models.TextField(blank=True)),
                        ("facets", models.TextField()),
                        ("place", models.BigIntegerField(null=True)),
                        ("leads_to", models.BigIntegerField(db_index=True, null=True)),
                        ("changed_at", models.DateTimeField()),
                        ("made_by", models.PositiveSmallIntegerField()),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_page",
                                to="resources.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "page in the search",
                        "verbose_name_plural": "pages in the search",
                    },
                ),
                migrations.CreateModel(
                    name="Tagging",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="taggings",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(app_label)s_%(class)s_items",
                                to="taggit.tag",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="entry",
                    name="tags",
                    field=taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="resources.Tagging",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                migrations.CreateModel(
                    name="Thread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="subject")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("spoken_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="threads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="threads",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="threads",
                                to="resources.proposal",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="post",
                    name="thread",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="resources.thread"
                    ),
                ),
                migrations.CreateModel(
                    name="Trial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("https", "the same by https"), ("copy", "an archived copy")], max_length=10
                            ),
                        ),
                        ("address", models.CharField(max_length=2000)),
                        ("found", models.CharField(blank=True, max_length=2000)),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("first_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("times", models.PositiveIntegerField(default=1)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="trials", to="resources.link"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "trial",
                        "verbose_name_plural": "trials",
                    },
                ),
                migrations.CreateModel(
                    name="Trust",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="trust",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("locked", models.BooleanField(default=False)),
                        ("reason", models.TextField(blank=True)),
                        ("promoted_at", models.DateTimeField(null=True)),
                        ("falls_at", models.DateTimeField(null=True)),
                        ("appeal", models.TextField(blank=True)),
                        ("appealed_at", models.DateTimeField(null=True)),
                        (
                            "locked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Unsettled",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("published", models.BooleanField(default=False)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unsettled",
                                to="resources.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark of a change around a guide",
                        "verbose_name_plural": "marks of changes around guides",
                    },
                ),
                migrations.CreateModel(
                    name="Use",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=40)),
                        ("written", models.CharField(max_length=2000)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="link_uses",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="resources.link"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("revision_number", models.PositiveIntegerField()),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="what was tried")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="verifications",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="resources.rayrelease",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "verification",
                        "verbose_name_plural": "verifications",
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watches",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="taggit.tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "watches",
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "address",
                            models.CharField(
                                help_text="Where messages are sent by POST: http or https.",
                                max_length=2000,
                                verbose_name="address",
                            ),
                        ),
                        ("secret", models.CharField(editable=False, max_length=80)),
                        ("happenings", models.JSONField(default=list, verbose_name="what it is told")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("on", "on"),
                                    ("off", "switched off by hand"),
                                    ("failed", "switched off after too many failures"),
                                ],
                                default="on",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("failures", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "made_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="made_webhooks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "verbose_name_plural": "webhooks",
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "happening",
                            models.CharField(
                                choices=[
                                    ("published", "something went live: new, edited, removed or restored"),
                                    ("proposed", "a change was proposed, or a proposal amended"),
                                    (
                                        "decided",
                                        "a proposal was accepted, rejected, withdrawn, or sent back for changes",
                                    ),
                                    ("link_broken", "a link turned broken"),
                                    ("link_works", "a broken link works again"),
                                    ("test", "somebody pressed the test button"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("body", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting"), ("sent", "delivered"), ("given_up", "given up")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("seconds", models.FloatField(default=0)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="resources.webhook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60, verbose_name="key")),
                        ("position", models.BigIntegerField(default=0, verbose_name="position")),
                        ("statement", models.TextField(verbose_name="statement")),
                        ("figure", models.CharField(blank=True, max_length=60, verbose_name="figure")),
                        ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                        ("source", models.CharField(blank=True, max_length=2000, verbose_name="source")),
                        ("published", models.CharField(blank=True, max_length=10, verbose_name="published on")),
                        ("quote", models.TextField(blank=True, verbose_name="quotation")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unverified", "unverified"),
                                    ("verified", "verified"),
                                    ("disputed", "disputed"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checked_claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case_study",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to="resources.casestudy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "verbose_name_plural": "claims",
                        "ordering": ["position", "key"],
                    },
                ),
                migrations.CreateModel(
                    name="Protection",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="protection",
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("editors", "editors only"), ("moderators", "moderators only")], max_length=20
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("until", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Resource",
                    fields=[
                        (
                            "entry_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        (
                            "url",
                            models.URLField(
                                help_text="Where the resource is found: http or https.",
                                max_length=2000,
                                verbose_name="link",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, help_text="What it is for, in one sentence.", verbose_name="summary"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("library", "library"),
                                    ("project", "project"),
                                    ("tool", "tool"),
                                    ("integration", "integration"),
                                    ("documentation", "documentation"),
                                    ("tutorial", "tutorial"),
                                    ("article", "article"),
                                    ("paper", "paper"),
                                    ("book", "book"),
                                    ("course", "course"),
                                    ("talk", "talk"),
                                    ("video", "video"),
                                    ("community", "community"),
                                    ("dataset", "dataset"),
                                ],
                                db_index=True,
                                default="project",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "libraries",
                            resources.entries.fields.WordsField(blank=True, default=list, verbose_name="Ray libraries"),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="programming language"
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                blank=True, help_text="An SPDX name, as MIT.", max_length=60, verbose_name="licence"
                            ),
                        ),
                        (
                            "authors",
                            resources.entries.fields.WordsField(blank=True, default=list, verbose_name="authors"),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "active"), ("archived", "archived"), ("gone", "gone")],
                                db_index=True,
                                default="active",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("address", models.CharField(editable=False, max_length=2000, unique=True)),
                        (
                            "link",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="resources",
                                to="resources.link",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resource",
                        "verbose_name_plural": "resources",
                    },
                    bases=("resources.entry",),
                ),
                migrations.CreateModel(
                    name="Repair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("moved", "moved for good"),
                                    ("renamed", "repository renamed"),
                                    ("https", "https available"),
                                    ("trackers", "trackers in the address"),
                                    ("spelling", "the site's own spelling"),
                                    ("copy", "gone, with an archived copy"),
                                    ("archived", "repository archived"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("key", models.CharField(max_length=2000)),
                        ("old", models.CharField(max_length=2000)),
                        ("new", models.CharField(blank=True, max_length=2000)),
                        ("mark", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "under review"),
                                    ("accepted", "accepted"),
                                    ("rejected", "rejected"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("evidence", models.JSONField(default=list)),
                        ("left_out", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("note", models.TextField(blank=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="repairs",
                                to="resources.link",
                            ),
                        ),
                        (
                            "double",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="resources.resource",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "repair",
                        "verbose_name_plural": "repairs",
                    },
                ),
                migrations.CreateModel(
                    name="SourcePiece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("heading", "Heading"),
                                    ("introduction", "Introduction"),
                                    ("passage", "Passage"),
                                    ("item", "Item"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("key", models.CharField(blank=True, max_length=40)),
                        ("source", models.TextField()),
                        ("imported", models.JSONField()),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="source_pieces",
                                to="resources.section",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.BigIntegerField(default=0, verbose_name="position")),
                        ("depth", models.PositiveSmallIntegerField(default=0, verbose_name="depth")),
                        ("lead", models.TextField(blank=True, verbose_name="before the link")),
                        ("label", models.TextField(blank=True, verbose_name="label")),
                        ("url", models.CharField(blank=True, max_length=2000, verbose_name="spelling of the link")),
                        ("hint", models.TextField(blank=True, verbose_name="tooltip")),
                        ("summary", models.TextField(blank=True, verbose_name="summary here")),
                        ("html", models.TextField(default="", editable=False)),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placements",
                                to="resources.resource",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="resources.section",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Neighbour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="resources.entry"
                            ),
                        ),
                        (
                            "guide",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="neighbours",
                                to="resources.surroundings",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "neighbour",
                        "verbose_name_plural": "neighbours",
                    },
                ),
                migrations.CreateModel(
                    name="WikiPage",
                    fields=[
                        (
                            "entry_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="resources.entry",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, help_text="What the reader gets, in one sentence.", verbose_name="summary"
                            ),
                        ),
                        ("body", resources.entries.fields.MarkdownField(blank=True, verbose_name="text")),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Among the guides beside it: lower numbers come first.",
                                verbose_name="order",
                            ),
                        ),
                        ("name", models.CharField(db_index=True, default="", editable=False, max_length=120)),
                        ("headings", models.JSONField(default=list, editable=False)),
                        ("embeds", models.BooleanField(default=False, editable=False)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="resources.wikipage",
                                verbose_name="guide above",
                            ),
                        ),
                        (
                            "redirect",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redirected_from",
                                to="resources.wikipage",
                                verbose_name="leads on to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guide",
                        "verbose_name_plural": "guides",
                    },
                    bases=("resources.entry",),
                ),
                migrations.CreateModel(
                    name="Alias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("resource", "Resource"),
                                    ("section", "Section"),
                                    ("wikipage", "Guide"),
                                    ("casestudy", "Case study"),
                                    ("comparison", "Comparison"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("slug", models.SlugField(max_length=120)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="resources.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "aliases",
                        "constraints": [models.UniqueConstraint(models.F("type"), models.F("slug"), name="alias_slug")],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60)),
                        ("fields", models.JSONField(default=dict)),
                        ("base", models.PositiveIntegerField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "-saved_at"], name="draft_newest")],
                        "constraints": [
                            models.UniqueConstraint(models.F("person"), models.F("key"), name="draft_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Check",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("verdict", models.CharField(max_length=10)),
                        ("cause", models.CharField(max_length=20)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("final", models.CharField(blank=True, max_length=2000)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("hops", models.JSONField(default=list)),
                        ("seconds", models.FloatField(default=0)),
                        ("first_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("times", models.PositiveIntegerField(default=1)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="resources.link"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "check",
                        "verbose_name_plural": "checks",
                        "ordering": ["-last_at", "-pk"],
                        "indexes": [models.Index(fields=["link", "-last_at"], name="check_of_link")],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("resource", "Resource"),
                                    ("section", "Section"),
                                    ("wikipage", "Guide"),
                                    ("casestudy", "Case study"),
                                    ("comparison", "Comparison"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("title", models.CharField(max_length=300)),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="mentioned_by",
                                to="resources.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mention",
                        "verbose_name_plural": "mentions",
                        "indexes": [models.Index(fields=["type", "name"], name="mention_name")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("source"), models.F("type"), models.F("name"), name="mention_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="resources.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(models.F("person"), models.F("entry"), name="presence_once")
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(condition=models.Q(("unused_since", None)), fields=["due_at"], name="link_due"),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(fields=["host", "due_at"], name="link_of_host_due"),
                ),
                migrations.AddIndex(
                    model_name="link",
                    index=models.Index(fields=["state", "-checked_at"], name="link_state"),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["untested", "ok", "moved", "failing", "broken", "blocked", "skipped"])
                        ),
                        name="link_state_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["-happened_at", "-id"], name="event_newest"),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["actor", "act", "-happened_at"], name="event_of_actor"),
                ),
                migrations.AddConstraint(
                    model_name="proposalversion",
                    constraint=models.UniqueConstraint(
                        models.F("proposal"), models.F("number"), name="proposal_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="receipt",
                    constraint=models.UniqueConstraint(models.F("person"), models.F("key"), name="receipt_once"),
                ),
                migrations.AddIndex(
                    model_name="revision",
                    index=models.Index(fields=["-created_at", "-id"], name="revision_newest"),
                ),
                migrations.AddIndex(
                    model_name="revision",
                    index=models.Index(fields=["author", "-created_at"], name="revision_of_author"),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.UniqueConstraint(models.F("entry"), models.F("number"), name="revision_number"),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="revision_number_from_one"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("act__in", ["created", "edited", "merged", "imported", "removed", "restored", "undone"])
                        ),
                        name="revision_act_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("significance__in", ["typo", "content", "major"])),
                        name="revision_significance_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("accepted_by", models.F("author")), _negated=True),
                        name="revision_accepted_by_another",
                    ),
                ),
                migrations.AddIndex(
                    model_name="report",
                    index=models.Index(fields=["state", "created_at"], name="report_queue"),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry__isnull", False), ("person", None), ("post", None), ("revision", None)),
                            models.Q(("entry", None), ("person", None), ("post", None), ("revision__isnull", False)),
                            models.Q(("entry", None), ("person", None), ("post__isnull", False), ("revision", None)),
                            models.Q(("entry", None), ("person__isnull", False), ("post", None), ("revision", None)),
                            _connector="OR",
                        ),
                        name="report_on_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason__in", ["spam", "wrong", "outdated", "abuse", "copyright"])),
                        name="report_reason_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["upheld", "dismissed"]),
                            ),
                            _connector="OR",
                        ),
                        name="report_decision_is_whole",
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["state", "waiting_since"], name="proposal_queue"),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["entry", "state"], name="proposal_of_entry"),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["author", "-created_at"], name="proposal_of_author"),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["decided_by", "-decided_at"], name="proposal_decider"),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("act__in", ["create", "edit", "remove"])), name="proposal_act_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "changes_requested", "accepted", "rejected", "withdrawn"])
                        ),
                        name="proposal_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("standing__in", ["applies", "merges", "needs_you"])),
                        name="proposal_standing_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("check_state__in", ["passed", "warned", "failed"])),
                        name="proposal_check_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "create"), ("base", None)),
                            models.Q(
                                ("act__in", ["edit", "remove"]), ("base__isnull", False), ("entry__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proposal_base_of_an_edit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("author")), _negated=True),
                        name="proposal_decided_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["accepted", "rejected"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["accepted", "rejected"]), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decision_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revision__isnull", False), ("state", "accepted")),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("revision", None)),
                            _connector="OR",
                        ),
                        name="proposal_accepted_is_live",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("note", ""), ("state__in", ["rejected", "changes_requested"]), _negated=True
                        ),
                        name="proposal_refusal_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_by", None), ("claimed_until", None)),
                            models.Q(("claimed_by__isnull", False), ("claimed_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_claim_is_whole",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["person", "-created_at", "-id"], name="notice_newest"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("mailed_at", None)), fields=["person"], name="notice_unmailed"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tagging",
                    constraint=models.UniqueConstraint(
                        models.F("content_object"), models.F("tag"), name="tagging_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(fields=["-changed_at", "-id"], name="entry_changed"),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.UniqueConstraint(models.F("type"), models.F("slug"), name="entry_slug"),
                ),
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("type__in", ["resource", "section", "wikipage", "casestudy", "comparison"])
                        ),
                        name="entry_type_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="thread",
                    index=models.Index(fields=["entry", "-spoken_at"], name="thread_of_entry"),
                ),
                migrations.AddConstraint(
                    model_name="thread",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry", None), ("proposal__isnull", False)),
                            models.Q(("entry__isnull", False), ("proposal", None)),
                            _connector="OR",
                        ),
                        name="thread_on_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="thread",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="thread_resolved_by_somebody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="post",
                    index=models.Index(fields=["thread", "created_at"], name="post_in_thread"),
                ),
                migrations.AddIndex(
                    model_name="trial",
                    index=models.Index(fields=["kind", "due_at"], name="trial_due"),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.UniqueConstraint(models.F("link"), models.F("kind"), name="trial_once"),
                ),
                migrations.AddConstraint(
                    model_name="trust",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("locked", False),
                            models.Q(("locked_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="trust_lock_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="use",
                    constraint=models.UniqueConstraint(
                        models.F("link"), models.F("entry"), models.F("field"), name="use_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="verification",
                    index=models.Index(fields=["entry", "-at"], name="verification_newest"),
                ),
                migrations.AddConstraint(
                    model_name="watch",
                    constraint=models.UniqueConstraint(models.F("person"), models.F("entry"), name="watch_entry_once"),
                ),
                migrations.AddConstraint(
                    model_name="watch",
                    constraint=models.UniqueConstraint(models.F("person"), models.F("tag"), name="watch_tag_once"),
                ),
                migrations.AddConstraint(
                    model_name="watch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry", None), ("tag__isnull", False)),
                            models.Q(("entry__isnull", False), ("tag", None)),
                            _connector="OR",
                        ),
                        name="watch_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="webhook",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["on", "off", "failed"])), name="webhook_state_known"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["due_at"], name="delivery_due"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["webhook", "-created_at"], name="delivery_of_webhook"),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "sent", "given_up"])), name="delivery_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(models.F("case_study"), models.F("key"), name="claim_once"),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["unverified", "verified", "disputed"])),
                        name="claim_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="protection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("level__in", ["editors", "moderators"])), name="protection_level_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="protection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="protection_has_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resource",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "archived", "gone"])), name="resource_state_known"
                    ),
                ),
                migrations.AddIndex(
                    model_name="repair",
                    index=models.Index(fields=["state", "cause", "id"], name="repair_queue"),
                ),
                migrations.AddIndex(
                    model_name="repair",
                    index=models.Index(fields=["mark"], name="repair_mark"),
                ),
                migrations.AddIndex(
                    model_name="repair",
                    index=models.Index(fields=["state", "-decided_at"], name="repair_decided"),
                ),
                migrations.AddConstraint(
                    model_name="repair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["moved", "renamed", "https", "trackers", "spelling", "copy", "archived"])
                        ),
                        name="repair_cause_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="repair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["accepted", "rejected"]),
                            ),
                            models.Q(("decided_at__isnull", False), ("decided_by", None), ("state", "withdrawn")),
                            _connector="OR",
                        ),
                        name="repair_decision_is_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="repair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("note", ""), ("state", "rejected"), _negated=True),
                        name="repair_refusal_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="repair",
                    constraint=models.UniqueConstraint(
                        models.F("mark"), condition=models.Q(("state", "open")), name="repair_open_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sourcepiece",
                    constraint=models.UniqueConstraint(
                        models.F("section"), models.F("form"), models.F("key"), name="source_piece_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="placement",
                    index=models.Index(fields=["section", "position"], name="placement_order"),
                ),
                migrations.AddConstraint(
                    model_name="placement",
                    constraint=models.UniqueConstraint(
                        models.F("resource"), models.F("section"), name="placement_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="neighbour",
                    constraint=models.UniqueConstraint(fields=("guide", "entry"), name="neighbour_once"),
                ),
                migrations.AddIndex(
                    model_name="wikipage",
                    index=models.Index(fields=["parent", "rank", "name"], name="wikipage_order"),
                ),
            ]
        ),
        migrations.RunPython(install, uninstall),
    ]
