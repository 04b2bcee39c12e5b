import { data } from '@remix-run/node';

/** Catches unknown addresses, so that the error page knows who is logged in. */
export function loader() {
  throw data(null, { status: 404 });
}

export default function Nowhere() {
  return null;
}
