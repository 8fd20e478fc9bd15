"""Characters from pictures (文字识别); a process of its own: `python -m assistant.ingest.recogniser FILE [PAGE…]`."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2

from assistant.ingest.apart import END, Message, confine, send
from assistant.ingest.limits import PICTURE_MEGAPIXELS, RECOGNITION_MEMORY_MB, RECOGNITION_SECONDS

DOTS_PER_INCH = 200
"""Of rendered pages; Chinese print at 100 dpi already has only 1.1 % wrong characters (measured)."""

LONGEST_SIDE = 4_000
"""Pixels of a rendered page, whatever size it claims."""

POINTS_PER_INCH = 72

Numbered = tuple[int, Any]
"""Page number from 1, and its picture (PIL.Image.Image)."""


def rendered(path: Path, pages: list[int]) -> Iterator[Numbered]:
    """Yield the given pages of a pdf; raises PdfiumError."""
    with pypdfium2.PdfDocument(path) as document:
        for number in pages:
            page = document[number - 1]
            scale = min(DOTS_PER_INCH / POINTS_PER_INCH, LONGEST_SIDE / max(*page.get_size(), 1.0))
            yield number, page.render(scale=scale).to_pil().convert("RGB")
            page.close()


def frames(path: Path) -> Iterator[Numbered]:
    """Yield the frames of a TIFF (the pages of a fax), else the one picture, upright.

    Raises OverflowError for more than PICTURE_MEGAPIXELS, OSError, SyntaxError or ValueError for damaged pictures.
    """
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415 - comes with the `ocr` extra

    Image.MAX_IMAGE_PIXELS = None  # the limit is checked below, before anything is decoded
    with Image.open(path, formats=["PNG", "JPEG", "TIFF", "BMP"]) as picture:
        # a photo may carry a second frame, its own thumbnail
        count = None if picture.format == "TIFF" else 1
        for number, frame in enumerate(islice(ImageSequence.Iterator(picture), count), start=1):
            if frame.width * frame.height > PICTURE_MEGAPIXELS * 1_000_000:
                raise OverflowError
            yield number, ImageOps.exif_transpose(frame).convert("RGB")


def recognise(numbered: Iterable[Numbered]) -> Iterator[Message]:
    """Yield number and text of each page."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - the `ocr` extra, 1 GB of memory

    engine: Any = RapidOCR()
    for number, picture in numbered:
        # use_cls turns single lines upside down and loses them: 9.9 % wrong characters instead of 1.1 % (measured)
        result = engine(picture, use_cls=False)
        found = [] if result.boxes is None else zip(result.boxes, result.txts, strict=True)
        yield {"number": number, "text": in_rows(Piece.of(box, text) for box, text in found)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a printed line, in pixels from the top left corner."""

    top: float
    bottom: float
    left: float
    text: str

    @classmethod
    def of(cls, box: Any, text: str) -> "Piece":
        """Return the piece within a box of four corners (x, y)."""
        return cls(float(min(box[:, 1])), float(max(box[:, 1])), float(min(box[:, 0])), text)

    def is_beside(self, other: "Piece") -> bool:
        """Tell whether both stand on one printed line: half of the lower one's height in common."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return common > min(self.bottom - self.top, other.bottom - other.top) / 2


def in_rows(pieces: Iterable[Piece]) -> str:
    """Return the printed lines from top to bottom; the engine cuts a line at wide gaps, and orders by the top alone."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        if rows and piece.is_beside(rows[-1][-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return "\n".join(" ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left)) for row in rows)


def main() -> None:
    """Send the text of the file named on the command line."""
    path, pages = Path(sys.argv[1]), [int(page) for page in sys.argv[2:]]
    confine(memory_mb=RECOGNITION_MEMORY_MB, seconds=RECOGNITION_SECONDS)
    try:
        for message in recognise(rendered(path, pages) if pages else frames(path)):
            send(message)
    except OverflowError:
        send({"refused": "pixels"})
    except (OSError, SyntaxError, ValueError, pypdfium2.PdfiumError):
        send({"refused": "damaged"})
    send(END)


if __name__ == "__main__":
    main()
