// What the compiler must refuse of the packed tarball's types: a claim that is no text, and an unknown option.
import { createKit, verify } from '@kit/jwt'

const kit = createKit({ issuer: 'https://issuer.example', secret: 'x' })
void verify(5)
void kit.sign({ sub: 'u1' }, { audience: 'api' })
