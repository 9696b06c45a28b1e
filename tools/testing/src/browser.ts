/** Launches Chromium for tests and benchmarks. */
import { type Browser, chromium } from 'playwright-core';

/** No background network traffic. Chromium's sandbox cannot start as root, as in a container. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const BROWSER_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BROWSER_PATH, args: BROWSER_ARGS });
}
