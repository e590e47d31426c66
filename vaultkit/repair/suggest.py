"""What a broken link may have meant: suggestions to read, never repairs to write.

Each look-up is by a hash of a form, or of a half of it, so a vault of any size with any number
of broken links costs linear time.
"""

from __future__ import annotations

import re
from functools import cached_property

from vaultkit.names import fold
from vaultkit.repair.forms import NameForms, stem

_TRAILING_PARENTHESES = re.compile(r"\s*\([^()]*\)\s*$")
_MOST = 3
# Names that share half of their letters are compared one by one up to this many.
_BUCKET_LIMIT = 64
_SHORTEST = 4


class Suggester:
    """Finds notes whose name or alias is near a broken target."""

    def __init__(self, forms: NameForms) -> None:
        self._forms = forms
        self._memo: dict[str, tuple[str, ...]] = {}

    def suggest(self, target: str) -> tuple[str, ...]:
        """Up to three notes, as a link would name them, the likeliest first."""
        if target not in self._memo:
            name = target[target.rfind("/") + 1 :]
            name = name[:-3] if name[-3:].lower() == ".md" else name
            paths = self._paths(name)
            self._memo[target] = tuple(dict.fromkeys(stem(path) for path in paths))[:_MOST]
        return self._memo[target]

    def _paths(self, name: str) -> list[str]:
        forms = self._forms
        found: list[str] = []
        for step in ("punctuation", "joined"):
            found += forms.named(name, step)
            found += forms.titled(name, step)
        found += forms.aliased(name)
        for other in _neighbours(name):
            found += forms.named(other, "punctuation")
        if len(set(found)) < _MOST:
            found += self._near(fold(name, "punctuation"))
        return found

    @cached_property
    def _halves(self) -> dict[tuple[str, str, int], list[tuple[str, str]]]:
        """(which half, its letters, whole length) -> (form, path)."""
        halves: dict[tuple[str, str, int], list[tuple[str, str]]] = {}
        for path in self._forms.paths:
            form = fold(stem(path), "punctuation")
            if len(form) >= _SHORTEST:
                cut = len(form) // 2
                for key in (("a", form[:cut], len(form)), ("b", form[cut:], len(form))):
                    bucket = halves.setdefault(key, [])
                    if len(bucket) < _BUCKET_LIMIT:
                        bucket.append((form, path))
        return halves

    def _near(self, form: str) -> list[str]:
        """Notes one edit away: one half of the name is then the same."""
        if len(form) < _SHORTEST:
            return []
        found: set[tuple[str, str]] = set()
        for length in (len(form), len(form) - 1, len(form) + 1):
            cut = length // 2
            tail = length - cut
            for key in (("a", form[:cut], length), ("b", form[-tail:], length)):
                found.update(item for item in self._halves.get(key, ()) if _one_edit(item[0], form))
        return [path for _, path in sorted(found)]


def _neighbours(name: str) -> list[str]:
    """The name with or without a plural ending, and without a trailing parenthesis."""
    near: list[str] = []
    if name.endswith("s"):
        near.append(name[:-1])
        if name.endswith("es"):
            near.append(name[:-2])
    else:
        near += [name + "s", name + "es"]
    shorter = _TRAILING_PARENTHESES.sub("", name)
    if shorter and shorter != name:
        near.append(shorter)
    return near


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter inserted, deleted, replaced, or two neighbours swapped, make a of b."""
    if a == b:
        return False
    if len(a) > len(b):
        a, b = b, a
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest_a[:2] == rest_b[1::-1] if len(rest_a) > 1 else False
        return rest_a[1:] == rest_b[1:] or (swapped and rest_a[2:] == rest_b[2:])
    return len(b) - len(a) == 1 and rest_a == rest_b[1:]
