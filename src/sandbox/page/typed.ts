const ADDRESS = /https?:\/\/[^\s<>]*[^\s<>.,;:!?)"'\]]/g;

/** What a person types, as Slack keeps and sends it: three characters escaped, addresses in angle brackets. */
export function asSlackKeeps(typed: string): string {
  return typed
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(ADDRESS, (address) => `<${address}>`);
}
