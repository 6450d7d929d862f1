"""Every public path, in visitor's order."""

from django.urls import URLPattern, include, path, register_converter
from django.views.decorators.cache import never_cache

from rayhub.methods import read_only
from resources.api.views import documentation
from resources.cards.views import card, site_card
from resources.content_files.views import revision_source
from resources.discussion import post_views as posts
from resources.discussion import views as discussion
from resources.editing import draft_views as drafts
from resources.editing import reshaping_views as reshaping
from resources.editing import views as editing
from resources.editing.amending import amend_proposal
from resources.editing.claim_views import claim
from resources.editing.completing import complete
from resources.editing.conflict_views import conflict
from resources.editing.presence import presence
from resources.editing.removing import remove, restore
from resources.editing.rewriting_views import rewrite
from resources.entries import views as entries
from resources.entries.case_study_views import (
    case_studies_csv,
    case_studies_markdown,
    case_study,
    case_study_list,
    claim_list,
)
from resources.entries.comparison_views import comparison, comparison_csv, comparison_list, comparison_markdown
from resources.entries.guide_views import guide_list
from resources.entries.models import ADDRESSES
from resources.feeds.changes import ChangesFeed, PersonFeed, TagFeed, entry_feed, section_feed
from resources.feeds.forms import FORMS, TwoFormFeed
from resources.feeds.news import BrokenLinksFeed, NewResourcesFeed
from resources.feeds.notices import NoticesFeed
from resources.feeds.sitemaps import sitemap, sitemap_part
from resources.history import views as history
from resources.history.freshness import kept
from resources.home import views as home
from resources.links import act_views as acting
from resources.links import health_views as health
from resources.links import views as links
from resources.llms.views import llms, llms_full, or_markdown, source_or_reading
from resources.mcp.views import mcp
from resources.moderation import deciding_views as deciding
from resources.moderation import order_views as order
from resources.moderation import people_views as people
from resources.moderation import report_views as reporting
from resources.moderation import taking_back_views as back
from resources.moderation import views as moderation
from resources.moderation.log_views import log
from resources.notices import views as notices
from resources.reading.guide_page import guide
from resources.readme.views import readme
from resources.repairs import views as repairs
from resources.search import views as search
from resources.verifying import views as verifying
from resources.webhooks import views as hooks


class Range:
    """Two revision numbers, as 3..5."""

    regex = r"[1-9][0-9]{0,8}\.\.[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> tuple[int, int]:
        first, second = value.split("..")
        return int(first), int(second)

    def to_url(self, value: tuple[int, int]) -> str:
        return f"{value[0]}..{value[1]}"


register_converter(Range, "range")


def around(type_: str, prefix: str) -> list[URLPattern]:
    """The pages that every entry of a kind has beside its own."""
    given = {"type": type_}
    return [
        path(f"{prefix}/<slug:slug>.md", source_or_reading, given, name=f"{type_}_source"),
        path(f"{prefix}/<slug:slug>/edit/", editing.edit, given, name=f"{type_}_edit"),
        path(f"{prefix}/<slug:slug>/edit/conflict/", conflict, given, name=f"{type_}_conflict"),
        path(f"{prefix}/<slug:slug>/edit/presence/", presence, given, name=f"{type_}_presence"),
        path(f"{prefix}/<slug:slug>/remove/", remove, given, name=f"{type_}_remove"),
        path(f"{prefix}/<slug:slug>/restore/<int:number>/", restore, given, name=f"{type_}_restore"),
        path(f"{prefix}/<slug:slug>/history/", history.history, given, name=f"{type_}_history"),
        path(f"{prefix}/<slug:slug>/history.atom", entry_feed, given, name=f"{type_}_feed"),
        path(f"{prefix}/<slug:slug>/history.json", entry_feed, given | {"form": "json"}, name=f"{type_}_feed_json"),
        path(f"{prefix}/<slug:slug>/history/rollback/", back.roll_back_entry, given, name=f"{type_}_rollback"),
        path(f"{prefix}/<slug:slug>/history/<int:number>/undo/", back.undo_revision, given, name=f"{type_}_undo"),
        path(f"{prefix}/<slug:slug>/protect/", order.protect_entry, given, name=f"{type_}_protect"),
        path(f"{prefix}/<slug:slug>/unprotect/", order.unprotect_entry, given, name=f"{type_}_unprotect"),
        path(f"{prefix}/<slug:slug>/history/<int:number>/", history.revision, given, name=f"{type_}_revision"),
        path(f"{prefix}/<slug:slug>/history/<int:number>.md", revision_source, given, name=f"{type_}_revision_source"),
        path(f"{prefix}/<slug:slug>/history/<range:pair>/", history.comparison, given, name=f"{type_}_comparison"),
        path(f"{prefix}/<slug:slug>/watch/", notices.watch_entry, given, name=f"{type_}_watch"),
        path(f"{prefix}/<slug:slug>/talk/", discussion.entry_talk, given, name=f"{type_}_talk"),
        path(f"{prefix}/<slug:slug>/backlinks/", links.backlinks, given, name=f"{type_}_backlinks"),
        path(f"{prefix}/<slug:slug>/links/", health.entry_links, given, name=f"{type_}_links"),
        path(f"{prefix}/<slug:slug>/rewrite/", rewrite, given, name=f"{type_}_rewrite"),
    ]


def feed(address: str, made: type[TwoFormFeed], name: str) -> list[URLPattern]:
    """A feed in each of its forms: as Atom by its name, as JSON Feed by its name and "_json"."""
    endings = {form: "" if form == "atom" else f"_{form}" for form in FORMS}
    return [
        path(f"{address}.{form}", read_only(made(form)), name=f"{name}{ending}") for form, ending in endings.items()
    ]


def tried(type_: str, prefix: str) -> list[URLPattern]:
    """The pages of what can be tried with a release."""
    given = {"type": type_}
    return [
        path(f"{prefix}/<slug:slug>/verify/", verifying.verifications, given, name=f"{type_}_verify"),
        path(f"{prefix}/<slug:slug>/verify/<int:pk>/take-back/", verifying.unverify, given, name=f"{type_}_unverify"),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("resources/", entries.resource_list, name="resource_list"),
    *feed("resources/new", NewResourcesFeed, "new_resources_feed"),
    path("resources/new/", editing.new, {"type": "resource"}, name="resource_new"),
    path("resources/<slug:slug>/", or_markdown(entries.resource), {"type": "resource"}, name="resource"),
    *around("resource", "resources"),
    path("sections/new/", editing.new, {"type": "section"}, name="section_new"),
    path("sections/<slug:slug>/", or_markdown(entries.section), {"type": "section"}, name="section"),
    path("sections/<slug:slug>/changes.atom", section_feed, {"type": "section"}, name="section_changes"),
    path("sections/<slug:slug>/changes.json", section_feed, {"type": "section", "form": "json"}, name="section_json"),
    *around("section", "sections"),
    path("wiki/", guide_list, {"keep": kept}, name="wikipage_list"),
    path("wiki/new/", editing.new, {"type": "wikipage"}, name="wikipage_new"),
    path("wiki/look-again/", verifying.look_again, name="look_again"),
    path("wiki/wanted/", links.wanted, name="wanted"),
    path("wiki/orphans/", links.orphan_list, name="orphans"),
    path("wiki/dead-ends/", links.dead_end_list, name="dead_ends"),
    path("wiki/<slug:slug>/", or_markdown(guide), {"type": "wikipage"}, name="wikipage"),
    path("wiki/<str:slug>/", or_markdown(guide), {"type": "wikipage"}, name="wikipage_named"),
    *around("wikipage", "wiki"),
    *tried("wikipage", "wiki"),
    path("wiki/<slug:slug>/redirect/", reshaping.redirect_page, {"type": "wikipage"}, name="wikipage_redirect"),
    path("wiki/<slug:slug>/merge/", reshaping.merge_page, {"type": "wikipage"}, name="wikipage_merge"),
    path("case-studies/", case_study_list, name="casestudy_list"),
    path("case-studies/new/", editing.new, {"type": "casestudy"}, name="casestudy_new"),
    path("case-studies/claims/", claim_list, name="claim_list"),
    path("case-studies.csv", case_studies_csv, name="casestudy_csv"),
    path("case-studies.md", case_studies_markdown, name="casestudy_markdown"),
    path("case-studies/<slug:slug>/claims/<slug:key>/", claim, {"type": "casestudy"}, name="claim"),
    path("case-studies/<slug:slug>/", or_markdown(case_study), {"type": "casestudy"}, name="casestudy"),
    *around("casestudy", "case-studies"),
    path("compare/", comparison_list, name="comparison_list"),
    path("compare/new/", editing.new, {"type": "comparison"}, name="comparison_new"),
    path("compare/<slug:slug>/", or_markdown(comparison), {"type": "comparison"}, name="comparison"),
    path("compare/<slug:slug>/table.csv", comparison_csv, {"type": "comparison"}, name="comparison_csv"),
    path("compare/<slug:slug>/table.md", comparison_markdown, {"type": "comparison"}, name="comparison_markdown"),
    *around("comparison", "compare"),
    *tried("comparison", "compare"),
    path("links/", health.link_list, name="link_list"),
    *feed("links/broken", BrokenLinksFeed, "broken_links_feed"),
    path("links.csv", health.links_csv, name="links_csv"),
    path("links/about/", health.about, name="links_about"),
    path("links/repairs/", repairs.repair_list, name="repair_list"),
    path("links/repairs/accept/", repairs.accept_many, name="accept_repairs"),
    path("links/repairs/<int:pk>/", repairs.repair_page, name="repair"),
    path("links/repairs/<int:pk>/accept/", repairs.accepting, name="accept_repair"),
    path("links/repairs/<int:pk>/reject/", repairs.rejecting, name="reject_repair"),
    path("links/repairs/<int:pk>/undo/", repairs.undoing, name="undo_repair"),
    path("links/<int:pk>/", health.link_page, name="link"),
    path("links/<int:pk>/test/", acting.retest_link, name="retest_link"),
    path("links/<int:pk>/ignore/", acting.ignore_link, name="ignore_link"),
    path("links/<int:pk>/unignore/", acting.unignore_link, name="unignore_link"),
    path("links/<int:pk>/right-page/", acting.accept_link_page, name="accept_link_page"),
    path("add/", editing.add, name="add"),
    path("complete/", complete, name="complete"),
    path("preview/", editing.preview, name="preview"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/save/", drafts.save, name="draft_save"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("releases/", verifying.releases, name="releases"),
    path("search/", search.results, name="search"),
    path("search/jump/", search.jump, name="jump"),
    path("opensearch.xml", search.description, name="opensearch"),
    path("tags/", entries.tag_list, name="tag_list"),
    path("tags/<str:slug>/", entries.tag, {"keep": kept}, name="tag"),
    *feed("tags/<str:slug>/changes", TagFeed, "tag_changes_feed"),
    path("tags/<str:slug>/watch/", notices.watch_tag, name="tag_watch"),
    path("changes/", history.changes, name="changes"),
    *feed("changes", ChangesFeed, "changes_feed"),
    path("people/", history.people, name="people"),
    path("people/<str:name>/", people.person, name="person"),
    *feed("people/<str:name>/changes", PersonFeed, "person_feed"),
    path("people/<str:name>/trust/", people.trust, name="trust"),
    path("people/<str:name>/block/", order.block_person, name="block"),
    path("people/<str:name>/unblock/", order.unblock_person, name="unblock"),
    path("people/<str:name>/clean-up/", back.clean_up_after, name="clean_up"),
    path("report/", reporting.report_something, name="report"),
    path("reports/", reporting.reports, name="reports"),
    path("reports/decide/", reporting.decide_reports, name="decide_reports"),
    path("log/", log, name="log"),
    path("review/", moderation.review, name="review"),
    path("review/batch/", deciding.deciding_batch, name="review_batch"),
    path("proposals/", moderation.own_proposals, name="proposals"),
    path("proposals/<int:pk>/", moderation.proposal, name="proposal"),
    path("proposals/<int:pk>/accept/", deciding.accepting, name="accept_proposal"),
    path("proposals/<int:pk>/changes/", deciding.asking, name="ask_for_changes"),
    path("proposals/<int:pk>/reject/", deciding.rejecting, name="reject_proposal"),
    path("proposals/<int:pk>/undo/", deciding.undoing, name="undo_decision"),
    path("proposals/<int:pk>/reopen/", deciding.reopening, name="reopen_proposal"),
    path("proposals/<int:pk>/withdraw/", deciding.withdrawing, name="withdraw_proposal"),
    path("proposals/<int:pk>/claim/", deciding.claiming, name="claim_proposal"),
    path("proposals/<int:pk>/release/", deciding.releasing, name="release_proposal"),
    path("proposals/<int:pk>/amend/", amend_proposal, name="amend_proposal"),
    path("proposals/<int:pk>/checks/", deciding.rechecking, name="recheck_proposal"),
    path("proposals/<int:pk>/repair/", deciding.repairing, name="repair_proposal"),
    path("proposals/<int:pk>/talk/", discussion.proposal_talk, name="proposal_talk"),
    path("talk/<int:pk>/", discussion.thread, name="thread"),
    path("talk/<int:pk>/resolve/", discussion.settle, {"act": "resolve"}, name="resolve_thread"),
    path("talk/<int:pk>/reopen/", discussion.settle, {"act": "reopen"}, name="reopen_thread"),
    path("talk/posts/<int:pk>/edit/", posts.edit, name="edit_post"),
    path("talk/posts/<int:pk>/delete/", posts.delete, name="delete_post"),
    path("talk/posts/<int:pk>/restore/", posts.restore, name="restore_post"),
    path("talk/posts/<int:pk>/versions/", posts.versions, name="post_versions"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="read_notices"),
    path("notices/watching/", notices.watching, name="watching"),
    path("notices/settings/", notices.notice_settings, name="notice_settings"),
    path("notices/settings/feed/", notices.new_feed, name="new_feed"),
    path("notices/unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("notices.atom", never_cache(read_only(NoticesFeed())), name="notices_feed"),
    path("webhooks/", hooks.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", hooks.webhook, name="webhook"),
    *(
        path(f"webhooks/<int:pk>/{act}/", hooks.webhook_act, {"act": act}, name=f"webhook_{act}")
        for act in hooks.BUTTONS
    ),
    path("api/", documentation, name="api_documentation"),
    path("api/v1/", include("resources.api.urls")),
    path("mcp", mcp, name="mcp"),
    path("README.md", readme, name="readme"),
    *(path(f"cards/{type_}/<slug:slug>.png", card, {"type": type_}, name=f"{type_}_card") for type_ in ADDRESSES),
    path("cards/site.png", site_card, name="site_card"),
    path("llms.txt", llms, name="llms"),
    path("llms-full.txt", llms_full, name="llms_full"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_part, name="sitemap_part"),
    path("robots.txt", home.robots, name="robots"),
]
