/** Texts of the pages before an agent is signed in. */
import type { ProviderFailure } from '@firstword/shared/provider-failure';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const providerFailures: Readonly<Record<ProviderFailure, (provider: string) => string>> = {
  'provider-unavailable': (provider) =>
    `Signing in with ${provider} isn’t possible right now. Try again in a minute. If it stays this way, ask your operator to check the server’s log.`,
  'start-again': () => 'This sign-in took too long, was already used, or was started in another browser. Try again.',
  cancelled: () => 'The sign-in was cancelled.',
  'invalid-response': (provider) =>
    `The response from ${provider} is invalid. Try again. If it happens again, tell your operator.`,
  'unverified-email': (provider) =>
    `Your e-mail address isn’t verified at ${provider}. Verify it there, then try again.`,
  'no-account': () => 'There’s no account for your e-mail address. Ask an administrator to invite you.',
  'not-allowed': () => 'You don’t have access to this console. Ask an administrator.',
  'rate-limited': () => 'Too many failed sign-ins. Try again in 15 minutes.',
  unavailable: () => 'The server couldn’t sign you in. Try again in a few seconds.',
};

const english = {
  signIn: 'Sign in',
  signInTitle: 'Sign in to the agent console',
  signingIn: 'Signing in…',
  providerFailures,
  signInWith: (provider: string) => `Sign in with ${provider}`,
  or: 'or',
  email: 'E-mail address',
  password: 'Password',
  wrongCode: 'Incorrect e-mail address, password or code.',
  wrongSignIn: 'Incorrect e-mail address or password.',
  signedOut: 'You’ve been signed out. Your drafts are saved in this browser.',
  linkTitles: {
    'first-run': 'Create the first account',
    invite: 'Create your account',
    reset: 'Set a new password',
  },
  linkHints: {
    'first-run': 'You’ll be an administrator. This link works once and expires after 24 hours.',
    invite: 'You’ve been invited to the agent console. This link works once and expires after 24 hours.',
    reset: 'You’ll be signed in afterwards. This link works once and expires after 24 hours.',
  },
  linkInvalidTitle: 'This link doesn’t work',
  firstRunNoToken: 'To create an account, open the one-time link from the server’s output again.',
  firstRunFailed:
    'This link has expired, was already used, or belongs to another e-mail address. Ask an administrator for a new one. For the first account, restart the server.',
  name: 'Your name',
  nameHint: 'Visitors see this name next to your replies.',
  passwordHint: 'At least 12 characters.',
  createAccount: 'Create account',
  creatingAccount: 'Creating account…',
  newPassword: 'New password',
  setPassword: 'Set password',
  settingPassword: 'Setting password…',
  tooManyAttempts: (seconds: number) => `Too many attempts. Try again in ${countOf(seconds, 'second', 'seconds')}.`,
} as const;
export type SignInTexts = Texts<typeof english>;
export const signInTexts = translated<SignInTexts>('signIn', english);
