"""What holds of every repair, whatever the vault."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from vault_strategies import Files, settings, vault_of, vaults

from vaultkit.plan.plan import Write
from vaultkit.repair.propose import Options
from vaultkit.repair.reconcile import Reconciliation, reconcile
from vaultkit.repair.survey import Sighting, Surveyor
from vaultkit.text import apply_edits
from vaultkit.vault import Found, Settings

Drawn = tuple[Files, dict[str, tuple[tuple[int, int], ...]]]
OPTIONS = st.builds(Options, st.booleans(), st.booleans(), st.booleans())
BROKEN = ("missing", "missing-variant", "missing-alias")


def after(files: Files, found: Reconciliation) -> Files:
    result = dict(files)
    for action in found.plan.actions:
        assert isinstance(action, Write)
        result[str(action.path)] = apply_edits(files[str(action.path)], action.edits)
    return result


def survey(files: Files, wish: Settings) -> list[Sighting]:
    return list(Surveyor(vault_of(files, wish)).survey())


@given(vaults(), settings(), OPTIONS)
def test_reconciling_twice_plans_nothing_the_second_time(
    drawn: Drawn, wish: Settings, options: Options
) -> None:
    files, _ = drawn
    found = reconcile(vault_of(files, wish), options)
    again = reconcile(vault_of(after(files, found), wish), options)
    assert again.repairs == ()
    assert not again.plan


@given(vaults(), settings(), OPTIONS)
def test_each_link_then_means_the_note_that_was_proposed(
    drawn: Drawn, wish: Settings, options: Options
) -> None:
    files, _ = drawn
    found = reconcile(vault_of(files, wish), options)
    changed = after(files, found)
    vault = vault_of(changed, wish)
    for item in found.repairs:
        assert item.proposal.path != item.path
        shift = sum(
            len(other.rewrite.new) - len(other.rewrite.old)
            for other in found.repairs
            if other.path == item.path and other.link.span < item.link.span
        )
        start = item.link.span.start + shift
        (link,) = (link for link in vault.notes[item.path].links if link.span.start == start)
        assert changed[item.path][link.span.start : link.span.end] == item.rewrite.new
        assert vault.resolve(link.target, item.path) == Found(item.proposal.path)
        assert (link.kind, link.fragment) == (item.link.kind, item.link.fragment)
        assert item.link.display in (None, link.display)


@given(vaults(), settings(), OPTIONS)
def test_every_other_link_means_what_it_meant(
    drawn: Drawn, wish: Settings, options: Options
) -> None:
    files, _ = drawn
    found = reconcile(vault_of(files, wish), options)
    before, now = survey(files, wish), survey(after(files, found), wish)
    assert len(before) == len(now)
    repaired = {(item.path, item.link.span) for item in found.repairs}
    for old, new in zip(before, now, strict=True):
        if (old.path, old.link.span) not in repaired:
            assert (old.bucket, old.resolved, old.link[:4]) == (
                new.bucket,
                new.resolved,
                new.link[:4],
            )
        else:
            assert old.bucket in BROKEN
            assert new.bucket not in BROKEN
    fallen = sum(item.bucket in BROKEN for item in before) - sum(
        item.bucket in BROKEN for item in now
    )
    assert fallen == len(found.repairs)


@given(vaults(), settings(), OPTIONS)
def test_nothing_outside_the_edits_changes_and_nothing_in_code_math_or_html(
    drawn: Drawn, wish: Settings, options: Options
) -> None:
    files, shut = drawn
    found = reconcile(vault_of(files, wish), options)
    changed = after(files, found)
    planned = {str(action.path): action for action in found.plan.actions}
    assert set(planned) == {item.path for item in found.repairs}
    for path, data in files.items():
        action = planned.get(path)
        if action is None:
            assert changed[path] == data
            continue
        assert isinstance(action, Write)
        position, rest = 0, changed[path]
        for span, new in sorted(action.edits):
            for start, end in shut[path]:
                assert span.end <= start or end <= span.start
            kept = data[position : span.start]
            assert rest.startswith(kept + new)
            rest = rest[len(kept + new) :]
            position = span.end
        assert rest == data[position:]


@given(vaults(), settings(), OPTIONS)
def test_every_broken_link_is_repaired_refused_or_counted(
    drawn: Drawn, wish: Settings, options: Options
) -> None:
    files, _ = drawn
    broken = sum(item.bucket in BROKEN for item in survey(files, wish))
    found = reconcile(vault_of(files, wish), options)
    assert len(found.repairs) + len(found.refused) + found.missing == broken
    for item in found.refused:
        assert item.refusal.candidates
