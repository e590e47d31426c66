"""Plans as JSON: every plan survives, every malformed file is told apart in words."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from plan_strategies import plans
from small_vault import create, plan

from vaultkit.errors import UsageError
from vaultkit.plan import Plan, Write
from vaultkit.plan.codec import decode, encode
from vaultkit.text import Edit, Span

DIGEST = "0" * 64


@given(plans)
def test_every_plan_survives_and_has_one_form(value: Plan) -> None:
    data = encode(value)
    assert decode(data, "f") == value
    assert encode(decode(data, "f")) == data


def test_text_stays_readable_and_other_bytes_exact() -> None:
    edits = (Edit(Span(0, 1), "가[[é]]".encode()), Edit(Span(1, 1), b"\xff\0"))
    data = encode(Plan("why", (Write(PurePosixPath("a.md"), DIGEST, edits),)))
    assert "가[[é]]" in data.decode("utf-8")
    assert json.loads(data)["actions"][0]["edits"][1] == {
        "start": 1,
        "end": 1,
        "new_base64": "/wA=",
    }


def test_a_byte_order_mark_before_the_json_is_no_matter() -> None:
    value = plan(create("a.md", b"\xef\xbb\xbfx\r\n"))
    assert decode(b"\xef\xbb\xbf" + encode(value), "f") == value


WRITE = {
    "action": "write",
    "path": "a.md",
    "before": DIGEST,
    "edits": [{"start": 0, "end": 1, "new": "x"}],
}


def _with(**changes: object) -> dict[str, object]:
    return {**WRITE, **changes}


def _file(*actions: object, **changes: object) -> bytes:
    head = {"format": "vaultkit-plan", "version": 1, "why": "w", "actions": list(actions)}
    return json.dumps({**head, **changes}).encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON at line 1, column 1"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "the file: expected an object"),
        (b"{}", "the file: lacks actions, format, version, why"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (_file(format="other"), "format: expected 'vaultkit-plan', got 'other'"),
        (_file(version=2), "version: this vaultkit reads 1, got 2"),
        (_file(version=True), "version: this vaultkit reads 1, got True"),
        (_file(why=None), "why: expected text, got None"),
        (_file(more=1), "the file: unknown more"),
        (_file(actions={}), "actions: expected a list"),
        (_file(7), "actions[0]: expected a write, create, move or remove, got 7"),
        (_file(WRITE, _with(action="burn")), "actions[1]: expected a write"),
        (_file(_with(path=3)), "actions[0].path: expected text, got 3"),
        (_file(_with(before="abc")), "actions[0].before: expected a SHA-256 digest"),
        (_file(_with(before="F" * 64)), "actions[0].before: expected a SHA-256 digest"),
        (_file(_with(content="x")), "actions[0]: unknown content"),
        (_file(_with(edits=[{"start": 0, "end": 1}])), "needs one of new and new_base64"),
        (
            _file(_with(edits=[{"start": 0, "end": 1, "new": "", "new_base64": ""}])),
            "needs one of new and new_base64",
        ),
        (_file(_with(edits=[{"start": 2, "end": 1, "new": ""}])), "end: expected 2 or more, got 1"),
        (_file(_with(edits=[{"start": -1, "end": 1, "new": ""}])), "start: expected a byte offset"),
        (_file(_with(edits=[{"start": "0", "end": 1, "new": ""}])), "expected a byte offset"),
        (_file(_with(edits=[{"start": 0.0, "end": 1, "new": ""}])), "expected a byte offset"),
        (_file(_with(edits=[{"start": 0, "end": True, "new": ""}])), "expected a byte offset"),
        (
            _file(_with(edits=[{"start": 0, "end": 1, "new_base64": "a b="}])),
            "actions[0].edits[0].new_base64: expected base64",
        ),
        (
            _file(_with(edits=[{"start": 0, "end": 1, "new": "\ud800"}])),
            "actions[0].edits[0].new: expected Unicode text",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(data: bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(data, "plan.json")
    assert caught.value.message.startswith("plan.json is not a saved plan: ")
    assert message in caught.value.message
    assert caught.value.hint
