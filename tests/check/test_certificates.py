"""Addresses of hosts with certificates, asked of a server on this machine."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.check.asked import Handler, Host


def test_the_certificate_must_be_of_the_name_in_the_address(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here makes a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", key, "-out", certificate),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.host = Host()  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code = "import sys; from sitegen.check.fetch import ask\n"
    code += "for name in sys.argv[1:]: a = ask(name, 5, lambda _: True); print(a.status, a.words)"
    urls = [f"https://{name}:{server.server_port}/fine" for name in ("localhost", "127.0.0.1")]
    try:
        answers = subprocess.run(
            [sys.executable, "-c", code, *urls],
            env={**os.environ, "SSL_CERT_FILE": str(certificate)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
    finally:
        server.shutdown()
        server.server_close()
    assert answers[0].startswith("200")
    assert answers[1].startswith("0 ")
    assert "certificate" in answers[1]
