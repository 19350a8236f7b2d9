/** What comes of some work; null when it is not there in time. What fails in time is thrown; the work itself goes on. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  work.catch(() => {}); // may fail when nobody waits any more; who waits again still hears of it
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
