"""Which methods a view answers to."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """A view for GET and HEAD alone: any other method is answered with 405, whether or not it brings a form's token."""
    answer: Callable[P, R] = csrf_exempt(require_safe(view))
    return answer
