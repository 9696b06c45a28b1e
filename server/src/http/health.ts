/** Health endpoints: whether this process runs and whether it can serve, with the state of each part. */
import type { RequestHandler, Router } from 'express';
import express from 'express';
import { shareWhileRunning } from '../lib/share-while-running.ts';
import { within } from '../lib/within.ts';
import type { OperatorAccess } from './operator-access.ts';

/** Problems that do not stop the process from serving, one line each. */
export type HealthAdvice = () => Promise<string[]>;

/** Resolves when the part works, rejects with the reason when it does not. */
export type HealthPart = () => Promise<void>;

export interface Health {
  readonly router: Router;
  /** The same, always with every detail. */
  readonly operatorRouter: Router;
  /** Makes `ready` answer 503, so that a proxy sends new visitors to other processes. */
  leave(): void;
}

const PART_TIMEOUT_MS = 1000;

export interface HealthParts {
  /** Without any of these the process is not ready. */
  readonly required: Readonly<Record<string, HealthPart>>;
  /** Without these it serves visitors, and is shown as degraded. */
  readonly optional: Readonly<Record<string, HealthPart>>;
}

/**
 * @param modelEndpoint `ok`, `unchecked` or what is wrong. It never makes the process unready: it hands questions off.
 * @param mayReadDetails others learn only whether each part works
 */
export function createHealth(
  { required, optional }: HealthParts,
  advice: HealthAdvice,
  modelEndpoint?: () => string,
  mayReadDetails: OperatorAccess = () => true,
): Health {
  let leaving = false;
  // Shared: anyone may ask, and each check writes to Redis and asks the database.
  const check = shareWhileRunning(async () => {
    const [needed, others] = await Promise.all([checkAll(required), checkAll(optional)]);
    const warnings = await within(PART_TIMEOUT_MS, advice()).catch((): string[] => []);
    return { needed, others, warnings };
  });
  const answerLive: RequestHandler = (_request, response) => {
    response.set('cache-control', 'no-store').json({ live: true });
  };
  const answerReady =
    (access: OperatorAccess): RequestHandler =>
    async (request, response) => {
      const detailed = access(request);
      const { needed, others, warnings } = await check();
      const ready = !leaving && needed.every(([, { ok }]) => ok);
      response
        .status(ready ? 200 : 503)
        .set('cache-control', 'no-store')
        .json({
          ready,
          ...(leaving ? { why: 'draining' } : {}),
          parts: Object.fromEntries(
            [
              ...needed,
              ...others.map(([name, part]) => [name, part.ok ? part : { ...part, degraded: true }] as const),
            ].map(([name, part]) => [name, detailed ? part : withoutReason(part)]),
          ),
          ...(modelEndpoint === undefined || !detailed ? {} : { modelEndpoint: modelEndpoint() }),
          ...(warnings.length > 0 && detailed ? { warnings } : {}),
        });
    };
  const routerFor = (access: OperatorAccess) =>
    express.Router().get('/health/live', answerLive).get('/health/ready', answerReady(access));
  return {
    router: routerFor(mayReadDetails),
    operatorRouter: routerFor(() => true),
    leave() {
      leaving = true;
    },
  };
}

interface PartState {
  readonly ok: boolean;
  readonly why?: string;
  readonly degraded?: boolean;
}

function checkAll(parts: Readonly<Record<string, HealthPart>>) {
  return Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await checkPart(part)] as const));
}

/** Reasons name hosts, users and versions. */
function withoutReason({ why: _why, ...part }: PartState): PartState {
  return part;
}

async function checkPart(part: HealthPart): Promise<PartState> {
  try {
    await within(PART_TIMEOUT_MS, part());
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
