import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Config } from "../config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { obstacleOf } from "./reach.ts";
import type { Environment } from "./settings.ts";

const SUBJECT = "proxy";
const NAMES = ["HTTPS_PROXY", "HTTP_PROXY"];

/** What a proxy said when it was asked for a tunnel; an error when it said nothing. */
type Tunnel = { readonly status: number } | { readonly error: unknown };

/** Looks at each proxy that the environment names. */
export async function proxyFindings(
  config: Config,
  environment: Environment,
  unusable: ReadonlySet<string>,
  limitMs: number,
): Promise<readonly Finding[]> {
  const { proxy } = config;
  if (!proxy) {
    // One is set, and what is wrong with it is told already.
    if (NAMES.some((name) => unusable.has(name))) return [];
    const unread = ["ALL_PROXY", "all_proxy"].find((name) => environment[name]);
    if (unread) return [warn(SUBJECT, `${unread} is not read`, "set HTTPS_PROXY (and NO_PROXY) instead")];
    return [ok(SUBJECT, "none is set: both APIs are reached directly")];
  }
  // Slack and Parallel are https; without a proxy of its own it goes through the one for http (undici).
  const named = [
    { name: "HTTPS_PROXY", url: proxy.https },
    { name: "HTTP_PROXY", url: proxy.https === proxy.http ? undefined : proxy.http },
  ];
  const used = named.flatMap(({ name, url }) => (url ? [{ name: spelling(environment, name), url }] : []));
  const target = authorityOf(config.slack.apiUrl);
  return Promise.all(
    used.map(async ({ name, url }) =>
      proxyFinding(name, url, target, proxy.except ?? null, await openTunnel(url, target, limitMs)),
    ),
  );
}

function proxyFinding(name: string, url: string, target: string, except: string | null, tunnel: Tunnel): Finding {
  const label = `${name} (${new URL(url).host})`;
  if ("error" in tunnel) {
    const { text } = obstacleOf(tunnel.error);
    return fail(
      SUBJECT,
      `${label} does not answer: ${text}`,
      `start the proxy, correct ${name}, or unset it if there is none`,
    );
  }
  const { status } = tunnel;
  if (status === 200)
    return ok(SUBJECT, `${label} answers and lets us through to ${target}${except ? `; NO_PROXY: ${except}` : ""}`);
  if (status === 407) {
    return fail(SUBJECT, `${label} wants a user and a password (407)`, `${name}=http://user:password@host:port`);
  }
  // It may be right all the same: NO_PROXY can name the API, whose own line says whether it is reached.
  return warn(
    SUBJECT,
    `${label} answers ${status} when asked for ${target}`,
    "let it open tunnels (CONNECT) to Slack and Parallel, or name them in NO_PROXY",
  );
}

/** As the operator wrote it. */
function spelling(environment: Environment, name: string): string {
  return environment[name] ? name : name.toLowerCase();
}

function authorityOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

/** Asks for a tunnel as undici does for every call, and closes it again. */
function openTunnel(address: string, target: string, limitMs: number): Promise<Tunnel> {
  const url = new URL(address);
  const { username, password } = url;
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username ? { "proxy-authorization": `Basic ${Buffer.from(words).toString("base64")}` } : {};
  const { hostname: host, port } = { hostname: url.hostname.replace(/^\[|\]$/g, ""), port: url.port };
  return new Promise((resolve) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = send({
      host,
      port: port || undefined,
      method: "CONNECT",
      path: target,
      headers,
      signal: AbortSignal.timeout(limitMs),
    });
    const settle = (tunnel: Tunnel) => {
      resolve(tunnel);
      request.destroy();
    };
    request.on("connect", (response, socket) => {
      socket.destroy();
      settle({ status: response.statusCode ?? 0 });
    });
    request.on("response", (response) => settle({ status: response.statusCode ?? 0 }));
    request.on("error", (error) => settle({ error }));
    request.end();
  });
}
