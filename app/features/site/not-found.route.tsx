import { data } from '@remix-run/node';

/** Every address that is none of ours, so that the error page knows who is logged in. */
export function loader() {
  throw data(null, { status: 404 });
}

export default function Nowhere() {
  return null;
}
