// `verify` of @kit/jwt beside its `checkAuth`: what the policy adds.
import { verify } from './kit.mjs'

export const name = 'kit-verify'
export const checkAuth = verify
