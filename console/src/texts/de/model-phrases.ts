/** Was der Server über Modelle und ihre Einstellungen sagt, nach dem englischen Wortlaut. */

export const modelPhrases: Readonly<Record<string, string>> = {
  instant: 'Sofort',
  fast: 'Schnell',
  quality: 'Qualität',
  'without {0}': 'ohne {0}',
  'always thinks': 'denkt immer nach',
  'header {0}': 'Header {0}',
  max_completion_tokens: 'max_completion_tokens',
  'no temperature': 'keine Temperatur',
  'usage is estimated': 'Verbrauch wird geschätzt',
  'instructions as user message': 'Anweisungen als Nachricht des Nutzers',
  '{0} tokens for thinking': '{0} Token zum Nachdenken',
  'prompt cache from {0} tokens': 'Prompt-Cache ab {0} Token',
  'is required again, because the address is another one. A saved key is only sent where it was saved for.':
    'ist erneut erforderlich, weil sich die Adresse geändert hat. Ein gespeicherter Schlüssel wird nur an die Adresse gesendet, für die er gespeichert wurde.',
  'is set by the configuration. Change it there.': 'ist in der Konfiguration festgelegt. Ändern Sie es dort.',
  'is set by {0}. Change it there.': 'ist in {0} festgelegt. Ändern Sie es dort.',
  'is set by {0} of the configuration file. Change it there.':
    'ist in der Konfigurationsdatei unter {0} festgelegt. Ändern Sie es dort.',
  'is required. Use the address of your endpoint, such as https://…/v1.':
    'ist erforderlich. Verwenden Sie die Adresse Ihres Endpunkts, zum Beispiel https://…/v1.',
  'allow models outside the limits': 'lassen Sie Modelle außerhalb der Grenzen zu',
  'add "{0}" to routing.allowOutsideLimits': 'nehmen Sie „{0}“ in routing.allowOutsideLimits auf',
  'the chain is empty. Add at least one model.': 'Die Liste ist leer. Fügen Sie mindestens ein Modell hinzu.',
  '"{0}" is already in {1}. Remove one of the two.': '„{0}“ steht bereits in {1}. Entfernen Sie eines der beiden.',
  'there is no model "{0}". Add it to "models", or use {1}.':
    'Es gibt kein Modell „{0}“. Fügen Sie es zu „models“ hinzu, oder verwenden Sie {1}.',
  'there is no model "{0}". Did you mean "{1}"? Add it to "models", or use {2}.':
    'Es gibt kein Modell „{0}“. Meinten Sie „{1}“? Fügen Sie es zu „models“ hinzu, oder verwenden Sie {2}.',
  'model "{0}" always thinks before it answers, so visitors would wait; only the quality tier allows it. Use another model, or set its "thinks" if this is wrong.':
    'Das Modell „{0}“ denkt immer nach, bevor es antwortet. Besucher müssten warten; nur die Stufe Qualität lässt das zu. Verwenden Sie ein anderes Modell, oder setzen Sie „thinks“, falls das falsch ist.',
  'model "{0}" has a TTFT of {1} ms; the {2} tier allows at most {3} ms':
    'Das Modell „{0}“ hat eine TTFT von {1} ms; die Stufe {2} lässt höchstens {3} ms zu',
  'model "{0}" has a TTFT of {1} ms; the {2} tier allows less than {3} ms':
    'Das Modell „{0}“ hat eine TTFT von {1} ms; die Stufe {2} lässt nur weniger als {3} ms zu',
  'model "{0}" costs ${1} per million output tokens; the {2} tier allows at most ${3}':
    'Das Modell „{0}“ kostet {1} $ je Million Ausgabetoken; die Stufe {2} lässt höchstens {3} $ zu',
  'model "{0}" costs ${1} per million output tokens; the {2} tier allows less than ${3}':
    'Das Modell „{0}“ kostet {1} $ je Million Ausgabetoken; die Stufe {2} lässt nur weniger als {3} $ zu',
  '{0}. Use a faster model, or {1}.': '{0}. Verwenden Sie ein schnelleres Modell, oder {1}.',
  '{0}. Use a cheaper model, or {1}.': '{0}. Verwenden Sie ein günstigeres Modell, oder {1}.',
};
