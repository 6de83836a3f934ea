"""The main text of a web page, without what stands around it; slow, so done in a process of its own."""

import re
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from tui_reader.errors import ExtractionError
from tui_reader.language import _

_SPACE = re.compile(r"\s+")
_TEXTS = ("p", "li", "h2", "h3", "h4", "blockquote", "pre", "td", "figcaption")
_MORE = 1.35
"""How much longer the page's own element may be than what was found in it: the rest is not the text."""
_LEAST = 24
"""Characters from which a paragraph is no other's by chance."""
MAX_DEPTH = 400
"""Elements within elements; the parsers of trees recurse."""


def main_text(body: bytes, url: str) -> bytes:
    """The page's main text as HTML in UTF-8, its addresses absolute.

    Args:
        body: The page in UTF-8.
        url: Where it came from.

    Raises:
        ExtractionError: it has none that could be told from the rest.
    """
    page = _parsed(body, url)
    if page is None or _depth(page) > MAX_DEPTH:
        raise ExtractionError(_("the page cannot be read"))
    found = trafilatura.extract(
        _parsed(body, url),
        url=url,
        output_format="html",
        include_formatting=True,
        include_links=True,
        include_images=True,
        include_tables=True,
        include_comments=False,
        favor_recall=True,
    )
    if not found:
        raise ExtractionError(_("the page has no main text that can be told from the rest"))
    extracted = lxml.html.document_fromstring(found)
    # the page's own element keeps what the extraction loses: captions, the language of code
    element = _holder(page, extracted)
    chosen = _tidy(extracted) if element is None else element
    written: bytes = etree.tostring(chosen, encoding="utf-8", method="html", with_tail=False)
    return written


def _parsed(body: bytes, url: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    tree.make_links_absolute(url, resolve_base_href=True, handle_failures="discard")
    return tree


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _holder(page: Any, extracted: Any) -> Any:
    """The smallest element of the page that holds what was extracted and little more; None when none does."""
    wanted = {words for one in extracted.iter(*_TEXTS) if len(words := _words(one)) >= _LEAST}
    inside = [one for one in page.iter(*_TEXTS) if _words(one) in wanted]
    if not inside or len({_words(one) for one in inside}) < len(wanted) * 0.7:
        return None
    holder = inside[0].getparent()
    for one in inside[1:]:
        above = {id(element) for element in one.iterancestors()}
        while holder is not None and id(holder) not in above:
            holder = holder.getparent()
    if holder is None or holder.tag in {"html", "body"}:
        return None
    for unwanted in list(holder.iter("script", "style", "nav", "form", "aside", "noscript")):
        unwanted.drop_tree()
    return holder if len(_words(holder)) <= len(_words(extracted)) * _MORE + 200 else None


def _words(element: Any) -> str:
    return _SPACE.sub(" ", element.text_content()).strip()


def _tidy(extracted: Any) -> Any:
    """With ``<code>`` where it was written ``<pre>`` for a few words in a line."""
    for inner in list(extracted.iter("pre")):
        above = inner.getparent()
        if above is not None and above.tag == "pre":
            inner.drop_tag()
        elif (
            above is not None
            and above.tag in {"p", "li", "td", "blockquote", "a"}
            and "\n" not in (inner.text or "")
        ):
            inner.tag = "code"
    return extracted.find("body") if extracted.find("body") is not None else extracted
