"""Pictures are drawn anew: what is kept is pixels, without places, cameras, comments or hidden cargo."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import FileBroken, PictureTooBig

PIXELS_MOST = 50_000_000
SIDE_MOST = 4096
THUMBNAIL_SIDE = 320
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
Image.MAX_IMAGE_PIXELS = PIXELS_MOST


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew, and a small one of it."""

    content: bytes
    media_type: str
    width: int
    height: int
    thumbnail: bytes


def draw(content: bytes, media_type: str) -> Picture:
    """Open a picture as what it claims to be, and draw it anew, upright and no larger than a screen can show."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(content, FORMATS[media_type])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooBig(limit=PIXELS_MOST // 1_000_000) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise FileBroken from None


def _drawn(content: bytes, form: str) -> Picture:
    with Image.open(io.BytesIO(content), formats=[form]) as opened:
        if form == "JPEG":
            opened.draft("RGB", (SIDE_MOST, SIDE_MOST))  # decode no finer than we keep
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((SIDE_MOST, SIDE_MOST))
        kept = upright.convert("RGBA" if _see_through(upright) else "RGB")
    small = kept.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    saved = form if form in {"JPEG", "PNG", "WEBP"} else "PNG"
    body = _saved(kept, saved)
    return Picture(body, f"image/{saved.lower()}", kept.width, kept.height, _saved(small, "WEBP"))


def _see_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _saved(image: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    drawn = image.convert("RGB") if form == "JPEG" else image
    drawn.save(out, form, **({} if form == "PNG" else {"quality": 88}))
    return out.getvalue()
