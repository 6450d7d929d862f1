"""Every table of the knowledge base, in reading order. Imported from outside; inside, packages import one another."""

from resources.discussion.models import Post, PostVersion, Thread
from resources.editing.models import Draft, Presence
from resources.entries.models import Alias, Entry, Placement, Resource, Section, Tagging
from resources.history.models import Event, Revision
from resources.moderation.models import BannedWord, Protection, Report, Trust
from resources.notices.models import MailRhythm, Notice, Watch
from resources.proposals.models import Proposal, ProposalVersion
from resources.readme.models import SourcePiece

__all__ = [
    "Alias",
    "BannedWord",
    "Draft",
    "Entry",
    "Event",
    "MailRhythm",
    "Notice",
    "Placement",
    "Post",
    "PostVersion",
    "Presence",
    "Proposal",
    "ProposalVersion",
    "Protection",
    "Report",
    "Resource",
    "Revision",
    "Section",
    "SourcePiece",
    "Tagging",
    "Thread",
    "Trust",
    "Watch",
]
