"""Which concepts there are: the oracles of this package, of installed projects, and of a folder.

A file of the package, an entry point of the group `vaultkit.oracles` (a module or a Concept), and
a `*.py` file of a folder named in the config all offer the same thing: a `CONCEPT`.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vaultkit.errors import UsageError
from vaultkit.verify.concept import Concept

GROUP = "vaultkit.oracles"


def catalogue(folders: Iterable[Path] = ()) -> Mapping[str, Concept]:
    """Every concept by its id, sorted.

    folders: directories of a user's own oracle files; a name starting with `_` is left alone.
    Raises UsageError for a file without a CONCEPT, one that does not import, or an id twice.
    """
    return _catalogue(tuple(folders))


@cache
def _catalogue(folders: tuple[Path, ...]) -> Mapping[str, Concept]:
    found: dict[str, tuple[Concept, str]] = {}
    sources = (_of_package(), _of_projects(), *(_of_folder(folder) for folder in folders))
    for source in sources:
        for concept, where in source:
            if concept.id in found:
                raise UsageError(
                    f"two oracles for `{concept.id}`: {found[concept.id][1]} and {where}",
                    "Give one of them another id.",
                )
            found[concept.id] = (concept, where)
    return MappingProxyType({key: found[key][0] for key in sorted(found)})


def find(name: str, concepts: Mapping[str, Concept]) -> Concept:
    """The concept with this id. Raises UsageError, naming the nearest ids, where there is none."""
    if name in concepts:
        return concepts[name]
    near = get_close_matches(name, concepts, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else ""
    raise UsageError(
        f"no oracle for `{name}`", hint or f"There are oracles for: {', '.join(concepts)}."
    )


def _of_package() -> Iterator[tuple[Concept, str]]:
    from vaultkit.verify import oracles

    for module in sorted(info.name for info in pkgutil.iter_modules(oracles.__path__)):
        loaded = importlib.import_module(f"{oracles.__name__}.{module}")
        yield _checked(loaded, f"{module}.py")


def _of_projects() -> Iterator[tuple[Concept, str]]:
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        where = f"entry point `{entry.name}` ({entry.value})"
        try:
            offered = entry.load()
        except Exception as error:
            raise UsageError(f"{where} does not load: {error}") from error
        yield _checked(offered, where)


def _of_folder(folder: Path) -> Iterator[tuple[Concept, str]]:
    if not folder.is_dir():
        raise UsageError(f"no folder of oracles at {folder}", "Correct the path in the config.")
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("_"):
            continue
        spec = importlib.util.spec_from_file_location(f"vaultkit_oracle_{path.stem}", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise UsageError(f"{path} does not import: {type(error).__name__}: {error}") from error
        yield _checked(module, str(path))


def _checked(offered: Any, where: str) -> tuple[Concept, str]:
    concept = offered if isinstance(offered, Concept) else getattr(offered, "CONCEPT", None)
    if not isinstance(concept, Concept):
        raise UsageError(f"{where} has no CONCEPT", "An oracle file builds one Concept value.")
    return concept, where
