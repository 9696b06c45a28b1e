/** Prometheus instruments of one process. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const TTFT_BUCKETS_S = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6, 0.8, 1.2, 2, 4, 8];
/** Normally a few milliseconds; more means a hold for triage, a hedge or a busy process. */
const ADDED_BUCKETS_S = [
  0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.006, 0.008, 0.01, 0.012, 0.015, 0.02, 0.03, 0.05, 0.1,
  0.3,
];

export interface Metrics {
  readonly registry: Registry;
  readonly turns: Counter<'state'>;
  readonly modelCalls: Counter<'tier' | 'model' | 'purpose' | 'outcome'>;
  readonly modelAlarms: Counter<'code' | 'endpoint' | 'model'>;
  readonly modelTtft: Histogram<'tier' | 'model'>;
  readonly firstDelta: Histogram<string>;
  readonly added: Histogram<string>;
  readonly feltFirstToken: Histogram<'region' | 'tier' | 'model'>;
  readonly modelTokens: Counter<'tier' | 'model' | 'kind'>;
  readonly modelUsd: Counter<'tier' | 'model' | 'known'>;
  readonly unpricedCalls: Counter<'tier' | 'model'>;
  readonly unreadableTriage: Counter<string>;
  readonly answers: Counter<'site' | 'coverage'>;
  readonly unsupportedSentences: Counter<'site'>;
  readonly recitedInstructions: Counter<'site'>;
  readonly ledgerLost: Counter<string>;
  readonly sockets: Gauge<string>;
  readonly refusals: Counter<'event' | 'code'>;
  readonly busy: Counter<'why'>;
  readonly limited: Counter<'kind' | 'scope' | 'outcome'>;
  readonly captchaChecks: Counter<'outcome'>;
  readonly evictedConversations: Counter<string>;
  readonly restoredConversations: Counter<string>;
  readonly databaseConnections: Gauge<'state'>;
  readonly feedSetAside: Counter<'group'>;
  readonly imports: Counter<'state'>;
  readonly importSeconds: Histogram<string>;
}

/** @param databasePool counts by state, read for each scrape */
export function createMetrics(databasePool: () => Readonly<Record<string, number>>): Metrics {
  const registry = new Registry();
  const ofProcess = processMetrics();
  for (const { name } of ofProcess.getMetricsAsArray()) {
    const metric = ofProcess.getSingleMetric(name);
    if (metric !== undefined) registry.registerMetric(metric);
  }
  const registers = [registry];
  return {
    registry,
    turns: new Counter({
      name: 'firstword_turns_total',
      help: 'Turns by final state',
      labelNames: ['state'],
      registers,
    }),
    modelCalls: new Counter({
      name: 'firstword_model_calls_total',
      help: 'Requests sent to model endpoints',
      labelNames: ['tier', 'model', 'purpose', 'outcome'],
      registers,
    }),
    modelAlarms: new Counter({
      name: 'firstword_model_alarms_total',
      help: 'Failed model requests that only the operator can fix: key, credit, model name, address, certificate',
      labelNames: ['code', 'endpoint', 'model'],
      registers,
    }),
    modelTtft: new Histogram({
      name: 'firstword_model_ttft_seconds',
      help: 'Request sent to first content token',
      labelNames: ['tier', 'model'],
      buckets: TTFT_BUCKETS_S,
      registers,
    }),
    firstDelta: new Histogram({
      name: 'firstword_server_ttft_seconds',
      help: 'message-send received to first delta emitted',
      buckets: TTFT_BUCKETS_S,
      registers,
    }),
    added: new Histogram({
      name: 'firstword_added_seconds',
      help: 'message-send received to first delta emitted, minus the TTFT of the model that answered',
      buckets: ADDED_BUCKETS_S,
      registers,
    }),
    feltFirstToken: new Histogram({
      name: 'firstword_felt_ttft_seconds',
      help: 'Send to first painted token, as reported by widgets',
      labelNames: ['region', 'tier', 'model'],
      buckets: TTFT_BUCKETS_S,
      registers,
    }),
    modelTokens: new Counter({
      name: 'firstword_model_tokens_total',
      help: 'Tokens used, estimated where the endpoint does not report them; cached ones are part of the prompt',
      labelNames: ['tier', 'model', 'kind'],
      registers,
    }),
    modelUsd: new Counter({
      name: 'firstword_model_usd_total',
      help: 'Cost in US dollars of calls with known prices; output-only is a lower bound',
      labelNames: ['tier', 'model', 'known'],
      registers,
    }),
    unpricedCalls: new Counter({
      name: 'firstword_model_unpriced_calls_total',
      help: 'Model requests without a known price',
      labelNames: ['tier', 'model'],
      registers,
    }),
    unreadableTriage: new Counter({
      name: 'firstword_triage_unreadable_total',
      help: 'Triage replies without a readable label; the text rules decided',
      registers,
    }),
    answers: new Counter({
      name: 'firstword_answers_total',
      help: 'Answers of models, by what the articles cover of the question: covered, partly or not-covered',
      labelNames: ['site', 'coverage'],
      registers,
    }),
    unsupportedSentences: new Counter({
      name: 'firstword_unsupported_sentences_total',
      help: 'Sentences of answers that none of their articles supports',
      labelNames: ['site'],
      registers,
    }),
    recitedInstructions: new Counter({
      name: 'firstword_answers_withheld_total',
      help: 'Answers that were withheld because a model began to say our instructions',
      labelNames: ['site'],
      registers,
    }),
    ledgerLost: new Counter({
      name: 'firstword_ledger_rows_lost_total',
      help: 'Usage records dropped because Redis or PostgreSQL was unavailable for too long',
      registers,
    }),
    sockets: new Gauge({ name: 'firstword_widget_sockets', help: 'Connected widget sockets', registers }),
    refusals: new Counter({
      name: 'firstword_refusals_total',
      help: 'Refused socket events',
      labelNames: ['event', 'code'],
      registers,
    }),
    busy: new Counter({
      name: 'firstword_busy_total',
      help: 'Messages refused because the process is at its concurrency limit, overloaded or nearly out of memory',
      labelNames: ['why'],
      registers,
    }),
    limited: new Counter({
      name: 'firstword_limited_total',
      help: 'What was challenged or refused beyond a limit, by what and whose limit it is',
      labelNames: ['kind', 'scope', 'outcome'],
      registers,
    }),
    captchaChecks: new Counter({
      name: 'firstword_captcha_checks_total',
      help: 'Captcha tokens that the provider was asked about, by the outcome',
      labelNames: ['outcome'],
      registers,
    }),
    imports: new Counter({
      name: 'firstword_imports_total',
      help: 'Imports of article sources by how they ended',
      labelNames: ['state'],
      registers,
    }),
    importSeconds: new Histogram({
      name: 'firstword_import_seconds',
      help: 'Duration of an import of a source',
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    feedSetAside: new Counter({
      name: 'firstword_feed_set_aside_total',
      help: 'Events of the feed that a consumer could not handle in five tries',
      labelNames: ['group'],
      registers,
    }),
    evictedConversations: new Counter({
      name: 'firstword_conversations_evicted_total',
      help: 'Quiet conversations that left Redis; PostgreSQL has them',
      registers,
    }),
    restoredConversations: new Counter({
      name: 'firstword_conversations_restored_total',
      help: 'Conversations that came back to Redis because their visitor or an agent returned',
      registers,
    }),
    databaseConnections: new Gauge({
      name: 'firstword_database_connections',
      help: 'Connections to PostgreSQL, and queries that wait for one',
      labelNames: ['state'],
      registers,
      async collect() {
        for (const [state, count] of Object.entries(databasePool())) this.set({ state }, count);
      },
    }),
  };
}

let ofThisProcess: Registry | undefined;

/** Once, however many apps run in the process: prom-client's timer and its observer of collections never stop. */
function processMetrics(): Registry {
  if (ofThisProcess === undefined) {
    ofThisProcess = new Registry();
    collectDefaultMetrics({ register: ofThisProcess, prefix: 'firstword_' });
  }
  return ofThisProcess;
}
