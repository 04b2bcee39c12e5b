/** The letters the demo friends have exchanged; `photo` names a file in `photos/`. */
export interface DemoLetter {
  /** Fixed, so that seeding twice is seeding once. */
  id: string;
  from: 'alpha' | 'beta';
  /** Before the first start. */
  daysAgo: number;
  title: string;
  body: string;
  photos: { file: string; caption: string }[];
  /** Whether the receiver has opened it already. */
  read: boolean;
}

export const demoLetters: DemoLetter[] = [
  {
    id: '5eed00000000000000000001',
    from: 'alpha',
    daysAgo: 24,
    title: 'The lake, finally',
    body: `Dear beta,

I promised to write once I had been to the lake, and then I sat there for three days and wrote nothing at all. So this is late, and it is your fault for telling me to bring no book.

In the evening the wind drops all at once, as if somebody had closed a door. Then you hear the cows on the other side, and after that nothing. I stayed until I could no longer see my own feet.

Next time you come along. I have already told the woman with the boats that there will be two of us.

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

your lake letter came on a Tuesday, which is the day nothing ever comes. I read it standing up, in my coat.

The cat has moved in for good. She does not say so, but she has stopped looking at the door. She sits in the window from four o'clock and watches the bakery across the street, and at six she tells me what happened there. I have not given her a name. It seems to be up to her.

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

it has rained since Thursday. I make tea, forget it, find it, and warm it up again; by now it is more of a soup.

Here is the question. When we were small and lost the kite in the tree behind the school: who of us let go? I have always told the story as if it was you. Yesterday I told it again, and in the middle of it I saw my own hands, quite empty, and the string going up.

Tell me that it was you. Or don't.

alpha

P.S. The rain is in Wikipedia: https://en.wikipedia.org/wiki/Petrichor (the word you looked for last summer).`,
    photos: [{ file: 'tea', caption: 'Fourth time warmed' }],
    read: true,
  },
  {
    id: '5eed00000000000000000004',
    from: 'beta',
    daysAgo: 11,
    title: 'It was the wind',
    body: `Dear alpha,

it was the wind. You held on so long that you stood on your toes, and I held on to your jacket, and for a moment I thought we would both go up. Then it was gone and you looked at your hands, and I laughed, because I was frightened.

I have never told it as if it was you.

The leaves are down here. I walk to work through the park now although it is longer, only for the sound.

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

on Saturday I slept in the tent behind my grandmother's house, with two pullovers and the cat, who had come along in the basket of her own accord. I counted eleven shooting stars and wished for the same thing eleven times. You are not to ask.

My grandmother says that you owe her a letter since 2019. She says it kindly.

Come at the end of the month? The train at 9:12 has a restaurant car with real cups.

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

yes. The train at 9:12, on the 28th, coach with the real cups. I have put it on the door, between the gas bill and the picture of the sea, so that I look at it with my shoes on.

I have also written to your grandmother. Four pages. I began with the weather and then it went by itself.

What shall I bring? I have: plum jam, the long scarf, the story of the wrong dog. Write back before the post is closed.

Your alpha`,
    photos: [{ file: 'sea', caption: 'What hangs on my door, so that you know where the note is' }],
    read: false,
  },
];
