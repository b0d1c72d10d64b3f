# ruff: noqa: INP001 # a program, run by its path
"""Reads and writes folders of keys as the other language's program does.

Lines on stdin, each with one thing to do, and the answer to each on stdout: see conformance/issuer/across.mjs.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer import Authority, AuthorityError, FileKeyStore, read_keks


def _answer(task: dict[str, Any]) -> dict[str, object]:
    try:
        authority = Authority(
            store=FileKeyStore(task["folder"]),
            keks=read_keks(task["keks"]),
            algorithm=task["algorithm"],
            clock=lambda: task["now"],
        )
        if "revoke" in task:
            authority.revoke(task["revoke"])
        signer, summaries = authority.signer(), authority.keys()
        return {
            "kid": signer.kid,
            "signature": encode_base64url(signer.sign(task["data"].encode())),
            "keys": [[key.kid, key.state] for key in summaries],
            "plan": [[step.at, step.change, step.kid] for step in authority.plan()],
            "jwks": authority.jwks(),
        }
    except AuthorityError as error:
        return {"code": error.code}


for line in sys.stdin:
    sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
    sys.stdout.flush()
