/** The second factor of the signed-in agent: set it up with an authenticator app, and remove it. */
import {
  type FactorStart,
  factorEnableSchema,
  factorRemoveSchema,
  factorStartSchema,
  type RecoveryCodes,
  recoveryCodesSchema,
} from '@firstword/shared/team';
import type { Agents } from '../agents/agents.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface SecondFactorRouteParts {
  readonly agents: Pick<Agents, 'startSecondFactor' | 'enableSecondFactor' | 'disableSecondFactor'>;
}

export function createSecondFactorRoutes({ agents }: SecondFactorRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/second-factor/start',
        summary: 'Returns a new secret for an authenticator app. Nothing is stored before a code confirms it.',
        answer: { status: 200, schema: factorStartSchema },
      },
      async (_request, { agent }): Promise<FactorStart> => agents.startSecondFactor(agent),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/second-factor',
        summary:
          'Turns on two-step sign-in with a code of the secret. Returns recovery codes, each of which works once.',
        body: factorEnableSchema,
        answer: { status: 201, schema: recoveryCodesSchema },
        refusals: ['not-allowed'],
      },
      async ({ body: { secret, code }, audit }, { agent }): Promise<RecoveryCodes> => {
        const recoveryCodes = await agents.enableSecondFactor(agent.id, secret, code);
        if (recoveryCodes === undefined)
          throw new ApiRefusal(
            'not-allowed',
            phrase`This code is wrong or has expired. Enter the one that the app shows now.`,
          );
        await audit({ action: 'second-factor-changed', after: { on: true } });
        return { recoveryCodes };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/second-factor/remove',
        summary: 'Turns off two-step sign-in, with a code of the app or a recovery code.',
        body: factorRemoveSchema,
        answer: { status: 204 },
        refusals: ['not-allowed', 'rate-limited'],
      },
      async ({ body: { code }, audit }, { agent }) => {
        const outcome = await agents.disableSecondFactor(agent.id, code);
        if (typeof outcome === 'object')
          throw new ApiRefusal('rate-limited', phrase`Too many wrong codes. Try again later.`, outcome);
        if (!outcome) throw new ApiRefusal('not-allowed', phrase`This code is wrong or was used.`);
        await audit({ action: 'second-factor-changed', after: { on: false } });
      },
    ),
  ];
}
