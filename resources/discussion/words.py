"""What somebody says, made ready for the page: Markdown, and the people it names."""

from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from resources.discussion.refusals import TalkRefused
from resources.entries.rendering import render_text
from resources.text.anchoring import visible_text
from resources.text.cleaning import clean_source
from resources.text.people import link_people, people_named
from resources.text.render_limits import TextTooComplex, TextTooLarge

LONGEST = 20_000
"""Characters of one post."""

MOST_NAMED = 10
"""So many people hear that one post names them."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they are kept and shown: their source, their HTML, what a reader sees of it, and who is named."""

    text: str
    html: str
    plain: str
    people: tuple[User, ...]


def say(text: str) -> Said:
    """Renders the words and finds whom they name. Raises TalkRefused where they are too long or too complex."""
    text = clean_source(text)
    if len(text) > LONGEST:
        raise TalkRefused(
            _("This is %(over)s characters too long. Shorten it, or say it in two posts.")
            % {"over": len(text) - LONGEST}
        )
    try:
        html = render_text(text).html
    except (TextTooLarge, TextTooComplex) as error:
        raise TalkRefused(str(error)) from error
    names = people_named(html)[: 5 * MOST_NAMED]
    found = User.objects.annotate(any_case=Lower("name")).filter(any_case__in=names, is_active=True) if names else []
    by_name = {person.name.lower(): person for person in found}
    people = tuple(by_name[name] for name in names if name in by_name)[:MOST_NAMED]
    links = {person.name.lower(): person.get_absolute_url() for person in people}
    return Said(text, link_people(html, links), " ".join(visible_text(html).split()), people)
