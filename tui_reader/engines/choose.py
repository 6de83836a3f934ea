"""Which comment system serves a post."""

from collections.abc import Iterable

from tui_reader.domain.conversation import Place
from tui_reader.engines.base import Engine
from tui_reader.engines.no_comments import NoComments


def choose(place: Place, engines: Iterable[Engine]) -> Engine:
    """The first engine that recognises the post, by what is stored and with no request.

    Engines come with the most particular first: the one for any comment feed last. Where none
    recognises it and nothing at all is known of what made the blog, WordPress looks at the page, being
    the likeliest by far; else :class:`NoComments` says that there is nothing to read.
    """
    engines = tuple(engines)
    found = next((engine for engine in engines if engine.recognises(place)), None)
    if found is not None:
        return found
    if place.blog.generator is None and place.post.url:
        likely = next((engine for engine in engines if engine.name == "wordpress"), None)
        if likely is not None:
            return likely
    return NoComments()
