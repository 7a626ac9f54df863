"""Write the modules of the facade."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from specloom.generate.facade import docs, signatures
from specloom.generate.facade.plan import Annotation, AnyGiven, Credential, Distinct, Facade, Method
from specloom.generate.facade.rendering import render
from specloom.generate.naming import Names
from specloom.spec import pointer as json_pointer

_READERS: Final = {
    "stock": "read",
    "json": "calling.as_json",
    "text": "calling.as_text",
    "bytes": "calling.as_bytes",
    "nothing": "calling.as_nothing",
}
_RUNTIME_ERRORS: Final = (
    "AnswerError",
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "CredentialsError",
    "RequestValidationError",
    "ResponseValidationError",
    "StatusError",
    "UndocumentedStatusError",
)


def facade_modules(facade: Facade, names: Names) -> dict[str, str]:
    """Return `facade.py`, `operations.py`, `errors.py` and `__init__.py` of a package, unformatted."""
    methods = [method for _, method in facade.methods]
    arguments = [argument for method in methods for argument in method.arguments]
    main = render(
        "facade.py",
        facade=facade,
        imports=_imports([*(each.annotation for each in arguments), *(each.returns for each in methods)]),
        servers={each.name: each.url for each in facade.environments},
        uses_builtins=signatures.uses_builtins(facade),
        credential_code=_credential,
        client_doc=docs.client_doc,
        client_parameters=signatures.client_parameters,
        in_group=signatures.in_group,
        # The same for both clients.
        method_docs={method.function: docs.method_doc(method) for method in methods},
        parameters=signatures.parameters,
        passed=signatures.passed,
        twin_doc=docs.twin_doc,
    )
    operations = render(
        "operations.py",
        facade=facade,
        distribution=names.distribution,
        returned_imports=_imports(each.returns for each in methods),
        readers=_READERS,
        imports=_imported_by,
        uses_stock=_uses_stock,
        security=lambda method: _security(facade, method),
        checked=_checked,
        rule_code=_rule,
    )
    errors = render(
        "errors.py",
        facade=facade,
        imports=_imports(each.annotation for each in facade.errors),
        runtime_errors=list(_RUNTIME_ERRORS),
    )
    return {
        "facade.py": main,
        "operations.py": operations,
        "errors.py": errors,
        "__init__.py": render("__init__.py", facade=facade, exports=_exports(facade)),
    }


def _exports(facade: Facade) -> dict[str, list[str]]:
    """Return the names that the package offers, by the module that has them."""
    errors = sorted({*_RUNTIME_ERRORS, *(each.class_name for each in facade.errors)})
    return {
        ".client": ["AuthenticatedClient", "Client"],
        ".errors": errors,
        ".facade": sorted([facade.class_name, facade.async_class_name]),
        ".runtime": ["CallOptions", "RawResponse", "Response", "RetryPolicy"],
        ".types": ["UNSET", "Unset"],
    }


def _imports(annotations: Iterable[Annotation]) -> list[str]:
    """Return the statements that import what `annotations` need and no module of the facade imports anyway."""
    statements = {statement for each in annotations for statement in each.imports}
    file = {"from .types import File"} if any(" File," in each for each in statements) else set()
    return sorted({each for each in statements if not each.startswith(("from typing", "from .types"))} | file)


def _imported_by(method: Method) -> list[str]:
    """Return the statements that import the models which the function of a method needs when it runs."""
    needed = [argument.kind for argument in method.arguments]
    needed += [method.body.model] if method.body is not None and method.body.model is not None else []
    needed += [each.annotation for each in method.successes if each.reading.empty]
    return [statement for statement in _imports(needed) if statement.startswith("from .models")]


def _uses_stock(method: Method) -> bool:
    answers = [*method.successes, *(each.answer for each in method.errors)]
    hows = {how for each in answers for how in (each.reading.how, *(other for _, other in each.reading.others))}
    return "stock" in hows


def _security(facade: Facade, method: Method) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives of schemes that the client has a credential for, anonymous calls as the last resort."""
    known = {credential.scheme.name for credential in facade.credentials}
    alternatives = [tuple(name for name in each if name in known) for each in method.operation.security]
    return tuple(sorted(alternatives, key=lambda each: not each))


def _checked(method: Method) -> dict[str, str]:
    body = {"body": method.body.schema} if method.body is not None and method.body.schema is not None else {}
    return {**method.parameter_models, **body}


def _rule(rule: AnyGiven | Distinct) -> str:
    if isinstance(rule, AnyGiven):
        places = tuple((location, *json_pointer.split(pointer)) for location, pointer in rule.places)
        return f"calling.AnyGiven({places!r}, {rule.message!r})"
    return f"calling.Distinct({('body', *json_pointer.split(rule.place))!r}, {rule.message!r})"


def _credential(credential: Credential) -> str:
    advice = " and ".join(f"{each.name}= or {each.variable}" for each in credential.inputs)
    secrets = ", ".join(f"chosen_secret({each.name}, {each.variable!r})" for each in credential.inputs)
    place = f", {credential.scheme.location!r}, {credential.scheme.parameter!r}" if credential.kind == "key" else ""
    return f"Credential({credential.kind!r}, {'give ' + advice!r}, ({secrets},){place})"
