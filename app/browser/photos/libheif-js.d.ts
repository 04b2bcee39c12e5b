declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  import type { LibHeif } from '#core/photos/libheif.ts';
  export default function createLibheif(): LibHeif;
}
