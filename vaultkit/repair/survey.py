"""Every link of a vault in exactly one bucket."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from vaultkit.note import Link
from vaultkit.note.markdown_link import is_external
from vaultkit.note.placeholder import is_ignored
from vaultkit.note.wikilink import plain_target
from vaultkit.repair.forms import NameForms, Titles
from vaultkit.repair.propose import Options, Proposal, Refusal, propose
from vaultkit.repair.write import rewrite
from vaultkit.vault import Ambiguous, Found, Missing, Page, Vault

Bucket = Literal[
    "ignored",
    "external",
    "bad-fragment",
    "self",
    "resolved",
    "resolved-attachment",
    "ambiguous",
    "missing-variant",
    "missing-alias",
    "missing",
]
BUCKETS: tuple[Bucket, ...] = (
    "ignored",
    "external",
    "bad-fragment",
    "self",
    "resolved",
    "resolved-attachment",
    "ambiguous",
    "missing-variant",
    "missing-alias",
    "missing",
)


# Buckets in which nothing is wrong.
QUIET: frozenset[Bucket] = frozenset(
    ("ignored", "external", "self", "resolved", "resolved-attachment")
)


class Sighting(NamedTuple):
    """One link, where it stands, and what it means.

    resolved:   the file it means, or None.
    candidates: the files of a tie, of a possible repair, or that carry the alias.
    verdict:    for a missing link what the repair steps said of it.
    """

    path: str
    link: Link
    bucket: Bucket
    resolved: str | None = None
    candidates: tuple[str, ...] = ()
    verdict: Proposal | Refusal | None = None


class _Sound(dict[bytes, bool]):
    """Between brackets: whether a wikilink leads to one file by its name, wherever it stands."""

    def __init__(self, vault: Vault) -> None:
        self._leads_somewhere = vault.index.leads_somewhere

    def __missing__(self, inner: bytes) -> bool:
        target = plain_target(inner)
        sound = self[inner] = target != "" and self._leads_somewhere(target)
        return sound


class Surveyor:
    """Tells the bucket of any link of one vault; remembers what it built for the next.

    known: gives the titles and aliases of all notes, where they are known already.
    """

    def __init__(
        self,
        vault: Vault,
        options: Options | None = None,
        known: Callable[[], Titles] | None = None,
    ) -> None:
        self.vault = vault
        self._known = known
        self._options = options or Options()
        self._verdicts: dict[tuple[str, str], Proposal | Refusal | None] = {}

    def survey(self) -> Iterator[Sighting]:
        """Every link, file by file, notes before boards, in the order of each file."""
        for path, page in self.vault.pages():
            for link in page.links:
                yield self.sight(path, page, link)

    def troubles(self, files: Collection[str] | None = None) -> Iterator[Sighting]:
        """The links that do not simply lead somewhere, in the same order.

        files: the files whose links are looked at, or None for all.
        What leads to a file by its name alone, most links of a sound vault, costs one look-up.
        """
        for path, page, link in self._not_plain if files is None else self._unplain(files):
            sighting = self.sight(path, page, link)
            if sighting.bucket not in QUIET:
                yield sighting

    @cached_property
    def _not_plain(self) -> list[tuple[str, Page, Link]]:
        """The links that need more than one look-up to tell."""
        return self._unplain(None)

    def _unplain(self, files: Collection[str] | None) -> list[tuple[str, Page, Link]]:
        resolve, sound = self.vault.index.resolve, _Sound(self.vault)
        found: list[tuple[str, Page, Link]] = []
        for path, page in self.vault.pages_of(files):
            for link in page.internal_links_but(sound):
                if (
                    link.fragment is not None
                    or link.kind == "file"
                    or type(resolve(link.target, path)) is not Found
                ):
                    found.append((path, page, link))
        return found

    @cached_property
    def forms(self) -> NameForms:
        """The names that the vault's broken links are compared with."""
        if self._known is not None:
            return NameForms(self.vault, None, self._known)
        resolve = self.vault.index.resolve
        missing = {
            link.target
            for path, _, link in self._not_plain
            if type(resolve(link.target, path)) is Missing
        }
        ends = {target.rpartition("/")[2] for target in missing}
        return NameForms(self.vault, {target.removesuffix(".md") for target in missing | ends})

    def sight(self, path: str, page: Page, link: Link) -> Sighting:
        """What one link means."""
        if is_ignored(link, page.source.data[link.span.start : link.span.end]):
            return Sighting(path, link, "ignored")
        if is_external(link, page.source.data):
            return Sighting(path, link, "external")
        vault = self.vault
        outright = _is_path(link)
        found = vault.resolve_path(link.target) if outright else vault.resolve(link.target, path)
        if isinstance(found, Found):
            return self._found(path, link, found.path)
        if isinstance(found, Ambiguous):
            return Sighting(path, link, "ambiguous", candidates=found.candidates)
        if outright:
            return Sighting(path, link, "missing")
        return self._missing(path, page, link)

    def _found(self, path: str, link: Link, target: str) -> Sighting:
        if link.fragment and not self.vault.has_fragment(target, link.fragment):
            return Sighting(path, link, "bad-fragment", target)
        if target == path:
            return Sighting(path, link, "self", target)
        note = target in self.vault.notes or target[-3:].lower() == ".md"
        return Sighting(path, link, "resolved" if note else "resolved-attachment", target)

    def _missing(self, path: str, page: Page, link: Link) -> Sighting:
        verdict = self.verdict(path, link)
        if isinstance(verdict, Proposal):
            if rewrite(self.vault, page, link, verdict.path) is None:
                refusal = Refusal("would not resolve", (verdict.path,))
                return Sighting(path, link, "missing", None, refusal.candidates, refusal)
            return Sighting(path, link, "missing-variant", None, (verdict.path,), verdict)
        if isinstance(verdict, Refusal):
            alias = verdict.reason == "alias only" and len(verdict.candidates) == 1
            bucket: Bucket = "missing-alias" if alias else "missing"
            return Sighting(path, link, bucket, None, verdict.candidates, verdict)
        return Sighting(path, link, "missing")

    def verdict(self, path: str, link: Link) -> Proposal | Refusal | None:
        """What the repair steps say of a link that resolves to nothing."""
        # The linking note itself decides only "its own note" and the own folder.
        key = (link.target, path)
        if key not in self._verdicts:
            self._verdicts[key] = propose(link, path, self.forms, self._options)
        return self._verdicts[key]


def _is_path(link: Link) -> bool:
    """Whether a link names its file by the whole path, as the nodes of a canvas do."""
    return link.kind == "file" and link.where == "canvas"
