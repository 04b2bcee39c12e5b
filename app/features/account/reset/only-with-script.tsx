import { Notice } from '#app/ui/notice.tsx';
import { limits } from '#core/schemas/limits.ts';

/** In the place of a form that an account's owner wants nobody to post. */
export function OnlyWithScript() {
  return (
    <Notice kind="info" title="Please switch JavaScript on">
      <p>
        You have decided that the server is to see neither your password nor your words. So this page needs
        its script, which keeps them in your browser. The link stays good for {limits.resetLinkHours} hours
        from when it was sent.
      </p>
    </Notice>
  );
}
