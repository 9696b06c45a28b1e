/** Warum eine Einstellung abgelehnt wird. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { SettingFault, SettingFaultCode } from '@firstword/shared/setting-fault';

export const settingFaults = {
  'unknown-setting': ({ names = [], near }) =>
    `Diese Einstellung gibt es nicht.${meant(near)} Möglich sind ${names.join(', ')}.`,
  missing: ({ allowed }) => `Das ist erforderlich, aber nicht festgelegt. Verwenden Sie ${allowedText(allowed)}.`,
  'not-allowed': ({ given, allowed, near }) =>
    `${quoted(given)} ist nicht zulässig. Verwenden Sie ${allowedText(allowed)}.${meant(near)}`,
  'against-rule': ({ given, rule = '', example = '', text }) => {
    const sentence = settingRules[rule];
    return sentence === undefined ? text : `${quoted(given)} ${sentence.replace('…', example)}.`;
  },
  'taken-id': ({ given }) => `${quoted(given)} ist bereits die ID einer Website. Verwenden Sie eine andere.`,
  'reserved-id': ({ given }) =>
    `${quoted(given)} bezeichnet in Budgets und Berichten die Modell-API. Verwenden Sie eine andere ID.`,
  'fixed-id': () => 'Das kann nicht geändert werden. Legen Sie stattdessen eine andere Website an.',
  'fixed-by-file': () => 'Das ist in der Konfigurationsdatei festgelegt. Ändern Sie es dort.',
  'no-way-to-verify': () =>
    'Ein Token ist erforderlich, aber die Website kann keines prüfen. Legen Sie ein Geheimnis oder öffentliche Schlüssel fest, oder wählen Sie „Freiwillig“.',
  'unknown-region': ({ given, names = [], near }) =>
    `Es gibt keine Region ${quoted(given)}.${meant(near)} Verwenden Sie ${names.join(', ')}, oder nennen Sie die Region in der Konfigurationsdatei.`,
  'no-endpoint': ({ names = [] }) =>
    `In keiner dieser Regionen ist ein Endpunkt. Endpunkte gibt es in ${names.join(' und ')}. Fügen Sie einen Endpunkt hinzu, oder erlauben Sie eine andere Region.`,
  'longer-than-conversations': ({ given, most }) =>
    `${given} ist mehr als die Tage, bis Konversationen gelöscht werden (${most}). Dateien werden mit ihrer Konversation gelöscht: Verwenden Sie höchstens ${most}, oder lassen Sie das Feld leer.`,
  'longer-than-totals': ({ given, most }) =>
    `${given} ist mehr als storage.usageDays (${most}). Einzelne Aufrufe sind Teil der Summen: Verwenden Sie höchstens ${most}.`,
} satisfies Readonly<Record<SettingFaultCode, (fault: SettingFault) => string>>;

/** By the English text of the rule, with … in place of its example. */
export const settingRules: Readonly<Record<string, string>> = {
  'is not a site id. Use 1 to 48 characters: a-z, 0-9 and -':
    'ist keine ID. Verwenden Sie 1 bis 48 Zeichen: a bis z, 0 bis 9 und -',
  'is not an origin. Use the scheme and host of the page, such as …':
    'ist keine Adresse einer Website. Verwenden Sie Schema und Host der Seite, zum Beispiel …',
  'contains a user or password. Use …': 'enthält einen Benutzernamen oder ein Passwort. Verwenden Sie …',
  'ends with a slash. Use …': 'endet mit einem Schrägstrich. Verwenden Sie …',
  'is not written as browsers send it. Use …': 'ist nicht so geschrieben, wie Browser es senden. Verwenden Sie …',
  'has a path. Use …': 'enthält einen Pfad. Verwenden Sie …',
  'is not a language. Use a code of two or three letters such as de, without a region':
    'ist keine Sprache. Verwenden Sie einen Code aus zwei oder drei Buchstaben wie de, ohne Region',
  'is not a colour. Use # and six hexadecimal digits, such as #1f6f5c':
    'ist keine Farbe. Verwenden Sie # und sechs hexadezimale Ziffern, zum Beispiel #1f6f5c',
  'is not allowed. Use a whole number of pixels from 0 to 24':
    'ist nicht zulässig. Verwenden Sie eine ganze Zahl von Pixeln von 0 bis 24',
  'has a URL that is not https. Use an https:// URL, or set allowPrivate for a server in your own network':
    'enthält eine URL ohne https. Verwenden Sie eine URL mit https://, oder erlauben Sie die Adresse in Ihrem privaten Netzwerk',
  'is not a time zone. Use an IANA name such as Europe/Berlin':
    'ist keine Zeitzone. Verwenden Sie einen IANA-Namen wie Europe/Berlin',
  'is not a time of day. Use 24-hour time such as 09:00': 'ist keine Uhrzeit. Verwenden Sie das Format 09:00',
  'has "to" before "from". Write hours past midnight as two periods':
    'schließt vor der Öffnung. Geben Sie Zeiten über Mitternacht hinaus als zwei Zeiträume an',
  'asks for nothing. Add "name", "email" or "question", or remove "preChat"':
    'fragt nach nichts. Fügen Sie den Namen, die E-Mail-Adresse oder eine Frage hinzu, oder schalten Sie das Formular aus',
  'is not a web address. Use one such as …': 'ist keine Webadresse. Verwenden Sie zum Beispiel …',
  'is not the name of a region. Use 1 to 32 characters: a-z, 0-9, and single - between them':
    'ist kein Name einer Region. Verwenden Sie 1 bis 32 Zeichen: a bis z, 0 bis 9 und einzelne - dazwischen',
  'is not an id. Use up to 40 characters: a-z, 0-9 and "-"':
    'ist keine ID. Verwenden Sie bis zu 40 Zeichen: a bis z, 0 bis 9 und -',
  'is not the path of a page. Begin with "/" as in "/prices", or with "*"':
    'ist kein Pfad einer Seite. Beginnen Sie mit / wie in /preise, oder mit *',
  'does not begin with http:// or https://. Begin it with https://, or with http:// for a local server':
    'beginnt nicht mit http:// oder https://. Beginnen Sie mit https://, oder mit http:// für einen lokalen Server',
  'is not a valid URL. Check it for spaces and typing errors':
    'ist keine gültige URL. Prüfen Sie sie auf Leerzeichen und Tippfehler',
  'contains a user or password. Remove them from the address':
    'enthält einen Benutzernamen oder ein Passwort. Entfernen Sie beides aus der Adresse',
  'has a fragment. Remove everything from the "#"': 'enthält ein Fragment. Entfernen Sie alles ab dem „#“',
  'ends with /completions, which is another call. Use …':
    'endet mit /completions und gehört zu einem anderen Aufruf. Verwenden Sie …',
  'ends with /responses, which is another call. Use …':
    'endet mit /responses und gehört zu einem anderen Aufruf. Verwenden Sie …',
  'ends with /models, which is another call. Use …':
    'endet mit /models und gehört zu einem anderen Aufruf. Verwenden Sie …',
  'ends with /embeddings, which is another call. Use …':
    'endet mit /embeddings und gehört zu einem anderen Aufruf. Verwenden Sie …',
  'ends with /messages, which is another call. Use …':
    'endet mit /messages und gehört zu einem anderen Aufruf. Verwenden Sie …',
  "is Ollama's own API, not its OpenAI-compatible one. Use …":
    'ist die eigene API von Ollama, nicht die OpenAI-kompatible. Verwenden Sie …',
  'has no version. Use …, or /openai/deployments/NAME?api-version=VERSION':
    'nennt keine Version. Verwenden Sie … oder /openai/deployments/NAME?api-version=VERSION',
  'has no API version. Add ?api-version=2024-10-21, or use …, which needs none':
    'nennt keine API-Version. Ergänzen Sie ?api-version=2024-10-21, oder verwenden Sie …, das keine braucht',
  'has no key in it. Copy the key again, or leave the setting out for an endpoint without a key':
    'enthält keinen Schlüssel. Kopieren Sie ihn erneut, oder lassen Sie das Feld für einen Endpunkt ohne Schlüssel leer',
  'contains a blank, a line break, a quote or another character that no key has. Copy the key again, as one word':
    'enthält ein Leerzeichen, einen Zeilenumbruch, ein Anführungszeichen oder ein anderes Zeichen, das kein Schlüssel hat. Kopieren Sie den Schlüssel erneut, als ein Wort',
  'is empty': 'ist leer',
  'is not a header for a key. Use a header name without a colon, such as api-key or x-api-key':
    'ist kein Header für einen Schlüssel. Verwenden Sie einen Namen ohne Doppelpunkt, zum Beispiel api-key oder x-api-key',
  'has two messages with the same id. Give each its own':
    'hat zwei Nachrichten mit derselben ID. Geben Sie jeder eine eigene',
};

const quoted = (given = 'Die Angabe') => given.replace(/^"(.*)"$/s, '„$1“');
const meant = (near: string | undefined) => (near === undefined ? '' : ` Meinten Sie „${near}“?`);

/** Continues “Verwenden Sie …”. */
function allowedText(node: SchemaNode | undefined): string {
  if (node?.enum !== undefined) return listed(node.enum.map(String));
  switch (node?.type) {
    case 'integer':
      return `eine ganze Zahl${range(node)}`;
    case 'number':
      return `eine Zahl${range(node)}`;
    case 'boolean':
      return 'true oder false';
    case 'string':
      return `einen Text${length(node)}`;
    case 'array':
      return `eine Liste${size(node)}`;
    case 'object':
      return node.properties ? `ein Objekt mit den Feldern ${Object.keys(node.properties).join(', ')}` : 'ein Objekt';
    default:
      return node?.anyOf === undefined ? 'einen anderen Wert' : node.anyOf.map(allowedText).join(', oder ');
  }
}

const listed = (values: readonly string[]) =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} oder ${values.at(-1)}`;

function range({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (exclusiveMinimum !== undefined) return ` über ${exclusiveMinimum}`;
  if (least !== undefined && most !== undefined) return ` von ${least} bis ${most}`;
  return least === undefined ? '' : ` ab ${least}`;
}

function length({ minLength = 0, maxLength }: SchemaNode): string {
  if (maxLength !== undefined)
    return minLength > 0 ? ` mit ${minLength} bis ${maxLength} Zeichen` : ` mit höchstens ${maxLength} Zeichen`;
  return minLength > 1 ? ` mit mindestens ${minLength} Zeichen` : '';
}

function size({ minItems = 0, maxItems }: SchemaNode): string {
  const least = minItems > 0 ? ` mit mindestens ${minItems === 1 ? 'einem Eintrag' : `${minItems} Einträgen`}` : '';
  return maxItems === undefined ? least : `${least === '' ? ' mit' : `${least} und`} höchstens ${maxItems} Einträgen`;
}
