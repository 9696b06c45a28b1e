/** The audit log over REST: list, filter and export it. For administrators of all sites. */
import { type AuditEntry, type AuditList, auditListSchema, auditQuerySchema } from '@firstword/shared/audit';
import { toCsv } from '@firstword/shared/csv';
import type { AuditLog } from '../records/audit-log.ts';
import { type ApiRoute, routeForAgents, TextAnswer } from './api-route.ts';
import { checkSite, namesOf } from './api-sites.ts';

export interface AuditRouteParts {
  readonly auditLog: AuditLog;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const JSONL = 'application/jsonl';
const CSV = 'text/csv';
const COLUMNS = [
  'time',
  'action',
  'actor',
  'actorId',
  'address',
  'site',
  'target',
  'targetId',
  'before',
  'after',
  'id',
];

export function createAuditRoutes({ auditLog }: AuditRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/audit',
        summary: 'Lists who did what, when and from where, the newest first. `format=jsonl` and `csv` export it.',
        query: auditQuerySchema,
        answer: { status: 200, schema: auditListSchema, textType: [JSONL, CSV] },
        refusals: ['not-found'],
      },
      async ({ query, audit }, { sites }): Promise<AuditList | TextAnswer> => {
        const { site, actor, target, from, to, format, ...filter } = query;
        if (site !== undefined) checkSite(sites, site);
        const found = await auditLog.list({
          ...filter,
          ...{ siteId: site, actorId: actor, targetId: target },
          from: from === undefined ? undefined : Date.parse(from),
          to: to === undefined ? undefined : Date.parse(to) + DAY_MS,
        });
        if (format === 'json') return { ...found, sites: namesOf(sites) };
        await audit({ action: 'exported', target: { kind: 'audit-log', id: format } });
        const headers = found.next === undefined ? {} : { 'x-next-cursor': found.next };
        return format === 'csv'
          ? new TextAnswer(toCsv([COLUMNS, ...found.entries.map(cellsOf)]), CSV, headers)
          : new TextAnswer(found.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), JSONL, headers);
      },
    ),
  ];
}

function cellsOf({ id, at, actor, action, target, siteId, before, after, address }: AuditEntry): string[] {
  const json = (values: object | undefined) => (values === undefined ? '' : JSON.stringify(values));
  const actorName = actor.name === undefined ? actor.kind : `${actor.kind} ${actor.name}`;
  const targetName = target === undefined ? '' : [target.kind, target.name].filter(Boolean).join(' ');
  return [
    new Date(at).toISOString(),
    action,
    actorName,
    actor.id ?? '',
    address ?? '',
    siteId ?? '',
    targetName,
    target?.id ?? '',
    json(before),
    json(after),
    id,
  ];
}
