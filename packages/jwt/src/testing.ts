import { warnInProduction } from './testing/production'

warnInProduction()

export { type FixedClock, fixedClock, TEST_NOW } from './testing/clock'
export { repeatingEntropy } from './testing/entropy'
export { type FakeJwks, type FakeJwksOptions, fakeJwks, type JwksAnswer } from './testing/jwks'
export {
  FOREIGN_PRIVATE_JWK,
  FOREIGN_SECRET,
  TEST_AUDIENCE,
  TEST_ISSUER,
  TEST_KID,
  TEST_PRIVATE_JWK,
  TEST_PRIVATE_JWKS,
  TEST_PUBLIC_JWK,
  TEST_PUBLIC_JWKS,
  TEST_SECRET,
  TEST_SUBJECT,
} from './testing/keys'
export { configForTests, createTestKit, environmentForTests } from './testing/kit'
export { REFUSALS, type RefusalName } from './testing/refusals'
export { createTokens, type MintTestToken, type TestClaims, type TestMintOptions, type Tokens } from './testing/tokens'
