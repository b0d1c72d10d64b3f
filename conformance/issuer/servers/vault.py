# ruff: noqa: INP001 # a program, run by its path
"""Signers of a Vault, and kits that use them, as the other language's program has them.

Lines on stdin, each with one thing to do, and the answer to each on stdout: see conformance/issuer/servers.mjs.
"""

from __future__ import annotations

import json
import sys
import traceback
from typing import Any

from kit_jwt import ConfigError, Kit, TokenError
from kit_jwt.issuer import AuthorityError
from kit_jwt.issuer.signers import RemoteSigner, vault_signer

_NAMES: dict[str, Any] = {"issuer": "https://auth.example", "audience": "orders"}
_signers: dict[str, RemoteSigner] = {}


def _start(given: dict[str, Any]) -> dict[str, object]:
    signer = _signers[given["name"]] = vault_signer(**given["options"])
    return {"kid": signer.kid, "publicJwk": signer.public_jwk}


def _mint(given: dict[str, Any]) -> dict[str, object]:
    return {"token": Kit(**_NAMES, signer=_signers[given["name"]]).sign({"sub": "u1"})}


def _verify(given: dict[str, Any]) -> dict[str, object]:
    return {"sub": Kit(**_NAMES, public_keys=given["publicJwk"]).verify(given["token"])["sub"]}


_TASKS = {"start": _start, "mint": _mint, "verify": _verify}


def _answer(given: dict[str, Any]) -> dict[str, object]:
    try:
        return _TASKS[given["task"]](given)
    except (AuthorityError, ConfigError, TokenError) as error:
        variable = getattr(error, "variable", None)
        named = {} if variable is None else {"variable": variable}
        return {"code": error.code, **named, "said": traceback.format_exc()}


for line in sys.stdin:
    sys.stdout.write(f"{json.dumps(_answer(json.loads(line)))}\n")
    sys.stdout.flush()
