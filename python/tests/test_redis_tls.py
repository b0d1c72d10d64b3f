"""TLS, passwords and accounts, against servers that have them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kit_jwt.http import Limit
from kit_jwt.redis import (
    AioRedisLimiter,
    AioRedisReplayStore,
    RedisLimiter,
    RedisReplayStore,
    StoreError,
    connect_redis,
    connect_redis_aio,
)

from .certificates import self_signed
from .redis_servers import NEEDS_REDIS, Server, ask, eventually, free_port

pytestmark = [NEEDS_REDIS, pytest.mark.usefixtures("patient_sockets")]

_LIMIT = Limit(name="slow", quota=1, window_seconds=3600, burst=100)
_PATIENT: dict[str, Any] = {"deadline_seconds": 5}
_COMMANDS = ["eval", "evalsha", "get", "set", "exists", "hget", "hmget", "hset", "pexpireat", "info", "time"]
"""What the page on Redis lists, for each server, and below what a cluster is asked besides."""
_OF_CLUSTERS = ["cluster|slots", "asking", "command"]


def _account(*more: str) -> list[str]:
    return ["--user", "kit", "on", ">pass word", "~{kit:*", *(f"+{command}" for command in (*_COMMANDS, *more))]


class Secured:
    """Servers that speak TLS alone, with a certificate that is its own authority."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ca = self.certificate("right")
        self.servers: list[Server] = []

    def certificate(self, name: str, address: str = "127.0.0.1") -> str:
        return str(self_signed(self.folder / f"{name}.pem", until=timedelta(days=1), address=address))

    def start(self, *options: str, certificate: str | None = None, lines: tuple[str, ...] = ()) -> int:
        files = certificate or self.ca
        tls = ["--tls-cert-file", files, "--tls-key-file", files, "--tls-ca-cert-file", files]
        port = free_port()
        always = ["--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no"]
        self.servers.append(Server(*always, *tls, *options, lines=lines))
        return port

    def cluster(self) -> str:
        enabled = ["--cluster-enabled", "yes", "--tls-cluster", "yes"]
        ports = [self.start(*enabled, "--cluster-port", str(free_port()), *_account(*_OF_CLUSTERS)) for _ in range(3)]
        nodes = [f"127.0.0.1:{port}" for port in ports]
        tls = ("--tls", "--cacert", self.ca)
        ask(ports[0], *tls, "--cluster", "create", *nodes, "--cluster-yes")

        def is_whole() -> None:
            assert all("cluster_state:ok" in ask(port, *tls, "cluster", "info") for port in ports)

        eventually(15, is_whole)
        return ",".join(nodes)


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Secured]:
    made = Secured(tmp_path)
    yield made
    for server in made.servers:
        server.end()


def _use() -> dict[str, Any]:
    now = time.time()
    return {"issuer": "i", "jti": f"t{now}", "expires": now + 60, "now": now, "issued": now - 10}


def _used(environment: Mapping[str, object]) -> object:
    """What comes of a use of everything that an account needs, by threads."""
    redis = connect_redis(environment)
    assert redis is not None
    try:
        store = RedisReplayStore(redis, clock_skew_seconds=0, **_PATIENT)
        store.unsafe_start_empty()
        return RedisLimiter(redis, **_PATIENT).draw("threads", _LIMIT, 1).remaining, store.consume(**_use())
    except StoreError as error:
        return error.code
    finally:
        redis.close()


async def _used_aio(environment: Mapping[str, object]) -> object:
    redis = connect_redis_aio(environment)
    assert redis is not None
    try:
        store = AioRedisReplayStore(redis, clock_skew_seconds=0, **_PATIENT)
        await store.unsafe_start_empty()
        drawn = await AioRedisLimiter(redis, **_PATIENT).draw("aio", _LIMIT, 1)
        return drawn.remaining, await store.consume(**_use())
    except StoreError as error:
        return error.code
    finally:
        with suppress(StoreError):
            await redis.aclose()


def _both(environment: Mapping[str, object]) -> set[object]:
    """What comes of it in threads, and on an event loop."""
    return {_used(environment), asyncio.run(_used_aio(environment))}


_WORKS = {(99, "fresh")}


def test_one_server_and_an_account_with_no_more_than_what_is_listed(secured: Secured) -> None:
    at = f"kit:pass%20word@127.0.0.1:{secured.start(*_account())}"
    assert _both({"REDIS_URL": f"rediss://{at}", "REDIS_CA_PATH": secured.ca}) == _WORKS
    other = secured.certificate("other")
    assert _both({"REDIS_URL": f"rediss://{at}", "REDIS_CA_PATH": other}) == {"store_unavailable"}
    assert _both({"REDIS_URL": f"rediss://{at}"}) == {"store_unavailable"}
    # A server that speaks TLS is not spoken to without.
    assert _both({"REDIS_URL": f"redis://{at}"}) == {"store_unavailable"}


def test_a_certificate_of_another_name_is_refused(secured: Secured) -> None:
    named = secured.certificate("named", "127.0.0.2")
    url = f"rediss://127.0.0.1:{secured.start(certificate=named)}"
    assert _both({"REDIS_URL": url, "REDIS_CA_PATH": named}) == {"store_unavailable"}


def test_sentinels_each_with_passwords_of_their_own(secured: Secured) -> None:
    primary = secured.start("--requirepass", "of the server")
    watch = (
        f"sentinel monitor main 127.0.0.1 {primary} 1",
        'sentinel auth-pass main "of the server"',
        'requirepass "of the sentinel"',
    )
    sentinel = secured.start("--sentinel", "--tls-replication", "yes", lines=watch)
    environment = {
        "REDIS_SENTINEL": f"127.0.0.1:{sentinel}",
        "REDIS_MASTER": "main",
        "REDIS_PASSWORD": "of the server",
        "REDIS_SENTINEL_PASSWORD": "of the sentinel",
        "REDIS_TLS": "true",
        "REDIS_CA_PATH": secured.ca,
    }
    assert _both(environment) == _WORKS
    assert _both(environment | {"REDIS_PASSWORD": "wrong"}) == {"store_refused"}
    assert _both(environment | {"REDIS_SENTINEL_PASSWORD": "wrong"}) == {"store_refused"}
    assert _both(environment | {"REDIS_CA_PATH": secured.certificate("other")}) == {"store_unavailable"}


def test_a_cluster_and_an_account_with_no_more_than_what_is_listed(secured: Secured) -> None:
    environment = {
        "REDIS_CLUSTER_NODES": secured.cluster(),
        "REDIS_USERNAME": "kit",
        "REDIS_PASSWORD": "pass word",
        "REDIS_TLS": "true",
        "REDIS_CA_PATH": secured.ca,
    }

    def is_ready() -> None:
        assert _both(environment) == _WORKS

    # Nodes that have just met may send each other's callers to and fro.
    eventually(5, is_ready)
    assert _both(environment | {"REDIS_PASSWORD": "wrong"}) == {"store_refused"}
    assert _both(environment | {"REDIS_CA_PATH": secured.certificate("other")}) == {"store_unavailable"}
