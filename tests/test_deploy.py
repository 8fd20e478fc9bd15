"""The examples for operators are taken by the programs that read them: nginx and systemd."""

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "deploy"
CERTIFICATE = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=yingda.example"]
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

needs_nginx = pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)


@needs_nginx
def test_nginx_takes_the_example(tmp_path: Path):
    made = run("openssl", *CERTIFICATE, "-keyout", tmp_path / "key.pem", "-out", tmp_path / "fullchain.pem")
    assert made.returncode == 0, made.stderr
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8").replace("/etc/ssl/yingda", str(tmp_path))
    # ports that nobody needs a right for; nginx -t opens them
    site = site.replace("listen 80;", "listen 127.0.0.1:18080;").replace("443 ssl", "127.0.0.1:18443 ssl")
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    own = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in TEMPORARY)
    http = f"access_log off; {own} include {tmp_path}/site.conf;"
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {http} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    tested = run(shutil.which("nginx") or "", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf")
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr


@needs_systemd
def test_systemd_takes_the_unit(tmp_path: Path):
    program = tmp_path / ".venv" / "bin" / "yingda"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    unit = (DEPLOY / "yingda.service").read_text(encoding="utf-8").replace("/srv/yingda", str(tmp_path))
    (tmp_path / "yingda.service").write_text(unit, encoding="utf-8")
    tested = run("systemd-analyze", "verify", "--man=no", tmp_path / "yingda.service")
    assert tested.returncode == 0, tested.stderr
    assert "yingda.service" not in tested.stderr  # a key that it does not know is only a warning


def test_the_example_passes_on_every_callback_and_nothing_larger_than_a_message():
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "^/(wechat|wecom|telegram)$" in site
    assert "X-Forwarded-Proto https" in site
