"""Import every module of a package and print what failed, a line each: `python importer.py FOLDER PACKAGE`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    """Import all; a module that fails does not keep the others from being tried."""
    folder, package = Path(sys.argv[1]), sys.argv[2]
    sys.path.insert(0, str(folder))
    for path in sorted((folder / package).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        # What runs when it is imported is no module to import, and test plugins need pytest.
        if parts[-1] in {"__main__", "pytest_plugin"}:
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - whatever a generated module raises is what is counted
            sys.stdout.write(f"{name}: {type(error).__name__}: {str(error)[:200]}\n".replace("\n", " ").strip() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
