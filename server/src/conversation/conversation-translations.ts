/** The texts that the server itself writes into a conversation, in every language of the widget. */
import type { CONVERSATION_LANGUAGES, ConversationTexts } from './conversation-languages.ts';

type Language = (typeof CONVERSATION_LANGUAGES)[number];

export const TEXTS: Readonly<Record<Language, ConversationTexts>> = {
  en: {
    answerFailed: 'The assistant can’t answer right now.',
    answerFiltered: 'The assistant can’t help with this, but someone from our team can.',
    agentWillReply:
      'Someone from our team will reply here. They can see the whole conversation, so there’s no need to repeat anything.',
    agentWillInvestigate: 'This needs a closer look. Someone from our team will look into it and reply here.',
    agentCancelled: 'You’re no longer waiting for our team, and the assistant will continue to help you here.',
    limitReached: 'We can’t take any more questions from your network today. Please try again tomorrow.',
    agentLimit:
      'You’ve already asked for our team several times from this network. You can ask again in {minutes} min.',
    ticketResolved: 'We’ve marked this as resolved. If you still need help, just reply here.',
    responders: {
      assistant: 'Assistant',
      'waiting-agent': 'Someone will reply here',
      agent: 'Chatting with our team',
      closed: 'Closed',
    },
  },
  de: {
    answerFailed: 'Der Assistent kann gerade nicht antworten.',
    answerFiltered: 'Dabei kann der Assistent nicht helfen, unser Team aber schon.',
    agentWillReply:
      'Jemand aus unserem Team antwortet Ihnen hier. Die gesamte Unterhaltung liegt vor, Sie müssen nichts wiederholen.',
    agentWillInvestigate:
      'Das sehen wir uns genauer an. Jemand aus unserem Team prüft Ihr Anliegen und antwortet Ihnen hier.',
    agentCancelled: 'Ihre Anfrage an unser Team ist zurückgezogen, der Assistent hilft Ihnen hier weiter.',
    limitReached:
      'Heute können wir aus Ihrem Netzwerk keine weiteren Fragen annehmen. Bitte versuchen Sie es morgen noch einmal.',
    agentLimit:
      'Aus diesem Netzwerk wurde unser Team bereits mehrmals angefragt. In {minutes} Min. ist das wieder möglich.',
    ticketResolved:
      'Wir haben Ihr Anliegen als gelöst markiert. Wenn Sie noch Hilfe brauchen, antworten Sie einfach hier.',
    responders: {
      assistant: 'Assistent',
      'waiting-agent': 'Wir antworten Ihnen hier',
      agent: 'Unser Team ist für Sie da',
      closed: 'Abgeschlossen',
    },
  },
  fr: {
    answerFailed: 'L’assistant ne peut pas répondre pour le moment.',
    answerFiltered: 'L’assistant ne peut pas vous aider sur ce point, mais notre équipe le peut.',
    agentWillReply:
      'Un membre de notre équipe va vous répondre ici. Il voit toute la conversation : inutile de vous répéter.',
    agentWillInvestigate:
      'Votre demande mérite un examen plus approfondi. Un membre de notre équipe va l’étudier et vous répondre ici.',
    agentCancelled: 'Votre demande auprès de notre équipe est annulée, l’assistant continue de vous aider ici.',
    limitReached:
      'Nous ne pouvons plus prendre de questions depuis votre réseau aujourd’hui. Veuillez réessayer demain.',
    agentLimit:
      'Notre équipe a déjà été sollicitée plusieurs fois depuis ce réseau. Vous pourrez refaire une demande dans {minutes} min.',
    ticketResolved:
      'Nous avons marqué votre demande comme résolue. Si vous avez encore besoin d’aide, répondez simplement ici.',
    responders: {
      assistant: 'Assistant',
      'waiting-agent': 'Nous vous répondrons ici',
      agent: 'Notre équipe vous répond',
      closed: 'Terminée',
    },
  },
  es: {
    answerFailed: 'El asistente no puede responder en este momento.',
    answerFiltered: 'El asistente no puede ayudarle con esto, pero nuestro equipo sí.',
    agentWillReply:
      'Alguien de nuestro equipo le responderá aquí. Puede ver toda la conversación, así que no necesita repetir nada.',
    agentWillInvestigate:
      'Esto requiere una revisión más detallada. Alguien de nuestro equipo lo revisará y le responderá aquí.',
    agentCancelled: 'Hemos cancelado su solicitud a nuestro equipo; el asistente le seguirá ayudando aquí.',
    limitReached: 'Hoy no podemos atender más preguntas desde su red. Inténtelo de nuevo mañana.',
    agentLimit:
      'Ya se ha solicitado a nuestro equipo varias veces desde esta red. Podrá volver a solicitarlo en {minutes} min.',
    ticketResolved: 'Hemos marcado su consulta como resuelta. Si todavía necesita ayuda, responda aquí.',
    responders: {
      assistant: 'Asistente',
      'waiting-agent': 'Le responderemos aquí',
      agent: 'Nuestro equipo le atiende',
      closed: 'Cerrada',
    },
  },
  pt: {
    answerFailed: 'O assistente não consegue responder no momento.',
    answerFiltered: 'O assistente não pode ajudar com isso, mas nossa equipe pode.',
    agentWillReply:
      'Alguém da nossa equipe vai responder aqui e tem acesso a toda a conversa; você não precisa repetir nada.',
    agentWillInvestigate:
      'Isso precisa de uma análise mais cuidadosa. Alguém da nossa equipe vai verificar e responder aqui.',
    agentCancelled: 'Cancelamos seu pedido à nossa equipe, e o assistente continua ajudando você por aqui.',
    limitReached: 'Hoje não podemos receber mais perguntas da sua rede. Tente novamente amanhã.',
    agentLimit:
      'Nossa equipe já foi chamada várias vezes a partir desta rede. Você pode pedir de novo em {minutes} min.',
    ticketResolved: 'Marcamos sua solicitação como resolvida. Se ainda precisar de ajuda, é só responder aqui.',
    responders: {
      assistant: 'Assistente',
      'waiting-agent': 'Vamos responder por aqui',
      agent: 'Nossa equipe está com você',
      closed: 'Encerrada',
    },
  },
  it: {
    answerFailed: 'L’assistente non può rispondere in questo momento.',
    answerFiltered: 'L’assistente non può aiutarla su questo, ma il nostro team sì.',
    agentWillReply:
      'Una persona del nostro team le risponderà qui. Vede tutta la conversazione: non deve ripetere nulla.',
    agentWillInvestigate:
      'Serve una verifica più approfondita. Una persona del nostro team se ne occuperà e le risponderà qui.',
    agentCancelled: 'La richiesta al nostro team è stata annullata: l’assistente continuerà ad aiutarla qui.',
    limitReached: 'Oggi non possiamo ricevere altre domande dalla sua rete. Riprovi domani.',
    agentLimit:
      'Il nostro team è già stato richiesto più volte da questa rete. Potrà richiederlo di nuovo tra {minutes} min.',
    ticketResolved: 'Abbiamo contrassegnato la richiesta come risolta. Se le serve ancora aiuto, risponda pure qui.',
    responders: {
      assistant: 'Assistente',
      'waiting-agent': 'Le risponderemo qui',
      agent: 'Il team le sta rispondendo',
      closed: 'Chiusa',
    },
  },
  nl: {
    answerFailed: 'De assistent kan nu niet antwoorden.',
    answerFiltered: 'De assistent kan u hier niet mee helpen, maar ons team wel.',
    agentWillReply: 'Iemand van ons team antwoordt u hier en ziet het hele gesprek. U hoeft niets te herhalen.',
    agentWillInvestigate: 'Dit vraagt om nader onderzoek. Iemand van ons team zoekt het uit en antwoordt u hier.',
    agentCancelled: 'Uw verzoek aan ons team is ingetrokken; de assistent helpt u hier verder.',
    limitReached: 'We kunnen vandaag geen vragen meer vanaf uw netwerk aannemen. Probeer het morgen opnieuw.',
    agentLimit:
      'Vanaf dit netwerk is ons team al meerdere keren gevraagd. Over {minutes} min. kunt u het opnieuw vragen.',
    ticketResolved: 'We hebben uw vraag als opgelost gemarkeerd. Hebt u nog hulp nodig? Reageer dan gewoon hier.',
    responders: {
      assistant: 'Assistent',
      'waiting-agent': 'We antwoorden u hier',
      agent: 'Ons team helpt u',
      closed: 'Gesloten',
    },
  },
  pl: {
    answerFailed: 'Asystent nie może teraz odpowiedzieć.',
    answerFiltered: 'Asystent nie może w tym pomóc, ale może to zrobić nasz zespół.',
    agentWillReply:
      'Odpowie tutaj ktoś z naszego zespołu. Zespół widzi całą rozmowę, więc nie trzeba niczego powtarzać.',
    agentWillInvestigate:
      'To wymaga dokładniejszego sprawdzenia. Zajmie się tym ktoś z naszego zespołu i odpowie tutaj.',
    agentCancelled: 'Prośba o kontakt z zespołem została anulowana, a asystent nadal pomaga tutaj.',
    limitReached: 'Dziś nie możemy przyjąć więcej pytań z tej sieci. Prosimy spróbować ponownie jutro.',
    agentLimit:
      'Z tej sieci już kilka razy proszono o kontakt z naszym zespołem. Kolejna prośba będzie możliwa za {minutes} min.',
    ticketResolved:
      'Sprawa została oznaczona jako rozwiązana. Jeśli nadal potrzebujesz pomocy, po prostu odpowiedz tutaj.',
    responders: {
      assistant: 'Asystent',
      'waiting-agent': 'Odpowiemy tutaj',
      agent: 'Rozmawiasz z zespołem',
      closed: 'Zakończona',
    },
  },
  tr: {
    answerFailed: 'Asistan şu anda yanıt veremiyor.',
    answerFiltered: 'Asistan bu konuda yardımcı olamıyor, ancak ekibimiz yardımcı olabilir.',
    agentWillReply:
      'Ekibimizden biri size buradan yanıt verecek. Görüşmenin tamamını görebiliyor, hiçbir şeyi tekrarlamanız gerekmiyor.',
    agentWillInvestigate:
      'Bunun daha yakından incelenmesi gerekiyor. Ekibimizden biri inceleyip buradan yanıt verecek.',
    agentCancelled: 'Ekibimize ilettiğiniz talep iptal edildi, asistan size buradan yardımcı olmaya devam edecek.',
    limitReached: 'Bugün ağınızdan daha fazla soru alamıyoruz. Lütfen yarın tekrar deneyin.',
    agentLimit: 'Bu ağdan ekibimize birkaç kez talep iletildi. {minutes} dk sonra yeniden talepte bulunabilirsiniz.',
    ticketResolved: 'Talebinizi çözüldü olarak işaretledik. Hâlâ yardıma ihtiyacınız varsa buradan yanıt verin.',
    responders: {
      assistant: 'Asistan',
      'waiting-agent': 'Buradan yanıt vereceğiz',
      agent: 'Ekibimizle görüşüyorsunuz',
      closed: 'Kapandı',
    },
  },
  ja: {
    answerFailed: '現在、アシスタントが回答できません。',
    answerFiltered: 'この内容にはアシスタントではお答えできません。担当者がご案内します。',
    agentWillReply:
      '担当者がこちらでお返事します。これまでの会話は共有されているため、繰り返しご説明いただく必要はありません。',
    agentWillInvestigate: '詳しい確認が必要です。担当者が確認のうえ、こちらでお返事します。',
    agentCancelled: '担当者へのご依頼を取り消しました。引き続きアシスタントがこちらでご案内します。',
    limitReached: '本日は、お使いのネットワークからのご質問をこれ以上お受けできません。明日もう一度お試しください。',
    agentLimit:
      'このネットワークから担当者へのご依頼をすでに複数回いただいています。{minutes}分後に再度ご依頼いただけます。',
    ticketResolved: 'お問い合わせを解決済みにしました。ほかにご不明な点がございましたら、こちらにご返信ください。',
    responders: {
      assistant: 'アシスタント',
      'waiting-agent': '担当者からお返事します',
      agent: '担当者が対応しています',
      closed: '終了',
    },
  },
  zh: {
    answerFailed: '智能助手暂时无法回答。',
    answerFiltered: '智能助手无法处理此问题，客服人员可以为您解答。',
    agentWillReply: '客服人员将在这里回复您，并能看到完整对话，您无需重复说明。',
    agentWillInvestigate: '此问题需要进一步核实。客服人员会跟进并在这里回复您。',
    agentCancelled: '已取消转接客服人员，智能助手将继续在这里为您服务。',
    limitReached: '今天无法再处理来自您所在网络的问题，请明天再试。',
    agentLimit: '您所在的网络已多次请求客服人员，请在 {minutes} 分钟后再试。',
    ticketResolved: '我们已将您的问题标记为已解决。如果仍需帮助，请直接在这里回复。',
    responders: {
      assistant: '智能助手',
      'waiting-agent': '客服人员将在此回复',
      agent: '客服人员正在为您服务',
      closed: '已结束',
    },
  },
  ar: {
    answerFailed: 'لا يستطيع المساعد الرد الآن.',
    answerFiltered: 'لا يستطيع المساعد مساعدتك في هذا الأمر، لكن فريقنا يستطيع.',
    agentWillReply: 'سيرد عليك أحد أعضاء فريقنا هنا. يمكنه رؤية المحادثة كاملة، فلا داعي لتكرار أي شيء.',
    agentWillInvestigate: 'يحتاج هذا إلى مراجعة أدق. سيراجعه أحد أعضاء فريقنا ويرد عليك هنا.',
    agentCancelled: 'ألغينا طلب التحدث مع فريقنا، وسيواصل المساعد مساعدتك هنا.',
    limitReached: 'لا يمكننا استقبال المزيد من الأسئلة من شبكتك اليوم. يُرجى المحاولة مرة أخرى غدًا.',
    agentLimit: 'طُلب فريقنا من هذه الشبكة عدة مرات. يمكنك الطلب مجددًا بعد {minutes} دقيقة.',
    ticketResolved: 'وضعنا علامة «تم الحل» على طلبك. إذا كنت لا تزال بحاجة إلى المساعدة، فاكتب لنا هنا.',
    responders: {
      assistant: 'المساعد',
      'waiting-agent': 'سنرد عليك هنا',
      agent: 'فريقنا معك الآن',
      closed: 'منتهية',
    },
  },
  he: {
    answerFailed: 'העוזר לא יכול לענות כרגע.',
    answerFiltered: 'העוזר לא יכול לעזור בזה, אבל הצוות שלנו יכול.',
    agentWillReply: 'מישהו מהצוות שלנו ישיב לכם כאן. הצוות רואה את השיחה המלאה, כך שאין צורך לחזור על דבר.',
    agentWillInvestigate: 'זה דורש בדיקה מעמיקה יותר. מישהו מהצוות שלנו יבדוק וישיב לכם כאן.',
    agentCancelled: 'הבקשה לשיחה עם הצוות בוטלה, והעוזר ימשיך לעזור לכם כאן.',
    limitReached: 'לא נוכל לקבל היום שאלות נוספות מהרשת שלכם. נסו שוב מחר.',
    agentLimit: 'כבר ביקשו את הצוות שלנו כמה פעמים מהרשת הזאת. אפשר לבקש שוב בעוד {minutes} דק׳.',
    ticketResolved: 'סימנו את הפנייה כפתורה. אם עדיין דרושה לכם עזרה, פשוט השיבו כאן.',
    responders: {
      assistant: 'העוזר',
      'waiting-agent': 'נשיב לכם כאן',
      agent: 'הצוות שלנו איתכם',
      closed: 'הסתיימה',
    },
  },
};
