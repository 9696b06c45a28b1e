/** Warum ein Import gescheitert ist und was er ausgelassen hat, nach dem englischen Wortlaut. */

export const importPhrases: Readonly<Record<string, string>> = {
  '{0}: {1}; what the last import read is kept': '{0}: {1}; was der letzte Import gelesen hat, bleibt erhalten',
  '{0}: expected a JSON object': '{0}: Ein JSON-Objekt wird erwartet',
  '{0}: is not a readable table ({1})': '{0}: ist keine lesbare Tabelle ({1})',
  '{0}: has no text': '{0}: enthält keinen Text',
  '{0}: is a draft': '{0}: ist ein Entwurf',
  '{0}: is not translated': '{0}: ist nicht übersetzt',
  '{0}: is of the type "{1}", which is not a page': '{0}: ist vom Typ „{1}“ und damit keine Seite',
  '{0}: is in the Atlassian Document Format. Export it in the storage format.':
    '{0}: liegt im Atlassian Document Format vor. Exportieren Sie die Seite im Storage-Format.',
  '{0}: lists the pages of a Confluence space': '{0}: listet die Seiten eines Confluence-Bereichs auf',
  '{0}: is hidden': '{0}: ist verborgen',
  '{0}: holds no text. A scanned PDF needs text recognition first.':
    '{0}: enthält keinen Text. Ein gescanntes PDF braucht zuerst eine Texterkennung.',
  '{0}, pages without text: {1}. Scanned pages need text recognition first.':
    '{0}, Seiten ohne Text: {1}. Gescannte Seiten brauchen zuerst eine Texterkennung.',
  '{0}: is not a readable PDF ({1})': '{0}: ist kein lesbares PDF ({1})',
  '1 other file: not {0}': 'Eine weitere Datei: nicht {0}',
  '{0} other files: not {1}': '{0} weitere Dateien: nicht {1}',
  '{0}: is about the folder. Give it front matter to import it.':
    '{0}: beschreibt den Ordner. Geben Sie der Datei einen Vorspann (Front Matter), um sie zu importieren.',
  '{0}: is of another version. To answer from it, import its folder.':
    '{0}: gehört zu einer anderen Version. Um daraus zu antworten, importieren Sie ihren Ordner.',
  '{0}: the front matter is not valid TOML. {1}': '{0}: Der Vorspann ist kein gültiges TOML. {1}',
  '{0}: the front matter is not valid YAML. {1}': '{0}: Der Vorspann ist kein gültiges YAML. {1}',
  '{0}: the front matter must be a list of "name: value" lines':
    '{0}: Der Vorspann muss aus Zeilen der Form „Name: Wert“ bestehen',
  'needs more memory than an import may use': 'benötigt mehr Speicher, als ein Import verwenden darf',
  'takes longer than {0} s to read': 'braucht zum Lesen länger als {0} s',
  '"{0}": the id "{1}" is already taken': '„{0}“: Die ID „{1}“ ist bereits vergeben',
  'The database did not answer. Try again.': 'Die Datenbank hat nicht geantwortet. Versuchen Sie es erneut.',
  'The import failed because of an error in the server. Its log has the details.':
    'Der Import ist wegen eines Fehlers im Server gescheitert. Einzelheiten stehen in seinem Protokoll.',
  'contains more than {0} articles, which is the limit of a source':
    'enthält mehr als {0} Artikel, und das ist die Grenze einer Quelle',
  'contains no articles': 'enthält keine Artikel',
  'the server says that it is unchanged': 'Der Server meldet, dass sie unverändert ist',
  'which is excluded': 'das ausgeschlossen ist',
  'which is not a page': 'das keine Seite ist',
  'which is not included': 'das nicht eingeschlossen ist',
  'which is on another host': 'das auf einem anderen Host liegt',
  'which robots.txt does not allow': 'das robots.txt nicht erlaubt',
  'is on another host': 'liegt auf einem anderen Host',
  '{0}: asks not to be indexed (robots meta)': '{0}: bittet darum, nicht indexiert zu werden (robots-Meta-Tag)',
  'No files have been uploaded. Upload some first.':
    'Es wurden noch keine Dateien hochgeladen. Laden Sie zuerst welche hoch.',
  'cannot be read ({0})': 'kann nicht gelesen werden ({0})',
  'may not be read by the user of this process': 'darf vom Benutzer dieses Prozesses nicht gelesen werden',
  '{0}: no such file or folder': '{0}: Diese Datei oder diesen Ordner gibt es nicht',
  'Articles that are written by hand are not imported.': 'Von Hand geschriebene Artikel werden nicht importiert.',
  '{0} more pages: the limit of {1} pages was reached. Raise it to read them.':
    '{0} weitere Seiten: Die Grenze von {1} Seiten ist erreicht. Erhöhen Sie sie, um auch diese zu lesen.',
  '{0}: its sitemap names no page that is in the scope': '{0}: Die Sitemap nennt keine Seite, die gelesen werden soll',
  '{0}: robots.txt does not allow it to be read': '{0}: robots.txt erlaubt nicht, sie zu lesen',
  '{0}: robots.txt of this host does not allow it to be read':
    '{0}: robots.txt dieses Hosts erlaubt nicht, die Seite zu lesen',
  'is not a sitemap with pages': 'ist keine Sitemap mit Seiten',
  'is not a sitemap: {0} contains neither XML nor a list of URLs':
    'ist keine Sitemap: {0} enthält weder XML noch eine Liste von URLs',
  'is larger than {0} MB': 'ist größer als {0} MB',
  'no complete response within {0} s': 'keine vollständige Antwort innerhalb von {0} s',
  'redirects more than {0} times': 'leitet mehr als {0}-mal weiter',
  'redirects to "{0}", which is not a URL': 'leitet zu „{0}“ weiter, und das ist keine URL',
  'redirects to {0}, {1}': 'leitet zu {0} weiter, {1}',
  'the response is compressed with "{0}", which was not asked for':
    'die Antwort ist mit „{0}“ komprimiert, was nicht angefordert wurde',
  'the server answered with status {0}': 'der Server hat mit Status {0} geantwortet',
  'the server asks to be left alone for now (Retry-After)':
    'der Server bittet darum, vorerst keine Anfragen zu senden (Retry-After)',
};
