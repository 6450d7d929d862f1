"""What is publicly known of a link, as plain data for programs."""

from typing import Any

from resources.links.models import Link, Project
from resources.links.wording import sentence_of


def public_facts(link: Link) -> dict[str, Any]:
    """A link in words, numbers and moments (ISO 8601). With `select_related("host", "project")` it asks no query."""
    return {
        "id": link.pk,
        "url": link.address,
        "host": link.host.name,
        "health": str(link.health),
        "cause": link.cause,
        "status": link.status or None,
        "said": sentence_of(link),
        "final_url": link.final or None,
        "note": link.note,
        "title": link.title,
        "visited_at": link.checked_at and link.checked_at.isoformat(),
        "worked_at": link.worked_at and link.worked_at.isoformat(),
        "failing_since": link.failing_since and link.failing_since.isoformat(),
        "next_visit_at": link.due_at.isoformat(),
        "ignored": {"until": link.ignored_until.isoformat(), "reason": link.ignored_reason}
        if link.ignored and link.ignored_until
        else None,
        "project": project_facts(link.project) if link.project else None,
    }


def project_facts(project: Project) -> dict[str, Any] | None:
    """What was said of a project, by whom and when; None where nobody has said anything yet."""
    if project.told_at is None:
        return None
    return {
        "name": project.key,
        "source": project.source,
        "told_at": project.told_at.isoformat(),
        "archived": project.archived,
        "archived_at": project.archived_at and project.archived_at.isoformat(),
        "renamed_to": project.renamed_to or None,
        "last_commit_at": project.last_commit and project.last_commit.isoformat(),
        "last_release_at": project.last_release and project.last_release.isoformat(),
        "release": project.release_name or None,
    }
