import { Notice } from '#app/ui/notice.tsx';
import { limits } from '#core/schemas/limits.ts';

export function OnlyWithScript() {
  return (
    <Notice kind="info" title="Please turn JavaScript on">
      <p>
        You chose never to send your password or recovery words to our server, so this page only works with
        JavaScript. The link works for {limits.resetLinkHours} hours after we sent it.
      </p>
    </Notice>
  );
}
