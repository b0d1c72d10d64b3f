from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from kit_jwt.issuer import AuditRecord, Authority, Issuer, Message
from kit_jwt.issuer.command.machine import IssuerMachine

_FILE = Path(__file__).parents[2] / "conformance" / "issuer" / "spans.json"
_TESTS = json.loads(_FILE.read_text("utf-8"))["tests"]
_SECRET = _TESTS[0]["headers"]["x-issuer-secret"]


def _issuer(**options: Any) -> Issuer:
    return Issuer(
        authority=Authority(),
        issuer="https://auth.example",
        audience="api",
        admin_secret=_SECRET,
        admin_policy={"audiences": ["api"]},
        **options,
    )


def _fails(_record: AuditRecord) -> None:
    raise ValueError("alice")


@pytest.mark.parametrize("given", [pytest.param(test, id=test["id"]) for test in _TESTS])
def test_the_span_of_a_request(given: Mapping[str, Any]) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    audit = {"on_issue": _fails} if "audit" in given else {}
    path, _, query = given["path"].partition("?")
    message = Message(
        method=given["method"], path=path, query=query, headers=given["headers"], body=given["body"].encode()
    )
    answer = _issuer(tracer=provider.get_tracer("test"), **audit).handle(message)
    (span,) = exporter.get_finished_spans()
    told = {
        "name": span.name,
        "attributes": dict(span.attributes or {}),
        "failed": span.status.status_code is StatusCode.ERROR,
    }
    assert told == given["span"]
    assert (span.kind, span.events, span.links) == (SpanKind.SERVER, (), ())
    token = json.loads(answer.body).get("token")
    for secret in ("alice", "secret-of", *(token.split(".") if token else ())):
        assert secret not in json.dumps([told, span.status.description])


class _Broken:
    """A tracer, and its span, of which one function raises."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _call(self, name: str) -> None:
        if name == self._name:
            raise ConnectionError("no collector")

    def start_span(self, _name: str, **_options: Any) -> _Broken:
        self._call("start_span")
        return self

    def set_attribute(self, _key: str, _value: str | int) -> None:
        self._call("set_attribute")

    def set_status(self, _status: Any) -> None:
        self._call("set_status")

    def end(self) -> None:
        self._call("end")


@pytest.mark.parametrize("name", ["start_span", "set_attribute", "end"])
def test_where_a_tracer_raises_it_is_answered_all_the_same(name: str) -> None:
    assert _issuer(tracer=_Broken(name)).handle(Message(method="GET", path="/healthz")).status == 200


def test_the_machine_has_the_tracer_of_the_process_and_none_without_an_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    assert IssuerMachine().tracer() is None
    monkeypatch.setattr("opentelemetry.trace.get_tracer_provider", TracerProvider)
    tracer: Any = IssuerMachine().tracer()
    assert tracer.start_span("a").is_recording()


def test_where_the_package_is_not_installed_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    # What Python itself takes for a package that is not there.
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    assert IssuerMachine().tracer() is None
