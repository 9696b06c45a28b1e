/** Was eine Prüfung der Modelle ergeben hat. */
import type { Catalogs } from './catalogs.ts';

export const check = {
  faults: {
    'connect-failed': 'Keine Verbindung zum Endpunkt',
    'dns-failed': 'Der Name des Servers ist nicht auflösbar',
    'proxy-failed': 'Der Proxy lehnt die Verbindung ab',
    'tls-failed': 'Keine sichere Verbindung',
    unauthorized: 'Der Endpunkt lehnt den API-Schlüssel ab',
    'no-credit': 'Das Guthaben oder das Kontingent ist aufgebraucht',
    'rate-limited': 'Zu viele Anfragen an den Endpunkt',
    'bad-request': 'Der Endpunkt lehnt die Anfrage ab',
    'field-refused': 'Der Endpunkt lehnt ein Feld der Anfrage ab',
    'unknown-model': 'Der Endpunkt kennt das Modell nicht',
    'no-model': 'Unter dieser Adresse antwortet keine API',
    redirected: 'Der Endpunkt leitet weiter',
    'upstream-error': 'Fehler des Endpunkts',
    'bad-response': 'Die Antwort ist kein Datenstrom einer Chat-API',
    'only-thinking': 'Das Modell hat nur nachgedacht und nicht geantwortet',
    'thinking-too-long': 'Das Modell denkt zu lange nach',
    'empty-response': 'Die Antwort ist leer',
    'headers-timeout': 'Keine Antwort in der vorgesehenen Zeit',
    'first-token-timeout': 'Kein Text in der vorgesehenen Zeit',
    stalled: 'Die Antwort ist steckengeblieben',
    'cut-off': 'Die Antwort ist abgebrochen',
    'breaker-open': 'Alle Modelle sind wiederholt ausgefallen',
  },
  fixes: {
    unauthorized: ({ keySetting = 'den API-Schlüssel', model }) =>
      `Prüfen Sie ${keySetting}: Der Endpunkt lehnt ihn ab, oder „${model}“ ist damit nicht erlaubt.`,
    'no-credit': ({ host }) => `Laden Sie das Konto bei ${host} auf, oder erhöhen Sie sein Kontingent.`,
    'unknown-model': ({ model, host, names }) =>
      `Ersetzen Sie „${model}“ durch den Namen eines Modells, das ${host} hat.${names === '' ? '' : ` Verfügbar: ${names}.`}`,
    'no-model': ({ urlSetting = 'der Adresse', foundUrl }) =>
      `Prüfen Sie den Pfad in ${urlSetting}.${foundUrl === undefined ? ' Bei den meisten Endpunkten endet er auf /v1.' : ` Eine API antwortet unter ${foundUrl}.`}`,
    redirected: ({ urlSetting = 'als Adresse' }) =>
      `Tragen Sie ${urlSetting === 'als Adresse' ? urlSetting : `in ${urlSetting}`} das Ziel der Weiterleitung ein.`,
    'dns-failed': ({ host, urlSetting = 'die Adresse' }) =>
      `Prüfen Sie ${urlSetting} auf Tippfehler, und ob das DNS dieses Servers „${host}“ kennt.`,
    'connect-failed': ({ host }) =>
      `Prüfen Sie, ob der Endpunkt läuft und dieser Server ${host} erreicht. In einem Container ist localhost der Container selbst.`,
    'proxy-failed': ({ host }) => `Prüfen Sie HTTPS_PROXY und HTTP_PROXY, oder fügen Sie ${host} zu NO_PROXY hinzu.`,
    'tls-failed': ({ host }) =>
      `Prüfen Sie das Zertifikat von ${host}. Setzen Sie für eine private Zertifizierungsstelle NODE_EXTRA_CA_CERTS, und verwenden Sie für einen Server ohne TLS http://.`,
    'bad-response': ({ urlSetting = 'die Adresse', address }) =>
      `Prüfen Sie ${urlSetting}: Was unter ${address} antwortet, ist keine Chat-API mit Datenstrom.`,
    'only-thinking': ({ model }) => thinking(model),
    'thinking-too-long': ({ model }) => thinking(model),
    'rate-limited': ({ host }) => `Warten Sie, oder erhöhen Sie das Anfragelimit des Kontos bei ${host}.`,
    'headers-timeout': ({ model, host }) => slow(model, host),
    'first-token-timeout': ({ model, host }) => slow(model, host),
    'breaker-open': ({ host }) =>
      `Sehen Sie im Protokoll von ${host} nach, oder fügen Sie ein Modell an einem anderen Endpunkt hinzu.`,
  },
  concerns: {
    slow: 'Besucher warten länger auf das erste Token, als sie sollten.',
    thinks:
      'Es denkt vor der Antwort nach, und Besucher warten darauf. Schalten Sie das mit „request“ unter „models“ ab.',
    'no-usage': 'Der Endpunkt meldet keinen Tokenverbrauch, daher sind Kosten geschätzt.',
  },
  asked: (address, model) => `${address}, Modell „${model}“`,
  firstToken: (ms) => `erstes Token nach ${ms} ms`,
  speed: (tokens) => `${tokens} Token/s`,
  thinks: 'denkt vor der Antwort nach',
  notListed: 'nicht in der Modellliste des Endpunkts',
  refused: (fields) => `ohne ${fields} angefragt, weil der Endpunkt das ablehnt`,
  noPrice: 'ohne Preis',
  noInputPrice: 'ohne Eingabepreis',
} satisfies Catalogs['check'];

const thinking = (model: string) =>
  `„${model}“ verbraucht seine Token beim Nachdenken. Schalten Sie das mit „request“ unter „models“ ab, oder verwenden Sie das Modell nur in der Stufe Qualität.`;
const slow = (model: string, host: string) =>
  `Prüfen Sie, ob „${model}“ geladen und ${host} nicht überlastet ist, oder setzen Sie ein schnelleres Modell an den Anfang.`;
