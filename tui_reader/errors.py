"""Every expected error, split by what the caller does next; anything else is a bug and is seen.

    TuiReaderError
      UsageError            the words of the call are off: no such blog, two that match
        QueryError            a list is to be narrowed by something that is no condition
        NotFoundError       there is no such blog, post, comment or reply
        NoIdentityError     a reply is to be sent, and nobody is known to write as
      ConfigError           a setting is wrong: which key, where, what would be right
      StorageError          the database cannot be opened, is damaged, locked or newer than we are
        NoRoomError         the disk is full: nothing was kept, and what is stored can be read
      OutputError           what was to be said, or to be written into a file, could not be written
      FetchError            nothing usable came back; worth trying later
        NotSentError        not one byte left: offline, no such host, refused
        NoAnswerError       bytes may have left and no answer came: time-out, reset
        ResponseTooLargeError
        HttpStatusError     an answer, with a status that is no success
      FeedError             bytes came, but no feed
      ExtractionError       bytes came, but nothing that can be shown: no main text, no picture
      ReplyError            this conversation cannot be answered from here, and why

Each message is one plain sentence, fit to be shown to the user as it stands.
"""

from datetime import timedelta


class TuiReaderError(Exception):
    """Something that is expected to go wrong now and then; its text is for the user."""

    advice = ""
    """What it means and what to do now, in a few plain words; empty where nobody knows."""
    trouble = ""
    """The kind of trouble, which ``domain/trouble.py`` tells in any language; empty where it has none."""

    @property
    def reason(self) -> str:
        """What happened, in plain words without the address that was asked."""
        return str(self)

    @property
    def in_full(self) -> str:
        """What happened, then what to do."""
        return f"{self}; {self.advice}" if self.advice else str(self)


class UsageError(TuiReaderError):
    """The words of the call are off."""


class NotFoundError(UsageError):
    """There is no such blog, post, comment or reply."""


class QueryError(UsageError):
    """A list is to be narrowed by something that is no condition; says what would be one."""


class NoIdentityError(UsageError):
    """A reply is to be sent, and nobody is known to write as."""


class ConfigError(TuiReaderError):
    """One or more settings are wrong; the message names each key and what would be right."""


class StorageError(TuiReaderError):
    """The database cannot be opened, is damaged, is locked or was made by a newer program."""


class NoRoomError(StorageError):
    """The disk is full: nothing was kept, nothing is lost, and what is stored can be read."""


class OutputError(TuiReaderError):
    """What was to be said, or to be written into a file that the user named, could not be written."""


class FetchError(TuiReaderError):
    """Nothing usable came back from ``url``; trying later may help.

    Args:
        url: What was asked for.
        reason: What happened, in plain words without the address.
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self._reason = reason

    @property
    def reason(self) -> str:
        """What happened, in plain words without the address that was asked."""
        return self._reason


class NotSentError(FetchError):
    """Not one byte of the request left this machine."""


class NoAnswerError(FetchError):
    """The request may have arrived, and no answer came back."""


class ResponseTooLargeError(FetchError):
    """The answer was larger than the limit, before or after inflation."""


class HttpStatusError(FetchError):
    """The server answered with a status that is no success.

    Args:
        url: What was asked for.
        status: The HTTP status, 400 to 599.
        reason: What it means, in plain words.
        retry_after: How long the server asked to be left alone (RFC 9110, section 10.2.3).
        body: What the answer carried, cut to the first 64 KiB.
    """

    def __init__(
        self, url: str, status: int, reason: str, *, retry_after: timedelta | None = None, body: bytes = b""
    ) -> None:
        super().__init__(url, f"{reason} ({status})")
        self.status = status
        self.retry_after = retry_after
        self.body = body

    @property
    def asks_to_wait(self) -> bool:
        """Whether the server asks to be left alone (RFC 6585, section 4; RFC 9110, section 15.6.4)."""
        return self.status in {429, 503}


class FeedError(TuiReaderError):
    """Bytes came back, but no feed can be made of them.

    Args:
        message: What is wrong with them, in plain words.
        trouble: The same as a code, as of a :class:`FetchError`.
    """

    def __init__(self, message: str, *, trouble: str = "") -> None:
        super().__init__(message)
        self.trouble = trouble


class ExtractionError(TuiReaderError):
    """Bytes came back, and nothing that can be shown could be made of them."""


class ReplyError(TuiReaderError):
    """This conversation cannot be answered from here.

    Args:
        message: Why, in plain words.
        browser_url: Where a browser could answer, if one could.
    """

    def __init__(self, message: str, *, browser_url: str | None = None) -> None:
        super().__init__(message)
        self.browser_url = browser_url
