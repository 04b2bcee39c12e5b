import { readFileSync } from 'node:fs';
import { parse, stringify } from 'devalue';
import { describe, expect, it } from 'vitest';
import { refusalStatuses } from '#core/refusal.ts';
import { appRouter } from '#server/router.ts';
import { openApiText } from '../../scripts/make-openapi.ts';

const committed = readFileSync('public/api/openapi.json', 'utf8');
const document = JSON.parse(committed);

describe('the OpenAPI document', () => {
  it('is as the router is now; "npm run api:emit" writes it anew', () => {
    expect(committed).toBe(openApiText());
  });

  it('has every procedure, under the method it answers', () => {
    const procedures = Object.entries(
      (appRouter._def as unknown as { procedures: Record<string, { _def: { type: string } }> }).procedures,
    );
    expect(procedures.length).toBeGreaterThan(0);
    expect(Object.keys(document.paths)).toEqual(procedures.map(([name]) => `/api/trpc/${name}`));
    for (const [name, { _def }] of procedures) {
      const [method] = Object.keys(document.paths[`/api/trpc/${name}`]);
      expect(method, name).toBe(_def.type === 'query' ? 'get' : 'post');
    }
  });

  it('says of every procedure what it does', () => {
    const paths = Object.entries<Record<string, { description?: string }>>(document.paths);
    expect(paths.length).toBeGreaterThan(0);
    for (const [path, methods] of paths)
      for (const { description } of Object.values(methods)) expect(description, path).toBeTruthy();
  });

  it('refers to nothing that is not there', () => {
    const references = [...committed.matchAll(/"\$ref":\s*"([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, reference = ''] of references) {
      let at = document;
      for (const part of reference.replace('#/', '').split('/')) at = at?.[part];
      expect(at, reference).toBeDefined();
    }
  });

  it('tells the bounds of an input', () => {
    const schemaOf = (name: string) =>
      document.paths[`/api/trpc/${name}`].post.requestBody.content['application/json'].schema.contentSchema;
    const { subject, message } = schemaOf('feedback.give').properties;
    expect(subject).toMatchObject({ type: 'string', maxLength: expect.any(Number) });
    expect(message).toMatchObject({ type: 'string', maxLength: expect.any(Number) });
    const { properties, required } = schemaOf('letters.send');
    expect(properties.to).toMatchObject({ type: 'string', minLength: 3, maxLength: 15 });
    expect(required).toContain('to');
    expect(required).not.toContain('stampIdea');
  });

  it('has the codes that docs/api.md lists', () => {
    const manual = readFileSync('docs/api.md', 'utf8');
    const listed = /Codes from the server: `([^`]+)`/.exec(manual)?.[1]?.split(/\s+/);
    expect(listed).toEqual(Object.keys(refusalStatuses));
  });

  it('speaks of the text that docs/api.md shows', () => {
    const manual = readFileSync('docs/api.md', 'utf8');
    const shown = /<!-- devalue -->\n```json\n(.+)\n```/.exec(manual)?.[1] ?? '';
    expect(shown).toBe(stringify({ cursor: undefined, at: new Date(0), bytes: Uint8Array.of(1, 2, 3) }));
    expect(parse(shown)).toEqual({ cursor: undefined, at: new Date(0), bytes: Uint8Array.of(1, 2, 3) });
  });
});
