"""The machine that the commands run on."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kit_jwt.command.machine import Machine
from kit_jwt.issuer.http.message import Answer, Message
from kit_jwt.issuer.http.spans import Tracer
from kit_jwt.issuer.stores.file import FileKeyStore

from .server import Served
from .texts import TEXTS


class IssuerMachine(Machine):
    """The world of this process."""

    def __init__(self) -> None:
        """Ask what the streams are."""
        super().__init__(TEXTS.name)

    def key_store(self, folder: str) -> FileKeyStore:
        """The store of keys in a folder."""
        return FileKeyStore(folder)

    def listen(self, handle: Callable[[Message], Answer], host: str, port: int) -> Served:
        """Answer requests until somebody ends it."""
        return Served(handle, host, port)

    def tracer(self) -> Tracer | None:
        """What traces requests, where OpenTelemetry is installed and an SDK is registered.

        That is for whoever starts the process: spans that nobody collects are not free.
        """
        try:
            from opentelemetry.trace import ProxyTracerProvider, get_tracer_provider  # noqa: PLC0415 # an extra
        except ImportError:
            return None
        provider = get_tracer_provider()
        return None if isinstance(provider, ProxyTracerProvider) else provider.get_tracer("kit-jwt")

    def every(self, seconds: float, work: Callable[[], None]) -> Callable[[], None]:
        """Do something again and again, in a thread."""
        ended = threading.Event()

        def run() -> None:
            while not ended.wait(seconds):
                work()

        threading.Thread(target=run, daemon=True).start()
        return ended.set
