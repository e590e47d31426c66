"""Write docs/rules/ from the rules' own files, and docs/vaultkit.schema.json from the settings.

python scripts/rule_pages.py            writes what has changed, takes away what is no rule's
python scripts/rule_pages.py --check    writes nothing; exit code 1 when something is stale
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from vaultkit.lint.rule import all_rules
from vaultkit.report.config_schema import config_schema
from vaultkit.report.rules import index_page, rule_page
from vaultkit.report.shown import as_json

DOCS = Path(__file__).resolve().parent.parent / "docs"


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
    made = pages()
    old = stale(DOCS, made)
    if parser.parse_args().check:
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
