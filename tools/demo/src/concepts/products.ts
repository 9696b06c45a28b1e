/** Products and their care, in seven languages. */
import type { Concept } from './concept.ts';

export const PRODUCT_CONCEPTS: readonly Concept[] = [
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
    name: 'finished',
    kind: 'thing',
    topic: 'products',
    words: 'finish* finition* acabado* finitur* acabamento* afwerking*',
  },
];
