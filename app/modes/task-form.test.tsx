import { renderToStaticMarkup } from 'react-dom/server';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';
import { describe, expect, test, vi } from 'vitest';
import { TaskForm, type TaskFormProps } from '#app/modes/task-form.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';

// The router's own, about its layout effects.
vi.spyOn(console, 'error').mockImplementation(() => {});

const fields = (
  <>
    <Field name="username" label="Username" required />
    <PasswordField />
    <SubmitButton name="intent" value="go">
      Go
    </SubmitButton>
  </>
);

/** The page of a form as the server sends it; after a post that was refused, with what the action said of it. */
function pageOf(
  kind: TaskFormProps['kind'],
  {
    sealed = false,
    told = true,
    refusal,
    plain,
  }: { sealed?: boolean; told?: boolean; refusal?: object; plain?: string } = {},
): string {
  const element = (
    <TaskForm kind={kind} plain={plain} run={async () => undefined}>
      {fields}
    </TaskForm>
  );
  const router = createMemoryRouter([{ id: 'root', path: '*', element, loader: () => null }], {
    hydrationData: {
      loaderData: { root: told ? { sealedUsername: sealed ? 'alpha' : null } : {} },
      actionData: refusal ? { root: refusal } : null,
    },
  });
  return renderToStaticMarkup(<RouterProvider router={router} />);
}

const isPosted = /<form method="post"[^>]*>.*name="username".*name="current".*name="intent".*<\/form>/s;
const refusal = {
  problem: { message: 'No.', fields: { username: 'Nobody has it.', current: 'Not yours.' } },
  typed: { username: 'alfa' },
};

describe('a form for both modes', () => {
  test('of a visitor is posted where no script runs, and nothing else is there until one does', () => {
    const page = pageOf('visitor');
    const [, inNoScript = '', after] = /<noscript>(.*?)<\/noscript>(.*)/s.exec(page) ?? [];
    expect(inNoScript).toMatch(isPosted);
    expect(after).not.toContain('<form');
  });

  test('is none at all where the server doesn’t say whether the session is sealed', () => {
    for (const kind of ['user', 'visitor', 'plain'] as const)
      expect(() => pageOf(kind, { told: false })).toThrow('another version');
  });

  test('of a user is posted where the server has the keys', () => {
    expect(pageOf('user')).toMatch(isPosted);
    expect(pageOf('user')).not.toContain('<noscript>');
  });

  test.each(['user', 'script'] as const)('of kind %s in a sealed session can’t be posted at all', (kind) => {
    const page = pageOf(kind, { sealed: true });
    expect(page).toContain('data-name="current"');
    expect(page).not.toMatch(/ name="|method="post"/);
    expect(page).toMatch(/<button[^>]* disabled=""/);
  });

  test('of a script can’t be posted without keys either', () => {
    expect(pageOf('script')).not.toMatch(/ name="|method="post"/);
  });

  test('that is plain is posted in a sealed session, too', () => {
    expect(pageOf('plain', { sealed: true })).toMatch(isPosted);
  });

  test('shows something else where posting it is of no use', () => {
    expect(pageOf('user', { plain: 'Only with a script.' })).toBe('Only with a script.');
    expect(pageOf('visitor', { plain: 'Only with a script.' })).toContain('<noscript>Only with a script.');
    expect(pageOf('user', { plain: 'Only with a script.', sealed: true })).toContain('data-name="current"');
  });

  test('that was refused says at each field what is wrong, and keeps what was typed', () => {
    const page = pageOf('user', { refusal });
    expect(page).toContain('<a href="#username">Username</a>');
    expect(page).toMatch(/id="username" name="username"[^>]* aria-invalid="true"[^>]* value="alfa"/);
    expect(page).toMatch(/id="current" name="current"[^>]* aria-invalid="true"/);
    expect(page).toContain('<p id="current-error" class="field-error">Not yours.</p>');
  });
});
