"""A stamp says what a run earned, and stops speaking when the code or the packages change."""

from __future__ import annotations

import pytest

from vaultkit.note import Note, read_note
from vaultkit.stamp import RANKS, Stamp, claimed, code_digest, outgrown, read_stamp, stamp_plan
from vaultkit.text import Source, apply_edits

CODE = "\n# T\n\n```python {implements=nll}\nprint(1)\n```\n"
STAMP = Stamp(
    "agrees",
    "2026-11-21",
    "0123456789abcdef",
    {"python": "3.11.7", "torch": "2.13.0"},
    {"cpu": "robust", "cuda": "agrees"},
)


def note(text: str) -> Note:
    return read_note(Source("A.md", text.encode()))


def stamped(before: Note, stamp: Stamp = STAMP) -> Note:
    write = stamp_plan(before, stamp)
    assert write is not None
    return read_note(Source(before.source.name, apply_edits(before.source.data, write.edits)))


@pytest.mark.parametrize(
    "front",
    [
        "",
        "---\n---\n",
        "---\ntitle: x\n---\n",
        "---\nverification_status:\nverified_on: 2020-01-01\ntitle: x # keep\n---\n",
        "---\nverified_with:\n  - a 1\n  - b 2\nverification_status: unverified\ntags: [a]\n---\n",
        "---\r\ntitle: x\r\n---\r\n",
        "\ufeff---\ntitle: x\n---\n",
    ],
)
def test_what_is_written_is_read_again(front: str) -> None:
    after = stamped(note(front + CODE))
    assert not after.problems
    assert read_stamp(after) == STAMP
    assert claimed(after) == "agrees"
    assert stamp_plan(after, STAMP) is None
    before = note(front + CODE)
    for key, value in before.values.items():
        if not key.startswith("verif"):
            assert after.values[key] == value
    assert after.source.data.endswith(CODE.encode())
    assert (b"# keep" in after.source.data) == ("# keep" in front)


def test_the_recorded_verdict_is_the_lowest_of_the_devices_that_ran() -> None:
    devices = {"cpu": "robust", "cuda": "skipped"}
    after = stamped(note(CODE), STAMP._replace(devices=devices, status="robust"))
    recorded = read_stamp(after)
    assert recorded is not None
    assert recorded.status == "robust"


def test_without_a_recorded_run_there_is_no_stamp() -> None:
    assert read_stamp(note("---\nverification_status: verified\n---\n" + CODE)) is None
    assert claimed(note("---\nverification_status: Verified\n---\n")) == "verified"
    assert claimed(note("---\nverification_status: 3\n---\n")) is None


def test_prose_does_not_touch_the_digest_and_code_does() -> None:
    plain = code_digest(note(CODE))
    assert code_digest(note("# Another text\n" + CODE)) == plain
    assert code_digest(note(CODE.replace("print(1)", "print(2)"))) != plain
    assert code_digest(note(CODE.replace("=nll", "=mse"))) != plain
    assert code_digest(note("%%\n" + CODE + "%%\n")) == code_digest(note(""))


def test_a_stamp_is_outgrown_by_code_and_by_minor_versions() -> None:
    assert outgrown(STAMP, STAMP.code, {"python": "3.11.9", "torch": "2.13.4"}) == ()
    assert outgrown(STAMP, "other", {}) == ("the code has changed since",)
    assert outgrown(STAMP, STAMP.code, {"torch": "2.14.0"}) == ("torch was 2.13.0, is 2.14.0",)


def test_ranks_put_failures_below_every_success() -> None:
    assert RANKS["failed"] == RANKS["diverges"] == RANKS["unverified"] == 0
    assert RANKS["executed"] < RANKS["called"] < RANKS["agrees"] < RANKS["robust"]
