/** Texts of the Sites page. Pure. */
import type { ApiError } from '@firstword/shared/console-wire';
import type { SettingFault, SettingFaultCode } from '@firstword/shared/setting-fault';
import type { SiteSummary } from '@firstword/shared/site-settings';
import { pageTexts } from './page-texts.ts';
import { phraseText } from './phrase-texts.ts';
import { type Texts, translated } from './translated.ts';

/** The sections of a site's page, and the settings in each. */
export const SITE_SECTIONS = [
  { id: 'pages', settings: ['name', 'allowedOrigins', 'locale'] },
  { id: 'look', settings: ['theme'] },
  { id: 'conversation', settings: ['greeting', 'suggestions', 'answerWhileTyping'] },
  { id: 'proactive', settings: ['proactiveMessages'] },
  { id: 'hours', settings: ['hours', 'replyTargets', 'agentSilenceMinutes'] },
  { id: 'hand-off', settings: ['handOff', 'assignment'] },
  { id: 'forms', settings: ['preChat', 'consent'] },
  { id: 'uploads', settings: ['uploads'] },
  {
    id: 'identity',
    settings: ['identity', 'identitySecret', 'identityKeys', 'identityUserHash'],
  },
  {
    id: 'privacy',
    settings: [
      ...[
        'retentionDays',
        'retention',
        'dataRequests',
        'pushText',
        'allowedRegions',
        'maskPersonalData',
        'maskSecrets',
        'revealMasked',
      ],
    ],
  },
  { id: 'budgets', settings: ['budgets'] },
] as const;
export type SectionId = (typeof SITE_SECTIONS)[number]['id'];

const sections: Record<SectionId, string> = {
  pages: 'Name and pages',
  look: 'Look',
  conversation: 'Greeting and suggestions',
  proactive: 'Proactive messages',
  hours: 'Hours',
  'hand-off': 'Hand-off',
  forms: 'Before the first message',
  uploads: 'Files',
  identity: 'Known visitors',
  privacy: 'Privacy',
  budgets: 'Budgets',
};

/** Labels of settings and their parts whose names say less. */
const labels: Readonly<Record<string, string>> = {
  allowedOrigins: 'Pages that may show the widget',
  locale: 'Language',
  theme: 'Colours and shape',
  accent: 'Accent colour',
  radius: 'Corner radius',
  light: 'Own colours in the light scheme',
  dark: 'Own colours in the dark scheme',
  surface: 'Background',
  proactiveMessages: 'Proactive messages',
  translations: 'In other languages',
  afterSeconds: 'Seconds on the page',
  oncePer: 'How often',
  visitor: 'Once per visitor',
  visit: 'Once per visit',
  duringHours: 'Only during opening hours',
  hours: 'Opening hours',
  timeZone: 'Time zone',
  open: 'Periods',
  from: 'Opens',
  to: 'Closes',
  handOff: 'When to hand off',
  complex: 'Complex questions',
  onNegativeSentiment: 'Unhappy visitors',
  preChat: 'Ask visitors before the first message',
  email: 'E-mail address',
  question: 'A question of your own',
  label: 'Text',
  consent: 'Ask for consent',
  url: 'URL',
  uploads: 'Visitors can send files',
  maxMb: 'Largest file (MB)',
  types: 'File types',
  identity: 'Identify visitors',
  identitySecret: 'Secret for identity tokens',
  identityKeys: 'Public keys for identity tokens',
  identityUserHash: 'Accept user hashes',
  allowPrivate: 'Address in your private network',
  retentionDays: 'Days until conversations are deleted',
  retention: 'Own times for single kinds of records',
  dataRequests: 'Visitors can download and delete their data',
  pushText: 'Push notifications contain the visitor’s words',
  allowedRegions: 'Regions of model endpoints',
  maskPersonalData: 'Hide personal data from models',
  maskSecrets: 'Hide secrets from models',
  revealMasked: 'Restore hidden data in answers',
  budgets: 'Spending limits of this site',
  conversation: 'Per conversation',
  addressDay: 'Per address and day',
  visitorDay: 'Per visitor and day',
  siteDay: 'Per day',
  analysisUsdPerDay: 'Analyses per day (US dollars)',
  usd: 'US dollars',
  stopped: 'Stop all model calls',
  agentSilenceMinutes: 'Minutes until the assistant is offered again',
  replyTargets: 'Minutes until the first reply',
  critical: 'Critical urgency',
  high: 'High urgency',
  normal: 'Normal urgency',
  low: 'Low urgency',
  assignment: 'Assignment',
  inTurn: 'Assign new tickets automatically',
  maxOpenTickets: 'Open tickets per agent at most',
};

/** Where the reference speaks of the configuration file. */
const hints: Readonly<Record<string, string>> = {
  allowedOrigins: 'Scheme and host of each page, such as https://www.example.com.',
  identity: 'Whether visitors are identified by a token that your server signs.',
  identitySecret: 'Verifies the identity tokens (JWT, HS256) of signed-in visitors. At least 32 characters.',
  answerWhileTyping: 'What the server does with a text before it is sent: look up articles, or ask the models, too.',
};

/** What the reference says of a setting in another language, by its English text. */
const descriptions: Readonly<Record<string, string>> = {};

/** Of faults in settings. The server has English ones of its own. */
const faults: Readonly<Partial<Record<SettingFaultCode, (fault: SettingFault) => string>>> = {};

const origins: Record<SiteSummary['origin'], string> = {
  console: 'Set in the console',
  file: 'Set in the configuration file',
  demo: 'Demo, until you add a site',
};

const english = {
  labels,
  hints,
  descriptions,
  faults,
  sections,
  title: pageTexts.sites,
  hint: 'A site is one of your pages or products, with its own settings and articles.',
  notRead: 'The sites couldn’t be loaded.',
  offline: 'The server didn’t respond. Try again.',
  conflict: 'Another administrator changed this site meanwhile. Open it again, then make your changes.',
  origins,
  add: 'Add site',
  create: 'Create site',
  cancel: 'Cancel',
  id: 'ID',
  idHint: 'The data-site of your pages, such as shop. It can’t be changed later.',
  name: 'Name',
  nameHint: 'Visitors see it in the header of the chat.',
  origin: 'Address of your website',
  originHint: 'Such as https://www.example.com. You can add more later.',
  originWrong: 'Enter the address of a website, such as https://www.example.com.',
  idRule: 'Use up to 48 characters: a to z, digits and hyphens.',
  created: 'The site is ready. Add the script below to your pages.',
  back: 'All sites',
  openSite: 'Settings',
  section: 'Section',
  save: 'Save changes',
  discard: 'Discard',
  saved: (version: number) => `Saved as version ${version}. Visitors get it within two seconds.`,
  savedMessages: (version: number) =>
    `Saved as version ${version}. Visitors get it within two seconds, changed proactive messages within five minutes, on the next page that they open.`,
  unsaved: 'You have unsaved changes.',
  fixed: {
    file: 'Set in the configuration file. Change it there.',
    demo: 'Part of the demo. Add a site of your own to change it.',
  },
  onePerLine: 'One per line.',
  notSet: 'Not set',
  addEntry: 'Add',
  removeEntry: 'Remove',
  addMessage: 'Add message',
  messagePreview: (text: string) => `Preview of the message: ${text}`,
  secretSet: 'Set. Enter another one to replace it.',
  generate: 'Generate',
  look: 'Preview of the look',
  pickColour: 'Pick the colour',
  previewVisitor: 'Where is my order?',
  previewAnswer: 'It left our warehouse this morning and arrives tomorrow.',
  archive: 'Archive site',
  archiveSure: 'Archive and close to visitors',
  archived: 'The site is archived. Visitors can’t use it.',
  archivedMark: 'Archived',
  reopen: 'Open again',
  reopened: 'Visitors can use the site again.',
  versions: 'History',
  compare: 'Changes',
  noChanges: 'Nothing changed.',
  changedSecret: 'changed',
  snippet: 'Add it to your pages',
  snippetHint: 'Choose how your pages are built.',
} as const;
export type SiteTexts = Texts<typeof english>;
export const siteTexts = translated<SiteTexts>('site', english);

/** `confidenceFloor` → “Confidence floor” */
export function settingLabel(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return siteTexts.labels[name] ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** `hours.open[0].from` → “Opening hours, Periods, Opens” */
const settingName = (path: string): string =>
  path
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .map((name) => (name === 'id' ? siteTexts.id : settingLabel(name)))
    .join(', ');

export type Refusal = Pick<ApiError, 'message' | 'settingFaults'>;

const faultText = (fault: SettingFault): string =>
  fault.phrase === undefined ? (siteTexts.faults[fault.code]?.(fault) ?? fault.text) : phraseText(fault.phrase);

/** One line for each setting that was refused, with the name that it has here. */
export function refusalText({ message, settingFaults = [] }: Refusal, nameOf = settingName): string {
  if (settingFaults.length === 0) return message;
  return settingFaults.map((fault) => `${nameOf(fault.setting)}: ${faultText(fault)}`).join('\n');
}

/** What the configuration reference says of a setting, without marks and links. */
export const settingHint = (name: string, description = ''): string =>
  siteTexts.hints[name] ??
  (siteTexts.descriptions[description] ?? description).replaceAll(/ \(\[[^\]]*\]\([^)]*\)\)/g, '').replaceAll('`', '');
