import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';

/** The typed client's address; the router comes with the load context. */
export const loader = ({ request, context }: LoaderFunctionArgs) => context.handleTrpc(request);
export const action = ({ request, context }: ActionFunctionArgs) => context.handleTrpc(request);
