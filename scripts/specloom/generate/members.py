"""Rename the attributes of models that would clash with what the methods of a model are written with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData
from openapi_python_client.schema.untrusted_string import UntrustedString

# openapi-python-client takes care of keywords and built-in names; these are other attributes, variables and imports of
# model.py.jinja.
_TAKEN: Final = frozenset(
    {
        *("additional_keys", "additional_properties", "from_dict", "to_dict", "to_multipart"),
        *("cls", "d", "field_dict", "files", "prop", "prop_dict", "prop_name", "src_dict"),
        *("cast", "integer", "json", "mistyped", "number", "read_date", "types", "unmatched"),
    }
)


def rename_members(data: GeneratorData, config: Config, named: Mapping[tuple[str, str], str]) -> None:
    """Append an underscore to the attributes of the models in `data` whose names are taken.

    `named` has the names in JSON of members that are called otherwise in `data`, by class and name there.
    """
    for model in data.models:
        members = [*(model.required_properties or ()), *(model.optional_properties or ())]
        for member in members if named else ():
            name = named.get((str(model.class_info.name), member.name.get_untrusted_value()))
            if name is not None:
                member.name = UntrustedString(name)
        names = {str(member.python_name) for member in members}
        for member in members:
            name = str(member.python_name)
            if name in _TAKEN or name == model.class_info.module_name:
                while name in names or name in _TAKEN:
                    name += "_"
                names.add(name)
                member.set_python_name(UntrustedString(name), config, skip_snake_case=True)
