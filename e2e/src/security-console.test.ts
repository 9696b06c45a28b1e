/** The console in Chromium under its real headers: no content policy and no Trusted Types rule is violated. */
import { join } from 'node:path';
import { sharedBrowser } from '@firstword/testing/browser';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer } from '@firstword/testing/test-server';
import { expect, onTestFinished, test } from 'vitest';
import { becomeAgent } from './harness/console.ts';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');
const PAGES = ['Conversations', 'Response time', 'Cost', 'Knowledge'];

test('every page of the console works with Trusted Types and without inline code, and cannot be framed', async ({
  task,
}) => {
  const server = await startTestServer({ folders: { widget: dist('widget'), console: dist('console') } });
  onTestFinished(() => server.stop());
  const address = `http://localhost:${server.port}`;
  const page = await (await sharedBrowser()).newPage();
  onTestFinished(() => page.close());
  const problems: string[] = [];
  page.on(
    'console',
    (message) => /Content Security|TrustedHTML|TrustedScript/i.test(message.text()) && problems.push(message.text()),
  );
  page.on('pageerror', (error) => problems.push(String(error)));
  const response = await page.goto(`${address}/console/first-run#token=${await server.firstRun()}`);
  expect(response?.headers()['content-security-policy']).toContain("require-trusted-types-for 'script'");
  await becomeAgent(page, 'First agent', 'agent@shop.example');
  for (const name of PAGES) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }
  expect(problems).toEqual([]);
  const blocked = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<img>';
      return false;
    } catch {
      return true;
    }
  });
  expect(blocked).toBe(true);
  addSecurityRow(task, {
    id: 'S34',
    tried: `${PAGES.length + 1} pages of the console in Chromium with Trusted Types; HTML assigned to an element`,
    result: `${problems.length} violations; the assignment was refused`,
  });
});
