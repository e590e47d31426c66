"""The page of what is proven: one row for a function, whatever devices judged it."""

from __future__ import annotations

import re
from dataclasses import asdict
from html.parser import HTMLParser
from typing import Any

from vaultkit.report.proof import cell_text, columns, counted, proof_markdown, proofs
from vaultkit.report.proof_page import proof_html
from vaultkit.verify.judging import plain
from vaultkit.verify.row import Row, Verification
from vaultkit.verify.verdict import Cell, Cost, Divergence, Gradient, Level, Verdict, told

PLACE = {
    "python": "3.12.1",
    "packages": {"torch": "2.9"},
    "devices": {"cpu": "x86_64", "cuda": None},
    "commit": "0123456789abcdef",
}
WRONG = Divergence(
    "regular domain",
    "focal(logits=[[0, 0]], labels=[0])",
    "0.1",
    "0.3 & more",
    0.2,
    explanation="x",
)


def judged(level: Level, *cells: Cell, **more: Any) -> Any:
    verdict = Verdict("f<1>", "focal-loss", level, (("alpha", "scalar"),), cells, **more)
    return plain({**asdict(verdict), "text": told(verdict)})


def row(note: str, index: int, told: Any, device: str = "cpu") -> Row:
    return Row(note, 3, index, "b", "python", "ran", device, index, verdict="agrees", judged=told)


def cells(device: str, level: Level | None, skipped: str = "") -> tuple[Cell, ...]:
    names = ("float64", "float32", "bfloat16", "float16")
    return tuple(Cell(device, name, level, skipped, 7, 1.6e-15) for name in names)


def without_gpu() -> Verification:
    robust = judged(
        Level.ROBUST,
        *cells("cpu", Level.ROBUST),
        *cells("cuda", None, "no device"),
        gradients=(Gradient("gradcheck", True, "1 case"), Gradient("twice", None)),
        costs=(Cost("cpu", "(64, 10)", 3, 2, 4000, 3000, 0.001, 0.0005),),
        remarks=("worth <knowing>",),
    )
    refuted = Cell(
        "cpu", "float64", Level.DIVERGES, cases=2, error=float("inf"), divergences=(WRONG,)
    )
    late = Cell("cpu", "float16", None, "refuted on the regular domain")
    wrong = judged(
        Level.DIVERGES, refuted, late, *cells("cuda", None, "no device"), explanation="α & β"
    )
    unread = judged(Level.EXECUTED, explanation="`alfa` is no key")
    rows = (row("deep/A.md", 1, robust), row("B.md", 2, wrong), row("B.md", 4, unread))
    return Verification((*rows, row("B.md", 5, None)), PLACE)


class Balanced(HTMLParser):
    """Raises for a tag that closes another one than was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta", "html"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == "html" or self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_device_that_is_not_there_has_one_column() -> None:
    found = proofs(without_gpu())
    names = [str(column) for column in columns(found)]
    assert names == ["cpu float64", "cpu float32", "cpu bfloat16", "cpu float16", "cuda"]
    shown = [[cell_text(proof, column) for column in columns(found)] for proof in found]
    assert shown[0] == ["robust (2e-15)"] * 4 + ["skipped: no device"]
    assert shown[1][0] == "diverges (inf)"
    assert shown[1][3] == "skipped: refuted on the regular domain"
    assert shown[2] == ["–"] * 5
    assert counted(found) == [("robust", 1), ("executed", 1), ("diverges", 1)]


def test_both_devices_of_a_function_stand_in_one_row() -> None:
    rows = (
        row("A.md", 1, judged(Level.ROBUST, *cells("cpu", Level.ROBUST))),
        row("A.md", 1, judged(Level.AGREES, *cells("cuda", Level.AGREES)), "cuda"),
    )
    (proof,) = proofs(Verification(rows, PLACE))
    assert proof.level == "agrees"
    shown = [(str(column), cell_text(proof, column)) for column in columns([proof])]
    assert len(shown) == 8
    assert shown[0] == ("cpu float64", "robust (2e-15)")
    assert shown[7] == ("cuda float16", "agrees (2e-15)")
    assert proof_markdown(Verification(rows, PLACE)).count("implements focal-loss") == 2


def test_the_note_links_where_it_says_and_keeps_its_table() -> None:
    page = proof_markdown(without_gpu())
    table = [line for line in page.splitlines() if line.startswith("|")]
    assert len(table) == 5
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1
    assert "| [[deep/A\\|A]] | `f<1>` | focal-loss | **robust** |" in page
    assert "| [[B]] |" in page
    assert "Of 3 functions: 1 robust, 1 executed, 1 diverges." in page
    assert "commit 0123456789ab\n" in page
    assert "gives 0.1, right is 0.3 & more" in page


def test_the_page_is_whole_and_escapes_what_it_quotes() -> None:
    page = proof_html(without_gpu())
    read = Balanced()
    read.feed(page)
    assert read.open == []
    assert "f<1>" not in page
    for text in ("f<1>", "α & β", "gives 0.1\nright is 0.3 & more", "worth <knowing>", "held"):
        assert text in read.text
    assert page.count("<details") == 3
    assert page.count(" open><summary>") == 2
    assert 'colspan="4">cpu<' in page and 'colspan="1">cuda<' in page
    assert "skipped: no device" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_without_a_declaration_both_say_so() -> None:
    made = Verification((row("B.md", 1, None),), PLACE)
    for page in (proof_markdown(made), proof_html(made)):
        assert "No block declares what it implements" in page
        assert "<table" not in page
