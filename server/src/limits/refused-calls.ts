/**
 * Limits how many HTTP calls of an address are refused. Callers who are known are neither counted nor refused: a stranger at the
 * address of an office can't take the console from its agents.
 */
import type { Request, RequestHandler } from 'express';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { FairShare } from './fair-share.ts';

export interface RefusedCallParts {
  readonly fairShare: Pick<FairShare, 'admit' | 'add' | 'isUsedUp'>;
  readonly addressOf: ClientAddressOf;
  /** Whether the request has a valid session or token. Asked only of what is refused, or would be. */
  readonly isKnown: (request: Request) => Promise<boolean>;
}

/** For the start of a router: its error handler receives a `RefusedError` beyond the limit. */
export function createRefusedCallLimit({ fairShare, addressOf, isKnown }: RefusedCallParts): RequestHandler {
  return async (request, response, next) => {
    const from = { address: addressOf(request) };
    const note = async () => {
      if (!(await isKnown(request))) await fairShare.add('refusedCalls', from, 1);
    };
    if ((await fairShare.isUsedUp('refusedCalls', from)) && !(await isKnown(request)))
      await fairShare.admit('refusedCalls', from);
    // An error here is one of a store that is away; then calls fail and aren't refused.
    response.once('finish', () => isRefusal(response.statusCode) && void note().catch(() => {}));
    next();
  };
}

const isRefusal = (status: number) => status >= 400 && status < 500;
