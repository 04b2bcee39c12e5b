export type { EmbeddedCollection, EmbeddedDb } from './db.ts';
export type { QueryReport } from './finder.ts';
export { EmbeddedStore, type EmbeddedStoreOptions } from './store.ts';
export type { Doc } from './values.ts';
