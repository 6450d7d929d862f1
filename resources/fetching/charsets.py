"""Bytes of a page to letters, as browsers do it: byte order mark, header, then what the page says of itself."""

import codecs
import re

# Names that only mean letters: Python knows other codecs, and some of them are slow or run away on hostile bytes.
_KNOWN_NAMES = """
utf-8 utf-16 utf-16-le utf-16-be ascii cp437 cp850 cp866 cp874 cp932 cp949 cp950 cp1250 cp1251 cp1252 cp1253 cp1254
cp1255 cp1256 cp1257 cp1258 iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9
iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic tis-620 gb2312 gbk
gb18030 big5 big5hkscs euc_jp euc_kr shift_jis iso2022_jp
"""
_KNOWN = frozenset(_KNOWN_NAMES.split())
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# As browsers read them.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_IN_HEADER = re.compile(
    r"charset\s*=\s*[\"']?([\w.:-]{2,40})",
    re.IGNORECASE,
)
_IN_PAGE = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,80}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_PAGE_SAYS_WITHIN = 4_096


def decode(body: bytes, content_type: str) -> str:
    """The letters of a body; never raises, and marks what cannot be read."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    name = _declared(body, content_type)
    if name:
        return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A body that was cut off in the middle of a letter is UTF-8 all the same.
        whole = error.start >= len(body) - 3
        return body.decode("utf-8" if whole else "cp1252", "replace")


def _declared(body: bytes, content_type: str) -> str:
    header = _IN_HEADER.search(content_type)
    name = _known(header[1]) if header else ""
    if name:
        return name
    page = _IN_PAGE.search(body[:_PAGE_SAYS_WITHIN])
    name = _known((page[1] or page[2]).decode("ascii", "replace")) if page else ""
    # Whoever could read the tag did not need two bytes for a letter.
    return "utf-8" if name.startswith("utf-16") else name


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found) if found in _KNOWN else ""
