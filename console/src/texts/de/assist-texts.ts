/** Rewriting and translating. */
import type { Catalogs } from './catalogs.ts';

export const assist = {
  actions: {
    shorter: 'Kürzer',
    friendlier: 'Freundlicher',
    'more-formal': 'Förmlicher',
    'fix-grammar': 'Grammatik korrigieren',
  },
  done: {
    shorter: 'Gekürzt.',
    friendlier: 'Freundlicher formuliert.',
    'more-formal': 'Förmlicher formuliert.',
    'fix-grammar': 'Grammatik korrigiert.',
    translate: 'Übersetzt. Lesen Sie den Text vor dem Senden.',
  },
  rewrite: 'Umformulieren',
  translateTo: (language) => `Übersetzen: ${language}`,
  writing: 'Wird umformuliert …',
  stop: 'Anhalten',
  stopped: 'Angehalten. Der Text ist möglicherweise unvollständig.',
  brokenOff: 'Kein Modell hat den Text fertiggestellt. Ihr Entwurf ist unverändert.',
  failed: (message) => `Der Text konnte nicht geschrieben werden: ${message}`,
  undo: 'Rückgängig',
  translate: 'Übersetzen',
  translating: 'Wird übersetzt …',
  translatedFrom: (language) => `Übersetzt (Original: ${language})`,
  showOriginal: 'Original anzeigen',
  showTranslation: 'Übersetzung anzeigen',
} satisfies Catalogs['assist'];
