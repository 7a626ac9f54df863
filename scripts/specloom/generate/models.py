"""Run datamodel-code-generator in process."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import attrs
from datamodel_code_generator import InputFileType, LiteralType
from datamodel_code_generator import generate as generate_models
from datamodel_code_generator.enums import DataModelType, StrictTypes
from datamodel_code_generator.format import PythonVersion

from specloom.generate.modelling import Modelled
from specloom.generate.naming import Names
from specloom.generate.preparing import for_models
from specloom.generate.result import Loss
from specloom.generate.rewording import NULLABLE
from specloom.spec import Api
from specloom.spec.vocabulary import is_foreign

_ADVICE: Final = "write the schemas in a way that datamodel-code-generator can read"
# Types that read JSON differently from what JSON Schema says, or write it differently from what they read.
_STRICT: Final = ("AwareDatetime", "BaseModel", "StrictFloat", "StrictInt", "UUID", "date")
# Those of Rust, which pydantic uses by default, cannot look around. "#all#" stands for all models.
_LOOKS_AROUND: Final = defaultdict[str, dict[str, Any]](dict, {"#all#": {"config": {"regex_engine": "'python-re'"}}})
_CLASS: Final = re.compile(r"^class \w+[(:]", re.MULTILINE)
_DOCSTRING: Final = '"""Pydantic models of the schemas of the spec."""'


@attrs.frozen
class Models:
    """A module of pydantic models, unformatted, and what they do not check; no module when it could not be made."""

    module: str | None = attrs.field(repr=False)
    losses: tuple[Loss, ...] = ()

    @property
    def count(self) -> int:
        """The number of models."""
        return len(_CLASS.findall(self.module or ""))


def make_models(api: Api, names: Names) -> Models:
    """Make the pydantic models of the schemas of `api`.

    When datamodel-code-generator fails, there is no module for a foreign spec, which is told; for others,
    SpecloomError is raised.
    """
    prepared = for_models(api)
    if not prepared.document["components"]["schemas"]:
        return Models(f"{_DOCSTRING}\n")
    try:
        return Models(_generated(prepared, names, api.document.path.parent), prepared.losses)
    except OSError:
        raise
    except Exception as error:  # whatever it trips over, that is all there is to say to the author of the spec
        reason = f"datamodel-code-generator failed: {error!r}"
        if is_foreign(api.document):
            return Models(None, (Loss("models", "/components/schemas", "the pydantic models", reason),))
        raise api.document.error(reason, "/components/schemas", _ADVICE) from error


def _generated(prepared: Modelled, names: Names, folder: Path) -> str:
    with warnings.catch_warnings():
        # Formats that it does not know are fine, and its deprecations are no matter of the spec.
        warnings.simplefilter("ignore")
        text = generate_models(
            prepared.document,
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
            import_overrides=dict.fromkeys(_STRICT, f"{names.package}.strict"),
            field_extra_keys={NULLABLE},
            extra_template_data=_LOOKS_AROUND if prepared.python else None,
            custom_file_header=_DOCSTRING,
            formatters=[],  # `tidy` does it
            settings_path=folder,
        )
    if not isinstance(text, str):
        raise TypeError("the schemas give more than one module")
    # A relative import is found wherever the package stands, by type checkers too.
    return text.replace(f"from {names.package}.", "from .")
