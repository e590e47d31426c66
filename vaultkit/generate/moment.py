"""Dates as Obsidian's templates write them: the format tokens of Moment.js that they use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from vaultkit.errors import UsageError

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


_TOKENS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda t: f"{t.year:04}",
    "YY": lambda t: f"{t.year % 100:02}",
    "MMMM": lambda t: _MONTHS[t.month - 1],
    "MMM": lambda t: _MONTHS[t.month - 1][:3],
    "MM": lambda t: f"{t.month:02}",
    "M": lambda t: str(t.month),
    "DDDD": lambda t: f"{t.timetuple().tm_yday:03}",
    "DDD": lambda t: str(t.timetuple().tm_yday),
    "DD": lambda t: f"{t.day:02}",
    "Do": lambda t: _ordinal(t.day),
    "D": lambda t: str(t.day),
    "dddd": lambda t: _DAYS[t.weekday()],
    "ddd": lambda t: _DAYS[t.weekday()][:3],
    "dd": lambda t: _DAYS[t.weekday()][:2],
    "d": lambda t: str(t.isoweekday() % 7),
    "E": lambda t: str(t.isoweekday()),
    "GGGG": lambda t: f"{t.isocalendar().year:04}",
    "WW": lambda t: f"{t.isocalendar().week:02}",
    "W": lambda t: str(t.isocalendar().week),
    "Q": lambda t: str((t.month + 2) // 3),
    "HH": lambda t: f"{t.hour:02}",
    "H": lambda t: str(t.hour),
    "hh": lambda t: f"{(t.hour - 1) % 12 + 1:02}",
    "h": lambda t: str((t.hour - 1) % 12 + 1),
    "mm": lambda t: f"{t.minute:02}",
    "m": lambda t: str(t.minute),
    "ss": lambda t: f"{t.second:02}",
    "s": lambda t: str(t.second),
    "A": lambda t: "AM" if t.hour < 12 else "PM",
    "a": lambda t: "am" if t.hour < 12 else "pm",
}
_PART = re.compile(r"\[[^\[\]]*\]|Do|([A-Za-z])\1*|.", re.DOTALL)


def moment(when: datetime, form: str) -> str:
    """A date or time in a Moment.js format; `[text]` stands for itself.

    Raises UsageError for a token that is not known here, rather than writing it out.
    """
    made = []
    for match in _PART.finditer(form):
        part = match[0]
        if part.startswith("[") and part.endswith("]") and len(part) > 1:
            made.append(part[1:-1])
        elif part in _TOKENS:
            made.append(_TOKENS[part](when))
        elif part[0].isascii() and part[0].isalpha():
            raise UsageError(
                f"the date format `{form}` holds `{part}`, which is not known",
                "put plain text into square brackets: [" + part + "]",
            )
        else:
            made.append(part)
    return "".join(made)
