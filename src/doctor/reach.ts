/** Why no answer came, and what to do about it. */
export interface Obstacle {
  readonly text: string;
  readonly mend: string;
}

const OUTWARD = "check the address, the network and, if there is one, the proxy or firewall on the way";

/** Codes of Node and of undici, to be found anywhere in an error's chain of causes. */
const OBSTACLES: readonly (readonly [RegExp, Obstacle])[] = [
  [/^(ECONNREFUSED)$/, { text: "the connection is refused", mend: OUTWARD }],
  [/^(ENOTFOUND|EAI_AGAIN)$/, { text: "its name is not found in DNS", mend: "check the host's name, and DNS here" }],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, { text: "there is no way to it from here", mend: OUTWARD }],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, { text: "the connection was cut", mend: OUTWARD }],
  [/TIMEOUT|ETIMEDOUT|TimeoutError|AbortError/, { text: "no answer in time", mend: OUTWARD }],
  [
    /CERT|SIGNATURE|SELF_SIGNED/,
    {
      text: "its certificate is not trusted here",
      mend: "behind a proxy that opens TLS, point NODE_EXTRA_CA_CERTS to its certificate (a .pem file)",
    },
  ],
  [
    /^(EPROTO|ERR_SSL)/,
    { text: "it does not speak TLS", mend: "check http:// against https://, redis:// against rediss://" },
  ],
];

const CODE = /^[A-Z0-9_]+$/;

/** Turns what a connection failed with into words. Never quotes the error, whose text may hold an address with a password. */
export function obstacleOf(error: unknown): Obstacle {
  const signs = signsOf(error);
  for (const [pattern, obstacle] of OBSTACLES) {
    const sign = signs.find((each) => pattern.test(each));
    // The name of an error says no more than the words; a code can be looked up.
    if (sign) return CODE.test(sign) ? { ...obstacle, text: `${obstacle.text} (${sign})` } : obstacle;
  }
  const code = signs.find((sign) => CODE.test(sign)) ?? signs.at(-1);
  return { text: `the connection failed (${code ?? "for no reason given"})`, mend: OUTWARD };
}

function signsOf(error: unknown): readonly string[] {
  const signs: string[] = [];
  const open: unknown[] = [error];
  for (let each = open.shift(); each instanceof Error && signs.length < 16; each = open.shift()) {
    const { code } = each as NodeJS.ErrnoException;
    if (typeof code === "string") signs.push(code);
    signs.push(each.name);
    if (each instanceof AggregateError) open.push(...each.errors);
    open.push(each.cause);
  }
  return signs;
}
