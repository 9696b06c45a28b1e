/** Warum der Server eine Anfrage ablehnt oder einen Webhook ausgeschaltet hat, nach dem englischen Wortlaut. */

export const refusalPhrases: Readonly<Record<string, string>> = {
  'The server has no space for files at the moment. Try again later.':
    'Der Server hat im Moment keinen Platz für Dateien. Versuchen Sie es später erneut.',
  'This site accepts no files. Allow uploads in its settings.':
    'Diese Website nimmt keine Dateien an. Erlauben Sie Uploads in ihren Einstellungen.',
  'Too many files were uploaded today.': 'Heute wurden zu viele Dateien hochgeladen.',
  'A benchmark is running. Wait for its end, or stop it.':
    'Ein Benchmark läuft. Warten Sie sein Ende ab, oder beenden Sie ihn.',
  'The model calls of all sites are stopped.': 'Die Modellaufrufe aller Websites sind angehalten.',
  'Only an administrator of all sites can do this for all sites.':
    'Für alle Websites kann das nur ein Administrator aller Websites.',
  'Another canned reply has the shortcut "{0}". Choose another one.':
    'Ein anderer Textbaustein hat bereits das Kürzel „{0}“. Wählen Sie ein anderes.',
  'Only an administrator of all sites changes replies for all sites. Choose a site.':
    'Textbausteine für alle Websites ändert nur ein Administrator aller Websites. Wählen Sie eine Website.',
  'There are {0} canned replies, which is the limit. Delete one first.':
    'Es gibt {0} Textbausteine; mehr sind nicht möglich. Löschen Sie zuerst einen.',
  'Reject or edit the proposed reply first. Other replies make no case.':
    'Lehnen Sie die vorgeschlagene Antwort zuerst ab, oder bearbeiten Sie sie. Andere Antworten ergeben keinen Testfall.',
  'The database does not answer. Try again in a few seconds.':
    'Die Datenbank antwortet nicht. Versuchen Sie es in einigen Sekunden erneut.',
  'The request body is too large: the limit is {0}.': 'Die Anfrage ist zu groß: Das Limit ist {0}.',
  'The request failed. Try again in a few seconds.':
    'Die Anfrage ist gescheitert. Versuchen Sie es in einigen Sekunden erneut.',
  'The server’s storage is full, so nothing can be saved and no one can sign in. Ask your operator to look at /health/ready.':
    'Der Speicher des Servers ist voll: Nichts kann gespeichert werden, und niemand kann sich anmelden. Bitten Sie den Betreiber, /health/ready anzusehen.',
  'Too many sign-ins at the same time. Try again in a few seconds.':
    'Zu viele gleichzeitige Anmeldungen. Versuchen Sie es in einigen Sekunden erneut.',
  'This release has no consumer "{0}". Delete the event, or redeliver it with the release that has it.':
    'Diese Version hat keinen Empfänger „{0}“. Löschen Sie das Ereignis, oder stellen Sie es mit der Version zu, die ihn hat.',
  'What the consumer needs does not answer, such as the database. Try again in a few seconds.':
    'Was der Empfänger braucht, antwortet nicht, zum Beispiel die Datenbank. Versuchen Sie es in einigen Sekunden erneut.',
  'Only an administrator can do this.': 'Das kann nur ein Administrator.',
  'Only an administrator of all sites can do this.': 'Das kann nur ein Administrator aller Websites.',
  'This server requires two-step sign-in. Set it up first.':
    'Dieser Server verlangt die Anmeldung in zwei Schritten. Richten Sie sie zuerst ein.',
  'No model answered. Try again later.': 'Kein Modell hat geantwortet. Versuchen Sie es später erneut.',
  'The guidance was changed meanwhile. Read it again, then repeat your change.':
    'Die Vorgaben wurden inzwischen geändert. Laden Sie sie neu, und wiederholen Sie Ihre Änderung.',
  'A check is running. Try again when it has ended.': 'Eine Prüfung läuft. Versuchen Sie es nach ihrem Ende erneut.',
  'This file is not a PNG or JPEG picture. Other types, such as GIF, WebP and SVG, are refused. Save it as one of the two.':
    'Diese Datei ist kein Bild im Format PNG oder JPEG. Andere Formate wie GIF, WebP und SVG werden nicht angenommen. Speichern Sie das Bild in einem der beiden.',
  'This picture has more than {0} × {1} pixels. Make it smaller.':
    'Dieses Bild hat mehr als {0} × {1} Pixel. Verkleinern Sie es.',
  'This picture is damaged. Save it again as PNG or JPEG.':
    'Dieses Bild ist beschädigt. Speichern Sie es noch einmal als PNG oder JPEG.',
  'Only an open proposal can be decided, and this one is not open.':
    'Nur über einen offenen Vorschlag kann entschieden werden, und dieser ist nicht offen.',
  'Only a browser in which an agent is signed in can be added.':
    'Nur ein Browser, in dem ein Agent angemeldet ist, kann hinzugefügt werden.',
  'the push service answered {0}': 'Der Push-Dienst hat mit {0} geantwortet',
  'This browser no longer accepts notifications. It was removed.':
    'Dieser Browser nimmt keine Benachrichtigungen mehr an. Er wurde entfernt.',
  "The notification couldn't be sent: {0}.": 'Die Benachrichtigung konnte nicht gesendet werden: {0}.',
  'endpoint: {0}': 'endpoint: {0}',
  'Model calls of this site are stopped.': 'Die Modellaufrufe dieser Website sind angehalten.',
  'No model endpoint is connected.': 'Kein Modell-Endpunkt ist verbunden.',
  'No model endpoint is in a region that the site allows.':
    'Kein Modell-Endpunkt liegt in einer Region, die die Website erlaubt.',
  "Today's budget for model calls is nearly spent. What is left is for visitors.":
    'Das heutige Budget für Modellaufrufe ist fast verbraucht. Der Rest ist für Besucher.',
  'Too many replays are running. Try again in a few seconds.':
    'Zu viele Nachrichten werden gerade erneut beantwortet. Versuchen Sie es in einigen Sekunden erneut.',
  "You have reached this hour's limit of replays. Try again in the next hour.":
    'Sie haben die Grenze dieser Stunde für erneute Antworten erreicht. Versuchen Sie es in der nächsten Stunde erneut.',
  'This code is wrong or has expired. Enter the one that the app shows now.':
    'Dieser Code ist falsch oder abgelaufen. Geben Sie den ein, den die App jetzt anzeigt.',
  'This code is wrong or was used.': 'Dieser Code ist falsch oder wurde bereits verwendet.',
  'Too many wrong codes. Try again later.': 'Zu viele falsche Codes. Versuchen Sie es später erneut.',
  'An account with this e-mail address already exists.': 'Ein Konto mit dieser E-Mail-Adresse gibt es bereits.',
  'Enter the code of your authenticator app, or a recovery code.':
    'Geben Sie den Code Ihrer Authenticator-App oder einen Wiederherstellungscode ein.',
  'Passwords are turned off on this server. Sign in through your identity provider.':
    'Passwörter sind auf diesem Server ausgeschaltet. Melden Sie sich über Ihren Identitätsanbieter an.',
  'The e-mail address or the password is incorrect.': 'Die E-Mail-Adresse oder das Passwort ist falsch.',
  'This link is invalid: it was used, it expired, or it is for another e-mail address.':
    'Dieser Link ist ungültig: Er wurde verwendet, ist abgelaufen oder gilt für eine andere E-Mail-Adresse.',
  'This link is invalid: it was used, or it expired.':
    'Dieser Link ist ungültig: Er wurde verwendet oder ist abgelaufen.',
  'Too many sign-in attempts. Try again in a minute.':
    'Zu viele Anmeldeversuche. Versuchen Sie es in einer Minute erneut.',
  'Too many sign-in attempts. Try again in {0} minutes.':
    'Zu viele Anmeldeversuche. Versuchen Sie es in {0} Minuten erneut.',
  'Your role does not allow this. Ask an administrator.':
    'Ihre Rolle erlaubt das nicht. Wenden Sie sich an einen Administrator.',
  'Your role on this site does not allow this. Ask an administrator.':
    'Ihre Rolle auf dieser Website erlaubt das nicht. Wenden Sie sich an einen Administrator.',
  'This import has ended.': 'Dieser Import ist beendet.',
  'This source has {0} files, which is the limit.': 'Diese Quelle hat {0} Dateien; mehr sind nicht möglich.',
  'This source is being imported already.': 'Diese Quelle wird bereits importiert.',
  '{0}: the file is empty.': '{0}: Die Datei ist leer.',
  'Only an administrator of all sites can give access to all sites.':
    'Zugriff auf alle Websites gibt nur ein Administrator aller Websites.',
  'This agent is deactivated.': 'Dieser Agent ist deaktiviert.',
  'This e-mail address has an account.': 'Zu dieser E-Mail-Adresse gibt es bereits ein Konto.',
  'This is the only administrator of all sites. Make another one first.':
    'Das ist der einzige Administrator aller Websites. Ernennen Sie zuerst einen anderen.',
  "You can't change your own access. Ask another administrator.":
    'Ihren eigenen Zugriff können Sie nicht ändern. Wenden Sie sich an einen anderen Administrator.',
  'Another agent changed this ticket first. `detail` holds its current state.':
    'Ein anderer Agent hat dieses Ticket zuerst geändert.',
  'Only an administrator of all sites can create a token for all sites.':
    'Ein Token für alle Websites erstellt nur ein Administrator aller Websites.',
  'You have {0} saved views. Delete one first.': 'Sie haben {0} gespeicherte Ansichten. Löschen Sie zuerst eine.',
  'No model answered. Try again in a few seconds.':
    'Kein Modell hat geantwortet. Versuchen Sie es in einigen Sekunden erneut.',
  "The demo engine can't rewrite or translate. Connect a model endpoint.":
    'Die Demo-Engine kann nicht umformulieren oder übersetzen. Verbinden Sie einen Modell-Endpunkt.',
  "Today's budget for model calls is spent.": 'Das heutige Budget für Modellaufrufe ist verbraucht.',
  'Too many texts are being written. Try again in a few seconds.':
    'Zu viele Texte werden gerade geschrieben. Versuchen Sie es in einigen Sekunden erneut.',
  '"{0}" is not a URL. Use an https:// URL, or the path of a file or folder.':
    '„{0}“ ist keine URL. Verwenden Sie eine URL mit https:// oder den Pfad einer Datei oder eines Ordners.',
  '{0} is not a public internet address. To reach it, add it to "privateHosts" in the configuration.':
    '{0} ist keine öffentliche Adresse im Internet. Um sie zu erreichen, nehmen Sie sie in der Konfiguration in „privateHosts“ auf.',
  '{0}: the URL must begin with https://': '{0}: Die URL muss mit https:// beginnen',
  '{0}: the URL must not contain a user name or password':
    '{0}: Die URL darf weder Benutzernamen noch Passwort enthalten',
  'An evaluation of this site is running. Wait for its end, or stop it.':
    'Es läuft eine Auswertung dieser Website. Warten Sie ihr Ende ab, oder stoppen Sie sie.',
  'There is no running evaluation with this id.': 'Es läuft keine Auswertung mit dieser ID.',
  'The site has none of these test cases.': 'Die Website hat keinen dieser Testfälle.',
  'The site has no article "{0}".': 'Die Website hat keinen Artikel „{0}“.',
  'The models were changed meanwhile. Read them again, then repeat your change.':
    'Die Modelle wurden inzwischen geändert. Laden Sie sie neu, und wiederholen Sie Ihre Änderung.',
  'The site "{0}" is set in {1}. Remove it there.': 'Die Website „{0}“ ist in {1} festgelegt. Entfernen Sie sie dort.',
  'The site was changed meanwhile. Read it again, then repeat your change.':
    'Die Website wurde inzwischen geändert. Laden Sie sie neu, und wiederholen Sie Ihre Änderung.',
  'No delivery succeeded for three days.': 'Drei Tage lang ist keine Zustellung gelungen.',
  'The receiver answered 410 (gone).': 'Der Empfänger hat mit 410 (nicht mehr vorhanden) geantwortet.',
  'This delivery does not exist.': 'Diese Zustellung gibt es nicht.',
  'This webhook does not exist.': 'Diesen Webhook gibt es nicht.',
  'Turned off by an administrator.': 'Von einem Administrator ausgeschaltet.',
};
