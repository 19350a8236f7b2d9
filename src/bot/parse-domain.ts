/**
 * The host name in what a person gives for a web site: `https://www.Example.com/page` → `example.com`; null when there is
 * none. Names in other scripts come back as they are on the wire (`xn--…`).
 */
export function parseDomain(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^[<"'`(]+|[>"'`),;.]+$/g, "")
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^\*?\.|^@/, "");
  if (!/^[^\s<>"'`\\|@]+$/u.test(bare)) return null;
  const host = hostOf(bare)?.replace(/^www\.(?=.*\.)/, "");
  return host && NAME.test(host) && host.length <= 253 ? host : null;
}

/** Two labels or more, the last of them not a number: no address by number, no name without a dot. */
const NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

function hostOf(address: string): string | null {
  try {
    return new URL(`http://${address}`).hostname.toLowerCase().replace(/\.$/, "");
  } catch {
    return null;
  }
}
