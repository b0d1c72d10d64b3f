// @node-rs/jsonwebtoken on the thread pool.
import { missing as reason, signer, verifier } from './node-rs.mjs'

export const name = 'node-rs-async'
export const missing = reason
export const sign = (material, profile) => signer('sign', material, profile)
export const verify = (material, profile) => verifier('verify', material, profile)
