"""A certificate authority for one test broker, and what it signs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from deploy.kafka.java import KafkaError


def make_certificates(folder: Path, days: int = 3_650) -> None:
    """Write a certificate authority, a certificate for 127.0.0.1 and one for a client, all with openssl.

    Both certificates are valid for `days`; 0 makes them expire at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    extensions = "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n"
    extensions += "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    (folder / "extensions").write_text(extensions)
    key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    authority = f"req -x509 {key} -days 3650 -addext keyUsage=critical,keyCertSign -subj /CN=embedded-ca"
    _openssl(f"{authority} -keyout ca.key -out ca.new", folder)
    for name, subject in (("broker", "localhost"), ("client", "copydesk")):
        _openssl(f"req -new {key} -subj /CN={subject} -keyout {name}.key -out {name}.csr", folder)
        _sign(folder, name, days, "ca.new")
    (folder / "ca.new").rename(folder / "ca.pem")  # last: its presence says that all of them are there


def renew_certificate(folder: Path, name: str, days: int = 3_650) -> None:
    """Sign the certificate of `broker` or `client` anew; 0 days make one that has expired."""
    _sign(folder, name, days, "ca.pem")


def _sign(folder: Path, name: str, days: int, authority: str) -> None:
    """Write NAME.pem, whole at once; that of a broker has its key in front."""
    _openssl(
        f"x509 -req -in {name}.csr -CA {authority} -CAkey ca.key -CAcreateserial -days {days}"
        f" -extfile extensions -out {name}.new",
        folder,
    )
    new = folder / f"{name}.new"
    if name == "broker":
        new.write_text((folder / "broker.key").read_text() + new.read_text())
    new.rename(folder / f"{name}.pem")


def _openssl(arguments: str, folder: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        raise KafkaError("no openssl found; a broker with TLS needs it to make its certificates")
    command = [openssl, *arguments.split()]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise KafkaError(f"openssl could not make the certificates:\n{done.stderr}")
