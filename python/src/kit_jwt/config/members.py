"""Reading members of a configuration: each is of its type, or the error names its path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NoReturn, TypeVar

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.json_value import is_array, is_number
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError
from kit_jwt.sources.transport import is_jwks_url

T = TypeVar("T")

_SHA256_BYTES: Final = 32


class Members:
    """One object of a configuration, and where it stands in it (`trust[0].`)."""

    __slots__ = ("_path", "_values")

    def __init__(self, values: object, known: Collection[str], path: str = "") -> None:
        """Take an object whose members are all known and none of them None.

        Raises:
            ConfigError: `config_invalid`.
        """
        self._path = path
        if not isinstance(values, Mapping):
            raise ConfigError("config_invalid", variable=path)
        self._values: Mapping[str, object] = dict(values)
        for name, value in self._values.items():
            if name not in known or value is None:
                self.refuse(name)

    def __contains__(self, name: str) -> bool:
        """Tell whether a member is given."""
        return name in self._values

    def get(self, name: str) -> object:
        """A member as it is, or None."""
        return self._values.get(name)

    def path(self, name: str) -> str:
        """The path of a member."""
        return f"{self._path}.{name}" if self._path else str(name)

    def refuse(self, name: str) -> NoReturn:
        """Say that a member is invalid."""
        raise ConfigError("config_invalid", variable=self.path(name))

    def text(self, name: str) -> str | None:
        """A non-empty string, or None where it is not given."""
        value = self._values.get(name)
        if value is not None and not _is_text(value):
            self.refuse(name)
        return None if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...] | None:
        """A non-empty list of distinct non-empty strings, or None where it is not given."""
        value = self._values.get(name)
        if value is None:
            return None
        if not is_array(value) or not value or not all(map(_is_text, value)) or len(set(value)) != len(value):
            self.refuse(name)
        return tuple(map(str, value))

    def thumbprints(self, name: str) -> tuple[str, ...] | None:
        """A non-empty list of distinct RFC 7638 thumbprints (SHA-256, base64url)."""
        texts = self.texts(name)
        if texts is not None and any(len(decode_base64url(text) or b"") != _SHA256_BYTES for text in texts):
            self.refuse(name)
        return texts

    def audience(self, name: str) -> str | tuple[str, ...] | None:
        """A string or a list of strings, as it was given."""
        return self.text(name) if isinstance(self._values.get(name), str) else self.texts(name)

    def items(self, name: str, most: int | None = None) -> Sequence[object]:
        """The items of a non-empty list, none where it is not given."""
        value = self._values.get(name)
        if value is None:
            return ()
        if not is_array(value) or not value or (most is not None and len(value) > most):
            self.refuse(name)
        return value

    def word(self, name: str, words: Collection[str], default: str | None = None) -> str | None:
        """One of some words."""
        value = self._values.get(name, default)
        if value is not None and not (isinstance(value, str) and value in words):
            self.refuse(name)
        return None if value is None else str(value)

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """An integer of a range; one that is written as a double, as JSON may, is one too."""
        value = self._values.get(name, default)
        if not is_number(value) or value != value // 1 or not low <= value <= high:
            self.refuse(name)
        return int(value)

    def flag(self, name: str) -> bool:
        """True or False; False where it is not given."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            self.refuse(name)
        return value

    def algorithms(self, name: str) -> tuple[Algorithm, ...] | None:
        """A non-empty list of distinct algorithms, `EdDSA` and `Ed25519` being one."""
        names = self.texts(name)
        if names is None:
            return None
        rows = tuple(ALGORITHMS[item] for item in names if item in ALGORITHMS)
        if len(rows) != len(names) or len(set(rows)) != len(rows):
            self.refuse(name)
        return rows

    def url(self, name: str) -> str | None:
        """A URL that a JWKS may be fetched from."""
        value = self._values.get(name)
        if value is not None and not is_jwks_url(value):
            self.refuse(name)
        return None if value is None else str(value)

    def port(self, name: str, *methods: str) -> object:
        """An object with some methods, or None where it is not given."""
        value = self._values.get(name)
        if value is not None and not all(callable(getattr(value, method, None)) for method in methods):
            self.refuse(name)
        return value

    def function(self, name: str) -> object:
        """A function, or None where it is not given."""
        value = self._values.get(name)
        if value is not None and not callable(value):
            self.refuse(name)
        return value


def located(path: str, make: Callable[[], T]) -> T:
    """What `make` gives; an error of its keys is told with the path of the setting that holds them."""
    code = None
    try:
        return make()
    except ConfigError as error:
        code = error.code
    raise ConfigError(code, variable=path)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != "" and is_well_formed(value)
