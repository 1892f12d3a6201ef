"""Files for tests, made here."""

from __future__ import annotations

import io
import zipfile

from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), *, exif: bool = False) -> bytes:
    """Return a picture; with `exif`, one that says where it was taken and that it lies on its side."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (200, 30, 30))
    data = Image.Exif()
    if exif:
        data[0x0112] = 6
        data[0x010E] = "31.2304 N 121.4737 E"
    image.save(out, form, **({"exif": data} if exif else {}))
    return out.getvalue()


def office(*names: str) -> bytes:
    """Return a box of parts, as office documents are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in ("[Content_Types].xml", *names):
            box.writestr(name, "<x/>")
    return out.getvalue()
