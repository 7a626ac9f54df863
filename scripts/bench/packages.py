"""What is measured: our package of each spec beside the stock one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from bench.stock import package_name, write_stock_client
from specloom.generate.naming import Names, names_of
from specloom.spec import Api, find_specs, load_api

GENERATED: Final = Path("generated")
"""The folder of our packages, from the root of the repository."""


@attrs.frozen
class Pair:
    """Our distribution of an API and the stock one, each in its folder."""

    api: Api
    names: Names
    ours: Path
    stock: Path
    stock_package: str


def pairs(folder: Path) -> list[Pair]:
    """Write the stock client of each spec below `folder`; return each with ours."""
    return [
        Pair(
            api=load_api(spec),
            names=names_of(spec),
            ours=(GENERATED / names_of(spec).api).resolve(),
            stock=write_stock_client(spec, folder / names_of(spec).api),
            stock_package=package_name(spec),
        )
        for spec in find_specs()
    ]
