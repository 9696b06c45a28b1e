/** Texts of the pages before an agent is signed in. */
import { countOf } from './common-texts.ts';

export const signInTexts = {
  signIn: 'Sign in',
  signInTitle: 'Sign in to the agent console',
  signingIn: 'Signing in…',
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
