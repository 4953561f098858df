"""Until when a certificate is valid is read as openssl reads it."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.kafka.certificates import make_certificates
from service.kafka.certificate_dates import valid_until


@pytest.mark.parametrize("days", [0, 30, 20_000])  # the last one is written with four digits of the year
@pytest.mark.parametrize("name", ["client", "broker", "ca"])
def test_the_end_of_validity_is_that_of_openssl(tmp_path: Path, name: str, days: int) -> None:
    make_certificates(tmp_path, days=days)
    file = tmp_path / f"{name}.pem"
    asked = ["openssl", "x509", "-in", str(file), "-noout", "-enddate"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    expected = datetime.strptime(said.strip(), "notAfter=%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    assert valid_until(file.read_text()) == expected


def test_what_is_no_certificate_is_a_value_error(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    pem = (tmp_path / "client.pem").read_text().splitlines()
    cut = "\n".join([*pem[:2], "", pem[-1]])
    for text in ("", "hello", (tmp_path / "client.key").read_text(), "\n".join(pem[:-1]), cut):
        with pytest.raises(ValueError, match="certificate"):
            valid_until(text)
