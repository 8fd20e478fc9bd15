"""Small pictures for the tests, with hidden data as a phone writes it."""

from io import BytesIO

from PIL import Image


def picture(
    *, side: tuple[int, int] = (64, 48), seed: int = 1, exif: Image.Exif | None = None, kind: str = "JPEG"
) -> bytes:
    """Return a picture whose left half is dark and whose right half is bright, with a pattern that `seed` changes."""
    drawn = Image.new("RGB", side, "white")
    for column in range(side[0]):
        for row in range(side[1]):
            shade = (column * 255 // side[0] + seed * 37 * (row * 8 // side[1]) * (1 + column * 9 // side[0])) % 256
            drawn.putpixel((column, row), (shade, shade, shade))
    out = BytesIO()
    drawn.save(out, kind, **({"exif": exif} if exif is not None else {}))
    return out.getvalue()


def hidden_data(*, taken: str = "2026:07:01 11:50:00", orientation: int = 1) -> Image.Exif:
    """Return what a phone in Yunnan writes into a picture: time, place, which way is up, whose phone."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "示例手机"
    exif.get_ifd(0x8769)[0x9003] = taken
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (25.0, 11.0, 14.0), "E", (100.0, 19.0, 15.6)
    return exif
