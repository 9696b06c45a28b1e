/** Drafts articles from gaps and conversations with the quality tier, and publishes those that an administrator accepts. */
import { randomUUID } from 'node:crypto';
import type { Article } from '@firstword/shared/article';
import type { Proposal, ProposalOrigin } from '@firstword/shared/proposal';
import { buildDraftPrompt, readDraft } from './analysis/article-draft.ts';
import type { PromptMessage } from './gateway/chat-call.ts';
import type { Knowledge } from './knowledge/knowledge.ts';
import type { Log } from './lib/log.ts';
import type { ConversationArchive } from './records/conversation-archive.ts';
import type { GapStore } from './records/gap-store.ts';
import type { ProposalStore } from './records/proposal-store.ts';
import type { KnowledgeAdmin } from './sources/knowledge-admin.ts';

export interface ArticleProposalsParts {
  readonly store: ProposalStore;
  readonly gaps: Pick<GapStore, 'list'>;
  readonly archive: Pick<ConversationArchive, 'find'>;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'search'>;
  readonly siteName: (siteId: string) => string;
  readonly articles: Pick<KnowledgeAdmin, 'writeArticle'>;
  /** The text that the quality tier writes. */
  readonly ask: (siteId: string, prompt: readonly PromptMessage[]) => Promise<string>;
  readonly hidePersonalData: (text: string) => string;
  readonly log: Log;
}

export interface ArticleProposals {
  /** Starts a draft. Undefined when there is no such gap or conversation. */
  request(
    siteId: string,
    from: { gap?: string | undefined; conversation?: string | undefined },
    by: string,
  ): Promise<Proposal | undefined>;
  /** Starts a draft without a request. */
  draftFor(
    siteId: string,
    from: { readonly conversationId: string; readonly question: string; readonly origin: ProposalOrigin },
  ): Promise<void>;
  list(siteId: string): Promise<Proposal[]>;
  load(id: string): Promise<Proposal | undefined>;
  /** Publishes the article. Undefined when the proposal is not open any more. */
  accept(proposal: Proposal, article: Article, by: string): Promise<Proposal | undefined>;
  reject(proposal: Proposal, by: string): Promise<Proposal | undefined>;
}

const GAPS_MAX = 1000;
const LISTED_MAX = 100;
const MESSAGES_MAX = 60;
const CONVERSATIONS_MAX = 3;
const ARTICLES_NEAR = 3;
const QUESTION_CHARS = 500;
/** A draft whose process died can be requested again. */
const DRAFT_MS = 120_000;

export function createArticleProposals(parts: ArticleProposalsParts): ArticleProposals {
  const { store, gaps, archive, knowledgeOf, siteName, articles, ask, hidePersonalData: hide, log } = parts;

  const messagesOf = async (siteId: string, id: string) =>
    (await archive.find(id, [siteId], { limit: MESSAGES_MAX }))?.messages ?? [];

  const groundOf = async (siteId: string, from: { gap?: string | undefined; conversation?: string | undefined }) => {
    if (from.gap !== undefined) {
      const gap = (await gaps.list(siteId, GAPS_MAX)).find(({ id }) => id === from.gap);
      if (gap === undefined) return undefined;
      const ids = [...new Set(gap.conversations.map(({ id }) => id))];
      return { questions: gap.conversations.map(({ question }) => question), ids };
    }
    const id = from.conversation ?? '';
    const asked = (await messagesOf(siteId, id)).filter((message) => message.from === 'visitor');
    const questions = asked.map(({ text }) => text.slice(0, QUESTION_CHARS));
    return questions.length === 0 ? undefined : { questions: questions.slice(-CONVERSATIONS_MAX), ids: [id] };
  };

  const draft = async ({ id, siteId, question }: Proposal, questions: readonly string[], ids: readonly string[]) => {
    try {
      const conversations = await Promise.all(ids.slice(0, CONVERSATIONS_MAX).map((one) => messagesOf(siteId, one)));
      const asked = questions.map((text) => ({ text, weight: 1 }));
      const passages = knowledgeOf(siteId).search(asked, ARTICLES_NEAR);
      const prompt = buildDraftPrompt({
        siteName: siteName(siteId),
        questions: questions.map(hide),
        conversations: conversations.map((list) => list.map(({ from, text }) => ({ from, text: hide(text) }))),
        passages,
      });
      const written = readDraft(await ask(siteId, prompt), question);
      if (written === undefined) throw new Error('the model wrote nothing');
      const near = passages.map(({ articleId, title }) => ({ id: articleId, title }));
      await store.move(id, 'drafting', 'open', { ...written, articles: near });
    } catch (error) {
      log.warn({ proposalId: id, reason: String(error) }, 'drafting an article failed');
      await store.move(id, 'drafting', 'failed', {});
    }
  };

  const begin = async (
    siteId: string,
    { questions, ids }: { readonly questions: readonly string[]; readonly ids: readonly string[] },
    about: Pick<Proposal, 'by' | 'origin'>,
  ): Promise<Proposal> => {
    const proposal: Proposal = {
      ...{ id: randomUUID(), siteId, state: 'drafting', question: hide(questions[0] ?? ''), title: '', body: '' },
      ...{ articles: [], conversationIds: [...ids], createdAt: Date.now(), ...about },
    };
    await store.add(proposal);
    void draft(proposal, questions, ids).catch((error: unknown) =>
      log.warn({ proposalId: proposal.id, reason: String(error) }, 'storing a drafted article failed'),
    );
    return proposal;
  };

  return {
    async request(siteId, from, by) {
      const ground = await groundOf(siteId, from);
      return ground && begin(siteId, ground, { by });
    },
    async draftFor(siteId, { conversationId, question, origin }) {
      const asked = question.slice(0, QUESTION_CHARS);
      await begin(siteId, { questions: [asked], ids: [conversationId] }, { by: origin, origin });
    },
    async list(siteId) {
      const proposals = await store.list(siteId, LISTED_MAX);
      return proposals.map((proposal) =>
        proposal.state === 'drafting' && Date.now() - proposal.createdAt > DRAFT_MS
          ? { ...proposal, state: 'failed' }
          : proposal,
      );
    },
    load: store.load,
    async accept(proposal, article, by) {
      const accepted = await store.move(proposal.id, 'open', 'accepted', { decidedBy: by, articleId: article.id });
      if (accepted === undefined) return undefined;
      try {
        await articles.writeArticle(proposal.siteId, article, by);
      } catch (error) {
        await store.move(proposal.id, 'accepted', 'open', {});
        throw error;
      }
      return accepted;
    },
    reject: (proposal, by) => store.move(proposal.id, 'open', 'rejected', { decidedBy: by }),
  };
}
