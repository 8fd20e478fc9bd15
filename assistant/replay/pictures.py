"""A picture to send (照片): a whole small JPEG that looks like no other."""

import hashlib
import io

from PIL import Image

SIDE = 8
SHOWN = (64, 64)


def picture(name: str) -> bytes:
    """Return a picture; the same name gives the same one, another name one that nobody takes for it."""
    shades = hashlib.shake_256(name.encode()).digest(SIDE * SIDE)
    drawn = Image.frombytes("L", (SIDE, SIDE), shades).resize(SHOWN, Image.Resampling.NEAREST)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=90)
    return out.getvalue()
