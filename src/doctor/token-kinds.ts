/** What is wrong with a secret, told by its look alone and without repeating it. */
export interface Mixup {
  readonly text: string;
  readonly mend: string;
}

interface Kind {
  readonly looks: RegExp;
  readonly words: string;
  /** The variable it belongs into; null: the app has no use for it. */
  readonly home: string | null;
}

/**
 * Bot, user, app-level and rotated tokens by the prefixes of https://docs.slack.dev/authentication/tokens; the sessions
 * of Slack's own clients (`xoxc`, `xoxd`, `xoxs`) are not on that page, but are what people find in a browser.
 */
const SLACK_KINDS: readonly Kind[] = [
  { looks: /^xoxb-/, words: "a bot token (xoxb-…)", home: "SLACK_BOT_TOKEN" },
  { looks: /^xapp-/, words: "an app-level token (xapp-…)", home: "SLACK_APP_TOKEN" },
  { looks: /^xoxp-/, words: "a user token (xoxp-…)", home: null },
  { looks: /^xoxe[.-]/, words: "a token of an app with token rotation (xoxe…)", home: null },
  { looks: /^xox[cds]-/, words: "the session of a Slack client (xoxc-…, xoxd-…)", home: null },
  { looks: /^xox[a-z]-/, words: "an old kind of token (xox…)", home: null },
  { looks: /^https:\/\/hooks\.slack\.com\//, words: "the address of an incoming webhook", home: null },
];

/** Signing secret and client secret look alike. */
const HEX_SECRET = /^[0-9a-f]{32}$/;

/** Where each secret is found; all but the last at https://api.slack.com/apps. */
const SOURCES: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN: 'copy the "Bot User OAuth Token" (xoxb-…) from "OAuth & Permissions" at api.slack.com/apps',
  SLACK_APP_TOKEN:
    'generate one (xapp-…) with connections:write under "Basic Information", "App-Level Tokens" at api.slack.com/apps',
  SLACK_SIGNING_SECRET: 'copy the "Signing Secret" from "Basic Information" at api.slack.com/apps',
  PARALLEL_API_KEY: "copy the API key from platform.parallel.ai",
};

/** How to come by a secret; null for a variable that is none. */
export function sourceOf(variable: string): string | null {
  return SOURCES[variable] ?? null;
}

/** Whether another kind of secret stands in this variable; null when nothing can be told from its look. */
export function mixupOf(variable: string, value: string): Mixup | null {
  const source = SOURCES[variable];
  if (source === undefined) return null;
  // Docker's --env-file and some process managers take quotation marks for a part of the value.
  if (/^(["']).*\1$/.test(value)) {
    return { text: "stands in quotation marks, which are taken for a part of it", mend: "take the marks away" };
  }
  const kind = SLACK_KINDS.find(({ looks }) => looks.test(value));
  if (kind && kind.home !== variable) {
    const first = kind.home === null ? "it is of no use here" : `it belongs into ${kind.home}`;
    return { text: `holds ${kind.words}`, mend: `${first}; for this one, ${source}` };
  }
  if (!kind && /TOKEN$/.test(variable) && HEX_SECRET.test(value)) {
    return { text: "holds what looks like a signing or client secret", mend: source };
  }
  return null;
}

/**
 * A doubt about a signing secret that may still be right: every one seen has 32 hexadecimal digits, which Slack promises
 * nowhere. The verification token beside it, out of use, has 24 letters and digits.
 */
export function doubtAboutSigningSecret(value: string): string | null {
  return HEX_SECRET.test(value) ? null : "does not look like a signing secret (32 hexadecimal digits)";
}
