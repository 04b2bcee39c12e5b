import { type RefObject, useEffect, useRef, useState } from 'react';
import { refusalAtFirstLook } from '#core/photos/first-look.ts';
import { showableName } from '#core/photos/showable-name.ts';
import { usePhotosBroughtIn } from './use-photos-brought-in.ts';

export type ChosenPhoto = { key: string; file: File; url: string };

const isSameFile = (a: File, b: File) =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

/**
 * Manages the files of an input: users can add more, drop or paste them, and remove some, where the
 * input itself would forget the earlier ones.
 */
export function useChosenPhotos(input: RefObject<HTMLInputElement | null>) {
  const [chosen, setChosen] = useState<ChosenPhoto[]>([]);
  const [refused, setRefused] = useState<string[]>([]);
  const count = useRef(0);
  const latest = useRef(chosen);
  useEffect(
    () => () => {
      for (const { url } of latest.current) URL.revokeObjectURL(url);
    },
    [],
  );

  const hold = (photos: ChosenPhoto[]) => {
    const held = new DataTransfer();
    for (const { file } of photos) held.items.add(file);
    if (input.current) input.current.files = held.files;
    latest.current = photos;
    setChosen(photos);
  };
  const drop = (photos: ChosenPhoto[]) => {
    for (const { url } of photos) URL.revokeObjectURL(url);
    hold(latest.current.filter((photo) => !photos.includes(photo)));
  };
  /**
   * Rejects unusable files immediately and keeps the others. A file that only looks like a photo is
   * found out when it is sealed.
   */
  const look = async (photos: ChosenPhoto[]) => {
    const refusals = await Promise.all(
      // A file that was moved away meanwhile fails when it is sealed.
      photos.map(async ({ file }) => refusalAtFirstLook(file).catch(() => null)),
    );
    const found = photos.filter((_, at) => refusals[at]);
    if (found.length === 0) return;
    drop(found);
    setRefused(
      photos.flatMap(({ file }, at) =>
        refusals[at] ? [`“${showableName(file.name)}”: ${refusals[at]}`] : [],
      ),
    );
  };
  const add = (files: Iterable<File>) => {
    const before = latest.current;
    const more = [...files]
      .filter((file) => !before.some((other) => isSameFile(other.file, file)))
      .map((file) => ({ key: String(count.current++), file, url: URL.createObjectURL(file) }));
    setRefused([]);
    hold([...before, ...more]);
    void look(more);
  };
  const remove = (photo: ChosenPhoto) => {
    drop([photo]);
    // The pressed button is gone.
    input.current?.focus();
  };
  const isDraggedOver = usePhotosBroughtIn(input, add);
  return { chosen, refused, add, remove, hold, isDraggedOver };
}
