/** Notices in the database what changes agents' access without a process: `npm run agent` sets roles, deactivates, ends sessions. */
import type { Agents } from '../agents/agents.ts';
import type { Log } from '../lib/log.ts';
import { type Periodic, startPeriodic } from '../lib/periodic.ts';

export interface AccessWatchParts {
  readonly agents: Pick<Agents, 'accessMarks'>;
  /** Those with a page on this process. */
  readonly connectedAgents: () => Iterable<string>;
  /** Called again when it rejects. */
  readonly onChange: (agentId: string) => Promise<void>;
  readonly log: Log;
  /** Default: 1 s, so that a change is in effect within two. */
  readonly everyMs: number | undefined;
}

const EVERY_MS = 1000;

export function watchAccess({ agents, connectedAgents, onChange, log, everyMs }: AccessWatchParts): Periodic {
  const marks = new Map<string, string | undefined>();
  const compare = async () => {
    const ids = new Set(connectedAgents());
    for (const id of marks.keys()) if (!ids.has(id)) marks.delete(id);
    if (ids.size === 0) return;
    const current = await agents.accessMarks([...ids]);
    for (const id of ids) {
      const mark = current.get(id);
      // Also the first time: their access may have changed since their page was admitted.
      if (marks.has(id) && marks.get(id) === mark) continue;
      await onChange(id);
      marks.set(id, mark);
    }
  };
  return startPeriodic(compare, everyMs ?? EVERY_MS, (reason) =>
    log.warn({ reason }, 'reading the access of connected agents failed; retrying every second'),
  );
}
