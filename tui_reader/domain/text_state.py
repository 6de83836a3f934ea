"""What there is of a post's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextState:
    """The feed's text, and a whole one beside it where the feed breaks off."""

    is_cut: bool
    """The feed gives but its beginning."""
    has_full: bool = False
    """The whole text is stored."""
    is_from_page: bool = False
    """It was taken from the page, and not given by the blog as such."""
    is_outdated: bool = False
    """The feed's text changed since."""
    is_wanted: bool = False
    """The user wants it for every post of this blog."""

    @property
    def wants_fetch(self) -> bool:
        """There is more than is stored, or something newer."""
        return self.is_cut and (not self.has_full or self.is_outdated)
