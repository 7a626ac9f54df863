"""The valid forms of an operation's requests: each example, each alternative, with and without what is optional."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import attrs

from specloom.fuzz.likeness import clashing
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.edits import Edit
from specloom.fuzz.probes.sampling import Sampler
from specloom.fuzz.probes.walking import Walker
from specloom.fuzz.scope import member
from specloom.fuzz.writing import chosen, cookie_text, is_json
from specloom.spec import Api, Operation, Parameter, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT
from specloom.spec.sampling import NoValueError
from specloom.spec.sampling import Sampler as Maker

_MAX_MEMBERS: Final = 60
_WIDTH: Final = 3


class Shapes:
    """Makes drafts of one operation that name no record yet; `problem` says why there are none."""

    def __init__(self, api: Api, operation: Operation, schemas: Schemas) -> None:
        """Take an operation and the schemas of its document."""
        self._operation = operation
        self._document = api.document
        self._schemas = schemas
        self._sampler = Sampler(api.document, schemas)
        self._maker = Maker(api.document, schemas, "request")
        self.walker = Walker(api.document, schemas)
        self.problem = ""
        self._clashing = clashing(api.document, operation)
        body = operation.body
        self.media_type = None if body is None else chosen(body.media_types)
        self.body_pointer = None if self.media_type is None else self.media_type.schema_pointer
        each = operation.transition.each if operation.transition else None
        is_array = each is not None and each.root == "request.body" and each.pointer.endswith("/*")
        self.array = each.pointer.removesuffix("/*") if each is not None and is_array else None
        self._values = {id(parameter): self._value(parameter) for parameter in operation.parameters}
        for parameter in operation.parameters:
            if parameter.required and self._values[id(parameter)] is ABSENT:
                self.problem = f"no value for {parameter.name} is known: give an example"
        self.bodies = tuple(self._bodies())
        if operation.body is not None and operation.body.required and not self.bodies:
            self.problem = "no body is known: give an example"
        if not operation.answers and all(status[0] in "45" for status in operation.responses):
            self.problem = "no success is documented"
        self.wide_body = self._wide()

    def draft(self, body: Any, *, full: bool = False, only: Parameter | None = None) -> Draft:
        """Return a draft with the required parameters, with all if `full`, or with `only` one of the others."""
        wanted = [each for each in self._operation.parameters if each.required or full or each is only]
        chosen = [each for each in wanted if each.required or each not in self._clashing]
        found: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
        for parameter in chosen:
            value = self._values[id(parameter)]
            if value is not ABSENT:
                found[parameter.location][parameter.name] = value
        if found["cookie"]:
            found["header"]["Cookie"] = cookie_text(self._operation.parameters, found["cookie"])
        return Draft(self._operation, found["path"], found["query"], found["header"], body)

    @property
    def has_json(self) -> bool:
        """Whether the body is JSON, so that each part of it can be changed."""
        return self.media_type is not None and is_json(self.media_type.name)

    @cached_property
    def plain(self) -> Draft:
        """The first example, with no more parameters than must be."""
        return self.draft(self.bodies[0] if self.bodies else ABSENT)

    @cached_property
    def wide(self) -> Draft:
        """Every parameter and every member that there can be; of a batch, an element of each kind."""
        return self.draft(self.wide_body, full=True)

    def all(self) -> Iterator[tuple[str, str, Draft]]:
        """Yield (what it is, pointer of what it is about, draft) of each form, each once."""
        operation, at = self._operation, self._operation.pointer
        pointer = at if self.media_type is None else self.media_type.pointer
        yield "the first example", pointer, self.plain
        yield "all that can be given", pointer, self.wide
        if operation.body is not None and not operation.body.required:
            yield "no body", f"{operation.body.pointer}", self.draft(ABSENT)
        for index, body in enumerate(self.bodies):
            yield f"body {index}", pointer, self.draft(body)
        for parameter in operation.parameters:
            if not parameter.required:
                body = self.plain.body
                yield f"{parameter.name} alone", parameter.pointer, self.draft(body, only=parameter)
            for example in parameter.examples:
                if parameter.location in {"query", "header"}:
                    draft = self.draft(self.plain.body, only=parameter)
                    if parameter.location == "query":
                        draft = attrs.evolve(draft, query={**draft.query, parameter.name: example.value})
                    else:
                        draft = attrs.evolve(draft, headers={**draft.headers, parameter.name: example.value})
                    yield f"{parameter.name} of the example {example.name}", example.pointer, draft

    def _value(self, parameter: Parameter) -> Any:
        validator = self._schemas.validator(parameter.schema_pointer) if parameter.schema else None
        for example in parameter.examples:
            if validator is None or validator.is_valid(example.value):
                return example.value
        if validator is None:
            return "x"
        found = self._sampler.sample(parameter.schema_pointer)
        return self._made(parameter.schema_pointer) if found is ABSENT or found in ("", [], {}, None) else found

    def _made(self, schema_pointer: str) -> Any:
        """Return a value of a schema, for which trying the few plainest was not enough; ABSENT when none is found."""
        try:
            return self._maker.sample(schema_pointer, "shapes", examples=True)
        except NoValueError:
            return ABSENT

    def _is_valid(self, body: Any) -> bool:
        return self.body_pointer is None or self._schemas.validator(self.body_pointer).is_valid(body)

    def _bodies(self) -> Iterator[Any]:
        """Yield the examples, made-up bodies, and of a batch each element of an example by itself."""
        if self.media_type is None:
            return
        found = [example.value for example in self.media_type.examples]
        if self.body_pointer is not None:
            found += [self._sampler.sample(self.body_pointer, full=full) for full in (True, False)]
            if not any(each is not ABSENT and self._is_valid(each) for each in found):
                found.append(self._made(self.body_pointer))
        elif not found:
            found = ["x"]
        if self.array is not None:
            for body in list(found):
                for element in self._elements(body):
                    found.append(self._with_elements(body, [element]))
        seen: set[str] = set()
        for body in found:
            name = "" if body is ABSENT else json.dumps(body, sort_keys=True)
            if name not in seen and body is not ABSENT and self._is_valid(body):
                seen.add(name)
                yield body

    def _elements(self, body: Any) -> list[Any]:
        found = ABSENT if body is ABSENT or self.array is None else member(body, self.array)
        return found if isinstance(found, list) else []

    def single(self, body: Any) -> Iterator[Any]:
        """Yield batches of one, with each element of `body`."""
        for element in self._elements(body):
            yield self._with_elements(body, [element])

    def _with_elements(self, body: Any, elements: list[Any]) -> Any:
        if not self.array:
            return elements
        return Edit(tuple(json_pointer.split(self.array)), elements, "", "").apply(body)

    def _wide(self) -> Any:
        if not self.bodies:
            return ABSENT
        if self.array is None:
            return max((self._completed(body) for body in self.bodies), key=lambda body: len(json.dumps(body)))
        kinds: dict[tuple[str, ...], Any] = {}
        for body in self.bodies:
            for element in self._elements(body):
                whole = self._completed(self._with_elements(body, [element]))
                (completed,) = self._elements(whole)
                name = (
                    tuple(str(value) for value in completed.values() if isinstance(value, str))
                    if isinstance(completed, dict)
                    else ()
                )
                kinds.setdefault(name, completed)
        elements = list(kinds.values())
        if not elements:
            return self.bodies[0]
        count = max(_WIDTH, min(len(elements), 2 * _WIDTH))
        whole = self._with_elements(self.bodies[0], [elements[index % len(elements)] for index in range(count)])
        return whole if self._is_valid(whole) else self.bodies[0]

    def _completed(self, body: Any) -> Any:
        """Return `body` with all optional members that can be added, those nearest to its root first."""
        if self.body_pointer is None:
            return body
        added = set[tuple[str, ...]]()
        before = -1
        while before < len(added) < _MAX_MEMBERS:
            before = len(added)
            for edit in self.walker.edits(self.body_pointer, body):
                if edit.text.endswith(" as well") and edit.tokens not in added and len(added) < _MAX_MEMBERS:
                    more = edit.apply(body)
                    if self._is_valid(more):
                        body = more
                        added.add(edit.tokens)
        return body
