"""The facade of a made-up API with the shapes that the four vendors do not have: what it sends, returns and refuses."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from uuid import UUID

import httpx
import pytest

from specloom.generate import generate

SECRETS: Final = {
    "key_in_header": "header-key",
    "key_in_query": "query-key",
    "key_in_cookie": "cookie-key",
    "user": "me",
    "password": "mine",
    "token": "tok",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Return the package of the made-up API."""
    folder = tmp_path_factory.mktemp("shapes")
    spec = folder / "specs" / "shapes" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(Path(__file__).with_name("shapes.yaml").read_text("utf-8"), "utf-8")
    generate([spec], folder / "generated", jobs=1)
    sys.path.insert(0, str(folder / "generated" / "shapes"))
    yield importlib.import_module("shapes_client")
    sys.path.pop(0)
    for name in [name for name in sys.modules if name.partition(".")[0] == "shapes_client"]:
        del sys.modules[name]


class Server:
    """Answers every request alike, and keeps them."""

    def __init__(self) -> None:
        """Start with no requests."""
        self.requests: list[httpx.Request] = []
        self.answer = httpx.Response(200)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.requests.append(request)
        return self.answer

    def answers(self, status: int, **content: Any) -> None:
        """Let it answer so from now on."""
        self.answer = httpx.Response(status, **content)

    @property
    def request(self) -> httpx.Request:
        """The last request."""
        return self.requests[-1]


@pytest.fixture
def server() -> Server:
    """Return a server that answers nothing with 200."""
    return Server()


@pytest.fixture
def connect(package: ModuleType, server: Server) -> Callable[..., Any]:
    """Return a function that makes a client of the server, with all credentials."""

    def make(**arguments: Any) -> Any:
        return package.OddShapes(**{**SECRETS, "transport": httpx.MockTransport(server), **arguments})

    return make


@pytest.fixture
def api(connect: Callable[..., Any]) -> Any:
    """Return a client."""
    return connect()


def _model(package: ModuleType, name: str, value: Any) -> Any:
    return getattr(importlib.import_module(f"{package.__name__}.models"), name).from_dict(value)


def test_parameters_of_all_types_are_sent(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json=[{"name": "a"}, {"name": "b", "kind": "new"}])
    things = api.things.list(
        kinds=["big", "small"],
        since=datetime(2030, 1, 31, tzinfo=UTC),
        day=date(2030, 1, 31),
        trace=UUID(int=1),
        limit=3,
        ratio=0.5,
        all_=False,
        x_language="cs",
        session="s",
    )
    assert [thing.name for thing in things] == ["a", "b"]
    assert things[0].kind is package.UNSET
    assert server.request.url.params.multi_items() == [
        ("kinds", "big"),
        ("kinds", "small"),
        ("since", "2030-01-31T00:00:00+00:00"),
        ("day", "2030-01-31"),
        ("trace", "00000000-0000-0000-0000-000000000001"),
        ("limit", "3"),
        ("ratio", "0.5"),
        ("all", "false"),
    ]
    assert server.request.headers["x-language"] == "cs"
    assert server.request.headers["cookie"] == "session=s"


@pytest.mark.parametrize("absent", ["none", "unset", "left out"])
def test_what_is_not_given_is_not_sent_whatever_its_default(
    api: Any, server: Server, package: ModuleType, absent: str
) -> None:
    server.answers(200, json=[])
    value = None if absent == "none" else package.UNSET
    names = ["kinds", "since", "limit", "x_language", "session"]
    assert api.things.list(**({} if absent == "left out" else dict.fromkeys(names, value))) == []
    assert str(server.request.url) == "https://eu.example.com/things"
    assert {"x-language", "cookie", "content-type", "authorization", "x-key"}.isdisjoint(server.request.headers)


def test_a_body_may_be_a_union(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(201, json={"name": "a"})
    assert api.things.add(body=_model(package, "Dog", {"pet": "dog", "tricks": ["sit"]})).name == "a"
    assert json.loads(server.request.content) == {"pet": "dog", "tricks": ["sit"]}
    assert server.request.headers["content-type"] == "application/json"


def test_each_success_has_its_own_type(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(202)
    response = api.things.add_with_response(body=_model(package, "Cat", {"pet": "cat"}))
    assert (response.status_code, response.parsed) == (202, None)


def test_a_body_may_be_an_array_and_may_be_left_out(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(204)
    assert api.things.import_things(body=[_model(package, "Thing", {"name": "a"})]) is None
    assert json.loads(server.request.content) == [{"name": "a"}]
    assert api.things.import_things() is None
    assert server.request.content == b""
    assert "content-type" not in server.request.headers


@pytest.mark.parametrize(
    ("media_type", "content", "read"),
    [
        ("application/json", b'{"name": "a"}', "Thing"),
        ("application/vnd.thing+json; v=1", b'{"name": "a"}', "Thing"),
        ("text/csv", b"a,b", "str"),
        ("application/pdf", b"%PDF", "bytes"),
        ("", b'{"name": "a"}', "Thing"),
    ],
)
def test_the_media_type_says_how_an_answer_is_read(
    api: Any, server: Server, media_type: str, content: bytes, read: str
) -> None:
    server.answers(200, content=content, headers={"content-type": media_type} if media_type else {})
    assert type(api.things.get(1)).__name__ == read


def test_a_binary_answer_is_bytes_and_an_untyped_one_any_json(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, content=b"\x00\xff")
    assert api.things.picture(1) == b"\x00\xff"
    server.answers(200, json=[1, None])
    file = importlib.import_module(f"{package.__name__}.types").File(payload=io.BytesIO(b"\x01"))
    assert api.things.set_picture(1, body=file) == [1, None]
    assert server.request.content == b"\x01"
    assert server.request.headers["content-type"] == "application/octet-stream"


def test_a_head_answer_has_nothing_to_read(api: Any, server: Server) -> None:
    server.answers(200, headers={"content-type": "application/json", "content-length": "13"})
    assert api.things.see(1) is None
    assert server.request.method == "HEAD"


def test_an_answer_without_content_is_the_empty_object_where_that_is_one(api: Any, server: Server) -> None:
    server.answers(200)
    assert api.class_.map_form().to_dict() == {}


def test_one_of_two_ways_to_write_a_body_is_taken(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, text="done")
    assert api.class_.send_form(body=_model(package, "Class", {"a": "x"})) == "done"
    assert json.loads(server.request.content) == {"a": "x"}
    assert server.request.headers["content-type"] == "application/json"


def test_names_that_clash_get_an_underscore(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json={"name": "a"})
    part = _model(package, "ChangeOptions", {"a": "b"})
    api.things.change(7, name="q", id_="x", kind="change", name_=None, options_=part, self_=True)
    assert str(server.request.url) == "https://eu.example.com/things/7?name=q"
    assert json.loads(server.request.content) == {
        "id": "x",
        "kind": "change",
        "name": None,
        "options": {"a": "b"},
        "self": True,
    }


def test_a_default_of_a_member_is_left_to_the_server(api: Any, server: Server) -> None:
    server.answers(200, json={"name": "a"})
    api.things.change(7, id_="x", kind="change")
    assert json.loads(server.request.content) == {"id": "x", "kind": "change"}
    api.things.change(7)
    assert server.request.content == b""


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (lambda api: api.things.get("1"), ["id must be an integer, not of type str"]),
        (lambda api: api.things.get(True), ["id must be an integer, not of type bool"]),
        (lambda api: api.things.get(None), ["id must be given"]),
        (lambda api: api.things.add(body=None), ["body must be given"]),
        (
            lambda api: api.things.add(body={"pet": "cat"}),
            ["body must be an instance of Cat or an instance of Dog, not of type dict"],
        ),
        (lambda api: api.things.import_things(body=["a"]), ["body[0] must be an instance of Thing, not of type str"]),
        (lambda api: api.things.import_things(body=3), ["body must be a list, not of type int"]),
        (
            lambda api: api.things.list(kinds=["big", 1], since="now", day=datetime(2030, 1, 1, tzinfo=UTC)),
            [
                "kinds[1] must be a string, not of type int",
                "since must be a datetime, not of type str",
                "day must be a date, not of type datetime",
            ],
        ),
        (lambda api: api.things.change(1, self_=True), ["id_ must be given", "kind must be given"]),
        (
            lambda api: api.things.change(1, id_="x", kind="other"),
            ["kind must be 'change', not of type str"],
        ),
    ],
)
def test_wrong_types_are_refused_before_anything_is_sent(
    api: Any, server: Server, package: ModuleType, call: Callable[[Any], Any], problems: list[str]
) -> None:
    with pytest.raises(package.RequestValidationError) as raised:
        call(api)
    assert list(raised.value.problems) == problems
    assert server.requests == []


def test_what_a_model_cannot_write_is_refused_without_telling_it(api: Any, server: Server, package: ModuleType) -> None:
    thing = _model(package, "Thing", {"name": "a"})
    thing.made = "canary"
    with pytest.raises(package.RequestValidationError) as raised:
        api.things.import_things(body=[thing])
    assert list(raised.value.problems) == ["a value inside the arguments cannot be written (AttributeError)"]
    assert server.requests == []


@pytest.mark.parametrize(
    ("call", "status", "content", "error", "body"),
    [
        (lambda api: api.things.get(1), 404, {"json": {"title": "t"}}, "NotFoundError", {"title": "t"}),
        (lambda api: api.things.import_things(), 404, {"json": {"text": "t"}}, "NotFoundError", {"text": "t"}),
        (lambda api: api.things.picture(1), 404, {"text": "none"}, "NotFoundError", "none"),
        (lambda api: api.things.get(1), 304, {}, "NotModifiedError", None),
        (lambda api: api.things.list(), 418, {"json": {"title": "t"}}, "Status4XXError", {"title": "t"}),
        (lambda api: api.things.list(), 500, {"json": {"text": "t"}}, "OtherStatusError", {"text": "t"}),
        (lambda api: api.things.change(1), 500, {"json": {"name": "n"}}, "OtherStatusError", {"name": "n"}),
        (lambda api: api.class_.send_form(body=_FORM(api)), 599, {}, "UndocumentedStatusError", None),
        (lambda api: api.things.see(1), 404, {}, "UndocumentedStatusError", None),
    ],
)
def test_each_documented_status_is_an_error_of_its_own(
    api: Any,
    server: Server,
    package: ModuleType,
    call: Callable[[Any], Any],
    status: int,
    content: dict[str, Any],
    error: str,
    body: Any,
) -> None:
    server.answers(status, **content)
    with pytest.raises(getattr(package, error)) as raised:
        call(api)
    assert type(raised.value) is getattr(package, error)
    assert isinstance(raised.value, package.StatusError)
    assert raised.value.status_code == status
    again = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - that it can be pickled is what is tested
    for each in (raised.value, again):
        assert (each.body.to_dict() if isinstance(body, dict) else each.body) == body


def _FORM(api: Any) -> Any:  # noqa: N802 - it stands for a value
    return _model(sys.modules[type(api).__module__.partition(".")[0]], "Class", {"a": "x"})


@pytest.mark.parametrize(
    ("secrets", "call", "sent"),
    [
        (SECRETS, lambda api: api.things.change(1), {"x-key": "header-key"}),
        ({"key_in_query": "q", "key_in_cookie": "c"}, None, {"cookie": "key=c"}),
        (SECRETS, lambda api: api.things.get(1), {"cookie": "key=cookie-key"}),
        (SECRETS, lambda api: api.things.picture(1), {"authorization": "Basic bWU6bWluZQ=="}),
        (SECRETS, lambda api: api.things.list(), {}),
        ({}, lambda api: api.things.import_things(), {}),
    ],
)
def test_a_credential_goes_where_the_operation_takes_it(
    package: ModuleType, server: Server, secrets: dict[str, str], call: Any, sent: dict[str, str]
) -> None:
    api = package.OddShapes(**secrets, transport=httpx.MockTransport(server))
    call = call or (lambda api: api.things.add(body=_model(package, "Cat", {"pet": "cat"})))
    try:
        call(api)
    except package.ApiError as error:
        assert error.response is not None  # noqa: PT017 - the answer is that of no operation
    found = {name: server.request.headers.get(name) for name in ("x-key", "cookie", "authorization")}
    assert {name: value for name, value in found.items() if value is not None} == sent


def test_a_missing_credential_is_named(package: ModuleType, server: Server) -> None:
    api = package.OddShapes(transport=httpx.MockTransport(server))
    with pytest.raises(package.CredentialsError, match="key_in_cookie= or SHAPES_KEY_IN_COOKIE"):
        api.things.get(1)
    assert server.requests == []


def test_the_environment_gives_credentials_and_servers(
    package: ModuleType, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_to(**arguments: Any) -> str:
        server.answers(200, content=b"x")
        package.OddShapes(transport=httpx.MockTransport(server), **arguments).things.picture(1)
        assert server.request.headers["authorization"] == "Basic bWU6bWluZQ=="
        return str(server.request.url)

    monkeypatch.setenv("SHAPES_USER", "me")
    monkeypatch.setenv("SHAPES_PASSWORD", "mine")
    assert sent_to() == "https://eu.example.com/things/1/picture"
    assert sent_to(environment="testing") == "https://test.example.com/things/1/picture"
    monkeypatch.setenv("SHAPES_ENVIRONMENT", "testing")
    assert sent_to() == "https://test.example.com/things/1/picture"
    assert sent_to(environment="live") == "https://eu.example.com/things/1/picture"
    monkeypatch.setenv("SHAPES_BASE_URL", "http://127.0.0.1:1/a")
    assert sent_to() == "http://127.0.0.1:1/a/things/1/picture"
    assert sent_to(base_url="https://b.example") == "https://b.example/things/1/picture"
    assert sent_to(environment="testing") == "https://test.example.com/things/1/picture"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"environment": "nowhere"}, "there is no environment 'nowhere', only live, testing"),
        ({"environment": "live", "base_url": "https://a.example"}, "give either environment or base_url"),
        ({"base_url": "a.example"}, "must start with http:// or https://"),
        ({"base_url": "file:///etc"}, "must start with http:// or https://"),
    ],
)
def test_a_server_that_is_none_is_refused(connect: Callable[..., Any], arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        connect(**arguments)


@pytest.mark.parametrize(
    ("call", "problems"),
    [
        (
            lambda api: api.things.list(kinds=["odd"], limit=0),
            ["kinds[0]: Input should be 'big' or 'small'", "limit: Input should be greater than or equal to 1"],
        ),
        (
            lambda api: api.things.change(1, id_="x", kind="change", part=_thing(api, "")),
            ["body.part.name: String should have at least 1 character"],
        ),
        (
            lambda api: api.things.import_things(body=[_thing(api, "a"), _thing(api, "")]),
            ["body[1].name: String should have at least 1 character"],
        ),
        (
            lambda api: api.things.import_things(body=[_thing(api, "a")] * 3),
            ["body: List should have at most 2 items after validation, not 3"],
        ),
        (lambda api: api.things.add(body=_cat(api, "nine")), ["body.lives: Input should be a valid integer"]),
    ],
)
def test_what_breaks_the_spec_is_refused_if_that_is_asked_for(
    connect: Callable[..., Any],
    server: Server,
    package: ModuleType,
    call: Callable[[Any], Any],
    problems: list[str],
) -> None:
    with pytest.raises(package.RequestValidationError) as raised:
        call(connect(validate=True))
    assert list(raised.value.problems) == problems
    assert server.requests == []


def test_what_breaks_the_spec_is_sent_otherwise(api: Any, server: Server) -> None:
    server.answers(200, json=[])
    assert api.things.list(kinds=["odd"], limit=0) == []
    assert server.request.url.query == b"kinds=odd&limit=0"


def _thing(api: Any, name: str) -> Any:
    return _model(sys.modules[type(api).__module__.partition(".")[0]], "Thing", {"name": name})


def _cat(api: Any, lives: object) -> Any:
    cat = _model(sys.modules[type(api).__module__.partition(".")[0]], "Cat", {"pet": "cat"})
    cat.lives = lives
    return cat


def test_a_body_of_any_shape_that_the_spec_allows_is_sent_with_validation_too(
    connect: Callable[..., Any], server: Server
) -> None:
    checking = connect(validate=True)
    server.answers(204)
    checking.things.import_things(body=[_thing(checking, "a")])
    assert server.request.content == b'[{"name":"a"}]'
    checking.things.import_things()
    assert server.request.content == b""
    server.answers(201, json={"name": "a"})
    checking.things.add(body=_cat(checking, 9))
    assert server.request.content == b'{"pet":"cat","lives":9}'


def test_a_schema_may_be_called_like_a_class_of_the_client(api: Any, server: Server, package: ModuleType) -> None:
    server.answers(200, json={"fast": True})
    answer = api.class_.map_form_with_response(body=_model(package, "ResponseModel", {"a": 1}))
    assert isinstance(answer, package.Response)
    assert server.request.content == b'{"a":1}'
    stock = importlib.import_module(f"{package.__name__}.api.class_.map_form")
    client = package.Client(base_url="https://a.example", httpx_args={"transport": httpx.MockTransport(server)})
    assert stock.sync_detailed(client=client).parsed.fast is True


def test_without_pydantic_it_says_what_to_install(
    connect: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, package: ModuleType
) -> None:
    monkeypatch.delitem(sys.modules, f"{package.__name__}.schemas", raising=False)
    monkeypatch.setitem(sys.modules, "pydantic", None)
    monkeypatch.delitem(sys.modules, f"{package.__name__}.strict", raising=False)
    with pytest.raises(ImportError, match=r"pip install 'shapes-client\[pydantic\]'"):
        connect(validate=True)


def test_the_async_client_has_the_same_methods_and_does_the_same(package: ModuleType, server: Server) -> None:
    async def call() -> Any:
        async with package.AsyncOddShapes(**SECRETS, transport=httpx.MockTransport(server)) as api:
            server.answers(200, json={"name": "a"})
            thing = await api.things.get(1)
            response = await api.things.get_with_response(1)
            server.answers(404, json={"title": "t"})
            with pytest.raises(package.NotFoundError):
                await api.things.get(1)
            with pytest.raises(package.RequestValidationError):
                await api.things.get("1")
            return thing, response

    thing, response = asyncio.run(call())
    assert thing == response.parsed
    facade = importlib.import_module(f"{package.__name__}.facade")
    for name in ("Things", "ClassGroup"):
        methods = dict(inspect.getmembers(getattr(facade, name), inspect.isfunction))
        twins = dict(inspect.getmembers(getattr(facade, f"Async{name}"), inspect.isfunction))
        assert methods.keys() == twins.keys()
        for method, function in methods.items():
            if not method.startswith("_"):
                assert inspect.signature(function) == inspect.signature(twins[method])
                assert function.__doc__ == twins[method].__doc__


def test_the_docstring_tells_arguments_result_and_errors(package: ModuleType) -> None:
    doc = inspect.getdoc(importlib.import_module(f"{package.__name__}.facade").Things.change)
    assert doc is not None
    assert doc.startswith("`PATCH /things/{id}`.")
    assert "\n    id_: Another id.\n" in doc
    assert "\n    name_: Its name. None sends null.\n" in doc
    assert "\nReturns:\n    The thing, or a problem.\n" in doc
    assert "\n    OtherStatusError: Any other status. The thing, or a problem.\n" in doc


def test_models_with_names_that_the_facade_has_keep_theirs(api: Any, server: Server, package: ModuleType) -> None:
    models = importlib.import_module(f"{package.__name__}.models")
    server.answers(404, json={"title": "t"})
    with pytest.raises(package.NotFoundError) as raised:
        api.things.get(1)
    assert package.NotFoundError is not models.NotFoundError
    assert isinstance(raised.value.body, models.NotFoundError)
    assert type(api.class_).__name__ == "ClassGroup"


def test_pyright_is_content_in_strict_mode(package: ModuleType, tmp_path: Path) -> None:
    folder = Path(str(package.__file__)).parent
    config = {
        "typeCheckingMode": "strict",
        "include": [str(folder / f"{name}.py") for name in ("__init__", "errors", "facade", "operations")],
        "extraPaths": [str(folder.parent)],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["generalDiagnostics"] == []


def test_all_that_is_offered_is_there(package: ModuleType) -> None:
    assert set(dir(package)) >= set(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        package.Nothing  # noqa: B018 - looking it up is what is tested
