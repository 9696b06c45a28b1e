import { expect, test } from 'vitest';
import { configFileSchema } from './config/config-schema.ts';
import { createSiteCheck } from './site-check.ts';

const check = createSiteCheck(configFileSchema.parse({}));
const SITE = { id: 'shop', name: 'Shop', allowedOrigins: ['https://shop.example'] };
const faultsOf = (settings: Record<string, unknown>) => {
  const checked = check({ ...SITE, ...settings });
  return 'faults' in checked ? checked.faults : [];
};

test('each fault has a code and its values, beside the sentence in English', () => {
  expect(faultsOf({ retentionDays: -1, allowedOrigins: ['https://shop.example/help'] })).toMatchObject([
    {
      setting: 'allowedOrigins[0]',
      code: 'against-rule',
      given: '"https://shop.example/help"',
      rule: 'has a path. Use …',
      example: 'https://shop.example',
      text: '"https://shop.example/help" has a path. Use https://shop.example.',
    },
    { setting: 'retentionDays', code: 'not-allowed', given: '-1', allowed: { type: 'integer', minimum: 0 } },
  ]);
  expect(faultsOf({ retention: { fileDays: 100 }, retentionDays: 30 })).toMatchObject([
    { setting: 'retention.fileDays', code: 'longer-than-conversations', given: '100', most: 30 },
  ]);
  expect(faultsOf({ allowedRegions: ['eu-centrall'] })).toMatchObject([
    { setting: 'allowedRegions[0]', code: 'unknown-region', given: 'eu-centrall' },
  ]);
  expect(faultsOf({ greetings: 'Hello' })).toMatchObject([
    { setting: 'greetings', code: 'unknown-setting', near: 'greeting' },
  ]);
});

test('a secret is not repeated', () => {
  const [fault] = faultsOf({ identitySecret: 'too short' });
  expect(fault).toMatchObject({ setting: 'identitySecret', code: 'not-allowed' });
  expect(JSON.stringify(fault)).not.toContain('too short');
});
