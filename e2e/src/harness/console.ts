/** Creates agent accounts in the console, with the links that the product prints. */
import type { Product } from '@firstword/testing/npm-start';
import type { Page } from 'playwright-core';

/** The printed one-time link, with the product's own address. */
export function oneTimeLink(product: Product, printed: string): string {
  const token = /\/console\/first-run#token=(\S+)/.exec(printed)?.[1];
  if (token === undefined) throw new Error(`no one-time link was printed:\n${printed}`);
  return `${product.url}/console/first-run#token=${token}`;
}

/** Fills in the form of a one-time link. */
export async function becomeAgent(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  const field = page.getByLabel('E-mail address');
  // An invitation is for one address.
  if (await field.isEditable()) await field.fill(email);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  const tickets = page.getByRole('region', { name: 'Tickets' });
  const setUp = page.getByRole('heading', { name: 'Set-up' });
  await tickets.or(setUp).waitFor();
  // The owner of an installation without a site of its own.
  if (await setUp.isVisible()) await page.goto(page.url().replace(/\/set-up$/, ''));
  await tickets.waitFor();
}
