import * as devalue from 'devalue';
import { z } from 'zod';
import { limits } from '#core/schemas/limits.ts';
import { singleCalls } from '#core/schemas/single-calls.ts';
import { appRouter } from '#server/router.ts';
import type { Answer, Visitor } from './http-client.ts';

export interface Procedure {
  name: string;
  type: string;
  /** The names of its input's fields; empty when it takes none. */
  fields: string[];
}

/** The router keeps its procedures in one flat list by their full names; its types nest them. */
type FlatProcedures = Record<string, { _def: { type: string; inputs: z.ZodType[] } }>;

/** Every procedure of the router, with what its input schema says of its fields. */
export function listProcedures(): Procedure[] {
  const procedures = appRouter._def.procedures as unknown as FlatProcedures;
  return Object.entries(procedures).map(([name, { _def }]) => {
    const [input] = _def.inputs;
    // The one that is no schema takes bytes as they are.
    const schema =
      input instanceof z.ZodType ? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) : undefined;
    return { name, type: _def.type, fields: Object.keys(schema?.properties ?? {}) };
  });
}

/** Calls a procedure over HTTP with an input as the typed client would write it. */
export function callProcedure(
  visitor: Visitor,
  procedure: Omit<Procedure, 'fields'>,
  input: unknown,
): Promise<Answer> {
  return callWithJson(visitor, procedure, JSON.stringify(devalue.stringify(input)));
}

/** The address of a query with its input. */
export function pathOf({ name }: Pick<Procedure, 'name'>, input: unknown): string {
  return `/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(devalue.stringify(input)))}`;
}

/** The same with any text in the place of the input. */
export function callWithJson(
  visitor: Visitor,
  { name, type }: Omit<Procedure, 'fields'>,
  json: string,
): Promise<Answer> {
  if (type === 'query') return visitor.get(`/api/trpc/${name}?input=${encodeURIComponent(json)}`);
  const headers = { 'content-type': 'application/json', origin: visitor.url };
  return visitor.ask(`/api/trpc/${name}`, { method: 'POST', headers, body: json });
}

/** Calls one procedure with many inputs, in batches as large as they may be; the answers' HTTP statuses, in order. */
export async function callInBatch(
  visitor: Visitor,
  procedure: Omit<Procedure, 'fields'>,
  inputs: unknown[],
): Promise<number[]> {
  const size = singleCalls.has(procedure.name) ? 1 : limits.callsPerBatch;
  const statuses: number[] = [];
  for (let at = 0; at < inputs.length; at += size)
    statuses.push(...(await callBatch(visitor, procedure, inputs.slice(at, at + size))));
  return statuses;
}

async function callBatch(
  visitor: Visitor,
  { name, type }: Omit<Procedure, 'fields'>,
  inputs: unknown[],
): Promise<number[]> {
  const path = `/api/trpc/${inputs.map(() => name).join(',')}?batch=1`;
  const json = JSON.stringify(Object.fromEntries(inputs.map((input, n) => [n, devalue.stringify(input)])));
  const headers = { 'content-type': 'application/json', origin: visitor.url };
  const answer =
    type === 'query'
      ? await visitor.get(`${path}&input=${encodeURIComponent(json)}`)
      : await visitor.ask(path, { method: 'POST', headers, body: json });
  const results = JSON.parse(answer.text) as ({ error: string } | { result: unknown })[];
  return results.map((result) => {
    if (!('error' in result)) return 200;
    return (devalue.parse(result.error) as { data: { httpStatus: number } }).data.httpStatus;
  });
}

/** The application's code in a refusal, or null in any other answer. */
export function refusalIn(answer: Answer): string | null {
  try {
    const { error } = JSON.parse(answer.text) as { error: string };
    return (devalue.parse(error) as { data: { app: { code: string } } }).data.app.code;
  } catch {
    return null;
  }
}
