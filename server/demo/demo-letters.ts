export interface DemoLetter {
  /** Fixed, so that seeding twice changes nothing. */
  id: string;
  from: 'alpha' | 'beta';
  daysAgo: number;
  title: string;
  body: string;
  photos: { file: string; caption: string }[];
  read: boolean;
}

export const demoLetters: DemoLetter[] = [
  {
    id: '5eed00000000000000000001',
    from: 'alpha',
    daysAgo: 24,
    title: 'The lake, finally',
    body: `Dear beta,

I promised to write once I'd been to the lake, and then I sat there for three days and wrote nothing at all. So this is late, and it's your fault for telling me not to bring a book.

In the evening the wind drops all at once, as if someone had closed a door. Then you hear the cows on the far side, and after that nothing. I stayed until I could no longer see my own feet.

Next time you're coming too. I've already told the woman with the boats that there'll be two of us.

    Bread, cheese, the blue blanket, two cups,
    and the torch that works.

Your alpha`,
    photos: [{ file: 'lake', caption: 'Ten past eight, the moment the wind stopped' }],
    read: true,
  },
  {
    id: '5eed00000000000000000002',
    from: 'beta',
    daysAgo: 20,
    title: 'News from the window sill',
    body: `Dear alpha,

Your lake letter came on a Tuesday, which is the day nothing ever comes. I read it standing up, in my coat.

The cat has moved in for good. She doesn't say so, but she's stopped looking at the door. From four o'clock she sits in the window and watches the bakery across the street, and at six she tells me what happened there. I haven't given her a name. It seems to be up to her.

What is the torch that works? Do we own one?

Hugs,
beta`,
    photos: [{ file: 'cat', caption: 'Five past four. Nothing at the bakery yet.' }],
    read: true,
  },
  {
    id: '5eed00000000000000000003',
    from: 'alpha',
    daysAgo: 15,
    title: 'Tea, and a question',
    body: `Dear beta,

It's been raining since Thursday. I make tea, forget it, find it, and warm it up again; by now it's more of a soup.

Here's the question. When we were small and lost the kite in the tree behind the school, which of us let go? I've always told the story as though it was you. Yesterday I told it again, and halfway through I saw my own hands, quite empty, and the string going up.

Tell me that it was you. Or don't.

alpha

P.S. The rain is in Wikipedia: https://en.wikipedia.org/wiki/Petrichor (the word you were looking for last summer).`,
    photos: [{ file: 'tea', caption: 'Warmed up for the fourth time' }],
    read: true,
  },
  {
    id: '5eed00000000000000000004',
    from: 'beta',
    daysAgo: 11,
    title: 'It was the wind',
    body: `Dear alpha,

It was the wind. You held on so long that you were up on your toes, and I held on to your jacket, and for a moment I thought we'd both go up. Then it was gone and you looked at your hands, and I laughed, because I was frightened.

I've never told it as though it was you.

The leaves are down here. I walk to work through the park now, even though it's longer, just for the sound.

beta`,
    photos: [{ file: 'leaf', caption: 'The one I kept' }],
    read: true,
  },
  {
    id: '5eed00000000000000000005',
    from: 'beta',
    daysAgo: 4,
    title: 'Come and see the stars',
    body: `Dear alpha,

On Saturday I slept in the tent behind my grandmother's house, in two sweaters and with the cat, who'd climbed into the basket of her own accord. I counted eleven shooting stars and wished for the same thing eleven times. Don't ask.

My grandmother says you've owed her a letter since 2019. She says it kindly.

Can you come at the end of the month? The train at 9:12 has a restaurant car with real cups.

beta`,
    photos: [{ file: 'tent', caption: 'The warm light is a bicycle lamp in a jar' }],
    read: false,
  },
  {
    id: '5eed00000000000000000006',
    from: 'alpha',
    daysAgo: 1,
    title: 'The train at 9:12',
    body: `Dear beta,

Yes. The train at 9:12, on the 28th, the coach with the real cups. I've put a note on the door, between the gas bill and the picture of the sea, so that I'll see it with my shoes on.

I've also written to your grandmother. Four pages. I began with the weather, and then it wrote itself.

What shall I bring? I have plum jam, the long scarf and the story of the wrong dog. Write back before the post office closes.

Your alpha`,
    photos: [{ file: 'sea', caption: 'What hangs on my door, so you know where the note is' }],
    read: false,
  },
];
