/** The scripted server's team, API tokens, sessions and push devices. */
import { createHash } from 'node:crypto';
import { type AgentPreferences, agentPreferencesSchema } from '@firstword/shared/agent-preferences';
import { agentStatusSchema } from '@firstword/shared/agent-status';
import { type PushDevice, type PushDeviceList, pushSubscriptionSchema } from '@firstword/shared/push-device';
import { newViewSchema, type SavedView } from '@firstword/shared/saved-view';
import {
  accessSchema,
  inviteSchema,
  newTokenSchema,
  type SessionList,
  type Team,
  type TokenList,
} from '@firstword/shared/team';
import { agent, otherAgent } from './ticket-builders.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
export const SITES = [
  { id: 'shop', name: 'Wendleby' },
  { id: 'help', name: 'Help centre' },
];

export function createScriptedTeam() {
  const now = Date.now();
  let team: Team = {
    members: [
      { ...agent, secondFactor: false, createdAt: now - 90 * DAY_MS },
      {
        ...otherAgent,
        secondFactor: false,
        email: 'second@wendleby.example',
        roles: { shop: 'agent' },
        createdAt: now - DAY_MS,
      },
    ],
    invites: [],
    sites: SITES,
    passwords: true,
  };
  let tokens: TokenList = {
    tokens: [
      { id: 'token-1', name: 'Importer', scope: 'write', createdAt: now - DAY_MS, lastUsedAt: now, limited: 'partly' },
    ],
    sites: SITES,
  };
  const windows = 'Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36';
  let sessions: SessionList['sessions'] = [
    { id: 'here', device: windows, openedAt: now - DAY_MS, lastSeenAt: now, current: true },
    { id: 'there', device: 'Mozilla/5.0 (iPhone) Safari/604.1', openedAt: now, lastSeenAt: now - 5000, current: false },
  ];
  let views: SavedView[] = [];
  let devices: PushDevice[] = [
    { id: 'phone', device: 'Mozilla/5.0 (iPhone) Safari/604.1', addedAt: now - 3 * DAY_MS, lastPushAt: now - 60_000 },
  ];
  const deviceList = () => [200, { publicKey: 'B'.repeat(87), devices } satisfies PushDeviceList] as const;
  let preferences: AgentPreferences = agentPreferencesSchema.parse({ notifications: {} });
  const change = (id: string, edit: (member: Team['members'][number]) => Team['members'][number]) => {
    team = { ...team, members: team.members.map((member) => (member.id === id ? edit(member) : member)) };
    return [200, team] as const;
  };

  function answer(route: string, body: unknown): readonly [status: number, body: object] | undefined {
    const [, id = '', action] = /^POST \/team\/([^/]+)(?:\/([a-z-]+))?$/.exec(route) ?? [];
    switch (true) {
      case route === 'GET /team':
        return [200, team];
      case route === 'POST /team/invites': {
        const expiresAt = now + DAY_MS;
        team = { ...team, invites: [{ ...inviteSchema.parse(body), id: 'invite-1', expiresAt }] };
        return [201, { token: 'the-token-of-the-invitation', expiresAt }];
      }
      case route === 'DELETE /team/invites/invite-1':
        team = { ...team, invites: [] };
        return [200, {}];
      case action === 'deactivate':
        return change(id, (member) => ({ ...member, deactivatedAt: now }));
      case id !== '' && action === undefined:
        return change(id, (member) => ({ ...member, ...accessSchema.parse(body) }));
      case route === 'GET /api-tokens':
        return [200, tokens];
      case route === 'POST /api-tokens': {
        const { days, ...token } = newTokenSchema.parse(body);
        const expiry = days === undefined ? {} : { expiresAt: now + days * DAY_MS };
        tokens = { ...tokens, tokens: [...tokens.tokens, { ...token, id: 'token-2', createdAt: now, ...expiry }] };
        return [201, { token: 'fw_the-new-token', id: 'token-2' }];
      }
      case route === 'DELETE /api-tokens/token-1':
        tokens = { ...tokens, tokens: tokens.tokens.filter((token) => token.id !== 'token-1') };
        return [200, {}];
      case route === 'GET /pictures':
        return [200, { pictures: {} }];
      case route === 'GET /preferences':
        return [200, preferences];
      case route === 'POST /preferences':
        preferences = agentPreferencesSchema.parse(body);
        return [200, preferences];
      case route === 'POST /status':
        return [200, agentStatusSchema.parse(body)];
      case route === 'GET /push-devices':
        return deviceList();
      case route === 'POST /push-devices': {
        const { endpoint } = pushSubscriptionSchema.parse(body);
        devices = [
          ...devices,
          { id: createHash('sha256').update(endpoint).digest('base64url'), device: windows, addedAt: now },
        ];
        return deviceList();
      }
      case route === 'POST /push-devices/phone/test':
        return deviceList();
      case route.startsWith('DELETE /push-devices/'):
        devices = devices.filter((device) => !route.endsWith(device.id));
        return [200, {}];
      case route === 'GET /views':
        return [200, { views }];
      case route === 'GET /views/counts':
        return [200, { counts: Object.fromEntries(views.map(({ id }, index) => [id, index === 0 ? 1 : 1000])) }];
      case route === 'POST /views': {
        const view = { ...newViewSchema.parse(body), id: `view-${views.length}` };
        views = [...views, view];
        return [201, view];
      }
      case route.startsWith('DELETE /views/'):
        views = views.filter((view) => !route.endsWith(view.id));
        return [200, {}];
      case route === 'GET /sessions':
        return [200, { sessions }];
      case route === 'DELETE /sessions/there' || route === 'POST /sessions/end-others':
        sessions = sessions.filter(({ current }) => current);
        return [200, {}];
      default:
        return undefined;
    }
  }
  return { answer };
}
