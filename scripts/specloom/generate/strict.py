"""Types for pydantic models that accept what JSON Schema accepts, and write a value as it was read.

They have the names of the types that they take the place of. Left to itself, pydantic takes "3" and True for integers
and null for what may be absent, refuses 3.0, rounds large integers and writes times in a notation of its own.
"""

import datetime as dt
import re
import uuid
from functools import cache
from typing import Annotated, Any, Self, cast

import pydantic
from pydantic import BeforeValidator, PlainSerializer, PlainValidator, Strict, WithJsonSchema, WrapValidator

from specloom.generate.values.texts import Identifier, Timestamp, read_date

# RFC 3339, section 5.6: date-time.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII | re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def _integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Any, check: pydantic.ValidatorFunctionWrapHandler) -> Any:
    check(value)
    return value


def _time(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError("a time needs an offset from UTC")
        return value
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("it must be a time as in RFC 3339, such as 2023-12-07T08:29:50Z")
    time = Timestamp.read("it", value)
    # Section 5.7: leap seconds end a day of UTC.
    if value[17:19] == "60" and (time - (time.utcoffset() or dt.timedelta())).strftime("%H:%M") != "23:59":
        raise ValueError("a leap second must be the last second of a day in UTC")
    return time


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str):
        # pydantic lets a TypeError pass.
        raise ValueError("it must be a date as text")  # noqa: TRY004
    return read_date("it", value)


def _uuid(value: object) -> uuid.UUID:
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise ValueError("it must be a UUID as in RFC 9562")
    return Identifier.read("it", value)


def _json(value: Any) -> Any:
    # In a union, pydantic may ask an alternative to write what is none of its values.
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


_AS_READ = PlainSerializer(_json, when_used="json")

StrictInt = Annotated[int, Strict(), BeforeValidator(_integer)]
StrictFloat = Annotated[float, Strict(), WrapValidator(_number), _AS_READ]
AwareDatetime = Annotated[
    dt.datetime, PlainValidator(_time), _AS_READ, WithJsonSchema({"type": "string", "format": "date-time"})
]
date = Annotated[dt.date, PlainValidator(_date), _AS_READ, WithJsonSchema({"type": "string", "format": "date"})]
UUID = Annotated[uuid.UUID, PlainValidator(_uuid), _AS_READ, WithJsonSchema({"type": "string", "format": "uuid"})]


class BaseModel(pydantic.BaseModel):
    """A model that is made with Python's names, reads JSON by the names of JSON alone, and takes no null for absence.

    `Order(order_id=…)` and `Order.model_validate({"orderId": …})` set the same member; `order_id` in JSON is another.
    """

    # A member may be called `model_dump_date`.
    model_config = pydantic.ConfigDict(protected_namespaces=())

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Read a value of JSON; see pydantic for the options."""
        settings: dict[str, Any] = {"by_alias": True, "by_name": False, **options}
        return super().model_validate(obj, **settings)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read a text of JSON; see pydantic for the options."""
        settings: dict[str, Any] = {"by_alias": True, "by_name": False, **options}
        return super().model_validate_json(json_data, **settings)

    @pydantic.model_validator(mode="before")
    @classmethod
    def _refuse_null(cls, data: Any) -> Any:
        if isinstance(data, dict):
            members = cast("dict[str, Any]", data)
            for name in _never_null(cls) & members.keys():
                if members[name] is None:
                    raise ValueError(f"{name} must not be null")
        return cast("Any", data)

    @pydantic.model_validator(mode="after")
    def _tell_further_members_apart(self) -> Self:
        # A further member that is called like a field takes it for set: `name` where the field `name` is for `Name`.
        for name in (self.__pydantic_extra__ or {}).keys() & type(self).model_fields.keys():
            if getattr(self, name) == type(self).model_fields[name].default:
                self.__pydantic_fields_set__.discard(name)
        return self


@cache
def _never_null(model: type[pydantic.BaseModel]) -> frozenset[str]:
    """Return the JSON names of the members of `model` that are optional, and None only when they are absent."""
    return frozenset(
        name if field.alias is None else field.alias
        for name, field in model.model_fields.items()
        if not field.is_required() and field.json_schema_extra != {"x-nullable": True}
    )
