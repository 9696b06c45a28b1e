/** Reads the configuration file and puts environment variables in the place of `"$NAME"`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { findJsonFault } from '../lib/json-fault.ts';
import { didYouMean } from '../lib/near-miss.ts';
import { OWN_MESSAGES } from '../lib/own-messages.ts';
import { ConfigError, describeIssues, placeOf } from './config-faults.ts';
import { schemaTree } from './config-json-schema.ts';
import { type ConfigFile, configFileSchema } from './config-schema.ts';
import { repairedEndpoints } from './endpoint-values.ts';
import type { GivenEnvironment } from './environment.ts';

const DEFAULT_PATH = 'firstword.config.json';
const REFERENCE = /^\$[A-Z][A-Z0-9_]*$/;

export interface ReadFile {
  readonly file: ConfigFile;
  /** The settings that the file names of each site, by site id. */
  readonly namedSettings: ReadonlyMap<string, readonly string[]>;
  /** The path in error messages; undefined where there is no file. */
  readonly shownPath: string | undefined;
  /** Environment variables that the file refers to. */
  readonly references: readonly string[];
  /** Values that were repaired, one line each. */
  readonly repairs: readonly string[];
}

/** @throws ConfigError */
export function readConfigFile(named: string | undefined, env: GivenEnvironment): ReadFile {
  const path = resolve(named ?? DEFAULT_PATH);
  if (!existsSync(path)) {
    if (named === undefined)
      return {
        file: configFileSchema.parse({}),
        namedSettings: new Map(),
        shownPath: undefined,
        references: [],
        repairs: [],
      };
    throw new ConfigError(
      `CONFIG_FILE: "${named}" does not exist (looked in ${path}). Set CONFIG_FILE to the path of your configuration file, or unset it.`,
    );
  }
  if (!statSync(path).isFile())
    throw new ConfigError(
      `CONFIG_FILE: "${named ?? DEFAULT_PATH}" is not a file. Set CONFIG_FILE to the path of a JSON file.`,
    );
  const shownPath = shownFrom(path);
  const written = parseFile(path, shownPath);
  const references: string[] = [];
  const filled = withEnvironment(written, env, [], shownPath, references);
  const { success, data, error } = configFileSchema.safeParse(filled, OWN_MESSAGES);
  if (success)
    return {
      file: data,
      namedSettings: namedSettings(data, filled),
      shownPath,
      references,
      repairs: repairedEndpoints(filled),
    };
  const context = { tree: schemaTree(configFileSchema), given: (at: readonly PropertyKey[]) => valueAt(written, at) };
  const lines = describeIssues(error.issues, context);
  throw new ConfigError(lines.map((line) => `${shownPath}: ${line}`).join('\n'));
}

function namedSettings({ sites = [] }: ConfigFile, filled: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(sites.map(({ id }, index) => [id, Object.keys(Object(valueAt(filled, ['sites', index])))]));
}

/** Relative where it is below the working directory, which is shorter to read. */
function shownFrom(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') ? path : near;
}

function parseFile(path: string, shownPath: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`CONFIG_FILE: ${shownPath} could not be read (${reason}). Check its permissions.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = findJsonFault(text);
    if (fault === undefined) throw error;
    throw new ConfigError(`${shownPath}:${fault.line}:${fault.column}: not valid JSON: ${fault.message}.`);
  }
}

/** @throws ConfigError for a variable that is not set */
function withEnvironment(
  value: unknown,
  env: GivenEnvironment,
  path: readonly PropertyKey[],
  shownPath: string,
  references: string[],
): unknown {
  const inside = (item: unknown, key: PropertyKey) => withEnvironment(item, env, [...path, key], shownPath, references);
  if (typeof value === 'string' && REFERENCE.test(value)) {
    const name = value.slice(1);
    const found = env[name];
    if (found === undefined)
      throw new ConfigError(
        `${shownPath}: ${placeOf(path)}: refers to the environment variable ${name}, which is not set. Set ${name}.` +
          didYouMean(name, Object.keys(env)),
      );
    references.push(name);
    return found;
  }
  if (Array.isArray(value)) return value.map(inside);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, key)]));
  return value;
}

export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}
