"""Signers whose private key is elsewhere, and stays there: in AWS KMS, in HashiCorp Vault or OpenBao."""

from .exchange import VaultRequest, VaultTransport
from .kms import KmsClient, kms_signer
from .remote_signer import AwaitableSigner, RemoteSigner
from .vault import vault_signer

__all__ = [
    "AwaitableSigner",
    "KmsClient",
    "RemoteSigner",
    "VaultRequest",
    "VaultTransport",
    "kms_signer",
    "vault_signer",
]
