"""Names of sites: one spelling for each, and a spelling that a reader can trust."""

import ipaddress
import re
import unicodedata

LONGEST_NAME = 253
LONGEST_LABEL = 63

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_DOTS = str.maketrans(dict.fromkeys("。．｡", "."))
_INVISIBLE = re.compile("[\u00ad\u034f\u180b-\u180e\u200b\u2060\ufe00-\ufe0f\ufeff]")
# Letters of other scripts that look like Latin ones: a label made of nothing else imitates.
_LOOKALIKES = frozenset("асԁеԍһіјӏҝԟмпорԛгѕтуԝхъьѵѡҽэ" + "αγεηικνορτυχω")
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "LATIN"})
_WRITTEN_TOGETHER = (
    _EAST_ASIAN - {"HANGUL", "BOPOMOFO"},
    _EAST_ASIAN - {"HIRAGANA", "KATAKANA", "BOPOMOFO"},
    _EAST_ASIAN - {"HIRAGANA", "KATAKANA", "HANGUL"},
)


def normalise_host(host: str) -> str:
    """The one spelling of a site's name: lower-cased ASCII (punycode), or a plain IP address (IPv6 in brackets).

    Raises ValueError for what is no name of a site. Normalising twice changes nothing.
    """
    if host.startswith("["):
        if not host.endswith("]") or "%" in host:
            raise ValueError(host)
        return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
    name = ".".join(_normalise_label(label) for label in _fold(host).removesuffix(".").split("."))
    if len(name) > LONGEST_NAME:
        raise ValueError(host)
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _normalise_ipv4(name)
    return name


def readable_host(name: str) -> str:
    """A normalised name as readers know it: `www.` gone, and letters instead of punycode where nothing imitates."""
    return ".".join(_readable_label(label) for label in without_www(name).split("."))


def without_www(name: str) -> str:
    """The name without leading `www.` labels, as long as two labels stay (`www.com` is a site of its own)."""
    while name.startswith("www.") and name.count(".") > 1:
        name = name[4:]
    return name


def _fold(text: str) -> str:
    """Compatibility forms unified, capitals lowered one by one (as a word, a final Σ would become ς)."""
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFKC", "".join(letter.lower() for letter in unicodedata.normalize("NFKC", text)))
    return text.translate(_DOTS)


def _normalise_label(label: str) -> str:
    encoded = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
    if len(encoded) > LONGEST_LABEL or not _LABEL.fullmatch(encoded):
        raise ValueError(label)
    if encoded.startswith("xn--") and not _decoded(encoded):
        raise ValueError(label)
    return encoded


def _is_name(label: str) -> bool:
    """Letters, marks, digits and hyphens only (ZWJ and ZWNJ too: some scripts need them)."""
    return all(letter in "-_\u200c\u200d" or unicodedata.category(letter)[0] in "LMN" for letter in label)


def _decoded(label: str) -> str:
    """The letters that a punycode label stands for; empty where it stands for none, or for another label's."""
    try:
        letters = label[4:].encode("ascii").decode("punycode")
        same = not letters.isascii() and _fold(letters) == letters and _is_name(letters)
        return letters if same and "xn--" + letters.encode("punycode").decode("ascii") == label else ""
    except (UnicodeError, OverflowError):
        return ""


def _normalise_ipv4(name: str) -> str:
    """Dotted decimal for every spelling that browsers take: hexadecimal, octal, fewer parts."""
    parts = [_number(part) for part in name.split(".")]
    if len(parts) > 4 or any(part > 255 for part in parts[:-1]) or parts[-1] >= 256 ** (5 - len(parts)):
        raise ValueError(name)
    value = parts[-1] + sum(part * 256 ** (3 - place) for place, part in enumerate(parts[:-1]))
    return str(ipaddress.IPv4Address(value))


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > 16:
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") else int(part)


def _readable_label(label: str) -> str:
    letters = _decoded(label) if label.startswith("xn--") else ""
    return letters if letters and not _imitates(letters) else label


def _imitates(letters: str) -> bool:
    scripts = {
        unicodedata.name(letter, "?").partition(" ")[0].partition("-")[0]
        for letter in letters
        if unicodedata.category(letter)[0] == "L"
    }
    if not scripts or any(unicodedata.category(letter) == "Cf" for letter in letters):
        return True
    if len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER):
        return True
    return all(letter in _LOOKALIKES or letter in "-0123456789" for letter in letters)


_INSIDE_NAMES = (
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "test",
    "invalid",
    "example",
    "onion",
)


def is_private_host(name: str) -> bool:
    """Whether a normalised name leads into a private network, to this machine, or nowhere: by its spelling alone."""
    try:
        return not ipaddress.ip_address(name.strip("[]")).is_global
    except ValueError:
        return "." not in name or name.rpartition(".")[2] in _INSIDE_NAMES
