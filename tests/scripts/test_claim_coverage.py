"""Every claim of the source material is settled by a block of the vault that holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_every_claim_is_settled_and_every_implementation_is_robust() -> None:
    """Runs the whole vault: a claim without a block, or whose block fails, fails here."""
    command = [sys.executable, str(ROOT / "scripts" / "claim_coverage.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.stdout == "138 claims settled\n"
    assert result.returncode == 0


def test_a_claim_that_nobody_settles_is_named(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import claim_coverage as page
    finally:
        sys.path.pop(0)
    known = {"1": "true", "2": "false"}
    failing = page.Settled("A.md", "H", 1, "failed")
    assert page.wrong(known, {"1": [failing], "3": []}) == [
        "claim 2: no block settles it",
        "claim 3 is not in claims.csv",
        "claim 1: block 1 of A.md is failed",
    ]
    assert "| 2 | refuted |  | 0 | nothing settles it |" in page.page(known, {"1": [failing]})


def test_the_page_is_another_when_a_verdict_is() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import claim_coverage as page
    finally:
        sys.path.pop(0)
    found = {"1": [page.Settled("A.md", "H", 1, "passed")]}
    held, refuted = (page.page({"1": verdict}, found) for verdict in ("true", "false"))
    assert "| 1 | holds | A, H | 1 | passed |" in held
    assert "| 1 | refuted | A, H | 1 | passed |" in refuted
    worse = {"1": [page.Settled("A.md", "H", 1, "agrees")]}
    assert page.page({"1": "true"}, worse) != held


def test_a_claim_may_stand_at_a_block_only_where_it_is_known(tmp_path: Path) -> None:
    """Every id that the notes give is one of claims.csv, and every one of it is given."""
    import csv
    import re

    with (ROOT / "scripts" / "claims.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"]: row["verdict"] for row in csv.DictReader(file)}
    given: set[str] = set()
    for path in (ROOT / "vault").rglob("*.md"):
        for ids in re.findall(r"^```.*\bclaims=([\w.,]+)", path.read_text(encoding="utf-8"), re.M):
            given |= set(ids.split(","))
    assert given == set(known)
    assert len(known) == 138
    assert set(known.values()) <= {"true", "false", "partly", "contradiction"}
