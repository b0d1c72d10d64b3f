"""What `serve --dev` runs with, where nothing is configured."""

from __future__ import annotations

from typing import Final

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.service.config import IssuerOptions

from .world import IssuerWorld

_SECRET_BYTES: Final = 32


def dev_options(world: IssuerWorld, port: int) -> IssuerOptions:
    """An issuer on loopback with keys in memory, a new admin secret, and a policy to try things with."""
    return {
        "authority": Authority(clock=world.now),
        "issuer": f"http://127.0.0.1:{port}",
        "audience": "internal-api",
        "admin_secret": encode_base64url(world.entropy(_SECRET_BYTES)),
        "admin_policy": {"roles": ["admin", "finance"], "permissions": ["read:data"]},
    }


def try_it(options: IssuerOptions) -> str:
    """What somebody at a terminal tries first."""
    return "\n".join(
        [
            "This is not for production: its keys are in memory, and gone when it ends.",
            "A token:",
            f"  curl -s {options['issuer']}/auth/token -H 'content-type: application/json' \\",
            f'    -H \'x-issuer-secret: {options.get("admin_secret")}\' -d \'{{"sub":"u1","roles":["admin"]}}\'',
            "",
        ]
    )
