"""The normal forms of names: what each step unifies, and what it keeps apart."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkit.names import STEPS, Step, fold, link_key

# Letters of several scripts, separators and punctuation of all kinds, in short names.
NAMES = st.text(
    st.sampled_from("abCD12ß한글中éआिก้ -_‐‑'’.,:;?!/()[]+#*@&–—、（）·\u00a0\u200b\u00ad\t📚")
    | st.characters(exclude_categories=["Cs"]),
    max_size=12,
)

STEP_ORDER: tuple[Step, ...] = ("same", "separators", "punctuation")


def first_step(a: str, b: str) -> Step | None:
    """The first step at which two names have one form that is not empty."""
    return next((step for step in STEPS if fold(a, step) and fold(a, step) == fold(b, step)), None)


@pytest.mark.parametrize(
    ("a", "b", "step"),
    [
        # Unicode form, case, edge white space, NBSP, zero-width characters.
        ("Focal Loss", "focal loss", "same"),
        ("Straße", "STRASSE", "same"),
        ("café", unicodedata.normalize("NFD", "café"), "same"),
        ("한글", unicodedata.normalize("NFD", "한글"), "same"),
        (" Focal Loss ", "Focal Loss", "same"),
        ("Focal\u00a0Loss", "Focal Loss", "same"),
        ("Focal\u202fLoss", "Focal Loss", "same"),
        ("Focal\u200b Loss\ufeff", "Focal Loss", "same"),
        ("Fo\u00adcal Loss", "Focal Loss", "same"),
        ("Focal  Loss", "Focal Loss", "same"),
        # Space, hyphen, underscore between word characters; U+2010 and U+2011 too.
        ("focal_loss", "Focal Loss", "separators"),
        ("focal-loss", "Focal Loss", "separators"),
        ("focal‐loss", "Focal Loss", "separators"),
        ("focal‑loss", "Focal Loss", "separators"),
        ("focal - loss", "Focal Loss", "separators"),
        ("focal__loss", "Focal Loss", "separators"),
        ("a_b-c d", "a b c d", "separators"),
        ("손실_함수", "손실 함수", "separators"),
        ("हिन्दी_भाषा", "हिन्दी भाषा", "separators"),
        ("น้ำ-ตา", "น้ำ ตา", "separators"),
        ("T1059 - Command", "T1059 Command", "separators"),
        # Soft punctuation and brackets.
        ("Term (logic)", "Term logic", "punctuation"),
        ("Loss: Focal", "Loss Focal", "punctuation"),
        ("TCP/IP", "TCP IP", "punctuation"),
        ("Why?", "Why", "punctuation"),
        ("Node.js", "Node js", "punctuation"),
        ('The "Loss"', "The Loss", "punctuation"),
        ("a, b; c", "a b c", "punctuation"),
        ("A – B", "A B", "punctuation"),
        ("A — B", "A B", "punctuation"),
        ("「損失」関数", "損失 関数", "punctuation"),
        ("손실（함수）", "손실 함수", "punctuation"),
        ("[x] y", "x y", "punctuation"),
        ("User's SID", "Users SID", "punctuation"),  # an apostrophe inside a word is deleted
        ("User’s SID", "User's SID", "punctuation"),
        ("User''s SID", "User's SID", "punctuation"),
        ("v1.5. End", "v1.5 End", "punctuation"),
        ("a, - b", "a b", "punctuation"),
        # Without separators, where a person asks for it.
        ("LifeCycle", "life cycle", "joined"),
        ("life-cycle", "lifecycle", "joined"),
        ("Windows 11", "Windows11", "joined"),
    ],
)
def test_variants_meet_at_a_step_and_not_before(a: str, b: str, step: Step) -> None:
    assert first_step(a, b) == first_step(b, a) == step


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # The pairs that must never merge, as far as their names alone can tell.
        ("C", "C++"),
        ("C", "C#"),
        ("C#", "C++"),
        ("A*", "A"),
        ("F (programming language)", "F- (programming language)"),
        ("C-", "C--"),
        ("Go", "Go! (programming language)"),
        ("Go (programming language)", "Go! (programming language)"),
        ("HTTP", "HTTPS"),
        ("IP", "IPS"),
        ("folder-note", "folder-notes"),
        ("LoRA (machine learning)", "LoRa"),
        ("Stack (mathematics)", "Stack (abstract data type)"),
        ("SIP (System Integrity Protection)", "SIP"),
        ("certi.py", "certipy"),
        ("Security+", "Security"),
        ("三体", "📚三体"),
        ("T1005", "T1055"),
        ("A* search algorithm", "Search algorithm"),
        # Their like.
        ("100%", "100"),
        ("@home", "home"),
        ("R&D", "RD"),
        ("$x", "x"),
        ("1.5", "1 5"),
        ("1.5", "15"),
        ("T1 055", "T105 5"),
        ("release 1 2 final", "release 12 final"),
        ("C-", "C"),
        ("-x", "x"),
        ("ls -a", "ls a"),
        ("rock 'n' roll", "rock roll"),
        ("resume", "résumé"),
        ("हिन्द", "हिन्दी"),
        ("ກາ", "ກາ່"),
        ("①", "1"),
        ("²", "2"),
    ],
)
def test_names_that_never_meet(a: str, b: str) -> None:
    assert first_step(a, b) is None


@pytest.mark.parametrize(
    "name", ["", " ", "()", "--", "??", "_", "📚", "***", "·", "\u200b", "().md", "[[", "’", "…"]
)
def test_an_empty_key_matches_nothing(name: str) -> None:
    stem = name.removesuffix(".md")
    assert [fold(stem, step) for step in STEPS] == ["", "", "", ""]


@pytest.mark.parametrize("name", ["a", "1", "(a)", "한"])
def test_a_short_key_matches_nothing_at_the_bolder_steps(name: str) -> None:
    assert fold(name, "punctuation") == fold(name, "joined") == ""


@pytest.mark.parametrize("name", ["T1055", "a b c d e", "12345678"])
def test_without_separators_six_letters_are_the_least(name: str) -> None:
    assert fold(name, "joined") == ""
    assert fold(f"{name} abcdef", "joined")


@given(NAMES, st.sampled_from(STEPS))
@example("a, - b", "punctuation")
@example("T1 055 abcdef", "joined")
@example("1'.2", "punctuation")
@example("a\ue000b", "punctuation")
@example("1.\u200b2", "punctuation")
def test_a_form_is_its_own_form(name: str, step: Step) -> None:
    once = fold(name, step)
    assert fold(once, step) == once


@given(NAMES, NAMES)
def test_what_one_step_unites_the_next_does_not_part(a: str, b: str) -> None:
    for earlier, later in pairwise(STEP_ORDER):
        if fold(a, earlier) and fold(a, earlier) == fold(b, earlier):
            assert fold(a, later) == fold(b, later)


@given(NAMES, NAMES)
def test_names_that_obsidian_takes_for_one_have_one_form(a: str, b: str) -> None:
    if link_key(a) == link_key(b):
        for step in STEPS:
            assert fold(a, step) == fold(b, step)


def letters(text: str) -> list[str]:
    """The letters, digits and marks of a text, whatever their case and Unicode form."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return [c for c in plain if unicodedata.category(c)[0] in "LNM"]


@given(NAMES, st.sampled_from(STEPS))
def test_no_letter_of_any_script_is_lost(name: str, step: Step) -> None:
    form = fold(name, step)
    if form:
        assert letters(form) == letters(name)


@given(NAMES, st.sampled_from(STEPS))
def test_no_character_that_tells_names_apart_is_lost(name: str, step: Step) -> None:
    form = fold(name, step)
    if form:
        for character in "!+#*@%$&":
            assert form.count(character) == name.count(character)
