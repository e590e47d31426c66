"""What all tests start from: Hypothesis profiles, and real vaults where they are at hand."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `make test` must say the same each time; the nightly run looks for what it never tried.
settings.register_profile("house", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=5_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

_HERE = Path(os.environ.get("VAULTKIT_CORPORA", Path(__file__).parents[2] / "shared/corpora"))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a real vault by its name; the test is skipped where there is none.

    They lie in VAULTKIT_CORPORA, or in `shared/corpora` beside the project, as folders or
    as `.tar.xz`, which is unpacked once per session.
    """
    unpacked: dict[str, Path] = {}

    def find(name: str) -> Path:
        if name not in unpacked:
            folder, archive = _HERE / name, _HERE / f"{name}.tar.xz"
            if folder.is_dir():
                unpacked[name] = folder
            elif archive.is_file():
                there = tmp_path_factory.mktemp("corpora")
                with tarfile.open(archive) as packed:
                    packed.extractall(there, filter="data")
                unpacked[name] = there / name if (there / name).is_dir() else there
            else:
                pytest.skip(f"the vault {name} is not at hand (set VAULTKIT_CORPORA)")
        return unpacked[name]

    return find
