/** A site's sources of articles, their import runs and versions, as they are stored and as the REST API shows them. */
import { z } from 'zod';
import { articleIdSchema, articleSchema } from './article.ts';
import { NUMBER_MAX } from './limits.ts';
import { phraseSchema } from './phrase.ts';
import { siteIdSchema } from './wire.ts';

/** Of one source. */
export const ARTICLES_MAX = 20_000;
/** A quarter of a year. */
export const EVERY_HOURS_MAX = 24 * 90;
/** Bytes of one uploaded file. */
export const UPLOAD_MAX_BYTES = 20 * 1024 * 1024;
/** Files of one source. */
export const UPLOAD_MAX_FILES = 5000;

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .max(2000)
  .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'must not contain a user name or password');
/** `/docs/*` and the like: a path, where `*` matches any characters. It is the beginning of a path. */
const pathPattern = z.string().max(300).regex(/^[/*]/, 'must begin with / or *, such as /docs/*');
const crawlScope = {
  /** Only pages that match one of these; every page when empty. */
  include: z.array(pathPattern).max(50).default([]),
  exclude: z.array(pathPattern).max(50).default([]),
  maxPages: z.int().min(1).max(ARTICLES_MAX).default(500),
  /** Between two requests. A longer `Crawl-delay` of robots.txt counts instead. */
  delayMs: z.int().min(0).max(60_000).default(250),
};

/** Where a source's articles come from. */
export const sourceOriginSchema = z.discriminatedUnion('kind', [
  /** A folder or one file, on a disk that every process reads. */
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1).max(1000) }),
  /** One page or file, such as an export. */
  z.strictObject({ kind: z.literal('url'), url: webAddress }),
  z.strictObject({ kind: z.literal('sitemap'), url: webAddress, ...crawlScope }),
  /** The page and the pages of its host that it leads to. */
  z.strictObject({
    kind: z.literal('crawl'),
    url: webAddress,
    ...crawlScope,
    /** Links between the first page and the last one. */
    maxDepth: z.int().min(0).max(20).default(5),
  }),
  z.strictObject({ kind: z.literal('upload') }),
  /** Articles that were written or changed by hand. They outrank those of the other sources with the same id. */
  z.strictObject({ kind: z.literal('manual') }),
]);
export type SourceOrigin = z.infer<typeof sourceOriginSchema>;
export type SourceKind = SourceOrigin['kind'];

export const RUN_STATES = ['running', 'done', 'unchanged', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const changeCountsSchema = z.object({ added: z.int(), changed: z.int(), removed: z.int() });
export type ChangeCounts = z.infer<typeof changeCountsSchema>;

/** One reading of a source. Only a run that ends as `done` has made a version. */
export const importRunSchema = z.object({
  id: z.string(),
  sourceId: z.string(),
  siteId: z.string(),
  trigger: z.enum(['manual', 'schedule']),
  state: z.enum(RUN_STATES),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  /** Files, rows or pages that have been read. */
  read: z.int(),
  /** How many there are; absent where that is not known beforehand. */
  total: z.int().optional(),
  ...changeCountsSchema.shape,
  /** How many files, rows or pages were left out. */
  problems: z.int(),
  /** Why it failed. */
  error: z.string().optional(),
  /** The same in parts; absent from a run of an earlier version. */
  errorPhrase: phraseSchema.exactOptional(),
  /** Stop was requested, and its process has not stopped it yet. */
  stopping: z.boolean(),
  version: z.int().optional(),
});
export type ImportRun = z.infer<typeof importRunSchema>;

export const importRunDetailSchema = importRunSchema.extend({
  /** Each names the file, row or page, and why it was left out. The first 1,000. */
  problemList: z.array(z.string()),
  /** The same in parts; absent from a run of an earlier version. */
  problemPhrases: z.array(phraseSchema).exactOptional(),
});
export type ImportRunDetail = z.infer<typeof importRunDetailSchema>;

export const knowledgeSourceSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  origin: sourceOriginSchema,
  /** Runs by itself this often. */
  everyHours: z.int().optional(),
  nextRunAt: z.number().optional(),
  createdAt: z.number(),
  /** 0 before the first import. */
  version: z.int(),
  articles: z.int(),
  lastRun: importRunSchema.optional(),
});
export type KnowledgeSource = z.infer<typeof knowledgeSourceSchema>;

/** The articles of a source at one time. */
export const sourceVersionSchema = z.object({
  number: z.int(),
  createdAt: z.number(),
  articles: z.int(),
  ...changeCountsSchema.shape,
  /** Who or what made it. */
  by: z.string(),
  note: z.string(),
});
export type SourceVersion = z.infer<typeof sourceVersionSchema>;

const articleNameSchema = z.object({ id: z.string(), title: z.string() });
export const versionDiffSchema = z.object({
  from: z.int(),
  to: z.int(),
  added: z.array(articleNameSchema),
  changed: z.array(articleNameSchema),
  removed: z.array(articleNameSchema),
});
export type VersionDiff = z.infer<typeof versionDiffSchema>;

/** An article that a site answers from. */
export const siteArticleSchema = articleNameSchema.extend({
  sourceId: z.string(),
  /** Removed by hand: no answer uses it. */
  hidden: z.boolean(),
});
export type SiteArticle = z.infer<typeof siteArticleSchema>;

/** The same article in another language. */
const translatedArticleSchema = articleNameSchema.extend({ language: z.string() });
export type TranslatedArticle = z.infer<typeof translatedArticleSchema>;
const alsoIn = z.array(translatedArticleSchema);
export const articleDetailSchema = articleSchema.extend({ alsoIn });
export type ArticleDetail = z.infer<typeof articleDetailSchema>;

/** Questions about one topic that the articles don't cover. */
export const knowledgeGapSchema = z.object({
  id: z.string(),
  /** The latest question. */
  question: z.string(),
  count: z.int(),
  lastAt: z.number(),
  conversations: z.array(z.object({ id: z.string(), question: z.string(), at: z.number() })),
});
export type KnowledgeGap = z.infer<typeof knowledgeGapSchema>;

// The REST API.
export const siteQuerySchema = z.object({ site: siteIdSchema });
const everyHours = z.int().min(1).max(EVERY_HOURS_MAX);
export const newSourceSchema = z.strictObject({
  site: siteIdSchema,
  name: z.string().trim().max(120).optional(),
  origin: sourceOriginSchema,
  everyHours: everyHours.optional(),
});
export const sourceChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  origin: sourceOriginSchema.optional(),
  /** `null` switches the schedule off. */
  everyHours: everyHours.nullable().optional(),
});
export type SourceChange = z.infer<typeof sourceChangeSchema>;

/** A path in the source, such as `returns/refund.md`. */
const filePathSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(
    /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\\\p{Cc}][^\\\p{Cc}]*$/u,
    'must be a relative path with slashes, such as returns/refund.md',
  );
export const uploadQuerySchema = z.object({ path: filePathSchema });
export const uploadedFilesSchema = z.object({ files: z.array(z.string()) });
export const runListSchema = z.object({ runs: z.array(importRunSchema) });
export const versionListSchema = z.object({ versions: z.array(sourceVersionSchema) });
export const versionChoiceSchema = z.strictObject({ version: z.int().min(1).max(NUMBER_MAX) });
const versionQuery = z.coerce.number().int().min(0).max(NUMBER_MAX);
export const diffQuerySchema = z.object({ from: versionQuery, to: versionQuery });
export const siteArticleListSchema = z.object({ articles: z.array(siteArticleSchema) });
export const gapListSchema = z.object({ gaps: z.array(knowledgeGapSchema) });

/** Without a site, the first one. */
export const knowledgeQuerySchema = z.object({ site: siteIdSchema.optional() });
export const knowledgeOverviewSchema = z.object({
  site: z.string(),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  sources: z.array(knowledgeSourceSchema),
  /** What answers are based on in this process at this moment. */
  searched: z.object({ articles: z.int(), passages: z.int(), own: z.boolean() }),
});
export type KnowledgeOverview = z.infer<typeof knowledgeOverviewSchema>;

export const articleChangeSchema = z.strictObject({ site: siteIdSchema, article: articleSchema });
export const articleChoiceSchema = z.object({ site: siteIdSchema, article: articleIdSchema });

export const searchRequestSchema = z.strictObject({ site: siteIdSchema, question: z.string().trim().min(1).max(1000) });
export const searchTrialSchema = z.object({
  coverage: z.enum(['covered', 'partly', 'not-covered']),
  passages: z.array(
    z.object({
      articleId: z.string(),
      title: z.string(),
      heading: z.string(),
      url: z.string(),
      text: z.string(),
      score: z.number(),
      /** Words of the question that the passage contains. */
      matched: z.array(z.string()),
      /** The languages of which an answer gets only this one. */
      alsoIn,
    }),
  ),
});
export type SearchTrial = z.infer<typeof searchTrialSchema>;
