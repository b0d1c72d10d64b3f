// Its own module, so that a bundler keeps this one function of jose and leaves out PEM, X.509 and key generation.
export { importJWK } from 'jose/key/import'
