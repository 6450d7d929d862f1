"""From a form to a post: what every page with a box to write in does with a POST."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from resources.discussion.forms import AnswerForm
from resources.discussion.models import Post
from resources.discussion.reading import FIRST_POSTS
from resources.discussion.refusals import TalkRefused
from resources.discussion.words import say
from resources.history.limits import TooFast


def member(request: HttpRequest) -> User:
    """Who sends this request, in views that strangers do not get through."""
    assert isinstance(request.user, User)  # noqa: S101  # login_required or hear() stands before it
    return request.user


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it: the post, or a preview's HTML, or the answer's status when the words go back to the person."""

    post: Post | None = None
    preview: str = ""
    status: int = 200


def hear(request: HttpRequest, form: AnswerForm, act: Callable[[], Post]) -> Heard:
    """Does `act` where the form is right, or shows a preview where that button was pressed. A refusal is in the form."""
    if not request.user.is_authenticated:
        form.add_error(None, _("You are signed out. Sign in in another tab, and send this again: your words are kept."))
        return Heard(status=403)
    if not form.is_valid():
        return Heard(status=422)
    try:
        if "preview" in request.POST:
            return Heard(preview=say(form.cleaned_data["text"]).html)
        return Heard(post=act())
    except (TalkRefused, TooFast) as refusal:
        form.add_error("text", str(refusal))
        return Heard(status=refusal.status)


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the form says that it came from, if that is on this site."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target.partition("#")[0]
    return otherwise


def place_of(request: HttpRequest, post: Post) -> str:
    """The page to show a new post on: where it was written, or the thread's own where that is a long one."""
    own = post.get_absolute_url()
    fits = post.thread.posts.count() <= FIRST_POSTS
    return f"{back(request, own)}#post-{post.pk}" if fits and back(request, "") else own
