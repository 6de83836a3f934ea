"""What a list of subscriptions says, read by another parser than ours, so that two lists can be compared."""

from xml.etree import ElementTree

OURS = "{urn:tui-reader:opml:1}"


def told(text: bytes | str) -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Every outline by the folders around it, and the head's elements; what goes without saying is added."""
    root = ElementTree.fromstring(text)
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for node in root.iter():
        # a default namespace changes nothing for those who read OPML
        if node.tag.endswith(("}head", "}body", "}outline")):
            node.tag = node.tag.partition("}")[2]
    head, body = root.find("head"), root.find("body")
    assert body is not None
    for node in [] if head is None else head:
        # a list in a default namespace has its own words in it
        name = node.tag.replace("{http://opml.example/spec2}", "")
        found.setdefault(("head", name), []).append({"text": (node.text or "").strip()})
    _walk(body, ("body",), found)
    return found


def _walk(
    node: ElementTree.Element, path: tuple[str, ...], found: dict[tuple[str, ...], list[dict[str, str]]]
) -> None:
    for outline in node:
        facts = {name: value for name, value in outline.attrib.items() if not name.startswith(OURS)}
        name = facts.get("text") or facts.get("title", "")
        if "xmlUrl" in facts:
            facts.setdefault("type", "rss")
        if "url" not in facts:
            facts = {"text": name, "title": name, **facts}
        if not facts.get("htmlUrl"):
            facts.pop("htmlUrl", None)
        if not facts.get("xmlUrl", "http").startswith("http"):
            # what runs a command is no address, and goes nowhere from here
            continue
        found.setdefault((*path, facts.get("xmlUrl", name)), []).append(facts)
        _walk(outline, (*path, name), found)
