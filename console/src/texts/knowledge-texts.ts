/** Texts of the Knowledge page, and sentences about imports. Pure. */
import type {
  ChangeCounts,
  ImportRun,
  ImportRunDetail,
  KnowledgeOverview,
  KnowledgeSource,
  RunState,
  SearchTrial,
  SourceKind,
} from '@firstword/shared/knowledge';
import { countText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { phraseText, saidText } from './phrase-texts.ts';
import { type Texts, translated } from './translated.ts';

const states: Record<RunState, string> = {
  running: 'Importing',
  done: 'Imported',
  unchanged: 'Nothing has changed',
  failed: 'Import failed',
  cancelled: 'Import stopped. The articles are unchanged',
  interrupted: 'Import interrupted by a restart. The articles are unchanged',
};
const kinds: Record<SourceKind, string> = {
  folder: 'Folder on the server',
  url: 'Single page or file',
  sitemap: 'Sitemap',
  crawl: 'Website',
  upload: 'Uploaded files',
  manual: 'Written by hand',
};
const coverages: Record<SearchTrial['coverage'], string> = {
  covered: 'The articles cover this question.',
  partly: 'The articles may cover this question. The model decides.',
  'not-covered': 'The articles don’t cover this question. The assistant says so and offers an agent.',
};

const english = {
  kinds,
  coverages,
  states,
  articles: (count: number) => countOf(count, 'article', 'articles'),
  problemCount: (count: number) => countOf(count, 'problem', 'problems'),
  changes: (added: string, changed: string, removed: string) =>
    `${added} added, ${changed} changed, ${removed} removed`,
  noSources: 'This site has no articles yet, so every question goes to agents. Add a source.',
  noImport: 'No article has been imported yet, so every question goes to agents.',
  basedOnOwn: (articles: number) => `Answers are based on ${countOf(articles, 'article', 'articles')}.`,
  basedOnServers: (articles: number) =>
    `Answers are based on ${countOf(articles, 'article', 'articles')} that come with the server. Add a source to use your own.`,
  stopping: 'Stopping…',
  importing: (read: string) => `Importing: ${read} read`,
  importingOf: (read: string, total: string) => `Importing: ${read} of ${total}`,
  schedules: { never: 'Only when I start it', hourly: 'Every hour', daily: 'Every day', weekly: 'Every week' },
  everyHours: (hours: number) => `Every ${hours} hours`,
  title: pageTexts.knowledge,
  site: 'Site',
  notRead: 'The sources couldn’t be loaded.',
  notAdmin: 'Only administrators can manage articles.',
  offline: 'The server didn’t respond. Try again.',

  sources: 'Sources',
  sourcesEmpty: 'Add a website, files or an export. Answers use its articles as soon as it has been imported.',
  add: 'Add source',
  addTitle: 'Add a source',
  kind: 'Kind',
  url: 'URL',
  urlHint: 'For example https://help.example.com/',
  include: 'Only these paths',
  exclude: 'Not these paths',
  pathsHint: 'Separated by commas, for example /docs/*, /faq',
  maxPages: 'Pages at most',
  schedule: 'Import again',
  files: 'Files',
  folder: 'Folder',
  drop: 'Drop files or a folder here: Markdown, HTML, PDF, text, CSV or JSON.',
  picked: (count: number) => (count === 0 ? 'No files selected' : `${countOf(count, 'file', 'files')} selected`),
  addAndImport: 'Add and import',
  addFiles: 'Add files',
  addFilesHint: 'Files with the path of an earlier one replace it.',
  addFilesAndImport: 'Upload and import',
  idTaken: (id: string) => `An article with the ID “${id}” already exists. Edit that article, or choose another ID.`,
  uploading: (file: string, of: string) => `Uploading ${file} of ${of}`,
  cancel: 'Cancel',
  neverImported: 'Never imported',
  import: 'Import now',
  stop: 'Stop',
  progress: (name: string) => `Import of ${name}`,
  problems: 'Left out',
  problemsMore: (count: number) => `${countOf(count, 'more is', 'more are')} not listed.`,
  versions: 'Versions',
  version: (number: number) => `Version ${number}`,
  current: 'Current',
  compare: 'What changed',
  rollBack: 'Roll back',
  diffEmpty: 'Nothing changed.',
  diffKinds: { added: 'Added', changed: 'Changed', removed: 'Removed' },
  close: 'Close',
  remove: 'Delete',
  removeSure: (articles: number) => `Delete with ${countOf(articles, 'article', 'articles')}`,

  trial: 'Test the search',
  trialHint: 'Ask as a visitor would, and see which passages the assistant gets, and why.',
  question: 'Question',
  search: 'Search',
  trialEmpty: 'No passage matches this question.',
  trialFailed: 'The search didn’t respond.',
  score: (score: string) => `Score ${score}`,
  matched: 'Matches',

  gaps: 'Gaps',
  gapsHint: 'Questions that visitors asked and no article covers, by topic.',
  gapsEmpty: 'No question has been left uncovered so far.',
  gapsFailed: 'The gaps couldn’t be loaded.',
  asked: (count: number) => `Asked ${countOf(count, 'time', 'times')}`,
  conversation: 'Open conversation',
  dismiss: 'Dismiss',

  cases: 'Test cases',
  casesHint:
    'Questions with what a right answer says. Write them by hand, add a visitor’s message from its conversation, or save a proposed reply that you rejected or edited with L in its ticket.',
  casesEmpty: 'No test case has been saved yet.',
  casesFailed: 'The test cases couldn’t be loaded.',
  downloadCases: 'Download test cases',
} as const;
export type KnowledgeTexts = Texts<typeof english>;
export const knowledgeTexts = translated<KnowledgeTexts>('knowledge', english);

export const articlesText = knowledgeTexts.articles;
export const problemsText = knowledgeTexts.problemCount;

export function changesText({ added, changed, removed }: ChangeCounts): string {
  return knowledgeTexts.changes(countText(added), countText(changed), countText(removed));
}

export function overviewSentence({ sources, searched }: KnowledgeOverview): string {
  if (searched.articles === 0) return sources.length === 0 ? knowledgeTexts.noSources : knowledgeTexts.noImport;
  return (searched.own ? knowledgeTexts.basedOnOwn : knowledgeTexts.basedOnServers)(searched.articles);
}

/** `done: 3 added, …`, or how far it is. */
export function runText(run: ImportRun): string {
  if (run.state === 'running') {
    if (run.stopping) return knowledgeTexts.stopping;
    return run.total === undefined
      ? knowledgeTexts.importing(countText(run.read))
      : knowledgeTexts.importingOf(countText(run.read), countText(run.total));
  }
  if (run.state === 'done') return changesText(run);
  const state = knowledgeTexts.states[run.state];
  return run.error === undefined ? state : `${state}: ${saidText(run.errorPhrase, run.error)}`;
}

/** What an import has left out, and why. */
export const problemTexts = ({ problemList, problemPhrases }: ImportRunDetail): readonly string[] =>
  problemPhrases?.map(phraseText) ?? problemList;

/** The server names the source of articles that were written by hand, in English. */
export const sourceName = ({ name, origin }: Pick<KnowledgeSource, 'name' | 'origin'>): string =>
  origin.kind === 'manual' ? knowledgeTexts.kinds.manual : name;

export function scheduleText({ everyHours }: KnowledgeSource): string {
  return SCHEDULES.find(({ hours }) => hours === everyHours)?.label ?? knowledgeTexts.everyHours(everyHours ?? 0);
}

export const SCHEDULES: readonly { readonly hours: number | undefined; readonly label: string }[] = [
  { hours: undefined, label: knowledgeTexts.schedules.never },
  { hours: 1, label: knowledgeTexts.schedules.hourly },
  { hours: 24, label: knowledgeTexts.schedules.daily },
  { hours: 168, label: knowledgeTexts.schedules.weekly },
];
