"""Judge each fact of a page by a spec."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from specloom.pages.checking.attributes import Said, judge_condition, judge_value
from specloom.pages.checking.notes import note_at, note_naming
from specloom.pages.checking.verdict import Judgement
from specloom.pages.facts import REQUEST, Fact
from specloom.pages.paths import read_path
from specloom.pages.specfacts import security_name
from specloom.pages.specview import NO_PARAMETERS, SpecView, same_operation, same_path
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import AnyGiven
from specloom.spec.equality import equal

# RFC 2606: names that stand for any server.
_PLACEHOLDERS: Final = ("example.com", "example.net", "example.org", "example", "localhost")

_AGREES: Final[Said] = ("agrees", "")


def judge(view: SpecView, fact: Fact) -> Judgement:
    """Return what comes of one fact."""
    said, pointer, own, around = _JUDGES.get(fact.subject.kind, _nothing)(view, fact)
    outcome, message = said
    if outcome in {"missing", "contradicts"}:
        note = note_at(view.document, own) or note_naming(view.document, around, _name(fact))
        if note:
            return Judgement(fact, "known", f"{message}: {' '.join(str(view.document.at(note)).split())}", note)
    return Judgement(fact, outcome, message, pointer)


Found = tuple[Said, str, tuple[str, ...], tuple[str, ...]]
"""What is said, the pointer to edit, and the objects whose notes are about it: it, and what is around it."""


def _nothing(view: SpecView, fact: Fact) -> Found:
    del fact
    return ("outside", ""), view.operation.pointer, (), ()


def _title(view: SpecView, fact: Fact) -> Found:
    pointer = f"{view.operation.pointer}/externalDocs/description"
    same = fact.value == view.operation.page
    return (_AGREES if same else ("contradicts", f"the spec says {view.operation.page!r}")), pointer, (), ()


def _operation(view: SpecView, fact: Fact) -> Found:
    same = same_operation(view.operation, fact.subject.name)
    said: Said = _AGREES if same else ("contradicts", f"the spec says {view.operation.label}")
    return said, view.operation.pointer, (view.operation.pointer,), ()


def _server(view: SpecView, fact: Fact) -> Found:
    host = urlsplit(fact.subject.name).hostname or ""
    if any(server.url.rstrip("/") == fact.subject.name.rstrip("/") for server in view.api.servers):
        return _AGREES, "/servers", (), ()
    if any(host == each or host.endswith(f".{each}") for each in _PLACEHOLDERS):
        return ("outside", "stands for any server"), "/servers", (), ()
    return ("missing", "the spec has no such server"), "/servers", (), ()


def _security(view: SpecView, fact: Fact) -> Found:
    names = {name for each in view.operation.security for name in each}
    for name in names:
        scheme = view.api.security_schemes[name]
        if security_name(scheme) != fact.subject.name:
            continue
        if fact.attribute == "exists":
            return _AGREES, scheme.pointer, (), ()
        same = view.document.at(scheme.pointer).get("bearerFormat") == fact.value
        said: Said = _AGREES if same else ("missing", "the spec has no such bearerFormat")
        return said, scheme.pointer, (scheme.pointer,), ()
    return ("missing", "the spec asks for other credentials"), f"{view.operation.pointer}/security", (), ()


def _parameter(view: SpecView, fact: Fact) -> Found:
    found = view.parameter(fact.subject)
    if fact.subject.where == "header" and fact.subject.name.lower() in NO_PARAMETERS:
        return _told_otherwise(view, fact)
    if found is None:
        return ("missing", "the spec has no such parameter"), f"{view.operation.pointer}/parameters", (), ()
    parameter, member = found
    own: tuple[str, ...] = (parameter.pointer,)
    if fact.attribute == "required":
        said: Said = _AGREES if parameter.required == fact.value else ("contradicts", _required(parameter.required))
    elif fact.attribute == "either":
        said = _either(view, fact)
    elif member is None:
        said = "missing", "the spec has no schema for it"
    else:
        said = judge_value(view, member, fact)
        own += tuple(part.pointer for part in member.holders)
    return said, parameter.pointer, own, ()


def _required(required: bool) -> str:  # noqa: FBT001 - it is what is put into words
    return "the spec requires it" if required else "the spec does not require it"


def _either(view: SpecView, fact: Fact) -> Said:
    groups = [
        {json_pointer.split(expression.pointer)[-1] for expression in constraint.values}
        for constraint in view.operation.constraints
        if isinstance(constraint, AnyGiven)
    ]
    names = {name for name in fact.value if isinstance(name, str)}
    return _AGREES if names in groups else ("missing", "the spec has no such rule under x-constraints")


def _told_otherwise(view: SpecView, fact: Fact) -> Found:
    """Judge a header that OpenAPI does not declare as a parameter."""
    name = fact.subject.name.lower()
    if name == "authorization":
        return (
            (_AGREES if view.operation.security else ("missing", "the spec asks for no credentials")),
            (f"{view.operation.pointer}/security"),
            (),
            (),
        )
    if fact.attribute != "example":
        return _AGREES, view.operation.pointer, (), ()
    where = [REQUEST] if name == "content-type" else list(view.operation.responses)
    known = {body.media_type.name for each in where for body in view.bodies(each)}
    said: Said = _AGREES if str(fact.value).split(";")[0] in known else ("missing", "the spec has no such media type")
    return said, view.operation.pointer, (), ()


def _media_type(view: SpecView, fact: Fact) -> Found:
    known = {body.media_type.name for body in view.bodies(fact.subject.where)}
    own = view.whole(fact.subject.where)
    return (_AGREES if fact.subject.name in known else ("missing", "the spec has no such media type")), own[0], own, ()


def _member(view: SpecView, fact: Fact) -> Found:
    site = view.site(fact.subject)
    whole = view.whole(fact.subject.where)
    around = tuple(part.pointer for part in site.container.holders) if site.container else ()
    if site.member is None:
        if site.is_free:
            return _AGREES, around[-1], (), ()
        message = "the spec has no such member" if site.body else "the spec has no such body"
        return ("missing", message), view.place_of_members(site) or whole[0], (), (*around, *whole)
    own = tuple(part.pointer for part in site.member.holders)
    if fact.attribute == "required":
        required = site.member.is_required
        said: Said = _AGREES if required == fact.value else ("contradicts", _required(required))
        if fact.value and not required and any(site.member.requiring().values()):
            said = "contradicts", "the spec requires it in some cases only"
    elif fact.attribute == "in-sample":
        is_missing = fact.value == "sometimes" and site.member.is_required
        said = ("contradicts", "the spec requires it, and not all samples have it") if is_missing else _AGREES
    elif fact.attribute == "condition":
        said = judge_condition(view, fact.subject.where, site.member, fact)
    else:
        said = judge_value(view, site.member, fact)
    return said, own[-1], own, (*around, *whole)


def _status(view: SpecView, fact: Fact) -> Found:
    pointer = f"{view.operation.pointer}/responses"
    if fact.subject.name not in view.operation.responses:
        return ("missing", "the spec has no such response"), pointer, (), ()
    said: Said = _AGREES if fact.attribute == "exists" else ("outside", "words")
    return said, pointer + json_pointer.join(fact.subject.name), (), ()


def _header(view: SpecView, fact: Fact) -> Found:
    response = view.operation.responses.get(view.where(fact.subject.where))
    known = {header.name.lower() for header in response.headers} if response else set()
    own = view.whole(fact.subject.where)
    return (
        (_AGREES if fact.subject.name.lower() in known else ("missing", "the spec has no such header")),
        own[0],
        own,
        (),
    )


def _sample(view: SpecView, fact: Fact) -> Found:
    bodies = view.bodies(fact.subject.where)
    own = view.whole(fact.subject.where)
    if fact.attribute != "value":
        return (_AGREES if fact.attribute == "exists" and bodies else ("outside", "")), own[0], (), ()
    if not fact.subject.where:
        return ("outside", "the page does not say whose it is"), own[0], (), ()
    if not bodies:
        return ("missing", "the spec has no such body"), own[0], own, ()
    examples = [example.value for body in bodies for example in body.media_type.examples]
    if any(equal(fact.value, example) for example in examples):
        return _AGREES, bodies[0].media_type.pointer, (), ()
    return ("missing", "no example of the spec is this sample"), f"{bodies[0].media_type.pointer}/examples", own, ()


def _curl(view: SpecView, fact: Fact) -> Found:
    operation = view.operation
    said: Said = _AGREES
    if fact.attribute == "method" and str(fact.value).lower() != operation.method:
        said = "contradicts", f"the spec says {operation.method.upper()}"
    elif fact.attribute == "url" and not same_path(operation.path, _url_path(str(fact.value))):
        said = "contradicts", f"the spec says {operation.path}"
    elif fact.attribute == "headers":
        known = NO_PARAMETERS | {each.name.lower() for each in operation.parameters if each.location == "header"}
        unknown = sorted(name for name in fact.value if name.lower() not in known)
        if unknown:
            said = "missing", f"the spec has no header {', '.join(unknown)}"
    elif fact.attribute == "body":
        pointers = [body.media_type.schema_pointer for body in view.bodies(REQUEST)]
        if not any(pointer and not view.schemas.errors(pointer, fact.value) for pointer in pointers):
            said = "contradicts", "the spec refuses this body" if pointers else "the spec has no request body"
    return said, operation.pointer, (), ()


def _url_path(url: str) -> str:
    """Return the path of a URL, whose beginning may be a variable."""
    rest = url.partition("://")[2] if "://" in url else url
    return rest[rest.find("/") :] if "/" in rest else ""


def _name(fact: Fact) -> str:
    """Return how a note calls what a fact is about."""
    if fact.subject.kind != "member":
        return fact.subject.name
    names = [step for step in read_path(fact.subject.name) if isinstance(step, str)]
    return names[-1] if names else "$"


_JUDGES: Final = {
    "title": _title,
    "operation": _operation,
    "server": _server,
    "security": _security,
    "parameter": _parameter,
    "media-type": _media_type,
    "member": _member,
    "status": _status,
    "header": _header,
    "sample": _sample,
    "curl": _curl,
}
