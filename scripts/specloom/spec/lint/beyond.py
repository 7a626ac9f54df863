"""What openapi-spec-validator knows of OpenAPI beyond what `specloom.spec.validity` has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from openapi_spec_validator.validation.keywords import OpenAPIV31SchemaValidator, OpenAPIV31ValueValidator


class _SchemaValidator(OpenAPIV31SchemaValidator):
    """Looks at what schemas say of each other alone: that each follows JSON Schema is known."""

    def _validate_schema_meta(self, schema: Any, schema_value: Any) -> OpenAPIValidationError | None:
        try:
            self._get_schema_checker(schema, schema_value)
        except ValueError as error:  # an unknown dialect
            return OpenAPIValidationError(str(error))
        return None


class _ValueValidator(OpenAPIV31ValueValidator):
    """Looks at no default; that is another rule (S14)."""

    def __call__(self, schema: Any, value: Any) -> Iterator[Any]:
        del schema, value
        yield from ()


class _Validator(OpenAPIV31SpecValidator):
    keyword_validators = {  # noqa: RUF012 - as the class above has it
        **OpenAPIV31SpecValidator.keyword_validators,
        "schema": _SchemaValidator,
        "default": _ValueValidator,
    }


def messages(data: Any) -> Iterator[str]:
    """Yield what is wrong with the OpenAPI document `data`, in which `specloom.spec.validity` found nothing wrong."""
    validator = _Validator(data)
    # Its `iter_errors` would keep the document, and all that was made of it, as long as the process lives.
    for error in validator.root_validator(validator.schema_path):
        yield str(error.message)
