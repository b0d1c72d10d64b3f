"""Kits: their operations, their ports, side by side and in threads."""

from __future__ import annotations

import asyncio
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from kit_jwt import (
    ConfigError,
    Kit,
    MisuseError,
    TokenError,
    aio,
    create_key_set,
    import_private_key,
    memory_replay_store,
    memory_revocation_list,
    policy,
    unsafe_trust_claims,
)
from kit_jwt.crypto.hs512 import load_hs512
from kit_jwt.testing import fixed_clock
from kit_jwt.token.claims import LATEST

from .material import (
    ISSUER,
    JWK,
    NOW,
    OTHER_JWK,
    OTHER_SECRET,
    SECRET,
    SECRET_BYTES,
    claims,
    eddsa,
    hs512,
    public,
    raw_token,
)


def code_of(call: Any) -> tuple[str, str | None]:
    """The code of a refused call, and the claim or the variable."""
    try:
        call()
    except TokenError as error:
        return error.code, error.claim
    except ConfigError as error:
        return error.code, error.variable
    pytest.fail("not refused")


class TestSigning:
    def test_a_clock_with_fractions_is_floored(self) -> None:
        verified = hs512(clock=lambda: NOW + 0.9).verify(hs512(clock=lambda: NOW + 0.9).sign({}, ttl=5))
        assert (verified["iat"], verified["exp"]) == (NOW, NOW + 5)

    def test_options_stand_before_settings(self) -> None:
        kit = hs512()
        token = kit.sign({"jti": "mine"}, iss="https://other.example", aud=("a", "b"), ttl=1)
        payload = kit.decode_unverified(token).claims
        assert payload == {
            "iss": "https://other.example",
            "aud": ["a", "b"],
            "iat": NOW,
            "exp": NOW + 1,
            "jti": "mine",
        }

    @pytest.mark.parametrize("ttl", [0, -1, 86_401, 1.5, math.nan, math.inf, True, None, "900", 10**400])
    def test_a_bad_ttl_is_a_setting(self, ttl: Any) -> None:
        assert code_of(lambda: hs512().sign({}, ttl=ttl)) == ("config_invalid", "ttl")

    def test_a_ttl_may_be_a_whole_double(self) -> None:
        assert hs512().sign({}, ttl=900.0)  # type: ignore[arg-type] # JSON does not tell them apart

    @pytest.mark.parametrize(
        "options",
        [
            {"aud": ""},
            {"aud": []},
            {"aud": None},
            {"aud": [""]},
            {"aud": 1},
            {"iss": ""},
            {"iss": None},
            {"audience": "x"},
        ],
    )
    def test_bad_options_are_misuse(self, options: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().sign({}, **options)

    @pytest.mark.parametrize("wrong", [None, [], "x", 1, {1, 2}])
    def test_claims_are_a_mapping(self, wrong: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().sign(wrong)

    def test_what_is_missing_is_named(self) -> None:
        keys: Any = {"public_keys": public(JWK), "issuer": ISSUER}
        assert code_of(lambda: Kit(**keys).sign({})) == ("config_missing", "secret")
        assert code_of(lambda: Kit(profile="EdDSA", **keys).sign({})) == ("config_missing", "private_key")
        assert code_of(lambda: Kit(issuer=ISSUER, secret=SECRET).sign({})) == ("config_missing", "audience")
        assert code_of(lambda: Kit(issuer=ISSUER, secret=SECRET).verify("x")) == ("config_missing", "audience")
        assert code_of(lambda: Kit(issuer=ISSUER).verify("x")) == ("config_missing", "secret")
        trusting = Kit(trust=[{"issuer": "i", "audience": "a", "algorithms": ["HS512"], "secrets": [SECRET]}])
        assert code_of(lambda: trusting.sign({})) == ("config_missing", "issuer")

    def test_a_token_that_nobody_would_read_is_not_minted(self) -> None:
        assert code_of(lambda: hs512().sign({"x": "a" * 16_384})) == ("value_unsupported", None)
        assert code_of(lambda: hs512().sign({}, aud="\ud800")) == ("value_unsupported", "aud")
        assert code_of(lambda: hs512().sign({"exp": 1, "x": {1}})) == ("value_unsupported", "exp")
        assert code_of(lambda: hs512().sign({"sub": 1})) == ("claim_invalid", "sub")

    def test_the_largest_token_is_minted_and_read(self) -> None:
        size = len(hs512(entropy=bytes).sign({"x": "a" * 30}))
        kit = hs512(max_token_bytes=size, entropy=bytes)
        assert kit.verify(kit.sign({"x": "a" * 30}))
        assert code_of(lambda: kit.sign({"x": "a" * 31})) == ("value_unsupported", None)

    @pytest.mark.parametrize("clock", [math.nan, math.inf, None, "1", True, 1j])
    def test_a_clock_gives_finite_numbers(self, clock: Any) -> None:
        assert code_of(lambda: hs512(clock=lambda: clock).sign({})) == ("config_invalid", "clock")

    @pytest.mark.parametrize("entropy", [b"", bytes(15), "x" * 16, None])
    def test_entropy_gives_bytes(self, entropy: Any) -> None:
        assert code_of(lambda: hs512(entropy=lambda _size: entropy).sign({})) == ("config_invalid", "entropy")
        assert hs512(entropy=lambda _size: entropy).sign({"jti": "mine"})

    def test_header_names_of_ed25519(self) -> None:
        for name in ("EdDSA", "Ed25519"):
            kit = eddsa(header_alg=name)
            assert kit.decode_unverified(kit.sign({})).header == {"alg": name, "kid": "ed-1", "typ": "JWT"}
            assert eddsa().verify(kit.sign({"sub": "u1"}))["sub"] == "u1"


class TestRemoteSigners:
    def test_a_signer_signs_in_place_of_a_key(self) -> None:
        key = import_private_key(JWK)
        signer = SimpleNamespace(alg="EdDSA", kid="ed-1", sign=key.sign)
        kit = Kit(issuer=ISSUER, audience="api", signer=signer, public_keys=public(JWK))
        assert kit.verify(kit.sign({"sub": "u1"}))["sub"] == "u1"
        assert kit.describe()["signs"] == {"alg": "EdDSA", "kid": "ed-1"}

    def test_a_shared_secret_may_be_remote_too(self) -> None:
        signer = SimpleNamespace(alg="HS512", kid=None, sign=load_hs512(SECRET_BYTES))
        kit = Kit(issuer=ISSUER, audience="api", signer=signer, accept_secrets=[SECRET])
        assert kit.verify(kit.sign({"sub": "u1"}))["sub"] == "u1"

    @pytest.mark.parametrize("signature", [b"", bytes(63), "x" * 64, None])
    def test_a_signature_is_64_bytes(self, signature: Any) -> None:
        signer = SimpleNamespace(alg="HS512", kid=None, sign=lambda _message: signature)
        assert code_of(lambda: Kit(issuer=ISSUER, signer=signer).sign({}, aud="a")) == ("config_invalid", "signer")

    def test_its_own_errors_reach_the_caller(self) -> None:
        def fail(_message: bytes) -> bytes:
            raise TimeoutError

        signer = SimpleNamespace(alg="HS512", kid=None, sign=fail)
        with pytest.raises(TimeoutError):
            Kit(issuer=ISSUER, signer=signer).sign({}, aud="a")

    def test_an_asynchronous_port_needs_the_awaitable_kit(self) -> None:
        async def sign(message: bytes) -> bytes:
            return load_hs512(SECRET_BYTES)(message)

        signer = SimpleNamespace(alg="HS512", kid=None, sign=sign)
        with pytest.raises(MisuseError):
            Kit(issuer=ISSUER, signer=signer).sign({}, aud="a")
        kit = aio.Kit(issuer=ISSUER, audience="a", signer=signer, accept_secrets=[SECRET])

        async def main() -> object:
            return (await kit.verify(await kit.sign({"sub": "u1"})))["sub"]

        assert asyncio.run(main()) == "u1"


class TestChecking:
    token = hs512().sign(
        {
            "sub": "u1",
            "permissions": ["read"],
            "roles": ["clerk"],
            "scope": "a  b",
            "act": {"sub": "gw", "act": {"sub": "x"}},
        }
    )

    def test_a_principal_says_who_passed(self) -> None:
        who = hs512().check_auth(self.token, policy().need_all("read").scopes_any("b"))
        assert (who.subject, who.issuer, who.permissions, who.roles) == ("u1", ISSUER, ("read",), ("clerk",))
        assert (who.scopes, [actor["sub"] for actor in who.actors]) == (("a", "b"), ["gw", "x"])
        assert who.jti == who.claims["jti"]
        assert "u1" not in repr(who)

    def test_a_principal_lacks_what_its_token_lacks(self) -> None:
        who = hs512().check_auth(raw_token({"alg": "HS512"}, claims()), policy().authenticated())
        assert (who.permissions, who.roles, who.scopes, who.actors, who.jti) == ((), (), (), (), None)

    def test_names_are_looked_up_in_the_context_of_the_call(self) -> None:
        rules = policy().subject({"ref": "owner"})
        assert hs512().check_auth(self.token, rules, context={"owner": "u1"}).subject == "u1"
        assert code_of(lambda: hs512().check_auth(self.token, rules, context={"owner": "u2"}))[0] == "policy_denied"

    def test_a_denial_lists_the_rules_that_failed(self) -> None:
        with pytest.raises(TokenError) as caught:
            hs512().check_auth(self.token, policy().need_all("write").no_actor())
        assert (caught.value.code, caught.value.status) == ("policy_denied", 403)
        assert caught.value.failed == ("/noActor", "/permissionsAll")

    def test_a_predicate_stands_beside_the_policy(self) -> None:
        rules = policy().authenticated()
        assert hs512().check_auth(self.token, rules, also=lambda verified: verified["sub"] == "u1")
        with pytest.raises(TokenError) as caught:
            hs512().check_auth(self.token, rules, also=lambda _verified: False)
        assert (caught.value.code, caught.value.failed) == ("policy_denied", ())

    @pytest.mark.parametrize("answer", [None, 1, "yes", [], object()])
    def test_a_predicate_answers_true_or_false(self, answer: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().check_auth(self.token, policy().authenticated(), also=lambda _verified: answer)

    def test_a_predicate_is_not_awaited(self) -> None:
        async def later(_verified: object) -> bool:
            return True

        with pytest.raises(MisuseError):
            hs512().check_auth(self.token, policy().authenticated(), also=later)  # type: ignore[arg-type] # the point

    @pytest.mark.parametrize(
        "options",
        [{"also": None}, {"context": []}, {"unknown": 1}, {"confirmation": {}}, {"confirmation": {"jkt": ""}}],
    )
    def test_bad_options_are_misuse(self, options: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().check_auth(self.token, {"subject": {"ref": "owner"}}, **options)

    @pytest.mark.parametrize("rules", [None, {}, [], "admin", {"unknown": 1}, {"rolesAny": "admin"}])
    def test_a_bad_policy_is_misuse_before_the_token_is_read(self, rules: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().check_auth("rubbish", rules)

    def test_a_subject_is_required_in_its_place(self) -> None:
        token = raw_token({"alg": "HS512"}, {**claims(), "sub": None})
        assert code_of(lambda: hs512().check_auth(token, policy().authenticated())) == ("claim_invalid", "sub")
        token = hs512().sign({})
        assert code_of(lambda: hs512().check_auth(token, policy().authenticated())) == ("claim_missing", "sub")


class TestBinding:
    def test_what_was_proved_must_be_what_the_token_says(self) -> None:
        token = hs512().sign({"cnf": {"jkt": "abc", "x5t#S256": "def"}})
        assert hs512().verify(token, confirmation={"jkt": "abc", "x5t#S256": "def"})
        for confirmation, code in (
            ({"jkt": "abd"}, "binding_mismatch"),
            ({"jkt": "abc", "x5t#S256": "é"}, "binding_mismatch"),
        ):
            assert code_of(lambda c=confirmation: hs512().verify(token, confirmation=c))[0] == code
        assert code_of(lambda: hs512().verify(hs512().sign({}), confirmation={"jkt": "a"}))[0] == "binding_missing"

    @pytest.mark.parametrize("confirmation", [None, {}, [], {"jkt": None}, {"kid": "x"}, {"jkt": "\ud800"}, "abc"])
    def test_a_bad_confirmation_is_misuse(self, confirmation: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().verify("x", confirmation=confirmation)


class TestStores:
    def test_a_token_is_used_once(self) -> None:
        kit = hs512()
        verified = kit.verify(kit.sign({}))
        kit.consume_once(verified)
        assert code_of(lambda: kit.consume_once(verified)) == ("token_replayed", None)

    def test_what_was_verified_earlier_may_have_expired(self) -> None:
        verified = hs512().verify(hs512().sign({}))
        late = hs512(clock=lambda: NOW + 990)
        assert code_of(lambda: late.consume_once(verified)) == ("token_expired", "exp")

    def test_claims_must_be_verified_and_have_a_jti(self) -> None:
        with pytest.raises(MisuseError):
            hs512().consume_once({"jti": "x"})  # type: ignore[arg-type] # that it fails is the point
        token = raw_token({"alg": "HS512"}, claims())
        assert code_of(lambda: hs512().consume_once(hs512().verify(token))) == ("claim_missing", "jti")

    def test_a_full_store_refuses_and_makes_room_when_tokens_expire(self) -> None:
        clock = fixed_clock(NOW)
        kit = hs512(replay=memory_replay_store(max_entries=2), clock=clock)
        for _ in range(2):
            kit.consume_once(kit.verify(kit.sign({}, ttl=10)))
        assert code_of(lambda: kit.consume_once(kit.verify(kit.sign({})))) == ("replay_unavailable", None)
        clock.advance(100)
        kit.consume_once(kit.verify(kit.sign({})))
        assert len(kit._operations.resolved.settings.replay) == 1  # type: ignore[arg-type] # the one given above

    @pytest.mark.parametrize("answer", [None, True, "Fresh", 1, []])
    def test_other_answers_are_no_answers(self, answer: Any) -> None:
        kit = hs512(replay=SimpleNamespace(consume=lambda **_token: answer))
        assert code_of(lambda: kit.consume_once(kit.verify(kit.sign({})))) == ("replay_unavailable", None)
        if not isinstance(answer, bool):
            kit = hs512(revocation=SimpleNamespace(is_revoked=lambda _claims, _now: answer))
            assert code_of(lambda: kit.verify(kit.sign({}))) == ("revocation_unavailable", None)

    def test_revoked_tokens_are_refused_until_they_have_expired(self) -> None:
        revoked = memory_revocation_list()
        kit = hs512(revocation=revoked)
        verified = kit.verify(kit.sign({"jti": "a"}))
        revoked.revoke(issuer=ISSUER, jti="a", expires=NOW + 990)
        revoked.revoke(issuer=ISSUER, jti="None", expires=NOW + 990)
        assert code_of(lambda: kit.verify(kit.sign({"jti": "a"}))) == ("token_revoked", None)
        assert kit.verify(kit.sign({"jti": "b"}))
        assert kit.verify(raw_token({"alg": "HS512"}, claims()))
        assert revoked.is_revoked(verified, NOW + 989)
        assert not revoked.is_revoked(verified, NOW + 990)
        assert len(revoked) == 0

    def test_a_token_that_is_revoked_twice_stays_so_until_the_later_time(self) -> None:
        revoked, token = memory_revocation_list(), unsafe_trust_claims({"iss": ISSUER, "jti": "a"})
        for expires in (100, 200, 150):
            revoked.revoke(issuer=ISSUER, jti="a", expires=expires)
        assert [revoked.is_revoked(token, now) for now in (0, 100, 199, 200)] == [True, True, True, False]
        assert len(revoked) == 0

    def test_stores_check_their_arguments(self) -> None:
        for size in (0, True, "1"):
            with pytest.raises(MisuseError):
                memory_replay_store(max_entries=size)  # type: ignore[arg-type] # that it fails is the point
        with pytest.raises(MisuseError):
            memory_revocation_list().revoke(issuer="i", jti=1, expires=1)  # type: ignore[arg-type] # the point


class TestExpiry:
    @pytest.mark.parametrize(("ttl", "soon"), [(60, True), (61, False)])
    def test_of_tokens_and_claims(self, ttl: int, soon: bool) -> None:
        kit = hs512()
        token = kit.sign({}, ttl=ttl)
        assert kit.is_expiring_soon(token) is soon
        assert kit.is_expiring_soon(kit.verify(token)) is soon
        assert kit.is_expiring_soon(token, within=0) is False

    @pytest.mark.parametrize(
        ("wrong", "fault"),
        [
            ({}, ("claim_missing", "exp")),
            ({"exp": "1"}, ("claim_invalid", "exp")),
            ({"exp": True}, ("claim_invalid", "exp")),
            ({"exp": -1}, ("claim_invalid", "exp")),
            ({"exp": LATEST + 1}, ("claim_invalid", "exp")),
            ("x", ("token_malformed", None)),
        ],
    )
    def test_without_an_end_there_is_no_answer(self, wrong: Any, fault: tuple[str, str | None]) -> None:
        assert code_of(lambda: hs512().is_expiring_soon(wrong)) == fault

    def test_the_first_and_the_last_second_are_times(self) -> None:
        assert hs512().is_expiring_soon({"exp": 0}) is True
        assert hs512().is_expiring_soon({"exp": LATEST}) is False
        assert hs512().is_expiring_soon({"exp": LATEST}, within=LATEST) is True

    def test_tokens_are_no_longer_than_those_of_the_kit(self) -> None:
        token = hs512().sign({})
        assert code_of(lambda: hs512(max_token_bytes=len(token) - 1).is_expiring_soon(token))[0] == "token_too_large"

    @pytest.mark.parametrize(
        ("what", "within"),
        [
            (None, 60),
            (1, 60),
            ({"exp": 1}, -1),
            ({"exp": 1}, LATEST + 1),
            ({"exp": 1}, math.nan),
            ({"exp": 1}, "60"),
            ({"exp": 1}, True),
        ],
    )
    def test_wrong_types_are_misuse(self, what: Any, within: Any) -> None:
        with pytest.raises(MisuseError):
            hs512().is_expiring_soon(what, within=within)


class TestDelegating:
    def test_claims_must_be_verified(self) -> None:
        with pytest.raises(MisuseError):
            hs512().create_delegated_token({"sub": "u1"}, "gw", aud="x")  # type: ignore[arg-type] # the point

    @pytest.mark.parametrize(
        ("actor", "options"),
        [
            ("", {"aud": "x"}),
            (None, {"aud": "x"}),
            ("gw", {}),
            ("gw", {"aud": []}),
            ("gw", {"aud": "x", "roles": "admin"}),
            ("gw", {"aud": "x", "permissions": [1]}),
            ("gw", {"aud": "x", "scope": ["a"]}),
            ("gw", {"aud": "x", "copy": ["act"]}),
            ("gw", {"aud": "x", "copy": None}),
            ("gw", {"aud": "x", "iss": "y"}),
        ],
    )
    def test_wrong_arguments_are_misuse(self, actor: Any, options: Any) -> None:
        original = unsafe_trust_claims({"sub": "u1", "exp": NOW + 10})
        with pytest.raises(MisuseError):
            hs512().create_delegated_token(original, actor, **options)

    @pytest.mark.parametrize("option", ["permissions", "roles", "copy"])
    def test_misuse_tells_which_option_is_no_list(self, option: Any) -> None:
        original = unsafe_trust_claims({"sub": "u1", "exp": NOW + 10})
        options: Any = {"aud": "x", option: "y"}
        with pytest.raises(MisuseError, match=f"^{option} "):
            hs512().create_delegated_token(original, "gw", **options)

    def test_an_original_without_an_end_is_refused(self) -> None:
        original = unsafe_trust_claims({"sub": "u1"})
        assert code_of(lambda: hs512().create_delegated_token(original, "gw", aud="x")) == ("claim_missing", "exp")

    def test_without_an_issuer_there_is_no_actor(self) -> None:
        original = unsafe_trust_claims({"sub": "u1", "exp": NOW + 10})
        kit = Kit(trust=[{"issuer": "i", "audience": "a", "algorithms": ["HS512"], "secrets": [SECRET]}])
        assert code_of(lambda: kit.create_delegated_token(original, "gw", aud="x")) == ("config_missing", "issuer")


class TestSideBySide:
    def test_kits_share_nothing(self) -> None:
        one, two = hs512(), hs512(secret=OTHER_SECRET, issuer="https://other.example")
        token = one.sign({"sub": "u1"})
        assert code_of(lambda: two.verify(token))[0] == "signature_invalid"
        verified = one.verify(token)
        one.consume_once(verified)
        hs512().consume_once(verified)
        assert code_of(lambda: one.consume_once(verified))[0] == "token_replayed"
        assert repr(one) == "<Kit HS512>"

    def test_the_same_key_in_two_issuers_is_told_apart_by_iss(self) -> None:
        kit = hs512(
            trust=[{"issuer": "https://b.example", "algorithms": ["HS512"], "secrets": [SECRET], "actors": ["gw"]}]
        )
        assert kit.verify(raw_token({"alg": "HS512"}, claims(iss="https://b.example")))
        act = {"sub": "other"}
        token = raw_token({"alg": "HS512"}, claims(iss="https://b.example", act=act))
        assert code_of(lambda: kit.verify(token)) == ("actor_not_allowed", "act")
        assert kit.verify(raw_token({"alg": "HS512"}, claims(act=act)))
        token = raw_token({"alg": "HS512"}, claims(iss="https://c.example"))
        assert code_of(lambda: kit.verify(token)) == ("issuer_mismatch", "iss")

    def test_threads_share_a_kit(self) -> None:
        kit = eddsa(secret=SECRET, profile="EdDSA", accept=["HS512", "EdDSA"])
        consumed: list[str] = []
        verified = kit.verify(kit.sign({"sub": "once"}))

        def work(number: int) -> object:
            try:
                kit.consume_once(verified)
                consumed.append("once")
            except TokenError:
                pass
            return kit.verify(kit.sign({"sub": str(number)}))["sub"]

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(200))) == [str(number) for number in range(200)]
        assert consumed == ["once"]


class TestAwaitable:
    async def test_the_same_answers(self) -> None:
        kit = aio.Kit(issuer=ISSUER, audience="api", private_key=JWK, clock=lambda: NOW)
        verified = await kit.verify(await kit.sign({"sub": "u1", "roles": ["admin"]}))
        assert eddsa().verify(await kit.sign({"sub": "u1"}))["sub"] == "u1"
        inner = await kit.create_delegated_token(verified, "gw", aud="api")
        assert (await kit.check_auth(inner, policy().actor("gw"))).subject == "u1"
        await kit.consume_once(verified)
        with pytest.raises(TokenError) as caught:
            await kit.consume_once(verified)
        assert caught.value.code == "token_replayed"
        assert kit.is_expiring_soon(verified) is False

    async def test_ports_may_be_awaited(self) -> None:
        class Ports:
            async def is_revoked(self, verified: Any, _now: float) -> bool:
                await asyncio.sleep(0)
                return bool(verified["sub"] == "revoked")

            async def consume(self, **_token: object) -> str:
                await asyncio.sleep(0)
                return "fresh"

            async def select(self, *, alg: str, kid: str | None, now: float) -> object:
                await asyncio.sleep(now * 0)
                return create_key_set({"keys": [public(JWK)]}, algorithms=["EdDSA"]).select(alg=alg, kid=kid)

        ports: Any = Ports()
        kit = aio.Kit(
            issuer=ISSUER, audience="api", key_source=ports, revocation=ports, replay=ports, clock=lambda: NOW
        )
        await kit.consume_once(await kit.verify(eddsa().sign({"sub": "u1"})))
        for token, code in (
            (eddsa().sign({"sub": "revoked"}), "token_revoked"),
            (eddsa(private_key=OTHER_JWK).sign({"sub": "u1"}), "key_not_found"),
        ):
            with pytest.raises(TokenError) as caught:
                await kit.verify(token)
            assert caught.value.code == code
            assert caught.value.__context__ is None

    async def test_a_failing_port_is_unavailable(self) -> None:
        class Failing:
            async def is_revoked(self, _claims: object, _now: float) -> bool:
                raise OSError

        kit = aio.Kit(issuer=ISSUER, audience="api", secret=SECRET, revocation=Failing(), clock=lambda: NOW)
        with pytest.raises(TokenError) as caught:
            await kit.verify(await kit.sign({}))
        assert caught.value.code == "revocation_unavailable"


def test_hs512_needs_neither_cryptography_nor_pyjwt() -> None:
    program = f"""
import sys
sys.modules['cryptography'] = sys.modules['jwt'] = None
from kit_jwt import Kit
kit = Kit(issuer='i', audience='a', secret='{SECRET}')
print(kit.verify(kit.sign({{'sub': 'u1'}}))['sub'])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 # our own program
    assert done.stdout.strip() == "u1"


def test_eddsa_loads_no_pyjwt() -> None:
    program = """
import sys
from kit_jwt import Kit, generate_key_pair
kit = Kit(issuer='i', audience='a', private_key=generate_key_pair().private_jwk)
kit.verify(kit.sign({'sub': 'u1'}))
print('jwt' in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 # our own program
    assert done.stdout.strip() == "False"


def test_more_headers_come_than_are_remembered() -> None:
    verifier = Kit(issuer=ISSUER, audience="api", secret=SECRET)
    names = [f"u{number}" for number in range(100)]
    tokens = [Kit(issuer=ISSUER, audience="api", secret=SECRET, kid=name).sign({"sub": name}) for name in names]
    assert [verifier.verify(token)["sub"] for token in tokens * 2] == names * 2
