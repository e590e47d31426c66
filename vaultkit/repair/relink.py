"""Every link keeps its meaning while files, headings and blocks change their places.

A link means a file, and a heading or block of it by its number in the note. Where each of these
stands afterwards is known from the draft; a link that would mean anything else is written anew,
whether it leads to what moved, stands in it, or lost its name to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaultkit.note import Link
from vaultkit.plan.plan import Plan
from vaultkit.repair.claim import Claim, Place, anchor_offset, placed_links, resolve
from vaultkit.repair.draft import Draft, Layout
from vaultkit.repair.fragments import Fragments, encoded, subpath_place
from vaultkit.repair.spell import Trip, fragment_place, spelling, spells_exactly, target_edit
from vaultkit.text import Edit, Span
from vaultkit.vault import Ambiguous, Anchor, Found, Missing, Page, Resolution, Vault
from vaultkit.vault.resolve import FileIndex


@dataclass(frozen=True, slots=True)
class Relinking:
    """What becomes of the links.

    plan:    the draft with every edit of a link.
    edits:   old path -> the edits of links, in the bytes of now.
    claims:  every link that means a file, with what it means.
    caught:  links that led nowhere, and would lead to a file.
    settled: links that meant one of several files, and would mean one.
    stuck:   links that cannot be written so that they keep their meaning, with the reason.
    """

    plan: Plan
    edits: dict[str, list[Edit]]
    claims: tuple[Claim, ...]
    caught: tuple[Place, ...]
    settled: tuple[Place, ...]
    stuck: tuple[tuple[Place, str], ...]
    draft: Draft


# A heading may hold a link whose heading holds a link; deeper was never seen.
_ROUNDS = 4


class Relinker:
    """Works out the edits of one draft."""

    def __init__(self, vault: Vault, draft: Draft) -> None:
        self.vault = vault
        self.draft = draft
        self.bare = Layout(vault, draft, {})
        bases = {item.base: item.path for item in draft.pages if item.base}
        self._to = {**draft.removed, **draft.moves, **bases}
        gone = {*draft.removed, *draft.moves, *bases}
        made = {*draft.moves.values(), *(item.path for item in draft.pages)}
        self.files = tuple(sorted((set(vault.files) - gone) | made))
        self.index = FileIndex(self.files)
        self.edits: dict[str, dict[Span, Edit]] = {}
        self.stuck: list[tuple[Place, str]] = []

    def destiny(self, path: str, anchor: Anchor | None) -> str:
        """The file that a link to a file, or to a place in it, means afterwards."""
        if anchor is not None and anchor.kind != "note":
            home = self.bare.home(path, anchor_offset(self.vault.notes[path], anchor))
            if home is not None:
                return home
        return self._to.get(path, path)

    def run(self) -> Relinking:
        """Edits of targets first, then of fragments, until no heading changes any more."""
        claims: list[Claim] = []
        caught: list[Place] = []
        settled: list[Place] = []
        for path, page in self.vault.pages():
            if path in self.vault.linked:
                continue
            for link, where in placed_links(page):
                home = self.bare.home(path, link.span.start)
                if home is None:
                    continue
                before = resolve(self.vault.index, link, path)
                now = resolve(self.index, link, home)
                place = Place(path, link)
                if isinstance(before, Found):
                    claim = Claim(place, where, home, before.path, self._anchor(before, link))
                    claims.append(claim)
                    self._retarget(page, claim, now)
                elif isinstance(before, Ambiguous):
                    fit = {self._to.get(item, item) for item in before.candidates}
                    if isinstance(now, Found):
                        (settled if now.path in fit else caught).append(place)
                elif not isinstance(now, Missing):
                    caught.append(place)
        caught += self._fragments(claims)
        edits = {path: list(found.values()) for path, found in self.edits.items()}
        plan = Layout(self.vault, self.draft, edits).plan()
        found = (tuple(claims), tuple(caught), tuple(settled), tuple(self.stuck))
        return Relinking(plan, edits, *found, self.draft)

    def _anchor(self, before: Found, link: Link) -> Anchor | None:
        return self.vault.anchor(before.path, link.fragment) if link.fragment else None

    def _retarget(self, page: Page, claim: Claim, now: Resolution) -> None:
        (path, link), target = claim.place, claim.target
        wanted = self.destiny(target, claim.anchor)
        follows = (
            wanted != target
            and link.target != ""
            and spells_exactly(link.target, target)
            and not spells_exactly(link.target, wanted)
        )
        if now == Found(wanted) and not follows:
            return
        trip = Trip(path, target, claim.home, wanted)
        text = spelling(self.index, self.vault.settings, link, trip)
        if text is None or (claim.where.start == claim.where.end and link.target):
            if now != Found(wanted):
                self.stuck.append((claim.place, f"no way to write it leads to {wanted}"))
            return
        edit = target_edit(page, link, claim.where, text, self._shown(claim, text))
        self.edits.setdefault(path, {})[claim.where] = edit

    def _shown(self, claim: Claim, text: str) -> str | None:
        """What to add as display text: the bare name a reader saw, where a path is written."""
        link = claim.place.link
        if not link.target or link.fragment is not None:
            return None
        if claim.target in self.draft.shown:
            return self.draft.shown[claim.target]
        if "/" in text and "/" not in link.target:
            return text[text.rfind("/") + 1 :]
        return None

    def _fragments(self, claims: list[Claim]) -> list[Place]:
        """Fragments follow their headings; a heading may itself hold a link that changed.

        The links whose fragment leads nowhere now, and would lead somewhere, are given back.
        """
        waiting = [item for item in claims if item.anchor and item.anchor.kind != "note"]
        written: dict[Claim, str] = {}
        for _ in range(_ROUNDS):
            edits = {path: list(found.values()) for path, found in self.edits.items()}
            fragments = Fragments(self.vault, Layout(self.vault, self.draft, edits))
            wrong = fragments.wrong(waiting, written)
            for claim, text in wrong:
                if text is None or not self._refragment(claim, text):
                    self.stuck.append((claim.place, "its heading or block cannot be named"))
                    waiting.remove(claim)
                else:
                    written[claim] = text
            if not wrong:
                break
        else:
            why = "the heading it names changes with it"
            self.stuck += [(claim.place, why) for claim, _ in wrong]
        return [
            item.place
            for item in claims
            if item.place.link.fragment
            and item.anchor is None
            and item.target in self.vault.notes
            and fragments.exists(self.destiny(item.target, None), item.place.link.fragment)
        ]

    def _refragment(self, claim: Claim, text: str) -> bool:
        path, link = claim.place
        page = self.vault.page(path)
        if link.kind == "file" and link.where == "canvas":
            place = subpath_place(page, link)
        else:
            place = fragment_place(page.source.data, link, claim.where)
        if place is None:
            return False
        new = encoded(page, link, claim.where, place, text)
        self.edits.setdefault(path, {})[place] = Edit(place, new)
        return True


def relink(vault: Vault, draft: Draft) -> Relinking:
    """The plan of a draft in which every link keeps its meaning."""
    return Relinker(vault, draft).run()
