"""Certificates that do not hold are told apart, and blamed on nobody whose certificate does."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, aclosing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from resources.fetching.resolving import GuardedResolver
from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Cause, Manners, Verdict

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Here</title><p>A page with some words on it.</p>")

    def log_message(self, *words: object) -> None:
        """Says nothing."""


class Authority:
    """Signs certificates, and can be trusted."""

    def __init__(self, name: str = "An authority") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.own = self._signed(
            self.name, self.key.public_key(), x509.BasicConstraints(ca=True, path_length=None), (NOW - DAY, NOW + DAY)
        )

    def _signed(self, subject, key, *extensions_and_days):
        *extensions, (begins, ends) = extensions_and_days
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key)
        made = made.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
        for extension in extensions:
            made = made.add_extension(extension, critical=False)
        return made.sign(self.key, hashes.SHA256())

    def pair(self, folder: Path, host: str, days: tuple[datetime, datetime]) -> Path:
        """A file with a key and a certificate for a host."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        signed = self._signed(subject, key.public_key(), names, days)
        file = folder / f"{host}-{x509.random_serial_number()}.pem"
        plain = serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        file.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
        return file


@contextmanager
def serving(pair: Path) -> Iterator[int]:
    """The port of an HTTPS server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_about: None  # type: ignore[method-assign]  # visitors who hang up
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_each_trouble_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted, stranger = Authority(), Authority("Somebody")
    ca = tmp_path / "ca.pem"
    ca.write_bytes(trusted.own.public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(ca))
    valid = (NOW - DAY, NOW + DAY)
    certificates = {
        "good.test": trusted.pair(tmp_path, "good.test", valid),
        "old.test": trusted.pair(tmp_path, "old.test", (NOW - 9 * DAY, NOW - DAY)),
        "early.test": trusted.pair(tmp_path, "early.test", (NOW + DAY, NOW + 9 * DAY)),
        "other.test": trusted.pair(tmp_path, "good.test", valid),
        "unknown.test": stranger.pair(tmp_path, "unknown.test", valid),
    }
    with ExitStack() as stack:
        ports = {host: stack.enter_context(serving(pair)) for host, pair in certificates.items()}
        manners = Manners(private=("127.0.0.0/8",), ports=frozenset(ports.values()), timeout=5)

        async def lookup(host: str, *_about: object) -> list[str]:
            return ["127.0.0.1"]

        async def visited() -> dict[str, tuple[Verdict, Cause]]:
            asked = [Asked(f"https://{host}:{port}/") for host, port in ports.items()]
            async with aclosing(visit_all(asked, manners, resolver=GuardedResolver(manners, lookup))) as found:
                return {
                    visit.address.split("/")[2].split(":")[0]: (visit.verdict, visit.cause) async for visit in found
                }

        found = asyncio.run(visited())
    assert found == {
        "good.test": (Verdict.OK, Cause.FOUND),
        "old.test": (Verdict.BROKEN, Cause.TLS_EXPIRED),
        "early.test": (Verdict.BROKEN, Cause.TLS_EXPIRED),
        "other.test": (Verdict.BROKEN, Cause.TLS_WRONG_HOST),
        "unknown.test": (Verdict.BROKEN, Cause.TLS_UNTRUSTED),
    }
