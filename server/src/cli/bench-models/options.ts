/** The command line of `npm run bench:models`. Every error names what was given and what is allowed. */
import { REFERENCE_MODELS, REFERENCE_REGIONS, type Region } from '@firstword/shared/catalog';
import { repairKey } from '../../config/endpoint-values.ts';
import { readProxy } from '../../config/environment.ts';
import { normaliseBaseUrl } from '../../gateway/chat-address.ts';
import { parseCommandLine, UsageError, unknownName } from '../../lib/command-line.ts';

export const USAGE = `npm run bench:models -- [options]

Measures models behind an OpenAI-compatible endpoint as the reference benchmark did: the prompt "Explain recursion in
200 words", streamed, the same number of runs for each model, averaged.

  --endpoint URL     base URL of the endpoint; default: LLM_BASE_URL
  --key-env NAME     environment variable with the API key; default: LLM_API_KEY
  --demo             measure the demo engine at reference pace; default when no endpoint is set
  --models A,B       model ids of the endpoint; default: the 15 models of the reference benchmark
  --runs N           measured runs of each model, 1 to 1000; default: 10
  --warm-up N        unmeasured one-token requests before the runs, 0 to 100; default: 1
  --concurrency N    models measured at the same time, 1 to 64; default: 1, with the demo engine 5
  --max-tokens N     longest answer in tokens, 2 to 8192; default: 150
  --region NAME      region you measure from: ${REFERENCE_REGIONS.join(' or ')}; default: us-east
  --json             print JSON instead of the table
  --csv FILE         also write a CSV file
  --html FILE        also write an HTML report
  --check            compare medians with the reference figures; exit code 1 when one differs by more than 5%
  --help             show this text`;

export interface BenchOptions {
  /** If undefined, a demo engine is started for this run. */
  readonly endpoint: { readonly baseUrl: string; readonly apiKey?: string; readonly apiKeyHeader?: string } | undefined;
  readonly proxy: ReturnType<typeof readProxy>;
  readonly models: readonly string[];
  readonly runs: number;
  readonly warmUp: number;
  /** Models measured at the same time; the runs of one model are sequential. */
  readonly concurrency: number;
  readonly maxTokens: number;
  readonly region: Region;
  readonly json: boolean;
  readonly csv: string | undefined;
  readonly html: string | undefined;
  readonly check: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Used when only a key is given: the endpoint of the reference benchmark. */
const REFERENCE_BASE_URL = 'https://global-apis.com/v1';

/** @throws UsageError. `help`: the usage text was asked for. */
export function readOptions(args: readonly string[], env: Environment): BenchOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const endpoint = readEndpoint(values, env);
  return {
    endpoint,
    proxy: readProxy(env),
    models: readModels(values.models, endpoint === undefined),
    runs: readCount('--runs', values.runs, 1, 1000, 10),
    warmUp: readCount('--warm-up', values['warm-up'], 0, 100, 1),
    // The demo engine's models don't compete, so measuring several at once only saves time.
    concurrency: readCount('--concurrency', values.concurrency, 1, 64, endpoint === undefined ? 5 : 1),
    maxTokens: readCount('--max-tokens', values['max-tokens'], 2, 8192, 150),
    region: readRegion(values.region),
    json: values.json,
    csv: values.csv,
    html: values.html,
    check: values.check,
  };
}

function parse(args: readonly string[]) {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      endpoint: { type: 'string' },
      'key-env': { type: 'string' },
      demo: { type: 'boolean', default: false },
      models: { type: 'string' },
      runs: { type: 'string' },
      'warm-up': { type: 'string' },
      concurrency: { type: 'string' },
      'max-tokens': { type: 'string' },
      region: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'string' },
      html: { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return values;
}

function readEndpoint(
  { endpoint: given, 'key-env': keyName, demo }: ReturnType<typeof parse>,
  env: Environment,
): BenchOptions['endpoint'] {
  if (demo) {
    if (given !== undefined || keyName !== undefined)
      throw new UsageError('--demo uses its own endpoint. Remove --endpoint and --key-env, or --demo.');
    return undefined;
  }
  const givenKey = keyName === undefined ? env['LLM_API_KEY'] : env[keyName];
  const apiKey = givenKey ? repairKey(givenKey).value : undefined;
  if (keyName !== undefined && !apiKey)
    throw new UsageError(`--key-env: the environment variable "${keyName}" is not set. Set it, or name another one.`);
  const address = given ?? (env['LLM_BASE_URL'] || (apiKey === undefined ? undefined : REFERENCE_BASE_URL));
  if (address === undefined) return undefined;
  const baseUrl = readUrl(given === undefined ? 'LLM_BASE_URL' : '--endpoint', address);
  const header = given === undefined && env['LLM_API_KEY_HEADER'];
  return { baseUrl, ...(apiKey ? { apiKey } : {}), ...(header ? { apiKeyHeader: header.toLowerCase() } : {}) };
}

function readUrl(name: string, value: string): string {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new UsageError(`${name}: "${value}" is not allowed. Use an http(s) URL such as https://example.com/v1.`);
  return normaliseBaseUrl(value);
}

function readModels(value: string | undefined, demo: boolean): string[] {
  const known = REFERENCE_MODELS.map(({ id }) => id);
  if (value === undefined) return known;
  const asked = [...new Set(value.split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (asked.length === 0)
    throw new UsageError(`--models: "${value}" is not allowed. Use a comma-separated list of model ids.`);
  const unknown = asked.find((id) => !known.includes(id));
  // Other endpoints may serve any model.
  if (demo && unknown !== undefined)
    throw new UsageError(`--models: ${unknownName('model of the demo engine', unknown, known)}`);
  return asked;
}

function readCount(name: string, value: string | undefined, least: number, most: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < least || count > most)
    throw new UsageError(`${name}: "${value}" is not allowed. Use a whole number from ${least} to ${most}.`);
  return count;
}

function readRegion(value = 'us-east'): Region {
  const region = REFERENCE_REGIONS.find((known) => known === value);
  if (region === undefined)
    throw new UsageError(`--region: "${value}" is not allowed. Use ${REFERENCE_REGIONS.join(' or ')}.`);
  return region;
}
