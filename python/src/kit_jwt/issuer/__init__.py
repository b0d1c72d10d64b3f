"""Signing keys over time: published before they sign, kept while their tokens live; and an issuer that uses them."""

from .authority.authority import Authority
from .authority.changes import Change, ChangeName
from .authority.key_set import AuthorityAlgorithm, KeyState
from .authority.plan import Step
from .authority.signers import AuthoritySigner
from .authority.summary import KeySummary
from .authority.timing import Timing, timing_of
from .errors import AuthorityError, AuthorityErrorCode
from .http.message import Answer, Message
from .http.spans import Span, Tracer
from .sealing.kek import Kek, Keks, read_keks
from .service.clients import ClientConfig, Grant
from .service.config import AdminPolicy, AuditRecord, IssuerOptions, Refusal, Revocations
from .service.issuer import Issuer
from .stores.file import FileKeyStore
from .stores.key_store import KeyStore, StoredDocument
from .stores.memory import MemoryKeyStore

__all__ = [
    "AdminPolicy",
    "Answer",
    "AuditRecord",
    "Authority",
    "AuthorityAlgorithm",
    "AuthorityError",
    "AuthorityErrorCode",
    "AuthoritySigner",
    "Change",
    "ChangeName",
    "ClientConfig",
    "FileKeyStore",
    "Grant",
    "Issuer",
    "IssuerOptions",
    "Kek",
    "Keks",
    "KeyState",
    "KeyStore",
    "KeySummary",
    "MemoryKeyStore",
    "Message",
    "Refusal",
    "Revocations",
    "Span",
    "Step",
    "StoredDocument",
    "Timing",
    "Tracer",
    "read_keks",
    "timing_of",
]
