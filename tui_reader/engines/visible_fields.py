"""Tells the fields of a form that a person would see from the traps laid for programs."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What keeps an element from the eye when it stands in a style attribute: nobody writes these inline on a
# field that is meant to be filled in.
_HIDING_INLINE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip(?:-path)?\s*:|position\s*:\s*(?:absolute|fixed)"
    r"|opacity\s*:\s*0?(?:\.0+)?\s*(?:[;!]|$)|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:[;!]|$)"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\s*\d{3}|scale\(\s*0\s*\)",
    re.IGNORECASE,
)
# A stylesheet may lay out a real field with position:absolute (labels that float), so it takes more there.
_HIDING_IN_SHEET = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0?(?:\.0+)?\s*(?:[;!]|$)"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\s*\d{3}",
    re.IGNORECASE,
)
_SIMPLE_SELECTOR = re.compile(r"[a-zA-Z]*(?:[#.][\w-]+)+")
_MAX_STYLE = 2_000
_MAX_SHEET = 200_000
_MAX_SELECTORS = 500


class Eye:
    """What a person sees of one page, as far as the page itself tells without its linked stylesheets."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        sheets = "\n".join(style.text() for style in tree.css("style"))[:_MAX_SHEET]
        self._hiding = tuple(
            selector for selector, _ in zip(_hiding_selectors(sheets), range(_MAX_SELECTORS), strict=False)
        )

    def sees(self, field: LexborNode, form: LexborNode) -> bool:
        """Whether the field, and all that wraps it inside the form, is there for people.

        The form itself and what is around it does not count: many pages unfold the form on a click.
        """
        if (field.attributes.get("tabindex") or "").strip() == "-1":
            return False
        node: LexborNode | None = field
        while node is not None and node.mem_id != form.mem_id:
            if self._hides(node):
                return False
            node = node.parent
        return True

    def _hides(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if "hidden" in attributes or (attributes.get("aria-hidden") or "").strip().lower() == "true":
            return True
        if _HIDING_INLINE.search((attributes.get("style") or "")[:_MAX_STYLE]):
            return True
        if "id" not in attributes and "class" not in attributes:
            return False
        return any(node.css_matches(selector) for selector in self._hiding)


def _hiding_selectors(sheet: str) -> Iterator[str]:
    """Selectors of ids and classes alone whose rule hides; rules inside @media and the like do not count."""
    for selectors, rule in _outer_rules(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if _HIDING_IN_SHEET.search(rule[:_MAX_STYLE]):
            for selector in selectors.split(","):
                if _SIMPLE_SELECTOR.fullmatch(selector.strip()):
                    yield selector.strip()


def _outer_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Each head and body at the outermost level; an ``@media`` is one whose head is no simple selector."""
    depth, start, opened, head = 0, 0, 0, ""
    for brace in re.finditer(r"[{}]", sheet):
        if brace.group() == "{":
            if depth == 0:
                head, opened = sheet[start : brace.start()], brace.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield head, sheet[opened : brace.start()]
                start = brace.end()
