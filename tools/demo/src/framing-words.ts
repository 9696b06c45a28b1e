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
  pl: {
    says: 'W artykułach pomocy czytamy:',
    more: 'Więcej informacji:',
    notCovered:
      'Artykuły pomocy nie odpowiadają na to pytanie. Nasz zespół może pomóc: napisz, że chcesz porozmawiać z konsultantem. Zobaczy on tę rozmowę.',
    greeting:
      'Dzień dobry! W czym możemy pomóc? Możesz zapytać o zamówienia, dostawę, zwroty, płatności i nasze produkty.',
    thanks: 'Nie ma za co! Napisz, jeśli pojawi się kolejne pytanie.',
    goodbye: 'Do widzenia i dziękujemy za wiadomość.',
    identity:
      'Jestem silnikiem demonstracyjnym tego centrum pomocy: przeszukuję artykuły pomocy i je cytuję. Na życzenie rozmowę przejmie ktoś z naszego zespołu.',
  },
  tr: {
    says: 'Yardım merkezinde şöyle yazıyor:',
    more: 'Daha fazla bilgi:',
    notCovered:
      'Yardım makaleleri bu soruyu yanıtlamıyor. Ekibimiz yardımcı olabilir: Biriyle görüşmek istediğinizi yazın. Bu konuşmayı görecektir.',
    greeting:
      'Merhaba! Size nasıl yardımcı olabiliriz? Siparişler, teslimat, iade, ödeme veya ürünlerimiz hakkında soru sorabilirsiniz.',
    thanks: 'Rica ederiz! Başka bir sorunuz olursa yazabilirsiniz.',
    goodbye: 'Hoşça kalın, yazdığınız için teşekkür ederiz.',
    identity:
      'Bu yardım merkezinin demo motoruyum: Yardım makalelerinde arama yapar, onlardan alıntı yaparım. İsterseniz konuşmayı ekibimizden biri devralır.',
  },
  ja: {
    says: 'ヘルプセンターには次のように記載されています。',
    more: '関連記事：',
    notCovered:
      'この件に関するヘルプ記事は見つかりませんでした。担当者がご案内できますので、「担当者と話したい」とお書きください。これまでの会話は担当者に引き継がれます。',
    greeting: 'こんにちは。どのようなご用件でしょうか。ご注文、配送、返品、お支払い、商品についてお尋ねください。',
    thanks: 'どういたしまして。ほかにもご質問がありましたら、お知らせください。',
    goodbye: 'お問い合わせいただき、ありがとうございました。',
    identity:
      'このヘルプセンターのデモ用エンジンです。ヘルプ記事を検索し、該当する箇所を引用してお答えします。ご希望があれば、担当者が対応を引き継ぎます。',
  },
  zh: {
    says: '帮助中心的说明如下：',
    more: '更多内容：',
    notCovered: '帮助文章中没有相关内容。我们的团队可以为您处理：请告诉我们您想联系人工客服，对方会看到这段对话。',
    greeting: '您好！请问您想了解什么？您可以询问订单、配送、退货、付款或我们的产品。',
    thanks: '不客气！如有其他问题，请随时告诉我们。',
    goodbye: '再见，感谢您的联系。',
    identity: '我是这个帮助中心的演示引擎，会搜索帮助文章并引用其中的内容。您可以随时要求转接人工客服。',
  },
  ar: {
    says: 'ورد في مركز المساعدة:',
    more: 'للمزيد:',
    notCovered:
      'لا تتناول مقالات المساعدة هذا السؤال. يمكن لفريقنا مساعدتك: اكتب أنك تريد التحدث إلى أحد أعضاء الفريق، وسيطّلع على هذه المحادثة.',
    greeting: 'مرحبًا! ما الذي تود معرفته؟ يمكنك السؤال عن الطلبات أو التوصيل أو الإرجاع أو الدفع أو منتجاتنا.',
    thanks: 'على الرحب والسعة! راسلنا إذا كان لديك سؤال آخر.',
    goodbye: 'إلى اللقاء، وشكرًا لتواصلك معنا.',
    identity:
      'أنا المحرك التجريبي لمركز المساعدة هذا: أبحث في مقالات المساعدة وأقتبس منها. يمكنك في أي وقت أن تطلب التحدث إلى أحد أعضاء فريقنا.',
  },
  he: {
    says: 'במרכז העזרה כתוב:',
    more: 'מידע נוסף:',
    notCovered:
      'מאמרי העזרה לא עונים על השאלה הזו. הצוות שלנו יכול לעזור: אפשר לכתוב שרוצים לדבר עם נציג, והשיחה הזו תוצג לו.',
    greeting: 'שלום! במה אפשר לעזור? אפשר לשאול על הזמנות, משלוחים, החזרות, תשלומים או המוצרים שלנו.',
    thanks: 'בשמחה! אפשר לכתוב לנו אם יש שאלה נוספת.',
    goodbye: 'להתראות, ותודה על הפנייה.',
    identity: 'זהו מנוע ההדגמה של מרכז העזרה: הוא מחפש במאמרי העזרה ומצטט מהם. בכל שלב אפשר לבקש לדבר עם נציג מהצוות.',
  },
};
