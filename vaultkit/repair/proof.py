"""The proof of a relinking: the vault afterwards is parsed again, and every link asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vaultkit.note import Link
from vaultkit.repair.after import after
from vaultkit.repair.claim import Claim, Place, anchor_offset, resolve
from vaultkit.repair.draft import Layout
from vaultkit.repair.relink import Relinker, Relinking
from vaultkit.vault import Found, Vault


class Proof:
    """Asks what each link means after the plan, from the plan alone."""

    def __init__(self, vault: Vault, relinking: Relinking) -> None:
        self._before = vault
        self._after = after(vault, relinking.plan)
        self._found = relinking
        self._layout = Layout(vault, relinking.draft, relinking.edits)
        self._destiny = Relinker(vault, relinking.draft).destiny

    def failures(self) -> Iterator[tuple[Place, str]]:
        """Every link that would not mean what it means now, with the reason."""
        links = {
            path: {link.span.start: link for link in page.links}
            for path, page in self._after.pages()
        }
        caught = set(self._found.caught)
        for claim in self._found.claims:
            if claim.place in caught:
                continue
            path, link = claim.place
            spot = self._layout.spot(path, link.span.start)
            now = links[spot.path].get(spot.offset) if spot else None
            if now is None or now.kind != link.kind:
                yield claim.place, "it would no longer be read as a link"
            elif spot is not None and (why := self._wrong(claim, now, spot.path)):
                yield claim.place, why
        yield from self._strangers(links)

    def _wrong(self, claim: Claim, now: Link, source: str) -> str | None:
        wanted = self._destiny(claim.target, claim.anchor)
        if resolve(self._after.index, now, source) != Found(wanted):
            return f"it would not lead to {wanted}"
        link = claim.place.link
        if link.display is not None and now.display != link.display:
            return "its display text would change"
        if (link.fragment is None) != (now.fragment is None):
            return "its fragment would be lost"
        if link.fragment is None or now.fragment is None or claim.target not in self._before.notes:
            return None
        led = self._after.anchor(wanted, now.fragment)
        if claim.anchor is None or claim.anchor.kind == "note":
            same = led is None if claim.anchor is None else led == claim.anchor
            return None if same else "its fragment would lead somewhere else"
        offset = anchor_offset(self._before.notes[claim.target], claim.anchor)
        spot = self._layout.spot(claim.target, offset)
        if spot is None:
            return None
        if led is None or led.kind != claim.anchor.kind:
            return "its heading or block would not be found"
        stands = anchor_offset(self._after.notes[wanted], led)
        return None if stands == spot.offset else "it would lead to another heading or block"

    def _strangers(self, links: dict[str, dict[int, Link]]) -> Iterator[tuple[Place, str]]:
        """Links afterwards that nobody wrote: brackets that an edit brought together."""
        known: dict[str, set[int]] = defaultdict(set)
        for path, page in self._before.pages():
            if self._layout.touches(path):
                for link in page.links:
                    if spot := self._layout.spot(path, link.span.start):
                        known[spot.path].add(spot.offset)
        for path, starts in known.items():
            for offset in links[path].keys() - starts:
                if not self._layout.is_new(path, offset):
                    yield Place(path, links[path][offset]), "it would become a link"


def failures(vault: Vault, relinking: Relinking) -> list[tuple[Place, str]]:
    """The links that a plan would rob of their meaning; none where it is sound."""
    return list(Proof(vault, relinking).failures())
