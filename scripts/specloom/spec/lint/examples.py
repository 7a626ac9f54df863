"""Rules on examples: where there must be one, and that each is valid."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject
from specloom.spec.sampling import NoValueError, Sampler
from specloom.spec.walking import walk


def requests_have_examples(subject: Subject) -> Iterator[Breach]:
    """S12."""
    for operation in subject.api.operations:
        for parameter in operation.parameters:
            if not parameter.examples:
                message = f"the parameter {parameter.name} has no example"
                yield Breach(parameter.pointer, message, "add a named example with a value under `examples`")
        for media in operation.body.media_types if operation.body is not None else ():
            if not media.examples:
                message = f"the {media.name} body of {operation.label} has no example"
                yield Breach(media.pointer, message, "add a named example with a value under `examples`")


def responses_have_examples(subject: Subject) -> Iterator[Breach]:
    """S13."""
    for operation in subject.api.operations:
        for response in operation.responses.values():
            for media in response.media_types:
                if not media.examples:
                    message = f"the {media.name} body of response {response.status} of {operation.label} has no example"
                    yield Breach(media.pointer, message, "add a named example with a value under `examples`")


def examples_are_valid(subject: Subject) -> Iterator[Breach]:
    """S14."""
    for value_pointer, schema_pointer in dict.fromkeys(_examples(subject)):
        for error in subject.schemas.errors(schema_pointer, subject.document.at(value_pointer)):
            pointer = value_pointer + json_pointer.join(*(str(token) for token in error.instance_path))
            message = f"the value does not satisfy {schema_pointer}: {error.message}"
            yield Breach(pointer, message, "correct the value, or the schema if the vendor's page shows this value")


def schemas_can_be_satisfied(subject: Subject) -> Iterator[Breach]:
    """S37; a schema that some example satisfies is not looked at."""
    shown: dict[str, list[str]] = {}
    for value_pointer, schema_pointer in _examples(subject):
        shown.setdefault(schema_pointer, []).append(value_pointer)
    sampler = Sampler(subject.document, subject.schemas)
    for pointer in dict.fromkeys((*subject.request_roots, *subject.response_roots)):
        values = (subject.document.at(each) for each in shown.get(pointer, ()))
        if not any(map(subject.schemas.validator(pointer).is_valid, values)):
            try:
                sampler.sample(pointer, "lint", examples=True)
            except NoValueError:
                message = "no value was found that satisfies this schema"
                yield Breach(pointer, message, "take out what contradicts the rest, or add an example")


def _examples(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield (pointer of a value, pointer of the schema that it has to satisfy)."""
    for tokens, holder in walk(subject.data):
        if tokens[:1] == ("x-records",) or "schema" not in holder:
            continue
        pointer = json_pointer.join(*tokens)
        if "example" in holder:
            yield f"{pointer}/example", f"{pointer}/schema"
        for name in holder.get("examples", {}):
            at, example = subject.document.resolve(pointer + json_pointer.join("examples", name))
            if "value" in example:
                yield f"{at}/value", f"{pointer}/schema"
    for site in subject.wire_sites:
        for index in range(len(site.schema.get("examples", []))):
            yield f"{site.pointer}/examples/{index}", site.pointer
        if "default" in site.schema:
            yield f"{site.pointer}/default", site.pointer
