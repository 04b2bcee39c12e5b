import type { Motif } from '../pencil.ts';
import { balloon } from './balloon.ts';
import { bicycle } from './bicycle.ts';
import { bird } from './bird.ts';
import { boat } from './boat.ts';
import { cat } from './cat.ts';
import { fruit } from './fruit.ts';
import { hills } from './hills.ts';
import { houses } from './houses.ts';
import { inkwell } from './inkwell.ts';
import { kite } from './kite.ts';
import { letterbox } from './letterbox.ts';
import { lighthouse } from './lighthouse.ts';
import { moon } from './moon.ts';
import { mushrooms } from './mushrooms.ts';
import { snail } from './snail.ts';
import { sprig } from './sprig.ts';
import { teacup } from './teacup.ts';
import { whale } from './whale.ts';

/**
 * All motifs. The list is part of a seed's meaning: a new motif changes the stamps of letters
 * already sent.
 */
export const motifs: readonly [Motif, ...Motif[]] = [
  balloon,
  bicycle,
  bird,
  boat,
  cat,
  fruit,
  hills,
  houses,
  inkwell,
  kite,
  letterbox,
  lighthouse,
  moon,
  mushrooms,
  snail,
  sprig,
  teacup,
  whale,
];
