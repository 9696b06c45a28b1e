/** The state of proposed articles: their list, drafts that are being written, and decisions. */
import type { Proposal } from '@firstword/shared/proposal';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import type { ArticleInput, KnowledgeApi } from './knowledge-api.ts';
import { createResource, type Resource } from './resource.ts';
import { knowledgeTexts } from './texts/knowledge-texts.ts';

export interface ProposalController {
  readonly list: Resource<object, { proposals: Proposal[] }>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** For the site that is shown. */
  load(): Promise<void>;
  draft(gap: string): Promise<void>;
  accept(id: string, article: ArticleInput): Promise<void>;
  reject(id: string): Promise<void>;
  /** Stops waiting for drafts. */
  close(): void;
}

type ProposalApi = Pick<KnowledgeApi, 'readProposals' | 'draftArticle' | 'acceptProposal' | 'rejectProposal'>;

const FOLLOW_MS = 1500;

/** @param onPublished called when an article was published */
export function createProposalController(
  api: ProposalApi,
  site: () => string,
  onPublished: () => void,
): ProposalController {
  const failure = signal<string | undefined>(undefined);
  const list = createResource<object, { proposals: Proposal[] }>({}, () => api.readProposals(site()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = async () => {
    clearTimeout(timer);
    await list.load();
    const isDrafting = list.response.value?.proposals.some(({ state }) => state === 'drafting') ?? false;
    if (isDrafting) timer = setTimeout(() => void follow(), FOLLOW_MS);
  };
  const act = async (request: Promise<Result<unknown>>) => {
    const result = await request;
    failure.value = result.ok ? undefined : result.code === 'offline' ? knowledgeTexts.offline : result.message;
    await follow();
  };
  return {
    list,
    failure,
    load: follow,
    draft: (gap) => act(api.draftArticle(site(), gap)),
    async accept(id, article) {
      await act(api.acceptProposal(id, article));
      if (failure.value === undefined) onPublished();
    },
    reject: (id) => act(api.rejectProposal(id)),
    close: () => clearTimeout(timer),
  };
}
