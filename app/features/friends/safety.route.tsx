import { type ActionFunctionArgs, data, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useNavigate, useRevalidator } from '@remix-run/react';
import { useState } from 'react';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { browserAccess } from '#app/modes/browser-access.ts';
import { ByMode } from '#app/modes/by-mode.tsx';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { requireAccess } from '#app/modes/server-access.server.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { explainFailure } from '#app/modes/use-sealing.ts';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { SealedForm } from '#app/ui/sealed-fields.tsx';
import { compareFriendKey } from '#core/friends/compare-friend-key.ts';
import { pinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import { isId } from '#core/id.ts';
import { type Comparison, ComparisonFields, compareNumbers, type ShownKey } from './comparison-fields.tsx';
import { friendKeyPage } from './friend-key-page.ts';
import { SafetyNumber } from './safety-number.tsx';

export const meta: MetaFunction = () => [{ title: 'Safety number · Project BFF' }];

export const loader = loadPage(friendKeyPage);
export const clientLoader = openInBrowser(friendKeyPage);

/**
 * Compares the typed number or trusts the friend's current key, where the server holds the user's
 * keys.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  await requireUserApi(context, request);
  const access = await requireAccess(context);
  const { fields } = await readForm(request);
  const username = params.username ?? '';
  const friend = await throwErrorPage(() => access.api.friends.keys.query({ username }));
  if (fields.intent === 'compare') {
    const { safetyNumber } = await throwErrorPage(() => compareFriendKey(access, friend));
    return data(compareNumbers(fields.theirs ?? '', safetyNumber), { headers: privateHeaders });
  }
  const verifiedAt = fields.intent === 'verified' ? access.now() : null;
  await throwErrorPage(() => trustFriendKey(access.keys, pinKeeper(access), friend, verifiedAt));
  throw redirect(isId(fields.draft) ? `/write?draft=${fields.draft}` : `/friends/${username}/safety`);
}

export default function SafetyNumberPage() {
  const { preview, shown, opening } = usePage(friendKeyPage);
  const refused = useActionData<typeof action>() ?? null;
  if (!shown) {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your safety number" />
      </Page>
    );
  }
  const key = { ...shown, ...preview };
  return (
    <Page width="form">
      <ByMode
        assisted={<PostedComparison {...key} compared={refused} />}
        sealed={(username) => <SealedComparison {...key} owner={username} />}
      />
    </Page>
  );
}

function PostedComparison(shown: ShownKey) {
  return (
    <>
      <SafetyNumber {...shown} />
      <Form method="post" className="form" noValidate>
        <ComparisonFields {...shown} />
      </Form>
    </>
  );
}

function SealedComparison({ owner, ...key }: Omit<ShownKey, 'compared'> & { owner: string }) {
  const [compared, setCompared] = useState<Comparison | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const navigate = useNavigate();
  const onSeal = async (fields: FormData) => {
    const intent = fields.get('intent');
    if (intent === 'compare')
      return setCompared(compareNumbers(String(fields.get('theirs') ?? ''), key.safetyNumber));
    try {
      const [access, { pinKeeper }, { restorePins, trustFriendKey }] = await Promise.all([
        browserAccess(owner),
        import('#core/friends/friend-key.ts'),
        import('#core/friends/friend-key.ts'),
      ]);
      if (!access) return setProblem('You were logged out. Log in again, then come back to this page.');
      const verifiedAt = intent === 'verified' ? access.now() : null;
      // The key that was shown, even if the server returns another one by now.
      if (intent === 'restore') await restorePins(access.keys, pinKeeper(access));
      else await trustFriendKey(access.keys, pinKeeper(access), key.friend, verifiedAt);
    } catch (error) {
      return setProblem((await explainFailure(error)).message);
    }
    setProblem(null);
    setCompared(null);
    if (key.draft && (intent !== 'restore' || key.trust !== 'changed')) navigate(`/write?draft=${key.draft}`);
    else revalidate();
  };
  const shown = { ...key, compared };
  return (
    <>
      {problem ? <Notice kind="error">{problem}</Notice> : null}
      <SafetyNumber {...shown} />
      <SealedForm className="form" onSeal={onSeal}>
        <ComparisonFields {...shown} />
      </SealedForm>
    </>
  );
}
