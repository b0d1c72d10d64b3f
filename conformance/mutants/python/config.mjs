import { wrong } from '../wrong.mjs'

const NUMBER =
  '    if _NUMBER.fullmatch(text) is None:\n        raise ConfigError("config_invalid", variable=variable)\n    return int(text)'
const ITEMS = '[item.strip(" ") for item in text.split(",")]'

export default [
  ...wrong('kit_jwt/config/variables.py', {
    'numbers are read as the language reads them': [
      NUMBER,
      '    try:\n        return int(text)\n    except ValueError:\n        raise ConfigError("config_invalid", variable=variable) from None',
    ],
    'a number may begin with zeros': ['r"0|[1-9][0-9]{0,8}"', 'r"[0-9]{1,9}"'],
    'digits of other scripts are digits': ['r"0|[1-9][0-9]{0,8}"', 'r"0|[1-9]\\d{0,8}"'],
    'a line feed after a number is ignored': ['_NUMBER.fullmatch(text)', 're.match(r"(?:0|[1-9][0-9]{0,8})$", text)'],
    'items of a list are trimmed of all white space': [ITEMS, '[item.strip() for item in text.split(",")]'],
    'items of a list are not trimmed': [ITEMS, 'text.split(",")'],
    'an item of a list may be repeated': [' or len(set(items)) != len(items):', ':'],
    'empty items of a list are dropped': [ITEMS, '[item.strip(" ") for item in text.split(",") if item.strip(" ")]'],
    'an empty variable counts as absent': ['if name not in env:', 'if not env.get(name):'],
  }),
  ...wrong('kit_jwt/config/environment.py', {
    'a binding is followed once more': [
      '        raise ConfigError("config_missing", variable=variable)\n    return value',
      '        raise ConfigError("config_missing", variable=variable)\n    return str(env.get(value, value))',
    ],
    'a value and a name of one do not contradict each other': [
      'if len(given) + (value is not None) > 1:',
      'if len(given) > 1:',
    ],
    'a name without a binding counts as absent': [
      'return _bound(env, text, name), name',
      'return (_bound(env, text, name), name) if text in env else None',
    ],
    'kid=secret is split at the first =': ['item.rpartition("=")', 'item.partition("=")'],
    'the issuer need not be configured': ['if "issuer" not in config:', 'if not config:'],
  }),
  ...wrong('kit_jwt/config/settings.py', {
    'a leeway above 90 can be configured': ['_MOST_LEEWAY, 0, _MOST_LEEWAY', '_MOST_LEEWAY, 0, 3600'],
    'the leeway is 60 unless configured': ['_MOST_LEEWAY, 0, _MOST_LEEWAY', '60, 0, _MOST_LEEWAY'],
    'a token lives an hour unless configured': ['_TTL: Final = 900', '_TTL: Final = 3600'],
    'a ttl of 0 can be configured': ['"ttl", _TTL, 1, _LARGEST', '"ttl", _TTL, 0, _LARGEST'],
    'a ttl above the longest lifetime can be configured': ['if ttl > max_lifetime:', 'if ttl > _LARGEST:'],
    'a longest lifetime of 0 can be configured': ['_MAX_LIFETIME, 1, _LARGEST', '_MAX_LIFETIME, 0, _LARGEST'],
    'only the first of the accepted types counts': [
      'frozenset(map(media_type, types))',
      'frozenset(map(media_type, types[:1]))',
    ],
    'the type that is written is always JWT': ['typ=types[0]', 'typ="JWT"'],
    'the setting that requires a type is ignored': ['members.flag("require_type")', 'False'],
    'five actors are allowed whatever is configured': [
      '"max_actor_depth", MAX_ACTOR_DEPTH, 1, _MOST_ACTORS)',
      '"max_actor_depth", MAX_ACTOR_DEPTH, 1, _MOST_ACTORS) and 5',
    ],
  }),
  ...wrong('kit_jwt/config/members.py', {
    'unknown members of a configuration are ignored': ['if name not in known or value is None:', 'if value is None:'],
    'an empty setting counts as given': [
      'if value is not None and not _is_text(value):',
      'if value is not None and not isinstance(value, str):',
    ],
    'an empty list of audiences is a setting': [
      'if not is_array(value) or not value or not all(map(_is_text, value)) or',
      'if not is_array(value) or not all(map(_is_text, value)) or',
    ],
    'pins are of any form': ['len(decode_base64url(text) or b"") != _SHA256_BYTES', 'not text'],
    'EdDSA may stand beside Ed25519': [
      'if len(rows) != len(names) or len(set(rows)) != len(rows):',
      'if len(rows) != len(names):',
    ],
    'lone surrogates in settings are accepted': [' and value != "" and is_well_formed(value)', ' and value != ""'],
  }),
  ...wrong('kit_jwt/config/signing.py', {
    'the profile is guessed where both kinds of keys could sign': ['if len(kinds) > 1:', 'if len(kinds) > 2:'],
    'a kid without anything that signs is ignored': [
      'if local is None and kid is not None:',
      'if local is None and kid == "":',
    ],
  }),
  ...wrong('kit_jwt/config/resolve.py', {
    'what is accepted is guessed where both kinds of keys are there': [
      'if configured is None and len(kinds) > 1:',
      'if configured is None and len(kinds) > 2:',
    ],
    'the profile HS512 needs no secret': ['if signing.profile is None or', 'if signing.profile in {None, "HS512"} or'],
    'the profile EdDSA needs no key': ['if signing.profile is None or', 'if signing.profile in {None, "EdDSA"} or'],
    'a consumer needs no audience': [
      'if role == "consumer" and settings.audience is None:',
      'if role == "consumer" and settings.audience == "":',
    ],
    'a producer needs nothing to sign with': [
      'if role == "producer" and signing.signs is None:',
      'if role == "producer" and signing is None:',
    ],
    'secrets are described where HS512 is not accepted': [
      'verification.secrets if HS512 in accept else ()',
      'verification.secrets',
    ],
    'the public half of the private key does not verify': [
      'public = (signing.private_key.public, *public)',
      'public = (*public,)',
    ],
    'a kit without an audience verifies nothing': [' or settings.audience is None:', ':'],
    'only the first audience of the kit is accepted': [
      'frozenset(settings.audiences), own=True',
      'frozenset(settings.audiences[:1]), own=True',
    ],
    'the actors of the own issuer are not restricted': ['own=True, actors=actors', 'own=True, actors=None'],
    'the own issuer names no actor unless configured': [
      'None if settings.actors is None else frozenset(settings.actors)',
      'frozenset(settings.actors or ())',
    ],
  }),
  ...wrong('kit_jwt/config/trust.py', {
    'another issuer names any actor unless configured': [
      'return None if own or "unsafe_any_actor" in members else frozenset()',
      'return None',
    ],
    'an issuer is outside only where it has a mapping': [
      'return ClaimMapping() if not own and any(row.outside for row in rows) else None',
      'return None',
    ],
    'an issuer is accepted for the audience of the kit only': ['else audience or kit.audiences', 'else kit.audiences'],
    'any actor and some actors do not contradict each other': [
      '("unsafe_any_actor", "actors" in members)',
      '("unsafe_any_actor", False)',
    ],
    'the claims of the own issuer can be mapped': ['("mapping", own)', '("mapping", False)'],
  }),
  ...wrong('kit_jwt/config/verification.py', {
    'a kid or secret beside = may be empty': [' or not kid or not is_well_formed(kid) or not secret:', ':'],
    'several sources of keys do not contradict each other': [
      'if len(given) > 1 and given',
      'if len(given) > 4 and given',
    ],
    'HS512 is accepted without a secret': ['return bool(self.secrets)', 'return True'],
    'algorithms of public keys are accepted without keys': ['return self.is_open or any(', 'return True or any('],
    'five secrets are accepted at once': ['_MOST_ACCEPTED: Final = 3', '_MOST_ACCEPTED: Final = 4'],
  }),
]
