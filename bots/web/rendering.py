"""The templates, and the static files' digest in their addresses."""

import hashlib
from functools import cache
from pathlib import Path

import jinja2
from starlette.templating import Jinja2Templates

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def load_templates() -> Jinja2Templates:
    """Return the page templates; whatever they print is escaped, and a name that is not there is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = _digest(STATIC)
    return Jinja2Templates(env=environment)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
