/** Orders, delivery, payment and accounts, in seven languages. */
import type { Concept } from './concept.ts';

export const SERVICE_CONCEPTS: readonly Concept[] = [
  {
    name: 'return',
    topic: 'returns',
    words:
      'return* retour* ruckgabe* zuruck zuruckgeb* zuruckschick* zurucksend* rucksend* umtauschrecht widerruf* renvoy* devol* devuelv* restitu* reso resi rendere terug terugstu* terugzend* terugbreng*',
  },
  {
    name: 'refund',
    topic: 'refunds',
    words: 'refund* erstatt* ruckerstatt* geldzuruck rembours* reembols* rimbors* terugbetal* geldterug',
  },
  {
    name: 'exchange',
    topic: 'returns',
    words: 'exchang* swap* umtausch* tausch* eintausch* echang* intercambi* troca trocar omruil* ruil*',
  },
  {
    name: 'delivery',
    topic: 'shipping',
    words:
      'deliver* ship ships shipped shipping shipment* postage liefer* versand* versend* zustell* livr* expedi* envio* enviar envian enviais entreg* spedi* spediz* consegn* lever leveren levering* levert* bezorg* verzend*',
  },
  {
    name: 'parcel',
    kind: 'thing',
    topic: 'shipping',
    words:
      'parcel* package packages paket* packchen sendung* colis paquete* pacco pacchi pacote* encomenda* pakket* pakje*',
  },
  {
    name: 'arrival',
    kind: 'common',
    topic: 'shipping',
    words: 'arriv* angekommen ankommen ankunft llega* chegou chega* aangekomen aankomst',
  },
  { name: 'express', topic: 'shipping', words: 'express* eilversand nextday overnight urgente' },
  {
    name: 'late',
    topic: 'shipping',
    words: 'late delay* overdue verspat* spat retard* retras* ritard* atras* laat vertraag* vertraging',
  },
  {
    name: 'track',
    topic: 'shipping',
    words: 'track* sendungsverfolg* verfolg* suivi suivre seguim* rastre* tracci* volgen',
  },
  {
    name: 'missing',
    topic: 'shipping',
    words: 'missing lost fehl* verloren manqu* perdu perdue falta faltan perdid* manca mancan* ontbreek* kwijt',
  },
  { name: 'customs', topic: 'shipping', words: 'customs duty duties zoll* douane* aduana* dogana* alfandeg*' },
  { name: 'address', kind: 'thing', topic: 'orders', words: 'address* adress* direccion* indirizz* enderec* adres' },
  {
    name: 'order',
    kind: 'common',
    topic: 'orders',
    words: 'order orders ordered ordering bestell* commande commandes commander pedido* ordine ordini ordinato',
  },
  { name: 'cancel', topic: 'orders', words: 'cancel* storn* annul* cancella*' },
  {
    name: 'damage',
    topic: 'damage',
    words:
      'damag* broken broke scratch* dent dents dented crack cracks cracked beschad* kaputt* zerbroch* kratz* abime* casse cassee endommag* danad* roto rota rotto rotta dannegg* danific* quebrad* kapot*',
  },
  {
    name: 'warranty',
    topic: 'warranty',
    words: 'warrant* guarant* garant* gewahrleist* garanz* fault* faulty defect* defekt* difett* defeit*',
  },
  {
    name: 'repair',
    topic: 'repairs',
    words:
      'repair* spare reparatur* reparier* reparar* reparac* riparar* riparaz* ersatzteil* recambio* pezzi onderde*',
  },
  {
    name: 'pay',
    topic: 'payment',
    words:
      'pay pays paying paid payment* payable bezahl* zahlen zahle zahlung* paiement* payer paye pagar pago pagos pague pagament* pagare betal* instalment* installment* raten ratenzahlung',
  },
  {
    name: 'charge',
    topic: 'payment',
    words: 'charge* debit* abgebucht* abbuch* debite preleva* cobrad* cobro addebit* afgeschreven declin* abgelehnt',
  },
  {
    name: 'invoice',
    topic: 'invoices',
    words: 'invoice* receipt* bill bills rechnung* quittung* factur* fatur* fattur*',
  },
  {
    name: 'voucher',
    topic: 'vouchers',
    words:
      'voucher* coupon* discount* promo* code codes gutschein* rabatt* reduction* remise descuent* cupon* cupom scont* descont* korting*',
  },
  {
    name: 'giftcard',
    topic: 'vouchers',
    words: 'giftcard* geschenkgutschein* geschenkkarte* cadeaubon* cadeaukaart*',
  },
  { name: 'account', topic: 'account', words: 'account* konto kundenkonto compte cuenta conta profil*' },
  {
    name: 'password',
    topic: 'password',
    words:
      'password* passwort* kennwort* contrasen* senha* wachtwoord* login signin einlogg* anmeld* connexion inlogg*',
  },
  {
    name: 'unsubscribe',
    topic: 'newsletter',
    words: 'unsubscrib* abbestell* abmeld* desabonn* desinscri* afmeld* uitschrijv*',
  },
  { name: 'newsletter', topic: 'newsletter', words: 'newsletter* nieuwsbrief* boletin*' },
  {
    name: 'data',
    topic: 'privacy',
    words: 'privacy data gdpr dsgvo datenschutz* daten donnees rgpd datos dati dados gegevens cookie*',
  },
  {
    name: 'contact',
    topic: 'contact',
    words:
      'contact* phone telephone kontakt* telefon* erreich* joindre llamar contatt* opening offnungs* geoffnet horaire* ouvert* horario* abiert* orari apert* abert* openingstijd* bereikbaar',
  },
  {
    name: 'showroom',
    topic: 'showroom',
    words: 'showroom* pickup abhol* ausstellung* magasin tienda negozio loja winkel afhal*',
  },
  {
    name: 'company',
    topic: 'business',
    words: 'company companies business firma firmen unternehmen entreprise* empresa* azienda aziende bedrijf*',
  },
  {
    name: 'cost',
    kind: 'common',
    topic: 'prices',
    words:
      'cost costs price prices priced fee fees expensive cheap* kost* preis* prix cout coute coutent precio* cuesta* cuestan prezz* costa costan* preco* prijs* kosten',
  },
  {
    name: 'time',
    kind: 'common',
    topic: 'orders',
    words:
      'time minute minutes hour hours day days week weeks month months year years tage tagen tag woche* jours jour semaine* dias dia giorni giorno settiman* semana* dagen dag weken',
  },
  { name: 'free', kind: 'common', topic: 'prices', words: 'free kostenlos* gratis gratuit* umsonst' },
  { name: 'forgotten', topic: 'password', words: 'forgot* vergess* oubli* olvid* dimentic* esquec* vergeten' },
];
