import { describe, expect, test } from 'vitest';
import { WordsCard } from '#app/features/account/words/words-card.tsx';
import { FriendCode } from '#app/features/friends/friend-code.tsx';
import { PhotoPicker } from '#app/features/letters/write/photo-picker.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Field, SelectField } from '#app/ui/field.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { FormStateProvider } from '#app/ui/form-state.ts';
import { Notice } from '#app/ui/notice.tsx';
import { HiddenField, SealedForm } from '#app/ui/sealed-fields.tsx';
import { limits } from '#core/schemas/limits.ts';
import { idsIn, render, textOf } from '#tests/support/render.tsx';

describe('a field', () => {
  test('is bound to its label, its hint and what is wrong with it', () => {
    const markup = render(
      <Field
        name="email"
        type="email"
        label="E-mail"
        hint="Only to tell you."
        error="Not an address."
        required
        autoComplete="email"
        defaultValue='a"b'
      />,
    );
    expect(markup).toContain('<label for="email"');
    expect(markup).toContain('<div id="email-hint"');
    expect(markup).toContain('<p id="email-error"');
    expect(markup).toMatch(/<input type="email" required="" autoComplete="email"/i);
    expect(markup).toMatch(
      /id="email" name="email" aria-describedby="email-hint email-error" aria-invalid="true"/,
    );
    expect(markup).toContain('value="a&quot;b"');
  });

  test('says when it may stay empty, and is not called wrong when it is right', () => {
    const markup = render(<Field name="mobile" label="Mobile number" />);
    expect(textOf(markup)).toBe('Mobile number (optional)');
    expect(markup).not.toMatch(/aria-invalid|aria-describedby/);
  });

  test('can be a text area that keeps what was written', () => {
    const markup = render(
      <Field name="body" label="Letter" multiline required rows={9} defaultValue={'a\n</textarea>'} />,
    );
    expect(markup).toMatch(/<textarea required="" rows="9" id="body" name="body"/);
    expect(markup).toContain('a\n&lt;/textarea&gt;</textarea>');
  });

  test('can be a choice with the chosen one selected', () => {
    const options = [
      { value: 'alpha', label: 'Alpha' },
      { value: 'beta', label: 'Beta' },
    ];
    const markup = render(
      <SelectField
        name="to"
        label="To"
        options={options}
        placeholder="Choose a friend"
        defaultValue="beta"
        required
      />,
    );
    expect(markup).toContain('<option value="">Choose a friend</option>');
    expect(markup).toContain('<option value="beta" selected="">Beta</option>');
  });
});

describe('a form that was refused', () => {
  test('counts what is wrong and links to each field, and leaves saying it to the field', () => {
    const fields: Record<string, string> = { title: 'Too short.', body: '', 'word-3': 'Not the word.' };
    const markup = render(
      <FormStateProvider value={{ wrong: fields, typed: {}, busy: false }}>
        <FormProblem problem={{ message: 'Too short.', fields: { title: 'Too short.' } }} wrong={fields} />
        <Field name="title" label="Title" />
      </FormStateProvider>,
    );
    expect(markup).toContain('role="alert" tabindex="-1"');
    expect(markup.match(/<a /g)).toHaveLength(2);
    expect(markup).toContain('2 things to fix:');
    expect(markup).toContain('<a href="#title">Title</a>');
    expect(markup).toContain('<a href="#word-3">Word 3</a>');
    expect(markup.match(/Too short\./g)).toHaveLength(1);
    expect(render(<ErrorSummary fields={{ stampIdea: 'Too long.' }} />)).toMatch(
      /One thing to fix:.*>Stamp idea</,
    );
  });

  test('says what is wrong with a field that nobody sees', () => {
    const message = 'Your keys were replaced.';
    expect(render(<FormProblem problem={{ message, fields: { epoch: message } }} />)).toContain(message);
    expect(render(<ErrorSummary fields={{ title: 'Too short.', epoch: message }} />)).toContain(message);
  });

  test('says nothing when nothing is wrong', () => {
    expect(render(<ErrorSummary fields={{}} />)).toBe('');
    expect(render(<ErrorSummary fields={undefined} />)).toBe('');
  });

  test('interrupts only for errors', () => {
    expect(render(<Notice kind="error">No</Notice>)).toContain('role="alert"');
    expect(render(<Notice kind="success">Yes</Notice>)).toContain('role="status"');
    expect(render(<Notice kind="info">Hm</Notice>)).toContain('role="status"');
  });
});

test('a button under way says so and stays focusable, with its name and value', () => {
  const markup = render(
    <SubmitButton name="intent" value="send" pending pendingLabel="Sealing…">
      Send
    </SubmitButton>,
  );
  expect(markup).toBe(
    '<button name="intent" value="send" type="submit" class="button button-primary" aria-disabled="true">Sealing…</button>',
  );
});

test('recovery words are a numbered list in their order, never translated', () => {
  const words = 'one two three four five six seven eight nine ten eleven one'.split(' ');
  const markup = render(<WordsCard words={words} username="beta" />);
  expect(
    [...markup.matchAll(/<li class="word" translate="no">(\w+)<\/li>/g)].map(([, word]) => word),
  ).toEqual(words);
  expect(textOf(markup)).toMatch(/^Your 12 words Project BFF · beta one two/);
});

test('a friend code can be read out, and its link copied without a script', () => {
  const markup = render(
    <FriendCode
      code="7KQ2M-X4R9T"
      shareUrl="https://example.test/friends/add/7KQ2M-X4R9T"
      qrUrl="/friends/code.svg"
    />,
  );
  expect(textOf(markup)).toBe('Your friend code 7KQ2M-X4R9T Or send this link');
  expect(markup).toMatch(
    /<input [^>]*readonly="" value="https:\/\/example.test\/friends\/add\/7KQ2M-X4R9T"/i,
  );
  expect(markup).not.toContain('<button');
});

describe('the photo picker', () => {
  const photo = { photoId: 'a1', previewUrl: '/x', caption: 'The "door"', width: 4, height: 3 };

  test('takes several files of the kinds the server opens', () => {
    const markup = render(<PhotoPicker />);
    expect(markup).toMatch(
      /<input id="photos" name="photos"[^>]* type="file" accept="image\/jpeg,[^"]+" multiple=""/,
    );
    expect(textOf(markup)).toContain(`Up to ${limits.photos}, ${limits.photoBytes / 1_000_000} MB each`);
  });

  test('lists the photos of a draft with caption and a way out, all of it plain fields', () => {
    const markup = render(<PhotoPicker photos={[photo]} error="The second photo is too large." />);
    expect(markup).toMatch(/<input id="caption-a1" name="caption-a1"[^>]*value="The &quot;door&quot;"/);
    expect(markup).toContain('<input type="checkbox" name="removePhoto" value="a1"/>');
    expect(textOf(markup)).toContain(`Up to ${limits.photos - 1} more`);
    expect(markup).toContain('aria-describedby="photos-hint photos-error" aria-invalid="true"');
  });

  test('lets its photos be moved by plain buttons, in the form as in the letter', () => {
    const [a, b] = [photo, { ...photo, photoId: 'b2' }];
    expect(render(<PhotoPicker photos={[a]} />)).not.toContain('Move down');
    const markup = render(<PhotoPicker photos={[a, b]} />);
    const buttons = [...markup.matchAll(/<button name="intent" value="([^"]*)" type="submit"[^>]*>/g)];
    expect(buttons.map(([, value]) => value)).toEqual(['earlier a1', 'later a1', 'earlier b2', 'later b2']);
    expect(buttons.map(([button]) => button?.includes('aria-disabled'))).toEqual([true, false, false, true]);
    expect(markup).toContain('aria-label="Move down: photo 1"');
  });

  test('says so when there is no room left', () => {
    const full = Array.from({ length: limits.photos }, (_, n) => ({ ...photo, photoId: `p${n}` }));
    const markup = render(<PhotoPicker photos={full} />);
    expect(textOf(markup)).toContain(`A letter holds ${limits.photos} photos.`);
    const ids = idsIn(markup);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a form whose fields stay in the page', () => {
  const markup = render(
    <SealedForm onSeal={() => {}}>
      <HiddenField name="letterId" value="1" />
      <Field name="title" label="Title" />
      <Field name="body" label="Letter" multiline />
      <SelectField name="to" label="To" options={[{ value: 'beta', label: 'Beta' }]} />
      <PhotoPicker photos={[{ photoId: 'a1', previewUrl: null, caption: 'x', width: 4, height: 3 }]} />
      <SubmitButton name="intent" value="send">
        Seal and send
      </SubmitButton>
    </SealedForm>,
  );

  test('has nothing that a browser would post: no field has a name, and the form no address', () => {
    expect(markup).not.toMatch(/\sname=/);
    expect(markup).not.toMatch(/\saction=/);
    for (const name of ['letterId', 'title', 'body', 'to', 'photos', 'caption-a1', 'removePhoto', 'intent']) {
      expect(markup).toContain(`data-name="${name}"`);
    }
  });

  test('cannot be sent before the script is there', () => {
    expect(markup).toMatch(/<button[^>]*\sdisabled=""/);
  });
});
