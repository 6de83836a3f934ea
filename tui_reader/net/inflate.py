"""Unpacks gzip and deflate a piece at a time, so that a bomb is noticed before it goes off."""

import zlib

from tui_reader.language import _


class TooMuchError(Exception):
    """More came out than is allowed."""


class DamagedError(Exception):
    """What came is not what the server said it was; the text is for the user."""


class Inflater:
    """Gives back the plain bytes of one answer.

    Args:
        encoding: The ``Content-Encoding`` as the server named it.
        max_bytes: The most that may come out of it.

    Raises:
        DamagedError: the encoding is not one that was asked for. Brotli and zstd are never asked for:
            their decoders put no bound on what one small piece becomes.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise DamagedError(
                _("the server packed its answer in a way that was not asked for ({value})").format(
                    value=name[:40]
                )
            )
        self._room = max_bytes
        self._is_packed = name not in {"", "identity"}
        self._wbits = zlib.MAX_WBITS if name == "deflate" else zlib.MAX_WBITS | 16
        self._unpacker = zlib.decompressobj(self._wbits)
        self._has_begun = False
        self._is_done = False

    def feed(self, piece: bytes) -> bytes:
        """Takes the next piece as it came and gives what it unpacks to.

        Raises:
            TooMuchError: the limit is passed.
            DamagedError: these are no packed bytes.
        """
        if not self._is_packed:
            return self._take(piece)
        out = bytearray()
        while piece and not self._is_done:
            try:
                # one byte more than fits, so that an exact fit and an overflow can be told apart
                plain = self._unpacker.decompress(piece, self._room + 1)
            except zlib.error as error:
                if self._wbits == zlib.MAX_WBITS and not self._has_begun:
                    # "deflate" should be zlib (RFC 9110, 8.4.1.2); some servers send it bare
                    self._wbits = -zlib.MAX_WBITS
                    self._unpacker = zlib.decompressobj(self._wbits)
                    continue
                raise DamagedError(_("the answer came damaged")) from error
            self._has_begun = True
            out += self._take(plain)
            piece = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                piece = self._next_member(self._unpacker.unused_data)
        return bytes(out)

    def finish(self) -> None:
        """Checks that the answer came to its end.

        Raises:
            DamagedError: the packed bytes break off.
        """
        if self._is_packed and self._has_begun and not self._unpacker.eof and not self._is_done:
            raise DamagedError(_("the answer broke off"))

    def _take(self, plain: bytes) -> bytes:
        if len(plain) > self._room:
            raise TooMuchError
        self._room -= len(plain)
        return plain

    def _next_member(self, rest: bytes) -> bytes:
        # gzip files may stand one after another; anything else after the end is padding
        if rest.startswith(b"\x1f\x8b"):
            self._unpacker = zlib.decompressobj(self._wbits)
            return rest
        self._is_done = True
        return b""
