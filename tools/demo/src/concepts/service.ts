/** Orders, delivery, payment and accounts, in thirteen languages. */
import type { Concept } from './concept.ts';

export const SERVICE_CONCEPTS: readonly Concept[] = [
  {
    name: 'return',
    topic: 'returns',
    words:
      'return* retour* ruckgabe* zuruck zuruckgeb* zuruckschick* zurucksend* rucksend* umtauschrecht widerruf* renvoy* devol* devuelv* restitu* reso resi rendere terug terugstu* terugzend* terugbreng* zwrot* zwroc* iade*',
    within: '返品 返送 退货 退回 إرجاع ارجاع أرجع ترجيع להחזיר החזרה החזרות',
  },
  {
    name: 'refund',
    topic: 'refunds',
    words: 'refund* erstatt* ruckerstatt* geldzuruck rembours* reembols* rimbors* terugbetal* geldterug refundacj*',
    within: '返金 払い戻し 退款 استرداد החזר זיכוי',
  },
  {
    name: 'exchange',
    topic: 'returns',
    words:
      'exchang* swap* umtausch* tausch* eintausch* echang* intercambi* troca trocar omruil* ruil* wymian* wymieni* degisim* degistir*',
    within: '交換 换货 استبدال החלפה להחליף',
  },
  {
    name: 'delivery',
    topic: 'shipping',
    words:
      'deliver* ship ships shipped shipping shipment* postage liefer* versand* versend* zustell* livr* expedi* envio* enviar envian enviais entreg* spedi* spediz* consegn* lever leveren levering* levert* bezorg* verzend* dostaw* wysył* teslimat* kargo* gonder*',
    within: '配送 発送 配達 届け 送料 运费 送货 发货 توصيل شحن משלוח',
  },
  {
    name: 'parcel',
    kind: 'thing',
    topic: 'shipping',
    words:
      'parcel* package packages paket* packchen sendung* colis paquete* pacco pacchi pacote* encomenda* pakket* pakje* paczk* przesyłk*',
    within: '荷物 小包 包裹 طرد חבילה',
  },
  {
    name: 'arrival',
    kind: 'common',
    topic: 'shipping',
    words: 'arriv* angekommen ankommen ankunft llega* chegou chega* aangekomen aankomst',
  },
  {
    name: 'express',
    topic: 'shipping',
    words: 'express* eilversand nextday overnight urgente ekspres* pilne',
    within: '速達 加急 سريع מהיר',
  },
  {
    name: 'late',
    topic: 'shipping',
    words: 'late delay* overdue verspat* spat retard* retras* ritard* atras* laat vertraag* vertraging opozni* gecik*',
    within: '遅れ 遅延 延迟 延误 تأخر متأخر איחור מאחר',
  },
  {
    name: 'track',
    topic: 'shipping',
    words: 'track* sendungsverfolg* verfolg* suivi suivre seguim* rastre* tracci* volgen sledz* takip*',
    within: '追跡 物流 تتبع מעקב',
  },
  {
    name: 'missing',
    topic: 'shipping',
    words:
      'missing lost fehl* verloren manqu* perdu perdue falta faltan perdid* manca mancan* ontbreek* kwijt brakuj* zagin* eksik* kayıp*',
    within: '紛失 不足 缺少 丢失 مفقود ناقص חסר אבד',
  },
  {
    name: 'customs',
    topic: 'shipping',
    words: 'customs duty duties zoll* douane* aduana* dogana* alfandeg* gumruk*',
    within: '関税 关税 海关 جمارك מכס',
  },
  {
    name: 'address',
    kind: 'thing',
    topic: 'orders',
    words: 'address* adress* direccion* indirizz* enderec* adres',
    within: '住所 地址 عنوان כתובת',
  },
  {
    name: 'order',
    kind: 'common',
    topic: 'orders',
    words:
      'order orders ordered ordering bestell* commande commandes commander pedido* ordine ordini ordinato zamowi* siparis*',
    within: '注文 订单 订购 طلبي الطلب طلبات הזמנה הזמנות',
  },
  {
    name: 'cancel',
    topic: 'orders',
    words: 'cancel* storn* annul* cancella* anulow* iptal*',
    within: 'キャンセル 取り消 取消 إلغاء الغاء ביטול לבטל',
  },
  {
    name: 'damage',
    topic: 'damage',
    words:
      'damag* broken broke scratch* dent dents dented crack cracks cracked beschad* kaputt* zerbroch* kratz* abime* casse cassee endommag* danad* roto rota rotto rotta dannegg* danific* quebrad* kapot* uszkodz* zepsu* hasar* kırık*',
    within: '破損 壊れ 损坏 破损 坏了 تالف مكسور שבור פגום',
  },
  {
    name: 'warranty',
    topic: 'warranty',
    words: 'warrant* guarant* garant* gewahrleist* garanz* fault* faulty defect* defekt* difett* defeit* gwarancj*',
    within: '保証 保修 质保 ضمان אחריות',
  },
  {
    name: 'repair',
    topic: 'repairs',
    words:
      'repair* spare reparatur* reparier* reparar* reparac* riparar* riparaz* ersatzteil* recambio* pezzi onderde* napraw* tamir* onarım*',
    within: '修理 维修 إصلاح תיקון',
  },
  {
    name: 'pay',
    topic: 'payment',
    words:
      'pay pays paying paid payment* payable bezahl* zahlen zahle zahlung* paiement* payer paye pagar pago pagos pague pagament* pagare betal* instalment* installment* raten ratenzahlung płatn* zapłac* płac* odeme* odeye*',
    within: '支払 決済 付款 支付 دفع תשלום לשלם',
  },
  {
    name: 'charge',
    topic: 'payment',
    words: 'charge* debit* abgebucht* abbuch* debite preleva* cobrad* cobro addebit* afgeschreven declin* abgelehnt',
  },
  {
    name: 'invoice',
    topic: 'invoices',
    words: 'invoice* receipt* bill bills rechnung* quittung* factur* fatur* fattur* rachun* faktur*',
    within: '領収書 請求書 发票 收据 فاتورة فواتير חשבונית קבלה',
  },
  {
    name: 'voucher',
    topic: 'vouchers',
    words:
      'voucher* coupon* discount* promo* code codes gutschein* rabatt* reduction* remise descuent* cupon* cupom scont* descont* korting* kupon* rabat* indirim*',
    within: 'クーポン 割引 优惠 折扣 قسيمة خصم קופון הנחה',
  },
  {
    name: 'giftcard',
    topic: 'vouchers',
    words: 'giftcard* geschenkgutschein* geschenkkarte* cadeaubon* cadeaukaart*',
    within: 'ギフトカード ギフト券 商品券 礼品卡 هدايا',
  },
  {
    name: 'account',
    topic: 'account',
    words: 'account* konto kundenkonto compte cuenta conta profil* hesab* hesap*',
    within: 'アカウント 账户 账号 حساب חשבון',
  },
  {
    name: 'password',
    topic: 'password',
    words:
      'password* passwort* kennwort* contrasen* senha* wachtwoord* login signin einlogg* anmeld* connexion inlogg* hasł* sifre* parola*',
    within: 'パスワード ログイン 密码 登录 مرور סיסמה',
  },
  {
    name: 'unsubscribe',
    topic: 'newsletter',
    words: 'unsubscrib* abbestell* abmeld* desabonn* desinscri* afmeld* uitschrijv* wypisa*',
    within: '配信停止 退订 להסיר',
  },
  {
    name: 'newsletter',
    topic: 'newsletter',
    words: 'newsletter* nieuwsbrief* boletin* bulten*',
    within: 'メールマガジン 新闻邮件 ניוזלטר',
  },
  {
    name: 'data',
    topic: 'privacy',
    words:
      'privacy data gdpr dsgvo datenschutz* daten donnees rgpd datos dati dados gegevens cookie* prywatno* gizlilik*',
    within: '個人情報 プライバシー 隐私 خصوصية פרטיות',
  },
  {
    name: 'contact',
    topic: 'contact',
    words:
      'contact* phone telephone kontakt* telefon* erreich* joindre llamar contatt* opening offnungs* geoffnet horaire* ouvert* horario* abiert* orari apert* abert* openingstijd* bereikbaar iletisim*',
    within: '連絡 問い合わせ 電話 联系 电话 اتصال هاتف טלפון',
  },
  {
    name: 'showroom',
    topic: 'showroom',
    words: 'showroom* pickup abhol* ausstellung* magasin tienda negozio loja winkel afhal*',
    within: 'ショールーム 展厅 معرض תצוגה',
  },
  {
    name: 'company',
    topic: 'business',
    words:
      'company companies business firma firmen unternehmen entreprise* empresa* azienda aziende bedrijf* firmy firmow* sirket*',
    within: '法人 会社 公司 企业 شركة חברה',
  },
  {
    name: 'cost',
    kind: 'common',
    topic: 'prices',
    words:
      'cost costs price prices priced fee fees expensive cheap* kost* preis* prix cout coute coutent precio* cuesta* cuestan prezz* costa costan* preco* prijs* kosten koszt* cena ceny fiyat* ucret*',
    within: 'いくら 料金 値段 送料 运费 多少钱 价格 费用 تكلف سعر تكلفة עולה מחיר עלות',
  },
  {
    name: 'time',
    kind: 'common',
    topic: 'orders',
    words:
      'time minute minutes hour hours day days week weeks month months year years tage tagen tag woche* jours jour semaine* dias dia giorni giorno settiman* semana* dagen dag weken dni dzien godzin* trwa gunde surer* saat*',
    within: '何日 何時間 どのくらい どれくらい 期間 多久 多长时间 几天 يستغرق تستغرق مدة זמן ימים',
  },
  {
    name: 'free',
    kind: 'common',
    topic: 'prices',
    words: 'free kostenlos* gratis gratuit* umsonst darmow* bezpłatn* ucretsiz*',
    within: '無料 免费 مجان חינם',
  },
  {
    name: 'forgotten',
    topic: 'password',
    words: 'forgot* vergess* oubli* olvid* dimentic* esquec* vergeten zapomni* unuttu*',
    within: '忘れ 忘记 نسيت שכחתי',
  },
];
