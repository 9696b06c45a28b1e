/** Health endpoints: whether this process runs and whether it can serve, with the state of each part. */
import type { Router } from 'express';
import express from 'express';
import { within } from '../lib/within.ts';

/** Problems that do not stop the process from serving, one line each. */
export type HealthAdvice = () => Promise<string[]>;

/** Resolves when the part works, rejects with the reason when it does not. */
export type HealthPart = () => Promise<void>;

export interface Health {
  readonly router: Router;
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

/** @param modelEndpoint `ok`, `unchecked` or what is wrong. It never makes the process unready: it hands questions off. */
export function createHealth(
  { required, optional }: HealthParts,
  advice: HealthAdvice,
  modelEndpoint?: () => string,
): Health {
  let leaving = false;
  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.set('cache-control', 'no-store').json({ live: true });
  });
  router.get('/health/ready', async (_request, response) => {
    const [needed, others] = await Promise.all([checkAll(required), checkAll(optional)]);
    const warnings = await within(PART_TIMEOUT_MS, advice()).catch((): string[] => []);
    const ready = !leaving && needed.every(([, { ok }]) => ok);
    response
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({
        ready,
        ...(leaving ? { why: 'draining' } : {}),
        parts: Object.fromEntries([
          ...needed,
          ...others.map(([name, part]) => [name, part.ok ? part : { ...part, degraded: true }] as const),
        ]),
        ...(modelEndpoint === undefined ? {} : { modelEndpoint: modelEndpoint() }),
        ...(warnings.length > 0 ? { warnings } : {}),
      });
  });
  return {
    router,
    leave() {
      leaving = true;
    },
  };
}

function checkAll(parts: Readonly<Record<string, HealthPart>>) {
  return Promise.all(Object.entries(parts).map(async ([name, part]) => [name, await check(part)] as const));
}

async function check(part: HealthPart): Promise<{ ok: boolean; why?: string }> {
  try {
    await within(PART_TIMEOUT_MS, part());
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
