// The policy of five rules, and the same five written by hand for those who have no policies.

export const RULES = {
  permission: 'read:data',
  roles: ['admin', 'editor'],
  subject: 'user-4711',
  scope: 'openid profile',
}

/** The claims, or a refusal. */
export function pass(claims) {
  if (
    !claims.permissions?.includes(RULES.permission) ||
    !RULES.roles.some((role) => claims.roles?.includes(role)) ||
    claims.sub !== RULES.subject ||
    claims.act !== undefined ||
    claims.scope !== RULES.scope
  )
    throw new Error('refused')
  return claims
}
