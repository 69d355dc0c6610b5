"""A certificate for the local servers, signed by itself and made on the spot."""

import shutil
import subprocess
from pathlib import Path


def missing() -> str:
    """What keeps a certificate from being made here, "" when nothing does."""
    return "" if shutil.which("openssl") else "openssl is not installed"


def certificate(folder: Path, host: str = "localhost") -> tuple[str, str]:
    """Make a certificate for `host` and 127.0.0.1; the files of the certificate and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
        f" -subj /CN={host} -addext subjectAltName=DNS:{host},IP:127.0.0.1"
        " -addext keyUsage=critical,digitalSignature,keyCertSign"
    )
    arguments = [*command.split(), "-out", str(made), "-keyout", str(key)]
    subprocess.run(arguments, check=True, capture_output=True)  # noqa: S603 - nothing of it is foreign
    return str(made), str(key)
