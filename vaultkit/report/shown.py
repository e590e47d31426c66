"""Names and markup on one line of a terminal, and JSON that any reader takes."""

from __future__ import annotations

import json
import re
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def one_line(text: str) -> str:
    """The text with control characters and lone surrogates as escapes: a file may be called so."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def as_json(value: Any) -> str:
    """The value as JSON in UTF-8, two blanks of indent, a newline at the end.

    Names the file system holds in no valid encoding are escaped, so that the text still encodes.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=2)
    return text + "\n"
