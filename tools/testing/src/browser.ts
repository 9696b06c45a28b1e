/** Launches Chromium for tests and benchmarks. */
import { type Browser, chromium } from 'playwright-core';

/** No background network traffic. Chromium's sandbox cannot start as root, as in a container. */
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ARGS });
}
