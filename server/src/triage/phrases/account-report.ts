/** How visitors report that something on their account is wrong, missing or has not arrived, in each shipped language. */
import type { Phrases } from './phrases.ts';

export type AccountReportPart = 'report' | 'disputed';

/**
 * `record`: what an account keeps. `wrong`: what is said of it. `disputed`: that it shows a wrong value, `{untrue}`; what is missing or late
 * may still arrive.
 */
const language = (
  [record, wrong, untrue]: readonly [string, string, string],
  report: string[],
  disputed: string[],
): Phrases<AccountReportPart> => ({
  sets: { record, wrong, untrue },
  phrases: { report, disputed },
});

export const ACCOUNT_REPORTS: readonly Phrases<AccountReportPart>[] = [
  language(
    [
      'balance, deposit, deposits, payment, payments, refund, refunds, transaction, transactions, bonus, amount, withdrawal, withdrawals, transfer, transfers, wallet, invoice, bill, cashback, points, reward, rewards, referral, referrals, credit, credits, money, winnings, order, orders, parcel, package, delivery',
      'wrong, incorrect, missing, gone, lower, less, not there, not visible, not showing, not shown, not updated, not reflected, not received, not credited, not correct, not right',
      'wrong, incorrect, not correct, not right, isnt correct, isnt right',
    ],
    [
      'my|our ..3 {record} ..1 is|are|was|were|has|have|shows|still ..2 {wrong}',
      'my|our ..3 {record} {wrong}',
      'my|our ..3 {record} ..1 isnt|wasnt|arent|werent|hasnt|havent|didnt|doesnt|not ..2 there|visible|showing|shown|show|updated|update|reflected|received|arrived|arrive|credited|correct|right|come|appeared|appear',
      'cant|cannot|couldnt|dont|unable_to|can_not|do_not ..1 see|find|view my|our ..3 {record}',
      'havent|didnt|never|not|hasnt ..1 receive|received|recieve|recieved|get|got|gotten {record}',
      'havent|didnt|never|not|hasnt ..1 receive|received|recieve|recieved|get|got|gotten ..1 my|our|the|any ..3 {record}',
      'still|been waiting ..2 for|on my|our|the ..3 {record}',
      'showing|shows|show|displays|displaying ..2 wrong|incorrect {record}',
      'not showing|shown|visible|updated ..3 my|our|the {record}',
    ],
    [
      'my|our ..3 {record} ..1 is|are|was|were|shows|has|have? ..2 {untrue}',
      'showing|shows|show|displays|displaying ..2 wrong|incorrect {record}',
    ],
  ),
  language(
    [
      'guthaben, kontostand, einzahlung, zahlung, ruckerstattung, rueckerstattung, erstattung, buchung, bonus, betrag, auszahlung, uberweisung, ueberweisung, rechnung, punkte, geld, bestellung, paket, lieferung, sendung, gutschrift, pramie, praemie',
      'falsch, weg, verschwunden, zu niedrig, zu wenig, nicht da, nicht sichtbar, nicht angekommen, nicht eingegangen, nicht gutgeschrieben, nicht richtig, nicht korrekt',
      'falsch, nicht richtig, nicht korrekt, stimmt nicht, inkorrekt',
    ],
    [
      'mein|meine|meiner|unser|unsere ..2 {record} ..3 {wrong}',
      'habe ..2 mein|meine|meinen|keine|keinen ..2 {record} ..2 nicht? erhalten|bekommen',
      'warte ..4 auf mein|meine|die|das ..2 {record}',
      'sehe|finde mein|meine|meinen ..2 {record} ..2 nicht',
      'falscher|falsche|falsches|fehlender|fehlende {record}',
    ],
    ['mein|meine|meiner|unser|unsere ..2 {record} ..2 {untrue}', 'falscher|falsche|falsches {record}'],
  ),
  language(
    [
      'solde, depot, paiement, remboursement, transaction, bonus, montant, retrait, virement, facture, points, argent, commande, colis, livraison, avoir, gains',
      'faux, fausse, incorrect, incorrecte, errone, erronee, pas visible, pas arrive, pas arrivee, pas la, pas a jour, pas credite, manquant, manquante, disparu',
      'faux, fausse, incorrect, incorrecte, errone, erronee, pas correct, pas correcte, pas juste',
    ],
    [
      'mon|ma|mes|notre|nos ..2 {record} ..3 {wrong}',
      'ai ..1 pas|jamais ..1 recu mon|ma|mes|le|la ..2 {record}',
      'ne vois|trouve pas|plus mon|ma|mes ..2 {record}',
      'attends ..2 mon|ma|mes ..2 {record}',
    ],
    ['mon|ma|mes|notre|nos ..2 {record} ..3 {untrue}'],
  ),
  language(
    [
      'saldo, deposito, pago, reembolso, transaccion, bono, importe, monto, retiro, transferencia, factura, puntos, dinero, pedido, paquete, entrega, abono, recarga',
      'mal, incorrecto, incorrecta, equivocado, equivocada, erroneo, erronea, no aparece, no se ve, no llego, no ha llegado, desaparecido',
      'mal, incorrecto, incorrecta, equivocado, equivocada, erroneo, erronea, no es correcto, no es correcta',
    ],
    [
      'mi|mis|nuestro ..2 {record} ..3 {wrong}',
      'no he|me? ..2 recibido|recibi|llegado mi|mis|el|la ..2 {record}',
      'no veo|encuentro mi|mis ..2 {record}',
      'sigo|estoy esperando mi|mis|el|la ..2 {record}',
    ],
    ['mi|mis|nuestro ..2 {record} ..2 {untrue}'],
  ),
  language(
    [
      'saldo, deposito, pagamento, reembolso, transacao, bonus, valor, saque, transferencia, fatura, pontos, dinheiro, pedido, encomenda, entrega, estorno',
      'errado, errada, incorreto, incorreta, faltando, nao aparece, nao chegou, nao caiu, nao foi creditado, sumiu',
      'errado, errada, incorreto, incorreta, nao esta correto, nao esta certo',
    ],
    [
      'meu|minha|meus|minhas ..2 {record} ..3 {wrong}',
      'nao recebi o|a|meu|minha ..2 {record}',
      'nao vejo|encontro|consigo ..1 ver? meu|minha ..2 {record}',
      'esperando ..1 meu|minha ..2 {record}',
    ],
    ['meu|minha|meus|minhas ..2 {record} ..2 {untrue}'],
  ),
  language(
    [
      'saldo, deposito, pagamento, rimborso, transazione, bonus, importo, prelievo, bonifico, fattura, punti, soldi, ordine, pacco, consegna, accredito',
      'sbagliato, sbagliata, errato, errata, scorretto, mancante, sparito, sparita, non visibile, non arrivato, non arrivata, non corretto',
      'sbagliato, sbagliata, errato, errata, scorretto, non corretto, non e corretto',
    ],
    [
      'mio|mia|miei ..2 {record} ..3 {wrong}',
      'mio|mia|miei ..2 {record} non ..2 arrivato|arrivata|visibile|aggiornato|compare|appare|corretto',
      'non ho ricevuto ..2 {record}',
      'non vedo|trovo ..1 mio|mia ..2 {record}',
      'aspettando ..2 mio|mia ..2 {record}',
    ],
    ['mio|mia|miei ..2 {record} ..2 {untrue}'],
  ),
  language(
    [
      'saldo, storting, betaling, terugbetaling, transactie, bonus, bedrag, opname, overboeking, factuur, punten, geld, bestelling, pakket, levering, tegoed',
      'fout, verkeerd, onjuist, weg, niet zichtbaar, niet aangekomen, niet bijgewerkt, niet ontvangen, niet juist',
      'fout, verkeerd, onjuist, niet juist, klopt niet',
    ],
    [
      'mijn|onze ..2 {record} ..3 {wrong}',
      'heb ..2 mijn|geen ..2 {record} ..2 niet? ontvangen|gekregen',
      'zie|vind mijn ..2 {record} ..1 niet',
      'wacht ..3 op mijn ..2 {record}',
    ],
    ['mijn|onze ..2 {record} ..2 {untrue}'],
  ),
  language(
    [
      'saldo, wplata, platnosc, zwrot, transakcja, bonus, kwota, wyplata, przelew, faktura, punkty, pieniadze, zamowienie, paczka, przesylka, dostawa',
      'bledne, bledny, bledna, nieprawidlowe, nieprawidlowa, nieprawidlowy, zle, zla, zly, nie dotarla, nie dotarlo, nie dotarl, nie przyszla, nie przyszlo, niewidoczna, zniknelo, zniknely',
      'bledne, bledny, bledna, nieprawidlowe, nieprawidlowa, nieprawidlowy, zle, zla, zly, sie nie zgadza',
    ],
    [
      'moj|moja|moje ..2 {record} ..2 {wrong}',
      'nie otrzymalem|otrzymalam|dostalem|dostalam ..2 {record}|zwrotu|przelewu|paczki|zamowienia|pieniedzy|bonusu',
      'nie widze moj*|swoj* ..1 wplaty|platnosci|zwrotu|transakcji|zamowienia|przelewu|bonusu',
      'czekam na moj*|swoj*|zwrot ..2 {record}',
    ],
    ['moj|moja|moje ..2 {record} ..2 {untrue}'],
  ),
  language(
    [
      'bakiyem, bakiye, odemem, iadem, islemim, bonusum, param, cekimim, havalem, faturam, puanim, puanlarim, siparisim, kargom, paketim, yatirdigim',
      'yanlis, eksik, hatali, gorunmuyor, gelmedi, ulasmadi, yatmadi, guncellenmedi, kayip, yok',
      'yanlis, hatali, dogru degil',
    ],
    ['{record} ..3 {wrong}', '{record} ..2 almadim|alamadim|bekliyorum|goremiyorum'],
    ['{record} ..2 {untrue}'],
  ),
  language(
    [
      '残高, 入金, 支払い, 返金, 取引, ボーナス, 金額, 出金, 振込, 請求書, ポイント, 注文, 荷物, 商品',
      '間違って, 違って, おかしい, 反映されて, 表示されま, 届いていま, 届きま, 届かない, ありません, 消え',
      '間違っています, 間違って, 違っています, 違って, おかしいです, おかしい, 正しくありません, 正しくない, 合いません, 合わない',
    ],
    ['{record} が|は|も まだ? {wrong}', '{record} を まだ? 受け取って いま|ない'],
    ['{record} が|は|も まだ? {untrue}'],
  ),
  language(
    [
      '余额, 餘額, 存款, 付款, 退款, 交易, 奖金, 獎金, 金额, 金額, 提现, 提現, 转账, 轉賬, 账单, 帳單, 积分, 積分, 订单, 訂單, 包裹, 快递, 快遞',
      '不对, 不對, 错了, 錯了, 错误, 錯誤, 不见了, 不見了, 没到, 沒到, 没有到, 沒有到, 没有显示, 沒有顯示, 没有更新, 没收到, 沒收到, 少了',
      '不对, 不對, 错了, 錯了, 错误, 錯誤, 不正确, 不正確',
    ],
    [
      '我 的? ..4 {record} ..3 {wrong}',
      '{record} ..2 还|還 没|沒 有? 到|收',
      '我 ..2 没|沒 有? 收到 ..4 {record}',
      '看不到|找不到 我 的? ..4 {record}',
    ],
    ['我 的? ..4 {record} ..2 {untrue}'],
  ),
  language(
    [
      'رصيدي, إيداعي, دفعتي, أموالي, مكافأتي, تحويلي, طلبي, طلبيتي, شحنتي, نقاطي, فاتورتي, معاملتي, استردادي, المبلغ',
      'خطأ, خاطئ, خاطئة, غير صحيح, غير صحيحة, لم يصل, لم تصل, لا يظهر, لا تظهر, ناقص, مفقود, مفقودة',
      'خطأ, خاطئ, خاطئة, غير صحيح, غير صحيحة',
    ],
    [
      '{record} ..2 {wrong}',
      'لم يصل|تصل|تصلني|يصلني ..1 {record}',
      'لم أستلم|استلم ..1 {record}',
      'لا أرى|أجد ..1 {record}',
    ],
    ['{record} ..2 {untrue}'],
  ),
  language(
    [
      'היתרה, ההפקדה, התשלום, ההחזר, הזיכוי, העסקה, הבונוס, הסכום, המשיכה, ההעברה, החשבונית, הנקודות, הכסף, ההזמנה, החבילה, המשלוח',
      'שגוי, שגויה, לא נכון, לא נכונה, לא הגיע, לא הגיעה, חסר, חסרה, לא מופיע, לא מופיעה, לא מעודכן, נעלם, נעלמה',
      'שגוי, שגויה, לא נכון, לא נכונה',
    ],
    [
      '{record} שלי ..2 {wrong}',
      'לא קיבלתי את? ..1 {record}',
      'לא רואה|מוצא|מוצאת את? {record} שלי?',
      'מחכה ל*|עדיין ..1 {record}',
    ],
    ['{record} שלי ..2 {untrue}'],
  ),
];
