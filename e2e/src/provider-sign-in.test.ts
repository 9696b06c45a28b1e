import { join } from 'node:path';
import { sharedBrowser } from '@firstword/testing/browser';
import { createPage } from '@firstword/testing/console-page';
import { startProviderInstallation } from '@firstword/testing/provider-installation';
import { expect, onTestFinished, test } from 'vitest';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');

test('an invited agent signs in through the login page of the provider, and one without an invitation reads why not', async () => {
  const { url, oidc, web, stop } = await startProviderInstallation(
    { oidc: { label: 'Acme ID' } },
    { folders: { widget: dist('widget'), console: dist('console') } },
  );
  onTestFinished(stop);
  const owner = createPage(`${url}/api/v1`, url);
  const first = { email: 'agent@shop.example', name: 'First agent', password: 'a long enough password' };
  await owner.request('POST', '/first-run', { token: await web.firstRun(), ...first });
  await owner.request('POST', '/team/invites', { email: 'ada@shop.example', roles: { '*': 'admin' } });
  const context = await (await sharedBrowser()).newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();

  const enter = async (login: string) => {
    const link = page.getByRole('link', { name: 'Sign in with Acme ID' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Login').fill(login);
    await page.keyboard.press('Enter');
  };
  oidc.people.set('eve', { sub: '1', email: 'eve@shop.example', email_verified: true });
  oidc.people.set('ada', { sub: '2', email: 'ada@shop.example', email_verified: true, name: 'Ada' });
  await page.goto(`${url}/console/team`);
  await enter('eve');
  await page.getByRole('alert').getByText('There’s no account for your e-mail address').waitFor();
  expect(page.url()).toBe(`${url}/console`);

  // Another person at the provider.
  await context.clearCookies();
  await page.goto(`${url}/console/conversations`);
  await enter('ada');
  await page.getByRole('heading', { name: 'Conversations' }).waitFor();
  expect(page.url()).toBe(`${url}/console/conversations`);
});
