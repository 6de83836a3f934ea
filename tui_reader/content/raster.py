"""A stranger's picture file made into pixels of the size that is wanted; done in a process with limits."""

import base64
import io
import struct
import warnings
from typing import Any

from PIL import Image, ImageOps

from tui_reader.errors import ExtractionError
from tui_reader.language import _

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
HEAD = struct.Struct(">HHI")
_LEAST_SIDE = 3
"""Pixels; what is smaller counts readers and shows nothing."""


def raster(body: bytes, wanted: dict[str, Any]) -> bytes:
    """The picture in the form and size that are wanted: columns, rows, how long the marks are, marks, data.

    Raises:
        ExtractionError: it is no picture of the kinds that are shown, or has too many pixels.
    """
    Image.MAX_IMAGE_PIXELS = int(wanted["max_pixels"])
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as found:
            if found.width * found.height > wanted["max_pixels"]:
                raise ExtractionError(_("the picture has too many pixels"))
            if min(found.size) < _LEAST_SIDE:
                raise ExtractionError(_("a pixel that counts readers is not shown"))
            across, down = wanted["cell"]
            room = (wanted["columns"] * across, wanted["rows"] * down)
            found.draft("RGB", room)
            # the first one, where it moves
            found.seek(0)
            image = _flat(ImageOps.exif_transpose(found) or found, tuple(wanted["background"]))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ExtractionError(_("the picture has too many pixels")) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ExtractionError(_("this is no picture that can be shown")) from error
    scale = min(1.0, room[0] / image.width, room[1] / image.height)
    columns = max(1, min(wanted["columns"], round(image.width * scale / across)))
    rows = max(1, min(wanted["rows"], round(image.height * scale / down)))
    marks, data = _FORMS[wanted["form"]](image, columns, rows, (columns * across, rows * down))
    return HEAD.pack(columns, rows, len(marks)) + marks + data


def _flat(image: Image.Image, background: tuple[int, ...]) -> Image.Image:
    """Without anything to see through."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        under = Image.new("RGBA", over.size, (*background, 255))
        return Image.alpha_composite(under, over).convert("RGB")
    return image.convert("RGB")


def _blocks(image: Image.Image, columns: int, rows: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    return b"", image.resize((columns, rows * 2), Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()


def _kitty(image: Image.Image, columns: int, rows: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    # loading it asks the terminal what it knows: here there is none to be asked
    from textual_image.renderable.tgp import _NUMBER_TO_DIACRITIC

    marks = "".join(map(chr, _NUMBER_TO_DIACRITIC[: max(columns, rows)]))
    written = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).save(written, "PNG", compress_level=3)
    return marks.encode(), base64.b64encode(written.getvalue())


def _sixel(image: Image.Image, columns: int, rows: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    from textual_image._sixel import image_to_sixels

    return b"", image_to_sixels(image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)).encode(
        "ascii"
    )


_FORMS = {"blocks": _blocks, "kitty": _kitty, "sixel": _sixel}
