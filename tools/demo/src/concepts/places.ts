/** Where the shop delivers to, in seven languages. */
import type { Concept } from './concept.ts';

export const PLACE_CONCEPTS: readonly Concept[] = [
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
