import type { MetaFunction } from '@remix-run/node';
import { Link } from '@remix-run/react';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PictureOf } from '#app/ui/pictures.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Features · Project BFF' }];

export default function Features() {
  return (
    <Page width="reading">
      <article className="prose">
        <PageHeading title="What it can do">
          <p>Not much, on purpose. But what it does, it does with care.</p>
        </PageHeading>
        <PictureOf name="travel" />

        <h2>Writing</h2>
        <ul>
          <li>
            Letters of up to {limits.bodyMax.toLocaleString('en-GB')} characters. Line breaks and spaces stay
            as you set them.
          </li>
          <li>
            Up to {limits.photos} photographs, {limits.photoBytes / 1_000_000} MB each, in the order you put
            them, with a line under each. They are turned upright and made to fit; where and with what they
            were taken is removed.
          </li>
          <li>
            Drafts, as many as you need, which you go on with on any device. With JavaScript on, they save
            themselves.
          </li>
          <li>A letter that is refused, for whatever reason, keeps every word you wrote.</li>
        </ul>

        <h2>Sending</h2>
        <ul>
          <li>Sealed for your friend and for you before it is stored.</li>
          <li>Delivered once, in the background, also if something breaks on our side in between.</li>
          <li>Your friend gets a mail that says a letter came. Never what is in it, not even the title.</li>
          <li>You see whether it is on its way, delivered or opened.</li>
        </ul>

        <h2>Reading</h2>
        <ul>
          <li>One column, one good typeface, light by day and dark by night.</li>
          <li>A stamp that belongs to this letter alone, with a postmark of the day.</li>
          <li>Links where they stand in the sentence, photographs in a size to look at.</li>
          <li>Put a long letter down; you come back to where you were.</li>
          <li>Print it: it looks like a letter then, too.</li>
        </ul>

        <h2>Friends</h2>
        <ul>
          <li>A friend code to read out or a link to send. They ask, you answer, or the other way round.</li>
          <li>Nobody else can write to you.</li>
        </ul>

        <h2>Everywhere</h2>
        <ul>
          <li>On a phone and on a large screen; put it on your home screen if you like.</li>
          <li>With a keyboard, with a screen reader, and without JavaScript.</li>
          <li>If you like, a code of your phone or a passkey is asked for after your password.</li>
          <li>Nothing is loaded from other websites.</li>
        </ul>

        <p>
          How the locks work, and what they cannot do, is told on the page <Link to="/about">About</Link>.
        </p>
      </article>
    </Page>
  );
}
