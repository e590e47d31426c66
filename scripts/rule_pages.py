"""Write what is made of the rules' own files: their table, their pages, the settings' schema.

The table is `vaultkit/lint/table.py`; the pages and the schema lie in docs/.

python scripts/rule_pages.py            writes what has changed, takes away what is no rule's
python scripts/rule_pages.py --check    writes nothing; exit code 1 when something is stale
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from vaultkit.lint.rule import all_rules
from vaultkit.lint.stated import Stated, made_table
from vaultkit.report.config_schema import config_schema
from vaultkit.report.rules import index_page, rule_page
from vaultkit.report.shown import as_json

ROOT = Path(__file__).resolve().parent.parent
DOCS, TABLE = ROOT / "docs", ROOT / "vaultkit/lint/table.py"
_WIDEST = 100
_HEAD = '''\
"""What every rule's module says of it, so that only the rules that run are imported.

Written by `scripts/rule_pages.py`, which makes the pages of the rules too.
"""

from __future__ import annotations

from collections.abc import Mapping

from vaultkit.lint.stated import Stated

TABLE: Mapping[str, Stated] = '''


def table_text(table: Mapping[str, Stated]) -> str:
    """The source of `table.py`, as the formatter leaves it."""
    rows = "".join(_row(name, rule) for name, rule in table.items())
    return f"{_HEAD}{{\n{rows}}}\n"


def _row(name: str, rule: Stated) -> str:
    """A rule with the arguments that make it, those with another value than by themselves."""
    given = [_shown(rule.family), _shown(rule.severity)]
    for key, usual in Stated._field_defaults.items():
        value = getattr(rule, key)
        if value != usual:
            given.append(f"{key}={_shown(value)}")
    told = ", ".join(given)
    if len(f'    "{name}": Stated({told}),') <= _WIDEST:
        return f'    "{name}": Stated({told}),\n'
    if len(f"        {told}") > _WIDEST:
        told = ",\n        ".join([*given, ""]).rstrip()
    return f'    "{name}": Stated(\n        {told}\n    ),\n'


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, bytes):
        return f'b"{repr(value)[2:-1]}"'
    return f'"{value}"' if isinstance(value, str) else repr(value)


def pages() -> Mapping[str, str]:
    """Path below docs/ -> text."""
    rules = all_rules()
    made = {f"rules/{name}.md": rule_page(rule) for name, rule in rules.items()}
    made["rules/README.md"] = index_page(rules.values())
    made["vaultkit.schema.json"] = as_json(config_schema())
    return made


def stale(docs: Path, made: Mapping[str, str]) -> list[str]:
    """What is missing, differs, or is the page of no rule."""
    found = {
        path
        for path, text in made.items()
        if not (docs / path).exists() or (docs / path).read_text(encoding="utf-8") != text
    }
    there = {f"rules/{file.name}" for file in (docs / "rules").glob("*.md")}
    return sorted(found | (there - made.keys()))


def main() -> int:
    """Write or check the pages."""
    parser = argparse.ArgumentParser(description="Write or check docs/rules/.")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when stale")
    check = parser.parse_args().check
    table = table_text(made_table())
    if table != TABLE.read_text(encoding="utf-8"):
        if check:
            print("vaultkit/lint/table.py is stale")
            return 1
        TABLE.write_text(table, encoding="utf-8")
        # The pages are those of the new table, and this process has read the old one.
        os.execv(sys.executable, [sys.executable, *sys.argv])
    made = pages()
    old = stale(DOCS, made)
    if check:
        print("\n".join(f"docs/{path} is stale" for path in old) or "every page is fresh")
        return 1 if old else 0
    (DOCS / "rules").mkdir(exist_ok=True)
    for path in old:
        if path in made:
            (DOCS / path).write_text(made[path], encoding="utf-8")
        else:
            (DOCS / path).unlink()
    print(f"{len(old)} of {len(made)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
