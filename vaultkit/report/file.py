"""An output file that the person named: the only door that writes one."""

from __future__ import annotations

from pathlib import Path

from vaultkit.errors import StoreError


def write_output(file: Path, data: bytes) -> None:
    """Write a file named on the command line; raises StoreError with the system's reason."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StoreError(
            f"{file} cannot be written: {error.strerror}",
            "name a file in a folder you may write to",
        ) from error
