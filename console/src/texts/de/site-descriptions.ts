/** What the configuration reference says of a site's settings, by its English text. */

export const siteDescriptions: Readonly<Record<string, string>> = {
  'Id of the site: the `data-site` of its widget. 1 to 48 characters: a-z, 0-9 and `-`.':
    'ID der Website: das Attribut data-site ihres Widgets. 1 bis 48 Zeichen: a-z, 0-9 und -.',
  'Origins of the pages that may show the widget, such as `https://www.acme.example`: without a path.':
    'Herkunft der Seiten, die das Widget zeigen dürfen, zum Beispiel https://www.example.com: ohne Pfad.',
  'Name that visitors see in the header of the chat.': 'Name, den Besucher in der Kopfzeile des Chats sehen.',
  'First message of a new conversation.': 'Erste Nachricht einer neuen Konversation.',
  'Up to 4 questions that a visitor can send with one click.':
    'Bis zu 4 Fragen, die ein Besucher mit einem Klick senden kann.',
  'Greeting and suggestions for visitors whose page is in another language, by its code, such as `{"de": {"greeting": "Guten Tag. Wie können wir helfen?"}}`.':
    'Begrüßung und Vorschläge für Besucher, deren Seite in einer anderen Sprache ist, nach deren Code.',
  'Up to 10 messages that the closed chat shows on its own, on the pages and after the time that you choose ([proactive-messages.md](proactive-messages.md)).':
    'Bis zu 10 Nachrichten, die der geschlossene Chat von sich aus zeigt: auf den Seiten und nach der Zeit, die Sie wählen.',
  'Browsers remember by it that they have shown the message; with another id it is shown again. 1 to 40 characters: a-z, 0-9 and `-`.':
    'Daran erkennen Browser, dass sie die Nachricht schon gezeigt haben; mit einer anderen ID wird sie erneut gezeigt. 1 bis 40 Zeichen: a-z, 0-9 und -.',
  'The message, as plain text.': 'Die Nachricht, als reiner Text.',
  'The message for visitors whose page or browser is in another language.':
    'Die Nachricht für Besucher, deren Seite oder Browser in einer anderen Sprache ist.',
  'Code of the language, such as `de`.': 'Code der Sprache, zum Beispiel de.',
  'The message in this language.': 'Die Nachricht in dieser Sprache.',
  'Paths of the pages, such as `/prices` or `/products/*`; `*` matches any text. The query and the hash of a page only count where you write them.':
    'Pfade der Seiten, zum Beispiel /prices oder /products/*; * steht für beliebigen Text. Abfrage und Anker einer Seite zählen nur, wo Sie sie angeben.',
  'Seconds for which the visitor has had the page on screen.': 'Sekunden, die der Besucher die Seite im Blick hatte.',
  'Shows it once to each visitor, or once in each visit. A visit ends 30 minutes after its last page.':
    'Zeigt sie jedem Besucher einmal oder einmal je Besuch. Ein Besuch endet 30 Minuten nach der letzten Seite.',
  'Shows it only during the opening hours, if the site states them.':
    'Zeigt sie nur während der Öffnungszeiten, falls für die Website welche festgelegt sind.',
  '`greeting` in this language.': 'Begrüßung in dieser Sprache.',
  '`suggestions` in this language.': 'Vorschläge in dieser Sprache.',
  'Look of the widget. Colours are adjusted where text or controls would be hard to read.':
    'Aussehen des Widgets. Farben werden angepasst, wo Text oder Bedienelemente schwer zu erkennen wären.',
  'Colour of the launcher, buttons and links.': 'Farbe des Startknopfs, der Schaltflächen und der Links.',
  'Corner radius in pixels.': 'Eckenradius in Pixeln.',
  'Font family.': 'Schriftfamilie.',
  'Colours in the light scheme.': 'Farben im hellen Design.',
  'Background of the panel.': 'Hintergrund des Fensters.',
  'Colour of the text.': 'Farbe des Textes.',
  'Colours in the dark scheme.': 'Farben im dunklen Design.',
  "Language of the widget where the visitor's own language is not supported, as a BCP 47 tag.":
    'Sprache des Widgets, wenn die Sprache des Besuchers nicht unterstützt wird, als BCP-47-Kennung.',
  'Whether visitors are identified by a token that your server signs. `optional` also lets others chat, `required` does not. `off` ignores tokens and ends the sessions opened with them.':
    'Ob Besucher durch ein Token identifiziert werden, das Ihr Server signiert. „Freiwillig“ lässt auch andere chatten, „Erforderlich“ nicht. „Aus“ ignoriert Token und beendet die damit begonnenen Sitzungen.',
  'Verifies the identity tokens (JWT, HS256) of signed-in visitors. At least 32 characters, best given as `"$NAME"`.':
    'Prüft die Identitätstoken (JWT, HS256) angemeldeter Besucher. Mindestens 32 Zeichen.',
  'Secrets that are still accepted while `identitySecret` replaces them.':
    'Geheimnisse, die noch akzeptiert werden, während das neue sie ersetzt.',
  'Verifies identity tokens that are signed with a private key (RS256, ES256 or EdDSA).':
    'Prüft Identitätstoken, die mit einem privaten Schlüssel signiert sind (RS256, ES256 oder EdDSA).',
  'URL of a JSON Web Key Set. It must be https.': 'URL eines JSON Web Key Set. Sie muss mit https beginnen.',
  'Allows an address in your private network, and plain http. Set it only for your own server.':
    'Erlaubt eine Adresse in Ihrem privaten Netzwerk und http ohne Verschlüsselung. Nur für Ihren eigenen Server einschalten.',
  "Also accepts `<id>.<HMAC>` as a token: the visitor's id and its HMAC-SHA256 with `identitySecret`, in hexadecimal digits. It never expires and works in every browser, so prefer a JWT.":
    'Akzeptiert auch <ID>.<HMAC> als Token: die ID des Besuchers und ihren HMAC-SHA256 mit dem Geheimnis, hexadezimal. Es läuft nie ab und funktioniert in jedem Browser, ein JWT ist daher vorzuziehen.',
  'When a conversation is handed to agents. A request for a person, legal matters, fraud and danger always are.':
    'Wann eine Konversation an Agenten übergeben wird. Wünscht ein Besucher einen Menschen oder geht es um Recht, Betrug oder Gefahr, geschieht das immer.',
  'Opens a ticket for complex questions. With `false` the assistant tries to answer them.':
    'Öffnet bei komplexen Fragen ein Ticket. Ausgeschaltet versucht der Assistent, sie zu beantworten.',
  'Opens a ticket when a visitor is clearly unhappy.': 'Öffnet ein Ticket, wenn ein Besucher deutlich unzufrieden ist.',
  'Classifications with a lower confidence hand nothing off: the answer offers an agent instead.':
    'Einstufungen mit geringerer Sicherheit führen zu keiner Übergabe: Die Antwort bietet stattdessen einen Agenten an.',
  'When agents are available. Outside of these hours visitors learn when agents are back. If `SMTP_URL` is set, they can leave an e-mail address.':
    'Wann Agenten erreichbar sind. Außerhalb dieser Zeiten erfahren Besucher, wann sie es wieder sind. Ist SMTP_URL gesetzt, können sie eine E-Mail-Adresse hinterlassen.',
  'IANA time zone of the opening hours, such as `Europe/Berlin`.':
    'IANA-Zeitzone der Öffnungszeiten, zum Beispiel Europe/Berlin.',
  'Periods in which agents are available.': 'Zeiträume, in denen Agenten erreichbar sind.',
  'Weekdays on which this period applies.': 'Wochentage, an denen dieser Zeitraum gilt.',
  'Start, as 24-hour time such as `09:00`.': 'Beginn im 24-Stunden-Format, zum Beispiel 09:00.',
  'End, later than `from`; `24:00` for midnight.': 'Ende, später als der Beginn; 24:00 für Mitternacht.',
  'Where an agent has taken over and the visitor has waited this many minutes for a reply, the widget offers the assistant meanwhile.':
    'Hat ein Agent übernommen und wartet der Besucher so viele Minuten auf eine Antwort, bietet das Widget in der Zwischenzeit den Assistenten an.',
  'What the widget asks before the first message. Agents see the answers.':
    'Was das Widget vor der ersten Nachricht fragt. Agenten sehen die Antworten.',
  "Asks for the visitor's name.": 'Fragt nach dem Namen des Besuchers.',
  "Asks for the visitor's e-mail address.": 'Fragt nach der E-Mail-Adresse des Besuchers.',
  'Asks one question of your own.': 'Stellt eine eigene Frage.',
  'The question.': 'Die Frage.',
  'Whether it must be answered.': 'Ob sie beantwortet werden muss.',
  'What a visitor has to agree to before their first message, and again when the version changes. Nothing that they write is accepted or stored before. Version and time are kept with the conversation.':
    'Worin ein Besucher vor seiner ersten Nachricht einwilligen muss, und erneut, wenn sich die Version ändert. Vorher wird nichts angenommen oder gespeichert, was er schreibt. Version und Zeitpunkt werden mit der Konversation gespeichert.',
  'Version of the text, such as `2026-05`. Change it with the text: visitors are asked again.':
    'Version des Textes, zum Beispiel 2026-05. Ändern Sie sie mit dem Text: Besucher werden dann erneut gefragt.',
  'The text, in the language of the site.': 'Der Text, in der Sprache der Website.',
  'A page to read more on.': 'Eine Seite mit weiteren Informationen.',
  'Text of the link.': 'Text des Links.',
  'Address of the page, such as your privacy policy.': 'Adresse der Seite, zum Beispiel Ihrer Datenschutzerklärung.',
  'Lets visitors send files, and agents attach them to replies. Their content must match their extension. Without it no files are accepted.':
    'Lässt Besucher Dateien senden und Agenten Dateien an Antworten anhängen. Ihr Inhalt muss zu ihrer Endung passen. Ausgeschaltet werden keine Dateien angenommen.',
  'Largest file, in MB (1024 × 1024 bytes).': 'Größte Datei, in MB (1024 × 1024 Byte).',
  'File types that are accepted.': 'Dateitypen, die akzeptiert werden.',
  'Sends what a visitor types to the server before Enter. `search` looks up articles in advance; `answer` also asks the models, and shows their answer if exactly this text is sent. A draft is never stored. See `docs/protocol.md`, "Drafts".':
    'Was der Server mit einem Text macht, bevor er gesendet wird: „Suchen“ schlägt vorab Artikel nach, „Antworten“ fragt auch die Modelle und zeigt ihre Antwort, wenn genau dieser Text gesendet wird. Ein Entwurf wird nie gespeichert.',
  'Hides e-mail addresses, phone and account numbers, national ids and dates of birth from models: `analysis` from those that write analyses, `all` from every model. `true` means `analysis`, `false` means `off`.':
    'Verbirgt E-Mail-Adressen, Telefon- und Kontonummern, Ausweisnummern und Geburtsdaten vor Modellen: „Analysen“ vor denen, die Analysen schreiben, „Alle“ vor jedem Modell.',
  'The same for card numbers, API keys, passwords and tokens.':
    'Dasselbe für Kartennummern, API-Schlüssel, Passwörter und Token.',
  'Whether an answer shows the original where it quotes what was hidden from the model. With `false` it shows a placeholder such as `[email-1]`.':
    'Ob eine Antwort das Original zeigt, wo sie zitiert, was vor dem Modell verborgen war. Ausgeschaltet zeigt sie einen Platzhalter wie [email-1].',
  'Lets visitors search and read the articles in the widget. With `false` they only see what answers quote.':
    'Lässt Besucher die Artikel im Widget durchsuchen und lesen. Ausgeschaltet sehen sie nur, was Antworten zitieren.',
  "Adds what the visitor wrote to the push notifications of agents' browsers. Without it, they name the ticket and the site alone. Only the browser can decrypt them, but it shows them on its lock screen.":
    'Nimmt in die Push-Benachrichtigungen an die Browser der Agenten auf, was der Besucher geschrieben hat. Ohne diese Einstellung nennen sie nur Ticket und Website. Nur der Browser kann sie entschlüsseln, zeigt sie aber auf dem Sperrbildschirm an.',
  'Lets visitors download and delete their own data, and delete single conversations, in the widget. With `false` they ask you, and you use `npm run records` or the REST API ([privacy.md](privacy.md)).':
    'Besucher können im Widget ihre eigenen Daten herunterladen und löschen, auch einzelne Konversationen. Sonst wenden sie sich an Sie.',
  'Who gets new tickets. Agents set on their own whether they are online.':
    'Wer neue Tickets erhält. Agenten legen selbst fest, ob sie online sind.',
  'Assigns new tickets to the online agent with the fewest open tickets.':
    'Weist neue Tickets dem Agenten zu, der online ist und die wenigsten offenen Tickets hat.',
  'Tickets wait unassigned while every online agent has this many open tickets.':
    'Tickets bleiben ohne Zuweisung, solange jeder Agent, der online ist, so viele offene Tickets hat.',
  "Minutes until an agent's first reply to a ticket, counted within `hours`. Agents are warned before and when a target is missed.":
    'Minuten bis zur ersten Antwort eines Agenten auf ein Ticket, gezählt innerhalb der Öffnungszeiten. Agenten werden gewarnt, bevor ein Ziel verfehlt wird und wenn es verfehlt ist.',
  'Minutes for tickets of critical urgency.': 'Minuten für Tickets mit kritischer Dringlichkeit.',
  'Minutes for tickets of high urgency.': 'Minuten für Tickets mit hoher Dringlichkeit.',
  'Minutes for tickets of normal urgency.': 'Minuten für Tickets mit normaler Dringlichkeit.',
  'Minutes for tickets of low urgency.': 'Minuten für Tickets mit niedriger Dringlichkeit.',
  'Deletes a conversation after this many days without activity. 0 keeps conversations for ever.':
    'Löscht eine Konversation nach so vielen Tagen ohne Aktivität. Bei 0 werden Konversationen unbegrenzt aufbewahrt.',
  'How long single kinds of records of this site are kept, where that differs.':
    'Wie lange einzelne Arten von Daten dieser Website aufbewahrt werden, wo das abweicht.',
  'Deletes files that visitors and agents sent after this many days. The message keeps their names. Without it, they are deleted with their conversation.':
    'Löscht Dateien von Besuchern und Agenten nach so vielen Tagen. Die Nachricht behält ihre Namen. Ohne Angabe werden sie mit ihrer Konversation gelöscht.',
  'Instead of `storage.callDays`: days for which single model calls of this site are kept.':
    'Anstelle von storage.callDays: so viele Tage werden einzelne Modellaufrufe dieser Website aufbewahrt.',
  'Instead of `storage.auditDays`: days for which entries of the audit log about this site are kept. 0 keeps them for ever.':
    'Anstelle von storage.auditDays: so viele Tage werden Einträge im Auditprotokoll zu dieser Website aufbewahrt. Bei 0 unbegrenzt.',
  'Data residency: only model endpoints in these regions receive what visitors write. Where none of them can answer, a turn fails with `no-allowed-region`.':
    'Datenstandort: Nur Modell-Endpunkte in diesen Regionen erhalten, was Besucher schreiben. Kann keiner davon antworten, schlägt die Antwort mit no-allowed-region fehl.',
  'Limit of one conversation.': 'Grenze einer Konversation.',
  'US dollars. An unknown input price counts as the output price; a model without a price like the most expensive one.':
    'US-Dollar. Ein unbekannter Eingabepreis zählt wie der Ausgabepreis, ein Modell ohne Preis wie das teuerste.',
  'Tokens of questions and answers together.': 'Token von Fragen und Antworten zusammen.',
  'Limit of one address on a site in a UTC day. Without it: ten times `visitorDay` and `addressShare` of `siteDay`, whichever is reached first.':
    'Grenze einer Adresse auf einer Website an einem UTC-Tag. Ohne Angabe: das Zehnfache der Grenze je Besucher oder der Anteil addressShare an der Grenze je Tag, was zuerst erreicht wird.',
  'Limit of one visitor in a UTC day.': 'Grenze eines Besuchers an einem UTC-Tag.',
  'Limit of one site in a UTC day.': 'Grenze einer Website an einem UTC-Tag.',
  'US dollars that the analyses of one site may cost in a UTC day.':
    'US-Dollar, die die Analysen einer Website an einem UTC-Tag kosten dürfen.',
  'Stops all model calls of the site.': 'Hält alle Modellaufrufe der Website an.',
  'Spending limits of the site. They replace the general ones.':
    'Ausgabengrenzen der Website. Sie ersetzen die allgemeinen.',
};
