/** The texts of the widget's on-demand parts in English, and what every other language must provide. */
export interface ExtraTexts {
  copy: string;
  copied: string;
  good: string;
  bad: string;
  thanks: string;
  again: string;
  newChat: string;
  /** The overview of conversations and articles. */
  home: string;
  unread: string;
  yourConversations: string;
  loadFailed: string;
  mailTranscript: string;
  mailSent(email: string): string;
  /** The visitor's message has arrived at the server. */
  delivered: string;
  /** An agent has read the message. */
  seen: string;
  dismiss: string;
  back: string;
  article: string;
  searchArticles: string;
  noArticles: string;
  openPage: string;
  continueChat: string;
  ended: string;
  endChat: string;
  sound: string;
  saveTranscript: string;
  agentRequestFailed: string;
  agentRequested: string;
  talkToAgent: string;
  /** Above the sentences of an answer that no article supports. */
  unsupported: string;
  offerAgent: string;
  handOffTitle: string;
  handOffNext: string;
  handOffCancel: string;
  agentAway(name: string): string;
  agentAwayNext: string;
  /** The agent is here but has not replied for a while. */
  agentSilent: string;
  agentSilentNext: string;
  askAssistant: string;
  awayNext(when: string): string;
  /** Where no e-mail can be sent. */
  awayNextHere(when: string): string;
  contact: string;
  contactField: string;
  contactSave: string;
  contactSaved(email: string): string;
  contactChange: string;
  contactInvalid: string;
  /** Above the field for the code that was sent to the address. */
  contactCode(email: string): string;
  contactConfirm: string;
  contactWrong: string;
  /** No further code is sent for now. */
  contactCodes: string;
  rateQuestion: string;
  score(given: number): string;
  worst: string;
  best: string;
  comment: string;
  reason: string;
  beforeStart: string;
  yourName: string;
  optional(label: string): string;
  required: string;
  startChat: string;
  skip: string;
  attach: string;
  uploading(name: string): string;
  fileType(types: string): string;
  fileSize(limit: string): string;
  fileEmpty: string;
  fileContent: string;
  fileUnsafe: string;
  fileLimit: string;
  fileFailed: string;
  remove: string;
  download(name: string): string;
  fileGone: string;
  /** Where the site accepts none. */
  noFiles: string;
  copyFailed: string;
  notSaved: string;
  /** Below the message field, where the site answers while visitors type. */
  answerWhileTyping: string;
  dataDownload: string;
  dataDelete: string;
  dataDeleteAsk: string;
  dataDeleteConfirm: string;
  cancel: string;
  dataFailed: string;
  /** `time`: 10 minutes */
  usualReply(time: string): string;
  teamBack(when: string): string;
  chatDelete: string;
  chatDeleteAsk: string;
  /** After that question, while the conversation is with the team. */
  chatDeleteOpen: string;
  /** Below the site's consent text. */
  consentAccept: string;
}

export const extraTexts: ExtraTexts = {
  copy: 'Copy',
  copied: 'Copied',
  good: 'Helpful',
  bad: 'Not helpful',
  thanks: 'Thank you',
  again: 'Answer again',
  unsupported: 'Not in our help articles:',
  offerAgent: 'Would you like someone from our team to take over?',
  talkToAgent: 'Talk to our team',
  agentRequested: 'We’ve asked the team. Someone will reply here.',
  agentRequestFailed: 'We couldn’t send your request.',
  saveTranscript: 'Save transcript',
  sound: 'Sound for new messages',
  endChat: 'End chat',
  ended: 'You ended this chat.',
  continueChat: 'Continue chat',
  newChat: 'New conversation',
  home: 'Home',
  unread: 'Unread',
  yourConversations: 'Your conversations',
  loadFailed: 'This couldn’t be loaded.',
  mailTranscript: 'Email this conversation',
  mailSent: (email) => `Sent to ${email}`,
  delivered: 'Delivered',
  seen: 'Seen',
  dismiss: 'Dismiss',
  back: 'Back',
  article: 'Article',
  searchArticles: 'Search help articles',
  noArticles: 'No articles found. Try other words.',
  openPage: 'Open page in a new tab',
  handOffTitle: 'We’ve passed this to our team',
  handOffNext:
    'They can see the whole conversation, so there’s no need to repeat anything. The reply will appear here.',
  handOffCancel: 'Never mind, continue with the assistant',
  agentAway: (name) => `${name} isn’t here right now`,
  agentAwayNext: 'Your messages are saved, and the reply will appear here.',
  agentSilent: 'Still waiting for a reply',
  agentSilentNext: 'Our team has your message, and the reply will appear here.',
  askAssistant: 'Ask the assistant meanwhile',
  awayNext: (when) => `We’ll be back ${when}. Leave your email address and we’ll also reply there.`,
  awayNextHere: (when) => `We’ll be back ${when}. The reply will appear here.`,
  contact: 'Where should we reply if you leave?',
  contactField: 'Email address',
  contactSave: 'Save',
  contactSaved: (email) => `If you leave, we’ll reply to ${email}.`,
  contactChange: 'Change',
  contactInvalid: 'Enter a valid email address.',
  contactCode: (email) => `Enter the 6-digit code we sent to ${email}.`,
  contactConfirm: 'Confirm',
  contactWrong: 'That code isn’t right or has expired.',
  contactCodes: 'We’ve sent several codes already. Use the last one, or try again in an hour.',
  rateQuestion: 'How would you rate this conversation?',
  score: (given) => `${given} out of 5`,
  worst: 'Poor',
  best: 'Great',
  comment: 'Anything you’d like to add? (optional)',
  reason: 'What went wrong? (optional)',
  beforeStart: 'Before we start',
  yourName: 'Your name',
  optional: (label) => `${label} (optional)`,
  required: 'This field is required.',
  startChat: 'Start chat',
  skip: 'Skip',
  attach: 'Attach a file',
  uploading: (name) => `Uploading ${name}…`,
  fileType: (types) => `You can’t send this type of file. Supported types: ${types}.`,
  fileSize: (limit) => `This file is too large. The limit is ${limit}.`,
  fileEmpty: 'This file is empty.',
  fileContent: 'This file’s content doesn’t match its extension.',
  fileUnsafe: 'This file contains macros or scripts, so it can’t be sent.',
  fileLimit: 'You can’t send any more files in this conversation.',
  fileFailed: 'The file couldn’t be sent.',
  remove: 'Remove',
  download: (name) => `Download ${name}`,
  fileGone: 'This file is no longer available.',
  noFiles: 'You can’t send files in this chat.',
  copyFailed: 'Couldn’t copy. Select the text and copy it yourself.',
  notSaved: 'That couldn’t be saved. Try again.',
  answerWhileTyping:
    'The assistant reads your question as you type, to answer faster. It isn’t saved until you send it.',
  dataDownload: 'Download my data',
  dataDelete: 'Delete my data',
  dataDeleteAsk: 'Delete everything in this chat and all data that is stored about you here? This can’t be undone.',
  dataDeleteConfirm: 'Delete',
  cancel: 'Cancel',
  dataFailed: 'That didn’t work. Try again.',
  usualReply: (time) => `Our team usually replies in under ${time}.`,
  teamBack: (when) => `Our team will be back ${when}.`,
  chatDelete: 'Delete conversation',
  chatDeleteAsk: 'Delete this conversation? This can’t be undone.',
  chatDeleteOpen: 'Our team won’t see it anymore and won’t reply.',
  consentAccept: 'Agree and continue',
};
