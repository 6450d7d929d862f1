"""Every table of the knowledge base, in reading order. Imported from outside; inside, packages import one another."""

from resources.api.models import Receipt
from resources.discussion.models import Post, PostVersion, Thread
from resources.editing.models import Draft, Presence
from resources.entries.knowledge import CaseStudy, Claim, Comparison, WikiPage
from resources.entries.models import Alias, Entry, Placement, Resource, Section, Tagging
from resources.entries.surroundings import Neighbour, Surroundings, Unsettled
from resources.history.models import Event, Revision
from resources.links.models import Check, Host, Link, Mention, Project, Tally, Use
from resources.moderation.models import BannedWord, Protection, Report, Trust
from resources.notices.models import MailRhythm, Notice, Watch
from resources.proposals.models import Proposal, ProposalVersion
from resources.readme.models import ReadmeSync, SourcePiece
from resources.repairs.models import Repair, Trial
from resources.search.models import NearWord, SearchPage
from resources.verifying.models import RayRelease, Verification
from resources.webhooks.models import Delivery, Webhook
from resources.working.models import Chore, Worker

__all__ = [
    "Alias",
    "BannedWord",
    "CaseStudy",
    "Check",
    "Chore",
    "Claim",
    "Comparison",
    "Delivery",
    "Draft",
    "Entry",
    "Event",
    "Host",
    "Link",
    "MailRhythm",
    "Mention",
    "NearWord",
    "Neighbour",
    "Notice",
    "Placement",
    "Post",
    "PostVersion",
    "Presence",
    "Project",
    "Proposal",
    "ProposalVersion",
    "Protection",
    "RayRelease",
    "ReadmeSync",
    "Receipt",
    "Repair",
    "Report",
    "Resource",
    "Revision",
    "SearchPage",
    "Section",
    "SourcePiece",
    "Surroundings",
    "Tagging",
    "Tally",
    "Thread",
    "Trial",
    "Trust",
    "Unsettled",
    "Use",
    "Verification",
    "Watch",
    "Webhook",
    "WikiPage",
    "Worker",
]
