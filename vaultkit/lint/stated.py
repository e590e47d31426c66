"""What a rule's module says of the rule, and the table of it all, which `table.py` keeps.

Importing every rule to run a few of them was a third of a short run.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Literal, NamedTuple

from vaultkit.lint.finding import Severity

Scope = Literal["note", "file", "front", "vault"]
KnownBy = Literal["text", "message"]


class Stated(NamedTuple):
    """What is known of a rule without its module.

    default: whether it runs when nothing is selected.
    scope:   what a finding in a file depends on beside the list of files and the settings:
             "note": on that note alone; "file": on that file, and on names, titles, aliases,
             headings and blocks of others; "front": on front matter, in whatever note, and on the
             text of the notes that `leans_on` names; "vault": on anything.
    dated:   whether the findings depend on the day of the run.
    known_by: what makes a finding the same one later: the text it points at, or its message
             where that is about the file as a whole.
    leans:   whether it has `leans_on`.
    marks:   bytes of which a note holds one, if the rule finds something in it or leans on it;
             none for a rule that needs none.
    in_front: whether the marks are looked for in front matter alone.
    """

    family: str
    severity: Severity
    default: bool = True
    scope: Scope = "vault"
    dated: bool = False
    known_by: KnownBy = "text"
    leans: bool = False
    marks: tuple[bytes, ...] = ()
    in_front: bool = False


def stated(module: ModuleType) -> Stated:
    """What a rule's module says.

    It has `check(view)`, or `check_note(note, context)` where a note is enough.
    """
    given = vars(module)
    return Stated(
        given["FAMILY"],
        given["SEVERITY"],
        given.get("DEFAULT", True),
        "note" if "check_note" in given else given.get("SCOPE", "vault"),
        given.get("DATED", False),
        given.get("KNOWN_BY", "text"),
        "leans_on" in given,
        given.get("MARKS", given.get("FRONT_MARKS", ())),
        "FRONT_MARKS" in given,
    )


def made_table() -> Mapping[str, Stated]:
    """Rule -> what its module says: a file in the package is a rule, none can be forgotten."""
    import pkgutil

    from vaultkit.lint import rules

    stems = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {
        stem.replace("_", "-"): stated(importlib.import_module(f"{rules.__name__}.{stem}"))
        for stem in stems
    }
