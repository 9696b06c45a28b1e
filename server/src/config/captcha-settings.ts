/** All settings of the captcha: what follows from the configuration file and the environment. */
import { CAPTCHA_PROVIDERS } from '@firstword/shared/proof-of-work';
import type { CaptchaFile } from './captcha-schema.ts';
import type { Environment } from './environment.ts';

type Provider = (typeof CAPTCHA_PROVIDERS)[number];
interface ProviderAddresses {
  readonly scriptUrl: string;
  readonly verifyUrl: string;
  /** What a Content Security Policy must allow for its script and frame. */
  readonly hosts: readonly string[];
}
const PROVIDERS: Readonly<Record<Provider, ProviderAddresses>> = {
  turnstile: {
    scriptUrl: 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit',
    verifyUrl: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    hosts: ['https://challenges.cloudflare.com'],
  },
  hcaptcha: {
    scriptUrl: 'https://js.hcaptcha.com/1/api.js?render=explicit',
    verifyUrl: 'https://api.hcaptcha.com/siteverify',
    hosts: ['https://hcaptcha.com', 'https://*.hcaptcha.com'],
  },
};

export interface CaptchaSettings extends ProviderAddresses, Omit<CaptchaFile, keyof ProviderAddresses> {
  readonly provider: Provider;
  readonly siteKey: string;
  readonly secretKey: string;
}

/** Undefined for none. */
export function captchaSettings(environment: Environment, file: CaptchaFile): CaptchaSettings | undefined {
  const { CAPTCHA_PROVIDER: provider, CAPTCHA_SITE_KEY: siteKey, CAPTCHA_SECRET_KEY: secretKey } = environment;
  if (provider === undefined || siteKey === undefined || secretKey === undefined) return undefined;
  const hosts = file.scriptUrl === undefined ? PROVIDERS[provider].hosts : [new URL(file.scriptUrl).origin];
  return { ...PROVIDERS[provider], ...file, hosts, provider, siteKey, secretKey };
}

/** One line for each. */
export function captchaFaults(environment: Environment): string[] {
  const names = ['CAPTCHA_PROVIDER', 'CAPTCHA_SITE_KEY', 'CAPTCHA_SECRET_KEY'] as const;
  const given = names.filter((name) => environment[name] !== undefined);
  const [first] = given;
  if (first === undefined || environment.ROLE === 'worker') return [];
  return names
    .filter((name) => !given.includes(name))
    .map(
      (name) =>
        `${name}: is required with ${first} but not set. ${name === 'CAPTCHA_PROVIDER' ? `Use ${CAPTCHA_PROVIDERS.join(' or ')}.` : 'Use the key from the dashboard of the provider.'}`,
    );
}
