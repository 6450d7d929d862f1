"""Which names people may take: no name that looks like another's, or like one of the house."""

import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.credits import RESERVED
from accounts.models import User
from accounts.roles import Role

FORMER = "former-"
"""How the names of those who left begin."""

RENAMED: list[Callable[[User], None]] = []
"""What other packages do when somebody is called otherwise, in the same transaction. Each adds its own when the site starts."""

TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})
"""Scripts that are written together and beside others, and imitate none of them."""

LOOKALIKES = str.maketrans(
    "авеікмнорсѕтухјԁԛԝһӏьαβεικνορτυχγω",
    "abeikmhopcstyxjdqwhlbabeikvoptuxyw",
)
"""Small letters of Cyrillic and Greek that are drawn as Latin ones."""


def tell_renamed(person: User) -> None:
    """Tells those who keep names. Inside the transaction that changes this one."""
    for hear in RENAMED:
        hear(person)


def clean_name(name: str) -> str:
    """The name as it is kept: NFKC, in small letters. ValidationError where nobody may have it."""
    name = unicodedata.normalize("NFKC", name.strip()).lower()
    for validator in User._meta.get_field("name").validators:
        validator(name)
    if any(letter.isdecimal() and not letter.isascii() for letter in name):
        raise ValidationError(_("Write digits as 0 to 9."))
    if len(_scripts(name) - TOGETHER) > 1:
        raise ValidationError(_("Letters of several alphabets in one name look like another's name. Use one alphabet."))
    drawn = name.translate(LOOKALIKES)
    if {_plain(name), _plain(drawn)} & RESERVED or drawn.startswith(FORMER):
        raise ValidationError(_("This name is kept for the site itself. Choose another."))
    if drawn != name and drawn.isascii() and is_taken(drawn):
        raise ValidationError(_("This name looks like another's. Choose one that cannot be mistaken."))
    return name


def is_taken(name: str) -> bool:
    """Whether somebody has the name, whatever its case."""
    return User.objects.filter(Q(name__iexact=name) | Q(name=name.lower()) | Q(name=name.upper())).exists()


def imitates(shown: str, own: User) -> bool:
    """Whether a name to be shown is the one that another signs in with, a moderator's, or one of the house."""
    folded = unicodedata.normalize("NFKC", shown).lower()
    drawn = {_plain(folded), _plain(folded.translate(LOOKALIKES))}
    if drawn & RESERVED or folded.startswith(FORMER):
        return True
    keepers = Q(groups__name__in=[Role.MODERATOR, Role.ADMINISTRATOR], display_name__iexact=shown)
    others = User.objects.exclude(pk=own.pk)
    return others.filter(Q(name__in={*drawn, folded.translate(LOOKALIKES)} - {""}) | keepers).exists()


def _scripts(name: str) -> set[str]:
    """The alphabets that the letters come from, by the first word of each letter's Unicode name."""
    return {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in name if letter.isalpha()}


def _plain(name: str) -> str:
    """Without the signs between and around the words, so that "_admin_" is "admin"."""
    return re.sub(r"[\W_]", "", name)
