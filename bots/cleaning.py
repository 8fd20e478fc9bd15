"""What no platform takes (清洗): signs that are no part of XML, and the end of a CDATA section within a text."""

import re

# XML 1.0, production 2: what is not Char; half characters (surrogates) are none either
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cleaned(text: str) -> str:
    r"""Return a text that stands in CDATA unchanged and can be encoded.

    >>> cleaned("a\x0b]]>b")
    'a]] >b'
    """
    return ILLEGAL.sub("", text).replace("\r\n", "\n").replace("]]>", "]] >")
