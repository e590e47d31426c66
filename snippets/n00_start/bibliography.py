# vaultkit: note="00_Start/Bibliography.md" sha256=310236c3f9a5bc1e83972ebd0ce157003ceb76221d0928e0e5f0a51cd58fd59f
# Generated from the note: edit the code there, or in a cell here and carry it back with
# `vaultkit extract --stitch`. Other edits to this file are refused.

# %% [1] what-a-machine-can-check-1 · 00_Start/Bibliography.md:54 · python {claims=0.38,2.21} · sha256=e2e7b2668b32073cbb73668f73f2919f757db32f78caaf0bc176f98e622ed486
works = {
    "Shannon": ("BSTJ", 1948, "10.1002/j.1538-7305.1948.tb01338.x", None, None),
    "Bishop": ("Springer", 2006, None, None, "9780387310732"),
    "Hinton": ("arXiv", 2015, None, "1503.02531", None),
    "Goodfellow": ("MIT Press", 2016, None, None, "9780262035613"),
    "Szegedy": ("CVPR", 2016, "10.1109/CVPR.2016.308", "1512.00567", None),
    "Lin": ("ICCV", 2017, "10.1109/ICCV.2017.324", "1708.02002", None),
}


def isbn_is_valid(isbn):
    digits = [int(d) for d in isbn]
    return sum(d * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10 == 0


for name, (venue, year, doi, arxiv, isbn) in works.items():
    if doi:
        assert f".{year}." in doi
    if doi and venue.isupper() and venue != "BSTJ":
        assert f"/{venue}." in doi
    if arxiv:
        appeared = 2000 + int(arxiv[:2])
        assert appeared <= year <= appeared + 1 and 1 <= int(arxiv[2:4]) <= 12
    if isbn:
        assert isbn_is_valid(isbn)
    assert doi or arxiv or isbn, name

assert works["Lin"][:2] == ("ICCV", 2017)
assert works["Szegedy"][:2] == ("CVPR", 2016)
assert works["Hinton"][:2] == ("arXiv", 2015)
assert works["Shannon"][:2] == ("BSTJ", 1948)
assert works["Bishop"][1] == 2006
