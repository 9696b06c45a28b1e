/** The demo engine's own words, in the visitor's language. The remainder of its answers is quoted. */
import type { Language } from './language-guess.ts';

export interface FramingWords {
  readonly says: string;
  readonly more: string;
  readonly notCovered: string;
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  /** The answer to "who are you?", which claims neither to be human nor to be a model. */
  readonly identity: string;
}

export const FRAMING_WORDS: Record<Language, FramingWords> = {
  en: {
    says: 'The help centre says:',
    more: 'More in:',
    notCovered:
      'The help articles don’t cover this. Someone from our team can look into it: write that you’d like to speak to someone. They’ll see this conversation.',
    greeting:
      'Hello! What would you like to know? You can ask about orders, delivery, returns, payment or our products.',
    thanks: 'You’re welcome! Let us know if there’s anything else.',
    goodbye: 'Goodbye, and thanks for getting in touch.',
    identity:
      'I’m the demo engine of this help centre: I search the help articles and quote them. Ask for a person at any time, and someone from our team takes over.',
  },
  de: {
    says: 'Das steht in der Hilfe:',
    more: 'Mehr dazu:',
    notCovered:
      'Dazu haben wir keinen Hilfeartikel. Unser Team kann Ihnen weiterhelfen: Schreiben Sie, dass Sie mit jemandem sprechen möchten. Der bisherige Chat wird übergeben.',
    greeting:
      'Hallo! Was möchten Sie wissen? Fragen Sie zu Bestellung, Lieferung, Rückgabe, Zahlung oder unseren Produkten.',
    thanks: 'Gern geschehen! Melden Sie sich, wenn Sie noch eine Frage haben.',
    goodbye: 'Auf Wiedersehen und danke für Ihre Nachricht.',
    identity:
      'Ich bin die Demo dieses Hilfebereichs: Ich durchsuche die Hilfeartikel und zitiere daraus. Auf Wunsch übernimmt jemand aus unserem Team.',
  },
  fr: {
    says: 'Le centre d’aide indique :',
    more: 'Pour en savoir plus :',
    notCovered:
      'Les articles d’aide ne répondent pas à cette question. Un membre de notre équipe peut vous aider : écrivez que vous souhaitez parler à quelqu’un. Votre conversation lui sera transmise.',
    greeting:
      'Bonjour ! Que souhaitez-vous savoir ? Posez vos questions sur une commande, la livraison, un retour, le paiement ou nos produits.',
    thanks: 'Avec plaisir. Écrivez-nous si vous avez une autre question.',
    goodbye: 'Au revoir, et merci de nous avoir écrit.',
    identity:
      'Je suis le moteur de démonstration de ce centre d’aide. Je cherche dans les articles d’aide et je les cite. Sur demande, un membre de notre équipe prend le relais.',
  },
  es: {
    says: 'El centro de ayuda dice:',
    more: 'Más información:',
    notCovered:
      'Los artículos de ayuda no tratan esta cuestión. Nuestro equipo puede ayudarle: escriba que quiere hablar con alguien y le pasaremos esta conversación.',
    greeting: '¡Hola! ¿Qué desea saber? Puede preguntar por pedidos, envíos, devoluciones, pagos o nuestros productos.',
    thanks: 'De nada. Escriba si le surge otra duda.',
    goodbye: 'Hasta pronto, y gracias por escribir.',
    identity:
      'Soy el motor de demostración de este centro de ayuda. Busco en los artículos de ayuda y los cito. Si lo pide, le atenderá alguien de nuestro equipo.',
  },
  it: {
    says: 'Il centro assistenza dice:',
    more: 'Per saperne di più:',
    notCovered:
      'Gli articoli di assistenza non trattano questa domanda. Può aiutarla il nostro team: scriva che desidera parlare con qualcuno e gli passeremo questa conversazione.',
    greeting:
      'Buongiorno! Che cosa desidera sapere? Può chiedere di ordini, consegna, resi, pagamenti o dei nostri prodotti.',
    thanks: 'Prego. Scriva pure se ha un’altra domanda.',
    goodbye: 'Arrivederci, e grazie per averci scritto.',
    identity:
      'Sono il motore dimostrativo di questo centro assistenza. Cerco negli articoli di assistenza e li cito. Se lo chiede, le risponde una persona del nostro team.',
  },
  pt: {
    says: 'O centro de ajuda diz:',
    more: 'Saiba mais:',
    notCovered:
      'Os artigos de ajuda não tratam desta questão. A nossa equipa pode ajudar: escreva que quer falar com alguém e passamos-lhe esta conversa.',
    greeting:
      'Olá! O que gostaria de saber? Pode perguntar sobre encomendas, entregas, devoluções, pagamentos ou os nossos produtos.',
    thanks: 'De nada. Escreva se tiver outra dúvida.',
    goodbye: 'Até breve, e obrigado por escrever.',
    identity:
      'Sou o motor de demonstração deste centro de ajuda. Procuro nos artigos de ajuda e cito-os. Se pedir, alguém da nossa equipa assume a conversa.',
  },
  nl: {
    says: 'In de hulpartikelen staat:',
    more: 'Meer hierover:',
    notCovered:
      'Hierover hebben we geen hulpartikel. Een medewerker kan u helpen: schrijf dat u iemand wilt spreken. Die ziet dan dit gesprek.',
    greeting:
      'Hallo! Wat wilt u weten? U kunt vragen stellen over bestellen, bezorgen, retourneren, betalen of onze producten.',
    thanks: 'Graag gedaan. Schrijf gerust als er nog iets is.',
    goodbye: 'Tot ziens, en bedankt voor uw bericht.',
    identity:
      'Ik ben de demo van dit helpcentrum. Ik zoek in de hulpartikelen en citeer daaruit. Een medewerker neemt het over zodra u erom vraagt.',
  },
};
