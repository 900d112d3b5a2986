"""Small pictures of attached pictures, made anew for each reader: nothing of a case lies about in a second place."""

import io
import warnings
from typing import Any

from PIL import Image, UnidentifiedImageError

from konflik.cases.models import Attachment
from konflik.cases.services.documents import FORMATS, MAX_PIXELS, PICTURES, path_of
from konflik.law.secrecy import SEALED_FROM

SIDE = 240
"""The longest side of a preview, in pixels."""
UNREADABLE = (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError)
WHITE = (255, 255, 255)


def has_preview(attachment: Attachment) -> bool:
    """Whether a small picture may stand beside the name.

    Only of a picture; never in a case of class rahasia or above, where each look at a document leaves a line in the journal.
    """
    return attachment.media_type in FORMATS and attachment.case.secrecy < SEALED_FROM


def preview_of(attachment: Attachment) -> bytes | None:
    """A JPEG of at most SIDE by SIDE pixels; None where there is none, or the file is lost or cannot be read.

    Raises nothing for a damaged file: the download still hands out what is there.
    """
    if not has_preview(attachment):
        return None
    try:
        with PICTURES, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path_of(attachment), formats=[FORMATS[attachment.media_type]]) as picture:
                return _small(picture) if picture.width * picture.height <= MAX_PIXELS else None
    except UNREADABLE:
        return None


def _small(picture: Any) -> bytes:
    """The picture reduced while it is read, on white where it lets the ground through."""
    picture.draft("RGB", (SIDE, SIDE))
    picture.thumbnail((SIDE, SIDE))
    whole = picture.convert("RGBA")
    flat = Image.new("RGB", whole.size, WHITE)
    flat.paste(whole, mask=whole.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=80)
    return out.getvalue()
