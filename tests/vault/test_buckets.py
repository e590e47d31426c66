"""Every link lands in exactly one bucket, the first that applies."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_vault import buckets, sightings

from vaultkit.repair.survey import BUCKETS
from vaultkit.report.links import summary_value

FILES = {
    "Note.md": "# Head\ntext ^id\n",
    "Focal Loss.md": "---\naliases: [FL, Both]\n---\n",
    "Other.md": "---\naliases: Both\n---\n",
    "Spear Phishing.md": "",
    "Spear-Phishing.md": "",
    "a/tie.md": "",
    "b/tie.md": "",
    "x.png": "",
    "x.pdf": "",
    "x.canvas": "{}",
    "x.base": "",
    "LICENSE": "",
}

EACH = [
    ("ignored", "[[{{title}}]]"),
    ("ignored", "[[ -f x ]]"),
    ("external", "[t](https://example.org)"),
    ("bad-fragment", "[[Note#Gone]]"),
    ("bad-fragment", "[[#Gone]]"),
    ("self", "[[S]]"),
    ("self", "[[#Own]]"),
    ("resolved", "[[Note]]"),
    ("resolved", "[[Note#Head]]"),
    ("resolved-attachment", "![[x.png]]"),
    ("resolved-attachment", "[[x.pdf#page=1]]"),
    ("resolved-attachment", "[[x.canvas]]"),
    ("resolved-attachment", "![[x.base#View]]"),
    ("resolved-attachment", "[[LICENSE]]"),
    ("ambiguous", "[[tie]]"),
    ("ambiguous", "[[tie#Gone]]"),
    ("missing-variant", "[[focal_loss]]"),
    ("missing-variant", "[[focal_loss#Gone]]"),
    ("missing-alias", "[[FL]]"),
    ("missing", "[[Nowhere]]"),
    ("missing", "[[Both]]"),  # an alias of two notes
    ("missing", "[[spear_phishing]]"),  # two candidates
    ("missing", "[[s_]]"),
]


@pytest.mark.parametrize(("bucket", "markup"), EACH, ids=[markup for _, markup in EACH])
def test_a_link_is_in_the_first_bucket_that_applies(
    tmp_path: Path, bucket: str, markup: str
) -> None:
    assert buckets(tmp_path, f"{markup}\n\n# Own\n", FILES) == [bucket]


def test_first_that_applies(tmp_path: Path) -> None:
    """A link that several buckets could hold is in the earliest."""
    files = {
        "{{title}}.md": "",
        "fl.md": "",
        "FL x.md": "---\naliases: [f_l, fl]\n---\n",
        "f l.md": "",
    }
    assert buckets(tmp_path, "[[{{title}}]]\n", files) == ["ignored"]
    # Both an alias and a variant: the repair comes first; both resolved and an alias: resolved.
    assert buckets(tmp_path, "[[f_l]]\n", files) == ["missing-variant"]
    assert buckets(tmp_path, "[[fl]]\n", files) == ["resolved"]


def test_the_counts_sum_to_the_total(tmp_path: Path) -> None:
    text = "\n\n".join(markup for _, markup in EACH) + "\n\n# Own\n"
    found = sightings(tmp_path, {"S.md": text, **FILES})
    counts = summary_value(found)
    total = counts.pop("total")
    assert total == len(found) == len(EACH)
    assert sum(counts.values()) == total
    assert list(counts) == list(BUCKETS)
    assert {item.bucket for item in found} == set(BUCKETS)


def test_what_is_known_of_a_link(tmp_path: Path) -> None:
    text = "[[Note]] [[tie]] [[focal_loss]] [[FL]] [[Both]] [[spear_phishing]] [[Nowhere]]\n"
    found = [item for item in sightings(tmp_path, {"S.md": text, **FILES}) if item.path == "S.md"]
    assert [(item.resolved, item.candidates) for item in found] == [
        ("Note.md", ()),
        (None, ("a/tie.md", "b/tie.md")),
        (None, ("Focal Loss.md",)),
        (None, ("Focal Loss.md",)),
        (None, ("Focal Loss.md", "Other.md")),
        (None, ("Spear Phishing.md", "Spear-Phishing.md")),
        (None, ()),
    ]
