/** Products and their care, in thirteen languages. */
import type { Concept } from './concept.ts';

export const PRODUCT_CONCEPTS: readonly Concept[] = [
  {
    name: 'size',
    topic: 'products',
    words:
      'size sizes cm wide wider tall taller higher larger width height depth dimension* abmess* masse grosse taille* tamano* medida* misur* tamanh* maat maten afmeting* rozmiar* wymiar* boyut* olcu*',
    within: 'サイズ 寸法 尺寸 مقاس מידה מידות',
  },
  {
    name: 'assembly',
    topic: 'assembly',
    words:
      'assembl* aufbau* aufzubau* montage montier* monter montaj* montar montagg* montare montagem monteren zmontow* kurulum* monta*',
    within: '組み立て 組立 组装 安装 تركيب הרכבה',
  },
  {
    name: 'desk',
    kind: 'thing',
    topic: 'products',
    words: 'desk* schreibtisch* bureau escritorio* scrivani* secretaria bureaus biurk* masa masan* masay*',
    within: 'デスク 机 书桌 桌子 مكتب שולחן',
  },
  {
    name: 'shelf',
    kind: 'thing',
    topic: 'products',
    words:
      'shelf shelves regal regale regals wandregal* etagere* estante* mensol* prateleira* plank planken boekenplank* połk* połek raf rafı rafl*',
    within: '棚 シェルフ 书架 搁板 رفوف מדף',
  },
  {
    name: 'stool',
    kind: 'thing',
    topic: 'products',
    words: 'stool* hocker* tabouret* taburete* sgabell* banqueta* kruk krukken stołek stołk* tabure*',
    within: 'スツール 凳 كرسي שרפרף',
  },
  {
    name: 'lamp',
    kind: 'thing',
    topic: 'products',
    words: 'lamp* leuchte* lampara* lampad* lamba*',
    within: 'ランプ 照明 台灯 落地灯 مصباح מנורה',
  },
  { name: 'bulb', kind: 'thing', topic: 'products', words: 'bulb* gluhbirne* leuchtmittel* ampoule* bombilla*' },
  { name: 'wall', topic: 'assembly', words: 'wall walls wand mauer mur pared* muro parete parede muur' },
  {
    name: 'wood',
    kind: 'thing',
    topic: 'care',
    words: 'wood* holz* bois madera* legno madeira hout houten drewn* ahsap*',
    within: '木材 木製 木头 خشب מעץ',
  },
  {
    name: 'clean',
    topic: 'care',
    words:
      'clean* care reinig* putzen pflege* nettoy* entretien limpi* pulir* pulire limpar schoonmak* onderhoud czyszcz* pielegn* temizl* bakım*',
    within: '手入れ 掃除 清洁 保养 تنظيف ניקוי',
  },
  {
    name: 'oil',
    topic: 'care',
    words: 'oil oils oiled oiling olen ol huile* aceite olio oleo olie',
    within: 'オイル 上油 زيت שמן',
  },
  {
    name: 'stock',
    topic: 'products',
    words:
      'stock available availab* verfugbar* ausverkauft* lieferbar disponib* agotad* esaurit* esgotad* leverbaar uitverkocht dostepn* stok stokta',
    within: '在庫 有货 库存 متوفر במלאי',
  },
  { name: 'custom', topic: 'products', words: 'custom bespoke engrav* massanfertigung* sonder* surmesure' },
  {
    name: 'finished',
    kind: 'thing',
    topic: 'products',
    words: 'finish* finition* acabado* finitur* acabamento* afwerking*',
  },
];
