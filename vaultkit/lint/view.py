"""What a rule sees: the vault, the configuration, and answers that several rules share."""

from __future__ import annotations

from functools import cached_property

from vaultkit.config import Config
from vaultkit.repair.suggest import Suggester
from vaultkit.repair.survey import Bucket, Sighting, Surveyor
from vaultkit.vault import Page, Vault
from vaultkit.vault.excluded import Excluded


class View:
    """One vault for one run; everything here is computed once, when a rule first asks."""

    def __init__(self, vault: Vault, config: Config | None = None) -> None:
        self.vault = vault
        self.config = config or Config()

    @cached_property
    def surveyor(self) -> Surveyor:
        """Tells any link's bucket."""
        return Surveyor(self.vault)

    @cached_property
    def suggester(self) -> Suggester:
        """Tells what a broken link may have meant."""
        return Suggester(self.surveyor.forms)

    @cached_property
    def _troubles(self) -> dict[Bucket, list[Sighting]]:
        buckets: dict[Bucket, list[Sighting]] = {}
        for sighting in self.surveyor.troubles():
            buckets.setdefault(sighting.bucket, []).append(sighting)
        return buckets

    def links_in(self, bucket: Bucket) -> list[Sighting]:
        """Every link of a bucket that is not a sound one, in the vault's order."""
        return self._troubles.get(bucket, [])

    def page(self, path: str) -> Page:
        """The note or board of a path."""
        vault = self.vault
        return vault.notes[path] if path in vault.notes else vault.boards[path]

    @cached_property
    def _excluded(self) -> Excluded:
        return Excluded(self.vault.settings.excluded)

    def is_excluded(self, path: str) -> bool:
        """Whether the vault's settings hide a file from search and graph."""
        return path in self._excluded
