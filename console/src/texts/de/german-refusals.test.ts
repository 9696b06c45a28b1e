import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingFault } from '@firstword/shared/setting-fault';
import { siteSchema } from '@firstword/shared/site';
import { originSchema } from '@firstword/shared/site-origin';
import { expect, test } from 'vitest';
import { german } from './german.ts';
import { requestFields, requestRules } from './request-phrases.ts';
import { settingFaults, settingRules } from './setting-faults.ts';

const here = import.meta.dirname;

/** The messages of a schema's own rules, as they are for a text that no rule allows. */
function rulesIn(part: unknown, seen = new Set<unknown>()): string[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return [];
  seen.add(part);
  // Zod hides its definitions from enumeration.
  return Object.getOwnPropertyNames(part).flatMap((name) => {
    const inner: unknown = Reflect.get(part, name);
    if (name !== 'error' || typeof inner !== 'function') return rulesIn(inner, seen);
    const message: unknown = Reflect.apply(inner, undefined, [{ input: '?' }]);
    return typeof message === 'string' ? [message] : [];
  });
}

test('every rule for the settings of a site has a German sentence', () => {
  const rules = rulesIn(siteSchema).map((rule) => rule.replace(/ [a-z]+:\/\/\S+$/, ' …'));
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.filter((rule) => !Object.hasOwn(settingRules, rule))).toEqual([]);
  const origins = [
    'https://me@shop.example',
    'https://shop.example/',
    'https://shop.example/a',
    'HTTPS://shop.example',
  ];
  for (const origin of origins) {
    const [issue] = originSchema.safeParse(origin).error?.issues ?? [];
    expect(settingRules).toHaveProperty([String(issue?.message).replace('https://shop.example', '…')]);
  }
});

test('a refused setting is explained in German, with what was given and what is allowed', () => {
  const about = { setting: 'retentionDays', text: '-1 is not allowed.' };
  expect(
    settingFaults['not-allowed']({
      ...about,
      code: 'not-allowed',
      given: '-1',
      allowed: { type: 'integer', minimum: 0, maximum: 3650 },
    }),
  ).toBe('-1 ist nicht zulässig. Verwenden Sie eine ganze Zahl von 0 bis 3650.');
  expect(
    settingFaults['against-rule']({
      ...about,
      code: 'against-rule',
      given: '"https://shop.example/a"',
      rule: 'has a path. Use …',
      example: 'https://shop.example',
    }),
  ).toBe('„https://shop.example/a“ enthält einen Pfad. Verwenden Sie https://shop.example.');
});

interface Schema {
  safeParse(value: unknown, context: object): { readonly error?: { readonly issues: unknown } };
}
interface EndpointRules {
  readonly baseUrlSchema: Schema;
  readonly apiKeySchema: Schema;
  readonly apiKeyHeaderSchema: Schema;
  settingFaults(issues: unknown, context: object): SettingFault[];
}
const ofServer: EndpointRules = Object.assign(
  {},
  ...Object.values(
    import.meta.glob('../../../../server/src/config/{config-faults,address-schemas,endpoint-values}.ts', {
      eager: true,
    }),
  ),
);

test.each([
  ['baseUrl', 'models.example', /^„models\.example“ beginnt nicht mit http:/],
  ['baseUrl', 'https://models example', /ist keine gültige URL\./],
  ['baseUrl', 'https://me:key@models.example', /enthält einen Benutzernamen oder ein Passwort\./],
  ['baseUrl', 'https://models.example/v1#chat', /enthält ein Fragment\./],
  ['baseUrl', 'https://models.example/v1/completions', /Verwenden Sie https:\/\/models\.example\/v1\.$/],
  ['baseUrl', 'https://models.example/v1/responses', /endet mit \/responses /],
  ['baseUrl', 'https://models.example/v1/models', /endet mit \/models /],
  ['baseUrl', 'https://models.example/v1/embeddings', /endet mit \/embeddings /],
  ['baseUrl', 'https://models.example/v1/messages', /endet mit \/messages /],
  ['baseUrl', 'http://localhost:11434/api/chat', /von Ollama.* Verwenden Sie http:\/\/localhost:11434\/v1\.$/],
  [
    'baseUrl',
    'https://me.openai.azure.com/openai',
    /keine Version\. Verwenden Sie https:\/\/me\.openai\.azure\.com\/openai\/v1 oder/,
  ],
  [
    'baseUrl',
    'https://me.openai.azure.com/openai/deployments/chat',
    /keine API-Version\..* https:\/\/me\.openai\.azure\.com\/openai\/v1, das/,
  ],
  ['apiKey', '""', /enthält keinen Schlüssel\./],
  ['apiKey', 'two words', /enthält ein Leerzeichen/],
  ['apiKeyHeader', 'x-key:', /ist kein Header für einen Schlüssel\./],
] as const)('a refused %s such as %s is explained in German', (name, given, sentence) => {
  const { error } = ofServer[`${name}Schema`].safeParse(given, { error: () => '' });
  const [fault] = ofServer.settingFaults(error?.issues, { tree: {}, given: () => given });
  expect(fault && settingFaults['against-rule'](fault)).toMatch(sentence);
});

/** `` phrase`There is no site "${id}".` `` of the server → `There is no site "{0}".` */
function wordingsOfServer(): string[] {
  const folder = join(here, '../../../../server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('lib/phrase.ts'),
  );
  return files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bphrase`((?:[^`\\]|\\.)*)`/g)].map(([, source = '']) => {
      let values = 0;
      return source.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, () => `{${values++}}`).replaceAll('\\`', '`');
    }),
  );
}

/** The rules of the schemas of requests. Settings of sites and what visitors send are checked elsewhere. */
function rulesOfRequests(): string[] {
  const modules = import.meta.glob<object>(
    ['../../../../shared/src/*.ts', '!**/*.test.ts', '!**/site*.ts', '!**/wire-requests.ts'],
    { eager: true },
  );
  const seen = new Set<unknown>();
  return Object.values(modules).flatMap((module) => Object.values(module).flatMap((part) => rulesIn(part, seen)));
}

test('every rule of a request has a German sentence, and every field that has a German name is one', () => {
  const rules = new Set(rulesOfRequests());
  expect(rules.size).toBeGreaterThan(20);
  expect([...rules].filter((rule) => !Object.hasOwn(german.phrase.wordings, rule))).toEqual([]);
  const sources = readdirSync(join(here, '../../../../shared/src')).map((name) =>
    readFileSync(join(here, '../../../../shared/src', name), 'utf8'),
  );
  for (const field of Object.keys(requestFields))
    expect(
      sources.some((source) => new RegExp(`\\b${field}: |[{ ]${field},`).test(source)),
      field,
    ).toBe(true);
});

test('every phrase of the server has a German wording with the same values, and no other has one', () => {
  const wordings = wordingsOfServer().filter((wording) => /\p{L}{2}/u.test(wording));
  expect(wordings.length).toBeGreaterThan(100);
  const { wordings: translations } = german.phrase;
  const others = [...Object.keys(requestFields), ...Object.keys(requestRules)];
  expect(Object.keys(translations).toSorted()).toEqual([...new Set([...wordings, ...others])].toSorted());
  const valuesOf = (text: string) => (text.match(/\{\d+\}/g) ?? []).toSorted();
  for (const [wording, translation] of Object.entries(translations)) {
    expect(valuesOf(translation), wording).toEqual(valuesOf(wording));
    expect(translation, wording).not.toMatch(/["“][^„]*”|’s |\w…| - (?!und)/);
  }
});
