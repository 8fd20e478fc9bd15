"""The language model that drafts questions: any OpenAI-compatible endpoint that the settings name; needs the extra `llm`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from assistant.config import Settings
from assistant.errors import BadSetting, MissingExtra, NoEndpoint
from assistant.ports import Writer

PATH = "/chat/completions"
"""What the SDK adds; people copy it along with the address."""


@contextmanager
def open_writer(chosen: Settings) -> Iterator[Writer]:
    """Yield the writer that the settings name, and close its connections afterwards; nothing is sent yet.

    Raises: NoEndpoint, BadSetting, MissingExtra.
    """
    url, model = chosen.llm_url.strip().rstrip("/").removesuffix(PATH), chosen.llm_model.strip()
    key = chosen.llm_key.get_secret_value().strip()
    missing = [name for name, value in (("YINGDA_LLM_URL", url), ("YINGDA_LLM_MODEL", model)) if not value]
    if missing:
        raise NoEndpoint(names="、".join(missing))
    host = _host(url)
    if not key.isascii() or not key.isprintable() and key:
        raise BadSetting(names="YINGDA_LLM_KEY")  # it could not be sent in a header
    try:
        # an optional package of half a second: only who drafts pays for it
        from assistant.models.endpoint import Endpoint  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtra(extra="llm") from error
    with closing(Endpoint(url, model, key, host, chosen.llm_timeout_s)) as writer:
        yield writer


def _host(url: str) -> str:
    """Return host and port of an address.

    Raises: BadSetting.
    """
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadSetting(names="YINGDA_LLM_URL") from error
    # logs of the HTTP library show addresses, so none may hold a password or a key
    is_plain = parts.username is None and not parts.query
    if parts.scheme not in ("http", "https") or not name or not is_plain:
        raise BadSetting(names="YINGDA_LLM_URL")
    return f"{name}:{port}" if port else name
