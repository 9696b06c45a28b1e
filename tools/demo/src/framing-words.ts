/** The demo engine's own words, in the visitor's language; everything else in its answers is quoted. */
import type { Language } from './language-guess.ts';

export interface FramingWords {
  readonly says: string;
  readonly more: string;
  readonly notCovered: string;
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  /** To "who are you?": it never passes for a person or a model. */
  readonly identity: string;
}

export const FRAMING_WORDS: Record<Language, FramingWords> = {
  en: {
    says: 'The help centre says:',
    more: 'More in:',
    notCovered:
      'The help articles do not cover this. A person can look into it: write that you would like to speak to someone, and they see everything you have written here.',
    greeting:
      'Hello! What would you like to know? You can ask about orders, delivery, returns, payment or our products.',
    thanks: 'You are welcome. Just write if anything else comes up.',
    goodbye: 'Goodbye, and thank you for writing.',
    identity:
      'I am the demo engine of this help centre. I look for what the help articles say and quote it. A person can take over whenever you ask.',
  },
  de: {
    says: 'Das steht in der Hilfe:',
    more: 'Mehr dazu:',
    notCovered:
      'Dazu steht nichts in den Hilfeartikeln. Ein Mensch kann sich darum kümmern: Schreiben Sie, dass Sie mit jemandem sprechen möchten. Alles, was Sie hier geschrieben haben, liegt dann vor.',
    greeting:
      'Hallo! Was möchten Sie wissen? Fragen Sie zu Bestellung, Lieferung, Rückgabe, Zahlung oder unseren Produkten.',
    thanks: 'Gern geschehen. Schreiben Sie einfach, wenn noch etwas ist.',
    goodbye: 'Auf Wiedersehen und danke für Ihre Nachricht.',
    identity:
      'Ich bin die Demo dieses Hilfebereichs. Ich suche heraus, was in den Hilfeartikeln steht, und zitiere es. Auf Wunsch übernimmt ein Mensch.',
  },
  fr: {
    says: 'Le centre d’aide indique :',
    more: 'Pour en savoir plus :',
    notCovered:
      'Les articles d’aide ne répondent pas à cette question. Une personne peut s’en occuper : écrivez que vous souhaitez parler à quelqu’un, elle verra tout ce que vous avez écrit ici.',
    greeting:
      'Bonjour ! Que souhaitez-vous savoir ? Posez vos questions sur une commande, la livraison, un retour, le paiement ou nos produits.',
    thanks: 'Avec plaisir. Écrivez-nous si vous avez une autre question.',
    goodbye: 'Au revoir, et merci de nous avoir écrit.',
    identity:
      'Je suis le moteur de démonstration de ce centre d’aide. Je cherche ce que disent les articles et je le cite. Une personne prend le relais dès que vous le demandez.',
  },
  es: {
    says: 'El centro de ayuda dice:',
    more: 'Más información:',
    notCovered:
      'Los artículos de ayuda no tratan esta cuestión. Una persona puede ocuparse: escriba que quiere hablar con alguien y verá todo lo que ha escrito aquí.',
    greeting: '¡Hola! ¿Qué desea saber? Puede preguntar por pedidos, envíos, devoluciones, pagos o nuestros productos.',
    thanks: 'De nada. Escriba si le surge otra duda.',
    goodbye: 'Hasta pronto, y gracias por escribir.',
    identity:
      'Soy el motor de demostración de este centro de ayuda. Busco lo que dicen los artículos y lo cito. Una persona puede atenderle cuando lo pida.',
  },
  it: {
    says: 'Il centro assistenza dice:',
    more: 'Per saperne di più:',
    notCovered:
      'Gli articoli di assistenza non trattano questa domanda. Può occuparsene una persona: scriva che desidera parlare con qualcuno, e vedrà tutto ciò che ha scritto qui.',
    greeting:
      'Buongiorno! Che cosa desidera sapere? Può chiedere di ordini, consegna, resi, pagamenti o dei nostri prodotti.',
    thanks: 'Prego. Scriva pure se ha un’altra domanda.',
    goodbye: 'Arrivederci, e grazie per averci scritto.',
    identity:
      'Sono il motore dimostrativo di questo centro assistenza. Cerco ciò che dicono gli articoli e lo cito. Se lo chiede, subentra una persona.',
  },
  pt: {
    says: 'O centro de ajuda diz:',
    more: 'Saiba mais:',
    notCovered:
      'Os artigos de ajuda não tratam desta questão. Uma pessoa pode cuidar disso: escreva que quer falar com alguém, e ela verá tudo o que escreveu aqui.',
    greeting:
      'Olá! O que gostaria de saber? Pode perguntar sobre encomendas, entregas, devoluções, pagamentos ou os nossos produtos.',
    thanks: 'De nada. Escreva se tiver outra dúvida.',
    goodbye: 'Até breve, e obrigado por escrever.',
    identity:
      'Sou o motor de demonstração deste centro de ajuda. Procuro o que dizem os artigos e cito-o. Uma pessoa assume quando o pedir.',
  },
  nl: {
    says: 'In de hulpartikelen staat:',
    more: 'Meer hierover:',
    notCovered:
      'De hulpartikelen gaan hier niet over. Een medewerker kan ernaar kijken: schrijf dat u iemand wilt spreken, dan ziet die alles wat u hier hebt geschreven.',
    greeting:
      'Hallo! Wat wilt u weten? U kunt vragen stellen over bestellen, bezorgen, retourneren, betalen of onze producten.',
    thanks: 'Graag gedaan. Schrijf gerust als er nog iets is.',
    goodbye: 'Tot ziens, en bedankt voor uw bericht.',
    identity:
      'Ik ben de demo van dit helpcentrum. Ik zoek op wat er in de hulpartikelen staat en citeer dat. Een medewerker neemt het over zodra u erom vraagt.',
  },
};
