"""The heartbeat (心跳): says to somebody outside that nothing is late; where it stops, a watchdog there raises the alarm."""

import logging
import urllib.request
from pathlib import Path
from urllib.error import URLError

TIMEOUT_S = 5.0
log = logging.getLogger(__name__)


def beat(target: str) -> None:
    """Touch the file or fetch the http(s) address; an empty target is none. A failure stops nothing: it is the alarm."""
    if not target:
        return
    try:
        if target.startswith(("http://", "https://")):
            with urllib.request.urlopen(target, timeout=TIMEOUT_S):  # noqa: S310  (http and https alone)
                pass
        else:
            Path(target).touch()
    except (URLError, OSError) as error:
        log.warning("heartbeat: %s", error)
