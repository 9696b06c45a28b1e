/** What the words of a shop's visitors mean, in seven languages: one concept for each thing that articles speak about. */

/**
 * How much a word says about what is wanted: `action` most ("refund"), `thing` less ("desk": many articles name one),
 * `common` little ("order", "day").
 */
export type ConceptKind = 'action' | 'thing' | 'common';

/** A word ending in `*` matches every word with that prefix. All are lower case and without accents. */
interface Concept {
  readonly name: string;
  /** `action` when absent. */
  readonly kind?: ConceptKind;
  readonly topic: string;
  readonly words: string;
}

const CONCEPTS: readonly Concept[] = [
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
    name: 'size',
    topic: 'products',
    words:
      'size sizes cm wide wider tall taller higher larger width height depth dimension* abmess* masse grosse taille* tamano* medida* misur* tamanh* maat maten afmeting*',
  },
  {
    name: 'assembly',
    topic: 'assembly',
    words: 'assembl* aufbau* aufzubau* montage montier* monter montaj* montar montagg* montare montagem monteren',
  },
  {
    name: 'desk',
    kind: 'thing',
    topic: 'products',
    words: 'desk* schreibtisch* bureau escritorio* scrivani* secretaria bureaus',
  },
  {
    name: 'shelf',
    kind: 'thing',
    topic: 'products',
    words:
      'shelf shelves regal regale regals wandregal* etagere* estante* mensol* prateleira* plank planken boekenplank*',
  },
  {
    name: 'stool',
    kind: 'thing',
    topic: 'products',
    words: 'stool* hocker* tabouret* taburete* sgabell* banqueta* kruk krukken',
  },
  { name: 'lamp', kind: 'thing', topic: 'products', words: 'lamp* leuchte* lampara* lampad*' },
  { name: 'bulb', kind: 'thing', topic: 'products', words: 'bulb* gluhbirne* leuchtmittel* ampoule* bombilla*' },
  { name: 'wall', topic: 'assembly', words: 'wall walls wand mauer mur pared* muro parete parede muur' },
  { name: 'wood', kind: 'thing', topic: 'care', words: 'wood* holz* bois madera* legno madeira hout houten' },
  {
    name: 'clean',
    topic: 'care',
    words: 'clean* care reinig* putzen pflege* nettoy* entretien limpi* pulir* pulire limpar schoonmak* onderhoud',
  },
  { name: 'oil', topic: 'care', words: 'oil oils oiled oiling olen ol huile* aceite olio oleo olie' },
  {
    name: 'stock',
    topic: 'products',
    words:
      'stock available availab* verfugbar* ausverkauft* lieferbar disponib* agotad* esaurit* esgotad* leverbaar uitverkocht',
  },
  { name: 'custom', topic: 'products', words: 'custom bespoke engrav* massanfertigung* sonder* surmesure' },
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
  {
    name: 'finished',
    kind: 'thing',
    topic: 'products',
    words: 'finish* finition* acabado* finitur* acabamento* afwerking*',
  },
  { name: 'austria', kind: 'thing', topic: 'shipping', words: 'austria osterreich* autriche oostenrijk' },
  {
    name: 'germany',
    kind: 'thing',
    topic: 'shipping',
    words: 'germany deutschland allemagne alemania germania alemanha duitsland',
  },
  { name: 'france', kind: 'thing', topic: 'shipping', words: 'france frankreich francia franca frankrijk' },
  {
    name: 'netherlands',
    kind: 'thing',
    topic: 'shipping',
    words: 'netherlands holland niederlande* paysbas paises olanda nederland',
  },
  {
    name: 'belgium',
    kind: 'thing',
    topic: 'shipping',
    words: 'belgium belgien belgique belgica belgio belgie luxembourg luxemburg',
  },
  {
    name: 'denmark',
    kind: 'thing',
    topic: 'shipping',
    words: 'denmark danemark dinamarca danimarca danemarca denemarken',
  },
  {
    name: 'uk',
    kind: 'thing',
    topic: 'shipping',
    words: 'uk britain england scotland wales grossbritannien angleterre inglaterra inghilterra engeland',
  },
  {
    name: 'switzerland',
    kind: 'thing',
    topic: 'shipping',
    words: 'switzerland schweiz suisse suiza svizzera suica zwitserland',
  },
  { name: 'norway', kind: 'thing', topic: 'shipping', words: 'norway norwegen norvege noruega norvegia noorwegen' },
  {
    name: 'eu',
    kind: 'thing',
    topic: 'shipping',
    words:
      'eu spain spanien espagne espana spagna espanha spanje italy italien italie italia portugal poland polen pologne sweden schweden finland finnland ireland irland greece griechenland czechia hungary ungarn romania croatia kroatien slovakia slovenia estonia latvia lithuania bulgaria malta cyprus europe europa',
  },
  {
    name: 'abroad',
    kind: 'thing',
    topic: 'shipping',
    words:
      'abroad international* overseas country countries usa america canada japan china india australia brazil mexico turkey iceland ukraine israel korea singapore ausland usa amerika kanada japon estados',
  },
];

export interface Meaning {
  readonly name: string;
  readonly topic: string;
  readonly kind: ConceptKind;
}

export type WordMeaning = (word: string) => Meaning | undefined;

/** Looks up a folded word (see `foldWords`); an exact word goes before the longest beginning that fits. */
export function createWordMeaning(): WordMeaning {
  const exact = new Map<string, Concept>();
  const beginnings = new Map<string, Concept>();
  for (const concept of CONCEPTS) {
    for (const word of concept.words.split(' ')) {
      if (word.endsWith('*')) beginnings.set(word.slice(0, -1), concept);
      else exact.set(word, concept);
    }
  }
  const find = (word: string): Concept | undefined => {
    const found = exact.get(word);
    if (found) return found;
    for (let length = word.length; length >= 3; length -= 1) {
      const concept = beginnings.get(word.slice(0, length));
      if (concept) return concept;
    }
    return undefined;
  };
  return (word) => {
    const concept = find(word);
    return concept && { name: concept.name, topic: concept.topic, kind: concept.kind ?? 'action' };
  };
}
