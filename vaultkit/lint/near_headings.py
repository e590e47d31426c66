"""Headings that a broken fragment may have meant: suggestions, in linear time."""

from __future__ import annotations

from itertools import islice

from vaultkit.names import heading_key
from vaultkit.vault import Vault

# A note with more headings than this is looked through no further.
_LOOKED_AT = 500
_MOST = 3


class NearHeadings:
    """Finds the headings of a note whose words a fragment holds, or that hold its words."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._keys: dict[str, dict[str, str]] = {}
        self._memo: dict[tuple[str, str], tuple[str, ...]] = {}

    def suggest(self, path: str, fragment: str) -> tuple[str, ...]:
        """Up to three headings of the note, in its order."""
        wanted = heading_key(fragment.rpartition("#")[2].replace("-", " "))
        found = self._memo.get((path, wanted))
        if found is None:
            keys = self._keys_of(path).items() if wanted else ()
            near = (text for key, text in keys if wanted in key or key in wanted)
            found = self._memo[path, wanted] = tuple(islice(near, _MOST))
        return found

    def _keys_of(self, path: str) -> dict[str, str]:
        """Key -> text of the note's headings; of several with one key the first."""
        found = self._keys.get(path)
        if found is None:
            found = self._keys[path] = {}
            note = self._vault.notes.get(path)
            for heading in note.headings[:_LOOKED_AT] if note else ():
                key = heading_key(heading.text.replace("-", " "))
                if key:
                    found.setdefault(key, heading.text)
        return found
