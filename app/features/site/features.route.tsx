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
        <PageHeading title="What it does">
          <p>Not much, on purpose — but all of it with care.</p>
        </PageHeading>
        <PictureOf name="travel" />

        <h2>Writing</h2>
        <ul>
          <li>
            Letters of up to {limits.bodyMax.toLocaleString('en-GB')} characters. Line breaks and spaces stay
            the way you typed them. Write *word* for <em>word</em>, **word** for <strong>word</strong>, {'>'}{' '}
            before a quote and - before each line of a list.
          </li>
          <li>
            Up to {limits.photos} photos, {limits.photoBytes / 1_000_000} MB each, in any order, each with a
            caption and a description for people who can’t see it, in the text or after it. They’re rotated
            and resized for you; location and camera details are removed.
          </li>
          <li>
            Up to 200 drafts, on all your devices. With JavaScript on, they save themselves. A deleted one can
            be restored for 30 days.
          </li>
          <li>Paper, ink and handwriting to choose from. They’re sealed with the letter.</li>
          <li>A stamp with a whale, a lighthouse, a kite, a cup of tea or a cat. Or a surprise.</li>
          <li>If a letter can’t be sent, your text stays in the form.</li>
        </ul>

        <h2>Sending</h2>
        <ul>
          <li>Sealed for just the two of you before it’s stored.</li>
          <li>Delivered exactly once, even if something breaks on our side.</li>
          <li>Now, tonight, in three days or on a birthday. Until it arrives, you can call it back.</li>
          <li>Your friend gets an email saying you’ve written. Never what’s in it, not even the title.</li>
          <li>You can see whether it’s on its way, delivered or opened.</li>
        </ul>

        <h2>Reading</h2>
        <ul>
          <li>A new letter appears in your open inbox by itself.</li>
          <li>One column, light by day and warm by night, in the size, spacing and typeface you choose.</li>
          <li>A stamp that belongs to this letter alone, and a postmark with the date.</li>
          <li>Clickable links. Photos that fill the screen: swipe, zoom and save them.</li>
          <li>Put a long letter down and pick it up where you left off.</li>
          <li>Print it, and it still looks like a letter.</li>
          <li>
            All your letters with a friend in one place, month by month, with an album of their stamps. Star
            the ones you love, archive the ones you’ve answered.
          </li>
        </ul>

        <h2>Friends</h2>
        <ul>
          <li>
            A friend code to read out, or a link that opens as a letter. One of you asks, the other accepts.
          </li>
          <li>Or make a link for one friend: you’re friends as soon as they accept.</li>
          <li>An email when someone asks, and when your friend says yes.</li>
          <li>No one else can write to you.</li>
        </ul>

        <h2>Everywhere</h2>
        <ul>
          <li>On your phone and on a big screen. You can add it to your home screen.</li>
          <li>With a keyboard, with a screen reader, and without JavaScript.</li>
          <li>Optional two-step login with an app or a passkey.</li>
          <li>Nothing is loaded from other websites.</li>
        </ul>

        <p>
          See <Link to="/about">About</Link> for how the encryption works and where it ends.
        </p>
      </article>
    </Page>
  );
}
