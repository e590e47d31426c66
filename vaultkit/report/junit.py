"""A run of the notes' blocks as JUnit XML, which every CI system shows."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vaultkit.verify.row import Row, Verification

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(made: Verification) -> bytes:
    """One suite for each note, one case for each block and device, as UTF-8."""
    suites = Element("testsuites", name="vaultkit verify")
    for note, group in groupby(made.rows, key=lambda row: row.note):
        rows = list(group)
        suite = SubElement(
            suites,
            "testsuite",
            name=_text(note),
            tests=str(len(rows)),
            failures=str(sum(row.passed is False and row.verdict != "crashed" for row in rows)),
            errors=str(sum(row.verdict == "crashed" for row in rows)),
            skipped=str(sum(row.passed is None for row in rows)),
            time=f"{sum(row.seconds for row in rows):.3f}",
        )
        for row in rows:
            _case(suite, row)
    indent(suites)
    body: bytes = tostring(suites, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


def _case(suite: Element, row: Row) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=_text(row.note),
        name=_text(f"{row.index} {row.name} [{row.device}]"),
        file=_text(row.note),
        line=str(row.error.line if row.error and row.error.line else row.line),
        time=f"{row.seconds:.3f}",
    )
    if row.passed is None:
        SubElement(case, "skipped", message=_text(row.why or row.fate))
    elif row.passed is False:
        kind = "error" if row.verdict == "crashed" else "failure"
        error = row.error
        message = error.message if error else row.why
        found = SubElement(
            case, kind, message=_text(message[:500]), type=error.type if error else row.fate
        )
        found.text = _text(error.trace or message) if error else _text(row.why)
    if row.output:
        SubElement(case, "system-out").text = _text(row.output)


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
