import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { writeName } from '#app/ui/person-name.tsx';

export const meta: MetaFunction = () => [{ title: 'Remove a friend · Project BFF' }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { friends } = await api.friends.list.query();
  const friend = friends.find((person) => person.username === params.username);
  if (!friend)
    throw data('You don’t have a friend with that name.', { status: 404, headers: privateHeaders });
  return data({ friend }, { headers: privateHeaders });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const username = params.username ?? '';
  const { fields } = await readForm(request);
  if (fields.intent === 'block') {
    await throwErrorPage(() => api.friends.block.mutate({ username }));
    throw redirect('/friends?done=block');
  }
  await throwErrorPage(() => api.friends.remove.mutate({ username }));
  throw redirect('/friends?done=removed');
}

export default function RemoveFriend() {
  const { friend } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <PageHeading title={`Remove ${writeName(friend)}?`}>
        <p>
          You won’t be able to write to each other unless you become friends again. You both keep the letters
          you’ve exchanged.
        </p>
      </PageHeading>
      <Form method="post">
        <ButtonRow>
          <SubmitButton kind="danger" name="intent" value="remove">
            Remove
          </SubmitButton>
          <SubmitButton kind="secondary" name="intent" value="block">
            Block
          </SubmitButton>
          <ButtonLink to="/friends" kind="quiet">
            Stay friends
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  );
}
