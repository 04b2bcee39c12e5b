#!/usr/bin/env node
import { existsSync } from 'node:fs';

// Runs the built command line, or in a checkout its sources, which Node 24 runs directly.
const [built, source] = ['../dist/client/bff.js', '../cli/main.ts'].map(
  (path) => new URL(path, import.meta.url),
);
const runsSources = Number(process.versions.node.split('.')[0]) >= 24 && existsSync(source);
if (runsSources) await import(source.href);
else if (existsSync(built)) await import(built.href);
else {
  console.error("The command line isn't built yet. Run: npm run build:client");
  process.exitCode = 1;
}
