/** The browsers in which the signed-in agent is notified while the console is closed. */
import { type PushDeviceList, pushDeviceListSchema, pushSubscriptionSchema } from '@firstword/shared/push-device';
import type { Agents } from '../agents/agents.ts';
import { phrase } from '../lib/phrase.ts';
import { AddressError } from '../lib/public-address.ts';
import type { PushDevices } from '../push/push-devices.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface PushRouteParts {
  readonly pushDevices: PushDevices;
  readonly agents: Pick<Agents, 'sessionId'>;
}

const answer = { status: 200, schema: pushDeviceListSchema } as const;

export function createPushRoutes({ pushDevices, agents }: PushRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/push-devices',
        summary: 'Lists the browsers to which notifications of the signed-in agent are pushed.',
        answer,
      },
      async (_request, { agent }): Promise<PushDeviceList> => pushDevices.list(agent.id),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/push-devices',
        summary:
          'Adds this browser, until the agent signs out in it. If it is known, its keys and language are replaced.',
        body: pushSubscriptionSchema,
        answer,
        refusals: ['not-allowed'],
      },
      async ({ body, userAgent }, { agent, session }): Promise<PushDeviceList> => {
        if (session === undefined)
          throw new ApiRefusal('not-allowed', phrase`Only a browser in which an agent is signed in can be added.`);
        const owner = { agentId: agent.id, sessionId: agents.sessionId(session.token) };
        await pushDevices.save(owner, body, userAgent).catch((error: unknown) => {
          if (error instanceof AddressError) throw new ApiRefusal('bad-request', phrase`endpoint: ${error.phrase}`);
          throw error;
        });
        return pushDevices.list(agent.id);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/push-devices/{id}/test',
        summary: 'Pushes a test notification to one of these browsers. One that has ended its subscription is removed.',
        answer,
        refusals: ['not-found', 'unavailable'],
      },
      async ({ id }, { agent }): Promise<PushDeviceList> => {
        const outcome = await pushDevices.test(agent.id, id);
        if (outcome.ok) return pushDevices.list(agent.id);
        if ('isUnknown' in outcome) throw unknownDevice();
        if (outcome.isGone)
          throw new ApiRefusal('not-found', phrase`This browser no longer accepts notifications. It was removed.`);
        throw new ApiRefusal('unavailable', phrase`The notification couldn't be sent: ${outcome.error}.`);
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/push-devices/{id}',
        summary: 'Stops pushing notifications to one of these browsers.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id }, { agent }) => {
        if (!(await pushDevices.remove(agent.id, id))) throw unknownDevice();
      },
    ),
  ];
}

function unknownDevice(): ApiRefusal {
  return new ApiRefusal('not-found', 'There is no such browser.');
}
