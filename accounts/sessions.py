"""Where a person is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User


def live_sessions(user: User) -> list[UserSession]:
    """The sessions that still work, the latest first. (The notes of others are cleared away at the next sign-in.)"""
    noted = list(UserSession.objects.filter(user=user).order_by("-created_at", "-pk"))
    kept = Session.objects.filter(session_key__in=[each.session_key for each in noted], expire_date__gt=timezone.now())
    sign = user.get_session_auth_hash()
    working = {
        each.session_key for each in kept if constant_time_compare(each.get_decoded().get(HASH_SESSION_KEY, ""), sign)
    }
    return [each for each in noted if each.session_key in working]
