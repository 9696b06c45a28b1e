/** Was an einer Anfrage falsch ist: die Felder und ihre Regeln, nach dem englischen Wortlaut. */

export const requestPhrases: Readonly<Record<string, string>> = {
  '{0}, entry {1}': '{0}, Eintrag {1}',
  'is not valid': 'ist nicht zulässig',
  'is required': 'ist erforderlich',
  'must not be empty': 'darf nicht leer sein',
  'must be a text': 'muss ein Text sein',
  'must be a number': 'muss eine Zahl sein',
  'must be a whole number': 'muss eine ganze Zahl sein',
  'must be true or false': 'muss true oder false sein',
  'must be a list': 'muss eine Liste sein',
  'must be an object': 'muss ein Objekt sein',
  'must be one of these: {0}': 'muss einer dieser Werte sein: {0}',
  'must be at least {0}': 'muss mindestens {0} sein',
  'must be at most {0}': 'darf höchstens {0} sein',
  'must have at least {0} characters': 'muss mindestens {0} Zeichen haben',
  'must have at most {0} characters': 'darf höchstens {0} Zeichen haben',
  'must have at least {0} entries': 'muss mindestens {0} Einträge haben',
  'must have at most {0} entries': 'darf höchstens {0} Einträge haben',
  'has no field "{0}"': 'hat kein Feld „{0}“',
};

/** Regeln der Schemas. */
export const requestRules: Readonly<Record<string, string>> = {
  'must be an e-mail address': 'muss eine E-Mail-Adresse sein',
  'is not an e-mail address': 'ist keine E-Mail-Adresse',
  'must have at least 12 characters': 'muss mindestens 12 Zeichen haben',
  'must be 1 to 200 characters without spaces or "#"': 'muss 1 bis 200 Zeichen ohne Leerzeichen und „#“ haben',
  'must be an http(s) URL or a path that begins with a single /':
    'muss eine URL mit http(s) oder ein Pfad sein, der mit einem einzelnen / beginnt',
  'must be an http(s) URL': 'muss eine URL mit http(s) sein',
  'must not contain a user name or password': 'darf weder Benutzernamen noch Passwort enthalten',
  'must begin with / or *, such as /docs/*': 'muss mit / oder * beginnen, zum Beispiel /docs/*',
  'must be a text, not a regular expression': 'muss ein Text sein, kein regulärer Ausdruck',
  'is a message of a conversation. Add its conversationId':
    'ist eine Nachricht einer Konversation. Geben Sie deren conversationId an',
  'is empty. Choose at least one event type': 'ist leer. Wählen Sie mindestens eine Art von Ereignissen',
  'is not a language. Use a code of two or three letters such as de, without a region':
    'ist keine Sprache. Verwenden Sie einen Code aus zwei oder drei Buchstaben wie de, ohne Region',
  'is not a language code. Use two or three lower-case letters, such as de':
    'ist kein Sprachcode. Verwenden Sie zwei oder drei Kleinbuchstaben, zum Beispiel de',
  'is not a site id. Use 1 to 48 characters: a-z, 0-9 and -':
    'ist keine ID einer Website. Verwenden Sie 1 bis 48 Zeichen: a bis z, 0 bis 9 und -',
  'is not a day. Use YYYY-MM-DD, such as 2026-05-20': 'ist kein Tag. Verwenden Sie JJJJ-MM-TT, zum Beispiel 2026-05-20',
  'use letters, digits, "-" and "_", such as late-delivery':
    'darf nur Buchstaben, Ziffern, „-“ und „_“ enthalten, zum Beispiel späte-lieferung',
  'is not the name of a region. Use 1 to 32 characters: a-z, 0-9, and single - between them':
    'ist kein Name einer Region. Verwenden Sie 1 bis 32 Zeichen: a bis z, 0 bis 9 und einzelne Bindestriche dazwischen',
  'must be a relative path with slashes, such as returns/refund.md':
    'muss ein relativer Pfad mit Schrägstrichen sein, zum Beispiel retouren/erstattung.md',
  'use a language code, such as de or pt-BR': 'muss ein Sprachcode sein, zum Beispiel de oder pt-BR',
  'is not a visitor id': 'ist keine ID eines Besuchers',
  'Give exactly one of visitorId, email and session': 'Geben Sie genau eines von visitorId, email und session an',
  'is at most 200 with the format json': 'ist im Format json höchstens 200',
  'a reason is required to stop model calls': 'Um Modellaufrufe anzuhalten, ist ein Grund erforderlich',
  'needs either "gap" or "conversation"': 'benötigt entweder „gap“ oder „conversation“',
  'names a model twice. Remove one of the two': 'nennt ein Modell zweimal. Entfernen Sie eines der beiden',
  'must name a site; leave it out for all sites': 'muss eine Website nennen; lassen Sie es für alle Websites weg',
  'must name a site, or * for all sites': 'muss eine Website nennen, oder * für alle Websites',
  'name single sites beside "*": "admin". An administrator of all sites has no other role':
    'nennt einzelne Websites neben „*“: „admin“. Ein Administrator aller Websites hat keine andere Rolle',
  'The same file is attached twice.': 'Dieselbe Datei ist zweimal angehängt.',
  'A reply needs a text or an attachment.': 'Eine Antwort braucht einen Text oder einen Anhang.',
  'A draft needs a text or an attachment.': 'Ein Entwurf braucht einen Text oder einen Anhang.',
  'use letters, digits, "-" and "_", such as refund-sent':
    'darf nur Buchstaben, Ziffern, „-“ und „_“ enthalten, zum Beispiel rueckzahlung',
  'Write a text, or choose what to do with the ticket':
    'Schreiben Sie einen Text, oder wählen Sie, was mit dem Ticket geschieht',
  '{0} is not a variable. Use {1}.': '{0} ist keine Variable. Verwenden Sie {1}.',
  '{0} is unknown for some visitors. Add a fallback, such as {1}.':
    '{0} ist bei manchen Besuchern nicht bekannt. Geben Sie einen Ersatz an, zum Beispiel {1}.',
};

/** Felder, die in Formularen anders heißen. */
export const requestFields: Readonly<Record<string, string>> = {
  absent: 'Die Antwort sagt nicht',
  body: 'Text',
  category: 'Kategorie',
  cites: 'Die Antwort zitiert',
  code: 'Code',
  conversation: 'Nachrichten',
  email: 'E-Mail-Adresse',
  exclude: 'Ohne diese Pfade',
  facts: 'Die Antwort sagt',
  id: 'ID',
  include: 'Nur diese Pfade',
  keywords: 'Stichwörter',
  maxPages: 'Höchstzahl der Seiten',
  maxUsd: 'Höchstbetrag',
  name: 'Name',
  note: 'Notiz',
  password: 'Passwort',
  question: 'Frage',
  reason: 'Grund',
  roles: 'Rollen',
  shortcut: 'Kürzel',
  site: 'Website',
  sites: 'Websites',
  text: 'Text',
  title: 'Titel',
  types: 'Ereignisse',
  url: 'URL',
};
