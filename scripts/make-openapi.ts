import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { refusalStatuses } from '#core/refusal.ts';
import { appRouter } from '#server/router.ts';

/*
 * Writes the procedures as an OpenAPI 3.1 document, from their zod inputs and the comments in the
 * routers. The server serves public/api/openapi.json at /api/openapi.json; docs/api.md explains it.
 */
const place = 'public/api/openapi.json';

interface Procedure {
  type: 'query' | 'mutation' | 'subscription';
  inputs: unknown[];
}

export function openApiText(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const procedures = (appRouter._def as unknown as { procedures: Record<string, { _def: Procedure }> })
    .procedures;
  const comments = readComments();
  const paths = Object.fromEntries(
    Object.entries(procedures).map(([name, { _def }]) => [
      `/api/trpc/${name}`,
      { [_def.type === 'query' ? 'get' : 'post']: operation(name, _def, comments.get(name)) },
    ]),
  );
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Project BFF',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'The procedures that pages, the typed client and the command line share. Values travel as devalue text, which is JSON ' +
        'with dates and bytes: see docs/api.md for how it looks and for a worked example.',
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, {}],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token from a login.' },
      },
      schemas: { answer: answerSchema, refusal: refusalSchema },
    },
  };
  // One line per procedure, so that two additions don't conflict in git.
  const lines = Object.entries(paths).map(
    ([path, item]) => `    ${JSON.stringify(path)}: ${JSON.stringify(item)}`,
  );
  const rest = JSON.stringify({ ...document, paths: {} }, null, 2);
  return `${rest.replace('"paths": {}', () => `"paths": {\n${lines.join(',\n')}\n  }`)}\n`;
}

const refusalSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      ...devalueText({
        type: 'object',
        properties: {
          message: { type: 'string', description: 'A sentence for a person.' },
          data: {
            type: 'object',
            properties: {
              app: {
                type: 'object',
                required: ['code'],
                properties: {
                  code: { enum: Object.keys(refusalStatuses) },
                  fields: { type: 'object', additionalProperties: { type: 'string' } },
                  retryAfterS: { type: 'number' },
                },
              },
            },
          },
        },
      }),
    },
  },
};

const answerSchema = {
  type: 'object',
  required: ['result'],
  properties: { result: { type: 'object', properties: { data: devalueText() } } },
};

/** A JSON string with a value as devalue text (JSON Schema 2020-12, 8.5). */
function devalueText(contentSchema?: object) {
  return {
    type: 'string',
    contentMediaType: 'application/vnd.devalue+json',
    ...(contentSchema && { contentSchema }),
  };
}

function operation(name: string, { type, inputs }: Procedure, comment: string | undefined) {
  const schema = inputs.length > 0 ? schemaOf(inputs) : null;
  const takesBytes = inputs.length > 0 && schema === null;
  const input = schema && devalueText(schema);
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    ...(comment && { summary: comment.split(/(?<=\.) /)[0], description: comment }),
    ...(type === 'query' && input
      ? {
          parameters: [
            {
              name: 'input',
              in: 'query',
              required: true,
              content: { 'application/json': { schema: input } },
            },
          ],
        }
      : {}),
    ...(type === 'mutation' && input
      ? { requestBody: { required: true, content: { 'application/json': { schema: input } } } }
      : {}),
    ...(takesBytes ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    responses: {
      200: {
        description: 'Done.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/answer' } } },
      },
      default: {
        description: 'Refused: the code says why, the status follows from it.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/refusal' } } },
      },
    },
  };
}

/** Returns null for bytes, which have no schema. */
function schemaOf(inputs: unknown[]): object | null {
  const schemas = inputs.filter((input): input is z.ZodType => input instanceof z.ZodType).map(toJsonSchema);
  if (schemas.length < inputs.length) return null;
  return schemas.length === 1 ? (schemas[0] ?? null) : { allOf: schemas };
}

function toJsonSchema(input: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(input, {
    io: 'input',
    // Types that zod can check but not describe: almost always bytes.
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'custom')
        jsonSchema.description ??= 'Uint8Array, or as its message says.';
    },
  });
  return schema;
}

function readComments(): Map<string, string> {
  const names = new Map<string, string>();
  const routers = readFileSync('server/router.ts', 'utf8');
  for (const folder of readdirSync('server', { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const files = readdirSync(`server/${folder.name}`).filter((file) => file.endsWith('.router.ts'));
    for (const file of files) {
      const source = readFileSync(`server/${folder.name}/${file}`, 'utf8');
      for (const [, constant, body = ''] of source.matchAll(
        /export const (\w+) = router\(\{([\s\S]*?)\n\}\)/g,
      )) {
        const prefix = new RegExp(`(\\w+): (?:mergeRouters\\([^)]*\\b)?${constant}\\b`).exec(routers)?.[1];
        for (const [, comment = '', name] of body.matchAll(
          /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(\w+): \w+Procedure/g,
        ))
          if (prefix) names.set(`${prefix}.${name}`, comment.replaceAll(/\s*\n\s*\* ?/g, ' ').trim());
      }
    }
  }
  return names;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(place, openApiText());
