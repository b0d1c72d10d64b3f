"""Signing keys over time: published before they sign, kept while their tokens live, rotated from anywhere."""

from .authority.authority import Authority
from .authority.changes import Change, ChangeName
from .authority.key_set import AuthorityAlgorithm, KeyState
from .authority.plan import Step
from .authority.signers import AuthoritySigner
from .authority.summary import KeySummary
from .authority.timing import Timing, timing_of
from .errors import AuthorityError, AuthorityErrorCode
from .sealing.kek import Kek, Keks, read_keks
from .stores.file import FileKeyStore
from .stores.key_store import KeyStore, StoredDocument
from .stores.memory import MemoryKeyStore

__all__ = [
    "Authority",
    "AuthorityAlgorithm",
    "AuthorityError",
    "AuthorityErrorCode",
    "AuthoritySigner",
    "Change",
    "ChangeName",
    "FileKeyStore",
    "Kek",
    "Keks",
    "KeyState",
    "KeyStore",
    "KeySummary",
    "MemoryKeyStore",
    "Step",
    "StoredDocument",
    "Timing",
    "read_keks",
    "timing_of",
]
