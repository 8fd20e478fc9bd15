"""How much of a file is read; whatever is larger is refused as TooLarge before it costs time or memory."""

MEGABYTE = 1 << 20

FILE_MB = 20
"""On disk. The longest plan seen (annexes, maps) has 12 MB; more is a picture book."""

TEXT_MB = 8
"""Of text, in any kind of file: two million characters, forty times the Civil Code's longest book."""

UNPACKED_MB = 100
"""Of a docx once unpacked, pictures included."""

XML_MB = 32
"""Of a docx's XML. lxml needs 15 times as much memory: 29 MB took 0.4 GB and 1 s (measured)."""

DOCX_PARTS = 10_000
"""Files inside a docx: a long one has some hundred, pictures included."""

PDF_PAGES = 2_000
"""A provincial yearbook has 1,200."""

PDF_MEMORY_MB = 1_024
"""Of the process that reads a pdf. A page of 0.5 MB that unpacks to 128 MB of text took 14 GB and 77 s (measured)."""

PDF_SECONDS = 60
"""Of processor time for a pdf's text layer; 200 pages need 0.02 s."""

PICTURE_MEGAPIXELS = 60
"""An A3 sheet at 400 dpi has 31."""

RECOGNITION_MEMORY_MB = 8_192
"""Address space of the recogniser, whose network uses 1 GB (measured)."""

RECOGNITION_SECONDS = 14_400
"""Of processor time for a whole file: 2,000 pages at 5 s on two cores."""
