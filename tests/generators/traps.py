"""What looks like a repairable link and is none."""

from __future__ import annotations

from random import Random

# (a link's target, a note's name): two names, whatever they look like.
PAIRS = (
    ("C#x", "C"),
    ("Cplus", "C++"),
    ("A star", "A*"),
    ("F- (programming language)", "F (programming language)"),
    ("Go! (programming language)", "Go"),
    ("HTTPS", "HTTP"),
    ("IPS", "IP"),
    ("folder-notes", "folder-note"),
    ("LoRa", "LoRA (machine learning)"),
    ("Stack (abstract data type)", "Stack (mathematics)"),
    ("SIP", "SIP (System Integrity Protection)"),
    ("certipy", "certi.py"),
    ("Security", "Security+"),
    ("三体", "📚三体"),
    ("T1055", "T1005"),
    ("Search algorithm", "A* search algorithm"),
    ("R D", "R&D"),
    ("Losses", "Loss"),
    ("Focl Term", "Focal Term"),
    ("BigIdea", "Big Idea"),
    ("version 1 5", "version 1.5"),
)
# Two notes of one form each: a link in a third notation is left alone.
TWINS = (
    ("Term_logic?", ("twins/Term (logic)", "twins/Term logic")),
    ("Spear_Phishing", ("twins/Spear Phishing", "twins/Spear-Phishing")),
    ("same_name", ("twins/a/same name", "twins/b/same name")),
)
TITLED_TWINS = ("One Title", ("twins/t1", "twins/t2"))
ALIASED = ("Short Form", "alias/Rather Long Form")

# Places where the brackets are no link; VARIANT would be repaired outside them.
SHUT = (
    "`[[VARIANT]]`",
    "`` ` [[VARIANT]] ``",
    "```\n[[VARIANT]]\n```",
    "~~~ python\nx = [[VARIANT]]\n~~~",
    "> ```\n> [[VARIANT]]\n> ```",
    "- item\n\n  ```\n  [[VARIANT]]\n  ```",
    "text\n\n    [[VARIANT]]",
    "$x [[VARIANT]]$",
    "$$\n[[VARIANT]]\n$$",
    "<!-- [[VARIANT]] -->",
    "<!--\n\n[[VARIANT]]\n\n-->",
    "<div>\n[[VARIANT]]\n</div>",
    '<a title="[[VARIANT]]">x</a>',
    "\\[[VARIANT]]",
    "[[VARIANT\n]]",
    "[[https://VARIANT]]",
    "[x](https://example.org/VARIANT)",
    "[[{{VARIANT}}]]",
    "[[VARIANT <% x %>]]",
    "[[ -f VARIANT ]]",
    "[[VARIANT `x`]]",
    "[[VARIANT/]]",
    "[[../VARIANT/]]",
    "[[./VARIANT]]",
    "[[VARIANT.png]]",
    "![[VARIANT.pdf#page=2]]",
    "[[Loss#VARIANT]]",
    "[[Loss|VARIANT]]",
    "[t][r]\n\n[r]: VARIANT.md",
)
FRONT = (
    "up: [[VARIANT]]",
    "up:\n  - [[VARIANT]]",
    "up: see [[VARIANT]]",
    'up: "see [[VARIANT]]"',
    'up: "![[VARIANT]]"',
    "# [[VARIANT]]",
    '"[[VARIANT]]": 1',
    "up: |\n  [[VARIANT]]",
)
# Punctuation alone, and links to nothing.
NOTHING = ("[[--]]", "[[??]]", "[[📚]]", "[[·]]", "[[No Such Thing At All]]", "[t](no%20such.md)")


def trap_notes() -> dict[str, str]:
    """The notes that traps are about."""
    files = {f"pairs/{name}.md": "# Notes\n" for _, name in PAIRS}
    files |= {f"{path}.md": "" for _, paths in TWINS for path in paths}
    files |= {f"{path}.md": f"---\ntitle: {TITLED_TWINS[0]}\n---\n" for path in TITLED_TWINS[1]}
    files[f"{ALIASED[1]}.md"] = f"---\naliases: [{ALIASED[0]}]\n---\n"
    files |= {"pairs/().md": "", "pairs/—.md": ""}
    return files


def traps_of(random: Random, variants: list[str], count: int) -> list[tuple[str, str, str]]:
    """(path, the file's text, the part of it that must stay), `count` times.

    variants: names in a notation that would be repaired elsewhere.
    """
    lines: list[tuple[str, str]] = []
    number = 0
    while len(lines) < count:
        variant = variants[number % len(variants)]
        shut = SHUT[number % len(SHUT)].replace("VARIANT", variant)
        front = FRONT[number % len(FRONT)].replace("VARIANT", variant)
        pair = PAIRS[number % len(PAIRS)][0]
        twin = TWINS[number % len(TWINS)][0]
        lines += [
            (f"text\n\n{shut}\n", shut),
            (f"---\n{front}\n---\n\ntext\n", front),
            (f"see [[{pair}]] there\n", f"[[{pair}]]"),
            (f"- ![[{pair}|shown]]\n", f"![[{pair}|shown]]"),
            (f"see [[{twin}#Notes]]\n", f"[[{twin}#Notes]]"),
            (f"see [[{TITLED_TWINS[0]}]]\n", f"[[{TITLED_TWINS[0]}]]"),
            (f"see [[{ALIASED[0]}]] here\n", f"[[{ALIASED[0]}]]"),
            (NOTHING[number % len(NOTHING)] + "\n", NOTHING[number % len(NOTHING)]),
        ]
        number += 1
    chosen = random.sample(lines, count)
    found = [(f"traps/{index:03}.md", text, kept) for index, (text, kept) in enumerate(chosen)]
    # The note a link stands in is not what it meant.
    own = "[[own_trap_note]]"
    found[0] = ("traps/own trap note.md", f"{own}\n", own)
    return found
