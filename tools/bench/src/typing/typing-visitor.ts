/** One page whose visitor types questions, and the felt TTFT that its widget reports. */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import type { Keystrokes } from './keystrokes.ts';

export interface Typed {
  /** Felt TTFT in milliseconds; undefined without a report. */
  readonly feltMs: number | undefined;
  /** How late each key was, in milliseconds, because the page or the machine was busy. */
  readonly lateMs: readonly number[];
}

export interface TypingVisitor {
  /** Types and sends a question; resolves after the answer's end. */
  ask(text: string, keystrokes: Keystrokes): Promise<Typed>;
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const lateSchema = z.array(z.number());
/** The limits of the pause in the built file. */
const PAUSE = /Math\.min\(400,Math\.max\(180,/;

/**
 * @param drafts whether the site answers while visitors type
 * @param fixedPauseMs replaces the visitor's own rhythm
 */
export async function openTypingVisitor(
  browser: Browser,
  pageUrl: string,
  drafts: boolean,
  fixedPauseMs: number | undefined,
): Promise<TypingVisitor> {
  const context = await browser.newContext({ viewport: { width: 800, height: 700 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript({ path: fileURLToPath(new URL('./typist.js', import.meta.url)) });
  if (fixedPauseMs !== undefined)
    await context.route('**/assets/typing-*.js', async (route) => {
      const response = await route.fetch();
      const code = await response.text();
      if (!PAUSE.test(code)) throw new Error('The built file that sends drafts has another form. Update `PAUSE`.');
      await route.fulfill({
        response,
        body: code.replace(PAUSE, `Math.min(${fixedPauseMs},Math.max(${fixedPauseMs},`),
      });
    });
  const page = await context.newPage();
  let report: (ms: number) => void = () => {};
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const ms = /"first-token-seen",\{.*?"ms":([\d.]+)/.exec(String(payload))?.[1];
      if (ms !== undefined) report(Number(ms));
    }),
  );
  const sender = drafts ? page.waitForResponse('**/assets/typing-*.js') : undefined;
  await page.goto(pageUrl);
  await page.locator('.empty__greeting').waitFor();
  await page.focus('textarea');
  await sender;
  let answers = 0;
  return {
    async ask(text, { gapsMs, beforeEnterMs }) {
      let reported: number | undefined;
      report = (ms) => {
        reported = ms;
      };
      const lateMs = lateSchema.parse(
        await page.evaluate(`typist.type(${JSON.stringify(text)}, ${JSON.stringify(gapsMs)}, ${beforeEnterMs})`),
      );
      answers += 1;
      await page
        .locator(`.answer[aria-busy=false]`)
        .nth(answers - 1)
        .waitFor();
      return { feltMs: reported, lateMs };
    },
    close: () => context.close(),
  };
}
