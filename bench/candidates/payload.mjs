// Claims and what is added to them, for those who take one object: a loop costs half of what spread does.

/** `registered`, and then the claims, in that very object. */
export function join(registered, claims) {
  for (const name in claims) registered[name] = claims[name]
  return registered
}
