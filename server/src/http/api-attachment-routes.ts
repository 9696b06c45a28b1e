/** Attachments of replies over REST: uploaded first, and named by the reply that carries them. */
import { type AttachedFile, attachedFileSchema } from '@firstword/shared/console-wire';
import { z } from 'zod';
import type { Attachments, AttachOutcome } from '../conversation/attachments.ts';
import { phrase } from '../lib/phrase.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { createTicketFinder } from './api-sites.ts';
import { FILE_FAULTS } from './file-faults.ts';

export interface AttachmentRouteParts {
  readonly tickets: Pick<Tickets, 'get'>;
  readonly attachments: Attachments;
}

/** The largest that a site can allow; the smaller limit of a site is checked by `add`. */
const BYTES_MAX = 25 * 1024 * 1024;
const NO_SPACE_MS = 60_000;
const nameQuerySchema = z.strictObject({ name: z.string().min(1).max(1000) });
const fileQuerySchema = z.strictObject({ file: z.uuid() });

export function createAttachmentRoutes({ tickets, attachments }: AttachmentRouteParts): ApiRoute[] {
  const find = createTicketFinder(tickets);
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/tickets/{id}/files',
        summary:
          'Uploads one file for a reply to the ticket. The visitor gets it once a reply names its id in `attachments`.',
        query: nameQuerySchema,
        bytesMax: BYTES_MAX,
        answer: { status: 200, schema: attachedFileSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, query: { name }, bytes }, { agent, sites }): Promise<AttachedFile> => {
        const ticket = await find(id, sites);
        const outcome = await attachments.add(ticket, agent.id, { name, bytes });
        if (outcome.kind !== 'stored') throw refusalOf(outcome);
        return { file: outcome.file };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/tickets/{id}/files',
        summary: 'Deletes a file that the caller has uploaded and not sent.',
        query: fileQuerySchema,
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, query: { file } }, { agent, sites }) => {
        const { conversationId } = await find(id, sites);
        if (!(await attachments.remove(conversationId, file, agent.id)))
          throw new ApiRefusal('not-found', 'There is no such file that you have not sent yet.');
      },
    ),
  ];
}

function refusalOf(outcome: Exclude<AttachOutcome, { kind: 'stored' }>): ApiRefusal {
  switch (outcome.kind) {
    case 'not-accepted':
      return new ApiRefusal('not-allowed', phrase`This site accepts no files. Allow uploads in its settings.`);
    case 'quota':
      return new ApiRefusal('rate-limited', phrase`Too many files were uploaded today.`, {
        retryAfterMs: outcome.retryAfterMs,
      });
    case 'no-space':
      return new ApiRefusal('unavailable', phrase`The server has no space for files at the moment. Try again later.`, {
        retryAfterMs: NO_SPACE_MS,
      });
    default:
      return new ApiRefusal(outcome.kind === 'too-many' ? 'not-allowed' : 'bad-request', FILE_FAULTS[outcome.kind], {
        fileFault: outcome.kind,
      });
  }
}
