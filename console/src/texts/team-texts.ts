/** Texts of the pages Team, API tokens and Your account. Pure. */
import { AGENT_ROLES, type AgentRole, ALL_SITES, type SiteRoles } from '@firstword/shared/permissions';
import type { SiteName } from '@firstword/shared/reports';
import type { NewToken, TokenList } from '@firstword/shared/team';
import { pageTexts } from './page-texts.ts';
import { locale, type Texts, translated } from './translated.ts';

const english = {
  team: pageTexts.team,
  tokens: pageTexts['api-tokens'],
  account: pageTexts.account,
  notAllowed: 'Only administrators can open this page.',
  notRead: 'This page couldn’t be loaded.',
  members: 'Members',
  you: 'you',
  role: 'Role',
  roles: {
    admin: 'Administrator',
    agent: 'Agent',
    viewer: 'Viewer',
    billing: 'Billing',
  } satisfies Record<AgentRole, string>,
  roleHints: {
    admin: 'Answers visitors, and manages knowledge, the team and API tokens.',
    agent: 'Reads conversations and answers visitors.',
    viewer: 'Reads conversations, tickets and reports. Can’t change anything.',
    billing: 'Sees what model calls cost. Can’t read conversations.',
  } satisfies Record<AgentRole, string>,
  access: 'Sites',
  rolePerSite: 'Role on each site',
  otherSites: 'All other sites',
  /** After a role. */
  elsewhere: 'all other sites',
  asElsewhere: 'As on all sites',
  onlyBelow: 'Only the sites below',
  noAccess: 'No access',
  adminEverywhere: 'An administrator of all sites is one on each of them.',
  aboutRoles: 'What each role may do',
  noRole: 'Choose a role for at least one site.',
  allSites: 'All sites',
  chosenSites: 'Only these sites',
  noSite: 'Choose at least one site.',
  invite: 'Invite an agent',
  inviteHint: 'You’ll get a link to send to the agent. It works once, within 24 hours.',
  createInvite: 'Create invitation',
  email: 'E-mail address',
  noInvites: 'No open invitations.',
  invites: 'Open invitations',
  withdraw: 'Withdraw',
  change: 'Change access',
  save: 'Save',
  cancel: 'Cancel',
  deactivate: 'Deactivate',
  deactivateSure: 'Deactivate and sign out',
  activate: 'Activate',
  deactivated: 'Deactivated',
  endSessions: 'Sign out everywhere',
  reset: 'Reset password',
  removeFactor: 'Turn off two-step sign-in',
  copy: 'Copy',
  copied: 'Copied',
  done: 'Done',
  secret: {
    invite: (whom: string) => `Send this link to ${whom}. It works once, within 24 hours, and isn’t shown again.`,
    reset: (whom: string) =>
      `Send this link to ${whom} to set a new password. It works once, within 24 hours, and isn’t shown again.`,
    token: (whom: string) => `Copy the token “${whom}” now. It isn’t shown again.`,
    webhook: (url: string) => `Copy the signing secret of ${url} now. It isn’t shown again.`,
  },
  secretLabels: { invite: 'Invitation link', reset: 'Password link', token: 'API token', webhook: 'Signing secret' },
  tokensHint:
    'Programs use these tokens instead of a password. A token never allows more than the agent who made it may do, and ends with that agent’s account.',
  tokensEmpty: 'There are no API tokens.',
  addToken: 'Create a token',
  createToken: 'Create token',
  name: 'Name',
  scope: 'Scope',
  scopes: {
    read: 'Read',
    write: 'Read and answer tickets',
    models: 'Model API only',
  } satisfies Record<NewToken['scope'], string>,
  expiry: 'Expires',
  expiries: [
    { days: 30, label: 'In 30 days' },
    { days: 90, label: 'In 90 days' },
    { days: 365, label: 'In a year' },
    { days: undefined, label: 'Never' },
  ],
  delete: 'Delete',
  deleteSure: 'Delete token',
  neverExpires: 'Never expires',
  neverUsed: 'Never used',
  sessions: 'Where you’re signed in',
  thisBrowser: 'This browser',
  endSession: 'Sign out',
  endOthers: 'Sign out everywhere else',
  unknownDevice: 'Unknown browser',
  device: (browser: string, system: string) => `${browser} on ${system}`,
  expires: (date: string) => `Expires ${date}`,
  expired: (date: string) => `Expired ${date}`,
  lastUsed: (date: string) => `Last used ${date}`,
  madeBy: (name: string) => `Made by ${name}`,
  limited: {
    partly: 'Limited: the agent who made it may do less now.',
    fully: 'No longer works: the agent who made it may no longer do this.',
  } satisfies Record<NonNullable<TokenList['tokens'][number]['limited']>, string>,
} as const;
export type TeamTexts = Texts<typeof english>;
export const teamTexts = translated<TeamTexts>('team', english);

export function sitesText(sites: readonly string[] | undefined, known: readonly SiteName[]): string {
  if (sites === undefined) return teamTexts.allSites;
  return sites.map((id) => known.find((site) => site.id === id)?.name ?? id).join(', ');
}

/** `Agent · All sites`; with several roles, `Agent: Shop · Viewer: Help centre`. */
export function rolesText(roles: SiteRoles, known: readonly SiteName[]): string {
  const sites = Object.keys(roles);
  const nameOf = (id: string) => {
    if (id !== ALL_SITES) return known.find((site) => site.id === id)?.name ?? id;
    return sites.length === 1 ? teamTexts.allSites : teamTexts.elsewhere;
  };
  const groups = AGENT_ROLES.flatMap((role) => {
    const held = sites
      .filter((site) => roles[site] === role)
      .toSorted((one, other) => Number(one === ALL_SITES) - Number(other === ALL_SITES));
    return held.length === 0 ? [] : [{ role: teamTexts.roles[role], names: held.map(nameOf).join(', ') }];
  });
  const mark = groups.length === 1 ? ' · ' : ': ';
  return groups.map(({ role, names }) => role + mark + names).join(' · ');
}

const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
export const dateText = (at: number) => dateFormat.format(at);

export function expiryText(expiresAt: number | undefined, now: number): string {
  if (expiresAt === undefined) return teamTexts.neverExpires;
  return (expiresAt > now ? teamTexts.expires : teamTexts.expired)(dateText(expiresAt));
}

const BROWSERS = [
  [/\bEdg\//, 'Edge'],
  [/\bFirefox\//, 'Firefox'],
  [/\bChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** From a `User-Agent`: `Chrome on Windows`. */
export function deviceText(userAgent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)];
  if (browser === undefined && system === undefined) return userAgent.slice(0, 40) || teamTexts.unknownDevice;
  const name = browser ?? teamTexts.unknownDevice;
  return system === undefined ? name : teamTexts.device(name, system);
}
