"""What every test of the room starts from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_vault import Vault, memory_folder, three_notes


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of runs without waiting for a disk."""
    with memory_folder() as place:
        yield place


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with three notes, two of them in a folder."""
    return three_notes(tmp_path)
