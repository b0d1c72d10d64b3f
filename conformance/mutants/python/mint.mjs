import { wrong } from '../wrong.mjs'

const TTL = 'not 1 <= ttl <= max_lifetime'
const MEMBERS = 'members = {"alg": alg, "typ": typ} if kid is None else {"alg": alg, "kid": kid, "typ": typ}'
const REVOKED =
  '        if self.resolved.settings.revocation is not None:\n            yield from self._check_revocation(claims, now)\n'
const BOUND = '        if confirmation is not None:\n            check_binding(claims, confirmation)\n'

export default [
  ...wrong('kit_jwt/token/mint.py', {
    'a ttl of 0 can be asked for': [TTL, 'not 0 <= ttl <= max_lifetime'],
    'a ttl above the longest lifetime can be asked for': [TTL, 'not 1 <= ttl'],
    'a ttl of the longest lifetime is refused': [TTL, 'not 1 <= ttl < max_lifetime'],
    'a ttl of true is a second': ['if isinstance(ttl, bool) or not', 'if not'],
    'a ttl with a fraction is cut': ['if isinstance(ttl, float) and ttl.is_integer():', 'if isinstance(ttl, float):'],
    'reserved claims are overwritten in silence': ['if name in given:', 'if name in given and not name:'],
    'exp may be given as a claim': [
      'RESERVED: Final = ("iss", "aud", "iat", "exp")',
      'RESERVED: Final = ("iss", "aud", "iat")',
    ],
    'iat is rounded': ['math.floor(issue.now)', 'round(issue.now)'],
    'iat keeps its fraction': ['math.floor(issue.now)', 'issue.now'],
    'a list of one audience is minted as a string': [
      'given["aud"] = issue.audience',
      'given["aud"] = issue.audience if isinstance(issue.audience, str) or len(issue.audience) > 1 else issue.audience[0]',
    ],
    'a single audience is minted as a list': [
      'given["aud"] = issue.audience',
      'given["aud"] = [issue.audience] if isinstance(issue.audience, str) else issue.audience',
    ],
    'a jti that the caller gave is replaced': ['if "jti" not in given:', 'if given:'],
    'no jti is made': ['given["jti"] = new_jti()', 'pass'],
    'the jti is not made of the entropy': [
      'given["jti"] = new_jti()',
      'given["jti"] = str(__import__("uuid").uuid4())',
    ],
    'the jti says another version of UUID': ['-4{text[13:16]}', '-7{text[13:16]}'],
    'the jti lacks the variant of a UUID': ['{_VARIANT[text[16]]}', '{text[16]}'],
    'claims that could not be verified are minted': [
      'check_claims(payload, required=(), max_actor_depth=limits.max_actor_depth)',
      'pass',
    ],
    'the size of a minted token is not limited': ['> limits.max_token_bytes:', '> 10_000_000:'],
    'a minted token of exactly the largest size is refused': [
      '> limits.max_token_bytes:',
      '>= limits.max_token_bytes:',
    ],
    'the signature is not counted in the size of a minted token': [' + _SIGNATURE_CHARACTERS > limits', ' > limits'],
    'a delegated token may outlive the original': [
      'exp if issue.not_after is None else min(exp, issue.not_after)',
      'exp',
    ],
  }),
  ...wrong('kit_jwt/token/claims.py', {
    'the claim at fault is the first that was written': ['in sorted(named, key=code_units):', 'in named:'],
    'the claims are not counted as a level of nesting': ['depth=2)', 'depth=1)'],
  }),
  ...wrong('kit_jwt/token/header.py', {
    'no kid is written': [MEMBERS, 'members = {"alg": alg, "typ": typ}'],
    'the header is written as alg, typ, kid': [
      `${MEMBERS}\n    return encode_to_ascii(canonicalize(members).encode())`,
      'members = {"alg": alg, "typ": typ} | ({} if kid is None else {"kid": kid})\n    return encode_to_ascii(__import__("json").dumps(members, separators=(",", ":")).encode())',
    ],
  }),
  ...wrong('kit_jwt/operations.py', {
    'the setting of how alg is written is ignored': [
      'settings.header_alg if signing.profile == "EdDSA" else "HS512"',
      'signing.profile or "HS512"',
    ],
    'the iss option is ignored': ['options.get("iss", settings.issuer)', 'settings.issuer'],
    'the audience of the kit is minted beside that of the call': [
      'audience = read_audience(options["aud"]) if "aud" in options else settings.audience',
      'audience = settings.audience or read_audience(options["aud"])',
    ],
    'checkAuth needs no sub': ['self.verify(token, asked, ("sub",))', 'self.verify(token, asked)'],
    'a token without jti can be used once': ['for name in ("iss", "exp", "jti"):', 'for name in ("iss", "exp"):'],
    'a token can be used again': ['raise TokenError("token_replayed")', 'return'],
    'a replay store that fails lets tokens pass': ['raise TokenError("replay_unavailable")', 'return'],
    'a revoked token is accepted': ['raise TokenError("token_revoked")', 'return'],
    'a revocation list that fails lets tokens pass': ['raise TokenError("revocation_unavailable")', 'return'],
    'the binding is checked before the revocation': [REVOKED + BOUND, BOUND + REVOKED],
    'the binding is not checked': ['if confirmation is not None:', 'if confirmation is not None and not claims:'],
  }),
  ...wrong('kit_jwt/token/binding.py', {
    'a token without a binding is as good as a bound one': ['raise TokenError("binding_missing")', 'return'],
    'a token bound to another key is accepted': ['raise TokenError("binding_mismatch")', 'return'],
    'one of several bindings is enough': ['if not all(hmac', 'if not any(hmac'],
    'an empty confirmation asks for nothing': ['if not members or not fits:', 'if not fits:'],
  }),
  ...wrong('kit_jwt/token/mapping.py', {
    'permissions and roles of an outside issuer are kept': [' if name not in {"permissions", "roles"}}', '}'],
    'the subject of an outside issuer gets no prefix': [
      'if mapping.subject_prefix is not None and',
      'if not payload and',
    ],
    'a mapped claim of another type is empty': ['raise TokenError("claim_invalid", claim=claim)', 'return []'],
    'mapped claims are split at any white space': ['value.split(" ")', 'value.split()'],
    'roles are mapped of the claim for permissions': ['("roles", mapping.roles)', '("roles", mapping.permissions)'],
  }),
  ...wrong('kit_jwt/stores/replay.py', {
    'a jti means one token, whoever issued it': ['token = (issuer, jti)', 'token = ("", jti)'],
  }),
]
