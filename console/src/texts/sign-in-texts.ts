/** Texts of the pages before an agent is signed in. */
import { countOf } from './common-texts.ts';

export const signInTexts = {
  signIn: 'Sign in',
  signInTitle: 'Sign in to the agent console',
  signingIn: 'Signing in…',
  email: 'E-mail address',
  password: 'Password',
  wrongSignIn: 'Incorrect e-mail address or password.',
  signedOut: 'You’ve been signed out. Your drafts are saved in this browser.',
  firstRunTitle: 'Set up your account',
  firstRunHint: 'This link works once and expires after 24 hours.',
  firstRunNoToken: 'To create an account, open the one-time link from the server’s output again.',
  firstRunFailed:
    'This link has expired, was already used, or belongs to another e-mail address. Ask an administrator for a new one. For the first account, restart the server.',
  name: 'Your name',
  nameHint: 'Visitors see this name next to your replies.',
  passwordHint: 'At least 12 characters.',
  createAccount: 'Create account',
  creatingAccount: 'Creating account…',
  tooManyAttempts: (seconds: number) => `Too many attempts. Try again in ${countOf(seconds, 'second', 'seconds')}.`,
} as const;
