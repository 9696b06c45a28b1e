/** A captcha provider on this machine: its script for the page, and the address at which servers have tokens checked. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CaptchaSettings } from '@firstword/server/config/captcha-settings';
import { listenLocally } from './listen-locally.ts';

export interface CaptchaProvider {
  readonly settings: CaptchaSettings;
  /** A token as the script makes it on a page of this host. */
  tokenFor(host: string, siteKey?: string): string;
  /** The forms that servers have sent. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  /** Forgets what it was asked. */
  forget(): void;
  /** How it answers from now on; `silent` never does. */
  answer(how: 'verdict' | 'silent' | 'error' | 'wrong-secret'): void;
  /** How its script behaves from now on; `click` shows a button first. */
  browser(how: 'unseen' | 'click' | 'missing'): void;
  stop(): Promise<void>;
}

const SITE_KEY = 'key-of-the-site';
const SECRET_KEY = 'secret-of-the-site';
const token = (host: string, siteKey: string, id: string) => `token~${siteKey}~${host}~${id}`;

const script = (needsClick: boolean) => `
  const finish = (options) => options.callback(['token', options.sitekey, location.hostname, Math.random()].join('~'));
  window.turnstile = {
    render(place, options) {
      if (!${needsClick}) { setTimeout(finish, 0, options); return 'one'; }
      const button = document.createElement('button');
      button.textContent = 'Verify';
      button.style.cssText = 'inline-size:100%;block-size:65px';
      button.onclick = () => { options['after-interactive-callback'](); finish(options); };
      place.append(button);
      options['before-interactive-callback']();
      return 'one';
    },
    remove() {},
  };`;

export async function startCaptchaProvider(): Promise<CaptchaProvider> {
  const asked: Record<string, string>[] = [];
  const used = new Set<string>();
  let how: Parameters<CaptchaProvider['answer']>[0] = 'verdict';
  let browser: Parameters<CaptchaProvider['browser']>[0] = 'unseen';
  const verdictOf = ({ secret, response = '' }: Record<string, string>): object => {
    const fault = (code: string) => ({ success: false, 'error-codes': [code] });
    if (secret !== SECRET_KEY || how === 'wrong-secret') return fault('invalid-input-secret');
    const [kind, siteKey, hostname] = response.split('~');
    if (kind !== 'token' || siteKey !== SITE_KEY) return fault('invalid-input-response');
    if (used.has(response)) return fault('timeout-or-duplicate');
    used.add(response);
    return { success: true, hostname, 'error-codes': [] };
  };
  const server = createServer(async (request, response) => {
    if (request.url === '/api.js') {
      if (browser === 'missing') return void response.writeHead(404).end();
      return void response.setHeader('content-type', 'text/javascript').end(script(browser === 'click'));
    }
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push(form);
    if (how === 'silent') return;
    if (how === 'error') return void response.writeHead(503).end('away');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(verdictOf(form)));
  });
  const origin = `http://127.0.0.1:${await listenLocally(server)}`;
  return {
    settings: {
      provider: 'turnstile',
      siteKey: SITE_KEY,
      secretKey: SECRET_KEY,
      scriptUrl: `${origin}/api.js`,
      verifyUrl: `${origin}/siteverify`,
      hosts: [origin],
      allowPrivate: true,
      withoutToken: 'refuse',
    },
    tokenFor: (host, siteKey = SITE_KEY) => token(host, siteKey, randomUUID()),
    asked,
    forget: () => void asked.splice(0),
    answer(next) {
      how = next;
    },
    browser(next) {
      browser = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
