"""Reading the objects of a configuration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Literal, NoReturn

from kit_jwt.errors import ConfigError

_MAX_SECONDS: Final = 999_999_999


def _any(_text: str) -> bool:
    return True


class Members:
    """An object of the configuration: what is None, empty or unknown in it is a fault, never an absence."""

    __slots__ = ("_members", "_path")

    def __init__(self, given: object, names: Collection[str], path: str) -> None:
        """Take an object; `path` is where it stands."""
        self._path = path
        if not isinstance(given, Mapping):
            raise ConfigError("config_invalid", variable=path[:-1])
        self._members: Mapping[str, object] = given
        for name, value in given.items():
            if name not in names or value is None:
                self.fail(str(name))

    def fail(self, name: str, code: Literal["config_invalid", "config_missing"] = "config_invalid") -> NoReturn:
        """Refuse a member."""
        raise ConfigError(code, variable=self._path + name)

    def has(self, name: str) -> bool:
        """Whether a member is there."""
        return name in self._members

    def get(self, name: str) -> object:
        """A member as it is, or None."""
        return self._members.get(name)

    def text(self, name: str, is_right: Callable[[str], object] = _any) -> str | None:
        """A text that is not empty."""
        if not self.has(name):
            return None
        value = self.get(name)
        return value if isinstance(value, str) and value and is_right(value) else self.fail(name)

    def texts(self, name: str, is_right: Callable[[str], object] = _any) -> Sequence[str]:
        """Texts that are not empty, each once; none where there is no such member."""
        if not self.has(name):
            return ()
        value = self.get(name)
        if not isinstance(value, (list, tuple)) or not value:
            self.fail(name)
        items: list[str] = []
        for item in value:
            if not isinstance(item, str) or not item or not is_right(item) or item in items:
                self.fail(name)
            items.append(item)
        return tuple(items)

    def seconds(self, name: str, most: int = _MAX_SECONDS) -> int | None:
        """A positive whole number of seconds."""
        if not self.has(name):
            return None
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
            self.fail(name)
        return value
