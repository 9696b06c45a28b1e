/** The texts of the widget's on-demand parts in German. */
import type { ExtraTexts } from './extra-texts-en.ts';

export const extraTexts: ExtraTexts = {
  handOffTitle: 'Unser Team kümmert sich darum',
  handOffNext:
    'Ihre bisherige Unterhaltung liegt unserem Team vor, Sie müssen nichts wiederholen. Die Antwort erscheint hier.',
  awayNext: (when) =>
    `Wir sind wieder da: ${when}. Hinterlassen Sie Ihre E-Mail-Adresse, dann antworten wir Ihnen auch dort.`,
  contact: 'Wohin dürfen wir Ihnen antworten, wenn Sie die Seite verlassen?',
  contactField: 'E-Mail-Adresse',
  contactSave: 'Speichern',
  contactSaved: (email) => `Wenn Sie die Seite verlassen, antworten wir an ${email}.`,
  contactChange: 'Ändern',
  contactInvalid: 'Bitte geben Sie eine gültige E-Mail-Adresse ein.',
  rateQuestion: 'Wie bewerten Sie diese Unterhaltung?',
  score: (given) => `${given} von 5`,
  worst: 'Schlecht',
  best: 'Sehr gut',
  comment: 'Möchten Sie etwas ergänzen? (optional)',
  reason: 'Was war nicht in Ordnung? (optional)',
  beforeStart: 'Bevor wir beginnen',
  yourName: 'Ihr Name',
  optional: (label) => `${label} (optional)`,
  required: 'Bitte füllen Sie dieses Feld aus.',
  startChat: 'Chat starten',
  skip: 'Überspringen',
  attach: 'Datei anhängen',
  uploading: (name) => `${name} wird hochgeladen …`,
  fileType: (types) => `Dieser Dateityp wird nicht unterstützt. Möglich sind: ${types}.`,
  fileSize: (limit) => `Diese Datei ist zu groß. Die maximale Größe ist ${limit}.`,
  fileContent: 'Der Inhalt dieser Datei passt nicht zur Dateiendung.',
  fileLimit: 'In dieser Unterhaltung können keine weiteren Dateien gesendet werden.',
  fileFailed: 'Die Datei konnte nicht gesendet werden.',
  remove: 'Entfernen',
  download: (name) => `${name} herunterladen`,
  fileGone: 'Diese Datei ist nicht mehr verfügbar.',
  notSaved: 'Das konnte nicht gespeichert werden. Bitte versuchen Sie es erneut.',
};
