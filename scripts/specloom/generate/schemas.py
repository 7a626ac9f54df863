"""Run datamodel-code-generator in process."""

from __future__ import annotations

import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from specloom.generate.prepared import Modelled
from specloom.generate.rewording import NULLABLE

# Types that read JSON differently from what JSON Schema says, or write it differently from what they read.
_STRICT: Final = ("AwareDatetime", "BaseModel", "StrictFloat", "StrictInt", "UUID", "date")
# Those of Rust, which pydantic uses by default, cannot look around. "#all#" stands for all models.
_LOOKS_AROUND: Final = defaultdict[str, dict[str, Any]](dict, {"#all#": {"config": {"regex_engine": "'python-re'"}}})
_DOCSTRING: Final = '"""Pydantic models of the schemas of the spec."""'


def write_schemas(modelled: Modelled, package: str, spec: Path) -> str:
    """Return the module of pydantic models, unformatted, that `package`, made of `spec`, gets.

    Raises whatever datamodel-code-generator trips over.
    """
    if not modelled.document["components"]["schemas"]:
        return f"{_DOCSTRING}\n"
    # They are slow to import, and of a large spec it is another process that needs them.
    from datamodel_code_generator import InputFileType, LiteralType  # noqa: PLC0415
    from datamodel_code_generator import generate as generate_models  # noqa: PLC0415
    from datamodel_code_generator.enums import DataModelType, StrictTypes  # noqa: PLC0415
    from datamodel_code_generator.format import PythonVersion  # noqa: PLC0415

    with warnings.catch_warnings():
        # Formats that it does not know are fine, and its deprecations are no matter of the spec.
        warnings.simplefilter("ignore")
        text = generate_models(
            modelled.document,
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            use_annotated=True,
            use_union_operator=True,
            field_constraints=True,
            strict_nullable=True,
            enum_field_as_literal=LiteralType.All,
            collapse_root_models=True,
            snake_case_field=True,
            allow_population_by_field_name=True,
            use_schema_description=True,
            disable_timestamp=True,
            treat_dot_as_module=False,
            strict_types=[StrictTypes.int, StrictTypes.float, StrictTypes.bool],
            import_overrides=dict.fromkeys(_STRICT, f"{package}.strict"),
            field_extra_keys={NULLABLE},
            extra_template_data=_LOOKS_AROUND if modelled.python else None,
            custom_file_header=_DOCSTRING,
            formatters=[],  # `tidy` does it
            settings_path=spec.parent,
        )
    if not isinstance(text, str):
        raise TypeError("the schemas give more than one module")
    # A relative import is found wherever the package stands, by type checkers too.
    return text.replace(f"from {package}.", "from .")
