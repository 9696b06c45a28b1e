/** The servers that an address of PostgreSQL names: `postgres://user@db-1:5432,db-2:5432/name` names two. */

const PARTS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s;

/** The address of each, in the order given. They have user, password, database and parameters in common. */
export function serversOf(address: string): string[] {
  const [, before = '', hosts = '', after = ''] = PARTS.exec(address) ?? [];
  return hosts.includes(',') ? hosts.split(',').map((host) => before + host + after) : [address];
}
