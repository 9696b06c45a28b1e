/** What the product itself says in a conversation, in the languages it ships. */
import type { Responder } from '@firstword/shared/wire';

export interface ConversationTexts {
  /** No model could answer. */
  readonly answerFailed: string;
  /** The endpoint's content filter ended the answer. */
  readonly answerFiltered: string;
  /** The visitor is passed to a person. */
  readonly personComes: string;
  /** The question needs deeper work first. */
  readonly complexComes: string;
  /** No person is there now. */
  readonly nobodyThere: string;
  /** The ticket is resolved; satisfaction is asked. */
  readonly ticketResolved: string;
  /** The visitor wrote again after that. */
  readonly reopened: string;
  /** Who has the word, for the widget's card. */
  readonly responders: Readonly<Record<Responder, string>>;
}

/** ISO 639-1. */
export const CONVERSATION_LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'tr',
  'ja',
  'zh',
  'ar',
  'he',
] as const;
type Language = (typeof CONVERSATION_LANGUAGES)[number];

const TEXTS: Readonly<Record<Language, ConversationTexts>> = {
  en: {
    answerFailed: 'The assistant cannot answer just now. Try again, or ask for a person.',
    answerFiltered: 'The assistant cannot help with that. A person can.',
    personComes: 'A person from the team will take this up. They see everything you wrote, and the reply comes here.',
    complexComes: 'This needs a closer look. A colleague will look at it and write here.',
    nobodyThere:
      'Nobody from the team is here right now. Leave an e-mail address and the answer will reach you there too.',
    ticketResolved: 'This looks settled. How was it? If something is still open, just write here.',
    reopened: 'Thanks for coming back. The same person sees your new message and goes on from there.',
    responders: {
      assistant: 'Assistant',
      'waiting-agent': 'A person will reply',
      agent: 'A person is here',
      closed: 'Closed',
    },
  },
  de: {
    answerFailed:
      'Der Assistent kann gerade nicht antworten. Versuchen Sie es noch einmal oder fragen Sie nach einem Menschen.',
    answerFiltered: 'Dabei kann der Assistent nicht helfen. Ein Mensch kann es.',
    personComes:
      'Jemand aus dem Team übernimmt das und sieht alles, was Sie geschrieben haben. Die Antwort erscheint hier.',
    complexComes: 'Das sehen wir uns genauer an. Jemand aus dem Team prüft es und schreibt Ihnen hier.',
    nobodyThere:
      'Gerade ist niemand aus dem Team da. Hinterlassen Sie eine E-Mail-Adresse, dann erreicht Sie die Antwort auch dort.',
    ticketResolved: 'Das scheint gelöst. Wie war es? Wenn noch etwas offen ist, schreiben Sie einfach hier.',
    reopened: 'Danke, dass Sie sich melden. Dieselbe Person sieht Ihre neue Nachricht und macht dort weiter.',
    responders: {
      assistant: 'Assistent',
      'waiting-agent': 'Ein Mensch antwortet',
      agent: 'Ein Mensch ist da',
      closed: 'Abgeschlossen',
    },
  },
  fr: {
    answerFailed: 'L’assistant ne peut pas répondre pour le moment. Réessayez ou demandez une personne.',
    answerFiltered: 'L’assistant ne peut pas aider sur ce point. Une personne le peut.',
    personComes: 'Une personne de l’équipe prend le relais. Elle voit tout ce que vous avez écrit et répondra ici.',
    complexComes: 'Cela demande un examen attentif. Un membre de l’équipe va s’y pencher et vous écrire ici.',
    nobodyThere:
      'Personne de l’équipe n’est là en ce moment. Laissez une adresse e-mail : la réponse vous parviendra aussi par là.',
    ticketResolved: 'Cela semble réglé. Comment était-ce ? S’il reste un point, écrivez simplement ici.',
    reopened: 'Merci d’être revenu vers nous. La même personne voit votre nouveau message et reprend le fil.',
    responders: {
      assistant: 'Assistant',
      'waiting-agent': 'Une personne va répondre',
      agent: 'Une personne est là',
      closed: 'Terminé',
    },
  },
  es: {
    answerFailed: 'El asistente no puede responder ahora. Inténtelo de nuevo o pida hablar con una persona.',
    answerFiltered: 'El asistente no puede ayudar con eso. Una persona sí.',
    personComes: 'Una persona del equipo se encargará. Ve todo lo que ha escrito y responderá aquí.',
    complexComes: 'Esto merece más atención. Alguien del equipo lo revisará y le escribirá aquí.',
    nobodyThere:
      'Ahora no hay nadie del equipo. Deje un correo electrónico y la respuesta le llegará también por ese medio.',
    ticketResolved: 'Parece que está resuelto. ¿Qué tal fue? Si queda algo pendiente, escriba aquí.',
    reopened: 'Gracias por volver. La misma persona ve su nuevo mensaje y sigue desde ahí.',
    responders: {
      assistant: 'Asistente',
      'waiting-agent': 'Una persona responderá',
      agent: 'Hay una persona aquí',
      closed: 'Cerrado',
    },
  },
  pt: {
    answerFailed: 'O assistente não consegue responder agora. Tente de novo ou peça para falar com uma pessoa.',
    answerFiltered: 'O assistente não pode ajudar com isso. Uma pessoa pode.',
    personComes: 'Uma pessoa da equipe vai cuidar disso. Ela vê tudo o que você escreveu e responde aqui.',
    complexComes: 'Isto pede mais atenção. Alguém da equipe vai analisar e escrever aqui.',
    nobodyThere: 'Não há ninguém da equipe agora. Deixe um e-mail e a resposta chegará também por lá.',
    ticketResolved: 'Parece resolvido. Como foi? Se ainda faltar algo, é só escrever aqui.',
    reopened: 'Obrigado por voltar. A mesma pessoa vê a sua nova mensagem e continua a partir dela.',
    responders: {
      assistant: 'Assistente',
      'waiting-agent': 'Uma pessoa vai responder',
      agent: 'Uma pessoa está aqui',
      closed: 'Encerrado',
    },
  },
  it: {
    answerFailed: 'L’assistente non può rispondere adesso. Riprovi oppure chieda di una persona.',
    answerFiltered: 'L’assistente non può aiutare su questo. Una persona sì.',
    personComes: 'Se ne occuperà una persona del team. Vede tutto quello che ha scritto e risponderà qui.',
    complexComes: 'Serve uno sguardo più attento. Qualcuno del team lo esaminerà e scriverà qui.',
    nobodyThere:
      'In questo momento non c’è nessuno del team. Lasci un indirizzo e-mail: la risposta arriverà anche lì.',
    ticketResolved: 'Sembra risolto. Com’è andata? Se resta qualcosa, scriva pure qui.',
    reopened: 'Grazie per averci riscritto. La stessa persona vede il nuovo messaggio e riparte da lì.',
    responders: {
      assistant: 'Assistente',
      'waiting-agent': 'Risponderà una persona',
      agent: 'Una persona è qui',
      closed: 'Chiuso',
    },
  },
  nl: {
    answerFailed: 'De assistent kan nu niet antwoorden. Probeer het opnieuw of vraag naar een medewerker.',
    answerFiltered: 'Daarmee kan de assistent niet helpen. Een medewerker wel.',
    personComes: 'Iemand van het team neemt dit over en ziet alles wat u schreef. Het antwoord komt hier.',
    complexComes: 'Dit vraagt een betere blik. Een collega kijkt ernaar en schrijft hier.',
    nobodyThere: 'Er is nu niemand van het team. Laat een e-mailadres achter, dan bereikt het antwoord u ook daar.',
    ticketResolved: 'Dit lijkt opgelost. Hoe ging het? Is er nog iets, schrijf het dan gewoon hier.',
    reopened: 'Fijn dat u terug bent. Dezelfde persoon ziet uw nieuwe bericht en gaat daar verder.',
    responders: {
      assistant: 'Assistent',
      'waiting-agent': 'Een medewerker antwoordt',
      agent: 'Een medewerker is er',
      closed: 'Gesloten',
    },
  },
  pl: {
    answerFailed:
      'Asystent nie może teraz odpowiedzieć. Proszę spróbować ponownie albo poprosić o rozmowę z człowiekiem.',
    answerFiltered: 'W tym asystent nie pomoże. Człowiek może.',
    personComes: 'Zajmie się tym osoba z zespołu. Widzi całą rozmowę, a odpowiedź pojawi się tutaj.',
    complexComes: 'To wymaga dokładniejszego sprawdzenia. Ktoś z zespołu się temu przyjrzy i napisze tutaj.',
    nobodyThere: 'Teraz nie ma nikogo z zespołu. Proszę zostawić adres e-mail, odpowiedź dotrze także tam.',
    ticketResolved:
      'Wygląda na to, że sprawa jest załatwiona. Jak poszło? Jeśli coś zostało, proszę po prostu napisać.',
    reopened: 'Dziękujemy za wiadomość. Ta sama osoba ją widzi i wraca do sprawy.',
    responders: {
      assistant: 'Asystent',
      'waiting-agent': 'Odpowie człowiek',
      agent: 'Człowiek jest tutaj',
      closed: 'Zamknięte',
    },
  },
  tr: {
    answerFailed: 'Asistan şu anda yanıt veremiyor. Yeniden deneyin ya da bir kişiyle görüşmek isteyin.',
    answerFiltered: 'Asistan bu konuda yardımcı olamaz. Bir kişi olabilir.',
    personComes: 'Ekipten biri ilgilenecek. Yazdığınız her şeyi görüyor; yanıt burada görünecek.',
    complexComes: 'Buna daha yakından bakmak gerekiyor. Ekipten biri inceleyip buraya yazacak.',
    nobodyThere: 'Şu anda ekipten kimse yok. Bir e-posta adresi bırakın, yanıt size oradan da ulaşır.',
    ticketResolved: 'Sorun çözülmüş görünüyor. Nasıldı? Eksik kalan bir şey varsa buraya yazın.',
    reopened: 'Yeniden yazdığınız için teşekkürler. Aynı kişi yeni mesajınızı görüyor ve kaldığı yerden sürdürüyor.',
    responders: {
      assistant: 'Asistan',
      'waiting-agent': 'Bir kişi yanıtlayacak',
      agent: 'Bir kişi burada',
      closed: 'Kapandı',
    },
  },
  ja: {
    answerFailed: 'ただいまアシスタントが回答できません。もう一度お試しいただくか、担当者をお呼びください。',
    answerFiltered: 'この内容にはアシスタントではお答えできません。担当者が承ります。',
    personComes: '担当者が引き継ぎます。これまでの内容はすべて伝わっています。返信はこちらに届きます。',
    complexComes: '詳しい確認が必要です。担当者が確認し、こちらにお返事します。',
    nobodyThere: 'ただいま担当者が不在です。メールアドレスを残していただくと、返信がそちらにも届きます。',
    ticketResolved: 'この件は解決したようです。いかがでしたか。まだご不明な点があれば、ここにお書きください。',
    reopened: 'ご連絡ありがとうございます。同じ担当者が新しいメッセージを確認し、続きから対応します。',
    responders: {
      assistant: 'アシスタント',
      'waiting-agent': '担当者が返信します',
      agent: '担当者が対応中',
      closed: '終了',
    },
  },
  zh: {
    answerFailed: '助手暂时无法回答。请再试一次，或要求人工服务。',
    answerFiltered: '这个问题助手帮不上忙，可以由人工处理。',
    personComes: '团队成员会接手处理，并能看到您写的全部内容。回复会显示在这里。',
    complexComes: '这个问题需要仔细查看。同事会处理，并在这里给您回复。',
    nobodyThere: '现在没有同事在线。请留下邮箱地址，回复也会发送到那里。',
    ticketResolved: '问题看来已经解决。您觉得怎么样？如果还有疑问，直接在这里写就好。',
    reopened: '感谢您再次联系。同一位同事会看到您的新消息并继续处理。',
    responders: { assistant: '助手', 'waiting-agent': '将由人工回复', agent: '人工服务中', closed: '已结束' },
  },
  ar: {
    answerFailed: 'لا يستطيع المساعد الرد الآن. حاول مرة أخرى أو اطلب التحدث إلى شخص.',
    answerFiltered: 'لا يستطيع المساعد المساعدة في هذا الأمر. يمكن لأحد أفراد الفريق ذلك.',
    personComes: 'سيتولى أحد أفراد الفريق الأمر. يرى كل ما كتبته، وسيصلك الرد هنا.',
    complexComes: 'يحتاج هذا إلى نظرة أدق. سيراجعه أحد الزملاء ويكتب لك هنا.',
    nobodyThere: 'لا يوجد أحد من الفريق الآن. اترك عنوان بريدك الإلكتروني وسيصلك الرد هناك أيضا.',
    ticketResolved: 'يبدو أن الأمر قد حل. كيف كانت تجربتك؟ إن بقي شيء فاكتب هنا.',
    reopened: 'شكرا لعودتك. يرى الشخص نفسه رسالتك الجديدة ويتابع من هناك.',
    responders: { assistant: 'المساعد', 'waiting-agent': 'سيرد عليك شخص', agent: 'شخص معك الآن', closed: 'مغلقة' },
  },
  he: {
    answerFailed: 'העוזר לא יכול לענות כרגע. אפשר לנסות שוב או לבקש נציג.',
    answerFiltered: 'העוזר לא יכול לעזור בזה. נציג יכול.',
    personComes: 'נציג מהצוות ימשיך מכאן. כל מה שנכתב גלוי לו, והתשובה תופיע כאן.',
    complexComes: 'זה דורש בדיקה מעמיקה. מישהו מהצוות יבדוק ויכתוב כאן.',
    nobodyThere: 'אין כרגע אף אחד מהצוות. אפשר להשאיר כתובת דוא"ל והתשובה תגיע גם לשם.',
    ticketResolved: 'נראה שהעניין נפתר. איך היה? אם נשאר משהו פתוח, אפשר פשוט לכתוב כאן.',
    reopened: 'תודה שחזרתם. אותו נציג רואה את ההודעה החדשה וממשיך משם.',
    responders: { assistant: 'עוזר', 'waiting-agent': 'נציג ישיב', agent: 'נציג כאן', closed: 'סגור' },
  },
};

/** @param locale a BCP 47 tag; an unknown language reads English */
export function conversationTexts(locale: string | undefined): ConversationTexts {
  const language = (locale ?? '').toLowerCase().split('-')[0];
  return TEXTS[CONVERSATION_LANGUAGES.find((known) => known === language) ?? 'en'];
}

/** @param locale a BCP 47 tag; an unknown language reads English */
export function responderLabel(locale: string | undefined, responder: Responder): string {
  return conversationTexts(locale).responders[responder];
}
