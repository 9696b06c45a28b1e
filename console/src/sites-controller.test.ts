import type { SiteSettings, SiteSettingsView } from '@firstword/shared/site-settings';
import { expect, test } from 'vitest';
import type { SiteApi } from './site-api.ts';
import { changedSettings, createSitesController } from './sites-controller.ts';

test('a change names what was edited alone, and null for what was removed', () => {
  const saved = { name: 'Lamps', theme: { accent: '#aa0000' }, hours: { timeZone: 'UTC' }, suggestions: ['A'] };
  const draft = { ...saved, suggestions: ['A', 'B'], hours: undefined, greeting: 'Hi', identitySecret: undefined };
  expect(changedSettings(saved, draft)).toEqual({ suggestions: ['A', 'B'], hours: null, greeting: 'Hi' });
});

test('the notice of a saved change says when visitors get it, and that proactive messages take longer', async () => {
  const about = { id: 'lamps', origin: 'console' as const, archived: false, fixed: [], secrets: [], versions: [] };
  let view: SiteSettingsView = { ...about, version: 1, settings: { name: 'Lamps', proactiveMessages: [] } };
  const unused = async () => ({ ok: false, code: 'offline', message: '' }) as const;
  const api: SiteApi = {
    list: unused,
    readSchema: unused,
    read: async () => ({ ok: true, value: view }),
    create: unused,
    async change(_id, settings: SiteSettings) {
      view = { ...view, version: view.version + 1, settings: { ...view.settings, ...settings } };
      return { ok: true, value: view };
    },
    rollBack: unused,
    archive: unused,
    readDiff: unused,
  };
  const sites = createSitesController(api);
  await sites.show('lamps');
  sites.edit('name', 'Lamps and more');
  await sites.save();
  expect(sites.notice.value?.text).toBe('Saved as version 2. Visitors get it within two seconds.');
  sites.edit('proactiveMessages', [{ id: 'hello', text: 'Hello' }]);
  await sites.save();
  expect(sites.notice.value?.text).toContain('changed proactive messages within five minutes');
});
