/** The pages before an agent is signed in. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const signIn = {
  signIn: 'Anmelden',
  signInTitle: 'Bei der Agentenkonsole anmelden',
  signingIn: 'Anmeldung läuft …',
  providerFailures: {
    'provider-unavailable': (provider) =>
      `Die Anmeldung mit ${provider} ist gerade nicht möglich. Versuchen Sie es in einer Minute erneut. Bleibt es dabei, bitten Sie Ihren Betreiber, das Protokoll des Servers zu prüfen.`,
    'start-again': () =>
      'Diese Anmeldung hat zu lange gedauert, wurde bereits verwendet oder in einem anderen Browser begonnen. Versuchen Sie es erneut.',
    cancelled: () => 'Die Anmeldung wurde abgebrochen.',
    'invalid-response': (provider) =>
      `Die Antwort von ${provider} ist ungültig. Versuchen Sie es erneut. Passiert es wieder, informieren Sie Ihren Betreiber.`,
    'unverified-email': (provider) =>
      `Ihre E-Mail-Adresse ist bei ${provider} nicht bestätigt. Bestätigen Sie sie dort und versuchen Sie es dann erneut.`,
    'no-account': () => 'Für Ihre E-Mail-Adresse gibt es kein Konto. Bitten Sie einen Administrator um eine Einladung.',
    'not-allowed': () => 'Sie haben keinen Zugriff auf diese Konsole. Wenden Sie sich an einen Administrator.',
    'rate-limited': () => 'Zu viele fehlgeschlagene Anmeldungen. Versuchen Sie es in 15 Minuten erneut.',
    unavailable: () => 'Der Server konnte Sie nicht anmelden. Versuchen Sie es in einigen Sekunden erneut.',
  },
  signInWith: (provider) => `Mit ${provider} anmelden`,
  or: 'oder',
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  wrongCode: 'E-Mail-Adresse, Passwort oder Code ist falsch.',
  wrongSignIn: 'E-Mail-Adresse oder Passwort ist falsch.',
  signedOut: 'Sie wurden abgemeldet. Ihre Entwürfe sind in diesem Browser gespeichert.',
  linkTitles: {
    'first-run': 'Erstes Konto erstellen',
    invite: 'Ihr Konto erstellen',
    reset: 'Neues Passwort festlegen',
  },
  linkHints: {
    'first-run': 'Sie werden Administrator. Dieser Link funktioniert einmal und läuft nach 24 Stunden ab.',
    invite: 'Sie wurden zur Agentenkonsole eingeladen. Dieser Link funktioniert einmal und läuft nach 24 Stunden ab.',
    reset: 'Danach sind Sie angemeldet. Dieser Link funktioniert einmal und läuft nach 24 Stunden ab.',
  },
  linkInvalidTitle: 'Dieser Link funktioniert nicht',
  firstRunNoToken: 'Um ein Konto zu erstellen, öffnen Sie den Einmallink aus der Ausgabe des Servers erneut.',
  firstRunFailed:
    'Dieser Link ist abgelaufen, wurde bereits verwendet oder gehört zu einer anderen E-Mail-Adresse. Bitten Sie einen Administrator um einen neuen. Für das erste Konto starten Sie den Server neu.',
  name: 'Ihr Name',
  nameHint: 'Besucher sehen diesen Namen neben Ihren Antworten.',
  passwordHint: 'Mindestens 12 Zeichen.',
  createAccount: 'Konto erstellen',
  creatingAccount: 'Konto wird erstellt …',
  newPassword: 'Neues Passwort',
  setPassword: 'Passwort festlegen',
  settingPassword: 'Passwort wird festgelegt …',
  tooManyAttempts: (seconds) =>
    `Zu viele Versuche. Versuchen Sie es in ${countOf(seconds, 'Sekunde', 'Sekunden')} erneut.`,
} satisfies Catalogs['signIn'];
