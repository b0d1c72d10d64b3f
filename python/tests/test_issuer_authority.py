from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast, get_args

import jwt
import pytest

from kit_jwt import ConfigError, Kit, Signer, TokenError, decode_unverified
from kit_jwt.issuer import (
    Authority,
    AuthorityError,
    AuthorityErrorCode,
    Change,
    KeyStore,
    MemoryKeyStore,
    StoredDocument,
    read_keks,
)

_KEKS = read_keks("a=" + "A" * 43)
_TIMES: dict[str, Any] = {"rotate_every": 1000, "longest_ttl": 805}
_CONTRACT = Path(__file__).parents[2] / "conformance" / "issuer" / "errors.json"


class _Clock:
    """Turned by hand."""

    def __init__(self, now: float = 5000) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class _Store:
    """A store that can be away, go back, or say no."""

    def __init__(self, inner: KeyStore | None = None) -> None:
        self.inner: KeyStore = inner or MemoryKeyStore()
        self.is_away = False
        self.refuses = False
        self.answers: list[StoredDocument | None] = []

    def read(self) -> StoredDocument | None:
        if self.is_away:
            raise OSError("/secret/path")
        return self.answers[0] if self.answers else self.inner.read()

    def write_if(self, version: int, text: str) -> bool:
        return not self.refuses and self.inner.write_if(version, text)


def _states(authority: Authority) -> list[str]:
    keys = authority.keys()
    return [key.state for key in keys]


def _refusal(work: Any, *args: Any) -> str:
    with pytest.raises(AuthorityError) as caught:
        work(*args)
    assert str(caught.value) == caught.value.code.replace("_", " ")
    assert caught.value.__cause__ is None
    return caught.value.code


def test_the_codes_are_those_of_the_contract() -> None:
    codes = [one["code"] for one in json.loads(_CONTRACT.read_text("utf-8"))["codes"]]
    assert list(get_args(AuthorityErrorCode)) == codes


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "RS256"])
def test_what_the_signer_signs_a_published_key_verifies(algorithm: Any) -> None:
    authority = Authority(algorithm=algorithm)
    signer = authority.signer()
    keys = authority.jwks()["keys"]
    assert [(key["alg"], key["use"]) for key in keys] == [(algorithm, "sig")] * 2
    assert not {"d", "p", "q", "dp", "dq", "qi", "k"} & {name for key in keys for name in key}
    jwk = next(key for key in keys if key["kid"] == signer.kid)
    key = jwt.PyJWK(dict(jwk))
    assert key.Algorithm.verify(b"header.payload", key.key, signer.sign(b"header.payload"))
    assert repr(signer) == f"<AuthoritySigner {algorithm} {signer.kid}>"


def test_secrets_sign_and_nothing_of_them_is_published() -> None:
    authority = Authority(algorithm="HS512")
    assert len(authority.signer().sign(b"header.payload")) == 64
    assert authority.jwks() == {"keys": []}


def test_tokens_of_secrets_pass_wherever_the_store_is_shared_until_they_have_ended() -> None:
    store, clock = MemoryKeyStore(), _Clock()
    minting, verifying = (
        Authority(store=store, keks=_KEKS, algorithm="HS512", clock=clock, **_TIMES) for _ in range(2)
    )
    names: dict[str, Any] = {"issuer": "https://auth.example", "audience": "api", "clock": clock}

    def mint() -> str:
        return Kit(**names, signer=cast("Signer", minting.signer()), ttl=805).sign({"sub": "u1"})

    def verify(token: str) -> object:
        kit = Kit(**names, accept=["HS512"], accept_secrets=verifying.secrets())
        return kit.verify(token)["sub"]

    def kids() -> list[object]:
        return [secret["kid"] for secret in verifying.secrets()]

    first = mint()
    old, upcoming = kids()
    assert verify(first) == "u1"
    clock.now = 6000
    second = mint()
    assert decode_unverified(second).header["kid"] == upcoming
    assert verify(second) == "u1"
    assert kids()[:2] == [old, upcoming]
    assert len(kids()) == 3
    minting.revoke(cast("str", upcoming))
    clock.now += 5
    with pytest.raises(TokenError) as caught:
        verify(second)
    assert caught.value.code == "key_not_found"
    clock.now = 6000 + minting.timing.retention
    assert old not in kids()


def test_keys_that_have_public_halves_are_no_secrets() -> None:
    assert Authority().secrets() == []


@pytest.mark.parametrize(
    ("code", "variable", "options"),
    [
        ("config_invalid", "algorithm", {"algorithm": "none"}),
        ("config_missing", "keks", {"store": MemoryKeyStore()}),
        ("config_missing", "keks", {"store": MemoryKeyStore(), "keks": ()}),
        ("config_invalid", "lead", {"lead": 1}),
    ],
)
def test_options_that_are_refused(code: str, variable: str, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError) as caught:
        Authority(**options)
    assert (caught.value.code, caught.value.variable) == (code, variable)


def test_authorities_that_start_at_once_have_one_set_of_keys() -> None:
    store = MemoryKeyStore()
    with ThreadPoolExecutor(8) as threads:
        kids = set(threads.map(lambda _: Authority(store=store, keks=_KEKS).signer().kid, range(8)))
    assert len(kids) == 1
    stored = store.read()
    assert stored is not None
    assert stored.version == 1


def test_a_rotation_of_one_process_is_told_to_another_which_signs_with_the_new_key() -> None:
    store, clock = MemoryKeyStore(), _Clock()
    told: list[list[Change]] = [[], []]
    one, two = (Authority(store=store, keks=_KEKS, clock=clock, on_change=of.append, **_TIMES) for of in told)
    first = one.plan()[0]
    clock.now = first.at
    one.check_and_rotate()
    assert two.signer().kid == first.kid
    assert _states(two) == ["retired", "active", "next"]
    assert told[1] == told[0]
    assert [change.change for change in told[0]] == [
        *("published", "activated", "published"),
        *("retired", "activated", "published"),
    ]


def test_whoever_listens_and_raises_changes_nothing() -> None:
    def listen(_change: Change) -> None:
        raise LookupError

    assert _states(Authority(on_change=listen)) == ["active", "next"]


def test_a_key_that_is_taken_back_signs_no_more_and_is_published_no_more() -> None:
    authority = Authority()
    first, second = authority.keys()
    assert authority.signer().kid == first.kid
    authority.revoke(first.kid)
    authority.revoke(first.kid)
    assert authority.signer().kid == second.kid
    assert first.kid not in [key["kid"] for key in authority.jwks()["keys"]]
    assert _refusal(authority.revoke, "k9") == "key_not_found"


def test_looks_and_a_revocation_at_once_are_no_roll_back() -> None:
    authority = Authority(store=MemoryKeyStore(), keks=_KEKS)
    kid = authority.signer().kid
    with ThreadPoolExecutor(8) as threads:
        done = [threads.submit(authority.check_and_rotate) for _ in range(20)]
        done.insert(10, threads.submit(authority.revoke, kid))
        for one in done:
            one.result()
    assert authority.signer().kid != kid


def test_a_store_that_goes_back_is_refused_and_nothing_is_written() -> None:
    store = _Store()
    authority = Authority(store=store, keks=_KEKS)
    before = store.read()
    authority.revoke(authority.signer().kid)
    newest = store.read()
    for answer in (before, None):
        store.answers = [answer]
        assert _refusal(authority.check_and_rotate) == "key_document_rolled_back"
    assert store.inner.read() == newest


def test_keys_of_another_algorithm_are_refused_unless_asked_for() -> None:
    store = MemoryKeyStore()
    Authority(store=store, keks=_KEKS)
    assert _refusal(lambda: Authority(store=store, keks=_KEKS, algorithm="ES256")) == "key_document_mixed"
    mixed = Authority(store=store, keks=_KEKS, algorithm="ES256", mixed_algorithms=True)
    mixed.revoke(mixed.signer().kid)
    assert [key.algorithm for key in list(mixed.keys())] == ["EdDSA", "ES256"]


def test_while_the_store_is_away_what_is_known_serves_until_others_may_have_rotated() -> None:
    store, clock = _Store(), _Clock()
    authority = Authority(store=store, keks=_KEKS, clock=clock, **_TIMES)
    kid = authority.signer().kid
    store.is_away = True
    rotation = 6000
    clock.now = rotation - 90 - 1
    assert authority.signer().kid == kid
    clock.now = rotation - 90
    assert _refusal(authority.signer) == "key_store_unavailable"
    clock.now = rotation + 425 - 90 - 300 - 1
    assert len(authority.jwks()["keys"]) == 2
    clock.now += 1
    assert _refusal(authority.jwks) == "key_store_unavailable"


@pytest.mark.parametrize("is_away", [False, True])
def test_of_many_threads_that_wait_for_a_store_one_looks_for_all(is_away: bool) -> None:
    joined, answers, reads = threading.Semaphore(0), threading.Event(), []

    class Counted:
        def __init__(self, lock: Any) -> None:
            self.lock = lock

        def __enter__(self) -> None:
            joined.release()
            self.lock.__enter__()

        def __exit__(self, *about: object) -> None:
            self.lock.__exit__(*about)

    class Slow(_Store):
        def read(self) -> StoredDocument | None:
            reads.append(1)
            answers.wait(10)
            return super().read()

    clock, store = _Clock(), Slow()
    answers.set()
    authority = Authority(store=store, keks=_KEKS, clock=clock)
    kid = authority.signer().kid
    answers.clear()
    reads.clear()
    clock.now += 10
    store.is_away = is_away
    authority._ledger._lock = cast("Any", Counted(authority._ledger._lock))
    with ThreadPoolExecutor(16) as threads:
        kids = []
        # Each joins those that wait; the first one looks, and joins once more for what it may write.
        for joins in (2, *[1] * 15):
            kids.append(threads.submit(lambda: authority.signer().kid))
            for _ in range(joins):
                assert joined.acquire(timeout=10)
        answers.set()
        assert {one.result() for one in kids} == {kid}
    # The first one, and one for those that asked after it had begun.
    assert len(reads) == 2


def test_a_store_that_says_no_whatever_is_written_is_not_asked_for_ever() -> None:
    store = _Store()
    store.refuses = True
    assert _refusal(lambda: Authority(store=store, keks=_KEKS)) == "key_store_unavailable"


def test_a_process_that_slept_while_it_looked_looks_again() -> None:
    clock = _Clock()
    sleeps: list[int] = []

    class Sleeper(_Store):
        def read(self) -> StoredDocument | None:
            stored = super().read()
            if sleeps:
                clock.now += sleeps.pop()
            return stored

    authority = Authority(store=Sleeper(), keks=_KEKS, clock=clock, rotate_every=100_000)
    active = authority.keys()[0].kid
    for times in (1, 40):
        clock.now += 10
        sleeps[:] = [600] * times
        assert authority.signer().kid == active


def test_the_core_does_not_load_the_issuer() -> None:
    program = (
        "import sys; from kit_jwt import Kit, generate_secret; "
        "kit = Kit(issuer='i', audience='a', secret=generate_secret()); kit.verify(kit.sign({'sub': 'u'})); "
        "print([name for name in sys.modules if name.startswith('kit_jwt.issuer')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 # own program
    assert done.stdout.strip() == "[]"


def test_before_its_time_a_key_signs_after_its_lead_and_of_two_that_ask_one_rotates() -> None:
    store, clock = MemoryKeyStore(), _Clock()
    one, other = (Authority(store=store, keks=_KEKS, clock=clock, **_TIMES) for _ in range(2))
    upcoming = one.keys()[1]
    clock.now = 5424
    assert one.rotate() == 5425
    clock.now = 5425
    with ThreadPoolExecutor(2) as threads:
        soonest = [asked.result() for asked in [threads.submit(one.rotate), threads.submit(other.rotate)]]
    assert sorted(soonest, key=str) == [5850, None]
    for authority in (one, other):
        assert authority.signer().kid == upcoming.kid
        assert _states(authority) == ["retired", "active", "next"]
