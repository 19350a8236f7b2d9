/**
 * Whether something that happens again and again is to be said now: null when it was said lately, else how many times it
 * was left unsaid since.
 */
export type Seldom = (subject: string, now: number) => number | null;

/** Lets each subject be said once in so long (ms). Subjects come from a closed list, such as error codes. */
export function createSeldom(everyMs: number): Seldom {
  const said = new Map<string, { at: number; unsaid: number }>();
  return (subject, now) => {
    const last = said.get(subject);
    // A clock that was set back would silence it for as long.
    if (last && now >= last.at && now - last.at < everyMs) {
      last.unsaid += 1;
      return null;
    }
    said.set(subject, { at: now, unsaid: 0 });
    return last?.unsaid ?? 0;
  };
}
