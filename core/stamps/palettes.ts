/** The inks of one printing. `ink` draws lines, `light` is the paper showing through. */
export type Palette = {
  name: string;
  paper: string;
  sky: string;
  far: string;
  mid: string;
  near: string;
  light: string;
  accent: string;
  ink: string;
  /** True when the sky is darker than the objects: stars and moon rather than sun and clouds. */
  night: boolean;
};

type Inks = readonly [
  sky: string,
  far: string,
  mid: string,
  near: string,
  light: string,
  accent: string,
  ink: string,
];

function palette(name: string, paper: string, inks: Inks, night = false): Palette {
  const [sky, far, mid, near, light, accent, ink] = inks;
  return { name, paper, sky, far, mid, near, light, accent, ink, night };
}

/** Harmonies chosen by eye; any motif can be printed in any of them. */
export const palettes: readonly [Palette, ...Palette[]] = [
  palette('sea-glass green', '#fbf9f1', [
    '#cfe3dd',
    '#9fc4bd',
    '#5f978f',
    '#2f5d5a',
    '#f7f1e1',
    '#e2725b',
    '#1d3533',
  ]),
  palette('dusk', '#fdf6ec', ['#f3c9b0', '#d99a94', '#9c6480', '#533a62', '#fdf0dd', '#f2b33d', '#2b1e3d']),
  palette(
    'midnight blue',
    '#f9f7f0',
    ['#27355f', '#3f5189', '#6f83b5', '#18213f', '#f4ecd4', '#f3c54b', '#0e1530'],
    true,
  ),
  palette('meadow green', '#fcfaee', [
    '#dfe9c5',
    '#b4cc8d',
    '#6f9a57',
    '#3b6140',
    '#fbf6e0',
    '#d9583b',
    '#22361f',
  ]),
  palette('mustard', '#fefaf0', [
    '#f6dd9a',
    '#e3b85a',
    '#b9802f',
    '#6d4a22',
    '#fff6df',
    '#2f6f7e',
    '#35230f',
  ]),
  palette('rose', '#fef9f5', ['#f6d9d8', '#e6a9ab', '#c26a74', '#7e3a4b', '#fff4ec', '#3f7c70', '#401823']),
  palette('northern blue', '#fbfaf6', [
    '#dbe6ef',
    '#a9c1d4',
    '#5c86a8',
    '#28496b',
    '#fbf8f0',
    '#d6453d',
    '#142a42',
  ]),
  palette('violet', '#fbf9f3', ['#e7dff0', '#bda9d2', '#8061a3', '#453062', '#f9f5e6', '#dfb83a', '#251538']),
  palette('lagoon', '#fdfaf2', ['#bfe6e3', '#7cc7c6', '#2f98a0', '#14545f', '#fff3df', '#f26b4f', '#0b3038']),
  palette('sepia', '#fdf9ee', ['#eee0c6', '#d3b994', '#a37c55', '#5d432e', '#fdf7e8', '#a33a33', '#33231a']),
  palette('mint', '#fdfaf1', ['#d6eedd', '#a4d3b5', '#6aa889', '#345a4c', '#fdf8ea', '#e4607a', '#1f352d']),
  palette('lemon', '#fefcf0', ['#fbeea8', '#f3cf6b', '#5aa07e', '#27584e', '#fffbe8', '#e3593f', '#173732']),
  palette('ink and vermilion', '#fdfbf4', [
    '#f1ebdc',
    '#d3cfc6',
    '#8d93a1',
    '#303a55',
    '#fffdf6',
    '#c8362f',
    '#1a2238',
  ]),
  palette(
    'aurora',
    '#f8f8f2',
    ['#1f4a55', '#2f6b6f', '#5fa08f', '#12303c', '#f1efd6', '#f0a35e', '#0a1f29'],
    true,
  ),
  palette(
    'plum night',
    '#faf6f1',
    ['#4a2f57', '#6d4a7c', '#a379a6', '#2e1b3a', '#f8e9dc', '#f4b860', '#1c0f26'],
    true,
  ),
];
