"""Why something cannot be said: every refusal names what to do."""


class TalkRefused(Exception):
    """Words that cannot be kept; the message says what to do, and the person gets them back. Views answer with `status`."""

    status = 422


class NotYours(TalkRefused):
    """This person may not do this here; the message says who may."""

    status = 403


class StalePost(TalkRefused):
    """The post changed since the form was opened."""
