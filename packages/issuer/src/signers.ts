export { type KmsClient, type KmsSignerOptions, kmsSigner } from './signers/kms'
export type { RemoteSigner } from './signers/remote-signer'
export { type VaultSignerOptions, vaultSigner } from './signers/vault'
