import type { Watch } from "../../domain/watch.ts";

/** How a watch stands, when that is not simply "following". */
export function watchWords(watch: Watch): string | null {
  switch (watch.state) {
    case "active":
    case "resting":
      return null;
    case "stopped":
      return "no longer followed";
    case "paused":
      return "paused, since I cannot post";
    case "lost":
      return "no longer known to Parallel";
  }
}
