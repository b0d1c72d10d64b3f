"""`kit-jwt issuer init`: the first keys, the secrets, and a `.env` file that names them."""

from __future__ import annotations

from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.dotenv import dotenv_text
from kit_jwt.command.failure import OK, CommandFailureError, quoted
from kit_jwt.command.inputs import fault_sentence
from kit_jwt.command.output import Output
from kit_jwt.command.style import printable
from kit_jwt.command.times import timestamp
from kit_jwt.command.variables import Variables
from kit_jwt.command.world import FileFaultError
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer.command.settings import Settings
from kit_jwt.issuer.command.texts import TEXTS
from kit_jwt.issuer.command.world import IssuerWorld
from kit_jwt.issuer.service.config import is_issuer

_FILE: Final = ".env"
_OWNER_ONLY: Final = 0o600
_SECRET_BYTES: Final = 32
_MONTH: Final = 7
"""Characters of a date."""


def init(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Make the first keys, the secrets, and a `.env` file that names them."""
    issuer = given.values.get("issuer", ["http://127.0.0.1:8787"])[0]
    if not is_issuer(issuer):
        raise CommandFailureError("--issuer is an https: URL, or an http: one on loopback, without query and fragment")
    folder = given.values.get("keys", ["keys"])[0]
    lines = {
        "AUTH_ISSUER": issuer,
        "AUTH_AUDIENCE": given.values.get("audience", ["internal-api"])[0],
        "JWKS_DIR": folder,
        "DEFAULT_TTL": "900",
        "ISSUER_KEK": f"{timestamp(world.now())[:_MONTH]}={_random_text(world)}",
        "ISSUER_ADMIN_SECRET": _random_text(world),
    }
    text = dotenv_text(lines)
    # What the keys are encrypted with is there before they are.
    _write(world, text)
    kid = Settings(Variables(lines, {}, lines, _FILE), world).authority().signer().kid
    style = output.style
    output.result(
        {"file": _FILE, "folder": folder, "issuer": issuer, "kid": kid},
        f"{style('bold', 'settings')}  {_FILE} (only its owner can read it)\n"
        f"{style('bold', 'keys')}      {printable(folder)} (encrypted)\n"
        f"{style('bold', 'issuer')}    {printable(issuer)}\n"
        f"{style('bold', 'signs')}     {printable(kid)}\n",
    )
    output.note(f"'{TEXTS.name} serve' answers requests; '{TEXTS.name} mint --sub u1' makes a token.\n")
    return OK


def _random_text(world: IssuerWorld) -> str:
    return encode_base64url(world.entropy(_SECRET_BYTES))


def _write(world: IssuerWorld, text: str) -> None:
    try:
        world.write_new(_FILE, text, _OWNER_ONLY)
    except FileFaultError as fault:
        message = fault_sentence("write", quoted(_FILE), fault.reason)
        if fault.reason == "exists":
            message = f"{quoted(_FILE)} is there already, and a secret is never replaced: go to another folder"
        raise CommandFailureError(message) from None
