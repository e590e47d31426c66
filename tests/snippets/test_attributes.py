import pytest

from vaultkit.snippets.attributes import Attributes, AttributesError, braces, parse


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ("", ""),
        ("{skip}", "skip"),
        ('title="x" {raises=ValueError}', "raises=ValueError"),
        ('{ skip } title="x"', "skip"),
        ('title="a b"', ""),
    ],
)
def test_only_what_stands_in_braces_is_ours(attributes: str, inside: str) -> None:
    assert braces(attributes) == inside


def test_every_key_is_read() -> None:
    made = parse("raises=ValueError needs=cuda,numpy timeout=2.5 session=a result=loss,grad")
    assert made == Attributes(
        raises="ValueError",
        needs=("cuda", "numpy"),
        timeout=2.5,
        session="a",
        result=("loss", "grad"),
    )
    assert parse("isolated xfail") == Attributes(isolated=True, xfail=True)
    assert parse("setup skip='needs a webcam'") == Attributes(setup=True, skip="needs a webcam")


def test_a_concept_brings_its_own_keys() -> None:
    made = parse("implements=focal-loss fn=focal alpha=scalar gamma=2")
    assert (made.implements, made.fn) == ("focal-loss", "focal")
    assert made.convention == (("alpha", "scalar"), ("gamma", "2"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rasies=ValueError", "did you mean 'raises'"),
        ("colour=red", "known keys: skip"),
        ("1,3-5", "neither a key nor key=value"),
        ("skip skip", "said twice"),
        ("timeout=soon", "number of seconds"),
        ("timeout=0", "number of seconds"),
        ("timeout=inf", "number of seconds"),
        ("raises", "wants a value"),
        ("raises=Value-Error", "not a name"),
        ("raises=A,B", "one name"),
        ("xfail=maybe", "is a flag"),
        ("raises=A xfail", "exclude each other"),
        ("isolated session=a", "exclude each other"),
        ("fn=focal", "implements= is missing"),
        ("implements", "wants a value"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(AttributesError, match=says.replace("(", r"\(")):
        parse(text)


def test_the_block_wins_over_the_note() -> None:
    assert parse("timeout=1", {"timeout": "9", "session": "a"}) == Attributes(
        timeout=1.0, session="a"
    )
    assert parse("skip=false", {"skip": "true"}) == Attributes()
