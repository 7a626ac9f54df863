"""Tell the documented successes of an operation from its errors, and how each is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.responses import Response as StockResponse

from specloom.generate.facade.annotations import annotation, union
from specloom.generate.facade.plan import Annotation, Answer, ErrorAnswer, How, Reading
from specloom.generate.facade.source import Source
from specloom.generate.facade.statuses import error_class
from specloom.spec import Api
from specloom.spec.api import MediaType, Response

_TYPES: Final[Mapping[How, Annotation]] = {
    "bytes": Annotation("bytes"),
    "json": Annotation("Any", frozenset({"from typing import Any"})),
    "nothing": Annotation("None"),
    "text": Annotation("str"),
}


def answers(source: Source) -> dict[str, Answer]:
    """Return the documented answers of an operation by status, in the order of the spec."""
    stock = {each.status_code.pattern: each for each in source.endpoint.responses}
    return {status: _answer(source, response, stock[status]) for status, response in source.operation.responses.items()}


def successes(found: Mapping[str, Answer]) -> tuple[Answer, ...]:
    """Return the answers that a method returns: those with 2xx; without any, 3xx; without those, `default`."""
    for first in "23":
        chosen = tuple(answer for status, answer in found.items() if status.startswith(first))
        if chosen:
            return chosen
    return tuple(answer for status, answer in found.items() if status == "default")


def errors(found: Mapping[str, Answer]) -> tuple[ErrorAnswer, ...]:
    """Return the answers that a method raises: all others, and `default` in any case, for what is no success."""
    returned = {answer.status for answer in successes(found)} - {"default"}
    return tuple(ErrorAnswer(each, error_class(each.status)) for each in found.values() if each.status not in returned)


def _answer(source: Source, response: Response, stock: StockResponse) -> Answer:
    first = next((each for each in response.media_types if _how(each.name) != "bytes" or _is_bytes(each.name)), None)
    first = first or next(iter(response.media_types), None)
    how: How = "nothing"
    if first is not None and source.operation.method != "head":
        how = _how(first.name)
        if how == "json" and not isinstance(stock.prop, AnyProperty):
            how = "stock"
    others = () if how == "nothing" else tuple(_others(source.api, response, first))
    types = {**_TYPES, "stock": annotation(stock.prop, source.rename)}
    is_empty = (
        how == "stock"
        and isinstance(stock.prop, ModelProperty)
        and first is not None
        and first.schema_pointer is not None
        # Many answers refer to one schema, which is compiled once then.
        and source.api.schemas.validator(source.api.document.resolve(first.schema_pointer)[0]).is_valid({})
    )
    return Answer(
        status=response.status,
        description=response.description,
        annotation=union(types[each] for each in (how, *(other for _, other in others))),
        reading=Reading(how, others, types["stock"].code if is_empty else ""),
    )


def _others(api: Api, response: Response, first: MediaType | None) -> Iterator[tuple[str, How]]:
    """Yield how each media type is read that openapi-python-client, which takes the first it knows, ignores."""
    for each in response.media_types:
        if first is None or each is first:
            continue
        how = _how(each.name)
        alike = how == "json" and _schema(api, each) == _schema(api, first) and _how(first.name) == "json"
        yield each.name, "stock" if alike else how


def _schema(api: Api, media_type: MediaType) -> str | None:
    return None if media_type.schema_pointer is None else api.document.resolve(media_type.schema_pointer)[0]


def _how(media_type: str) -> How:
    name = _name(media_type)
    if name == "application/json" or name.endswith("+json"):
        return "json"
    return "text" if name.startswith("text/") else "bytes"


def _is_bytes(media_type: str) -> bool:
    """Whether openapi-python-client takes it for bytes; it does not know others than this."""
    return _name(media_type) == "application/octet-stream"


def _name(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
