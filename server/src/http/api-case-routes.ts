/** Cases for evaluations: written by hand or saved from a reviewed reply, listed, exported and deleted. */
import { randomUUID } from 'node:crypto';
import { CASES_MAX, caseIdOf } from '@firstword/shared/answer-cases';
import {
  caseChoiceSchema,
  caseListQuerySchema,
  caseListSchema,
  evaluationCaseSchema,
  newCaseSchema,
  type SavedCase,
  savedCaseSchema,
} from '@firstword/shared/evaluation-case';
import { evaluationCaseOf } from '../conversation/evaluation-case.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { phrase } from '../lib/phrase.ts';
import type { CaseStore } from '../records/case-store.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, TextAnswer } from './api-route.ts';
import { checkSite, refusalAt } from './api-sites.ts';
import { knowledgeChanged } from './audit-events.ts';

export interface CaseRouteParts {
  readonly tickets: Pick<Tickets, 'get' | 'run'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly cases: CaseStore;
  readonly archive: Pick<ConversationArchive, 'list' | 'find' | 'searchMessages'>;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  /** Hides e-mail addresses and other personal data: a case is read by models, and exported. */
  readonly hidePersonalData: (text: string) => string;
}

const MESSAGES_MAX = 500;
const JSON_LINES = 'application/x-ndjson';

export function createCaseRoutes(parts: CaseRouteParts): ApiRoute[] {
  const { tickets, store, cases, archive, knowledgeOf, hidePersonalData: hide } = parts;
  /** @param seq of the visitor's message, where the case is of one */
  const checkQuestion = async (conversationId: string, site: string, seq: number | undefined) => {
    const page = { limit: 1, ...(seq === undefined ? {} : { before: seq + 1 }) };
    const found = await archive.find(conversationId, [site], page);
    if (found === undefined) throw new ApiRefusal('not-found', 'This conversation does not exist.');
    const [question] = found.messages;
    if (seq !== undefined && (question?.seq !== seq || question.from !== 'visitor'))
      throw new ApiRefusal('not-found', 'There is no message of the visitor with this number.');
  };
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/evaluation-cases',
        summary: 'Saves a case of a proposed reply that was rejected or edited. Saving it again replaces it.',
        body: caseChoiceSchema,
        answer: { status: 200, schema: savedCaseSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ body: { ticketId, runId }, audit }, { agent, sites }): Promise<SavedCase> => {
        const ticket = await tickets.get(ticketId);
        const run = await tickets.run(runId);
        const notFound = 'This ticket has no analysis with this runId.';
        if (ticket === undefined || !sites.has(ticket.siteId)) throw refusalAt(sites, ticket?.siteId, notFound);
        if (run?.ticketId !== ticketId) throw new ApiRefusal('not-found', notFound);
        const { messages } = await store.snapshot(ticket.conversationId, MESSAGES_MAX);
        const made = evaluationCaseOf(run, messages);
        if (made === undefined)
          throw new ApiRefusal(
            'not-allowed',
            phrase`Reject or edit the proposed reply first. Other replies make no case.`,
          );
        const saved = {
          ...made,
          conversation: made.conversation.map(hide),
          absent: made.absent.map(hide),
          ...{ siteId: ticket.siteId, conversationId: ticket.conversationId, savedAt: Date.now(), by: agent.name },
        };
        await cases.save(saved);
        await audit(knowledgeChanged({ siteId: ticket.siteId, change: 'case saved', target: caseTarget(saved.id) }));
        return saved;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/evaluation-cases/new',
        summary:
          "Adds a case that is written by hand, or made of a visitor's message, where a repetition replaces it. Personal data in its messages is hidden.",
        body: newCaseSchema,
        answer: { status: 201, schema: savedCaseSchema },
        refusals: ['not-found'],
      },
      async ({ body: { site, conversationId, seq, ...written }, audit }, { agent, sites }): Promise<SavedCase> => {
        checkSite(sites, site);
        const unknown = written.cites.find((id) => knowledgeOf(site).textOf(id) === undefined);
        if (unknown !== undefined) throw new ApiRefusal('not-found', phrase`The site has no article "${unknown}".`);
        if (conversationId !== undefined) await checkQuestion(conversationId, site, seq);
        const ofMessage = conversationId !== undefined && seq !== undefined;
        const saved = {
          ...{ ...written, id: ofMessage ? caseIdOf(conversationId, seq) : randomUUID() },
          ...{ siteId: site, savedAt: Date.now(), by: agent.name },
          // Not in what the answer says: that may be the site's own address.
          conversation: written.conversation.map(hide),
          ...(conversationId !== undefined && { conversationId }),
        };
        await cases.save(saved);
        await audit(knowledgeChanged({ siteId: site, change: 'case added', target: caseTarget(saved.id) }));
        return saved;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/evaluation-cases',
        summary:
          'Lists the cases of a site or of one conversation, the newest first; with `format=jsonl` as the file that `npm run eval -- answers --cases FILE` reads.',
        query: caseListQuerySchema,
        answer: { status: 200, schema: caseListSchema, textType: JSON_LINES },
        refusals: ['not-found'],
      },
      async ({ query: { site, conversation, format }, audit }, { sites }) => {
        checkSite(sites, site);
        const saved = await cases.list(site, CASES_MAX, conversation);
        if (format === 'json') return { cases: saved };
        await audit({ action: 'exported', target: { kind: 'evaluation-cases', id: site }, siteId: site });
        const lines = saved.map((one) => `${JSON.stringify(evaluationCaseSchema.parse(one))}\n`);
        return new TextAnswer(lines.join(''), JSON_LINES);
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/evaluation-cases/{id}',
        summary: 'Deletes a case.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, { sites }) => {
        if (!(await cases.remove(id, [...sites.keys()]))) throw new ApiRefusal('not-found', 'There is no such case.');
        await audit(knowledgeChanged({ change: 'case deleted', target: caseTarget(id) }));
      },
    ),
  ];
}

const caseTarget = (id: string) => ({ kind: 'evaluation-case', id });
