"""The HTML page in a real browser, from a file: finding, filtering, focus, a path, keys alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Page, browser
from odd_vault import ODD, odd_drawing
from tiny_vault import tiny_vault

from vaultkit.graph.build import build_graph
from vaultkit.graph.drawing import draw
from vaultkit.graph.journey import journey
from vaultkit.report.graph.forms import exported
from vaultkit.report.graph.html import page_value

FILES = {
    "Losses/Cross-Entropy.md": "---\nverification_status: passed\ncategory: loss\n---\n"
    "- Parents: [[Loss Function]]\n- Variants: [[Focal Loss]], [[Label Smoothing]]\n[[Softmax]]\n",
    "Losses/Focal Loss.md": "---\nverification_status: failed\n---\n- Parents: [[Cross-Entropy]]\n",
    "Losses/Label Smoothing.md": "- Parents: [[Cross-Entropy]]\n- Related: [[Calibration]]\n",
    "Loss Function.md": "[[Cross-Entropy]]\n",
    "Probability/Softmax.md": "[[Logits]]\n",
    "Probability/Logits.md": "",
    "Probability/Calibration.md": "",
    "손실 함수.md": "[[Loss Function]]\n",
    "</script><script>alert(1)</script>.md".replace("/", "⁄"): "---\ntags: ['</script>']\n---\n",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    """The page of FILES, fresh; it may neither fail nor ask for anything but itself."""
    vault = tiny_vault(tmp_path / "vault", FILES)
    file = tmp_path / "graph.html"
    file.write_bytes(exported("html", draw(vault, build_graph(vault))))
    page.size(1280, 800)
    page.open(file)
    return page


def drawn(page: Page) -> set[str]:
    """The names of the notes that the view holds."""
    script = "vaultGraph.state.view.members.map(node => vaultGraph.graph.name[node])"
    return set(page.run(script))


def listed(page: Page) -> dict[str, list[str]]:
    """Heading -> the notes below it, as the note's panel lists them."""
    return dict(
        page.run(
            "[...document.querySelectorAll('#note h3')].map(h => [h.innerText.trim(),"
            " [...h.nextElementSibling.querySelectorAll('button')].map(b => b.dataset.note)])"
        )
    )


def find(page: Page, text: str) -> None:
    page.press("/")
    page.type(text)
    page.press("Enter")


def test_it_opens_from_a_file_and_asks_for_nothing_else(opened: Page) -> None:
    assert opened.text("#count") == "9 notes, 10 links"
    assert len(drawn(opened)) == 9
    opened.run("new Promise(done => setTimeout(done, 300))")
    assert opened.problems == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len({url.split("#")[0] for url in opened.requests}) == 1


def test_the_canvas_shows_every_community_s_colour(opened: Page) -> None:
    opened.run("new Promise(done => setTimeout(done, 400))")
    seen = opened.run(
        "(() => { const c = document.getElementById('canvas'), g = c.getContext('2d');"
        " const d = g.getImageData(0, 0, c.width, c.height).data, found = new Set();"
        " for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255)"
        " found.add('#' + [d[i], d[i+1], d[i+2]].map(v => v.toString(16).padStart(2, 0)).join(''));"
        " const v = vaultGraph; return v.graph.data.names.community.map("
        " (_, n) => found.has(v.graph.data.palette[n])); })()"
    )
    assert len(seen) >= 2
    assert all(seen)


def test_a_person_finds_a_note_sees_its_parents_and_variants_and_follows_a_path(
    opened: Page,
) -> None:
    find(opened, "cross")
    assert opened.text("#note h2") == "Cross-Entropy"
    assert listed(opened) == {
        "parents → (1)": ["Loss Function.md"],
        "← parents (2)": ["Losses/Focal Loss.md", "Losses/Label Smoothing.md"],
        "variants → (2)": ["Losses/Focal Loss.md", "Losses/Label Smoothing.md"],
        "link → (1)": ["Probability/Softmax.md"],
        "← link (1)": ["Loss Function.md"],
    }
    opened.press("f")
    assert drawn(opened) == {
        "Cross-Entropy", "Loss Function", "Focal Loss", "Label Smoothing", "Softmax"
    }  # fmt: skip
    above, below = (
        opened.run(f"(v => v.state.view.y[v.graph.name.indexOf('{name}')])(vaultGraph)")
        for name in ("Loss Function", "Focal Loss")
    )
    assert above < 0 < below
    opened.click('#note button[data-note="Losses/Focal Loss.md"]')
    assert opened.text("#note h2") == "Focal Loss"
    opened.press("p")
    opened.type("logits")
    opened.press("Enter")
    assert opened.text("#note h2") == "3 steps"
    steps = opened.run("[...document.querySelectorAll('#note li')].map(li => li.innerText)")
    assert [re.sub(r"\s+", " ", step).strip() for step in steps] == [
        "Focal Loss Losses/Focal Loss.md",
        "— parents → Focal Loss.md:4 Cross-Entropy Losses/Cross-Entropy.md",
        "— link → Cross-Entropy.md:7 Softmax Probability/Softmax.md",
        "— link → Softmax.md:1 Logits Probability/Logits.md",
    ]
    opened.press("Escape")
    assert opened.text("#note h2") == "Focal Loss"
    assert drawn(opened) == {"Focal Loss", "Cross-Entropy"}
    opened.click("#whole")
    assert len(drawn(opened)) == 9
    assert opened.problems == []


WAYS = [("Logits", "Focal"), ("Focal", "Calibration"), ("손실", "Softmax"), ("Logits", "Calib")]


@pytest.mark.parametrize(("start", "goal"), WAYS)
def test_a_path_is_that_of_the_command(opened: Page, tmp_path: Path, start: str, goal: str) -> None:
    find(opened, start)
    opened.press("p")
    opened.type(goal)
    opened.press("Enter")
    ours = opened.run("vaultGraph.state.way.nodes.map(node => vaultGraph.graph.id[node])")
    vault = tiny_vault(tmp_path / "vault", FILES)
    steps = journey(build_graph(vault), ours[0], ours[-1])
    assert steps is not None
    assert ours == [steps[0].start, *(step.end for step in steps)]
    against = sum(not step.forward for step in steps)
    told = opened.text("#note small")
    assert told == (f"{against} of them against a link" if against else "along links")


def test_no_way_is_said(opened: Page) -> None:
    find(opened, "logits")
    opened.press("p")
    opened.type("alert")
    opened.press("Enter")
    assert opened.text("#hint").startswith("No way leads from Logits to <⁄script>")


def test_filters(opened: Page) -> None:
    opened.click('input[data-fact="relation"][data-value="link"]')
    assert opened.text("#count") == "9 notes, 6 links"
    opened.click('input[data-fact="category"][data-value="Probability"]')
    assert opened.text("#count") == "6 notes, 5 links"
    opened.click('input[data-fact="verdict"][data-value="failed"]')
    assert drawn(opened) == {
        "Cross-Entropy", "Label Smoothing", "Loss Function", "손실 함수", ODD_NAME
    }  # fmt: skip
    find(opened, "focal")
    assert opened.run("document.getElementById('note').hidden")


ODD_NAME = "<⁄script><script>alert(1)<⁄script>"


def test_colours_by_verdict(opened: Page) -> None:
    opened.click('input[name="by"][value="verdict"]')
    opened.run("new Promise(done => setTimeout(done, 300))")
    colours = opened.run(
        "Object.fromEntries([...document.querySelectorAll('input[data-fact=verdict]')].map(i =>"
        " [i.dataset.value, i.parentNode.querySelector('.dot').style.getPropertyValue('--c')]))"
    )
    assert colours == {"": "#8a8f98", "passed": "#009e73", "failed": "#d55e00"}


def test_keys_alone_reach_everything(opened: Page) -> None:
    find(opened, "focal")
    assert opened.run("document.activeElement.id") == "canvas"
    before = opened.run("[vaultGraph.stage.camera.x, vaultGraph.stage.camera.scale]")
    opened.press("ArrowLeft")
    opened.press("+")
    after = opened.run("[vaultGraph.stage.camera.x, vaultGraph.stage.camera.scale]")
    assert after[0] != before[0]
    assert after[1] > before[1]
    seen = set()
    for _ in range(60):
        opened.press("Tab")
        seen.add(opened.run("document.activeElement.dataset.note || document.activeElement.id"))
    assert {"Losses/Cross-Entropy.md", "fit", "path", "query", "close"} <= seen
    opened.run("document.activeElement.blur()")
    opened.press("Escape")
    assert opened.run("document.getElementById('note').hidden")


def test_search_results_are_chosen_with_arrows(opened: Page) -> None:
    opened.press("/")
    opened.type("l")
    first = opened.text('#results [aria-selected="true"]')
    opened.press("ArrowDown")
    second = opened.text('#results [aria-selected="true"]')
    assert first != second
    assert opened.run("document.getElementById('query').getAttribute('aria-expanded')") == "true"
    opened.press("Enter")
    assert second.startswith(opened.text("#note h2"))
    opened.press("/")
    opened.type("nothing like it")
    assert opened.text("#results") == "no note is called so"


def test_a_click_on_a_node_chooses_it_and_back_returns(opened: Page) -> None:
    x, y = opened.run(
        "(v => { const n = v.graph.name.indexOf('Softmax'), at = v.stage.screen(n),"
        " r = document.getElementById('canvas').getBoundingClientRect();"
        " return [at.x + r.x, at.y + r.y]; })(vaultGraph)"
    )
    opened.click_at(x, y)
    assert opened.text("#note h2") == "Softmax"
    assert opened.run("decodeURIComponent(location.hash)") == "#Probability/Softmax.md"
    find(opened, "focal")
    opened.run("new Promise(done => { addEventListener('popstate', done); history.back(); })")
    assert opened.text("#note h2") == "Softmax"


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone(opened: Page, dark: bool) -> None:
    opened.size(390, 844, dark=dark, phone=True)
    opened.run("new Promise(done => setTimeout(done, 300))")
    wide = opened.run("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    find(opened, "cross")
    boxes = opened.run(
        "['canvas', 'note', 'query'].map(id => { const r = document.getElementById(id)"
        ".getBoundingClientRect(); return [r.width, r.height]; })"
    )
    assert all(width > 180 and height > 20 for width, height in boxes)
    assert boxes[0][1] > 200
    assert len(opened.picture()) > 5000


def test_every_kind_of_node_and_name(page: Page, tmp_path: Path) -> None:
    drawing = odd_drawing(tmp_path)
    file = tmp_path / "odd.html"
    file.write_bytes(exported("html", drawing))
    page.size(1280, 800)
    page.open(file)
    names = page.run("vaultGraph.graph.name")
    assert names == [node.name for node in drawing.nodes]
    assert ODD in names
    assert page.run("vaultGraph.graph.data") == json.loads(json.dumps(page_value(drawing)))
    assert page.problems == []
