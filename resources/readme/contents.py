"""Tables of contents: recognising one that somebody wrote by hand or by a tool."""

import re
import unicodedata
from collections.abc import Container, Iterator

from markdown_it.token import Token

from resources.readme.blocks import Block, ListItem
from resources.readme.inline import Env, attribute, parse_inline, plain_text

_TITLES = frozenset(
    re.split(
        r"\s*[,\n]\s*",
        """contents, content, table of contents, table of content, tables of contents, contents table, toc
        inhalt, inhaltsverzeichnis, inhoud, inhoudsopgave, indice, indice de contenidos, contenido, contenidos
        tabla de contenido, tabla de contenidos, tabela de conteudos, conteudo, conteudos, sumario, sommaire
        table des matieres, sommario, indice dei contenuti, spis tresci, obsah, tartalom, tartalomjegyzek, cuprins
        innehall, innehallsforteckning, indhold, indholdsfortegnelse, innhold, innholdsfortegnelse, sisalto
        sisallysluettelo, icindekiler, muc luc, daftar isi, содержание, оглавление, зміст, съдържание, περιεχομενα
        目录, 目錄, 目次, 内容目录, 목차, 차례, فهرست, فهرست مطالب, المحتويات, جدول المحتويات, תוכן עניינים, สารบัญ""",
    )
)
_FEWEST_ANCHORS = 3
_ANCHOR_TAGS = ("<a ", "</a", "<br", "<b>", "</b>", "<i>", "</i>")
_LINK_TARGET = re.compile(r"https?://|www\.", re.IGNORECASE)


def is_contents_title(title: str) -> bool:
    """Whether a heading announces a table of contents, in one of many languages and with any decoration."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    words = "".join(sign if sign.isalpha() or sign.isspace() else " " for sign in letters if _counts(sign))
    return unicodedata.normalize("NFC", " ".join(words.split())) in _PLAIN_TITLES


def _counts(sign: str) -> bool:
    return not unicodedata.combining(sign)


_PLAIN_TITLES = frozenset(
    unicodedata.normalize("NFC", "".join(filter(_counts, unicodedata.normalize("NFKD", title)))) for title in _TITLES
)


def heading_extras(content: str) -> str:
    """What a contents heading holds besides its words and its links within the page: images and links elsewhere."""
    tokens = parse_inline(content)
    extras: list[str] = []
    covered = 0
    for token in tokens:
        start, end = token.meta.get("span", (0, 0))
        is_link = token.type == "link_open" and not str(token.attrs["href"]).startswith("#")
        is_image = token.type == "image" or (token.type == "html_inline" and attribute(token.content, "src"))
        if (is_link or is_image) and start >= covered:
            extras.append(content[start:end])
            covered = end
    return " ".join(extras)


def is_contents_list(block: Block, env: Env, *, announced: bool) -> bool:
    """Whether a list leads to the page's own headings; one that no heading announces must do so nearly throughout."""
    targets = [target for item in every_item(block.items) if (target := _target(item, env))]
    anchors = sum(target.startswith("#") for target in targets)
    if announced:
        return anchors > 0 and anchors * 2 >= len(targets)
    return anchors >= _FEWEST_ANCHORS and anchors * 4 >= len(targets) * 3


def is_generated(item: ListItem, env: Env, heading_words: Container[str]) -> bool:
    """Whether the item holds nothing that a table made from the headings lacks: no address elsewhere, no image, and
    beside its links within the page no words but the headings' own."""
    first = item.blocks[0] if item.blocks else None
    if first is None or first.kind != "paragraph" or first.start != item.start:
        return False
    if any(block.kind != "list" for block in item.blocks[1:]):
        return False
    text = "".join(first.inlines)
    if _LINK_TARGET.search(text):
        return False
    beside: list[Token] = []
    within = 0
    for token in parse_inline(text, env):
        if _leads_away(token):
            return False
        within += (token.type == "link_open") - (token.type == "link_close")
        if not within:
            beside.append(token)
    return all(word in heading_words or word.isdigit() for word in words_of(plain_text(beside)))


def words_of(text: str) -> list[str]:
    """The words of a plain text, for comparing."""
    return re.findall(r"\w+", text.casefold())


def _leads_away(token: Token) -> bool:
    if token.type == "link_open":
        return not str(token.attrs["href"]).startswith("#")
    return token.type == "image" or (token.type == "html_inline" and not token.content.lower().startswith(_ANCHOR_TAGS))


def every_item(items: list[ListItem]) -> Iterator[ListItem]:
    """The items and those of the lists within them, in order."""
    for item in items:
        yield item
        for block in item.blocks:
            yield from every_item(block.items)


def _target(item: ListItem, env: Env) -> str:
    for block in item.blocks[:1]:
        for text in block.inlines:
            for token in parse_inline(text, env):
                if token.type == "link_open":
                    return str(token.attrs["href"])
                if token.type == "html_inline" and (href := attribute(token.content, "href")):
                    return href
    return ""


def title_of(content: str, env: Env) -> str:
    """A heading's plain text; a heading that is nothing but images is called by their descriptions."""
    tokens = parse_inline(content, env)
    words = " ".join(plain_text(tokens, with_images=False).split())
    return words or " ".join(plain_text(tokens).split())
